"""Which field of a person file sets which input of the model."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from calciroute.tables.csv_table import Column, read_table
from calciroute.tables.texts import physiology_text

# value: set it; switch: 0 or 1; measured: set it and its flag; factor, offset: an output starts at it.
KINDS = frozenset({"value", "switch", "measured", "factor", "offset"})
COLUMNS = (
    Column("field", required=True),
    Column("input", required=True),
    Column("unit", required=True),
    Column("kind", required=True, allowed=KINDS),
    Column("partner"),
    Column("when_unknown"),
    Column("only_for", allowed=frozenset({"", "female", "male"})),
    Column("note"),
)


@dataclass(frozen=True)
class PersonInput:
    """One field of a person file and what it does to the model.

    Parameters
    ----------
    field : str
        ``section.name`` of the person file.
    input : str
        Id in the model.
    unit : str
        Unit of the field.
    kind : str
        value, switch, measured, factor or offset.
    partner : str
        The flag of a measured value; the output that a factor or offset brings to the field's value.
    when_unknown : str
        What stands in when the person does not say it; empty when that needs no mention.
    only_for : str
        The sex whose model reads it; empty for both.
    note : str
        What a reader should know.
    """

    field: str
    input: str
    unit: str
    kind: str
    partner: str
    when_unknown: str
    only_for: str
    note: str


@cache
def read_person_inputs() -> tuple[PersonInput, ...]:
    """The table ``physiology/person_inputs.csv``.

    Returns
    -------
    tuple of PersonInput
        In file order.

    Examples
    --------
    >>> next(row.input for row in read_person_inputs() if row.field == "labs.25OHD")
    'calcidiol_start'
    """
    rows = read_table(physiology_text("person_inputs.csv"), COLUMNS, key=("field", "input"))
    return tuple(
        PersonInput(
            row.text("field"),
            row.text("input"),
            row.text("unit"),
            row.text("kind"),
            row.text("partner"),
            row.text("when_unknown"),
            row.text("only_for"),
            row.text("note"),
        )
        for row in rows
    )
