"""Quick self-check of the installed model: units, reference states, balance."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from calciroute.body.assembly import Body, assemble
from calciroute.body.checks import read_checks, run_check
from calciroute.body.rest import find_rest
from calciroute.body.solver import Dose, Lane, Tolerances, solve
from calciroute.errors import Problem

_DAYS, _BALANCE_TOLERANCE = 90, 1e-7
# Stores whose changes must equal what came in less what went out.
_BALANCES = {
    "calcium": (("Ca_plasma", "Ca_bone_fast", "Ca_bone_deep"), "Ca_absorbed_total", "Ca_urine_total"),
}


@dataclass(frozen=True)
class Verdict:
    """One group of checks.

    Parameters
    ----------
    name : str
        In words.
    passed, total : int
        How many held, and how many there are.
    faults : tuple of str
        What did not hold.
    seconds : float
        How long it took.
    """

    name: str
    passed: int
    total: int
    faults: tuple[str, ...]
    seconds: float


def verify_model() -> Iterator[Verdict]:
    """Run all groups.

    Yields
    ------
    Verdict
        One at a time, so that a reader sees them as they end.
    """
    body = assemble()
    groups: list[tuple[str, Callable[[Body], tuple[int, list[str]]]]] = [
        ("tables and texts", lambda _: _tables()),
        ("units: libSBML has nothing to say", lambda body: _problems(_libsbml(body))),
        ("units: every formula in dimension and scale", lambda body: _problems(_scales(body))),
        ("reference states to their printed digits", _states),
        ("mass balance over three months of daily doses", _balance),
    ]
    for name, run in groups:
        began = time.monotonic()
        total, faults = run(body)
        yield Verdict(name, total - len(faults), total, tuple(faults), time.monotonic() - began)


def _tables() -> tuple[int, list[str]]:
    from calciroute.tables.check import check_all_tables

    return _problems(check_all_tables())


def _problems(problems: list[Problem]) -> tuple[int, list[str]]:
    return max(1, len(problems)), [str(problem) for problem in problems]


def _libsbml(body: Body) -> list[Problem]:
    import libsbml

    from calciroute.sbml.consistency import libsbml_messages

    return libsbml_messages(libsbml.readSBMLFromString(body.sbml))


def _scales(body: Body) -> list[Problem]:
    import libsbml

    from calciroute.sbml.form_units import check_form_units
    from calciroute.sbml.unit_check import check_units

    document = libsbml.readSBMLFromString(body.sbml)
    return [*check_units(document.getModel()), *check_form_units(document.getModel())]


def _states(body: Body) -> tuple[int, list[str]]:
    findings = [finding for check in read_checks() for finding in run_check(check, body)]
    missed = [one for one in findings if not one.holds]
    faults = [f"{one.check}: {one.id} is {one.found:.7g}, expected {one.expected}" for one in missed]
    return len(findings), faults


def _balance(body: Body) -> tuple[int, list[str]]:
    rest = find_rest(body, {"female": 0.0})
    faults = []
    for name, (stores, came_in, went_out) in _BALANCES.items():
        outputs = [*stores, came_in, went_out]
        doses = [Dose(24.0 * day + 1.0, "MK7_gut", 277.0) for day in range(_DAYS)]
        times = [0.0, 24.0 * _DAYS]
        solution = solve(
            body, [Lane({"female": 0.0}, rest, doses)], times, outputs, tolerances=Tolerances(1e-9, 1e-12)
        )
        change = solution.values[0, 1] - solution.values[0, 0]
        gap = change[: len(stores)].sum() - (change[-2] - change[-1])
        whole = abs(change[-2])
        if not abs(gap) <= _BALANCE_TOLERANCE * whole:
            faults.append(f"{name}: {gap / whole:.1e} of what came in is not accounted for")
    return len(_BALANCES), faults
