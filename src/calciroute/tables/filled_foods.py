"""Foods that are called by what is in them: *ham and cheese toastie*; ``filled_foods.csv``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from calciroute.errors import Problem, TableError
from calciroute.tables.csv_table import Column
from calciroute.tables.rules import checked_rows, sourced, words_of
from calciroute.tables.texts import data_text

COLUMNS = (
    Column("head", required=True),
    Column("words", required=True),
    Column("food", required=True),
    Column("grams", "number", required=True),
    Column("fill_grams", "number", required=True),
    Column("source"),
    Column("verified", required=True),
    Column("note"),
)


@dataclass(frozen=True)
class FilledFood:
    """What holds a filling.

    Parameters
    ----------
    head : str
        Such as ``sandwich``.
    food : str
        Key of what holds it: bread, a tortilla, eggs.
    grams, fill_grams : float
        Of the holder and of all fillings together, in one of it; assumed.
    """

    head: str
    food: str
    grams: float
    fill_grams: float


@cache
def filled_foods() -> Mapping[str, FilledFood]:
    """Holders by the word that closes their name.

    Returns
    -------
    mapping of str to FilledFood
        By case-folded word.

    Raises
    ------
    TableError
        With every problem of the table; for a word with two meanings.

    Examples
    --------
    >>> filled_foods()["toastie"].food, filled_foods()["wrap"].fill_grams
    ('sr28:18070', 120.0)
    """
    found: dict[str, FilledFood] = {}
    problems = []
    for row in checked_rows(data_text("filled_foods.csv"), COLUMNS, ("head",), (sourced,)):
        one = FilledFood(
            row.text("head"), row.text("food"), row.number("grams") or 0.0, row.number("fill_grams") or 0.0
        )
        for word in words_of(row.text("words")):
            if found.setdefault(word.casefold(), one) != one:
                problems.append(Problem(row.where, f"'{word}' is {found[word.casefold()].head} too", "one"))
    if problems:
        raise TableError(problems)
    return MappingProxyType(found)
