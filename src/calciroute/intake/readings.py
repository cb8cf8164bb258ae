"""Ways to take words apart, the plain one first: an amount may stand behind its food without a mark."""

from __future__ import annotations

import re
from collections.abc import Iterator

from calciroute.intake.amount_words import AmountError, SpokenAmount, spoken_amount, without_of
from calciroute.tables.household import diary_words, measure_words, number_words

# "oranges 2": more than thirty of a thing are no count.
_COUNT_BEHIND = re.compile(r"(?P<food>.*[^\W\d].*?)[\s,]+(?P<count>[12]?\d|30)")
# "lemon 1/2", "りんご 半分"
_PART_BEHIND = re.compile(
    r"(?P<food>.*[^\W\d].*?)[\s,]+(?P<part>[1-9]/[2-9]|半分|半|आधा|половина|половинка|yarım|μισό|नीम)"
)
_MOST_WORDS_BEHIND = 3
_ANY_FOOD = "zorblax"  # stands in for the food, to read an amount by itself


def readings(text: str) -> Iterator[SpokenAmount]:
    """Each way in which words may be an amount and a food.

    Parameters
    ----------
    text : str
        Words of one food.

    Yields
    ------
    SpokenAmount
        As `spoken_amount` reads them; then with a bare number, a size or a measure behind the food. Whoever
        asks takes the first whose food is found.

    Examples
    --------
    >>> [(one.count, one.measure, one.food) for one in readings("salted peanuts, handful")][-1]
    (1.0, 'handful', 'salted peanuts')
    >>> [(one.count, one.food) for one in readings("oranges 2")][-1]
    (2.0, 'oranges')
    """
    try:
        plain = spoken_amount(text)
    except AmountError:
        return
    if plain.size and plain.count is None and plain.measure is None:
        yield SpokenAmount(None, None, "", plain.whole, plain.whole)  # "big mac"
    yield plain
    if plain.count is None:
        bare = without_of(without_of(text))
        if bare != text:
            yield SpokenAmount(None, None, plain.size, bare, bare)
    elif plain.measure is not None and plain.measure != "piece":
        # "bag of crisps (30 g)": what it was sold in stands before the food.
        again = _spoken(plain.food)
        if again is not None and again.measure is not None and again.food != plain.food:
            yield SpokenAmount(plain.count, plain.measure, plain.size, again.food, plain.food)
    if plain.count is None and (match := _COUNT_BEHIND.fullmatch(text)) and int(match["count"]):
        food = match["food"].strip(" ,-")
        yield SpokenAmount(float(match["count"]), None, "", food, food)
        head, _, last = food.rpartition(" ")
        if head and last.casefold() in measure_words():
            yield SpokenAmount(float(match["count"]), measure_words()[last.casefold()], "", head, head)
    if plain.count is None and (match := _PART_BEHIND.fullmatch(text)):
        food = match["food"].strip(" ,-")
        part = match["part"]
        count = int(part[0]) / int(part[2]) if "/" in part else number_words().get(part.casefold())
        if count is not None:
            yield SpokenAmount(count, None, "", food, food)
    if plain.count is None and len(words := text.split()) > 2:
        number, measure = number_words().get(words[-2].casefold()), measure_words().get(words[-1].casefold())
        if number is not None and measure is not None:
            food = " ".join(words[:-2])  # "dahi aadhi katori", "사과 반 개"
            yield SpokenAmount(number, measure, "", food, food)
    yield from _behind(plain)
    if plain.count is not None:
        yield SpokenAmount(None, None, "", text, text)  # "half and half"


def _behind(plain: SpokenAmount) -> Iterator[SpokenAmount]:
    """A measure or a size as the last words."""
    head, comma, last = plain.food.rpartition(",")
    own = _spoken(f"{last.strip()} {_ANY_FOOD}") if comma and plain.count is None else None
    if own is not None and own.food == _ANY_FOOD and own.count is not None:
        # "rice pudding, half a tin"
        yield SpokenAmount(own.count, own.measure, own.size, head.strip(), head.strip())
    words = plain.food.replace(",", " , ").split()
    for length in range(1, min(_MOST_WORDS_BEHIND, len(words) - 1) + 1):
        tail = [word for word in words[-length:] if word not in {",", "a", "an"}]
        food = " ".join(words[:-length]).replace(" ,", ",").strip(" ,-–(")
        size = next(
            (diary_words("size")[word.casefold()] for word in tail if word.casefold() in diary_words("size")),
            "",
        )
        rest = " ".join(word for word in tail if word.casefold() not in diary_words("size")).strip("() ")
        size = "" if size == "plain" else size
        if not food or not tail:
            continue
        if not rest:
            yield SpokenAmount(plain.count, plain.measure, plain.size or size, food, food)
        elif (measure := measure_words().get(rest.casefold())) is not None and plain.measure is None:
            yield SpokenAmount(plain.count or 1.0, measure, plain.size or size, food, food)


def _spoken(text: str) -> SpokenAmount | None:
    try:
        return spoken_amount(text)
    except AmountError:
        return None
