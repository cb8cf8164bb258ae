"""Medicine names and doses that a simulation cannot place: asked about before anything runs."""

from __future__ import annotations

from collections.abc import Iterable

from calciroute.errors import Problem
from calciroute.people.medicine_words import comparable, take_apart
from calciroute.people.medicines import MedicineMatch, recognise
from calciroute.people.person_model import Person
from calciroute.tables.person_rules import read_medicine_doses

# Classes with a term in the model; the rest of the table has names and gates only.
MODELLED = frozenset(
    {"vitamin_k_antagonist", "bile_acid_sequestrant", "lipase_inhibitor", "oil_laxative", "statin"}
)


def unplaced_medicines(person: Person) -> list[Problem]:
    """Problems of a person's medicine list.

    Parameters
    ----------
    person : Person
        With ``medicines.taken`` and ``medicines.not_modelled``.

    Returns
    -------
    list of Problem
        A name without a row that is not listed under ``not_modelled``, a spelling near an antagonist, a dose
        outside its band, and a medicine under ``not_modelled`` that the model does have.

    Examples
    --------
    >>> from calciroute.people.person_model import Medicines
    >>> taken = Medicines(taken=("Zorblax 5 mg",))
    >>> [problem.found for problem in unplaced_medicines(Person(sex="male", age_years=60.0, medicines=taken))]
    ["medicine 'Zorblax 5 mg' is not recognised"]
    """
    problems = []
    for number, text in enumerate(person.medicines.taken):
        place = person.place("medicines", "taken", number)
        problems.extend(unplaced_name(text, place, person.medicines.not_modelled))
        match = recognise(text)
        for part in match.parts or (match,):
            problems.extend(implausible_dose(part, part.dose_mg, place))
    for number, text in enumerate(person.medicines.not_modelled):
        match = recognise(text)
        if not match.classes.isdisjoint(MODELLED) and match.recognised:
            place = person.place("medicines", "not_modelled", number)
            problems.append(
                Problem(
                    place,
                    f"'{text}' is in the model and cannot be left out",
                    "names that have no row",
                    f'taken = ["{text}"]',
                )
            )
    return problems


def unplaced_name(text: str, place: str, not_modelled: Iterable[str]) -> list[Problem]:
    """Problems of one entry of a medicine list.

    Parameters
    ----------
    text : str
        As written.
    place : str
        ``file:line`` for messages.
    not_modelled : iterable of str
        Names that the person lets stay without effect.

    Returns
    -------
    list of Problem
        One for each name in the entry that has no row.
    """
    match = recognise(text)
    allowed = {key for name in not_modelled for key in (comparable(name), comparable(take_apart(name).name))}
    problems = []
    for part in match.parts or (match,):
        keys = {comparable(part.written), comparable(take_apart(part.written).name)}
        # A spelling near an antagonist stays a question: not_modelled must not open a way round it.
        if not part.recognised and (part.status == "ask" or keys.isdisjoint(allowed)):
            problems.append(_unplaced(part, place))
    return problems


def implausible_dose(match: MedicineMatch, dose_mg: float | None, place: str) -> list[Problem]:
    """A single dose that nobody takes of this medicine.

    Parameters
    ----------
    match : MedicineMatch
        What the name means.
    dose_mg : float or None
        One dose; None is not checked.
    place : str
        ``file:line`` for messages.

    Returns
    -------
    list of Problem
        At most one for each ingredient with a band.

    Examples
    --------
    >>> print(*implausible_dose(recognise("warfarin"), 500.0, "me.toml:9"))
    me.toml:9: one dose of warfarin is 500 mg. Expected: 0.25 to 30 mg. Try: check the number and the unit.
    """
    problems = []
    for ingredient in match.ingredients if dose_mg is not None else ():
        low, high = read_medicine_doses().get(ingredient, (0.0, float("inf")))
        if dose_mg is not None and not low <= dose_mg <= high:
            found = f"one dose of {ingredient} is {dose_mg:.4g} mg"
            advice = "check the number and the unit"
            problems.append(Problem(place, found, f"{low:g} to {high:g} mg", advice))
    return problems


def _unplaced(match: MedicineMatch, place: str) -> Problem:
    near = ", ".join(match.near)
    if match.status == "ask":
        return Problem(
            place,
            f"medicine '{match.written}' may be a vitamin K antagonist or another blood thinner",
            f"the exact name{f'; near: {near}' if near else ''}",
            "read the name on the box or the leaflet, or ask a pharmacist",
        )
    return Problem(
        place,
        f"medicine '{match.written}' is not recognised",
        f"a name of the medicine table{f'; near: {near}' if near else ''}",
        f'write the active ingredient, or not_modelled = ["{match.written}"] under [medicines]',
    )
