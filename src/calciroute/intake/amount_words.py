"""A line of a diary taken apart: how many, of which measure, and the words that are left for the food.

``2 slices gouda``, ``gouda, 50 g``, ``een snee volkorenbrood``, ``2 x 125 ml milk``. A number with two
readings, a range or milligrams of a food are asked about; nothing is chosen.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from calciroute.intake.cut_words import cut_or_cooked
from calciroute.tables.household import diary_words, measure_called, measure_words, number_words
from calciroute.units.quantity import QuantityError, parse_number

_VULGAR = {sign: unicodedata.normalize("NFKC", sign).replace("\u2044", "/") for sign in "½⅓⅔¼¾⅕⅛⅜⅝⅞"}
_FRACTION = r"\d+/\d+"
_DECIMAL = r"\d[\d.,\u2009\u202f\u00a0]*(?<![.,])"
_NUMBER = rf"(?:\d+ {_FRACTION}|{_FRACTION}|{_DECIMAL})"
_FIRST = re.compile(rf"({_NUMBER})(?![/\d])")
_RANGE = re.compile(rf"{_NUMBER}\s*(?:-|–|—|~|〜|to|tot|bis|à|oder|or|of)\s*{_NUMBER}(?=\D|$)", re.IGNORECASE)
_TIMES = re.compile(r"(?:[x×*✕](?=[\s\d])|[×*✕])\s*", re.IGNORECASE)
_TAIL = re.compile(
    rf"(?P<food>.*?(?:[^\d\s.,/:;–(×x*-]|(?<=[^\W\d])x))(?:[\s,:;–(×*-]|(?<![^\W\d])x)*(?P<number>{_NUMBER}|[一二三四五六七八九十半](?=\D))"
    r"\s*(?P<unit>[^\d\s][^\d]*?)?\)?$"
)
# "bud light 12 oz x 2": an amount, and how many times.
_AGAIN = re.compile(r"(?P<once>.*\d.*?\S)\s*(?:\s[x×*]|×)\s*(?P<times>\d{1,2})")
_JOINED = re.compile(r"(?:d|l|dell|all|un)['’]", re.IGNORECASE)
_SMALL_MASS = re.compile(r"(?:(?:mc?|[uµμ])g|(?:milli|micro)gram[ms]?|iu|ie|kcal|kj|cal|calories?)\b", re.I)
_BRACKETS = re.compile(r"(?P<food>[^()]*[^\W\d_][^()]*?)\s*\((?P<inner>[^()]*\d[^()]*)\)?")
_ON_SCALES = frozenset({"g", "kg", "dag", "ml", "cl", "dl", "l", "oz", "lb"})
_LONGEST = 5  # words of a measure or a number
# Nobody drinks 7.30 mugs: behind such a number a vessel begins the food.
_CONTAINERS = frozenset({"can", "packet", "bottle"})
_EXACT = frozenset({"g", "kg", "oz", "lb", "ml", "cl", "l", "fl_oz"})
_VESSELS = frozenset(
    {"mug", "glass", "wine_glass", "coffee_cup", "beaker", "bowl", "small_bowl", "handful", "pint"}
)
LONGEST_LINE = 300


class AmountError(Exception):
    """Words about an amount that can be read in more than one way, or in none.

    Parameters
    ----------
    found, expected : str
        As `calciroute.errors.Problem` takes them.
    advice : str, optional
        Next step.
    """

    def __init__(self, found: str, expected: str, advice: str = "") -> None:
        super().__init__(found)
        self.found, self.expected, self.advice = found, expected, advice


@dataclass(frozen=True)
class SpokenAmount:
    """An amount in the words of a kitchen.

    Parameters
    ----------
    count : float or None
        How many; None where no number stands.
    measure : str or None
        Such as ``slice``; None for pieces of the food itself.
    size : str
        ``small``, ``medium``, ``large`` or empty.
    food : str
        What is left for the food.
    whole : str
        The words after the number, measure and size included: a food may be called so.
    """

    count: float | None
    measure: str | None
    size: str
    food: str
    whole: str


def spoken_amount(line: str) -> SpokenAmount:
    """Take a line apart.

    Parameters
    ----------
    line : str
        One food with its amount, in either order.

    Returns
    -------
    SpokenAmount

    Raises
    ------
    AmountError
        For a range, a number with two readings, milligrams, or a line without a food.

    Examples
    --------
    >>> spoken_amount("2 slices of gouda")
    SpokenAmount(count=2.0, measure='slice', size='', food='gouda', whole='slices of gouda')
    >>> amount = spoken_amount("natto, 50 g")
    >>> amount.count, amount.measure, amount.food
    (50.0, 'g', 'natto')
    >>> spoken_amount("half an avocado").count, spoken_amount("1½ cups milk").count
    (0.5, 1.5)
    """
    text = _without_about(_plain(line))
    if (bracketed := _in_brackets(text)) is not None:
        return bracketed
    if match := _RANGE.match(text):
        raise AmountError(f"'{match[0].strip()}' is a range", "one number", "the middle of it")
    count, rest = _count(text)
    if count is not None:
        return _after_number(count, rest, line)
    if (again := _AGAIN.fullmatch(text)) and (once := _before_number(again["once"], line)) and once.measure:
        assert once.count is not None  # a measure follows a number
        return SpokenAmount(once.count * int(again["times"]), once.measure, once.size, once.food, once.whole)
    spoken = _before_number(text, line)
    if spoken is not None:
        return spoken
    if not any(mark.isalpha() for mark in text):
        raise AmountError(f"'{line.strip()[:60]}' names no food", "an amount and a food, such as 50 g natto")
    measure, size, food = _measure(text)
    if measure is not None and food:
        # "slice of bread": one of it.
        return SpokenAmount(1.0, measure, size, food, text)
    return SpokenAmount(None, None, size, food if size else text, text)


def _in_brackets(text: str) -> SpokenAmount | None:
    """``1 bottle of beer (0.5 l)``: what stands in brackets says what the one bottle holds."""
    match = _BRACKETS.fullmatch(text)
    if match is None:
        return None
    inner, words = _count(match["inner"].strip())
    measure = measure_words().get(words.casefold().rstrip(".")) if words else None
    if inner is None or measure not in _ON_SCALES:
        return None
    outer = spoken_amount(match["food"])
    if outer.count not in (None, 1.0):
        return None  # two bottles (0.5 l): each, or both?
    return SpokenAmount(inner, measure, "", outer.food, outer.food)


def _plain(line: str) -> str:
    for sign, spelt in _VULGAR.items():
        line = re.sub(rf"(\d)\s*{sign}", rf"\1 {spelt}", line).replace(sign, spelt)
    return " ".join(unicodedata.normalize("NFKC", line).split())


def _without_about(text: str) -> str:
    words = diary_words("about")
    for _ in range(2):
        for length in (2, 1):
            head, rest = _cut(text, length)
            if rest and head.casefold() in words:
                text = rest
        if text[:1] in words:
            text = text[1:].strip()
    return text


def _count(text: str) -> tuple[float | None, str]:
    """A number in digits or words at the start, and what follows."""
    if text.startswith(("-", "+", "−")) and re.match(r"[-+−]\s*\d", text):
        raise AmountError(f"the amount '{text[:20]}' has a sign", "an amount above 0", "without the sign")
    if (match := _FIRST.match(text)) and not _is_name(text[match.end() :]):
        count, rest = _number(match[1]), text[match.end() :].strip()
        if again := _TIMES.match(rest):
            inner, left = _count(rest[again.end() :].strip())
            return (count, rest[again.end() :].strip()) if inner is None else (count * inner, left)
        return count, rest
    words = number_words()
    for length in range(_LONGEST, 0, -1):
        head, rest = _cut(text, length)
        if rest and head.casefold() in words:
            return words[head.casefold()], rest
    return None, text


def _is_name(rest: str) -> bool:
    """``7up``, ``2% milk``: the number belongs to the name."""
    if rest.lstrip().startswith("%"):
        return True
    return (
        rest[:1].isascii() and rest[:1].isalpha() and not _TIMES.match(rest) and _measure_word(rest) is None
    )


def _number(text: str) -> float:
    if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", text):
        small, large = text.rstrip("0").rstrip("."), text.replace(".", "")
        raise AmountError(
            f"'{text}' may be {small} or {large}", "digits with one decimal mark", f"{large} or {text}0"
        )
    if "/" in text:
        whole, _, fraction = text.rpartition(" ")
        upper, lower = fraction.split("/")
        if not int(lower):
            raise AmountError(f"'{text}' divides by zero", "a number such as 1/2")
        return float(whole or 0) + int(upper) / int(lower)
    try:
        return parse_number(text)
    except QuantityError as wrong:
        raise AmountError(str(wrong)[:150], "digits with one decimal mark, such as 1.5") from None


def _after_number(count: float, rest: str, line: str) -> SpokenAmount:
    if match := _SMALL_MASS.match(rest):
        raise AmountError(
            f"'{match[0]}' of a food: '{line.strip()[:60]}'",
            "g, ml, or a measure such as a slice",
            "the weight eaten in g; supplements belong into [[supplement]] of the person file",
        )
    measure, size, food = _measure(rest)
    if measure in _EXACT and measure_words().get(food.casefold()) in _CONTAINERS:
        food = ""  # "400 g tin" names no food
    if not any(mark.isalpha() for mark in food):
        if measure is None or not any(mark.isalpha() for mark in rest):
            raise AmountError(
                f"'{line.strip()[:60]}' names no food", "an amount and a food, such as 50 g natto"
            )
        if measure_called(measure).kind != "piece" and measure != "ladle":
            # A ladle in Brazil, a "concha" is a bun in Mexico.
            raise AmountError(f"'{line.strip()[:60]}' names no food", "the food behind the amount")
        return SpokenAmount(count, None, size, rest, rest)  # "2 ribs": a food is called like a measure
    return SpokenAmount(count, measure, size, food, rest)


def _before_number(text: str, line: str) -> SpokenAmount | None:
    """``natto 50 g``, ``gouda (2 slices)``, ``納豆1パック``: the amount stands last."""
    match = _TAIL.fullmatch(text)
    if match is None:
        return None
    unit = (match["unit"] or "").strip(" .)")
    if _SMALL_MASS.fullmatch(unit):
        return _after_number(1.0, f"{unit} {match['food']}", line)
    how_large, rest = _cut(unit, 1)
    if rest and how_large.casefold() in diary_words("size") and rest.casefold() in measure_words():
        how_large, unit = diary_words("size")[how_large.casefold()], rest  # "rice 1 small bowl"
    else:
        how_large = ""
    measure = (measure_words().get(unit.casefold()) or _in_a_container(unit)) if unit else None
    if unit and measure is None:
        return None  # "milk 2 % fat": a number inside a name
    if not unit and not re.search(r"(?:[,:;x×*(]|\s[-–])\s*$", text[: match.start("number")]):
        return None  # "cola 2": nothing says that this is a count
    number = match["number"]
    count = number_words().get(number) or (_number(number) if number[0].isdigit() else None)
    if count is None:
        return None
    if _RANGE.search(text):
        raise AmountError(
            f"'{text[match.start('number') - 3 :]}' is a range", "one number", "the middle of it"
        )
    food = match["food"].strip()
    head, _, last = food.rpartition(" ")
    if head and unit and measure in {"coffee_cup", "piece"} and last in measure_words():
        food, measure = head, measure_words()[last]  # "ご飯 茶碗1杯": which bowl stands before the number
    _, size, plain = _measure(food) if not unit else (None, "", food)
    size = size or ("" if how_large == "plain" else how_large)
    return SpokenAmount(count, measure, size, plain or food, food)


def _in_a_container(unit: str) -> str | None:
    """``oz can`` and ``g small tin``: a weight or volume, and what it was sold in."""
    head, rest = _cut(unit, 1)
    measure = measure_words().get(head.casefold().rstrip(".,"))
    words = rest.casefold().split()
    if words and all(word.strip(",") in cut_or_cooked() for word in words):
        return measure  # "cup, chopped"
    known = all(word in measure_words() or word in diary_words("size") for word in words)
    return measure if measure and words and known and measure_called(measure).kind != "piece" else None


def begins_with_measure(text: str) -> bool:
    """Whether a measure stands first, as behind a number of them.

    Parameters
    ----------
    text : str
        What follows a number.

    Returns
    -------
    bool

    Examples
    --------
    >>> begins_with_measure("dl milk"), begins_with_measure("mug of tea"), begins_with_measure("porridge")
    (True, False, False)
    """
    hit = _measure_word(text)
    return hit is not None and measure_called(hit[0]).kind != "piece" and hit[0] not in _VESSELS


def _measure(rest: str) -> tuple[str | None, str, str]:
    """Measure and size at the start of words, and the food behind them."""
    sizes, found = diary_words("size"), ""
    measure: str | None = None
    for _ in range(3):
        if measure is None and (hit := _measure_word(rest)) is not None:
            measure, rest = hit  # before sizes: a "petite cuillère" is a teaspoon
            continue
        head, left = _cut(rest, 1)
        if left and head.casefold() in sizes:
            found = found or sizes[head.casefold()]
            rest = left
            continue
        break
    return measure, "" if found == "plain" else found, without_of(rest) if measure or found else rest


def _measure_word(rest: str) -> tuple[str, str] | None:
    words = measure_words()
    for length in range(_LONGEST, 0, -1):
        head, left = _cut(rest, length)
        for spelt in (head.casefold(), head.casefold().rstrip(".")):
            if head and spelt in words:
                return words[spelt], left
    joined = re.match(r"(\S+ )?(\S*?)\s+(?=(?:d|l)['’])", rest)
    if joined and joined[0].strip().casefold() in words:
        return words[joined[0].strip().casefold()], rest[joined.end() :]
    # Scripts without blanks: the word ends where another sign begins.
    for length in range(min(len(rest), 6), 0, -1):
        head = rest[:length]
        if not head.isascii() and unicodedata.category(head[-1]) == "Lo" and head.casefold() in words:
            return words[head.casefold()], rest[length:].strip()
    return None


def without_of(food: str) -> str:
    """Words without a small word before the food: ``of gouda``, ``d'huile``.

    Parameters
    ----------
    food : str
        Behind a measure.

    Returns
    -------
    str

    Examples
    --------
    >>> without_of("of gouda"), without_of("d'huile")
    ('gouda', 'huile')
    """
    words = diary_words("of")
    if match := _JOINED.match(food):
        return food[match.end() :].strip()
    for length in (2, 1):
        head, left = _cut(food, length)
        if left and head.casefold() in words:
            return left
    return food.removeprefix("の").strip()


def _cut(text: str, words: int) -> tuple[str, str]:
    """The first words and the rest; empty head when there are not so many."""
    parts = text.split(" ", words)
    if len(parts) < words:
        return "", text
    return " ".join(parts[:words]), parts[words] if len(parts) > words else ""
