"""What numbers set by hand stand over in a run, and the words that go with them.

A setting wins over the table, over a draw, over what the person file gives and over what a product brings.
Where a run finds a number by itself (from a laboratory value, a dose, another number), it is said which of
the two counts.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from calciroute.body.assembly import Body
from calciroute.body.values import value_at_start
from calciroute.body.variant import DEFAULT, Variant
from calciroute.errors import InputError, Problem
from calciroute.simulate.antagonist import DOSES, FOUND
from calciroute.simulate.arm import Arm
from calciroute.simulate.knowledge import followers
from calciroute.simulate.person_inputs import ModelInputs, default_value
from calciroute.simulate.result import Assumption
from calciroute.simulate.settings import OPTION, Setting
from calciroute.tables.diet_inputs import read_diet_inputs
from calciroute.tables.domain import read_domain
from calciroute.tables.person_inputs import read_person_inputs
from calciroute.units.expression import convert
from calciroute.units.quantity import shown_unit


def stand_over(inputs: ModelInputs, settings: Sequence[Setting], body: Body) -> tuple[Assumption, ...]:
    """Let settings win over what was found for the person.

    Parameters
    ----------
    inputs : ModelInputs
        Of the person; changed: a laboratory value is not met through a number that is set, and no default is
        listed for one.
    settings : sequence of Setting
        What was set.
    body : Body
        Whose defaults.

    Returns
    -------
    tuple of Assumption
        One a setting: what it is now, and what it was.

    Raises
    ------
    InputError
        For the dose of an antagonist, which belongs into the person file or a plan, where its notice hangs on
        it; for a number that is found from dose and INR; for a measured value that nothing would read.
    """
    values = {one.row.id: one.value for one in settings}
    problems = [*_antagonist_problems(values, inputs), *_unread(values, inputs, body)]
    if problems:
        raise InputError(problems)
    fields = _fields(values)
    for row, _ in inputs.matched:
        if row.input in values:
            inputs.notes.append(f"{row.field} is not met at the start: {row.input} was set by hand.")
    inputs.matched = [(row, value) for row, value in inputs.matched if row.input not in values]
    inputs.assumptions = [one for one in inputs.assumptions if one.field not in fields]
    return tuple(Assumption(one.row.id, one.text, _why(one, fields)) for one in settings)


def followed(body: Body, base: Mapping[str, float], settings: Sequence[Setting]) -> dict[str, float]:
    """Numbers that a setting carries with it at central values, as a draw does in the draws.

    Parameters
    ----------
    body : Body
        The body.
    base : mapping of str to float
        Numbers of the run, settings among them.
    settings : sequence of Setting
        What was set.

    Returns
    -------
    dict of str to float
        By id; empty when no setting moves such a number.

    Raises
    ------
    InputError
        When such a number has no value under what was set.
    """
    values = {one.row.id for one in settings}
    without = {name: value for name, value in base.items() if name not in values}
    found: dict[str, float] = {}
    for name, equation in followers().items() if settings else ():
        if name in base or name not in body.numbers:
            continue
        before, after = (value_at_start(body, numbers, equation) for numbers in (without, base))
        if not math.isfinite(after):
            shown = ", ".join(f"{one.row.id} = {one.text}" for one in settings)
            raise InputError(
                [Problem(OPTION, f"under {shown} {name} has no value", "values that leave it one")]
            )
        if before != after:
            # In proportion: the table has the number rounded, and its last digit is not what was set.
            found[name] = default_value(body, name) * after / before
    return found


def words_by_hand(
    settings: Sequence[Setting], variant: Variant, carried: Iterable[str], arms: Sequence[Arm]
) -> tuple[str, ...]:
    """What a reader has to know of a run that is not the default one.

    Parameters
    ----------
    settings : sequence of Setting
        What was set.
    variant : Variant
        The body of the run.
    carried : iterable of str
        Numbers that settings carried with them.
    arms : sequence of Arm
        Whose doses may move a number that was set.

    Returns
    -------
    tuple of str
        Sentences; none for the default body as it is.
    """
    lines = [] if variant.name == DEFAULT else [f"Body of this run: {variant.name}. {variant.description}"]
    if settings:
        shown = "; ".join(f"{one.row.id} = {one.text} instead of {_table_value(one)}" for one in settings)
        lines.append(f"Set by hand: {shown}.")
    lines += [f"{one.renamed[0].upper()}{one.renamed[1:]}." for one in settings if one.renamed]
    lines += [f"{words}." for one in settings if (words := _outside_domain(one) or one.outside)]
    lines += [f"{name} follows: {followers()[name]} moves with what was set." for name in carried]
    for one in settings:
        name = one.row.id
        if name in followers():
            equation = followers()[name]
            lines.append(f"{name} stays as set; without the setting it follows {equation} in every draw.")
        moved = [arm.name for arm in arms if any(dose.target == name for dose in arm.swallowed)]
        if moved:
            lines.append(
                f"{name} is as set at the start; what changes it in {', '.join(moved)} comes on top."
            )
    return tuple(lines)


def _antagonist_problems(values: Mapping[str, float], inputs: ModelInputs) -> list[Problem]:
    problems = []
    for name in values:
        if name in DOSES and values[name] != 0.0:
            expected = "the medicine in the person file or in a plan, so that its notice stands on the result"
            problems.append(Problem(OPTION, f"{name} is the dose of an antagonist", expected))
        elif name in DOSES | FOUND and inputs.antagonist is not None:
            found = f"{name} is found from the dose and the INR of the antagonist taken"
            problems.append(Problem(OPTION, found, "dose and INR in the person file"))
    return problems


def _unread(values: Mapping[str, float], inputs: ModelInputs, body: Body) -> list[Problem]:
    """A measured value counts only where its flag says that somebody measured it."""
    problems: dict[str, Problem] = {}
    for row in read_person_inputs():
        if row.kind != "measured" or row.input not in values:
            continue
        flag = {**inputs.values, **values}.get(row.partner, default_value(body, row.partner))
        if flag == 0.0:
            found = f"{row.input} is read only where {row.partner} is 1"
            advice = f"{row.partner}=1 beside it, or {row.field} in the person file"
            problems[row.input] = Problem(OPTION, found, "both, or neither", advice)
    return list(problems.values())


def _fields(values: Mapping[str, float]) -> dict[str, str]:
    """Fields of a person file that set these inputs, with the input."""
    fields = {row.field: row.input for row in read_person_inputs() if row.input in values}
    return fields | {f"diet.{row.nutrient}": row.input for row in read_diet_inputs() if row.input in values}


def _why(one: Setting, fields: Mapping[str, str]) -> str:
    names = [field for field, name in fields.items() if name == one.row.id]
    over = f"; it stands over {' and '.join(names)} of the person file" if names else ""
    return f"set by hand instead of {_table_value(one)}, the same in every draw{over}"


def _table_value(one: Setting) -> str:
    return f"{one.row.value:g}" + ("" if one.row.unit == "1" else f" {shown_unit(one.row.unit)}")


def _outside_domain(one: Setting) -> str:
    bounds = read_domain().get(one.row.id)
    if bounds is None:
        return ""
    value = convert(one.printed, one.row.unit, bounds.unit)
    if bounds.nearest(value) == value:
        return ""
    unit = "" if bounds.unit == "1" else f" {shown_unit(bounds.unit)}"
    return f"{one.row.id} = {one.text} lies outside {bounds.lower:g} to {bounds.upper:g}{unit}: {bounds.note}"
