"""A simulation with made-up numbers: quick, exact, bendable to what a test needs. None is physiology."""

from dataclasses import replace
from typing import Any

import numpy as np
import xarray as xr

from calciroute.body.outputs import read_outputs
from calciroute.intake.plan import parse_plan
from calciroute.people.person import parse_person
from calciroute.purpose import PURPOSE
from calciroute.simulate.result import Assumption, Simulation
from calciroute.simulate.times import output_days

VARIANTS = ("main", "no_causal_effect", "vessel_fast", "vessel_curvature", "bone_curvature")
PLAN = '[[supplement]]\nproduct = "MK-7 180 mcg softgel"\ntimes = "daily 08:00 with a meal that has fat"\n'
PERSON = '[person]\nsex = "female"\nage_years = 62\n'

# outcome: level at the start, change a year, effect of the plan at the end as a share of the level,
# spread of level and of effect between draws, share of the effect that stays without the causal links
SHAPES: dict[str, tuple[float, float, float, float, float, float]] = {
    "serum_mk7": (0.6, 0.0, 9.0, 0.1, 0.25, 1.0),
    "percent_ucOC": (27.0, 0.0, -0.45, 0.05, 0.15, 1.0),
    "uc_c_OC_ratio": (0.37, 0.0, -0.6, 0.05, 0.1, 1.0),
    "dp_ucMGP": (450.0, 4.0, -0.49, 0.08, 0.12, 1.0),
    "BMD_lumbar_spine": (0.95, -0.006, 0.001, 0.01, 3.0, 0.0),
    "BMD_femoral_neck": (0.74, -0.004, 0.001, 0.01, 3.0, 0.0),
    "CAC_agatston": (45.0, 14.0, -0.01, 0.04, 6.0, 0.0),
    "cfPWV": (9.3, 0.09, -0.004, 0.02, 1.5, 0.0),
    "SBP": (131.0, 0.5, 0.0, 0.01, 0.0, 0.0),
    "INR": (1.0, 0.0, -0.002, 0.005, 0.3, 1.0),
    "serum_calcium": (2.37, 0.0, 0.0, 0.004, 0.0, 0.0),
    "PTH": (42.0, 0.4, 0.0, 0.05, 0.0, 0.0),
    "Ca_intake_flow": (1010.0, 0.0, 0.0, 0.0, 0.0, 0.0),
    "Ca_absorbed_flow": (204.0, 0.0, 0.0, 0.03, 0.0, 0.0),
    "Ca_urine_flow": (176.0, 0.0, 0.0, 0.04, 0.0, 0.0),
    "Ca_to_bone_flow": (3531.0, 0.0, 0.0, 0.01, 0.0, 0.0),
    "Ca_artery_flow": (0.0051, 0.0, -0.02, 0.1, 1.0, 0.0),
    "Ca_valve_flow": (0.0016, 0.0, -0.02, 0.1, 1.0, 0.0),
}
HALF_TIME_DAYS = 30.0


def simulation(
    *,
    person: str = PERSON,
    plans: dict[str, str] | None = None,
    years: float = 3.0,
    draws: int = 8,
    shapes: dict[str, tuple[float, float, float, float, float, float]] | None = None,
    variants: tuple[str, ...] = VARIANTS,
    notes: tuple[str, ...] = (),
    failures: tuple[str, ...] = (),
    assumptions: tuple[Assumption, ...] | None = None,
    stop: bool = False,
) -> Simulation:
    """A whole Simulation; ``plans`` maps a plan's name to its TOML, each further plan acts a little more.

    Stopping acts the other way than the first plan.
    """
    texts = {"mk7_180": PLAN} if plans is None else plans
    days = output_days(years)
    arms = ["as_now", *texts, *(["stop"] if stop else [])]
    data: dict[str, Any] = {}
    for number, (outcome, shape) in enumerate((SHAPES | (shapes or {})).items()):
        _add(data, outcome, shape, days, arms, draws, variants, number)
    _balance(data)
    dataset = xr.Dataset(
        data,
        coords={"arm": arms, "draw": np.arange(draws), "time": days, "variant": list(variants)},
        attrs={"purpose": PURPOSE, "title": "calciroute simulation of one person"},
    )
    assumed = (
        Assumption("labs.eGFR", "82 mL/min", "nobody measured it; typical of this age", "thane2006"),
        Assumption("diet.K1", "100 mcg/d", "reference diet"),
    )
    return Simulation(
        dataset=dataset,
        assumptions=assumed if assumptions is None else assumptions,
        notes=notes,
        failures=failures,
        provenance={
            "model": {
                "variant": "calciroute", "model_hash": "0123abcd", "parameter_hash": "4567ef01", "seed": 1,
                "solver": "made up", "relative_tolerance": 1e-6, "absolute_tolerance_share": 1e-9,
                "draws": draws, "years": years, "settings": {}, "version": "0",
            },
            "inputs": {"person": None, "diary": None, "plans": [None] * len(texts)},
            "platform": {"python": "3", "machine": "none", "system": "none"},
            "packages": {"calciroute": "0"},
        },
        person=parse_person(person),
        plans=tuple(replace(parse_plan(text), name=name) for name, text in texts.items()),
        stop=stop,
    )  # fmt: skip


def _add(data, outcome, shape, days, arms, draws, variants, number):
    level, slope, effect, spread, effect_spread, unlinked = shape
    random = np.random.default_rng(number)
    attributes = _attributes(outcome)
    arrives = 1.0 - np.exp(-np.log(2.0) * days / HALF_TIME_DAYS)
    natural = level + slope * days / 365.25
    strength = np.array([0.0, *(1.0 + 0.3 * place for place in range(len(arms) - 1))])
    strength[[arm == "stop" for arm in arms]] = -1.0
    scale = 1.0 + spread * random.standard_normal(draws)
    acts = effect * (1.0 + effect_spread * random.standard_normal(draws))
    course = scale[None, :, None] * natural * (1.0 + strength[:, None, None] * acts[None, :, None] * arrives)
    share = np.array(
        [{"main": 1.0, "no_causal_effect": unlinked, "vessel_fast": 1.25}.get(v, 1.02) for v in variants]
    )
    central = natural * (1.0 + strength[None, :, None] * effect * share[:, None, None] * arrives)
    data[outcome] = (("arm", "draw", "time"), course, attributes)
    data[f"{outcome}_central"] = (("variant", "arm", "time"), central, attributes)


def _attributes(outcome):
    row = read_outputs()[outcome]
    return {
        "unit": row.unit, "long_name": row.label, "group": row.group, "kind": row.kind, "digits": row.digits,
    }  # fmt: skip


def _balance(data):
    """Stool and bone release take what is left over, less 2 mg that blood and soft tissue keep."""
    for ending in ("", "_central"):
        dims = data[f"Ca_intake_flow{ending}"][0]
        eaten, absorbed, to_bone, urine, artery, valve = (
            data[f"Ca_{name}_flow{ending}"][1]
            for name in ("intake", "absorbed", "to_bone", "urine", "artery", "valve")
        )
        for name, values in (
            ("Ca_stool_flow", eaten - absorbed),
            ("Ca_from_bone_flow", to_bone + urine + artery + valve - absorbed + 2.0),
        ):
            data[f"{name}{ending}"] = (dims, values, _attributes(name))
