"""Several foods in one line: ``2 slices of bread with cheese``, ``coffee and a biscuit``.

Only where the line as a whole is no food, and every part of it is one. The amount belongs to the first part;
the others have their own (``caffè con 4 biscotti``) or stand beside it, with weights that are called assumed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from calciroute.intake.amount_words import AmountError, SpokenAmount, spoken_amount
from calciroute.intake.filled_dish import filled_dish, is_one_dish
from calciroute.intake.food_search import Found, find_food
from calciroute.intake.line_part import EXACT, Part
from calciroute.intake.portions import group_of, has_weight_beside
from calciroute.intake.readings import readings
from calciroute.tables.filled_foods import filled_foods
from calciroute.tables.household import diary_words
from calciroute.tables.joining_words import joining_words

_LONGEST_JOIN = 5
_MOST_PARTS = 8
# What stands before *and soup* as a dish of its own, never as the soup's name.
_BY_THEMSELVES = frozenset(
    {"dish", "bread", "grain", "cereal", "beverage", "Beverages", "Baked Products", "Breakfast Cereals"}
    | {"Cereal Grains and Pasta", "Fast Foods", "Restaurant Foods", "Snacks", "Sweets"}
)
_EGGS = frozenset({"egg_whole", "egg_boiled"})


def foods_together(amount: SpokenAmount, region: str | None = None) -> tuple[Part, ...]:
    """The foods of a line that is none as a whole.

    Parameters
    ----------
    amount : SpokenAmount
        The line, taken apart.
    region : str, optional
        Country of the food, two letters.

    Returns
    -------
    tuple of Part
        All of them, or none: a line of which one part is not known stays open as a whole.

    Examples
    --------
    >>> from calciroute.intake.amount_words import spoken_amount
    >>> [part.found.food for part in foods_together(spoken_amount("2 boterhammen met oude kaas"), "NL")]
    ['sr28:18069', 'gouda_old']
    >>> foods_together(spoken_amount("bread with zorblax"))
    ()
    """
    if (eggs := _eggs_counted(amount, region)) is not None:
        return (eggs,)
    measure = amount.measure
    text = amount.food if amount.count is not None or measure else amount.whole
    pieces = [one for one in _pieces(text, region) if not _left_out(one)]
    pieces = [
        one
        for place, one in enumerate(pieces)
        if not _is_its_bread(pieces[place - 1] if place else None, one)
    ]
    if measure and pieces and not pieces[0][1]:
        # "2 boterhammen met kaas": the measure is the food.
        pieces[0] = ("", amount.whole[: len(amount.whole) - len(text)].strip(" ,"))
    if not len(pieces) <= _MOST_PARTS or not all(words for _, words in pieces):
        return ()
    parts: list[Part] = []
    place = 0
    while place < len(pieces):
        for end in range(len(pieces), place, -1):
            host = parts[0] if parts else None
            part = (
                _part(pieces[place:end], host, amount, region) if (place, end) != (0, len(pieces)) else None
            )
            if part is not None and not _cuts_a_dish(pieces, end, part):
                parts.append(part)
            elif filled := filled_dish(_text_of(pieces[place:end]), amount if host is None else None, region):
                parts += filled
            else:
                continue
            place = end
            break
        else:
            return ()
    joined = [kind for kind, _ in pieces[1:]]
    if measure in EXACT and not _only_besides(parts[1:], joined):
        return ()
    return tuple(parts)


def _pieces(text: str, region: str | None) -> Iterator[tuple[str, str]]:
    """Each piece with the kind of word before it."""
    joins = dict.fromkeys(joining_words("with", region), "with")
    joins |= dict.fromkeys(joining_words("and", region), "and")
    words = re.sub(r"\s*([,/+])\s*(?=[^\d\s])|\s*(,)\s+(?=\d)", " \\1\\2 ", text).split()
    kind, piece, place = "", list[str](), 0
    while place < len(words):
        for length in range(_LONGEST_JOIN, 0, -1):
            head = " ".join(words[place : place + length]).casefold()
            met = "and" if head in {",", "/", "+"} else joins.get(head)
            if met:
                yield kind, " ".join(piece)
                kind, piece, place = met, [], place + length
                break
        else:
            piece.append(words[place])
            place += 1
    yield kind, " ".join(piece)


def _is_its_bread(before: tuple[str, str] | None, piece: tuple[str, str]) -> bool:
    """``ham sandwich on rye``: the bread of a sandwich is in it already."""
    words = piece[1].casefold().split()
    if before is None or piece[0] != "with" or not words:
        return False
    held = before[1].casefold().split()[-1:] and before[1].casefold().split()[-1] in filled_foods()
    return bool(held) and all(word in diary_words("bread") for word in words)


def _left_out(piece: tuple[str, str]) -> bool:
    """``tea with milk, no sugar``: what was not in it."""
    head, rest = piece[1].partition(" ")[::2]
    return bool(piece[0] and rest) and head.casefold() in diary_words("without")


def _text_of(pieces: list[tuple[str, str]]) -> str:
    return pieces[0][1] + "".join(f" {_spelt(kind)} {words}" for kind, words in pieces[1:])


def _cuts_a_dish(pieces: list[tuple[str, str]], end: int, part: Part) -> bool:
    """Whether the words behind a cut name one dish together with those before it: *ham and pea soup*."""
    if end == len(pieces) or pieces[end][0] != "and" or not is_one_dish(pieces[end][1]):
        return False
    return len(pieces[end - 1][1].split()) == 1 and group_of(part.found.food) not in _BY_THEMSELVES


def _part(
    pieces: list[tuple[str, str]], host: Part | None, amount: SpokenAmount, region: str | None
) -> Part | None:
    text = _text_of(pieces)
    has_own = host is not None or (amount.count is None and amount.measure is None)
    for own in readings(text):
        found = find_food(own.food, region, suggest=False)
        if not isinstance(found, Found):
            continue
        if not has_own:
            return Part(replace(amount, food=text, whole=text), found)
        return Part(own, found, host if own.count is None else None)
    return None


def _spelt(kind: str) -> str:
    return "with" if kind == "with" else "and"


def _only_besides(parts: list[Part], joined: list[str]) -> bool:
    """Whether all behind the first part are spoonfuls of something, or have amounts of their own."""
    return all(part.host is None or has_weight_beside(part.found.food) for part in parts) and (
        "and" not in joined or all(part.host is None for part in parts)
    )


def _eggs_counted(amount: SpokenAmount, region: str | None) -> Part | None:
    """``tortilla francesa de 2 huevos``: the dish by its eggs, not the eggs a second time."""
    joins = {*diary_words("of"), *joining_words("with", region)}
    words = amount.food.split()
    place = next((place for place in range(len(words) - 2, 0, -1) if words[place].casefold() in joins), 0)
    if not place:
        return None
    before = " ".join(words[:place])
    try:
        eggs = spoken_amount(" ".join(words[place + 1 :]))
    except AmountError:
        return None
    if eggs.count is None or eggs.measure is not None:
        return None
    egg, dish = (find_food(text, region, suggest=False) for text in (eggs.food, before))
    if not isinstance(egg, Found) or egg.food not in _EGGS or not isinstance(dish, Found):
        return None
    if "egg" not in dish.name.casefold() and group_of(dish.food) != "egg":
        return None
    count = eggs.count * (amount.count or 1.0)
    return Part(SpokenAmount(count, None, "", before, before), dish)
