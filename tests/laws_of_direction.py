"""Laws of direction, for any person and any draw of what nobody knows: more cause, no less effect.

A law takes a case and returns how far the effect moved the wrong way, relative to itself; 0 or less is right.
At rest the vitamin K half has closed forms, so those cases are exact; courses carry the solver's error.
"""

from dataclasses import dataclass, field
from functools import cache

import hypothesis.strategies as st
import numpy as np

from balance import daily
from calciroute.body.assembly import assemble
from calciroute.body.course import at_start
from calciroute.body.outputs import read_outputs
from calciroute.body.plans import rest_plan
from calciroute.body.rest import find_rest
from calciroute.body.solver import Lane, Tolerances, solve
from calciroute.body.start import start_state
from calciroute.body.values import value_at_start
from calciroute.simulate.knowledge import knowledge_draws
from random_lanes import CALCIUM_MG_PER_MMOL, MMOL

DRAWS, SEED = 12, 7
DAYS = 56
COURSE = Tolerances(1e-8, 1e-14)
ROUNDING, SOLVER_ERROR = 1e-12, 1e-6
GUT = {"K1": 2500.0, "MK4": 1.0e5, "MK7": 800.0, "MK89": 400.0}  # largest single dose, nmol
SUPPLEMENTS = {"supplement_K1": 2000.0, "supplement_MK7": 500.0, "supplement_MK89": 200.0}  # ug/d
DIETS = {
    "diet_K1": 600.0,
    "diet_K1_vegetable": 500.0,
    "diet_MK4": 60.0,
    "diet_MK7": 400.0,
    "diet_MK89": 150.0,
}
SWITCHES = (
    "takes_statin", "takes_broad_antibiotic", "takes_vitamin_E_high", "takes_orlistat", "malabsorption",
    "female",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A person, what is added, and which draw of the uncertain numbers holds."""

    person: dict = field(default_factory=dict)
    added: dict = field(default_factory=dict)
    draw: int = 0


def among(low, high):
    return st.floats(low, high, allow_nan=False, allow_infinity=False)


def persons(warfarin=True):
    """Inputs of the vitamin K half."""
    inputs = {name: among(0.0, most) for name, most in (DIETS | SUPPLEMENTS).items()}
    inputs |= {name: st.sampled_from([0.0, 1.0]) for name in SWITCHES}
    inputs |= {
        "age_start": among(30.0, 85.0),
        "eGFR_start": among(25.0, 115.0),
        "MGP_major_homozygote": st.sampled_from([0.0, 1.0]),
        "VKORC1_A_alleles": st.sampled_from([0.0, 1.0, 2.0]),
        "CYP2C9_star3_alleles": st.sampled_from([0.0, 1.0, 2.0]),
        "F_person_MK7": among(0.3, 3.0),
        "CL_person_K1": among(0.3, 3.0),
    }
    if warfarin:
        inputs["warfarin_daily_mg"] = st.one_of(st.just(0.0), among(0.5, 12.0))
    return st.fixed_dictionaries(inputs)


def more_vitamin_k():
    """More of one vitamer in the diet or as a constant supplement."""
    one = st.sampled_from(sorted((DIETS | SUPPLEMENTS).items()))
    return one.flatmap(lambda pair: st.fixed_dictionaries({pair[0]: among(0.0, pair[1])}))


def cases(person, added):
    return st.builds(Case, person, added, st.integers(0, DRAWS))


@cache
def draws():
    """Numbers by draw; the first is the centre."""
    columns = knowledge_draws(assemble(), {}, SEED, DRAWS)
    found = [{name: float(column[draw]) for name, column in columns.items()} for draw in range(DRAWS)]
    return [{}, *found]


def _inputs(case):
    return {**draws()[case.draw], **case.person}


def _at_rest(inputs, name):
    return value_at_start(assemble(), inputs, name)


def vitamin_k_raises_dp_ucMGP(case):
    """More vitamin K of any kind, at rest."""
    inputs = _inputs(case)
    more = inputs | {name: inputs.get(name, 0.0) + amount for name, amount in case.added.items()}
    return _at_rest(more, "dp_ucMGP_rest") / _at_rest(inputs, "dp_ucMGP_rest") - 1.0


def warfarin_lowers_dp_ucMGP(case):
    """Warfarin added or raised, at rest."""
    inputs = _inputs(case)
    more = inputs | {"warfarin_daily_mg": inputs["warfarin_daily_mg"] + case.added["warfarin_daily_mg"]}
    return 1.0 - _at_rest(more, "dp_ucMGP_rest") / _at_rest(inputs, "dp_ucMGP_rest")


def calcium_lowers_its_absorption(case):
    """More calcium in each meal, long after: absorbed in all, and net of what the gut gives off."""
    body, names = assemble(), ["Ca_absorption_true", "Ca_absorption"]
    inputs = dict(case.person)
    mg = inputs.pop("diet_calcium_mg")
    found = []
    for eaten in (mg, mg + case.added["diet_calcium_mg"]):
        load = eaten / CALCIUM_MG_PER_MMOL * MMOL / 3.0
        eating = {**inputs, **{f"calcium_meal_{number}": load for number in (1, 2, 3)}}
        there = at_start(body, {**eating, **rest_plan().hold}, names, find_rest(body, eating))
        found.append([there[name] for name in names])
    return float(np.max((np.array(found[0]) - found[1]) / found[0][0]))


def calcium_cases():
    person = st.fixed_dictionaries(
        {
            "age_start": among(30.0, 85.0),
            "female": st.sampled_from([0.0, 1.0]),
            "FMP_age": among(44.0, 57.0),
            "eGFR_start": among(25.0, 115.0),
            "calcidiol_start": among(15.0, 200.0),
            "diet_calcium_mg": among(350.0, 2000.0),
        }
    )
    return st.builds(Case, person, st.fixed_dictionaries({"diet_calcium_mg": among(0.0, 1000.0)}))


@cache
def _core():
    """Calcium and bone of one woman: dp-ucMGP does not ask for them."""
    return start_state(assemble(), {"age_start": 62.0, "female": 1.0, "FMP_age": 51.0})


def _courses(inputs, regimens, names):
    lanes = [Lane({**inputs, **more}, _core(), doses) for more, doses in regimens]
    solution = solve(assemble(), lanes, np.arange(0.0, DAYS * 24.0 + 1.0, 168.0), names, tolerances=COURSE)
    assert set(solution.status) == {""}, solution.status
    return solution.values


def dosed_cases():
    """Doses of one vitamer a day, of some size and some more."""
    added = st.sampled_from(sorted(GUT.items())).flatmap(
        lambda pair: st.fixed_dictionaries(
            {
                "vitamer": st.just(pair[0]),
                "amount": among(0.0, pair[1]),
                "more": among(0.0, pair[1]),
                "clock": among(0.5, 23.5),
            }
        )
    )
    return cases(persons(), added)


def dosed_vitamin_k_raises_dp_ucMGP(case):
    """A larger daily dose, week by week."""
    given = case.added
    target = f"{given['vitamer']}_gut"
    mass = _at_rest({}, "MW_MK4")
    regimens = []
    for amount in (given["amount"], given["amount"] + given["more"]):
        size = {"MK4_dose_size": amount * mass} if given["vitamer"] == "MK4" else {}
        regimens.append((size, daily(target, amount, given["clock"], DAYS)))
    less, more = _courses(_inputs(case), regimens, ["dp_ucMGP"])
    return float(np.max(more / less - 1.0))


def warfarin_cases(courses=False):
    added = {"warfarin_daily_mg": among(0.0, 10.0)}
    if courses:
        added |= {"clock": among(0.5, 23.5)}
    return cases(persons(), st.fixed_dictionaries(added))


def dosed_warfarin_lowers_dp_ucMGP(case):
    """Warfarin started, day by day, against no change."""
    doses = daily("warfarin_gut", case.added["warfarin_daily_mg"], case.added["clock"], DAYS)
    without, treated = _courses(_inputs(case), [({}, []), ({}, doses)], ["dp_ucMGP"])
    return float(np.max(1.0 - treated / without))


def DOAC_changes_something(case):
    """A direct oral anticoagulant, every outcome, to the last bit."""
    doses = daily("MK7_gut", 277.0, 8.0, DAYS)
    names = sorted({output.id for output in read_outputs().values()})
    without, treated = _courses(_inputs(case), [({}, doses), ({"takes_DOAC": 1.0}, doses)], names)
    return float(np.max(np.abs(treated - without)))


# Law: cases, what may be rounding or the solver's error, and how much one case costs against the cheapest.
LAWS = {
    "more vitamin K never raises dp-ucMGP, at rest": (
        vitamin_k_raises_dp_ucMGP, cases(persons(), more_vitamin_k()), ROUNDING, 1,
    ),
    "warfarin never lowers dp-ucMGP, at rest": (warfarin_lowers_dp_ucMGP, warfarin_cases(), ROUNDING, 1),
    "more calcium never lowers absorbed calcium, at rest": (
        calcium_lowers_its_absorption, calcium_cases(), ROUNDING, 20,
    ),
    "more vitamin K never raises dp-ucMGP, week by week": (
        dosed_vitamin_k_raises_dp_ucMGP, dosed_cases(), SOLVER_ERROR, 100,
    ),
    "warfarin never lowers dp-ucMGP, week by week": (
        dosed_warfarin_lowers_dp_ucMGP, warfarin_cases(courses=True), SOLVER_ERROR, 100,
    ),
    "a direct anticoagulant changes nothing": (
        DOAC_changes_something, cases(persons(), st.just({})), 0.0, 100,
    ),
}  # fmt: skip
