"""Ten years with doses: what came in less what went out is stored; no state below zero; rest stays rest.

    python validation/mass_balance.py [--people 100] [--years 10] [--seed 20260101]

Balance: three people who take every vitamer, one of them on warfarin, one with failing kidneys. Smallest
state: random people with random regimens over one year each, as a share of the largest value of the state.
Rest: men, and a woman before her menopause, age and filtration held.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT / "validation")]

import numpy as np  # noqa: E402
from results import write_result  # noqa: E402

from balance import (  # noqa: E402
    DAY,
    RESERVOIRS,
    SUM,
    daily,
    lowest,
    mineral_gaps,
    vitamin_k_collectors,
    vitamin_k_gaps,
)
from calciroute.body.assembly import Body  # noqa: E402
from calciroute.body.solver import Lane, solve  # noqa: E402
from calciroute.body.start import start_state  # noqa: E402
from calciroute.body.values import state_names  # noqa: E402
from calciroute.errors import SolveError  # noqa: E402
from random_lanes import random_doses, random_person  # noqa: E402
from whole_body import body_with  # noqa: E402

GAP_BOUND, LOW_BOUND, DRIFT_BOUND = 1e-9, -1e-12, 1e-6
YEAR = 365.25
WOMAN = {"age_start": 62.0, "female": 1.0, "FMP_age": 51.0, "MK4_dose_size": 45.0, "diet_MK4": 10.0}
PEOPLE = {
    "woman of 62": (WOMAN, ()),
    "man of 70 on warfarin": ({**WOMAN, "age_start": 70.0, "female": 0.0}, ("warfarin_gut",)),
    "woman of 75 with failing kidneys": (
        {**WOMAN, "age_start": 75.0, "eGFR_start": 50.0, "eGFR_decline": 2.5, "calcidiol_start": 25.0},
        (),
    ),
}
AT_REST = {
    "man of 40": {"age_start": 40.0, "female": 0.0},
    "woman of 35": {"age_start": 35.0, "female": 1.0},
    "man of 60, low vitamin D": {"age_start": 60.0, "female": 0.0, "calcidiol_start": 25.0},
}
FROZEN = {"ageing": 0.0, "eGFR_decline": 0.0}


def main() -> int:
    """Run, print, store; 1 when a bound is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--years", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=20260101)
    given = parser.parse_args()
    body = body_with(vitamin_k_collectors())
    gaps = balance_rows(body, given.years)
    low = smallest_rows(body, given.people, given.seed)
    drift = drift_rows(body, given.years)
    largest = max(row["gap"] for row in gaps)
    smallest = min(row["share"] for row in low)
    moved = max(row["change"] for row in drift)
    figures = {
        "years": given.years,
        "largest_gap": largest,
        "gap_bound": GAP_BOUND,
        "people": sum(not row["failed"] for row in low),
        "failed": sum(bool(row["failed"]) for row in low),
        "smallest_state": smallest,
        "smallest_bound": LOW_BOUND,
        "drift": moved,
        "drift_bound": DRIFT_BOUND,
    }
    print(f"balance over {given.years:g} years: largest gap {largest:.1e} (bound {GAP_BOUND:g})")
    print(f"smallest state of {figures['people']} people: {smallest:.1e} of its size (bound {LOW_BOUND:g})")
    print(f"drift of rest over {given.years:g} years: {moved:.1e} (bound {DRIFT_BOUND:g})")
    write_result("mass_balance", figures, [*gaps, *low, *drift])
    return int(largest > GAP_BOUND or smallest < LOW_BOUND or moved > DRIFT_BOUND or figures["failed"] > 0)


def balance_rows(body: Body, years: float) -> list[dict[str, Any]]:
    """Largest gap of each substance in each person."""
    states = state_names(body)
    days = round(years * YEAR)
    times = np.linspace(0.0, days * DAY, 41)
    ratio = body.numbers["Pi_per_Ca_bone"].value
    rows = []
    for who, (inputs, also) in PEOPLE.items():
        doses = daily("MK7_gut", 277.0, 2.0, days) + daily("K1_gut", 1000.0, 9.0, days, 3)
        doses += daily("MK4_gut", 100.0, 12.0, days, 2) + daily("MK89_gut", 30.0, 18.0, days, 2)
        for target in also:
            doses += daily(target, 4.0, 20.0, days)
        solution = solve(body, [Lane(inputs, start_state(body, inputs), doses)], times, states)
        if solution.status[0]:
            raise SolveError(f"{who}: {solution.status[0]}")
        course = dict(zip(solution.outputs, solution.values[0].T, strict=True))
        gaps = {**mineral_gaps(course, ratio), **vitamin_k_gaps(course, times, doses)}
        for substance, gap in gaps.items():
            print(f"  {who}, {substance}: {gap:.1e}", flush=True)
            rows.append({"check": "balance", "person": who, "substance": substance, "gap": gap})
    return rows


def smallest_rows(body: Body, people: int, seed: int) -> list[dict[str, Any]]:
    """Smallest state of random people; the scale of a state is its largest value in anybody."""
    states = state_names(body)
    times = np.linspace(0.0, YEAR * DAY, 74)
    courses, rows = [], []
    for number in range(people):
        random = np.random.default_rng([seed, number])
        inputs = random_person(random)
        doses = random_doses(random, 365)
        try:
            solution = solve(body, [Lane(inputs, start_state(body, inputs), doses)], times, states)
            failed = solution.status[0]
        except SolveError as stopped:
            failed = str(stopped)
        rows.append(
            {"check": "smallest state", "person": number, "share": 0.0, "state": "", "failed": failed}
        )
        courses.append(np.full((len(times), len(states)), np.nan) if failed else solution.values[0])
    whole = np.array(courses)
    scale = np.nanmax(np.abs(whole), axis=(0, 1))
    for row, course in zip(rows, courses, strict=True):
        if not row["failed"]:
            row["share"], row["state"] = lowest(course, states, scale)
        else:
            print(f"  person {row['person']}: {row['failed']}")
    return rows


def drift_rows(body: Body, years: float) -> list[dict[str, Any]]:
    """Largest relative change of a state of someone at rest, reservoirs and sums left out by name."""
    states = state_names(body)
    rows = []
    for who, person in AT_REST.items():
        inputs = {**person, **FROZEN}
        lane = Lane(inputs, start_state(body, inputs))
        first, last = solve(body, [lane], [0.0, years * YEAR * DAY], states).values[0]
        moved = {
            name: abs(b / a - 1.0)
            for name, a, b in zip(states, first, last, strict=True)
            if a != 0.0 and name not in RESERVOIRS and not name.endswith(SUM)
        }
        worst = max(moved, key=lambda name: moved[name])
        print(f"  {who}: {worst} changes by {moved[worst]:.1e} of itself", flush=True)
        rows.append(
            {"check": "drift", "person": who, "states": len(moved), "state": worst, "change": moved[worst]}
        )
    return rows


if __name__ == "__main__":
    sys.exit(main())
