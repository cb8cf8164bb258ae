"""What is timed: a model, a person, three years of daily doses, and what counts as error.

Two cases. ``own`` is the default body with nutrients every day; ``published`` is the published calcium and
bone model with smooth formulas and teriparatide every day, which drives the fast states far every morning.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

DAYS = 1095
MONTH_H = 730.0
# The example person takes these at eight o'clock every day.
NUTRIENTS = ("MK-7 180 mcg softgel", "MK-4 100 mcg capsule", "vitamin D3 20 mcg capsule")
# Teriparatide 20 ug a day; nmol by its molar mass of 4117.8 g/mol.
TERIPARATIDE_NMOL, TERIPARATIDE_H = 20.0 / 4117.8 * 1e3, 8.0
# Numbers of these kinds vary between persons: rate constants, clearances, greatest rates.
VARIED, VARIED_CV = ("k_", "CL_", "Vmax_"), 0.2

OWN_KEY = (
    "Ca_plasma", "Pi_plasma", "calcitriol_plasma", "osteoclast", "osteoblast_slow", "BMD_lumbar",
    "BMD_femoral_neck", "MK7_plasma", "CAC_x", "PWV_structural", "dp_ucMGP", "cOC", "PIVKA2", "calcidiol",
)  # fmt: skip
PUBLISHED_KEY = (
    "Ca_plasma", "Pi_plasma", "PTH_plasma", "calcitriol_plasma", "osteoclast", "osteoblast_slow",
    "BMD_lumbar", "BMD_femoral_neck",
)  # fmt: skip


@dataclass(frozen=True)
class Dose:
    """An amount added to a state at one time, in the state's own unit."""

    time_h: float
    target: str
    amount: float


@dataclass(frozen=True)
class Case:
    """A model with everything a run needs."""

    name: str
    title: str
    sbml: str
    model_hash: str
    parameters: dict[str, float]
    start: dict[str, float]
    doses: tuple[Dose, ...]
    key: tuple[str, ...]
    days: float = DAYS

    def times(self) -> Array:
        """Monthly times that are no dose times: tools differ in which side of a dose they report."""
        months = MONTH_H * np.arange(1, 37)
        doses = {round(dose.time_h, 6) for dose in self.doses}
        return np.array([hour for hour in months if hour <= 24.0 * self.days and round(hour, 6) not in doses])

    def for_days(self, days: float) -> Case:
        """The same, shorter."""
        doses = tuple(dose for dose in self.doses if dose.time_h < 24.0 * days)
        return replace(self, doses=doses, days=days)


@cache
def own_case() -> Case:
    """The example person with daily nutrients in the default body."""
    from calciroute.intake.plan import read_plan
    from calciroute.people.examples import write_examples
    from calciroute.people.person import read_person
    from calciroute.simulate.central import central_lane

    with tempfile.TemporaryDirectory() as name:
        person, plan, _ = write_examples(Path(name) / "example")
        plan.write_text("".join(_daily(product) for product in NUTRIENTS), "utf-8")
        body, lane = central_lane(read_person(person), read_plan(plan), years=DAYS / 365.0)
    doses = [Dose(dose.time_h, dose.target, dose.amount) for dose in lane.doses if dose.time_h < 24.0 * DAYS]
    # An input that begins at time 0, as vitamin D does, holds from the start.
    inputs = {dose.target: dose.amount for dose in doses if dose.time_h == 0.0}
    later = tuple(dose for dose in doses if dose.time_h > 0.0)
    title = "own model, nutrients daily"
    parameters = {**lane.parameters, **inputs}
    return Case("own", title, body.sbml, body.model_hash, parameters, dict(lane.start), later, OWN_KEY)


def _daily(product: str) -> str:
    return f'[[supplement]]\nproduct = "{product}"\ntimes = "daily 08:00 with a meal that has fat"\n\n'


@cache
def published_case() -> Case:
    """The smooth published model with teriparatide under the skin every day."""
    from calciroute.body.assembly import assemble

    body = assemble("published_smooth")
    doses = tuple(
        Dose(TERIPARATIDE_H + 24.0 * day, "teriparatide_depot", TERIPARATIDE_NMOL) for day in range(DAYS)
    )
    title = "published model, teriparatide daily"
    return Case("published", title, body.sbml, body.model_hash, {}, {}, doses, PUBLISHED_KEY)


def cases() -> tuple[Case, Case]:
    """Both."""
    return own_case(), published_case()


def persons(case: Case, count: int, seed: int = 1) -> list[dict[str, float]]:
    """Parameters of persons: the central one first, then rate constants drawn log-normal around it.

    A person depends on the seed and on its own number alone.
    """
    import libsbml

    model = libsbml.readSBMLFromString(case.sbml).getModel()
    plain = {
        item.getId(): case.parameters.get(item.getId(), item.getValue())
        for item in model.getListOfParameters()
        if item.getId().startswith(VARIED)
        and model.getRuleByVariable(item.getId()) is None
        and model.getInitialAssignmentBySymbol(item.getId()) is None
    }
    found = [dict(case.parameters)]
    spread = float(np.sqrt(np.log1p(VARIED_CV**2)))
    for number in range(1, count):
        draws = np.random.default_rng([seed, number]).standard_normal(len(plain))
        varied = {
            name: float(value * np.exp(spread * draw - spread**2 / 2))
            for (name, value), draw in zip(plain.items(), draws, strict=True)
        }
        found.append({**case.parameters, **varied})
    return found
