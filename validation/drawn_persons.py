"""Random persons with random regimens over what the tables state: person i is the same whatever the count.

Every number with a `person_cv` is drawn log-normal about its value and cut at its bounds. Age, laboratory
values, conditions, genotype and diet are uniform over the bands of the person file. Made for proofs about the
solver: nobody claims that such people live.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

_HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(_HERE), str(_HERE.parent / "tests")]

from drawn_regimens import Regimen, draw_regimen  # noqa: E402

from calciroute.body.assembly import Body  # noqa: E402
from calciroute.body.lanes import Lane, doses_of, in_columns  # noqa: E402
from calciroute.body.machine import program_of  # noqa: E402
from calciroute.body.start import start_states  # noqa: E402
from calciroute.body.units import declared_units  # noqa: E402
from calciroute.body.values import values_at_start  # noqa: E402
from calciroute.engine.lanes import Lanes  # noqa: E402
from calciroute.tables.diet_inputs import read_diet_inputs  # noqa: E402
from calciroute.tables.domain import read_domain  # noqa: E402
from calciroute.tables.filtration import usual_decline  # noqa: E402
from calciroute.tables.people_fields import PeopleField, read_people_fields  # noqa: E402
from calciroute.tables.person_inputs import read_person_inputs  # noqa: E402
from calciroute.units.expression import convert  # noqa: E402
from person_over_domain import log_normal  # noqa: E402

Put = Callable[[str, float, str], None]  # id, value, unit
CHANCE = 0.5  # that a value which a person may leave out is given
MOST_ALLELES = 2


@dataclass(frozen=True)
class DrawnPerson:
    """One person: who, what held until now, and what is taken during the run.

    Parameters
    ----------
    inputs : mapping of str to float
        Of the person, in declared units.
    regimen : Regimen
        Inputs of the start and of the run, doses, and the INR of an antagonist without a dose.
    """

    inputs: Mapping[str, float]
    regimen: Regimen = field(default_factory=Regimen)

    @property
    def before(self) -> dict[str, float]:
        """Inputs under which the start state is found."""
        return {**self.inputs, **self.regimen.before}

    @property
    def now(self) -> dict[str, float]:
        """Inputs of the run."""
        return {**self.inputs, **self.regimen.now}


def draw_person(body: Body, seed: int, number: int, days: int) -> DrawnPerson:
    """Person `number` of a seed, with a regimen for so many days."""
    inputs = _inputs(body, np.random.default_rng([seed, number, 0]))
    return DrawnPerson(inputs, draw_regimen(body, np.random.default_rng([seed, number, 1]), inputs, days))


def start(body: Body, persons: Sequence[DrawnPerson]) -> tuple[Lanes, tuple[str, ...]]:
    """Lanes of all persons, and words for those without a start (their states stay NaN: by the formula)."""
    before = [person.before for person in persons]
    found = _index_for_INR(body, persons)
    for place, index in found.items():
        before[place]["vka_target"] = index
    own = program_of(body).defaults.__getitem__
    starts = start_states(body, Lanes(len(persons), in_columns(before, own)))
    # Today's doses stand in the start as a constant flux; all else starts by the formulas under those inputs.
    names = [name for name in program_of(body).states if ":" not in name]
    begun = values_at_start(body, Lanes(len(persons), in_columns(before, own), starts.states), names)
    now = [
        {**person.now, **({"vka_target": found[place]} if place in found else {})}
        for place, person in enumerate(persons)
    ]
    lanes = Lanes(
        len(persons),
        in_columns(now, own),
        {name: begun[:, place] for place, name in enumerate(names)},
        doses_of([Lane(doses=person.regimen.doses) for person in persons]),
    )
    return lanes, starts.status


def _index_for_INR(body: Body, persons: Sequence[DrawnPerson]) -> dict[int, float]:
    """Index of an antagonist by place; 0 where no activity of VKOR is low enough for it."""
    places = [place for place, person in enumerate(persons) if person.regimen.INR is not None]
    if not places:
        return {}
    rows = [{**persons[place].before, "INR_target": persons[place].regimen.INR or 0.0} for place in places]
    columns = in_columns(rows, program_of(body).defaults.__getitem__)
    index = values_at_start(body, Lanes(len(places), columns), ["vka_for_INR"])[:, 0]
    return dict(zip(places, np.maximum(index, 0.0).tolist(), strict=True))


def _inputs(body: Body, random: np.random.Generator) -> dict[str, float]:
    units = declared_units(body)
    values = {
        row.id: convert(log_normal(row, random), row.unit, units[row.id])
        for row in body.numbers.values()
        if row.person_cv
    }
    fields = {
        f"{section}.{name}": one
        for section, named in read_people_fields("person_fields.csv").items()
        for name, one in named.items()
    }
    domain = read_domain()

    def put(name: str, value: float, unit: str) -> None:
        values[name] = convert(float(value), unit, units[name])

    female = float(random.integers(2))
    sex = "female" if female else "male"
    age = float(random.uniform(*_band(fields["person.age_years"])))
    for row in read_person_inputs():
        given = random.random() < CHANCE
        if row.field.startswith("genotype.") or row.only_for not in ("", sex) or row.input in _OWN_RULES:
            continue
        if row.kind == "switch" or row.field == "person.female":
            values[row.input] = female if row.field == "person.female" else float(random.integers(2))
        elif row.kind in ("value", "measured") and (given or row.input == "age_start"):
            value = age if row.input == "age_start" else float(random.uniform(*_band(fields[row.field])))
            bounds = domain.get(row.input)
            put(row.input, value if bounds is None else bounds.nearest(value), row.unit)
            if row.kind == "measured":
                values[row.partner] = 1.0
    if random.random() < CHANCE:
        systolic = float(random.uniform(*_band(fields["labs.SBP"])))
        low, high = _band(fields["labs.DBP"])
        put("SBP_measured", systolic, "mmHg")
        put("DBP_measured", random.uniform(low, min(high, systolic)), "mmHg")
        values["BP_is_measured"] = 1.0
    if female and random.random() < CHANCE:
        low, high = _band(fields["person.final_menstrual_period_age_years"])
        if age > low:
            put("FMP_age", random.uniform(low, min(high, age)), "y")
    if female and random.random() < CHANCE:
        values["takes_estrogen_therapy"] = 1.0
        put("estrogen_therapy_start_age", random.uniform(18.0, age), "y")
    bounds = domain["PTH_factor"]
    put("PTH_factor", random.uniform(bounds.lower, bounds.upper), bounds.unit)
    _filtration(values, put, float(random.uniform(*_band(fields["labs.eGFR"]))))
    values["VKORC1_A_alleles"] = float(random.integers(MOST_ALLELES + 1))
    star_2 = int(random.integers(MOST_ALLELES + 1))
    values["CYP2C9_star2_alleles"] = float(star_2)
    values["CYP2C9_star3_alleles"] = float(random.integers(MOST_ALLELES + 1 - star_2))
    _diet(put, fields, random)
    return values


# Drawn below with rules of their own: pressures in order, the menopause before today, therapy with its start.
_OWN_RULES = frozenset(
    {
        "SBP_measured", "DBP_measured", "FMP_age", "takes_estrogen_therapy", "estrogen_therapy_start_age",
        "vka_target",
    }
)  # fmt: skip


def _filtration(values: dict[str, float], put: Put, measured: float) -> None:
    """As for a person file: the core reads it inside its domain, vitamin K reads the true value."""
    inside = read_domain()["eGFR_start"].nearest(measured)
    put("eGFR_start", inside, "mL/min")
    put("eGFR_offset", measured - inside, "mL/min")
    put("eGFR_decline", usual_decline(measured)[0], "mL/min/y")


def _diet(put: Put, fields: Mapping[str, PeopleField], random: np.random.Generator) -> None:
    bounds = read_domain()["diet_calcium"]
    calcium = bounds.nearest(float(random.uniform(*_band(fields["diet.calcium"]))))
    shares = iter(random.dirichlet((4.0, 4.0, 4.0)))
    sums: dict[str, tuple[float, str]] = {}
    for row in read_diet_inputs():
        if row.nutrient == "calcium":
            put(row.input, calcium * 3.0 * row.factor * float(next(shares)), row.unit)
            continue
        name = "MK7" if row.nutrient == "MK7_dairy" else row.nutrient
        eaten = float(random.uniform(*_band(fields[f"diet.{name}"]))) * row.factor
        sums[row.input] = (sums.get(row.input, (0.0, ""))[0] + eaten, row.unit)
    for name, (amount, unit) in sums.items():
        put(name, amount, unit)


def _band(one: PeopleField) -> tuple[float, float]:
    assert one.lower is not None
    assert one.upper is not None
    return one.lower, one.upper
