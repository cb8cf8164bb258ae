"""Doses as SBML events: a regular series is one event that sets its own next time.

A tool that reads the file searches the time of each event; the trigger compares time with a number that jumps
ahead when the event fires, so it is false again at once and no dose is taken twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import libsbml

from calciroute.errors import InputError, Problem, near_names

_DAY_H = 24.0
_SAME_H = 1e-6  # two times closer than this are one
_HOUR = "hour"


class Dose(Protocol):
    """What a dose must tell; `calciroute.body.solver.Dose` does."""

    @property
    def time_h(self) -> float:
        """Hours from the start, >= 0."""

    @property
    def target(self) -> str:
        """Id of a state or input."""

    @property
    def amount(self) -> float:
        """In the declared unit of the target."""


@dataclass(frozen=True)
class DoseSeries:
    """Doses of one size at one distance.

    Parameters
    ----------
    target : str
        Id of a state, or of an input that may change.
    amount : float
        Each, in the declared unit of the target.
    first_h, interval_h : float
        Hours; the interval of a single dose is 0.
    count : int
        Number of doses, >= 1.
    """

    target: str
    amount: float
    first_h: float
    interval_h: float
    count: int

    @property
    def last_h(self) -> float:
        """Time of the last dose, hours."""
        return self.first_h + (self.count - 1) * self.interval_h


def dose_series(doses: Iterable[Dose]) -> list[DoseSeries]:
    """Regular series that together are the doses.

    Parameters
    ----------
    doses : iterable of Dose
        In any order; doses of one target at one time are added up.

    Returns
    -------
    list of DoseSeries
        By first time; no two of one target share a time.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> daily = [SimpleNamespace(time_h=8.0 + 24 * day, target="gut", amount=2.0) for day in range(30)]
    >>> dose_series(daily)
    [DoseSeries(target='gut', amount=2.0, first_h=8.0, interval_h=24.0, count=30)]
    """
    at_time: dict[tuple[str, int], tuple[float, float]] = {}
    for dose in doses:
        place = (dose.target, round(dose.time_h / _SAME_H))
        time_h, total = at_time.get(place, (dose.time_h, 0.0))
        at_time[place] = (time_h, total + dose.amount)
    alike: dict[tuple[str, float, float], list[float]] = {}
    for (target, _), (time_h, total) in at_time.items():
        clock = round(time_h % _DAY_H, 5) % _DAY_H
        alike.setdefault((target, total, clock), []).append(time_h)
    found = [
        series
        for (target, amount, _), times in alike.items()
        for series in _regular(target, amount, sorted(times))
    ]
    return sorted(found, key=lambda series: (series.first_h, series.target, series.amount))


def _regular(target: str, amount: float, times: list[float]) -> Iterable[DoseSeries]:
    start = 0
    while start < len(times):
        stop = start + 1
        while stop < len(times) and (
            stop == start + 1
            or abs(times[stop] - times[stop - 1] - (times[start + 1] - times[start])) < _SAME_H
        ):
            stop += 1
        count = stop - start
        interval = (times[stop - 1] - times[start]) / (count - 1) if count > 1 else 0.0
        yield DoseSeries(target, amount, times[start], interval, count)
        start = stop


def add_dose_events(model: libsbml.Model, series: Iterable[DoseSeries]) -> None:
    """Put series of doses into a model.

    Parameters
    ----------
    model : libsbml.Model
        Level 3; changed in place. It has the unit ``hour``.
    series : iterable of DoseSeries
        All after time 0: what is given at time 0 belongs to the start.

    Raises
    ------
    InputError
        For a target that the model does not have or that a rule sets.
    """
    for number, one in enumerate(series, start=1):
        unit = _unit_of_target(model, one.target)
        name = f"dose_{number}"
        _add_constant(model, f"{name}_amount", one.amount, unit, f"amount of dose {number}")
        _add_constant(model, f"{name}_next", one.first_h, _HOUR, f"time of the next dose {number}")
        event = model.createEvent()
        event.setId(f"{name}_given")
        event.setName(f"dose {number} into {one.target}")
        event.setUseValuesFromTriggerTime(True)
        trigger = event.createTrigger()
        trigger.setInitialValue(False)
        trigger.setPersistent(True)
        formula = f"time >= {name}_next"
        if one.count > 1:
            _add_constant(model, f"{name}_interval", one.interval_h, _HOUR, f"hours between doses {number}")
            # Half an interval late: a sum of many intervals may end a rounding error beyond the last dose.
            end = one.last_h + one.interval_h / 2
            _add_constant(model, f"{name}_end", end, _HOUR, f"after this no dose {number} is given")
            model.getParameter(f"{name}_next").setConstant(False)
            formula += f" && {name}_next < {name}_end"
            _assign(event, f"{name}_next", f"{name}_next + {name}_interval")
        trigger.setMath(libsbml.parseL3Formula(formula))
        _assign(event, one.target, f"{one.target} + {name}_amount")


def _assign(event: libsbml.Event, target: str, formula: str) -> None:
    assignment = event.createEventAssignment()
    assignment.setVariable(target)
    assignment.setMath(libsbml.parseL3Formula(formula))


def _add_constant(model: libsbml.Model, name: str, value: float, unit: str, meaning: str) -> None:
    parameter = model.createParameter()
    parameter.setId(name)
    parameter.setName(meaning)
    parameter.setConstant(True)
    parameter.setUnits(unit)
    parameter.setValue(value)


def _unit_of_target(model: libsbml.Model, target: str) -> str:
    rule = model.getRule(target)
    if rule is not None and not rule.isRate():
        raise InputError([Problem("", f"'{target}' is an equation", "a state or an input")])
    if (species := model.getSpecies(target)) is not None:
        return str(species.getSubstanceUnits() or "substance")
    if (parameter := model.getParameter(target)) is not None:
        parameter.setConstant(False)
        return str(parameter.getUnits())
    known = [item.getId() for item in model.getListOfSpecies()] + [
        item.getId() for item in model.getListOfParameters()
    ]
    near = near_names(target, known)
    raise InputError(
        [
            Problem(
                "", f"'{target}' is not in the model", "a state or an input", f"'{near[0]}'" if near else ""
            )
        ]
    )
