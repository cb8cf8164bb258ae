"""What a run reports: each outcome's id in the model, its unit on screens and the group it is shown in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from calciroute.tables.csv_table import Column, read_table
from calciroute.tables.texts import physiology_text

GROUPS = ("vitamin_k", "bone", "artery", "clotting", "minerals", "flow")
# state: as it stands at the output time; mean: over the last 24 h; hazard: for populations alone.
KINDS = frozenset({"state", "mean", "trough", "population"})
COLUMNS = (
    Column("outcome", required=True),
    Column("id", required=True),
    Column("unit", required=True),
    Column("label", required=True),
    Column("group", required=True, allowed=frozenset(GROUPS)),
    Column("kind", required=True, allowed=KINDS),
    Column("digits", "number"),
    Column("note"),
)


@dataclass(frozen=True)
class Output:
    """One outcome.

    Parameters
    ----------
    outcome : str
        Name in results and evidence tables, such as ``dp_ucMGP``.
    id : str
        Id in the model.
    unit : str
        Unit on screens, a unit expression.
    label : str
        In words.
    group : str
        vitamin_k, bone, artery, clotting, minerals or flow.
    kind : str
        state, mean (over the last 24 h), trough, or population (never shown for one person).
    digits : int
        Significant digits at most.
    note : str
        What a reader should know.
    """

    outcome: str
    id: str
    unit: str
    label: str
    group: str
    kind: str
    digits: int
    note: str


@cache
def read_outputs() -> dict[str, Output]:
    """The catalogue of outcomes.

    Returns
    -------
    dict of str to Output
        By outcome, in file order.

    Examples
    --------
    >>> read_outputs()["dp_ucMGP"].unit
    'pmol/L'
    """
    rows = read_table(physiology_text("outputs.csv"), COLUMNS, key=("outcome",))
    return {
        row.text("outcome"): Output(
            outcome=row.text("outcome"),
            id=row.text("id"),
            unit=row.text("unit"),
            label=row.text("label"),
            group=row.text("group"),
            kind=row.text("kind"),
            digits=int(row.number("digits") or 3),
            note=row.text("note"),
        )
        for row in rows
    }
