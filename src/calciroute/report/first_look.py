"""The central courses in two lines, shown while the bands are still being run."""

from __future__ import annotations

from calciroute.report.outcome_words import name_of, unit_of
from calciroute.simulate.result import Simulation
from calciroute.simulate.run import MAIN

_SHOWN = ("dp_ucMGP", "percent_ucOC", "BMD_lumbar_spine", "CAC_agatston", "cfPWV", "SBP", "INR")


def first_look(simulation: Simulation) -> str:
    """What the central run ends with, without and with the first plan.

    Parameters
    ----------
    simulation : Simulation
        With central courses; draws are not needed.

    Returns
    -------
    str
        One short paragraph without bands, and it says so.
    """
    dataset = simulation.dataset
    arms = [str(arm) for arm in dataset.coords["arm"].values]
    parts = []
    for outcome in _SHOWN:
        if outcome not in dataset:
            continue
        end = dataset[f"{outcome}_central"].sel(variant=MAIN).isel(time=-1)
        values = " → ".join(f"{float(end.sel(arm=arm)):.3g}" for arm in arms[:2])
        parts.append(f"{name_of(dataset, outcome)} {values} {unit_of(dataset, outcome)}".rstrip(" 1"))
    compared = "without → with" if len(arms) > 1 else "as now"
    return f"Central run, {compared}: {'; '.join(parts)}. The bands follow."
