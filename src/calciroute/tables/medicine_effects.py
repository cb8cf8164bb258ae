"""What a medicine does to the model: ``physiology/medicine_effects.csv``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from calciroute.tables.csv_table import Column, read_table
from calciroute.tables.texts import physiology_text

WARFARIN, PHENPROCOUMON, OTHER_ANTAGONIST = "warfarin", "phenprocoumon", "other_antagonist"
# switch: the input is 1 while it is taken; daily_dose: the input is the daily dose in mg.
KINDS = frozenset({WARFARIN, PHENPROCOUMON, OTHER_ANTAGONIST, "switch", "daily_dose"})
COLUMNS = (
    Column("subject_kind", required=True, allowed=frozenset({"ingredient", "class"})),
    Column("subject", required=True),
    Column("kind", required=True, allowed=KINDS),
    Column("input", required=True),
    Column("verified", required=True),
    Column("note", required=True),
)


@dataclass(frozen=True)
class MedicineEffect:
    """One ingredient or class.

    Parameters
    ----------
    subject_kind, subject : str
        ``ingredient`` or ``class``, and its name.
    kind : str
        warfarin, phenprocoumon, other_antagonist, switch or daily_dose.
    input : str
        Id in the model.
    note : str
        What it does.
    """

    subject_kind: str
    subject: str
    kind: str
    input: str
    note: str


@cache
def read_medicine_effects() -> tuple[MedicineEffect, ...]:
    """The table.

    Returns
    -------
    tuple of MedicineEffect
        In file order.

    Examples
    --------
    >>> read_medicine_effects()[0].subject
    'warfarin'
    """
    rows = read_table(
        physiology_text("medicine_effects.csv"), COLUMNS, key=("subject_kind", "subject", "input")
    )
    return tuple(
        MedicineEffect(
            row.text("subject_kind"),
            row.text("subject"),
            row.text("kind"),
            row.text("input"),
            row.text("note"),
        )
        for row in rows
    )


def effects_of(ingredients: Iterable[str], classes: Iterable[str]) -> list[MedicineEffect]:
    """Effects of a medicine; a row for an ingredient wins over one for its class.

    Parameters
    ----------
    ingredients, classes : iterable of str
        As the table of names has them.

    Returns
    -------
    list of MedicineEffect
        Empty for a medicine without a term in the model.

    Examples
    --------
    >>> [effect.kind for effect in effects_of(["warfarin"], ["vitamin_k_antagonist"])]
    ['warfarin']
    """
    rows = read_medicine_effects()
    by_ingredient = [
        row for row in rows if row.subject_kind == "ingredient" and row.subject in set(ingredients)
    ]
    by_class = [row for row in rows if row.subject_kind == "class" and row.subject in set(classes)]
    taken = {row.input for row in by_ingredient}
    return by_ingredient + [
        row for row in by_class if row.input not in taken and row.kind not in _covered(by_ingredient)
    ]


def _covered(rows: Iterable[MedicineEffect]) -> frozenset[str]:
    antagonists = frozenset({WARFARIN, PHENPROCOUMON, OTHER_ANTAGONIST})
    return antagonists if any(row.kind in antagonists for row in rows) else frozenset()
