"""What people call the columns of a diary of their own, in their languages: ``local_headings.csv``.

A table of which every heading stands here is read as it is. The columns of other programs stay with
``--map``: nobody guesses what *Serving* of a program holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType

from calciroute.tables.csv_table import Column
from calciroute.tables.rules import checked_rows, words_of
from calciroute.tables.texts import data_text

ROLES = ("date", "time", "meal", "food", "amount", "grams", "unit", "note")
# Our own headings may stand among them.
OWN = ("date", "time", "food", "grams", "amount", "note")
COLUMNS = (Column("role", required=True, allowed=frozenset(ROLES)), Column("words", required=True))
_NOTE = "note"


@cache
def read_local_headings() -> Mapping[str, tuple[str, ...]]:
    """Read the words.

    Returns
    -------
    mapping of str to tuple of str
        Case-folded heading to the roles that it may have: *comida* is a meal or a food.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> read_local_headings()["comida"], read_local_headings()["menge"]
    (('meal', 'food'), ('amount',))
    """
    found: dict[str, tuple[str, ...]] = {name: (name,) for name in OWN}
    for row in checked_rows(data_text("local_headings.csv"), COLUMNS, ("role",)):
        for word in words_of(row.text("words")):
            roles = found.get(word.casefold(), ())
            found[word.casefold()] = tuple(dict.fromkeys((*roles, row.text("role"))))
    return MappingProxyType(found)


def local_roles(headings: Sequence[str]) -> tuple[str, ...]:
    """Which column of a diary holds what, where every heading says so.

    Parameters
    ----------
    headings : sequence of str
        First line of the table.

    Returns
    -------
    tuple of str
        A role for each heading, each once; remarks are ``note``, ``note 2`` and so on. Empty where a heading
        is not known, where two say the same, or where date, food or amount is missing.

    Examples
    --------
    >>> local_roles(["Datum", "Mahlzeit", "Lebensmittel", "Menge"])
    ('date', 'meal', 'food', 'amount')
    >>> local_roles(["fecha", "comida", "alimento", "cantidad"])
    ('date', 'meal', 'food', 'amount')
    >>> local_roles(["Day", "Food Name", "Amount"])
    ()
    """
    known = read_local_headings()
    choices = [known.get(" ".join(heading.split()).casefold(), ()) for heading in headings]
    if not all(choices):
        return ()
    settled = {roles[0] for roles in choices if len(roles) == 1}
    found: list[str] = []
    notes = 0
    for roles in choices:
        left = [role for role in roles if len(roles) == 1 or role not in settled]
        # "comida" beside no other food is the food.
        role = "food" if "food" in left else left[0] if left else ""
        if role == _NOTE:
            notes += 1
            role = _NOTE if notes == 1 else f"{_NOTE} {notes}"
        settled.add(role)
        found.append(role)
    needed = {"date", "food"} <= set(found) and bool({"amount", "grams"} & set(found))
    return tuple(found) if needed and "" not in found and len(set(found)) == len(found) else ()
