"""When something is swallowed: ``daily 08:00 with a meal that has fat``, and on which days of a plan."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from calciroute.errors import InputError, Problem, near_names

Meal = Literal["meal with fat", "meal", "fasting"]
_MEALS: dict[str, Meal] = {
    "with a meal that has fat": "meal with fat",
    "with a meal": "meal",
    "fasting": "fasting",
}
_RHYTHM = re.compile(
    r"(?P<rhythm>daily|weekly|every\s+(?P<days>\d+)\s+days?|every\s+day)(?=\s|$)", re.IGNORECASE
)
_CLOCK = re.compile(r"(?P<hour>\d{1,2}):(?P<minute>\d{2})")
_PATTERN = '"daily 08:00 with a meal that has fat"'
_EXPECTED = (
    "daily, weekly or every N days; then HH:MM, several by comma; "
    "then with a meal that has fat, with a meal, or fasting"
)
LONGEST_EVERY_DAYS = 366
MOST_TIMES_A_DAY = 8


@dataclass(frozen=True)
class Times:
    """A rhythm of doses.

    Parameters
    ----------
    every_days : int
        1 for daily, 7 for weekly.
    clock_h : tuple of float
        Times of day in hours, rising.
    meal : {"meal with fat", "meal", "fasting"}
        What it is taken with.
    written : str
        As the person wrote it; empty for the default.
    assumed : tuple of str
        What was not said: clock, meal.
    """

    every_days: int
    clock_h: tuple[float, ...]
    meal: Meal
    written: str = ""
    assumed: tuple[str, ...] = ()

    @property
    def doses_per_day(self) -> float:
        """Mean number of doses a day."""
        return len(self.clock_h) / self.every_days

    def dose_times_h(self, start_day: float, stop_day: float) -> list[float]:
        """Times of all doses in a stretch of days.

        Parameters
        ----------
        start_day, stop_day : float
            First day, and the first day on which nothing is taken any more; day 0 begins at time 0.

        Returns
        -------
        list of float
            Hours from the start of day 0, rising; the first dose falls on `start_day`.

        Examples
        --------
        >>> parse_times("every 2 days 08:00, 20:00").dose_times_h(0, 3)
        [8.0, 20.0, 56.0, 68.0]
        """
        times = []
        day = start_day
        while day < stop_day:
            times += [day * 24.0 + clock for clock in self.clock_h if day * 24.0 + clock < stop_day * 24.0]
            day += self.every_days
        return times


DEFAULT_TIMES = Times(1, (8.0,), "meal with fat", "", ("rhythm", "clock", "meal"))


def parse_times(text: str, where: str = "") -> Times:
    """Read regimen words.

    Parameters
    ----------
    text : str
        Rhythm, clock times, meal, in this order; a clock or meal that is left out is listed as assumed.
    where : str
        ``file:line`` for messages.

    Returns
    -------
    Times

    Raises
    ------
    InputError
        When the words are outside the grammar; the first word that does not fit is named.

    Examples
    --------
    >>> parse_times("daily 08:00 with a meal that has fat")
    Times(every_days=1, clock_h=(8.0,), meal='meal with fat', written='daily 08:00 with a meal that has fat',
        assumed=())
    >>> parse_times("twice daily")
    Traceback (most recent call last):
    calciroute.errors.InputError: times 'twice daily': 'twice daily' is not understood. Expected: daily, ...
    """
    plain = " ".join(text.split())
    rhythm = _RHYTHM.match(plain)
    if rhythm is None:
        raise InputError([_wrong(plain, plain, where)])
    every = 7 if rhythm["rhythm"].lower() == "weekly" else int(rhythm["days"] or 1)
    if not 1 <= every <= LONGEST_EVERY_DAYS:
        found = f"times '{plain}': every {every} days"
        raise InputError([Problem(where, found, f"every 1 to {LONGEST_EVERY_DAYS} days", _PATTERN)])
    rest = plain[rhythm.end() :].strip()
    clock_part, meal_part = _part_clock(rest)
    clock = _read_clock(clock_part, plain, where)
    meal: Meal = "meal with fat"
    if meal_part:
        if meal_part.lower() not in _MEALS:
            raise InputError([_wrong(plain, meal_part, where)])
        meal = _MEALS[meal_part.lower()]
    assumed = tuple(name for name, said in (("clock", clock_part), ("meal", meal_part)) if not said)
    return Times(every, clock or DEFAULT_TIMES.clock_h, meal, plain, assumed)


def _part_clock(rest: str) -> tuple[str, str]:
    """Clock times stand first and hold no letters; what begins with a letter is the meal."""
    letter = re.search(r"(?<![\w:])[^\W\d]", rest)
    cut = letter.start() if letter else len(rest)
    return rest[:cut].strip(" ,"), rest[cut:].strip()


def _read_clock(part: str, plain: str, where: str) -> tuple[float, ...]:
    times = []
    for word in filter(None, (word.strip() for word in part.split(","))):
        match = _CLOCK.fullmatch(word)
        if match is None or int(match["hour"]) > 23 or int(match["minute"]) > 59:
            found = f"times '{plain}': '{word}' is not a time of day"
            raise InputError([Problem(where, found, "HH:MM from 00:00 to 23:59", _PATTERN)])
        times.append(int(match["hour"]) + int(match["minute"]) / 60.0)
    if len(set(times)) < len(times):
        raise InputError([Problem(where, f"times '{plain}': one time stands twice", _EXPECTED, _PATTERN)])
    if len(times) > MOST_TIMES_A_DAY:
        found = f"times '{plain}': {len(times)} times a day"
        raise InputError([Problem(where, found, f"at most {MOST_TIMES_A_DAY}", _PATTERN)])
    return tuple(sorted(times))


def _wrong(plain: str, word: str, where: str) -> Problem:
    near = near_names(word, [*_MEALS, "daily", "weekly", "every 2 days"])
    found = f"times '{plain[:80]}': '{word[:60]}' is not understood"
    return Problem(where, found, _EXPECTED, f"'{near[0]}'" if near else _PATTERN)
