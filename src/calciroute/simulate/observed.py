"""Measurements to lay over the courses, ``--observed DATA.csv``: read, and brought to the outcomes' units.

Nothing is taken for granted: a time says what it counts, a value says its unit, an outcome is one that the
model has. `calciroute.simulate.residuals` compares them with a run.
"""

from __future__ import annotations

import csv
import dataclasses
import datetime
import io
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from calciroute.body.outputs import read_outputs
from calciroute.errors import InputError, Problem, near_names
from calciroute.model.cells import is_blank, shown
from calciroute.model.written_table import WrittenTable, table_from_text, written_table
from calciroute.simulate.arm import AS_NOW, STOP
from calciroute.simulate.observed_cells import (
    TIME_HEADINGS,
    observed_days,
    observed_number,
    observed_outcome,
    to_display,
)
from calciroute.tables.nomenclature import printed_unit
from calciroute.tables.people_text import read_people_text

if TYPE_CHECKING:
    from calciroute.intake.plan import Plan
    from calciroute.people.person_model import Person

KIND = "a table of measurements (CSV: time_d, outcome, value, unit, and sd or arm where known)"
NEEDED = ("outcome", "value", "unit")
# `note` is for people; nothing reads it.
COLUMNS = (*TIME_HEADINGS, "date", *NEEDED, "sd", "arm", "note")
LIMIT_BYTES = 2_000_000
MOST_POINTS = 5_000
MOST_PROBLEMS = 20
_MADE = "observed.csv"  # the table that stands for measurements given in Python


@dataclass(frozen=True)
class ObservedPoint:
    """One measurement.

    Parameters
    ----------
    where : str
        ``file:line``.
    outcome : str
        Id of ``physiology/outputs.csv``.
    days : float, d
        From the start of the run; may lie outside it.
    value : float
        In `unit`.
    sd : float or None
        Standard deviation of the measurement in `unit`; None where it was not given.
    unit : str
        In which the outcome is shown.
    arm : str
        Whose course it belongs to; empty for every arm.
    """

    where: str
    outcome: str
    days: float
    value: float
    sd: float | None
    unit: str
    arm: str = ""


@dataclass(frozen=True)
class Observed:
    """All measurements of a table.

    Parameters
    ----------
    points : tuple of ObservedPoint
        In the order of the table.
    source, text, encoding : str
        Name of the file, the file itself and what it was written in; for values given in Python, a table with
        the same measurements.
    notes : tuple of str
        What was understood in reading it.
    """

    points: tuple[ObservedPoint, ...]
    source: str
    text: str
    encoding: str = "utf-8"
    notes: tuple[str, ...] = ()


def read_observed(
    given: Any, *, as_of: datetime.date | None = None, arms: Sequence[str] | None = None
) -> Observed:
    """Read measurements.

    Parameters
    ----------
    given : str, Path, DataFrame, mapping of str to values, or sequence of mappings
        A CSV file, columns by name, or rows by name. One column of time: ``time_d`` (days; or ``time_h``,
        ``time_week``, ``time_month``, ``time_y``), ``time`` with a unit in each cell (``12 weeks``), or
        ``date`` (2026-03-01). ``outcome``: any name of ``data/nomenclature.csv``. ``value`` and ``unit``;
        ``sd`` and ``arm`` may be absent or empty. ``note`` is not read.
    as_of : date, optional
        Day 0 of the run, for ``date``.
    arms : sequence of str, optional
        Names that ``arm`` may have; any by default.

    Returns
    -------
    Observed

    Raises
    ------
    InputError
        With every wrong heading or cell, each with file and line, twenty at most.

    Examples
    --------
    >>> rows = [{"time": "12 weeks", "outcome": "dp-ucMGP", "value": 0.3, "sd": 0.05, "unit": "nmol/L"}]
    >>> point = read_observed(rows).points[0]
    >>> point.outcome, point.days, point.value, point.sd, point.unit
    ('dp_ucMGP', 84.0, 300.0, 50.0, 'pmol/L')
    """
    file = read_people_text(Path(given), limit_bytes=LIMIT_BYTES, kind=KIND) if _is_path(given) else None
    table = written_table(given, KIND, "observed") if file is None else table_from_text(file, KIND)
    problems: list[Problem] = []
    heading = _time_heading(table, as_of, problems)
    if problems:
        raise InputError(problems)
    points: list[ObservedPoint] = []
    for place, cells in table.rows:
        row = dict(zip((name.strip().casefold() for name in table.headings), cells, strict=True))
        if all(is_blank(cell) for cell in cells):
            continue
        point = _point(row, heading, place, as_of, arms, problems)
        if point is not None:
            points.append(point)
        if len(points) > MOST_POINTS:
            problems.append(
                Problem(place, f"more than {MOST_POINTS} measurements", "a table of at most so many")
            )
        if len(problems) >= MOST_PROBLEMS or len(points) > MOST_POINTS:
            break
    if not points and not problems:
        problems.append(Problem(table.where, "the table has headings and no row", KIND))
    if problems:
        raise InputError(problems)
    # In a result stands the name of the file, not the folders of one machine.
    if file is not None:
        points = [dataclasses.replace(one, where=Path(one.where).name) for one in points]
        return Observed(tuple(points), Path(file.where).name, file.text, file.encoding, file.notes)
    points = [dataclasses.replace(one, where=f"{_MADE}:{line}") for line, one in enumerate(points, start=2)]
    return Observed(tuple(points), _MADE, _as_csv(points))


