"""The person that is simulated: a frozen record, numbers in the units of ``person_fields.csv``."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from calciroute.people.lab_reading import LabReading
from calciroute.people.medicines import MedicineMatch, recognise_each


class _Record(BaseModel):
    """Frozen, strict, closed: no unknown name, no text for a number, no NaN or infinity."""

    model_config = ConfigDict(
        frozen=True, strict=True, extra="forbid", allow_inf_nan=False, arbitrary_types_allowed=True
    )


class ConfirmedMedicine(_Record):
    """A pharmacist's or doctor's word that a name is no anticoagulant; `ingredient`: what is in it."""

    name: str
    by: Literal["pharmacist", "doctor"]
    date: datetime.date
    ingredient: str | None = None


class Medicines(_Record):
    """Medicines as written; `Person.medicine_matches` reads them.

    ``confirmed`` holds words of a pharmacist or doctor on names that the table does not know. They open the
    gate of the unknown name alone; to the simulation such a name stays unknown.
    """

    taken: tuple[str, ...] = ()
    not_modelled: tuple[str, ...] = ()
    confirmed: tuple[ConfirmedMedicine, ...] = ()


class Habits(_Record):
    """What the person does; None is not known."""

    smoking: Literal["never", "former", "current"] | None = None


class Genotype(_Record):
    """Alleles that decide a warfarin dose; None is not known."""

    VKORC1: Literal["GG", "AG", "GA", "AA"] | None = None
    CYP2C9: Literal["*1/*1", "*1/*2", "*1/*3", "*2/*2", "*2/*3", "*3/*3"] | None = None

    @property
    def VKORC1_A_alleles(self) -> int | None:
        """0, 1 or 2, or None when not known."""
        return None if self.VKORC1 is None else self.VKORC1.count("A")

    def CYP2C9_alleles(self, star: int) -> int | None:
        """How many alleles of CYP2C9 are of one star number."""
        return None if self.CYP2C9 is None else self.CYP2C9.count(f"*{star}")


class PersonDiet(_Record):
    """What the person eats: a diary file, or amounts a day.

    ``amounts`` holds K1, MK4, MK7, MK8, MK9 and D3 in ug/d, calcium, phosphorus, magnesium and sodium in
    mg/d; a name that is missing is not known, never zero.
    """

    region: str | None = None
    diary: Path | None = None
    amounts: Mapping[str, float] = Field(default_factory=dict)
    fermented_foods_per_week: float | None = None


class SupplementEntry(_Record):
    """A product taken today, as written; ``intake.supplements.read_supplement`` understands it.

    ``broken`` marks an entry of which something was refused already.
    """

    product: str | None = None
    contents: Mapping[str, str] | None = None
    form: str | None = None
    times: str | None = None
    since_days: float | None = None
    adherence: float | None = None
    broken: bool = Field(default=False, repr=False)
    places: Mapping[str, str] = Field(default_factory=dict, repr=False)


class Person(_Record):
    """One person.

    Parameters
    ----------
    sex : {"female", "male"}
        Sex at birth.
    age_years : float, y
        Adults only.
    as_of : date, optional
        The day that the record describes.
    weight_kg, height_cm : float, optional
        Body size; None is not known.
    final_menstrual_period_age_years : float, y, optional
        None before the menopause or when not known.
    estrogen_therapy : bool, optional
        Taken now.
    estrogen_therapy_start_age_years : float, y, optional
        Age at its start.
    labs : mapping of str to float
        By name of ``person_fields.csv``, in its unit: the one value of each that the model uses.
    lab_readings : tuple of LabReading
        All values that were given, in the order of the file; limits and earlier dates too.
    medicines : Medicines
        Taken now, and names that may stay without effect.
    conditions : mapping of str to bool
        A missing name is not known.
    habits, genotype, diet
        See their classes.
    answers : mapping of str to bool
        Self-check answers by id, True where the item holds.
    answers_not_known : tuple of str
        Ids that were answered with "I do not know"; they are in no way answered.
    supplements : tuple of SupplementEntry
        Taken today.
    source, text, encoding : str
        The file's name, for messages, the file itself, and what it was written in.
    reading_notes : tuple of str
        What was understood in reading the file, such as an encoding.
    places : mapping of str to str
        ``file:line`` by field, such as ``labs.INR``.
    """

    sex: Literal["female", "male"]
    age_years: float
    as_of: datetime.date | None = None
    weight_kg: float | None = None
    height_cm: float | None = None
    final_menstrual_period_age_years: float | None = None
    estrogen_therapy: bool | None = None
    estrogen_therapy_start_age_years: float | None = None
    labs: Mapping[str, float] = Field(default_factory=dict)
    lab_readings: tuple[LabReading, ...] = ()
    medicines: Medicines = Medicines()
    conditions: Mapping[str, bool] = Field(default_factory=dict)
    habits: Habits = Habits()
    genotype: Genotype = Genotype()
    diet: PersonDiet = PersonDiet()
    answers: Mapping[str, bool] = Field(default_factory=dict)
    answers_not_known: tuple[str, ...] = ()
    supplements: tuple[SupplementEntry, ...] = ()
    source: str = Field(default="", repr=False)
    text: str = Field(default="", repr=False)
    encoding: str = Field(default="utf-8", repr=False)
    reading_notes: tuple[str, ...] = Field(default=(), repr=False)
    places: Mapping[str, str] = Field(default_factory=dict, repr=False)

    @property
    def body_mass_index(self) -> float | None:
        """kg/m2, or None when weight or height is not known."""
        if self.weight_kg is None or self.height_cm is None:
            return None
        return self.weight_kg / (self.height_cm / 100.0) ** 2

    @property
    def medicine_matches(self) -> tuple[MedicineMatch, ...]:
        """What the table of names says about each medicine taken."""
        return recognise_each(self.medicines.taken)

    def has(self, condition: str) -> bool:
        """Whether a condition is known to hold."""
        return self.conditions.get(condition, False)

    def place(self, *path: str | int) -> str:
        """``file:line`` of a field, or of what is around it; empty for a person made in Python."""
        for length in range(len(path), 0, -1):
            found = self.places.get(".".join(str(part) for part in path[:length]))
            if found:
                return found
        return self.source
