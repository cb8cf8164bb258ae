"""Words in the place of a food that name none, and foods that a line says were not eaten."""

from __future__ import annotations

import re

from calciroute.tables.household import diary_words

# What a spreadsheet works out, and what it shows where it cannot.
_FORMULA = re.compile(r"[=@][^\s]|#(?:ref|name|value|div/0|num|null|n/a)", re.IGNORECASE)
# Units that nobody writes for one of them: the number is lost.
_UNIT_ALONE = re.compile(r"(?:g|kg|ml|cl|dl)\s+[^\W\d_]", re.IGNORECASE)


def no_food(text: str) -> str:
    """Why a line holds no food that was eaten.

    Parameters
    ----------
    text : str
        The line, or the cell of the food.

    Returns
    -------
    str
        Empty where nothing speaks against it.

    Examples
    --------
    >>> no_food("50 g natto (not eaten)")
    "'not eaten' stands there"
    >>> no_food("=SUM(D2:D9)"), no_food("N/A")
    ('a formula of a spreadsheet is no food', "'N/A' names no food")
    >>> no_food("g natto")
    "'g natto' has a unit and no number"
    >>> no_food("50 g natto")
    ''
    """
    words = text.strip()
    if _FORMULA.match(words):
        return "a formula of a spreadsheet is no food"
    if _UNIT_ALONE.match(words):
        return f"'{words[:40]}' has a unit and no number"
    folded = " ".join(words.casefold().split())
    if folded in diary_words("no_food"):
        return f"'{words[:20]}' names no food"
    for said in diary_words("not_eaten"):
        if said in folded and re.search(rf"(?<!\w){re.escape(said)}(?!\w)", folded):
            return f"'{said}' stands there"
    return ""
