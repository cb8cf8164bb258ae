"""Sandwiches, wraps and their like, by what is in them: bread and filling, each counted as assumed."""

from __future__ import annotations

import re

from calciroute.intake.amount_words import SpokenAmount
from calciroute.intake.food_names import name_of
from calciroute.intake.food_search import Found, find_food
from calciroute.intake.line_part import Part
from calciroute.intake.portions import Weighed, group_of, weigh, weigh_beside
from calciroute.intake.readings import readings
from calciroute.tables.filled_foods import filled_foods
from calciroute.tables.household import diary_words

_PARTED = re.compile(r"\s*(?:,|&|/|\+|\band\b|\bwith\b|\bn\b|\'n\')\s*", re.IGNORECASE)
_LONGEST_HEAD = 3
_MOST_FILLINGS = 6
# What is drunk, or eaten from a bowl, lies in no sandwich.
_NO_FILLING = frozenset({"beverage", "Beverages", "Soups, Sauces, and Gravies"})
_STANDS_ALONE = frozenset({"and", "with", "&", "", "+"})
_SPREAD_G = 25.0
_SMALL_G = 7.0  # of what nobody eats a whole layer, such as yeast extract
_BREADS = frozenset({"bread", "Baked Products"})


def filled_dish(text: str, amount: SpokenAmount | None, region: str | None) -> list[Part]:
    """Holder and fillings of a dish that is called by them.

    Parameters
    ----------
    text : str
        Such as ``ham and cheese toastie``.
    amount : SpokenAmount or None
        That of the line; without one the words' own amount counts.
    region : str or None
        Country of the food.

    Returns
    -------
    list of Part
        Holder first, then each filling; empty where the last word names no holder or a filling is not known.

    Examples
    --------
    >>> parts = filled_dish("ham and cheese toastie", None, "GB")
    >>> [(part.found.food, part.weighed(None).grams) for part in parts]
    [('sr28:18070', 66.0), ('sr28:07029', 30.0), ('cheddar', 30.0)]
    """
    for own in readings(text):
        words = own.food.split()
        for length in range(min(_LONGEST_HEAD, len(words) - 1), 0, -1):
            holder = filled_foods().get(" ".join(words[-length:]).casefold())
            if holder is None or words[-length - 1].casefold().strip(",") in _STANDS_ALONE:
                continue  # "soup and toast" is no toast with soup on it
            given = amount if amount is not None and (amount.count is not None or amount.measure) else own
            fillings = _fillings(" ".join(words[:-length]), region)
            if fillings and group_of(fillings[0].food) in _BREADS:
                if len(fillings) > 1:
                    continue
                # "sourdough toast": the bread is named, and nothing lies on it.
                weighed = Weighed(
                    (given.count or 1.0) * holder.grams,
                    f"{holder.head}, {holder.grams:g} g each (assumed)",
                    assumed=True,
                )
                return [Part(given, fillings[0], None, weighed)]
            if not fillings or (given.measure not in {None, "piece", "portion", "slice", "packet"}):
                continue
            count = given.count or 1.0
            share = 1.0
            if (
                given.measure == "slice"
                and (slice_ := weigh(holder.food, 1.0, "slice", "", region)) is not None
            ):
                share = min(1.0, slice_.grams / holder.grams)  # of a pizza, a slice
            count *= share
            how = f"{holder.head}, {holder.grams:g} g each (assumed)"
            bread = Found(holder.food, name_of(holder.food, region), own.food)
            once = SpokenAmount(count, None, "", " ".join(words[-length:]), own.food)
            parts = [Part(once, bread, None, Weighed(count * holder.grams, how, assumed=True))]
            for found in fillings:
                grams = _of_filling(found, holder.food, holder.fill_grams / len(fillings))
                said = f"in a {holder.head}, {grams:g} g each (assumed)"
                inner = SpokenAmount(count, None, "", found.matched, found.matched)
                parts.append(Part(inner, found, None, Weighed(count * grams, said, assumed=True)))
            return parts
    return []


def _fillings(text: str, region: str | None) -> list[Found]:
    names = [name for name in _PARTED.split(text) if name]
    if not names or len(names) > _MOST_FILLINGS:
        return []
    known: list[Found] = []
    for name in names:
        found = find_food(name, region, suggest=False)
        several = [found] if isinstance(found, Found) else _side_by_side(name.split(), region)
        if not several:
            return []
        known += several
    if any(group_of(one.food) in _NO_FILLING and not _spread(one) for one in known):
        return []
    return known


def _side_by_side(words: list[str], region: str | None) -> list[Found]:
    """``ham cheese tomato``: foods without a word between them, the longest names first; all or none."""
    if len(words) < 2 or len(words) > _MOST_FILLINGS:
        return []
    for end in range(len(words) - 1, 0, -1):
        first = find_food(" ".join(words[:end]), region, suggest=False)
        if isinstance(first, Found):
            last = find_food(" ".join(words[end:]), region, suggest=False)
            rest = [last] if isinstance(last, Found) else _side_by_side(words[end:], region)
            if rest:
                return [first, *rest]
    return []


def _spread(found: Found) -> bool:
    beside = weigh_beside(found.food, "sr28:18069", 1.0)
    return beside is not None and beside.how.startswith("beside") and beside.grams <= _SPREAD_G


def _of_filling(found: Found, holder: str, share: float) -> float:
    """Spreads and leaves weigh what lies on bread, the rest shares what a sandwich holds."""
    beside = weigh_beside(found.food, holder, 1.0)
    if beside is not None and beside.grams <= _SMALL_G:
        return 2.0 * beside.grams
    if beside is not None and beside.how.startswith("beside"):
        return min(2.0 * beside.grams, share) if beside.grams <= _SPREAD_G else share
    return share


def is_one_dish(text: str) -> bool:
    """Whether words end with a dish that is called by several foods, with one of them before it.

    Parameters
    ----------
    text : str
        Behind *and*.

    Returns
    -------
    bool
        False where an article or a number begins something new.

    Examples
    --------
    >>> is_one_dish("basil soup"), is_one_dish("a bowl of basil soup"), is_one_dish("soup")
    (True, False, False)
    """
    words = text.casefold().split()
    if len(words) < 2 or next(readings(text), SpokenAmount(1.0, None, "", "", "")).count is not None:
        return False
    return words[-1] in diary_words("dish") or words[-1] in filled_foods()
