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
_POINT_TIME = re.compile(r"(\d{1,2})\.([0-5][05])(?=\s*:|\s+[-–]?\s*[^\W\d]|$)")
_EARLIEST_POINT_H = 5
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
    >>> clock_of("7.30pm - naan", None, "day.txt:1", []), clock_of("bf: 2 eggs", None, "day.txt:2", [])
    ((19.5, 'naan'), (8.0, '2 eggs'))
    """
    for _ in range(3):
        before = line
        if (half := _HALF_DAY.match(line)) and 1 <= int(half[1]) <= 12:
            clock_h = int(half[1]) % 12 + 12 * (half[3] in "pP") + int(half[2] or 0) / 60.0
            line = line[half.end() :].strip(" :,;)-–")
        elif match := _TIME.match(line):
            if int(match[1]) > 23 or int(match[2]) > 59:
                problems.append(
                    Problem(place, f"time '{match[0].strip()}' is not a time of day", "HH:MM", "07:30")
                )
                return clock_h, ""
            clock_h, line = int(match[1]) + int(match[2]) / 60.0, line[match.end() :].strip(" :,;)-–")
        elif (point := _POINT_TIME.match(line)) and _is_clock(point, line[point.end() :]):
            clock_h, line = int(point[1]) + int(point[2]) / 60.0, line[point.end() :].strip(" :,;)-–")
        clock_h, line = _meal(line, clock_h)
        if line == before:
            break
    return clock_h, line


def _is_clock(match: re.Match[str], rest: str) -> bool:
    if not int(match[1]) <= 23:
        return False
    if rest.lstrip().startswith(":") or not rest.strip():
        return True
    return int(match[1]) >= _EARLIEST_POINT_H and not begins_with_measure(rest.strip(" -–"))


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
