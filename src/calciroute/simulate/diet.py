"""What a person eats, as constant inputs; a nutrient that is not known takes the reference diet."""

from __future__ import annotations

from collections.abc import Mapping

from calciroute.body.assembly import Body
from calciroute.body.units import declared_units
from calciroute.people.person_model import PersonDiet
from calciroute.simulate.person_inputs import ModelInputs, default_value
from calciroute.simulate.result import Assumption
from calciroute.tables.diet_inputs import DietInput, read_diet_inputs
from calciroute.tables.domain import read_domain
from calciroute.tables.people_fields import read_people_fields
from calciroute.units.expression import convert
from calciroute.units.quantity import shown_unit

_CALCIUM = "calcium"
_DAIRY = "MK7_dairy"
_DIET_CALCIUM = "diet_calcium"


def add_diet(
    inputs: ModelInputs,
    body: Body,
    amounts: Mapping[str, float],
    reasons: Mapping[str, str],
) -> None:
    """Set the inputs of the diet.

    Parameters
    ----------
    inputs : ModelInputs
        Changed.
    body : Body
        Whose units and reference diet.
    amounts : mapping of str to float
        By nutrient; ug/d for vitamers and mg/d for minerals. A nutrient that is missing is not known.
    reasons : mapping of str to str
        By nutrient: why it is not known.
    """
    known = dict(amounts)
    bounds = read_domain()[_DIET_CALCIUM]
    if _CALCIUM in known and bounds.nearest(known[_CALCIUM]) != known[_CALCIUM]:
        inside = bounds.nearest(known[_CALCIUM])
        inputs.notes.append(
            f"calcium {known[_CALCIUM]:.4g} {bounds.unit} in food is set to {inside:g}: {bounds.note}."
        )
        known[_CALCIUM] = inside
    groups: dict[str, list[DietInput]] = {}
    for row in read_diet_inputs():
        groups.setdefault(row.input, []).append(row)
    said: set[str] = set()
    for name, rows in groups.items():
        missing = [row.nutrient for row in rows if row.nutrient not in known and row.nutrient != _DAIRY]
        for row in rows:
            if row.nutrient in known:
                add = inputs.add if name in inputs.values else inputs.set
                add(body, name, known[row.nutrient] * row.factor, row.unit)
        if not missing:
            continue
        rest = default_value(body, name)
        if name in inputs.values:
            # MK-8 without MK-9: what is left of the reference for both stands for the one that is missing.
            rest = max(rest - inputs.values[name], 0.0)
            inputs.values[name] += rest
        field = " and ".join(f"diet.{nutrient}" for nutrient in missing)
        if field not in said:
            inputs.assumptions.append(_stand_in(body, rows[0], field, rest, reasons.get(missing[0])))
        said.add(field)


def _stand_in(body: Body, row: DietInput, field: str, rest: float, reason: str | None) -> Assumption:
    """What stands for a nutrient that is not known, in the unit that people write it in."""
    number = body.numbers[row.input]
    amount = convert(rest, declared_units(body)[row.input], row.unit) / row.factor
    unit = shown_unit(read_people_fields("person_fields.csv")["diet"][row.nutrient].unit)
    why = reason or number.note.removeprefix("input:").strip()
    return Assumption(field, f"{amount:.4g} {unit}", why, number.source)


def without_term(diet: PersonDiet) -> list[Assumption]:
    """What a person wrote about the diet and no input of the model reads.

    Parameters
    ----------
    diet : PersonDiet
        As read.

    Returns
    -------
    list of Assumption
        One a field.
    """
    read = {row.nutrient for row in read_diet_inputs()}
    unread = [name for name in diet.amounts if name not in read]
    if diet.fermented_foods_per_week is not None:
        unread.append("fermented_foods_per_week")
    return [Assumption(f"diet.{name}", "without effect", "no input of the model reads it") for name in unread]
