"""Courses of calcium, bone and kidney: each quantity of tests/reference/natural_histories_calcium.csv."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from calciroute.body.assembly import assemble
from calciroute.body.course import at_start, course
from calciroute.body.plans import whole_plan
from calciroute.body.rest import find_rest
from calciroute.body.solver import Tolerances
from calciroute.body.values import state_names

Array = npt.NDArray[np.float64]
Found = dict[tuple[str, str], float]

BODY = assemble()
YEAR = 8766.0
MG = 1e6 / 40.078  # nmol of calcium in a milligram
DIET = 8018333.3333  # nmol of calcium in one of the three reference meals
MAN = {"female": 0.0}
FROZEN = {"ageing": 0.0}
TIGHT = Tolerances(relative=1e-9, absolute=1e-12)
MMOL_PER_DAY = 24.0 / 1e6  # from nmol an hour

OUTPUTS = (
    "C_Ca", "PTH_serum_mass", "calcitriol_serum_mass", "C_Pi", "FGF23", "CTX_relative", "BSAP_relative",
    "Ca_urine", "Ca_bone_fast", "Ca_bone_deep", "calcidiol", "Ca_absorption_fraction", "BMD_lumbar",
    "BMD_femoral_neck", "BMD_lumbar_relative", "BMD_femoral_neck_relative",
)  # fmt: skip


def rest(inputs: Mapping[str, float]) -> dict[str, float]:
    """States at rest, density and quality included, and outputs there."""
    plan = whole_plan()
    states = find_rest(BODY, inputs, plan=plan)
    outputs = (*OUTPUTS, "FA_bolus", "Ca_bolus_absorbable")
    return at_start(BODY, {**inputs, **plan.hold}, outputs, states)


def run(
    times_y: Sequence[float],
    before: Mapping[str, float],
    now: Mapping[str, float] | None = None,
    start: Mapping[str, float] | None = None,
    outputs: Sequence[str] = OUTPUTS,
) -> dict[str, Array]:
    """At rest under `before`, then a course with `now`; `start` changes single states."""
    states = {name: rest(before)[name] for name in whole_plan().states}
    values = course(
        BODY,
        outputs,
        [time * YEAR for time in times_y],
        before=before,
        now=now,
        start={**states, **(start or {})},
        tolerances=TIGHT,
    )
    return dict(zip(outputs, values.T, strict=True))


def percent(values: Array, last: int, first: int) -> float:
    """Change between two rows in percent."""
    return float(100.0 * (values[last] / values[first] - 1.0))


def measure() -> Found:
    """All quantities."""
    found: Found = {}
    for part in (_women, _men, _gland, _vitamin_d, _meals, _bolus, _kidney):
        found |= part()
    return found


def _woman(
    last_period: float, ages: Sequence[float], extra: Mapping[str, float] | None = None
) -> dict[str, Array]:
    begin = min(last_period - 10.0, min(ages))
    inputs = {"female": 1.0, "FMP_age": last_period, "age_start": begin, **(extra or {})}
    return run([age - begin for age in ages], inputs)


def _women() -> Found:
    found: Found = {}
    ages = [41.0, 46.0, 50.0, 51.0, 53.0, 55.0, 56.0, 60.0, 61.0, 65.0, 66.0]
    at = {age: row for row, age in enumerate(ages)}
    run51 = _woman(51.0, ages)
    lumbar, neck = run51["BMD_lumbar_relative"], run51["BMD_femoral_neck_relative"]
    name = "woman FMP 51"
    for site, values in (("lumbar", lumbar), ("femoral neck", neck)):
        found[name, f"{site} density from FMP-1 to FMP+2"] = percent(values, at[53.0], at[50.0])
        found[name, f"{site} density from FMP-5 to FMP+5"] = percent(values, at[56.0], at[46.0])
    found[name, "femoral neck density a year from 60 to 65"] = percent(neck, at[65.0], at[60.0]) / 5.0
    found[name, "lumbar density from FMP-5 to FMP+10"] = percent(lumbar, at[61.0], at[46.0])
    found[name, "lumbar density from FMP-5 to FMP+15"] = percent(lumbar, at[66.0], at[46.0])
    found[name, "CTX at FMP+5"] = percent(run51["CTX_relative"], at[56.0], at[41.0])
    found[name, "BSAP at FMP+5"] = percent(run51["BSAP_relative"], at[56.0], at[41.0])
    found[name, "serum calcium at FMP+5"] = run51["C_Ca"][at[56.0]] / 1e6
    found[name, "change of serum calcium at FMP+5"] = (run51["C_Ca"][at[56.0]] - run51["C_Ca"][0]) / 1e6
    found[name, "change of PTH at FMP+5"] = percent(run51["PTH_serum_mass"], at[56.0], at[41.0])
    urine = (run51["Ca_urine"] - run51["Ca_urine"][0]) * MMOL_PER_DAY
    found[name, "change of urine calcium at FMP+10"] = urine[at[61.0]]
    skeleton = run51["Ca_bone_fast"] + run51["Ca_bone_deep"]
    found[name, "bone calcium from FMP to FMP+10"] = percent(skeleton, at[61.0], at[51.0])
    found |= _peaks(name)
    for label, last_period, extra in (
        (name, 51.0, {}),
        ("woman FMP 57", 57.0, {}),
        ("woman estrogen kept", 51.0, {"takes_estrogen_therapy": 1.0, "estrogen_therapy_start_age": 30.0}),
    ):
        course55 = _woman(last_period, [55.0, 65.0], extra)
        found[label, "lumbar density from 55 to 65"] = percent(course55["BMD_lumbar_relative"], 1, 0)
        found[label, "femoral neck density from 55 to 65"] = percent(
            course55["BMD_femoral_neck_relative"], 1, 0
        )
    return found | _mean_woman()


def _peaks(name: str) -> Found:
    ages = np.concatenate([[41.0], np.arange(50.0, 54.0, 0.02)])
    fine = _woman(51.0, list(ages))
    highest = int(np.argmax(fine["CTX_relative"]))
    urine = (fine["Ca_urine"] - fine["Ca_urine"][0]) * MMOL_PER_DAY
    return {
        (name, "largest CTX"): percent(fine["CTX_relative"], highest, 0),
        (name, "time of largest CTX after FMP"): float(ages[highest] - 51.0),
        (name, "largest BSAP"): percent(fine["BSAP_relative"], int(np.argmax(fine["BSAP_relative"])), 0),
        (name, "largest change of urine calcium"): float(np.max(urine)),
    }


def _mean_woman() -> Found:
    found: Found = {}
    ages = [51.0, 56.0, 60.0, 65.0, 70.0, 75.0, 80.0, 85.0]
    course85 = _woman(51.0, [46.0, *ages])
    for row, age in enumerate(ages, start=1):
        # Read against 46: the page's curve is 1 there.
        for site, id in (("femoral neck", "BMD_femoral_neck_relative"), ("lumbar", "BMD_lumbar_relative")):
            found["mean woman", f"{site} density at {age:.0f}"] = course85[id][row] / course85[id][0]
    falling = _woman(51.0, [55.0, 65.0], {"eGFR_decline": 1.0})
    steady = _woman(51.0, [55.0, 65.0])
    found["filtration falling by 1 a year", "extra lumbar loss in 10 y"] = percent(
        steady["BMD_lumbar_relative"], 1, 0
    ) - percent(falling["BMD_lumbar_relative"], 1, 0)
    return found


def _men() -> Found:
    found: Found = {}
    for age in (65.0, 75.0):
        neck = run([0.0, 5.0], {**MAN, "age_start": age})["BMD_femoral_neck_relative"]
        found[f"man {age:.0f}", "femoral neck density in 5 y"] = percent(neck, 1, 0)
    return found


def _gland() -> Found:
    name, held = "gland x3", {**FROZEN, "k_gland_growth": 0.0}
    course2 = run([0.0, 1.0, 2.0], MAN, held, {"gland_capacity": 3.0})
    return {
        (name, "serum calcium at 1 y"): course2["C_Ca"][1] / 1e6,
        (name, "PTH at 1 y"): course2["PTH_serum_mass"][1],
        (name, "CTX at 1 y"): 100.0 * (course2["CTX_relative"][1] - 1.0),
        (name, "CTX at 2 y"): 100.0 * (course2["CTX_relative"][2] - 1.0),
        (name, "lumbar density at 1 y"): percent(course2["BMD_lumbar"], 1, 0),
    }


def _vitamin_d() -> Found:
    found: Found = {}
    times = [0.0, 1.0, 3.0, 5.0]

    def held_at(level: float) -> dict[str, Array]:
        # The page sets the level that input leads to, and 25(OH)D itself, at time 0.
        return run(times, MAN, {**FROZEN, "calcidiol_start": level}, {"calcidiol": level})

    low, normal, name = held_at(25.0), held_at(60.0), "25(OH)D 25 against 60"
    found[name, "PTH at 5 y"] = 100.0 * (low["PTH_serum_mass"][3] / normal["PTH_serum_mass"][3] - 1.0)
    found[name, "serum calcium at 5 y"] = (low["C_Ca"][3] - normal["C_Ca"][3]) / 1e6
    found[name, "lumbar density at 5 y"] = 100.0 * (low["BMD_lumbar"][3] / normal["BMD_lumbar"][3] - 1.0)
    for row, year in ((1, 1), (3, 5)):
        ratio = low["CTX_relative"][row] / normal["CTX_relative"][row]
        found[name, f"CTX at {year} y"] = 100.0 * (ratio - 1.0)
    person = {**MAN, "calcidiol_start": 40.0}
    without = run(times, person, FROZEN)
    for iu, ug in ((800, 20.0), (2000, 50.0)):
        name = f"25(OH)D 40 with {iu} IU a day"
        with_it = run(times, person, {**FROZEN, "vitamin_D_supplement": ug})
        found[name, "25(OH)D reached"] = with_it["calcidiol"][3]
        for row, year in ((1, 1), (2, 3), (3, 5)):
            ratio = with_it["PTH_serum_mass"][row] / without["PTH_serum_mass"][row]
            found[name, f"PTH at {year} y"] = 100.0 * (ratio - 1.0)
        for site, id in (("lumbar", "BMD_lumbar"), ("femoral neck", "BMD_femoral_neck")):
            found[name, f"{site} density at 5 y"] = 100.0 * (with_it[id][3] / without[id][3] - 1.0)
        found[name, "calcitriol at 1 y"] = percent(with_it["calcitriol_serum_mass"], 1, 0)
        rise = with_it["Ca_absorption_fraction"][1] - with_it["Ca_absorption_fraction"][0]
        found[name, "true calcium absorption at 1 y"] = 100.0 * rise
    return found


def _meals() -> Found:
    found: Found = {}
    third = 500.0 * MG / 3.0
    in_meals = {f"calcium_meal_{place}": DIET + third for place in (1, 2, 3)}
    for place, extra in (("in meals", in_meals), ("between meals", {"calcium_dose_1": 500.0 * MG})):
        course5 = run([0.0, 2.0, 5.0], MAN, {**FROZEN, **extra})
        for row, year in ((1, 2), (2, 5)):
            for site, id in (("lumbar", "BMD_lumbar"), ("femoral neck", "BMD_femoral_neck")):
                found[f"calcium +500 mg a day {place}", f"{site} density at {year} y"] = percent(
                    course5[id], row, 0
                )
    return found


def _bolus() -> Found:
    found: Found = {}
    hours = np.arange(0.0, 12.001, 0.02)
    for mg in (500, 1000):
        name = f"{mg} mg calcium fasting"
        start = rest({**MAN, "Ca_bolus_load": mg * MG})
        course12 = run(
            list(hours / YEAR),
            MAN,
            FROZEN,
            {"Ca_gut_bolus": start["Ca_bolus_absorbable"]},
            ("C_Ca", "PTH_serum_mass"),
        )
        rise = (course12["C_Ca"] - course12["C_Ca"][0]) / 1e6
        found[name, "absorbed fraction"] = start["FA_bolus"]
        found[name, "largest rise of serum calcium"] = float(np.max(rise))
        found[name, "time of it"] = float(hours[int(np.argmax(rise))])
        for hour in (8, 12):
            found[name, f"rise of serum calcium at {hour} h"] = float(np.interp(hour, hours, rise))
        lowest = int(np.argmin(course12["PTH_serum_mass"]))
        found[name, "largest fall of PTH"] = percent(course12["PTH_serum_mass"], lowest, 0)
    return found


def _kidney() -> Found:
    found: Found = {}
    name, person = "kidney disease from 90 at 52", {**MAN, "age_start": 52.0, "eGFR_start": 90.0}
    states = tuple(state_names(BODY))
    wanted = (*OUTPUTS, *(state for state in states if state not in OUTPUTS))
    first = run([0.0, 7.0, 11.0, 13.0], person, {"eGFR_decline": 5.0}, outputs=wanted)
    later = course(
        BODY,
        OUTPUTS,
        [0.0, 4.0 * YEAR],
        before={**person, "age_start": 65.0, "eGFR_decline": 2.5},
        start={state: float(first[state][-1]) for state in states},
        tolerances=TIGHT,
    )
    for place, eGFR in enumerate((55, 35, 25, 15)):
        row = {
            id: float(first[id][place + 1]) if eGFR > 15 else float(later[-1, column])
            for column, id in enumerate(OUTPUTS)
        }
        found[name, f"PTH at eGFR {eGFR}"] = row["PTH_serum_mass"]
        found[name, f"calcitriol at eGFR {eGFR}"] = row["calcitriol_serum_mass"]
        found[name, f"serum phosphate at eGFR {eGFR}"] = row["C_Pi"] / 1e6
        found[name, f"FGF23 at eGFR {eGFR}"] = row["FGF23"]
        found[name, f"serum calcium at eGFR {eGFR}"] = row["C_Ca"] / 1e6
    found[name, "lumbar density at eGFR 25"] = percent(first["BMD_lumbar_relative"], 3, 0)
    stage5, mild = rest({**MAN, "eGFR_start": 15.0}), rest({**MAN, "eGFR_start": 75.0})
    found["rest at eGFR 15", "PTH"] = stage5["PTH_serum_mass"]
    found["rest at eGFR 15", "serum calcium"] = stage5["C_Ca"] / 1e6
    found["eGFR 75 at rest", "PTH"] = mild["PTH_serum_mass"]
    found["eGFR 75 at rest", "CTX"] = 100.0 * (mild["CTX_relative"] - 1.0)
    return found
