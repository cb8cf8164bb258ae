"""The cells of a table of measurements: when, what, how much, in which unit."""

from __future__ import annotations

import datetime
import math
import re
from functools import cache

from calciroute.body.outputs import read_outputs
from calciroute.errors import InputError, Problem, near_names
from calciroute.model.cells import is_blank, shown
from calciroute.tables.lab_names import find_lab_name
from calciroute.tables.lab_units import read_lab_units
from calciroute.tables.nomenclature import find_name, printed_unit, read_nomenclature, require_name
from calciroute.units.expression import UnitError, convert
from calciroute.units.quantity import SPELLINGS, QuantityError, parse_number, shown_unit

_MONTHS_A_YEAR = 12.0
# A heading says what its numbers count; `time` alone asks for the word in each cell.
TIME_HEADINGS = ("time_d", "time_h", "time_week", "time_month", "time_y", "time")
_TIME_WORDS = {
    "h": "h", "hour": "h", "hours": "h", "d": "d", "day": "d", "days": "d", "week": "week", "weeks": "week",
    "wk": "week", "month": "month", "months": "month", "mo": "month", "y": "y", "yr": "y", "year": "y",
    "years": "y",
}  # fmt: skip
_TIME_CELL = re.compile(r"([+-]?[0-9.,]+)\s*([^\W\d_]+)")
_EXPONENT = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]+")
# Counted in nothing but themselves, though none has a dimension: a percent of an INR is another test.
_ALONE = frozenset({"AU", "INR", "SD"})
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def observed_days(
    cell: object, heading: str, as_of: datetime.date | None, place: str, problems: list[Problem]
) -> float | None:
    """Days from the start of a run.

    Parameters
    ----------
    cell : object
        Under `heading`.
    heading : str
        One of `TIME_HEADINGS`, or ``date``.
    as_of : date or None
        Day 0, for dates.
    place : str
        ``file:line``.
    problems : list of Problem
        Receives what is wrong.

    Returns
    -------
    float or None
        None after a problem. A month is a twelfth of a year of 365.25 days.

    Examples
    --------
    >>> observed_days("12 weeks", "time", None, "a.csv:2", [])
    84.0
    """
    if heading == "date":
        return _date(cell, as_of, place, problems)
    word = heading.removeprefix("time_")
    if heading == "time":
        match = _TIME_CELL.fullmatch(str(cell).strip())
        if match is None or match[2].casefold() not in _TIME_WORDS:
            found = f"time '{shown(cell)}' does not say what it counts"
            advice = "'12 weeks' in the cell, or time_d as the heading for days"
            problems.append(Problem(place, found, "a number with h, days, weeks, months or years", advice))
            return None
        cell, word = match[1], _TIME_WORDS[match[2].casefold()]
    number = observed_number(cell, heading, place, problems)
    if number is None:
        return None
    return convert(number / _MONTHS_A_YEAR, "y", "d") if word == "month" else convert(number, word, "d")


def _date(cell: object, as_of: datetime.date | None, place: str, problems: list[Problem]) -> float | None:
    day = cell.date() if isinstance(cell, datetime.datetime) else cell
    if not isinstance(day, datetime.date):
        try:
            if not _ISO.fullmatch(text := str(cell).strip()):
                raise ValueError
            day = datetime.date.fromisoformat(text)
        except ValueError:
            found = f"date '{shown(cell)}' is not a day"
            problems.append(Problem(place, found, "year-month-day", "2026-03-01"))
            return None
    return None if as_of is None else float((day - as_of).days)


def observed_number(cell: object, name: str, place: str, problems: list[Problem]) -> float | None:
    """A finite number that is not below zero: no outcome, time or spread is.

    Parameters
    ----------
    cell : object
        Text with a decimal point or comma, or a number of Python.
    name : str
        Name of the column.
    place : str
        ``file:line``.
    problems : list of Problem
        Receives what is wrong.

    Returns
    -------
    float or None
        None after a problem. A time may be below zero: it is then before the run.
    """
    if is_blank(cell):
        problems.append(Problem(place, f"{name} is empty", "a number"))
        return None
    text = str(cell).strip()
    try:
        number = float(text) if _EXPONENT.fullmatch(text) else parse_number(text)
    except QuantityError as wrong:
        if text[0] in "<>≤≥":
            found = f"{name} '{shown(cell)}' is a limit"
            problems.append(Problem(place, found, "a value that was measured", "leave the row out"))
        else:
            problems.append(
                Problem(place, f"{name} {wrong}", "one number; its unit stands in the column unit")
            )
        return None
    if not math.isfinite(number) or (number < 0.0 and not name.startswith("time")):
        problems.append(Problem(place, f"{name} '{shown(cell)}'", "a number from 0 on"))
        return None
    return number


