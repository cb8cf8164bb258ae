"""Reference states of the shipped model, run and compared: what ``calciroute verify`` and the tests share."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from calciroute.body.assembly import Body
from calciroute.body.plans import whole_plan
from calciroute.body.rest import find_rest
from calciroute.body.solver import Dose, Lane, Tolerances, solve
from calciroute.body.units import declared_units
from calciroute.tables.texts import physiology_text
from calciroute.units.expression import convert

_TIGHT = Tolerances(1e-9, 1e-12)


@dataclass(frozen=True)
class Check:
    """One state that the model must reach.

    Parameters
    ----------
    name : str
        In words.
    holds : tuple of str
        Ids whose meaning it holds.
    inputs : dict of str to str
        Value and unit by id.
    doses : tuple of dict
        target, amount with unit, at_h, and for a series every_h and count.
    at_h : float
        Time of reading, hours.
    rest : bool
        Whether the regulated core is brought to rest first.
    expect : dict of str to str
        Printed value and unit by id.
    """

    name: str
    holds: tuple[str, ...]
    inputs: dict[str, str]
    doses: tuple[dict[str, Any], ...]
    at_h: float
    rest: bool
    expect: dict[str, str]


@dataclass(frozen=True)
class Finding:
    """One expected value beside what the model gives.

    Parameters
    ----------
    check, id : str
        Which check, which id.
    expected : str
        As printed, with unit.
    found : float
        In the printed unit.
    holds : bool
        Within half of the last printed digit.
    """

    check: str
    id: str
    expected: str
    found: float
    holds: bool


def read_checks() -> list[Check]:
    """The checks of ``physiology/checks.toml``.

    Returns
    -------
    list of Check
        In file order.

    Examples
    --------
    >>> read_checks()[0].name
    'vitamin K: the reference diet is a fixed point'
    """
    table = tomllib.loads(physiology_text("checks.toml").read_text("utf-8"))
    return [
        Check(
            name=row["name"],
            holds=tuple(row["holds"]),
            inputs=dict(row.get("inputs", {})),
            doses=tuple(row.get("doses", ())),
            at_h=float(row.get("at_h", 0.0)),
            rest=bool(row.get("rest", False)),
            expect=dict(row["expect"]),
        )
        for row in table["check"]
    ]


def half_of_last_digit(printed: str) -> float:
    """Tolerance that a printed number carries.

    Parameters
    ----------
    printed : str
        Digits with at most one point, an exponent allowed.

    Returns
    -------
    float
        Half of one in its last place.

    Examples
    --------
    >>> half_of_last_digit("2.450"), half_of_last_digit("1380")
    (0.0005, 0.5)
    """
    mantissa, _, exponent = printed.lower().partition("e")
    places = len(mantissa.partition(".")[2])
    return 0.5 * 10.0 ** (int(exponent or 0) - places)


def run_check(check: Check, body: Body) -> Iterator[Finding]:
    """Run one check.

    Parameters
    ----------
    check : Check
        From `read_checks`.
    body : Body
        The default body.

    Yields
    ------
    Finding
        One for each expected value.
    """
    units = declared_units(body)
    values = {name: _declared(text, units[name]) for name, text in check.inputs.items()}
    start = _rest(body, values) if check.rest else {}
    names = list(check.expect)
    doses = [dose for row in check.doses for dose in _doses(row, units)]
    solution = solve(body, [Lane(values, start, doses)], [check.at_h], names, tolerances=_TIGHT)
    for place, name in enumerate(names):
        number, _, unit = check.expect[name].partition(" ")
        found = convert(float(solution.values[0, 0, place]), units[name], unit)
        # A little beyond half a digit: the printed digit itself was rounded from a run with its own error.
        near = abs(found - float(number)) <= 1.02 * half_of_last_digit(number)
        yield Finding(check.name, name, check.expect[name], found, near)


def _declared(text: str, unit: str) -> float:
    number, _, printed = text.partition(" ")
    return convert(float(number), printed, unit)


def _rest(body: Body, values: dict[str, float]) -> dict[str, float]:
    return find_rest(body, values, plan=whole_plan())


def _doses(row: dict[str, Any], units: dict[str, str]) -> list[Dose]:
    amount = _declared(row["amount"], units[row["target"]])
    first, step = float(row["at_h"]), float(row.get("every_h", 0.0))
    return [Dose(first + index * step, row["target"], amount) for index in range(int(row.get("count", 1)))]
