"""The table of doses, a row for each: who, when, into what, how much, how long, how often."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from calciroute.equations.system import System
from calciroute.errors import InputError, Problem
from calciroute.model.cells import is_blank, number_in, shown
from calciroute.model.stored import Stored, near_words, stored_dose
from calciroute.model.written_table import WrittenTable, too_many, written_table

KIND = "a table of doses (CSV: lane, time_h or time, state, amount)"
# A name that ends in _h is in hours; without it the number is in the model's own unit of time.
COLUMNS = (
    "lane", "time", "time_h", "state", "amount", "duration", "duration_h", "rate", "rate_per_h",
    "interval", "interval_h", "count",
)  # fmt: skip
_PAIRS = (("time", "time_h"), ("duration", "duration_h"), ("rate", "rate_per_h"), ("interval", "interval_h"))


@dataclass(frozen=True)
class Dose:
    """One row.

    Parameters
    ----------
    where : str
        ``file:line``.
    lane : str or None
        Whose; None for every lane.
    time : float
        Of the first, >= 0, in the model's unit of time.
    target : str
        Id of the system's states or parameters.
    amount : float
        Added at the instant, or over the duration.
    duration : float
        0 for an instant; else the amount flows in at a constant rate over it.
    interval : float
        Between starts, > 0 where `count` is above 1.
    count : int
        How often, >= 1.
    """

    where: str
    lane: str | None
    time: float
    target: str
    amount: float
    duration: float = 0.0
    interval: float = 0.0
    count: int = 1


def read_doses(given: Any, system: System, hour: float | None, lanes: Sequence[str]) -> list[Dose]:
    """Read a table of doses.

    Parameters
    ----------
    given : str, Path, DataFrame, mapping, sequence of mappings, or None
        Columns ``state``, ``amount`` and one of ``time`` and ``time_h``; the others of `COLUMNS` as needed.
    system : System
        From an SBML file.
    hour : float or None
        One hour in the model's unit of time; None when the model does not declare it.
    lanes : sequence of str
        Names of the lanes.

    Returns
    -------
    list of Dose
        In the order of the table.

    Raises
    ------
    InputError
        With every wrong heading, or every wrong row up to a limit.

    Examples
    --------
    >>> from calciroute.equations.system import State
    >>> gut = System({}, {"gut": State(0.0, 0.0)})
    >>> read_doses([{"time_h": 8, "state": "gut", "amount": 90}], gut, 1.0, ["1"])[0].time
    8.0
    """
    if given is None:
        return []
    table = written_table(given, KIND, "doses")
    problems = _heading_problems(table, hour)
    if problems:
        raise InputError(problems)
    reader = _Reader(system, hour, frozenset(lanes))
    for place, cells in table.rows:
        if too_many(reader.problems):
            break
        reader.read(place, dict(zip(table.headings, cells, strict=True)))
    if reader.problems:
        raise InputError(reader.problems)
    return reader.doses


def _heading_problems(table: WrittenTable, hour: float | None) -> list[Problem]:
    problems = []
    expected = ", ".join(COLUMNS)
    for name in table.headings:
        if name not in COLUMNS:
            near = near_words(name, iter(COLUMNS))
            problems.append(
                Problem(table.heading_place, f"column '{shown(name)}' is not known", expected, near)
            )
        elif hour is None and name.endswith("_h"):
            found = f"column '{name}' is in hours, and the model does not declare its unit of time"
            advice = f"'{name.removesuffix('_per_h').removesuffix('_h')}', in the model's own unit"
            problems.append(Problem(table.heading_place, found, "a unit of time in the model", advice))
    for plain, hours in _PAIRS:
        if plain in table.headings and hours in table.headings:
            problems.append(Problem(table.heading_place, f"columns '{plain}' and '{hours}'", "one of them"))
    if not {"time", "time_h"} & set(table.headings):
        problems.append(Problem(table.heading_place, "no column 'time' or 'time_h'", expected))
    if "state" not in table.headings:
        problems.append(Problem(table.heading_place, "no column 'state'", expected))
    if not {"amount", "rate", "rate_per_h"} & set(table.headings):
        problems.append(Problem(table.heading_place, "no column 'amount' or 'rate'", expected))
    return problems[:20]


class _Reader:
    """Rows one after the other; what is wrong gathers in `problems`."""

    def __init__(self, system: System, hour: float | None, lanes: frozenset[str]) -> None:
        self.system = system
        self.hour = hour
        self.lanes = lanes
        self.doses: list[Dose] = []
        self.problems: list[Problem] = []
        self.targets: dict[str, Stored | Problem] = {}

    def read(self, place: str, row: Mapping[str, object]) -> None:
        before = len(self.problems)
        lane = self._lane(place, row.get("lane"))
        target = self._target(place, row.get("state"))
        time = self._number(place, row, "time", "time_h")
        amount = self._number(place, row, "amount")
        duration = self._number(place, row, "duration", "duration_h")
        rate = self._number(place, row, "rate", "rate_per_h")
        interval = self._number(place, row, "interval", "interval_h")
        count = self._count(place, row.get("count"))
        if len(self.problems) > before or target is None:
            return
        if time is None:
            self._wrong(place, "the time is empty", "when the dose is given")
        elif time < 0.0:
            self._wrong(place, f"the time {time:g} is before the start", "0 or later")
        amount, duration = self._amount(place, amount, duration, rate)
        if duration and not target.is_state:
            self._wrong(
                place, f"'{target.id}' is a parameter: nothing flows into it", "an amount without a duration"
            )
        if count > 1 and interval is None:
            self._wrong(place, f"count {count} without an interval", "the time from one dose to the next")
        if interval is not None and interval <= 0.0:
            self._wrong(place, f"the interval is {interval:g}", "above 0")
        if interval is not None and is_blank(row.get("count")):
            self._wrong(place, "an interval without a count", "how many doses")
        rate = amount / duration if duration else 0.0
        if not all(map(math.isfinite, (time or 0.0, amount, duration, rate, interval or 0.0))):
            self._wrong(
                place, "a number here is too large once units and rates are worked out", "below 1e308"
            )
        if len(self.problems) == before:
            assert time is not None
            self.doses.append(Dose(place, lane, time, target.id, amount, duration, interval or 0.0, count))

    def _wrong(self, place: str, found: str, expected: str, advice: str = "") -> None:
        self.problems.append(Problem(place, found, expected, advice))

    def _lane(self, place: str, cell: object) -> str | None:
        if is_blank(cell):
            return None
        name = str(cell).strip()
        if name not in self.lanes:
            near = near_words(name, islice(self.lanes, 2_000))
            found = f"lane '{shown(name)}' is not in the table of parameters"
            self._wrong(place, found, "a lane of that table, or a blank for all", near)
        return name

    def _target(self, place: str, cell: object) -> Stored | None:
        if is_blank(cell):
            self._wrong(place, "the state is empty", "what the dose goes into")
            return None
        name = str(cell).strip()
        found = self.targets.get(name)
        if found is None:
            found = self.targets[name] = stored_dose(self.system, name)
        if isinstance(found, Problem):
            self._wrong(place, found.found, found.expected, found.advice)
            return None
        return found

    def _number(self, place: str, row: Mapping[str, object], plain: str, hours: str = "") -> float | None:
        if hours and not is_blank(row.get(hours)):
            value = number_in(row[hours], hours, place, self.problems)
            assert self.hour is not None
            if value is None:
                return None
            return value / self.hour if hours.startswith("rate") else value * self.hour
        return number_in(row.get(plain), plain, place, self.problems)

    def _count(self, place: str, cell: object) -> int:
        value = number_in(cell, "count", place, self.problems)
        if value is None:
            return 1
        if value < 1.0 or value != int(value):
            self._wrong(place, f"count is {value:g}", "a whole number from 1")
            return 1
        return int(value)

    def _amount(
        self, place: str, amount: float | None, duration: float | None, rate: float | None
    ) -> tuple[float, float]:
        """Amount and duration from two of amount, duration and rate, or from an amount alone."""
        if duration is not None and duration <= 0.0:
            self._wrong(
                place, f"the duration is {duration:g}", "above 0, or a blank for a dose at an instant"
            )
        elif rate is None and amount is not None:
            return amount, duration or 0.0
        elif rate is not None and amount is not None and duration is not None:
            self._wrong(place, "amount, duration and rate are all given", "two of them")
        elif rate is not None and duration is not None:
            return rate * duration, duration
        elif rate is not None and amount is not None:
            if rate != 0.0 and amount / rate > 0.0:
                return amount, amount / rate
            self._wrong(
                place, f"the amount {amount:g} never flows in at the rate {rate:g}", "a rate of the same sign"
            )
        elif rate is not None:
            self._wrong(place, "a rate without an end", "a duration or an amount beside it")
        else:
            self._wrong(place, "the amount is empty", "how much is given")
        return 0.0, 0.0
