"""The engine against other solvers on random persons with random regimens: the largest difference of a state.

    python validation/solvers.py [--persons 50] [--days 365] [--scipy 10] [--scipy-days 60] [--seed 20260101]

libRoadRunner on all persons, SciPy's Radau and LSODA on some; all at relative tolerance 1e-11, restarted at
each dose, rates for SciPy from libRoadRunner. A difference counts against the value itself; where that is
less, against a thousandth of the largest value of the state in that person, or a millionth of the largest in
anybody: a drug that nobody takes is a noise of 1e-25 in other solvers. Bound: 1e-6.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT / "validation")]

import numpy as np  # noqa: E402
import numpy.typing as npt  # noqa: E402
from results import write_result  # noqa: E402
from scipy.integrate import solve_ivp  # noqa: E402

from calciroute.body.assembly import Body, assemble  # noqa: E402
from calciroute.body.lanes import Dose, Lane  # noqa: E402
from calciroute.body.solver import Tolerances, solve  # noqa: E402
from calciroute.body.start import start_state  # noqa: E402
from calciroute.errors import SolveError  # noqa: E402
from person_over_domain import person_inputs, regimen  # noqa: E402
from roadrunner_reference.runner import Runner, runner_for  # noqa: E402

Array = npt.NDArray[np.float64]
BOUND = 1e-6
RELATIVE, ABSOLUTE = 1e-11, 1e-13
TIGHT = Tolerances(RELATIVE, ABSOLUTE)
OWN_FLOOR, ANYBODY_FLOOR = 1e-3, 1e-6


def main() -> int:
    """Run, compare, store; 1 when a scenario is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--persons", type=int, default=50)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--scipy", type=int, default=10)
    parser.add_argument("--scipy-days", type=int, default=60)
    parser.add_argument("--seed", type=int, default=20260101)
    given = parser.parse_args()
    body = assemble()
    people, without_start = scenarios(body, given.persons, given.days, given.seed)
    # The same persons, with regimens that fit into the shorter run.
    few, _ = scenarios(body, given.scipy, given.scipy_days, given.seed)
    rows = [
        *compare(body, people, given.days, {"libRoadRunner": roadrunner_course}),
        *compare(
            body,
            few,
            given.scipy_days,
            {"Radau": scipy_course("Radau"), "LSODA": scipy_course("LSODA")},
        ),
    ]
    within = {name: [row["difference"] <= BOUND for row in rows if row["solver"] == name] for name in SOLVERS}
    figures = {
        "scenarios": given.persons,
        "within_bound": sum(within["libRoadRunner"]),
        "largest_difference": max(row["difference"] for row in rows if row["solver"] == "libRoadRunner"),
        "days": given.days,
        "scipy_scenarios": given.scipy,
        "scipy_days": given.scipy_days,
        "scipy_within_bound": sum(a and b for a, b in zip(within["Radau"], within["LSODA"], strict=True)),
        "scipy_largest_difference": max(
            (row["difference"] for row in rows if row["solver"] != "libRoadRunner"), default=0.0
        ),
        "draws_without_a_start": without_start,
        "bound": BOUND,
        "relative_tolerance": RELATIVE,
    }
    print(
        f"libRoadRunner, {given.days} days: {figures['within_bound']} of {given.persons} persons within "
        f"{BOUND:g}, largest {figures['largest_difference']:.1e}"
    )
    print(
        f"Radau and LSODA, {given.scipy_days} days: {figures['scipy_within_bound']} of {given.scipy}, "
        f"largest {figures['scipy_largest_difference']:.1e}"
    )
    write_result("solvers", figures, rows)
    return int(not all(all(oks) for oks in within.values()))


SOLVERS = ("libRoadRunner", "Radau", "LSODA")


def scenarios(body: Body, count: int, days: int, seed: int) -> tuple[list[Lane], int]:
    """Persons with a start and a regimen, and how many draws had no state of rest."""
    people: list[Lane] = []
    without = number = 0
    while len(people) < count:
        random = np.random.default_rng([seed, number])
        number += 1
        inputs = person_inputs(body, random)
        doses = regimen(body, random, days)
        try:
            people.append(Lane(inputs, start_state(body, inputs), doses))
        except SolveError as stopped:
            without += 1
            print(f"  draw {number - 1} has no start: {stopped}")
    return people, without


Course = Callable[[Runner, Lane, Array], Array]


