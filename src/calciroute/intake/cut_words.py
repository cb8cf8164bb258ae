"""Words around an amount that name no food: how something was cut, cooked or measured."""

from __future__ import annotations

from functools import cache

from calciroute.tables.food_words import read_food_marks
from calciroute.tables.household import measure_words


@cache
def cut_or_cooked() -> frozenset[str]:
    """Words behind a measure that say how the food was cut or cooked.

    Returns
    -------
    frozenset of str
        Case-folded, in every language of the table.

    Examples
    --------
    >>> "cubed" in cut_or_cooked()
    True
    """
    marks = read_food_marks()
    return frozenset(word.casefold() for kind in ("dropped", "cooked", "raw") for word in marks[kind])


def names_no_food(text: str) -> bool:
    """Whether words are a measure, or how a food was cut or cooked, and no food.

    Parameters
    ----------
    text : str
        What is left behind an amount.

    Returns
    -------
    bool

    Examples
    --------
    >>> names_no_food("cubed"), names_no_food("slice"), names_no_food("rice")
    (True, True, False)
    """
    words = text.casefold().replace(",", " ").split()
    return all(word in measure_words() or word in cut_or_cooked() for word in words)
