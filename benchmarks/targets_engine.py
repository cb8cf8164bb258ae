"""Targets on the engine by itself: compilation, use of the processor, bits, agreement, gradients, starts."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.cases import Case, persons
from benchmarks.clock import all_cores, cpu
from benchmarks.errors import TIGHT, reference
from benchmarks.other_process import python_output
from benchmarks.ours import ours
from benchmarks.peak import peak_gflops, step_flops
from benchmarks.settled import settle
from benchmarks.target import Target
from calciroute.engine.codes import Codes
from calciroute.engine.gradient import SHIFT, Gradients, gradients
from calciroute.engine.program import compile_program
from calciroute.sbml.read import read_system

RELATIVE = 1e-4
MANY = 64  # lanes: more than the code for few takes


def t5(case: Case) -> Target:
    """From SBML to machine code for one person and for many, and back from the cache."""
    states = list(read_system(case.sbml, case.name).system.states)

    def build(folder: str, lanes: int) -> object:
        program = compile_program(
            lambda: read_system(case.sbml, case.name).system, outputs=states, cache=Path(folder),
            key=case.model_hash,
        )  # fmt: skip
        return program.code_for(lanes)

    built, loaded = {}, {}
    for lanes in (1, MANY):
        with tempfile.TemporaryDirectory() as name:
            built[lanes] = cpu(lambda: build(name, lanes))[0]  # noqa: B023 (called here and now)
            loaded[lanes] = min(cpu(lambda: build(name, lanes))[0] for _ in range(5))  # noqa: B023
    asked = "SBML to machine code <= 1 s for 70 states, from the cache <= 20 ms"
    reached = (
        f"one person {built[1]:.2f} s, {loaded[1] * 1e3:.1f} ms; "
        f"many {built[MANY]:.2f} s, {loaded[MANY] * 1e3:.1f} ms"
    )
    how = f"{case.name}, {len(states)} states, CPU, states as outputs; code for few lanes and for many"
    return Target("T5", asked, reached, max(built.values()) <= 1.0 and max(loaded.values()) <= 0.02, how)


def t6(case: Case) -> Target:
    """Share of the arithmetic peak that whole runs reach."""
    own = ours(case)
    lanes = own.lanes(persons(case, 64))
    seconds, courses = min((cpu(lambda: own.run(lanes, RELATIVE)) for _ in range(3)), key=lambda one: one[0])
    flops = step_flops(case) * float(courses.steps.sum())
    peak = peak_gflops()
    value = flops / seconds / 1e9 / peak
    asked = "share of the core's measured FMA peak: >= 45 % on Zen 5, >= 35 % on Intel"
    reached = (
        f"{value:.0%} of {peak:.0f} GF/s, {seconds / courses.steps.sum() * 1e9:.0f} ns per lane and step"
    )
    how = f"{case.name}, whole runs with their control loop, {step_flops(case) / 1e3:.1f} kflop a step"
    return Target("T6", asked, reached, value >= 0.35, how)


def t9(case: Case) -> Target:
    """Equal bits however lanes are grouped."""
    short = case.for_days(120)
    own = ours(short)
    people = persons(short, 40)
    whole = own.run(own.lanes(people), RELATIVE).values
    ways = {
        "alone": np.concatenate([own.run(own.lanes([one]), RELATIVE).values for one in people[:8]]),
        "blocks of 3": own.run(own.lanes(people), RELATIVE, block=3).values,
        "two threads": own.run(own.lanes(people), RELATIVE, block=8, threads=2).values,
        "reversed": own.run(own.lanes(people[::-1]), RELATIVE).values[::-1],
    }
    differ = [way for way, values in ways.items() if values.tobytes() != whole[: len(values)].tobytes()]
    code = f"from benchmarks.targets_engine import bits; print(bits({case.name!r}))"
    other = python_output(["-c", code])
    if other.strip() != bits(case.name):
        differ.append("another process")
    reached = f"differ: {', '.join(differ)}" if differ else "equal in all"
    return Target(
        "T9", "equal bits for any grouping, block size, number of workers", reached, not differ,
        f"{case.name}, 120 days, 40 persons: {', '.join(ways)}, another process",
    )  # fmt: skip


def bits(name: str) -> str:
    """Fingerprint of a small run."""
    from benchmarks.cases import own_case, published_case

    case = (own_case() if name == "own" else published_case()).for_days(120)
    own = ours(case)
    return hashlib.sha256(own.run(own.lanes(persons(case, 9)), RELATIVE).values.tobytes()).hexdigest()


def t10(cases: Sequence[Case]) -> Target:
    """Agreement with libRoadRunner, both tight."""
    worst, where = 0.0, ""
    for case in cases:
        own = ours(case)
        people = persons(case, 2)
        found = own.run(own.lanes(people), TIGHT)
        for number, person in enumerate(people):
            error = reference(case, settle(case, person), own.states).error(found.values[number])[1]
            if error >= worst:
                worst, where = error, f"{case.name}, person {number}"
    asked = "agreement with libRoadRunner, both at 1e-11: <= 1e-6 in all states"
    return Target(
        "T10", asked, f"{worst:.1e} ({where})", worst <= 1e-6, "two persons of each case, three years"
    )


def t11(case: Case) -> Target:
    """Seven gradients in the spare lanes of one person."""
    own = ours(case)
    base = dict(persons(case, 1)[0])
    varied = persons(case, 2)[1]
    names = [name for name in varied if name not in base or varied[name] != base[name]]
    names = names[:: len(names) // 7][:7]  # from all parts of the model
    plain = {name: own.program.defaults[name] for name in names}
    central = 1e-3
    key = [own.states.index(name) for name in case.key]
    alone = own.lanes([base])

    def moved(share: float) -> list[dict[str, float]]:
        return [{**base, name: base.get(name, plain[name]) * (1.0 + share)} for name in names]

    def seven() -> Gradients:
        return gradients(
            own.program, alone, case.times(), names, outputs=own.states,
            tolerances=own.tolerances(RELATIVE),
        )  # fmt: skip

    one = min(cpu(lambda: own.run(alone, RELATIVE))[0] for _ in range(3))
    codes = Codes(lambda half: own.program.codes.of(half=False))
    in_whole_rows = replace(own, program=replace(own.program, codes=codes))
    whole = min(cpu(lambda: in_whole_rows.run(alone, RELATIVE))[0] for _ in range(3))
    eight, found = min((cpu(seven) for _ in range(3)), key=lambda row: row[0])
    numbers = np.array([base.get(name, plain[name]) for name in names])
    slopes = found.slopes[0, -1, key].T * numbers[:, None]
    tight = own.run(own.lanes([*moved(central), *moved(-central)]), 1e-10).values[:, -1, key]
    expected = (tight[: len(names)] - tight[len(names) :]) / (2 * central)
    size = np.abs(found.values[0, -1, key])
    acts = np.abs(expected) > 1e-3 * size
    error = float(np.median(np.abs(slopes - expected)[acts] / np.abs(expected)[acts]))
    asked = "one person with 7 gradients: <= 1.15x one person, median error <= 1e-4"
    reached = f"{eight / one:.2f}x, {error:.1e}"
    how = (
        f"{case.name}, {eight / whole:.2f}x of one person in the code for many lanes, as the eight run; "
        f"shared steps, shift {SHIFT:g}, against central differences at 1e-10, "
        f"{acts.sum()} pairs of a number and an output on which it acts"
    )
    return Target("T11", asked, reached, eight / one <= 1.15 and error <= 1e-4, how)


def t12() -> Target:
    """Start states of persons around the example."""
    from benchmarks.cases import own_case
    from calciroute.body.assembly import assemble
    from calciroute.body.rest import find_rests
    from calciroute.engine.lanes import Lanes

    case, count = own_case(), 200
    people = persons(case, count)
    columns = {name: np.array([person[name] for person in people]) for name in people[1] if name in people[0]}
    varied = {name: np.array([person.get(name, np.nan) for person in people]) for name in people[1]}
    defaults = ours(case).program.defaults
    lanes = Lanes(
        count,
        {name: np.where(np.isnan(row), defaults[name], row) for name, row in varied.items()} | columns,
        {},
    )
    find_rests(assemble(), lanes)  # so that no code is made while the time runs
    seconds, rests = cpu(lambda: find_rests(assemble(), lanes))
    share = sum(not words for words in rests.status) / count
    one_year = case.for_days(365)
    own = ours(one_year)
    year = cpu(lambda: own.run(own.lanes(people[:64]), RELATIVE))[0] / 64
    cost = seconds / count / year
    asked = "start state: >= 99.5 % of persons at CV 20 %, cost <= 1 % of a one-year run"
    reached = f"{share:.1%}, {cost:.1%}"
    return Target(
        "T12", asked, reached, share >= 0.995 and cost <= 0.01, f"{count} persons around the example"
    )


def t14(case: Case) -> Target:
    """Error of a population at the default of the page."""
    own = ours(case)
    count = 1000
    lanes = own.lanes(persons(case, count))
    with all_cores():  # nothing is timed here
        loose, tight = (own.run(lanes, relative, threads=2) for relative in (RELATIVE, 1e-6))
    key = [own.states.index(name) for name in case.key]
    size = np.maximum(np.abs(tight.values).max(axis=1, keepdims=True), 1e-300)
    error = (np.abs(loose.values - tight.values) / (np.abs(tight.values) + 1e-3 * size))[:, :, key]
    each = error.max(axis=(1, 2))
    ran = np.isfinite(each)
    high = float(np.quantile(np.where(ran, each, np.inf), 0.99))
    asked = "rtol 1e-4 gives a key error <= 1e-3 on 99 % of 1000 persons"
    reached = f"99 % have <= {high:.1e}; {count - int(ran.sum())} failed"
    return Target("T14", asked, reached, high <= 1e-3, f"{case.name}, three years, against 1e-6")