def read_beside(
    read: Callable[[], tuple[Person, Sequence[Plan]]], given: Any, *, stop: bool = False
) -> tuple[Person, list[Plan], Observed | None]:
    """Person, plans and measurements, with the problems of all files at once.

    Parameters
    ----------
    read : callable
        Gives person and plans, or raises InputError.
    given : path, DataFrame, mapping, sequence of mappings or None
        Measurements as for `read_observed`; None when there are none.
    stop : bool, optional
        Whether the run has the arm ``stop``.

    Returns
    -------
    tuple of Person, list of Plan and Observed or None

    Raises
    ------
    InputError
        With every problem of every file.
    """
    problems: list[Problem] = []
    who: Person | None = None
    plans: list[Plan] = []
    try:
        who, found = read()
        plans = list(found)
    except InputError as wrong:
        problems += wrong.problems
    observed = None
    if given is not None:
        # Where the person is not known, any day and any arm will do: only the table itself is looked at.
        as_of = datetime.date.min if who is None else who.as_of
        arms = None if who is None else [AS_NOW, *(plan.name for plan in plans), *([STOP] if stop else [])]
        try:
            observed = read_observed(given, as_of=as_of, arms=arms)
        except InputError as wrong:
            problems += wrong.problems
    if problems or who is None:
        raise InputError(problems)
    return who, plans, observed


def _is_path(given: Any) -> bool:
    return isinstance(given, str | os.PathLike)


def _time_heading(table: WrittenTable, as_of: datetime.date | None, problems: list[Problem]) -> str:
    """The one column of time; every heading is looked at."""
    names = [name.strip().casefold() for name in table.headings]
    place = table.heading_place
    for name in names:
        if name not in COLUMNS:
            near = near_names(name, COLUMNS)
            advice = f"'{near[0]}'" if near else "rename or remove the column"
            problems.append(Problem(place, f"column '{name[:40]}' is not known", ", ".join(COLUMNS), advice))
    problems.extend(
        Problem(place, f"column '{name}' is missing", "outcome, value and unit in every table")
        for name in NEEDED
        if name not in names
    )
    times = [name for name in names if name in TIME_HEADINGS or name == "date"]
    if len(times) != 1:
        found = f"{len(times)} columns of time ({', '.join(times)})" if times else "no column of time"
        problems.append(Problem(place, found, f"one of {', '.join(TIME_HEADINGS)}, date", "time_d for days"))
        return ""
    if times == ["date"] and as_of is None:
        found = "dates are given, and the person file does not say of which day it is"
        problems.append(
            Problem(place, found, "as_of in the person file, which is day 0", "or time_d for days")
        )
    return times[0]


def _point(
    row: Mapping[str, object],
    heading: str,
    place: str,
    as_of: datetime.date | None,
    arms: Sequence[str] | None,
    problems: list[Problem],
) -> ObservedPoint | None:
    before = len(problems)
    days = observed_days(row[heading], heading, as_of, place, problems)
    outcome = observed_outcome(row["outcome"], place, problems)
    value = observed_number(row["value"], "value", place, problems)
    sd = None
    if not is_blank(row.get("sd")):
        sd = observed_number(row["sd"], "sd", place, problems)
        if sd is not None and sd <= 0.0:
            problems.append(Problem(place, f"sd {sd:g}", "a number above 0, or an empty cell"))
    arm = "" if is_blank(row.get("arm")) else str(row["arm"]).strip()
    if arm and arms is not None and arm not in arms:
        near = near_names(arm, arms)
        advice = f"'{near[0]}'" if near else "an empty cell stands for every arm"
        problems.append(Problem(place, f"arm '{shown(arm)}' is not in this run", ", ".join(arms), advice))
    if outcome is None:
        return None
    scale = to_display(row["unit"], outcome, place, problems)
    if len(problems) > before or scale is None or days is None or value is None:
        return None
    factor, offset = scale
    spread = None if sd is None else sd * factor
    unit = printed_unit(outcome, read_outputs()[outcome].unit)
    return ObservedPoint(place, outcome, days, value * factor + offset, spread, unit, arm)


def _as_csv(points: Sequence[ObservedPoint]) -> str:
    """The table of measurements that were given in Python, so that a result can be made again."""
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(("time_d", "outcome", "value", "sd", "unit", "arm"))
    for point in points:
        sd = "" if point.sd is None else repr(point.sd)
        rows.writerow((repr(point.days), point.outcome, repr(point.value), sd, point.unit, point.arm))
    return text.getvalue()