def compare(
    body: Body, people: Sequence[Lane], days: int, solvers: dict[str, Course]
) -> list[dict[str, Any]]:
    """One row per person and other solver."""
    runner = runner_for(body)
    times = np.sort(np.random.default_rng(days).uniform(0.0, 24.0 * days, 23))
    times = np.concatenate([[0.0], times, [24.0 * days]])
    own = solve(body, people, times, runner.states, tolerances=TIGHT)
    anybody = np.nanmax(np.abs(own.values), axis=(0, 1))
    anybody[anybody == 0.0] = 1.0
    rows = []
    for number, lane in enumerate(people):
        for name, course in solvers.items():
            began = time.perf_counter()
            words = own.status[number]
            try:
                other = course(runner, lane, times)
            except (RuntimeError, SolveError) as stopped:
                words = f"{name}: {' '.join(str(stopped).split())[:160]}"
            gap, state = (
                (1e300, "") if words else difference(own.values[number], other, anybody, runner.states)
            )
            rows.append(
                {
                    "solver": name,
                    "person": number,
                    "days": days,
                    "doses": sum(bool(dose.time_h < times[-1]) for dose in lane.doses),
                    "difference": gap,
                    "state": state,
                    "words": words,
                }
            )
            seconds = time.perf_counter() - began
            print(f"  person {number}, {name}: {gap:.1e} {state} {words} ({seconds:.1f} s)", flush=True)
    return rows


def difference(found: Array, expected: Array, anybody: Array, states: Sequence[str]) -> tuple[float, str]:
    """Largest difference of two courses (time, state), and of which state."""
    floor = np.maximum(OWN_FLOOR * np.max(np.abs(expected), axis=0), ANYBODY_FLOOR * anybody)
    shares = np.max(np.abs(found - expected) / np.maximum(np.abs(expected), floor), axis=0)
    worst = int(np.argmax(np.where(np.isfinite(shares), shares, np.inf)))
    return (float(shares[worst]) if np.isfinite(shares[worst]) else 1e300), states[worst]


def stretches(doses: Sequence[Dose], times: Array) -> list[tuple[float, list[Dose], int | None]]:
    """Stop points in order, each with its doses and its row among the times."""
    by_time: dict[float, list[Dose]] = {float(time): [] for time in times}
    for dose in doses:
        if dose.time_h <= times[-1]:
            by_time.setdefault(dose.time_h, []).append(dose)
    row_at = {float(time): row for row, time in enumerate(times)}
    return [(stop, by_time[stop], row_at.get(stop)) for stop in sorted(by_time)]


def roadrunner_course(
    runner: Runner,
    lane: Lane,
    times: Array,
    outputs: Sequence[str] | None = None,
    bounds: Tolerances = TIGHT,
) -> Array:
    """Course (time, output) by libRoadRunner's CVODE; all states by default."""
    runner.set_up(lane.parameters, lane.start, bounds.relative, bounds.absolute)
    read = runner.state_vector if outputs is None else runner.reader(outputs)
    found, now = np.empty((len(times), len(runner.states if outputs is None else outputs))), 0.0
    for stop, doses, row in stretches(lane.doses, times):
        if stop > now:
            runner.advance(now, stop)
            now = stop
        if row is not None:
            found[row] = read()
        for dose in doses:
            runner.add(dose.target, dose.amount)
        if doses:
            runner.restart(now)
    return found


def scipy_course(method: str) -> Course:
    """Course by a solver of SciPy; rates and doses go through libRoadRunner's model."""

    def course(runner: Runner, lane: Lane, times: Array) -> Array:
        runner.set_up(lane.parameters, lane.start, RELATIVE, ABSOLUTE)
        state, now = runner.state_vector(), 0.0
        size = np.abs(state)
        size[size < 1e-5] = 1.0
        found = np.empty((len(times), len(state)))
        for stop, doses, row in stretches(lane.doses, times):
            if stop > now:
                run = solve_ivp(
                    runner.rates,
                    (now, stop),
                    state,
                    method=method,
                    t_eval=(stop,),
                    rtol=RELATIVE,
                    atol=ABSOLUTE * size,
                )
                if not run.success:
                    raise SolveError(
                        f"{method} stopped at hour {run.t[-1] if len(run.t) else now:g}: {run.message}"
                    )
                state, now = run.y[:, -1], stop
            if row is not None:
                found[row] = state
            if doses:
                runner.set_state_vector(state)
                for dose in doses:
                    runner.add(dose.target, dose.amount)
                state = runner.state_vector()
        return found

    return course


if __name__ == "__main__":
    sys.exit(main())
