"""A person's own values as inputs of the model, and every default that had to stand in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from calciroute.body.assembly import Body
from calciroute.body.units import declared_units
from calciroute.people.not_for_person import (
    NOT_FOR_PERSON,
    Finding,
    not_for_person,
    reason_for_condition,
)
from calciroute.people.person_model import Person
from calciroute.simulate.antagonist import Antagonist
from calciroute.simulate.density_growth import DatedDensities
from calciroute.simulate.result import Assumption
from calciroute.simulate.score_growth import DatedScores
from calciroute.tables.domain import read_domain
from calciroute.tables.filtration import dialysis_filtration, usual_decline
from calciroute.tables.parameters import Parameter
from calciroute.tables.person_inputs import PersonInput, read_person_inputs
from calciroute.units.expression import convert
from calciroute.units.quantity import shown_unit

_OBESE_BMI = 30.0  # kg/m2, the boundary that the trials of the input BMI_above_30 drew


@dataclass
class ModelInputs:
    """Inputs in declared units, collected from person, diet and medicines.

    Parameters
    ----------
    values : dict of str to float
        By id.
    matched : list of tuple of PersonInput and float
        Laboratory values that an output is brought to at the start.
    assumptions : list of Assumption
        Defaults that were used.
    notes : list of str
        Inputs set to a bound, and the like.
    antagonist : Antagonist or None
        The vitamin K antagonist that the person takes.
    dated_scores : DatedScores or None
        Coronary calcium at several dates.
    dated_densities : list of DatedDensities
        Bone density at several dates, site by site.
    fixed : frozenset of str
        Ids that were set by hand: nothing is found for them.
    """

    values: dict[str, float] = field(default_factory=dict)
    matched: list[tuple[PersonInput, float]] = field(default_factory=list)
    assumptions: list[Assumption] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    antagonist: Antagonist | None = None
    fixed: frozenset[str] = frozenset()
    dated_scores: DatedScores | None = None
    dated_densities: list[DatedDensities] = field(default_factory=list)

    def set(self, body: Body, name: str, value: float, unit: str) -> None:
        """Set an input from a value in any unit of its dimension."""
        self.values[name] = convert(value, unit, declared_units(body)[name])

    def add(self, body: Body, name: str, value: float, unit: str) -> None:
        """Add to an input what comes from another source."""
        base = self.values.get(name, default_value(body, name))
        self.values[name] = base + convert(value, unit, declared_units(body)[name])


def default_value(body: Body, name: str) -> float:
    """Value of an input in the body's own table, in its declared unit.

    Parameters
    ----------
    body : Body
        Whose table.
    name : str
        Id of a row.

    Returns
    -------
    float
        In the declared unit.
    """
    row = body.numbers[name]
    return convert(row.value, row.unit, declared_units(body)[name])


def default_values(body: Body) -> dict[str, float]:
    """Values of all numbers in the body's own tables, in declared units.

    Parameters
    ----------
    body : Body
        Whose tables.

    Returns
    -------
    dict of str to float
        By id.
    """
    return {name: default_value(body, name) for name in body.numbers}


def person_inputs(person: Person, body: Body) -> ModelInputs:
    """What a person file says about the person, except diet, products and medicines.

    Parameters
    ----------
    person : Person
        As read.
    body : Body
        Whose units and defaults.

    Returns
    -------
    ModelInputs
        Values, laboratory values to match, defaults used and notes.
    """
    inputs = ModelInputs()
    given = _given(person)
    pressures = {"labs.SBP", "labs.DBP"}
    if len(pressures & given.keys()) == 1:
        alone = (pressures & given.keys()).pop()
        inputs.notes.append(f"{alone} is left out: a pressure counts with both its values.")
        del given[alone]
    rows = [row for row in read_person_inputs() if row.only_for in ("", person.sex)]
    for row in rows:
        value = given.get(row.field)
        # One condition that is denied leaves on what another has switched on.
        if value is not None and (value or row.kind != "switch" or row.input not in inputs.values):
            _apply(inputs, body, row, value)
    for row in rows:
        if row.when_unknown and row.field not in given and row.input not in inputs.values:
            inputs.assumptions.append(_default(body.numbers[row.input], row))
    _filtration(inputs, body, person)
    known = {row.field for row in read_person_inputs()} | {"conditions.dialysis"}
    findings = not_for_person(person)
    inputs.assumptions += [
        _without_term(name, findings)
        for name, holds in person.conditions.items()
        if holds and f"conditions.{name}" not in known
    ]
    return inputs


def _without_term(condition: str, findings: tuple[Finding, ...]) -> Assumption:
    reason = reason_for_condition(condition, findings)
    if reason is not None:
        return Assumption(f"conditions.{condition}", NOT_FOR_PERSON, reason)
    return Assumption(f"conditions.{condition}", "without effect", "the model has no term for it")


def _given(person: Person) -> dict[str, float]:
    given: dict[str, float] = {f"labs.{name}": value for name, value in person.labs.items()}
    given |= {f"conditions.{name}": float(holds) for name, holds in person.conditions.items()}
    given["person.female"] = float(person.sex == "female")
    given["person.age_years"] = person.age_years
    if person.body_mass_index is not None:
        given["person.BMI_above_30"] = float(person.body_mass_index > _OBESE_BMI)
    optional: Mapping[str, float | int | bool | None] = {
        "person.weight_kg": person.weight_kg,
        "person.final_menstrual_period_age_years": person.final_menstrual_period_age_years,
        "person.estrogen_therapy": person.estrogen_therapy,
        "person.estrogen_therapy_start_age_years": person.estrogen_therapy_start_age_years,
        "genotype.VKORC1_A_alleles": person.genotype.VKORC1_A_alleles,
        "genotype.CYP2C9_star2_alleles": person.genotype.CYP2C9_alleles(2),
        "genotype.CYP2C9_star3_alleles": person.genotype.CYP2C9_alleles(3),
        "habits.smoking_now": None if person.habits.smoking is None else person.habits.smoking == "current",
    }
    given |= {name: float(value) for name, value in optional.items() if value is not None}
    return given


def _apply(inputs: ModelInputs, body: Body, row: PersonInput, value: float) -> None:
    if row.kind in ("factor", "offset"):
        inputs.matched.append((row, value))
        return
    bounds = read_domain().get(row.input)
    if bounds is not None and bounds.nearest(value) != value:
        inside = bounds.nearest(value)
        shown = f"{row.field} {value:g} {shown_unit(row.unit)}"
        inputs.notes.append(f"{shown} is set to {inside:g} for the mineral core: {bounds.note}.")
        value = inside
    inputs.set(body, row.input, value, row.unit)
    if row.kind == "measured":
        inputs.values[row.partner] = 1.0


def _filtration(inputs: ModelInputs, body: Body, person: Person) -> None:
    """Filtration: the core reads it inside its domain, vitamin K reads the true value."""
    row = body.numbers["eGFR_start"]
    measured = person.labs.get("eGFR")
    if measured is None and person.has("dialysis"):
        measured, why = dialysis_filtration()
        inputs.assumptions.append(Assumption("labs.eGFR", f"{measured:g} mL/min", why))
    if measured is None:
        inputs.assumptions.append(
            Assumption("labs.eGFR", f"{row.value:g} {row.unit}", _reason(row), row.source)
        )
        return
    bounds = read_domain()["eGFR_start"]
    inside = bounds.nearest(measured)
    inputs.set(body, "eGFR_start", inside, "mL/min")
    inputs.set(body, "eGFR_offset", measured - inside, "mL/min")
    if inside != measured:
        inputs.notes.append(
            f"eGFR {measured:g} is outside {bounds.lower:g} to {bounds.upper:g} mL/min: calcium, phosphate, "
            "PTH, calcitriol and bone density are not for this population; vitamin K reads the true value."
        )
    decline, why = usual_decline(measured)
    inputs.set(body, "eGFR_decline", decline, "mL/min/y")
    inputs.assumptions.append(Assumption("decline of eGFR", f"{decline:g} mL/min a year", why))


def _default(number: Parameter, row: PersonInput) -> Assumption:
    if row.kind == "measured":
        return Assumption(row.field, "not measured", row.when_unknown)
    shown = f"{number.value:g} {shown_unit(number.unit)}".removesuffix(" 1")
    if row.kind == "switch":
        shown = "yes" if number.value else "no"
    return Assumption(row.field, shown, row.when_unknown, number.source)


def _reason(number: Parameter) -> str:
    return number.note.removeprefix("input:").strip() or "as the table says"
