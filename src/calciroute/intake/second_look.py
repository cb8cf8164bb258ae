"""A line that names no food as it stands, once more: without brackets and labels, short words spelled out.

Nothing here takes a near name. Each rewriting leaves out or spells out words of our tables, and counts only
where what is left is a food, or foods, by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from calciroute.intake.amount_words import AmountError, SpokenAmount, spoken_amount
from calciroute.intake.food_search import Found, find_food
from calciroute.intake.foods_together import foods_together
from calciroute.intake.line_part import Part
from calciroute.intake.readings import readings
from calciroute.tables.food_spellings import food_spellings
from calciroute.tables.household import diary_words

_BRACKET = re.compile(r"\s*\(([^()]*)\)?\s*")
_LABEL = re.compile(
    r"[^\d:]{1,30}?\s*[:–—]\s+(?P<rest>.*[^\W\d].*)|[^\d:-]{1,30}?\s-\s(?P<after>.*[^\W\d].*)"
)
_MOST_LABEL_WORDS = 4
_TOKEN = re.compile(r"[^\s,;+/]+/?")
_ON_BREAD = re.compile(
    r"(?P<head>.+?) on (?:a |an )?(?P<bread>[^,]+?)(?P<rest>(?:,| with | and ).*)?", re.IGNORECASE
)
_FORMULA = re.compile(r"\w\([^)]*:")  # "SUM(A1:A9)" of a spreadsheet
_MOST_WAYS = 24


def second_look(amount: SpokenAmount, region: str | None = None) -> tuple[Part, ...]:
    """Foods of a line whose words as written are none.

    Parameters
    ----------
    amount : SpokenAmount
        The line, taken apart.
    region : str, optional
        Country of the food, two letters.

    Returns
    -------
    tuple of Part
        One or several foods; empty where none of the ways leads to foods alone.

    Examples
    --------
    >>> from calciroute.intake.amount_words import spoken_amount
    >>> [part.found.food for part in second_look(spoken_amount("saltines (the round ones)"))]
    ['sr28:18228']
    >>> second_look(spoken_amount("zorblax (fresh)"))
    ()
    """
    for text in _ways(amount.food, amount.whole):
        for own in readings(text):
            found = find_food(own.food, region, suggest=False)
            if isinstance(found, Found):
                return (Part(_of_line(amount, own), found),)
        try:
            whole = _of_line(amount, spoken_amount(text))
        except AmountError:
            continue
        if parts := foods_together(whole, region):
            return parts
    return ()


def _of_line(line: SpokenAmount, own: SpokenAmount) -> SpokenAmount:
    """The amount of the line where it has one; else what the words themselves say."""
    if line.count is None and line.measure is None:
        return own if own.size or not line.size else replace(own, size=line.size)
    measure = line.measure or own.measure
    return SpokenAmount(line.count, measure, line.size or own.size, own.food, own.whole)


def _ways(food: str, whole: str) -> Iterator[str]:
    """Rewritings, each once."""
    seen: dict[str, None] = {}
    for text in (food, *([whole] if whole != food else [])):
        for shorn in (text.strip(" .!?*_~"), *_without_brackets(text)):
            for named in (shorn, *_without_label(shorn)):
                for spelt in (named, _spelled_out(named), _without_bread_of(_spelled_out(named))):
                    if spelt and spelt not in seen and len(seen) < _MOST_WAYS:
                        seen[spelt] = None
                        yield spelt


def _without_brackets(text: str) -> Iterator[str]:
    inside = [one.strip() for one in _BRACKET.findall(text) if one.strip()]
    if not inside or _FORMULA.search(text):
        return
    outside = " ".join(_BRACKET.sub(" ", text).split())
    lists = [one for one in inside if "," in one or ";" in one]
    if lists and any(mark.isdigit() for one in lists for mark in one):
        # "full English (2 eggs, 1 sausage)": what was on the plate stands in the brackets.
        yield ", ".join(lists)
    elif lists:
        yield f"{outside}, {', '.join(lists)}"  # "chicken roll (butter, lettuce)": with it, or in it
        return
    yield outside
    for one in inside:
        if any(mark.isdigit() for mark in one) and any(mark.isalpha() for mark in one):
            yield f"{outside}, {one}"
        elif len(one.split()) > 1:
            yield one  # "dodo (fried plantain)"; a single word says too little: "gatsby (steak)"


def _without_label(text: str) -> Iterator[str]:
    match = _LABEL.fullmatch(text)
    if match is None:
        return
    rest = match["rest"] or match["after"]
    label = text[: len(text) - len(rest)].strip(" :–—-")
    # "bread - rye" is no label: what stands before it is a food. A list behind it says what was in it.
    is_food = isinstance(find_food(label, None, suggest=False), Found)
    if len(label.split()) <= _MOST_LABEL_WORDS and (not is_food or "," in rest):
        yield rest


def _spelled_out(text: str) -> str:
    """Every short or misspelt word as the table has it, so that joining words are seen."""
    meant = food_spellings()

    def right(match: re.Match[str]) -> str:
        word = match[0]
        key = word.casefold().strip(".'\"").removesuffix("/")
        return " ".join(meant[key]) if key in meant else word

    return " ".join(_TOKEN.sub(right, text.replace(" 'n' ", " and ")).split())


def _without_bread_of(text: str) -> str:
    """``ham sandwich on rye``: the bread of a sandwich is in it already."""
    match = _ON_BREAD.fullmatch(text)
    if match is None:
        return ""
    words = match["bread"].casefold().split()
    bread = all(word in diary_words("bread") for word in words)
    return match["head"] + (match["rest"] or "") if bread else ""


def is_supplement(text: str) -> bool:
    """Whether words name a supplement: its amounts stand on a label, not in a food table.

    Parameters
    ----------
    text : str
        A line that names no food.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_supplement("vit d3 1000 iu"), is_supplement("multivit"), is_supplement("vitello")
    (True, True, False)
    """
    words = " ".join(re.findall(r"[\w-]+", text.casefold()))
    return any(f" {word} " in f" {words} " for word in diary_words("supplement"))
