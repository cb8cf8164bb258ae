"""What a person eats, as constant inputs; a nutrient that is not known takes the reference diet."""

from __future__ import annotations

from collections.abc import Mapping

from calciroute.body.assembly import Body
from calciroute.simulate.person_inputs import ModelInputs
from calciroute.simulate.result import Assumption
from calciroute.tables.diet_inputs import read_diet_inputs
from calciroute.tables.domain import read_domain
from calciroute.units.quantity import shown_unit

_CALCIUM = "calcium"
_DIET_CALCIUM = "diet_calcium"


def add_diet(
    inputs: ModelInputs, body: Body, amounts: Mapping[str, float], reasons: Mapping[str, str]
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
    missing: dict[str, str] = {}
    for row in read_diet_inputs():
        if row.nutrient in known:
            if row.input in inputs.values:
                inputs.add(body, row.input, known[row.nutrient] * row.factor, row.unit)
            else:
                inputs.set(body, row.input, known[row.nutrient] * row.factor, row.unit)
        elif row.nutrient != "MK7_dairy":
            missing.setdefault(row.nutrient, row.input)
    for nutrient, name in missing.items():
        number = body.numbers[name]
        if name in inputs.values:
            continue  # MK-8 without MK-9: their shared input is set
        inputs.assumptions.append(
            Assumption(
                f"diet.{nutrient}",
                f"{number.value:g} {shown_unit(number.unit)}",
                reasons.get(nutrient, number.note.removeprefix("input:").strip()),
                number.source,
            )
        )
