"""The central courses in two lines, shown while the bands are still being run."""

from __future__ import annotations

from calciroute.report.compared import now_label, sides_of
from calciroute.report.numerals import plain_number, unit_words
from calciroute.report.outcome_words import name_of, unit_of
from calciroute.safety.stop import stop_notice
from calciroute.simulate.arm import STOP
from calciroute.simulate.job import MAIN
from calciroute.simulate.not_for_marks import not_for_of
from calciroute.simulate.result import Simulation

_SHOWN = ("dp_ucMGP", "percent_ucOC", "BMD_lumbar_spine", "CAC_agatston", "cfPWV", "SBP", "INR")


def first_look(simulation: Simulation) -> str:
    """What the central run ends with, in each arm.

    Parameters
    ----------
    simulation : Simulation
        With central courses; draws are not needed.

    Returns
    -------
    str
        One short paragraph without bands, and it says so; empty where a notice has to stand first.
    """
    if stop_notice(simulation.person, simulation.plans) is not None:
        return ""
    dataset = simulation.dataset
    arms = [str(arm) for arm in dataset.coords["arm"].values]
    parts = []
    not_for = not_for_of(simulation)
    for outcome in _SHOWN:
        if outcome not in dataset:
            continue
        group = str(dataset[outcome].attrs.get("group", ""))
        if any(not_for.reason_in(arm, outcome, group) for arm in arms):
            continue  # its number is not this person's; the result says why
        end = dataset[f"{outcome}_central"].sel(variant=MAIN).isel(time=-1)
        now, *others = (plain_number(float(end.sel(arm=arm)), 3) for arm in arms)
        values = f"{now} → {' | '.join(others)}" if others else now
        unit = unit_words(unit_of(dataset, outcome))
        parts.append(f"{name_of(dataset, outcome)} {values} {unit}".strip())
    if not parts:
        return ""
    compared = now_label(arms[1:])
    if len(arms) > 1:
        alone = len(arms) == 2 and arms[1] != STOP
        compared += f" → {'with' if alone else ' | '.join(sides_of(arm).arm for arm in arms[1:])}"
    return f"Central run, {compared}: {'; '.join(parts)}. The bands follow."
