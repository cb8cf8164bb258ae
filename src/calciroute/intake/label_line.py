"""One line of a label as signs of meaning: names of substances, amounts, shares, pieces and words.

A number is read only together with what stands around it. Raised digits, fractions, ranges, limits and
multiplications are no amounts: they are kept as `Amount.odd` and asked about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from calciroute.tables.label_words import LabelWord, find_label_words, lower_line, plain_line
from calciroute.units.printed_number import read_printed_number
from calciroute.units.quantity import SPELLINGS, QuantityError

DOSED = frozenset({"ug", "mg", "g", "ng", "kg", "IU"})
# What people write for a unit and what is none: it has to be asked about, not skipped.
_UNCLEAR = (
    "mgs",
    "mcgs",
    "ugs",
    "gm",
    "gms",
    "mgr",
    "mcgr",
    "mgc",
    "cmg",
    "meq",
    "mmol",
    "umol",
    "nmol",
    "i u",
    "u i",
    "ue",
    "ne",
    "me",
    "rng",
    "rncg",
    "mcq",
    "mq",
    "pg",
    "lu",
    "ius",
    "?g",
    "\ufffdg",
    "¿g",
)
# A line has no accents when it is read: "unités" stands there as "unites".
_PRINTED = {plain_line(word): word for word, unit in SPELLINGS.items() if unit in DOSED}
_UNIT_WORDS = sorted({*_PRINTED, *_UNCLEAR}, key=len, reverse=True)
# "100-mcg" is 100 mcg.
_UNIT = re.compile(
    r"(?:\s?|-)(?P<unit>(?i:" + "|".join(map(re.escape, _UNIT_WORDS)) + r"))(?![^\W\d_\u3000-\u9fff])"
)
_PERCENT = re.compile(r"\s?%")
# Digits with marks between them; a plain blank only before "000", which nobody writes as an amount.
_NUMBER = re.compile(r"[0-9]+(?:[.,'´][0-9]+| 000(?![0-9.,']))*")
# "50 mcg / 2000 IU" are two prints of one amount; "1/2" is a fraction.
_ODD_BEFORE = re.compile(
    r"[<>≤≥~≈±^⁄]\s?$|(?<![^\W\d_])(?<![^\W\d_]\s)(?<![^\W\d_]\.)/\s?$|(?<![^\s(])[.,]$|[0-9]\s?[x×*-]\s?$|[-−]$|[0-9][eE]$|[0-9][.,']?\s$"
    r"|[0-9]\s(?:to|bis|tot|a|hasta|or|oder|ou|of)\s$|\b(?i:up to|bis zu|jusqu.a|hasta)\s$"
)
_ODD_AFTER = re.compile(
    r"[⁄^]|\s?[x×*]\s?[0-9]|\s?-\s?[0-9]|[eE][-+]?[0-9]|[.,'][0-9]|\s(?:bis|to|tot|a|hasta)\s[0-9]"
)
# An amount for each kilogram is none of a product.
_PER_KG = re.compile(r"\s?/\s?kg(?![^\W\d_])")
_UNIT_FIRST = re.compile(r"[(\[](?P<unit>[^()\[\]\s]{1,5})[)\]][\s:.,;|0-9]*$")
# A number of which a scan took digits for letters, before a unit: "l00 mcg", "2O0 mg", "IOO mcg".
_DAMAGED = re.compile(
    r"(?<![^\W_])(?=[0-9.,]*[lIOo|])(?:[lIOo|]{0,4}[0-9][0-9lIOo|.,]*|[lIO|]{2,4})"
    r"(?=\s?(?:mcg|[uμ]g|mg|g|IU|IE|UI|I\.E\.|U\.I\.|rng|rncg)(?![^\W\d_\u3000-\u9fff]))"
)
_WORD_TAIL = re.compile(r"[^\W\d_\u3000-\u9fff][-.]?$")


@dataclass(frozen=True)
class Amount:
    """A number with its unit, as printed.

    Parameters
    ----------
    readings : tuple of float
        One, or two where a mark may part decimals or thousands; empty when the number is none.
    number, unit : str
        As printed; ``%`` for a share.
    start, end : int
        Place in the plain line.
    odd : str
        Why it cannot be taken as it stands; empty when it can.
    qualifier : str
        Word behind the unit that says what is counted, such as ``A`` for RAE.
    """

    readings: tuple[float, ...]
    number: str
    unit: str
    start: int
    end: int
    odd: str = ""
    qualifier: str = ""

    @property
    def text(self) -> str:
        """Number and unit as printed."""
        return f"{self.number} {self.unit}".strip()


@dataclass(frozen=True)
class Piece:
    """So many capsules, drops or servings; ``count`` is None where no number stands before the word."""

    meaning: str
    count: float | None
    start: int
    end: int


@dataclass(frozen=True)
class Line:
    """A line with what was found in it.

    Parameters
    ----------
    number : int
        From 1.
    written, plain, lower : str
        As written; without accents; in small letters.
    names : tuple of LabelWord
        Kinds substance, salt and other.
    amounts, shares : tuple of Amount
        With a unit of mass or IU; in percent.
    bare : tuple of Amount
        Numbers without any unit.
    """

    number: int
    written: str
    plain: str
    lower: str
    names: tuple[LabelWord, ...]
    amounts: tuple[Amount, ...]
    shares: tuple[Amount, ...]
    bare: tuple[Amount, ...]

    def words(self, *kinds: str) -> tuple[LabelWord, ...]:
        """Other known words of the line."""
        return find_label_words(self.lower, *kinds)

    def has(self, *kinds: str) -> bool:
        """Whether one of the kinds stands in the line."""
        return bool(self.words(*kinds))


def read_line(number: int, written: str) -> Line:
    """Find what a line holds.

    Parameters
    ----------
    number : int
        Its place in the text, from 1.
    written : str
        The line.

    Returns
    -------
    Line

    Examples
    --------
    >>> line = read_line(1, "Vitamin D3 125 mcg (5,000 IU) 625%")
    >>> [amount.text for amount in line.amounts], line.amounts[1].readings, line.shares[0].readings
    (['125 mcg', '5,000 IU'], (5.0, 5000.0), (625.0,))
    """
    plain = plain_line(written)
    lower = lower_line(plain)
    found_words = find_label_words(lower, "pkeq", "salt", "other", "substance")
    found_words = tuple(sorted((*found_words, *_symbols(plain, found_words)), key=lambda word: word.start))
    names = tuple(word for word in found_words if word.kind != "pkeq")
    masked = list(plain)
    for word in found_words:
        masked[word.start : word.end] = " " * (word.end - word.start)
    amounts: list[Amount] = []
    shares: list[Amount] = []
    bare: list[Amount] = []
    text = "".join(masked)
    end = 0
    matches = [*_DAMAGED.finditer(text), *_NUMBER.finditer(text)]
    for match in sorted(matches, key=lambda found: found.start()):
        if match.start() < end or _WORD_TAIL.search(text[max(0, match.start() - 2) : match.start()]):
            continue
        found = _amount(text, plain, match)
        end = found.end
        (shares if found.unit == "%" else amounts if found.unit else bare).append(found)
    return Line(number, written, plain, lower, names, tuple(amounts), tuple(shares), tuple(bare))


# "Ca 500 mg," is calcium; "ca. 500 mg" and "Ca 500 mg magnesium" may be "about".
_SYMBOL = re.compile(
    r"(?<![^\W_])(?P<symbol>Ca|Mg)(?=[ :=]{1,3}[0-9][0-9.,]*[ ]?m?g(?![^\W_])\s?"
    r"(?:[^\w\s]|$|(?:Ca|Mg|D3|K2|Zn)\b))"
)
_OF_SYMBOL = {"Ca": "calcium", "Mg": "magnesium"}


def _symbols(plain: str, known: tuple[LabelWord, ...]) -> list[LabelWord]:
    return [
        LabelWord("substance", _OF_SYMBOL[found["symbol"]], found.start(), found.end())
        for found in _SYMBOL.finditer(plain)
        if not any(word.start <= found.start() < word.end for word in known)
    ]


def _amount(text: str, plain: str, match: re.Match[str]) -> Amount:
    start, end = match.span()
    odd = ""
    before, after = text[max(0, start - 8) : start], text[end : end + 8]
    if _ODD_BEFORE.search(before) or _ODD_AFTER.match(after):
        odd = "a range, a limit, a footnote, a parted number or a multiplication"
    number = match.group().replace("´", "'")
    if re.search(r"[lIOo|]", number):
        odd = "a number in which a letter may stand for a digit"
    try:
        readings = read_printed_number(number.replace(" ", "'"))
    except QuantityError:
        readings, odd = (), odd or "a number that can be read in more than one way"
    unit = _UNIT.match(text, end)
    if unit is not None:
        odd = "an amount for a kilogram" if _PER_KG.match(text, unit.end()) else odd
        qualifier = _qualifier(plain[unit.end() : unit.end() + 12])
        word = _PRINTED.get(unit["unit"], unit["unit"]).replace("µ", "μ")
        return Amount(readings, number, word, start, unit.end(), odd, qualifier)
    percent = _PERCENT.match(text, end)
    if percent is not None:
        return Amount(readings, number, "%", start, percent.end(), odd)
    # "Calcium (mg) 800": the unit of a table stands with the name.
    first = _UNIT_FIRST.search(text[max(0, start - 40) : start])
    if first is not None and first["unit"].replace("μ", "µ") in SPELLINGS:
        return Amount(readings, number, first["unit"], start, end, odd)
    return Amount(readings, number, "", start, end, odd)


def _qualifier(behind: str) -> str:
    for word in find_label_words(lower_line(behind), "qualifier"):
        if not behind[: word.start].strip(" (*"):
            return word.meaning
    return ""


def find_pieces(line: Line) -> tuple[Piece, ...]:
    """Pieces and servings that a line counts.

    Parameters
    ----------
    line : Line
        From `read_line`.

    Returns
    -------
    tuple of Piece
        From left to right.

    Examples
    --------
    >>> [(piece.meaning, piece.count) for piece in find_pieces(read_line(1, "Serving size: 2 capsules"))]
    [('serving', None), ('capsule', 2.0)]
    """
    found: list[Piece] = []
    for word in line.words("piece", "serving"):
        count = _count_before(line, word.start)
        meaning = "serving" if word.kind == "serving" else word.meaning
        last = found[-1] if found else None
        if last and last.meaning == meaning and not line.lower[last.end : word.start].strip(" -"):
            # "chewable tablet" is one piece.
            found[-1] = Piece(meaning, last.count, last.start, word.end)
            continue
        found.append(Piece(meaning, count, word.start, word.end))
    return tuple(found)


_DIGITS_BEFORE = re.compile(
    r"(?<![0-9A-Za-z-])(?<![0-9][.,])(?P<count>[0-9]{1,3})[\s-]?(?:x\s?)?\(?(?:[^\W\d_]{3,14}\s)?$"
)
# The nearest word first: "two capsules", then "two vegan capsules".
_WORDS_BEFORE = (
    re.compile(r"(?P<word>[a-z]{2,6})\s(?:\([0-9]\)\s)?$"),
    re.compile(r"(?P<word>[a-z]{2,6})\s(?:\([0-9]\)\s)?[^\W\d_]{3,14}\s$"),
)


def _count_before(line: Line, place: int) -> float | None:
    text = list(line.lower[:place])
    for name in line.names:
        # "MK-7 capsules" and "omega 3 capsules" are no seven and no three.
        text[name.start : min(name.end, place)] = "|" * (min(name.end, place) - name.start)
    before = "".join(text)[max(0, place - 28) :]
    digits = _DIGITS_BEFORE.search(before)
    if digits is not None:
        return float(digits["count"]) or None  # none of something says nothing
    for pattern in _WORDS_BEFORE:
        word = pattern.search(before)
        numbers = find_label_words(word["word"], "number") if word else ()
        if numbers:
            return float(numbers[0].meaning)
    return None