def observed_outcome(cell: object, place: str, problems: list[Problem]) -> str | None:
    """Id of the outcome that a word means.

    Parameters
    ----------
    cell : object
        Id, printed name or alias.
    place : str
        ``file:line``.
    problems : list of Problem
        Receives what is wrong.

    Returns
    -------
    str or None
        None after a problem: an unknown word, or an outcome of which a run has no course.
    """
    outputs = {name: row for name, row in read_outputs().items() if row.kind != "population"}
    word = "" if is_blank(cell) else str(cell).strip()
    if word in outputs:
        return word
    try:
        name = require_name(word, "outcome")
    except InputError as unknown:
        wrong = unknown.problems[0]
        near = near_names(word, [*outputs])
        advice = wrong.advice or (f"'{near[0]}'" if near else "calciroute where NAME")
        problems.append(Problem(place, wrong.found[:120], "an outcome of this model", advice))
        return None
    if name.id in outputs:
        return name.id
    found = f"outcome '{shown(cell)}' is known, and this model has no course of it"
    near = near_names(name.id, [*outputs])
    problems.append(Problem(place, found, "an outcome of a run", f"'{near[0]}'" if near else ""))
    return None


def to_display(cell: object, outcome: str, place: str, problems: list[Problem]) -> tuple[float, float] | None:
    """How a value of this unit becomes one of the unit in which the outcome is shown.

    Parameters
    ----------
    cell : object
        The unit as written.
    outcome : str
        Id of an outcome.
    place : str
        ``file:line``.
    problems : list of Problem
        Receives what is wrong.

    Returns
    -------
    tuple of float or None
        Factor and what is added after it; None after a problem.

    Examples
    --------
    >>> to_display("nmol/L", "dp_ucMGP", "a.csv:2", [])
    (1000.0, 0.0)
    """
    target = printed_unit(outcome, read_outputs()[outcome].unit)
    wanted = f"{outcome} is shown in {_words(target)}"
    if is_blank(cell):
        problems.append(Problem(place, "unit is empty", wanted, _words(target)))
        return None
    word = str(cell).strip()
    unit = SPELLINGS.get(word.replace("\u03bc", "\u00b5"), word)
    if unit == target or (target == "1" and unit == outcome):  # an INR is counted in INR
        return 1.0, 0.0
    if {unit, target} & _ALONE or outcome in _ALONE:
        problems.append(_other_unit(cell, target, wanted, place))
        return None
    lab = _lab_scale(outcome, unit, target)
    if lab is not None:
        return lab
    try:
        return convert(1.0, unit, target), 0.0
    except UnitError:
        problems.append(_other_unit(cell, target, wanted, place))
        return None


def _other_unit(cell: object, target: str, wanted: str, place: str) -> Problem:
    found = f"unit '{shown(cell)}' does not become {_words(target)}"
    return Problem(place, found, wanted, f"a value in {_words(target)}")


def _lab_scale(outcome: str, unit: str, target: str) -> tuple[float, float] | None:
    """By the table of laboratory units, which knows molar masses: mass to amount and back."""
    for lab in _labs_of(outcome):
        units = read_lab_units().get(lab, {})
        here, there = units.get(unit), units.get(target)
        if here is not None and there is not None and here.factor is not None and there.factor is not None:
            return here.factor / there.factor, (here.offset - there.offset) / there.factor
    return None


@cache
def _labs_of(outcome: str) -> tuple[str, ...]:
    """Laboratory tests that measure an outcome, by any of its names."""
    known = read_nomenclature().get(outcome)
    labs = [lab for lab in read_lab_units() if (name := find_name(lab, "outcome")) and name.id == outcome]
    for word in known.words if known is not None else ():
        found = find_lab_name(word)
        if found is not None and len(found.tests) == 1:  # a name of two tests decides nothing
            labs += found.tests
    return tuple(dict.fromkeys(labs))


def _words(unit: str) -> str:
    return "1 (a ratio)" if unit == "1" else shown_unit(unit)
