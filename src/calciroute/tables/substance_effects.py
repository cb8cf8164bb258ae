"""What a swallowed substance does to the model: ``physiology/substance_effects.csv``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from calciroute.tables.csv_table import Column, read_table
from calciroute.tables.texts import physiology_text

# dose: an amount into a gut depot; daily: a daily mean into an input; change: the same, counted from today's
# level; switch: an input set to 1 from a threshold on.
KINDS = frozenset({"dose", "daily", "change", "calcium_load", "switch"})
COLUMNS = (
    Column("substance", required=True),
    Column("kind", required=True, allowed=KINDS),
    Column("target"),
    Column("at_start"),
    Column("unit", required=True),
    Column("factor", "number", required=True),
    Column("threshold_per_day", "number"),
    Column("source"),
    Column("note", required=True),
)


@dataclass(frozen=True)
class SubstanceEffect:
    """One substance.

    Parameters
    ----------
    substance : str
        Id of ``substances.csv``.
    kind : str
        dose, daily, change, calcium_load or switch.
    target : str
        Vitamer of a depot, or id of an input.
    at_start : str
        Input that holds what is taken when the run begins.
    unit : str
        Unit after `factor`.
    factor : float
        From the substance's own unit to `unit`.
    threshold_per_day : float or None
        In the substance's own unit.
    """

    substance: str
    kind: str
    target: str
    at_start: str
    unit: str
    factor: float
    threshold_per_day: float | None


@cache
def read_substance_effects() -> dict[str, SubstanceEffect]:
    """Effects by substance.

    Returns
    -------
    dict of str to SubstanceEffect
        A substance without a row has no effect in the model.

    Examples
    --------
    >>> read_substance_effects()["MK8"].target
    'MK89'
    """
    rows = read_table(physiology_text("substance_effects.csv"), COLUMNS, key=("substance",))
    return {
        row.text("substance"): SubstanceEffect(
            row.text("substance"),
            row.text("kind"),
            row.text("target"),
            row.text("at_start"),
            row.text("unit"),
            row.number("factor") or 0.0,
            row.number("threshold_per_day"),
        )
        for row in rows
    }
