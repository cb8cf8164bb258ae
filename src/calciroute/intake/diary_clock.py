"""The time of day at the start of a diary's line: a clock, half a day, a meal, or a sentence about one."""

from __future__ import annotations

import re

from calciroute.errors import Problem
from calciroute.intake.amount_words import AmountError, begins_with_measure, spoken_amount
from calciroute.tables.household import diary_words

_TIME = re.compile(r"(\d{1,2})(?::|h)(\d{2})(?:\s*(?:uhr|u|h))?(?=[\s,;:)\-–]|$)", re.IGNORECASE)
_HALF_DAY = re.compile(
    r"(?:at\s+)?(\d{1,2})(?:[:.h](\d{2}))?\s*([ap])\.?m\b\.?(?=[\s,;:)\-–]|$)", re.IGNORECASE
)
# "7.30 porridge": a point parts hours and minutes where no measure follows and a clock shows such minutes.
_POINT_TIME = re.compile(r"(\d{1,2})\.([0-5][05])(?=\s*:|\s+[-–]?\s*\w|$)")
_ON_SCALES = re.compile(r"(?:g|gr|gram|kg|ml|cl|dl|l|oz|lb)\b", re.IGNORECASE)
# "8h :", "um 8 Uhr", "om 8 uur"; "ore 13", "kl. 7.30", "a las 9", "godz. 13"
_WHOLE_HOUR = re.compile(
    r"(?:(?:um|om|à|às|vers|gegen|rond)\s+)?(\d{1,2})()\s*(?:h|uhr|uur)(?=\s*[:,\-–]|\s+\S|$)"
    r"|(?:kl\.?|ore|alle ore|a las|godz\.?|o godz\.?)\s*(\d{1,2})(?:[:.](\d{2}))?(?=\s*[:,\-–]|\s+\S|$)",
    re.IGNORECASE,
)
_EARLIEST_POINT_H = 5
# "7: porridge" and "10h: tea"
_BARE_HOUR = re.compile(r"(\d{1,2})(?:h\s*[:\-–]|:|h)(?=\s)", re.IGNORECASE)
_EARLIEST_BARE_H = 6
_TIMED_MEAL = re.compile(
    r"([^(:]{1,30}\((?:\d{1,2}[:h.]\d{2}|\d{1,2}\s*[ap]m)[^)]*\))\s*:?\s*", re.IGNORECASE
)
# "for breakfast I had porridge", "dinner was a pie"
_TOLD = re.compile(
    r"(?:(?P<for>for|at)\s+)?(?:my\s+)?(?P<meal>[^\W\d][\w -]*?)\s*(?P<was>,|was|were|I|we)?\s*(?:I |we )?"
    r"(?P<had>just had|had|ate|have)?\s+(?=\S)",
    re.IGNORECASE,
)


def clock_of(
    line: str, clock_h: float | None, place: str, problems: list[Problem]
) -> tuple[float | None, str]:
    """Time or meal at the start of a line, or that of the lines above; and what is left.

    Parameters
    ----------
    line : str
        Without bullets and emoji.
    clock_h : float or None
        Of the lines above.
    place : str
        ``file:line``.
    problems : list of Problem
        Receives a time that no clock shows.

    Returns
    -------
    tuple of float or None, and str
        Hours since midnight; the rest of the line.

    Examples
    --------
    >>> clock_of("8h : 1 café", None, "jour.txt:1", []), clock_of("ore 13 pasta", None, "di.txt:1", [])
    ((8.0, '1 café'), (13.0, 'pasta'))
    >>> clock_of("7.30pm - naan", None, "day.txt:1", []), clock_of("bf: 2 eggs", None, "day.txt:2", [])
    ((19.5, 'naan'), (8.0, '2 eggs'))
    """
    for _ in range(3):
        before = line
        if (half := _HALF_DAY.match(line)) and 1 <= int(half[1]) <= 12:
            clock_h = int(half[1]) % 12 + 12 * (half[3] in "pP") + int(half[2] or 0) / 60.0
            line = line[half.end() :].strip(" :,;)-–")
        elif (hour := _BARE_HOUR.match(line)) and int(hour[1]) <= 23:
            # Below six nobody says which half of the day is meant.
            clock_h = float(hour[1]) if int(hour[1]) >= _EARLIEST_BARE_H else clock_h
            line = line[hour.end() :].strip(" :,;)-–")
        elif match := _TIME.match(line):
            if int(match[1]) > 23 or int(match[2]) > 59:
                problems.append(
                    Problem(place, f"time '{match[0].strip()}' is not a time of day", "HH:MM", "07:30")
                )
                return clock_h, ""
            clock_h, line = int(match[1]) + int(match[2]) / 60.0, line[match.end() :].strip(" :,;)-–")
        elif (point := _POINT_TIME.match(line)) and _is_clock(point, line[point.end() :]):
            clock_h, line = int(point[1]) + int(point[2]) / 60.0, line[point.end() :].strip(" :,;)-–")
        elif (hour := _WHOLE_HOUR.match(line)) and int(hour[1] or hour[3]) <= 23 and int(hour[4] or 0) <= 59:
            clock_h = int(hour[1] or hour[3]) + int(hour[4] or 0) / 60.0
            line = line[hour.end() :].strip(" :,;)-–")
        clock_h, line = _meal(line, clock_h)
        if line == before:
            break
    return clock_h, line


