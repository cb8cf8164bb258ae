"""Random regimens: all that a person or plan file can bring into the model, each with a chance of its own.

Amounts are uniform over the bands in which the tables of substances, medicines and habits ask no question.
Amiodarone alone has no band there: up to 400 mg a day. Not drawn: hormones and salts into a vein, which no
file can say; medicines on bone, which the model does not have.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from calciroute.body.assembly import Body
from calciroute.body.lanes import Dose
from calciroute.body.units import declared_units
from calciroute.tables.levers import read_levers
from calciroute.tables.medicine_effects import WARFARIN, read_medicine_effects
from calciroute.tables.nomenclature import folded
from calciroute.tables.people_fields import read_people_fields
from calciroute.tables.person_rules import read_medicine_doses
from calciroute.tables.products import read_product_forms, read_substances
from calciroute.units.expression import convert

DAY = 24.0
CHANCE = 0.5  # of each part of a regimen
VITAMERS = {"K1": "K1", "MK4": "MK4", "MK7": "MK7", "MK8": "MK89"}
MMOL_PER_MG_CALCIUM = 1.0 / 40.078
MOST_AMIODARONE = 400.0  # mg/d
EVERY_DAYS = (1, 1, 1, 2, 7)


@dataclass(frozen=True)
class Regimen:
    """What is taken.

    Parameters
    ----------
    before, now : mapping of str to float
        Inputs of the start state and of the run, in declared units.
    doses : sequence of Dose
        Amounts into states, and steps of inputs, in order of time.
    INR : float or None
        Of a person on an antagonist whose dose the model does not know.
    """

    before: Mapping[str, float] = field(default_factory=dict)
    now: Mapping[str, float] = field(default_factory=dict)
    doses: Sequence[Dose] = ()
    INR: float | None = None


def draw_regimen(body: Body, random: np.random.Generator, person: Mapping[str, float], days: int) -> Regimen:
    """A regimen of one person (`person`: inputs, in declared units) over so many days."""
    draw = _Draw(body, random, person, days)
    for substance, vitamer in VITAMERS.items():
        if random.random() < CHANCE:
            draw.vitamer(substance, vitamer)
    if random.random() < CHANCE:
        draw.step("vitamin_D_supplement", draw.amount("D3"), "ug/d")
    if random.random() < CHANCE:
        draw.calcium()
    if random.random() < CHANCE:
        draw.step("magnesium_change", draw.amount("magnesium"), "mg/d")
    for name in draw.switches():
        if random.random() < CHANCE:
            draw.switch(name)
    if random.random() < CHANCE:
        draw.step("amiodarone_daily_mg", float(random.uniform(0.0, MOST_AMIODARONE)), "mg/d")
    for lever in sorted({one.name: one for one in read_levers().values()}.values(), key=lambda one: one.name):
        if lever.input not in ("magnesium_change", "smoking_now") and random.random() < CHANCE:
            most = lever.upper if lever.most is None else lever.most
            draw.step(lever.input, float(random.uniform(lever.lower, most)), draw.units[lever.input])
    if random.random() < CHANCE:
        draw.step("diet_K1_vegetable", draw.amount("K1") / 10.0, "ug/d")
    INR = draw.antagonist()
    return Regimen(draw.before, draw.now, sorted(draw.doses, key=lambda dose: dose.time_h), INR)


class _Draw:
    """A regimen in the making."""

    def __init__(
        self, body: Body, random: np.random.Generator, person: Mapping[str, float], days: int
    ) -> None:
        self.body, self.random, self.person, self.days = body, random, person, days
        self.units = declared_units(body)
        self.before: dict[str, float] = {}
        self.now: dict[str, float] = {}
        self.doses: list[Dose] = []

    def amount(self, substance: str) -> float:
        """Of one dose or one day, in the unit of the substance."""
        row = read_substances()[folded(substance)]
        assert row.ask_below is not None
        assert row.ask_above is not None
        return float(self.random.uniform(row.ask_below, row.ask_above))

    def times_h(self) -> npt.NDArray[np.float64]:
        """One to three times a day, daily or on some days, over a stretch of the run, some missed."""
        clock = self.random.uniform(0.0, DAY, int(self.random.integers(1, 4)))
        first, last = sorted(self.random.integers(0, self.days + 1, 2).tolist())
        each = np.arange(first, last, int(self.random.choice(EVERY_DAYS)))
        times = np.sort((DAY * each[:, None] + clock[None, :]).ravel())
        return times[self.random.random(len(times)) < self.random.uniform(0.5, 1.5)]

    def vitamer(self, substance: str, vitamer: str) -> None:
        """A product of a form; half of the products have been taken before and go on to their last dose."""
        forms = sorted({one.name for one in read_product_forms().values()})
        form = read_product_forms()[folded(forms[int(self.random.integers(len(forms)))])]
        amount_ug, times, numbers = self.amount(substance), self.times_h(), self.body.numbers
        fasting = float(numbers["fat_fasting_factor"].value) if self.random.random() < CHANCE else 1.0
        for name, kind in ((f"F_dose_{vitamer}", "F_matrix"), (f"ka_dose_{vitamer}", "ka")):
            row = numbers[form.number(kind, vitamer)]
            value = convert(self.person.get(row.id, row.value), row.unit, self.units[name])
            self.both(name, value * (fasting if kind == "F_matrix" else 1.0))
        if vitamer == "MK4":
            self.both("MK4_dose_size", convert(amount_ug, "ug", self.units["MK4_dose_size"]))
        if self.random.random() < CHANCE:
            name = f"supplement_{vitamer}"
            self.before[name] = convert(amount_ug, "ug/d", self.units[name])
        molar, lag = numbers[f"MW_{vitamer}"], numbers[form.number("lag", vitamer)]
        nmol = convert(
            amount_ug / convert(molar.value, molar.unit, "ug/nmol"), "nmol", self.units[f"{vitamer}_gut"]
        )
        later = convert(lag.value, lag.unit, "h")
        self.doses += [Dose(float(time) + later, f"{vitamer}_gut", nmol) for time in times]

    def calcium(self) -> None:
        """With meals or outside them, day by day; and single loads."""
        load = self.amount("calcium") * MMOL_PER_MG_CALCIUM
        places = ("calcium_meal_1", "calcium_meal_2", "calcium_meal_3", "calcium_dose_1", "calcium_dose_2")
        self.step(places[int(self.random.integers(len(places)))], load, "mmol")
        if self.random.random() < CHANCE:
            self.switch("takes_calcium_bolus")
        amount = convert(self.amount("calcium") * MMOL_PER_MG_CALCIUM, "mmol", self.units["Ca_gut_bolus"])
        times = self.random.uniform(0.0, DAY * self.days, int(self.random.integers(4)))
        self.doses += [Dose(float(time), "Ca_gut_bolus", amount) for time in times]

    def switches(self) -> list[str]:
        """Inputs of 0 or 1 that medicines and products turn."""
        named = [row.input for row in read_medicine_effects() if row.kind == "switch"]
        return list(dict.fromkeys([*named, "takes_vitamin_E_high", "takes_vitamin_A_high"]))

    def antagonist(self) -> float | None:
        """None, warfarin from before or new, or another whose index follows from an INR."""
        kind = int(self.random.integers(4))
        if kind == 0:
            return None
        if kind == 3:
            self.both("vka_is_phenprocoumon", float(self.random.integers(2)))
            band = read_people_fields("person_fields.csv")["labs"]["INR"]
            assert band.upper is not None
            # An antagonist raises the INR: it begins above what the person had without one.
            low = self.person.get("INR_without_antagonist", self.body.numbers["INR_without_antagonist"].value)
            return float(self.random.uniform(low, band.upper))
        mg = float(self.random.uniform(*read_medicine_doses()[WARFARIN]))
        if kind == 2:
            self.before["warfarin_daily_mg"] = convert(mg, "mg/d", self.units["warfarin_daily_mg"])
        dose = convert(mg, "mg", self.units["warfarin_gut"])
        self.doses += [Dose(float(time), "warfarin_gut", dose) for time in self.times_h()]
        return None

    def both(self, name: str, value: float) -> None:
        """An input of the start and of the run."""
        self.before[name] = self.now[name] = value

    def step(self, name: str, amount: float, unit: str) -> None:
        """Raise an input at a time of the run, and half of the times lower it again."""
        value = convert(amount, unit, self.units[name])
        first, last = sorted(self.random.uniform(0.0, DAY * self.days, 2).tolist())
        self.doses.append(Dose(first, name, value))
        if self.random.random() < CHANCE:
            self.doses.append(Dose(last, name, -value))

    def switch(self, name: str) -> None:
        """Turn an input the other way at a time of the run, and half of the times back."""
        self.step(name, 1.0 - 2.0 * float(self.person.get(name, 0.0)), "1")
