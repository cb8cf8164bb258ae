"""A diary, a notice where one is due, and what may stand beside it: the result of ``calciroute intake``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from calciroute.errors import InputError, Problem
from calciroute.intake.beside import (
    Observed,
    Reference,
    body_called,
    gap_of,
    observed_intakes,
    references_of,
)
from calciroute.intake.diary_days import VITAMERS, DiaryIntake, NutrientDays, Span, intake_by_day
from calciroute.intake.diary_items import DiaryFoods, read_foods_of
from calciroute.people.person_model import Person
from calciroute.report.amounts import amount
from calciroute.safety.notices import Notice
from calciroute.tables.people_fields import read_people_fields

LONG_CHAINS = ("MK5", "MK6", "MK7", "MK8", "MK9")
MENAQUINONES = ("MK4", *LONG_CHAINS)
# Nutrients whose days stand side by side.
DAILY = ("K1", "MK4", "MK5", "MK6", "MK7", "MK8", "MK9")
# Gates of a vitamin K antagonist or of a blood thinner without a name.
_CLOTTING = frozenset({"Q001", "Q002", "Q061"})
_ALSO_CALLED = {"UK": "GB"}


@dataclass(frozen=True)
class IntakeAnswer:
    """What ``calciroute intake`` says.

    Parameters
    ----------
    intake : DiaryIntake
        The diary by day.
    notice : Notice or None
        Why a clinician comes first, for a person whose gates are closed.
    body : str
        Whose reference intakes are shown; empty where none are.
    references : tuple of Reference
        Empty under a notice: no target.
    observed : tuple of Observed
        What people were seen to eat; empty under a notice.
    unseen : Span or None
        MK-5 to MK-9 a day of which a table of K1 and MK-4 alone shows nothing; None where none is known.
    remarks : tuple of str
        Sentences that have to stand on every form of the answer.
    """

    intake: DiaryIntake
    notice: Notice | None
    body: str
    references: tuple[Reference, ...]
    observed: tuple[Observed, ...]
    unseen: Span | None
    remarks: tuple[str, ...]


def region_called(word: str | None) -> str | None:
    """A country of the food table.

    Parameters
    ----------
    word : str or None
        Two letters, in any case.

    Returns
    -------
    str or None
        As the tables write it.

    Raises
    ------
    InputError
        For a country without an analysis.

    Examples
    --------
    >>> region_called("nl"), region_called("UK"), region_called(None)
    ('NL', 'GB', None)
    """
    if word is None:
        return None
    field = read_people_fields("person_fields.csv")["diet"]["region"]
    known = field.choices
    code = _ALSO_CALLED.get(word.strip().upper(), word.strip().upper())
    if code in known:
        return code
    found = f"'{word[:20]}' is no country of the food table"
    advice = "leave it out: the spread over all regions is shown then"
    raise InputError([Problem("--region", found, ", ".join(sorted(known)), advice)])


def diary_intake(
    diary: str | Path | DiaryFoods,
    region: str | None = None,
    body: str | None = None,
    person: Person | str | Path | None = None,
) -> IntakeAnswer:
    """Intake of each vitamer and mineral from a food diary, by day.

    Parameters
    ----------
    diary : path or DiaryFoods
        Diary file, a table or plain lines; or foods that were read before.
    region : str, optional
        Country of the food, two letters; that of the person where it is left out.
    body : {"us", "efsa", "dach", "jp", "in"}, optional
        Whose reference intakes stand beside it; those of the region where it is left out.
    person : Person or path, optional
        Who ate it. A closed gate opens the answer with a notice and leaves comparisons out.

    Returns
    -------
    IntakeAnswer

    Raises
    ------
    InputError
        With every problem of the diary, the person file and the words.

    Examples
    --------
    >>> from calciroute.intake.diary_items import foods_of
    >>> answer = diary_intake(foods_of("50 g natto", "NL"), body="efsa")
    >>> answer.body, [one.nutrient for one in answer.references][:1], round(answer.unseen.central)
    ('EFSA', ['K1'], 552)
    """
    who = _person(person)
    country = region_called(region) or (who.diet.region if who is not None else None)
    if isinstance(diary, DiaryFoods):
        foods, country = diary, diary.region
    else:
        foods = read_foods_of(Path(diary), country)
    chosen = body_called(body, country)
    intake = intake_by_day(foods)
    notice = None
    if who is not None:
        from calciroute.safety.stop import stop_notice

        notice = stop_notice(who)
    references: tuple[Reference, ...] = ()
    observed: tuple[Observed, ...] = ()
    if notice is None:
        observed = observed_intakes(country)
        if chosen is not None:
            sex, age = (who.sex, who.age_years) if who is not None else (None, None)
            references = references_of(chosen, sex, age)
    unseen = _unseen(intake)
    return IntakeAnswer(
        intake,
        notice,
        chosen.name if chosen is not None and notice is None else "",
        references,
        observed,
        unseen,
        tuple(_remarks(intake, notice, unseen, country)),
    )


def _person(given: Person | str | Path | None) -> Person | None:
    if given is None or isinstance(given, Person):
        return given
    from calciroute.people.person import read_person

    return read_person(Path(given), minors=True)


def _unseen(intake: DiaryIntake) -> Span | None:
    known = [intake.nutrients[name] for name in LONG_CHAINS]
    total = Span(
        sum(one.mean.low for one in known),
        sum(one.mean.central for one in known),
        sum(one.mean.high for one in known),
    )
    return total if total.high > 0.0 else None


def _remarks(
    intake: DiaryIntake, notice: Notice | None, unseen: Span | None, region: str | None
) -> list[str]:
    said = [
        "Vitamers are not added up: 1 mcg of MK-4 and 1 mcg of MK-7 are not the same in the body. "
        "What is not known is counted, never taken as zero."
    ]
    if notice is not None:
        about = ""
        if not _CLOTTING.isdisjoint(notice.gates):
            about = "; a steady intake is something to talk over with whoever checks the clotting"
        said.append(f"What follows shows how even the days are. It holds no target and no plan{about}.")
    if unseen is not None:
        share = _largest(intake)
        said.append(
            "A table of K1, dihydro-K1 and MK-4 alone, as that of the US (USDA), shows none of the "
            f"{amount(unseen.central)} mcg/d of MK-5 to MK-9 that other analyses know of in this diary"
            f"{', most of it in ' + share if share else ''}."
        )
    blind = intake.nutrients["MK7"].missing.get("not_in_base", 0)
    if blind:
        said.append(
            f"{blind} of {intake.nutrients['MK7'].lines} lines are in that US table alone: "
            "their MK-5 to MK-9 are not known, which is not zero."
        )
    if notice is None and (gap := gap_of(region)):
        said.append(gap)
    return said


def _largest(intake: DiaryIntake) -> str:
    foods: dict[str, float] = {}
    for name in LONG_CHAINS:
        for one in intake.nutrients[name].contributors:
            foods[one.name] = foods.get(one.name, 0.0) + one.amount
    return max(foods, key=lambda food: foods[food]) if foods else ""


def shown_nutrients(answer: IntakeAnswer) -> list[NutrientDays]:
    """Nutrients of the main table: a vitamer that nobody knows of in this diary is named elsewhere.

    Parameters
    ----------
    answer : IntakeAnswer
        From `diary_intake`.

    Returns
    -------
    list of NutrientDays
        In the order of every output.
    """
    return [one for one in answer.intake.nutrients.values() if one.known or one.nutrient in VITAMERS]
