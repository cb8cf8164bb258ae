"""Every protocol behind the vitamin K tables: the shipped body put through what a study did, one value a key.

All start at rest on the reference diet with constant input unless a function says otherwise, and are read at
the end of the last day. The calcium half stands still: age frozen, a man, kidneys as the protocol says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from calciroute.body.assembly import assemble, variant_values
from calciroute.body.course import at_start, course, state_after
from calciroute.body.solver import Dose
from calciroute.body.variant import read_variant

DAY, WEEK = 24.0, 168.0
YEAR = 365 * DAY
HELD = {"ageing": 0.0, "female": 0.0, "eGFR_start": 100.0, "eGFR_decline": 0.0}
REFERENCE_DIET = {"diet_K1": 100.0, "diet_MK4": 0.0, "diet_MK7": 2.0, "diet_MK89": 20.0}
NO_DIET = dict.fromkeys(REFERENCE_DIET, 0.0)
Inputs = Mapping[str, float]
Values = Iterator[tuple[str, float]]


def diet(share: float) -> dict[str, float]:
    """A share of the reference diet."""
    return {name: share * amount for name, amount in REFERENCE_DIET.items()}


def kidneys(eGFR: float) -> dict[str, float]:
    """True filtration; the calcium core, which knows no dialysis, keeps its own."""
    return {"eGFR_offset": eGFR - HELD["eGFR_start"]}


DIALYSIS = kidneys(8.0) | diet(0.7)


def rest(inputs: Inputs, outputs: Sequence[str]) -> dict[str, float]:
    """Values at rest."""
    return at_start(assemble(), {**HELD, **inputs}, outputs)


def run(
    outputs: Sequence[str], times_h: Sequence[float], before: Inputs | None = None, **how: object
) -> np.ndarray:
    """Values (time, output) of a run."""
    return course(assemble(), outputs, times_h, before={**HELD, **(before or {})}, **how)  # type: ignore[arg-type]


def ratio(output: str, hours: float, now: Inputs, before: Inputs | None = None) -> float:
    """Marker at the end over marker at the start."""
    first, last = run([output], [0.0, hours], before, now=now)[:, 0]
    return float(last / first)


def dose(vitamer: str, ug: float, time_h: float) -> Dose:
    """A dose that reaches the gut at a time, lag included."""
    return Dose(time_h, f"{vitamer}_gut", 1000.0 * ug / assemble().numbers[f"MW_{vitamer}"].value)


def plasma() -> Values:
    """Levels of vitamers after doses."""
    hourly = np.linspace(0.0, 9.0, 901)
    tablet = run(["C_K1"], hourly, NO_DIET, doses=[dose("K1", 500, 1.0)])[:, 0]
    yield "K1 500 ug tablet AUC", np.trapezoid(tablet, hourly)
    spinach = {"F_dose_K1": 0.18, "ka_dose_K1": 0.12}
    level = run(["C_K1"], hourly, NO_DIET | spinach, doses=[dose("K1", 495, 1.0)])[:, 0]
    yield "K1 495 ug spinach AUC", np.trapezoid(level, hourly)
    kale = {"F_dose_K1": 2.5, "ka_dose_K1": 0.12}
    sampled = np.arange(25.0)
    level = run(["C_K1"], sampled, NO_DIET | kale, doses=[Dose(2.0, "K1_gut", 156.0)])[:, 0]
    yield "K1 kale peak", level.max()
    yield "K1 kale peak time", sampled[level.argmax()]
    yield "K1 habitual", rest({}, ["serum_K1"])["serum_K1"]
    twice = [dose("MK7", 28, 12.0 * n + 1.0) for n in range(168)]
    first, last = run(["serum_MK7_mass"], [0.0, 12 * WEEK], doses=twice)[:, 0]
    yield "MK-7 56 ug/d rise", last - first
    both = [Dose(DAY * n + 1.0, f"{v}_gut", 220.0) for n in range(42) for v in ("K1", "MK7")]
    first, last = run(["C_MK7", "C_K1"], [0.0, 6 * WEEK], doses=both)
    yield "MK-7 over K1 trough rise", (last - first)[0] / (last - first)[1]
    times = np.linspace(0.0, 24.0, 2401)
    size = {"MK4_dose_size": 420.0}
    level = run(["serum_MK4_mass"], times, NO_DIET | size, doses=[dose("MK4", 420, 2.2)])[:, 0]
    yield "MK-4 420 ug peak", level.max()
    week = np.linspace(6 * DAY, 7 * DAY, 2401)
    daily = [dose("MK4", 60, DAY * n + 2.2) for n in range(7)]
    level = run(["serum_MK4_mass"], week, NO_DIET | {"MK4_dose_size": 60.0}, doses=daily)[:, 0]
    yield "MK-4 60 ug/d peak", level.max()


def peaks() -> Values:
    """Peak times by form, single doses without diet, and the two MK-4 doses that set its kinetics."""
    times = np.linspace(0.0, 72.0, 7201)
    for vitamer, form in (("K1", "oil"), ("K1", "vegetable"), ("MK7", "softgel"), ("MK7", "tablet")):
        ka, lag = (assemble().numbers[f"{name}_{vitamer}_{form}"].value for name in ("ka", "lag"))
        inputs = NO_DIET | {f"ka_dose_{vitamer}": ka}
        level = run([f"C_{vitamer}"], times, inputs, doses=[dose(vitamer, 100, lag)])[:, 0]
        yield f"peak time {vitamer} {form}", times[level.argmax()]
    for mg in (15, 30):
        inputs = NO_DIET | {"MK4_dose_size": 1000.0 * mg}
        level = run(["serum_MK4_mass"], times, inputs, doses=[dose("MK4", 1000 * mg, 2.2)])[:, 0]
        yield f"MK-4 {mg} mg peak", level.max()
        yield f"MK-4 {mg} mg peak time", times[level.argmax()]
        yield f"MK-4 {mg} mg AUC", np.trapezoid(level, times)
    level = run(["C_MK7"], times, NO_DIET, doses=[dose("MK7", 420, 1.0)])[:, 0]
    yield "MK-7 420 ug peak", level.max()
    yield "MK-7 420 ug 48 h", level[4800]


def markers() -> Values:
    """Osteocalcin and dp-ucMGP on supplements and on a poor diet."""
    for ug in (180, 360):
        now = {"supplement_MK7": float(ug)}
        yield f"OCR MK-7 {ug} 12 wk", ratio("uc_c_OC_ratio", 12 * WEEK, now)
        yield f"dp-ucMGP MK-7 {ug} 12 wk", ratio("dp_ucMGP", 12 * WEEK, now)
    yield "OCR K1 1000 2 wk", ratio("uc_c_OC_ratio", 2 * WEEK, {"supplement_K1": 1000.0})
    yield "dp-ucMGP MK-7 180 3 y", ratio("dp_ucMGP", 3 * YEAR, {"supplement_MK7": 180.0})
    yield "dp-ucMGP K1 500 3 y", ratio("dp_ucMGP", 3 * YEAR, {"supplement_K1": 500.0})
    yield "ucOC MK-7 375 12 mo", ratio("percent_ucOC", YEAR, {"supplement_MK7": 375.0})
    yield from depletion()
    yield from dialysis("")


def depletion() -> Values:
    """K1 at 18, 86, 200, 450 ug/d for 28, 14, 14, 14 days in a row, other vitamers at a fifth."""
    names = ["percent_ucOC", "PIVKA2"]
    begin = rest({}, names)
    state: dict[str, float] | None = None
    for ug, days in ((18, 28), (86, 14), (200, 14), (450, 14)):
        poor = {"diet_K1": float(ug), "diet_MK4": 0.0, "diet_MK7": 0.4, "diet_MK89": 4.0}
        last = run(names, [0.0, days * DAY], now=poor, start=state)[-1]
        state = state_after(assemble(), days * DAY, before=HELD, now=poor, start=state)
        yield f"ucOC after K1 {ug}", last[0] / begin["percent_ucOC"]
        yield f"PIVKA after K1 {ug}", last[1] / begin["PIVKA2"]


def dialysis(mark: str, more: Inputs | None = None) -> Values:
    """Dialysis and transplant; `mark` names the variant whose numbers come in `more`."""
    before = DIALYSIS | dict(more or {})
    for ug in (360, 720, 1080):
        now = {"supplement_MK7": ug * 3 / 7}
        yield f"dialysis MK-7 {ug} x3{mark}", ratio("dp_ucMGP", 8 * WEEK, now, before)
    for ug in (45, 135, 360):
        yield (
            f"dialysis MK-7 {ug}/d{mark}",
            ratio("dp_ucMGP", 6 * WEEK, {"supplement_MK7": float(ug)}, before),
        )
    yield f"dialysis on VKA{mark}", ratio("dp_ucMGP", YEAR, {"warfarin_daily_mg": 5.0}, before)
    yield f"dialysis MK-7 360 4 wk{mark}", ratio("dp_ucMGP", 28 * DAY, {"supplement_MK7": 360.0}, before)
    yield f"dialysis MK-7 360 2 y{mark}", ratio("dp_ucMGP", 730 * DAY, {"supplement_MK7": 360.0}, before)
    yield f"dialysis K1 10 mg x3 1 y{mark}", ratio("dp_ucMGP", YEAR, {"supplement_K1": 30000 / 7}, before)
    transplant = kidneys(50.0) | dict(more or {})
    yield (
        f"transplant MK-7 360 8 wk{mark}",
        ratio("dp_ucMGP", 56 * DAY, {"supplement_MK7": 360.0}, transplant),
    )


def vessel_fast() -> Values:
    """The rows that speak for a faster pool, and the one against it."""
    fast = variant_values(read_variant("vessel_fast"), assemble())
    yield from dialysis(" (vessel fast)", fast)
    yield "dp-ucMGP MK-7 180 3 y (vessel fast)", ratio("dp_ucMGP", 3 * YEAR, {"supplement_MK7": 180.0}, fast)


def MK4() -> Values:
    """MK-4 1.5 mg once a day, 45 mg as three intakes, and 300 to 1500 ug/d for a week each in a row."""
    once = {"supplement_MK4": 1500.0, "MK4_dose_size": 1500.0}
    yield "ucOC MK-4 1.5 mg 6 mo", ratio("percent_ucOC", 183 * DAY, once)
    yield "ucOC MK-4 1.5 mg 12 mo", ratio("percent_ucOC", YEAR, once)
    drug = {"supplement_MK4": 45000.0, "MK4_dose_size": 15000.0}
    yield "ucOC MK-4 45 mg 12 mo", ratio("percent_ucOC", YEAR, drug)
    yield "ucOC MK-4 45 mg 6 mo", ratio("percent_ucOC", 183 * DAY, drug)
    begin = rest({}, ["percent_ucOC"])["percent_ucOC"]
    state: dict[str, float] | None = None
    for ug in (300.0, 600.0, 900.0, 1500.0):
        now = {"supplement_MK4": ug, "MK4_dose_size": ug}
        yield (
            f"ucOC MK-4 {ug:g} ug/d",
            run(["percent_ucOC"], [0.0, WEEK], now=now, start=state)[-1, 0] / begin,
        )
        state = state_after(assemble(), WEEK, before=HELD, now=now, start=state)


def antagonists() -> Values:
    """Warfarin, its dose by genotype, and vitamin K on an antagonist."""
    mini = {"warfarin_daily_mg": 1.0}
    names = ["percent_ucOC", "INR"]
    first, last = run(names, [0.0, WEEK], now=mini)
    yield "ucOC warfarin 1 mg 7 d", last[0] / first[0]
    yield "INR warfarin 1 mg 7 d", last[1]
    state = state_after(assemble(), WEEK, before=HELD, now=mini)
    rescued = run(names, [0.0, 2 * DAY], now={"supplement_K1": 5000.0}, start=state)[-1]
    yield "ucOC then K1 5 mg 2 d", rescued[0] / first[0]
    yield "cOC on VKA", ratio("cOC", 60 * DAY, {"warfarin_daily_mg": 6.84})
    on = rest({"warfarin_daily_mg": 6.569}, ["dp_ucMGP"])["dp_ucMGP"]
    yield "dp-ucMGP VKA over healthy", on / rest({}, ["dp_ucMGP"])["dp_ucMGP"]
    dose_for = "warfarin_dose_for_INR"
    groups = {"GG": ("11", "12", "13"), "AG": ("11", "12", "13", "23"), "AA": ("11", "12", "13")}
    for copies, (letters, pairs) in enumerate(groups.items()):
        for pair in pairs:
            who = {
                "VKORC1_A_alleles": float(copies),
                "CYP2C9_star2_alleles": float(pair.count("2")),
                "CYP2C9_star3_alleles": float(pair.count("3")),
            }
            yield f"dose {letters} {pair}", rest(who, [dose_for])[dose_for]
    rich, poor = (rest({"diet_K1": ug}, [dose_for])[dose_for] for ug in (370.0, 130.0))
    yield "dose K1 370 over 130", rich / poor
    yield from vitamin_K_on_antagonist()


def vitamin_K_on_antagonist() -> Values:
    """From INR 2.0 on half the reference diet, index 14.92; from INR 2.45 on the reference diet, at rest."""
    before = diet(0.5) | {"vka_target": 14.92}
    for what, ug in (("K1", 150), ("K1", 315), ("MK7", 130)):
        yield (
            f"INR {what} {ug} 7 d",
            run(["INR"], [WEEK], before, now={f"supplement_{what}": float(ug)})[0, 0],
        )
    names = ["INR", "PIVKA2", "percent_ucOC", "dp_ucMGP"]
    begin = rest(before, names)
    state: dict[str, float] | None = None
    for ug in (10.0, 20.0, 45.0):
        now = {"supplement_MK7": ug}
        last = run(names, [14 * DAY], before, now=now, start=state)[0]
        state = state_after(assemble(), 14 * DAY, before={**HELD, **before}, now=now, start=state)
        yield f"INR MK-7 {ug:g} 14 d", last[0]
    for name, value in zip(names[1:], last[1:], strict=True):
        yield f"{name} MK-7 45 14 d", value / begin[name]
    for what, ug in (("MK7", 45), ("MK7", 100), ("K1", 100)):
        inputs = {"warfarin_daily_mg": 6.569, f"supplement_{what}": float(ug)}
        yield f"INR at rest {what} {ug}", rest(inputs, ["INR"])["INR"]


def INR_courses() -> Values:
    """Warfarin begun, stopped, and reversed with K1 2.5 mg."""
    days = (2, 3, 5, 7, 14, 30)
    begun = run(["INR"], [day * DAY for day in days], now={"warfarin_daily_mg": 5.0})[:, 0]
    yield from ((f"INR start day {day}", value) for day, value in zip(days, begun, strict=True))
    treated = {"warfarin_daily_mg": 6.569}
    off = {"warfarin_daily_mg": 0.0}
    days = (2, 4, 7)
    stopped = run(["INR"], [day * DAY for day in days], treated, now=off)[:, 0]
    yield from ((f"INR stop day {day}", value) for day, value in zip(days, stopped, strict=True))
    spread = off | {"supplement_K1": 2500.0}
    yield "INR K1 2.5 mg spread 24 h", run(["INR"], [DAY], treated, now=spread)[0, 0]
    state = state_after(assemble(), DAY, before={**HELD, **treated}, now=spread)
    yield "INR K1 2.5 mg spread 48 h", run(["INR"], [DAY], treated, now=off, start=state)[0, 0]
    once = run(["INR"], [DAY, 2 * DAY], treated, now=off, doses=[dose("K1", 2500, 1.0)])[:, 0]
    yield "INR K1 2.5 mg once 24 h", once[0]
    yield "INR K1 2.5 mg once 48 h", once[1]


def dose_response() -> Values:
    """Twelve weeks and three years of MK-7 or K1 in the reference adult."""
    names = ["serum_MK7_mass", "uc_c_OC_ratio", "percent_ucOC", "dp_ucMGP", "INR"]
    for what, ug in (
        *(("MK7", ug) for ug in (10, 45, 90, 100, 180, 360)),
        *(("K1", ug) for ug in (100, 500, 1000)),
    ):
        first, weeks, years = run(names, [0.0, 12 * WEEK, 3 * YEAR], now={f"supplement_{what}": float(ug)})
        label = f"{what} {ug}"
        if what == "MK7":
            yield f"{label} rise", weeks[0] - first[0]
        yield f"{label} OCR", weeks[1] / first[1]
        yield f"{label} %ucOC", weeks[2]
        yield f"{label} dp-ucMGP 12 wk", weeks[3] / first[3]
        yield f"{label} dp-ucMGP 3 y", years[3] / first[3]
        yield f"{label} INR", weeks[4]


def carboxylation() -> Values:
    """Share of arterial MGP carboxylated in each scenario, and dp-ucMGP by kidney function."""
    name = "MGP_carboxylation"
    yield "f_V reference", rest({}, [name])[name]
    for what, ug in (("MK7", 100), ("MK7", 180), ("MK7", 360), ("K1", 500)):
        yield f"f_V {what} {ug}", run([name], [3 * YEAR], now={f"supplement_{what}": float(ug)})[0, 0]
    treated = {"warfarin_daily_mg": 6.569}
    yield "f_V VKA", rest(treated, [name])[name]
    yield "f_V VKA and MK-7 100", rest(treated | {"supplement_MK7": 100.0}, [name])[name]
    for eGFR in (100, 75, 45):
        yield f"dp-ucMGP eGFR {eGFR}", rest(kidneys(float(eGFR)), ["dp_ucMGP"])["dp_ucMGP"]
    yield "dp-ucMGP dialysis", rest(DIALYSIS, ["dp_ucMGP"])["dp_ucMGP"]


PROTOCOLS = {
    "targets": (plasma, markers, MK4, antagonists),
    "INR courses": (INR_courses,),
    "dose response": (dose_response,),
    "vessel fast": (vessel_fast,),
    "carboxylation": (carboxylation,),
    "plasma by form": (peaks,),
}