def _is_clock(match: re.Match[str], rest: str) -> bool:
    if not int(match[1]) <= 23:
        return False
    if rest.lstrip().startswith(":") or not rest.strip():
        return True
    rest = rest.strip(" -–")
    # "18.00 klontje boter": a full hour stands before pieces; nobody eats eighteen of them to two decimals.
    sure = match[2] in {"00", "30"} and not _ON_SCALES.match(rest)
    return int(match[1]) >= _EARLIEST_POINT_H and (sure or not begins_with_measure(rest))


def _meal(line: str, clock_h: float | None) -> tuple[float | None, str]:
    """A meal at the start of a line: its hour, or the one in brackets behind it; and what is left."""
    meals = diary_words("meal")
    head, mark, rest = line.partition(":")
    if timed := _TIMED_MEAL.match(line):
        head, mark, rest = timed[1], ":", line[timed.end() :]
    if not mark:
        head, mark, rest = re.split(r"(\s[-–—]\s|$)", line, maxsplit=1)
    word = re.sub(r"\(.*?\)", "", head).strip(" ()").casefold()
    word = re.sub(r"\s*#?\d{1,2}$", "", word) or word
    if word in meals or _short_meal(word, mark, rest):
        return _hour_in(head, meals.get(word) or diary_words("short_meal").get(word, "")), rest.strip()
    first, _, behind = line.partition(" ")
    if behind and not first.isascii() and first.casefold() in meals:
        return float(meals[first.casefold()]), behind.strip()  # "朝食 食パン": no food is called like that
    if word in diary_words("unclocked_meal"):
        return _hour_in(head, ""), rest.strip()
    if (
        (told := _TOLD.match(line))
        and told["meal"].casefold() in meals
        and (told["for"] or told["had"] or told["was"])
    ):
        return float(meals[told["meal"].casefold()]), line[told.end() :].strip()
    return clock_h, line


def _short_meal(word: str, mark: str, rest: str) -> bool:
    """``B: 2 eggs`` and ``L - pickle``: a letter needs a mark behind it, and longer words a colon."""
    if word not in diary_words("short_meal") or not mark:
        return False
    return (mark == ":" or len(word) == 1) and not _only_amount(rest)


def _only_amount(rest: str) -> bool:
    """``Tea: 2 cups`` is a drink, ``Tea: ham sandwich`` a meal."""
    try:
        amount = spoken_amount(rest) if rest.strip() else None
    except AmountError:
        return True
    return amount is not None and amount.measure is None and amount.count is not None and amount.food == ""


def _hour_in(head: str, usual: str) -> float | None:
    """Hour in the brackets behind a meal, else the usual one."""
    inner = head.replace("(", " ").strip(" )")
    for start in range(len(inner)):
        if (
            (half := _HALF_DAY.match(inner, start))
            and 1 <= int(half[1]) <= 12
            and not inner[start - 1 : start].isdigit()
        ):
            return int(half[1]) % 12 + 12 * (half[3] in "pP") + int(half[2] or 0) / 60.0
    if (hour := _TIME.search(inner)) or (hour := _POINT_TIME.search(inner)):
        return int(hour[1]) + int(hour[2]) / 60.0
    return float(usual) if usual else None
