"""The target on period averaging: what it saves, and how far its ends are from runs with every dose."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from benchmarks.cases import Case, persons
from benchmarks.clock import cpu
from benchmarks.ours import Ours, ours
from benchmarks.target import Target
from calciroute.body.plans import averaging_plan
from calciroute.engine.averaged_doses import averaged_lanes
from calciroute.engine.averaged_program import AveragedProgram, compile_averaged
from calciroute.engine.averaged_solve import solve_averaged
from calciroute.engine.averaging import Averaging
from calciroute.engine.program import compile_program
from calciroute.engine.solve import solve
from calciroute.engine.trains import Trains, every_dose, find_trains
from calciroute.sbml.cache import cache_folder
from calciroute.sbml.read import read_system

Array = npt.NDArray[np.float64]
RELATIVE, REPEATS = 1e-4, 3
RESOLVED, AVERAGED, COMPARED = 64, 512, 32


def t13(case: Case) -> Target:
    """Period averaging, its preparation included."""
    own, averaged = ours(case), _averaged(case)
    people = persons(case, AVERAGED)
    lanes, trains = replace(own.lanes(people), doses=None), _trains(own, AVERAGED)
    some = own.lanes(people[:RESOLVED])
    until = float(case.times()[-1])
    every, mean, prepared = [], [], []
    for _ in range(REPEATS):
        every.append(cpu(lambda: own.run(some, RELATIVE))[0] / RESOLVED)
        seconds, run = cpu(
            lambda: solve_averaged(
                averaged, lanes, case.times(), trains=trains, outputs=own.states,
                tolerances=own.tolerances(RELATIVE),
            )
        )  # fmt: skip
        mean.append(seconds / AVERAGED)
        prepared.append(cpu(lambda: averaged_lanes(averaged, lanes, until, trains))[0] / AVERAGED)
    factor = min(every) / min(mean)
    expected = _period_means(case, own, people[:COMPARED], trains)
    key = [own.states.index(name) for name in case.key]
    found = run.values[:COMPARED, -1, key]
    errors = np.abs(found - expected[:, key]) / np.abs(expected[:, key])
    worst = np.unravel_index(int(np.argmax(errors)), errors.shape)
    asked = "averaged nutrients, three years: >= 25x, endpoints <= 1e-3"
    reached = f"{factor:.0f}x, {errors.max():.1e} in {case.key[worst[1]]}"
    how = (
        f"{case.name}, rtol {RELATIVE:g}, CPU a person: {min(every) * 1e3:.1f} ms with every dose, "
        f"{min(mean) * 1e3:.2f} ms averaged, of it {min(prepared) * 1e3:.2f} ms of preparation; "
        f"{run.steps[:, 0].mean():.0f} steps; ends as means over a day against every dose at 1e-7, "
        f"{COMPARED} persons"
    )
    return Target("T13", asked, reached, factor >= 25.0 and errors.max() <= 1e-3, how)


def _averaged(case: Case) -> AveragedProgram:
    plan = averaging_plan()
    states = list(read_system(case.sbml, case.name).system.states)
    return compile_averaged(
        lambda: read_system(case.sbml, case.name).system,
        Averaging(plan.states, plan.period_h, plan.doses_to, plan.instants),
        outputs=states,
        cache=cache_folder() / "machine_code",
        key=f"benchmarks {case.model_hash}",
    )


def _trains(own: Ours, count: int) -> Trains:
    """The doses of the case for so many persons, one row a train."""
    doses = own.lanes([{}]).doses
    assert doses is not None
    one = find_trains(doses, averaging_plan().period_h)
    lane = np.repeat(np.arange(count), len(one.lane))
    # They go on beyond the end: the mean over the day about it needs half a day more.
    return Trains(
        lane, np.tile(one.target, count), np.tile(one.first, count), np.tile(one.amount, count),
        np.tile(one.count + 1, count), one.targets,
    )  # fmt: skip


def _period_means(case: Case, own: Ours, people: list[dict[str, float]], trains: Trains) -> Array:
    """Mean of each state over the day about the end, with every dose."""
    period = averaging_plan().period_h
    end = float(case.times()[-1])
    sums = [f"integral:{name}" for name in own.states]
    program = compile_program(
        lambda: read_system(case.sbml, case.name).system, outputs=sums, collectors=own.states,
        cache=cache_folder() / "machine_code", key=f"benchmarks {case.model_hash}",
    )  # fmt: skip
    written = every_dose(trains.of(range(len(people))), period, end + period)
    edges = [end - period / 2, end + period / 2]
    some = replace(own.lanes(people), doses=written)
    found = solve(program, some, edges, outputs=sums, tolerances=own.tolerances(1e-7)).values
    means: Array = (found[:, 1] - found[:, 0]) / period
    return means
