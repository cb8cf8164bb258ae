"""What a person's file says about an item of the self-check by itself, without a question.

Each reader belongs to one word in the column ``field`` of ``self_check.csv``; the limits that it holds a
value against stand in that table.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from calciroute.guide.brought import products_of
from calciroute.people.person_model import Person
from calciroute.tables.people_fields import read_people_fields
from calciroute.tables.reference_intakes import read_reference_intakes, value_of
from calciroute.tables.self_check import SelfCheckItem

if TYPE_CHECKING:
    from calciroute.intake.diary import Diary
    from calciroute.intake.diary_items import DiaryFoods
    from calciroute.intake.supplements import Supplement

# Names of the research table that are called otherwise in a person file.
_CONDITIONS = {"calcification": "", "uc": "ulcerative_colitis"}
_ALLERGIES = {"soy": "soy_allergy", "milk": "milk_allergy", "natto": "natto_reaction"}
_HISTORY = {"low_bmd": ("osteoporosis", "osteoporosis_severe")}
_LABS = {
    "labs.cac": "coronary_calcium",
    "labs.hscrp": "CRP",
    "labs.dp_ucmgp_pmol_l": "dp_ucMGP",
    "labs.egfr": "eGFR",
}
_PRESCRIBED = "Q075"
_K2 = ("MK4", "MK7", "MK8", "MK9")
_K2_OF_DIARY = ("MK4", "MK7", "MK89")
# Whose adequate intake of vitamin K1 a diet is held against: the one that speaks of K1 alone.
_K1_BODY, _CALCIUM_BODY = "EFSA", "NASEM"


@dataclass(frozen=True)
class Fact:
    """What the file decides.

    Parameters
    ----------
    holds : bool
        Whether the item holds.
    because : str
        The value that decides it, in words.
    """

    holds: bool
    because: str


@dataclass(frozen=True)
class Band:
    """A daily amount with its range; both ends are equal where the person gave one number."""

    low: float
    high: float
    shown: str


class FactReader:
    """Reads what one person's file says.

    Parameters
    ----------
    person : Person
        Who.
    diet : bool, optional
        Whether the diary and the products of the file are read too.

    Raises
    ------
    InputError
        When a product or the diary that the file names cannot be read.
    """

    def __init__(self, person: Person, *, diet: bool = True) -> None:
        self.person, self._diet = person, diet

    def fact(self, item: SelfCheckItem) -> Fact | None:
        """What the file says about an item; None where it says nothing."""
        if item.field == "conditions":
            return self._conditions(item)
        if item.field in _LABS:
            value = self.person.labs.get(_LABS[item.field])
            return None if value is None else self._number(item, value, f"{_LABS[item.field]} {value:g}")
        reader = self._readers.get(item.field)
        return None if reader is None else reader(item)

    @cached_property
    def _readers(self) -> dict[str, Callable[[SelfCheckItem], Fact | None]]:
        return {
            "age_years": self._age,
            "vitals.sbp,vitals.dbp": self._pressure,
            "meds.class": self._class,
            "meds.count": self._medicines,
            "conditions.count": self._any_condition,
            "allergies": self._allergies,
            "history": self._history,
            "labs.homa_ir": lambda item: self._flag("insulin_resistance"),
            "smoking": self._smoking,
            "supplements": self._supplements,
            "supplements.form": self._form,
            "sex+menopause": self._menopause,
            "diet.fermented_servings_week": self._fermented,
            "intake.k2_ug_day": lambda item: self._band(item, self._k2),
            "intake.k1_ug_day": self._k1,
            "intake.ca_total_mg": self._calcium,
            "diary.days": self._diary_days,
            "diary.k2_missing_share": self._diary_missing,
            "diary.region": self._region,
        }  # fmt: skip

    # ---- conditions, medicines

    def _conditions(self, item: SelfCheckItem) -> Fact | None:
        known = read_people_fields("person_fields.csv")["conditions"]
        names = [_CONDITIONS.get(name, name) for name in item.value.split(",")]
        if item.id == "Q033" and self.person.labs.get("coronary_calcium", 0.0) > 0.0:
            return Fact(True, "a coronary calcium score above 0")
        held = [name for name in names if self.person.has(name)]
        if held:
            return Fact(True, ", ".join(known[name].meaning for name in held))
        asked = [name for name in names if name in known]
        if asked and all(name in self.person.conditions for name in asked) and item.id != "Q033":
            return Fact(False, "[conditions]")
        return None

    def _any_condition(self, item: SelfCheckItem) -> Fact | None:
        held = [name for name, value in self.person.conditions.items() if value]
        return Fact(True, "[conditions]") if held else None

    def _class(self, item: SelfCheckItem) -> Fact | None:
        wanted = set(item.value.split(","))
        matches = self.person.medicine_matches
        held = [match.written for match in matches if match.recognised and match.classes & wanted]
        if held:
            return Fact(True, ", ".join(held))
        return Fact(False, "[medicines]") if self._list_given else None

    def _medicines(self, item: SelfCheckItem) -> Fact | None:
        if self.person.medicines.taken:
            return Fact(True, "[medicines]")
        return Fact(False, "[medicines]") if self._list_given else None

    @property
    def _list_given(self) -> bool:
        """Whether the file has a list of medicines, be it an empty one."""
        return "taken" in self.person.medicines.model_fields_set

    def _allergies(self, item: SelfCheckItem) -> Fact | None:
        flags = [self._flag(_ALLERGIES[name]) for name in item.value.split(",") if name in _ALLERGIES]
        held = [flag for flag in flags if flag is not None and flag.holds]
        if held:
            return Fact(True, ", ".join(flag.because for flag in held))
        return Fact(False, "[conditions]") if flags and None not in flags else None

    def _history(self, item: SelfCheckItem) -> Fact | None:
        flags = [self._flag(name) for name in _HISTORY.get(item.value, ())]
        return next((flag for flag in flags if flag is not None and flag.holds), None)

    def _flag(self, name: str) -> Fact | None:
        value = self.person.conditions.get(name)
        words = read_people_fields("person_fields.csv")["conditions"][name].meaning
        return None if value is None else Fact(value, words)

    def _smoking(self, item: SelfCheckItem) -> Fact | None:
        smoking = self.person.habits.smoking
        return None if smoking is None else Fact(smoking == item.value, f"smoking: {smoking}")

    def _supplements(self, item: SelfCheckItem) -> Fact | None:
        if self.person.answers.get(_PRESCRIBED, False):
            return None  # which of them is prescribed is not known, and that one is not argued with
        wanted = {"Ca": "calcium", "D": "D3"}
        names = {wanted[name] for name in item.value.split(",")}
        held = [
            entry.product.written
            for entry in self._products
            if any(content.substance in names for content in entry.product.contents)
        ]
        return Fact(True, ", ".join(held)) if held else None

    def _form(self, item: SelfCheckItem) -> Fact | None:
        held = [
            entry.product.written
            for entry in self._products
            if "form" in entry.assumed and any(one.substance[:2] == "MK" for one in entry.product.contents)
        ]  # fmt: skip
        return Fact(True, ", ".join(held)) if held else None

    @cached_property
    def _products(self) -> tuple[Supplement, ...]:
        return products_of(self.person) if self._diet else ()

    def _menopause(self, item: SelfCheckItem) -> Fact | None:
        if self.person.sex == "male":
            return Fact(False, "sex")
        age = self.person.final_menstrual_period_age_years
        return None if age is None else Fact(True, f"final menstrual period at {age:g}")

    # ---- measured values

    def _age(self, item: SelfCheckItem) -> Fact:
        return self._number(item, self.person.age_years, f"age {self.person.age_years:g}")

    def _number(self, item: SelfCheckItem, value: float, shown: str) -> Fact:
        if item.operator == "between":
            low, high = (float(word) for word in item.value.split(","))
            return Fact(low <= value < high + 1.0, shown)
        bound = float(item.value)
        holds = {"<": value < bound, ">": value > bound, ">=": value >= bound}[item.operator]
        return Fact(holds, shown)

    def _pressure(self, item: SelfCheckItem) -> Fact | None:
        labs = self.person.labs
        if "SBP" not in labs or "DBP" not in labs:
            return None
        upper, lower = (float(word) for word in _lower_ends(item))
        return Fact(labs["SBP"] >= upper or labs["DBP"] >= lower, f"{labs['SBP']:g}/{labs['DBP']:g} mmHg")

    # ---- intake

    @cached_property
    def _foods(self) -> DiaryFoods | None:
        diet = self.person.diet
        if diet.diary is None or not self._diet:
            return None
        from calciroute.intake.diary_items import read_foods_of  # reads the tables of foods

        return read_foods_of(diet.diary, diet.region)

    @property
    def _open_lines(self) -> int:
        """Lines whose food is not found: nothing is known of them, so that no sum has an upper end."""
        return 0 if self._foods is None else len(self._foods.open)

    @cached_property
    def _diary(self) -> Diary | None:
        if self._foods is None:
            return None
        from calciroute.intake.diary import diary_of

        return diary_of(replace(self._foods, open=()))

    @cached_property
    def _k2(self) -> Band | None:
        return self._sum(_K2, _K2_OF_DIARY, "vitamin K2", "mcg")

    def _sum(self, names: tuple[str, ...], of_diary: tuple[str, ...], words: str, unit: str) -> Band | None:
        amounts = self.person.diet.amounts
        if all(name in amounts for name in names):
            total = sum(amounts[name] for name in names)
            return Band(total, total, f"{words} {total:.0f} {unit} a day")
        if self._diary is None:
            return None
        sums = [self._diary.amounts[name] for name in of_diary]
        # What stands in for food without a value is the model's reference diet, not this person's.
        if any(one.low is None or one.high is None for one in sums):
            return None
        low, high = sum(one.low or 0.0 for one in sums), sum(one.high or 0.0 for one in sums)
        if self._open_lines:
            return Band(low, math.inf, f"{words} at least {low:.0f} {unit} a day")
        return Band(low, high, f"{words} {low:.0f} to {high:.0f} {unit} a day")

    def _band(self, item: SelfCheckItem, band: Band | None, bound: float | None = None) -> Fact | None:
        """Decided only where the whole range lies on one side."""
        if band is None:
            return None
        limit = float(item.value) if bound is None else bound
        below, above = band.high < limit, band.low >= limit
        if not below and not above:
            return None
        return Fact(below if item.operator == "<" else above, band.shown)

    def _k1(self, item: SelfCheckItem) -> Fact | None:
        band = self._sum(("K1",), ("K1",), "vitamin K1", "mcg")
        limit = self._reference("vitamin K", _K1_BODY, "AI")
        return None if limit is None else self._band(item, band, limit)

    def _calcium(self, item: SelfCheckItem) -> Fact | None:
        food = self._sum(("calcium",), ("calcium",), "calcium from food", "mg")
        limit = self._reference("calcium", _CALCIUM_BODY, "UL")
        if food is None or limit is None:
            return None
        swallowed = sum(entry.mean_per_day("calcium") for entry in self._products)
        band = Band(
            food.low + swallowed, food.high + swallowed, f"{food.shown}, {swallowed:.0f} mg from products"
        )
        return self._band(item, band, limit)

    def _reference(self, nutrient: str, body: str, kind: str) -> float | None:
        sexes = {"all", self.person.sex[0].upper()}
        for row in read_reference_intakes():
            low, high = row.number("age_min_y"), row.number("age_max_y")
            if (row.text("nutrient"), row.text("body"), row.text("value_type")) != (nutrient, body, kind):
                continue
            within = low is not None and high is not None and low <= self.person.age_years < high + 1.0
            value = value_of(row)
            if within and row.text("sex") in sexes and not row.text("life_stage") and value is not None:
                return value
        return None

    def _fermented(self, item: SelfCheckItem) -> Fact | None:
        servings = self.person.diet.fermented_foods_per_week
        return None if servings is None else self._number(item, servings, f"{servings:g} servings a week")

    def _diary_days(self, item: SelfCheckItem) -> Fact | None:
        return (
            None if self._diary is None else self._number(item, self._diary.days, f"{self._diary.days} days")
        )

    def _diary_missing(self, item: SelfCheckItem) -> Fact | None:
        if self._diary is None:
            return None
        sums = [self._diary.amounts[name] for name in _K2_OF_DIARY]
        share = max(1.0 - one.known / (one.items + self._open_lines) for one in sums)
        return self._number(item, share, f"{share:.0%} of the lines without a value")

    def _region(self, item: SelfCheckItem) -> Fact | None:
        diet = self.person.diet
        return (
            Fact(True, "no country under [diet]") if diet.diary is not None and diet.region is None else None
        )


def _lower_ends(item: SelfCheckItem) -> list[str]:
    """``160,179 or 100,109`` is 160 above and 100 below."""
    return [part.split(",")[0] for part in item.value.split(" or ")]
