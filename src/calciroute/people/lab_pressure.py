"""Blood pressure: two numbers in one field."""

from __future__ import annotations

from calciroute.people.lab_outcome import LabChoice, LabOutcome, LabQuestion
from calciroute.people.lab_questions import either, unmistakable
from calciroute.people.lab_reading import LabReading
from calciroute.people.lab_value import Beside, lab_field, refusal
from calciroute.people.lab_ways import is_plausible
from calciroute.people.lab_written import take_apart
from calciroute.tables.lab_tests import read_lab_tests
from calciroute.tables.lab_units import LabUnit, read_lab_units
from calciroute.units.printed_unit import fold_unit
from calciroute.units.quantity import QuantityError

NAME = "blood_pressure"
_FIELDS = ("SBP", "DBP")


def read_pressure(text: str, beside: Beside) -> LabOutcome:
    """Read systolic over diastolic pressure.

    Parameters
    ----------
    text : str
        Such as ``138/82 mmHg``; without a unit it is mmHg, or asked about where it cannot be.
    beside : Beside
        Date of the measurement.

    Returns
    -------
    tuple of LabReading, LabQuestion or LabRefusal
        Readings named SBP and DBP, in mmHg.

    Examples
    --------
    >>> [(one.name, one.value) for one in read_pressure("138/82", Beside())]
    [('SBP', 138.0), ('DBP', 82.0)]
    >>> read_pressure("13,8/8,2", Beside()).question
    'blood_pressure 13,8/8,2: 13.8/8.2 cmHg (138/82 mmHg) or 13.8/8.2 kPa (104/61.5 mmHg)?'
    """
    units = {fold_unit(unit): one for unit, one in read_lab_units()[NAME].items()}
    try:
        written = take_apart(text, lambda unit: fold_unit(unit) in units)
    except QuantityError as wrong:
        return refusal(NAME, text, str(wrong))
    if len(written.numbers) != 2 or written.limit or written.comment:
        return refusal(NAME, text, f"'{text}' is not two numbers, systolic over diastolic")
    if any(len(readings) > 1 for readings in written.numbers):
        return refusal(NAME, text, f"'{text}' has a mark before three digits")
    pair = (written.numbers[0][0], written.numbers[1][0])
    if pair[0] <= pair[1]:
        return refusal(NAME, text, f"'{text}' has a systolic value that is not above the diastolic one")
    unit = units.get(fold_unit(written.unit))
    if written.unit and unit is None:
        return refusal(NAME, text, f"unit '{written.unit}' in '{text}' is not one of pressure")
    remarks: tuple[str, ...] = ()
    if unit is None:
        fitting = [one for one in units.values() if _fits(pair, one)]
        alone = units[fold_unit(read_lab_tests()[NAME].alone)]
        if fitting and alone not in fitting:
            return _asked(text, pair, fitting)
        unit, remarks = alone, (f"no unit given: taken as {alone.unit}",)
    if not _fits(pair, unit):
        values = "/".join(f"{unit.to_field(one):.3g}" for one in pair)
        bands = " over ".join(lab_field(name).band for name in _FIELDS)
        found = f"is {values} mmHg, where people have {bands}"
        return refusal(NAME, text, found)
    return tuple(
        LabReading(
            name=name,
            written=text,
            value=unit.to_field(number),
            unit=lab_field(name).unit,
            date=beside.date,
            remarks=remarks,
        )
        for name, number in zip(_FIELDS, pair, strict=True)
    )


def _fits(pair: tuple[float, float], unit: LabUnit) -> bool:
    return all(is_plausible(name, unit.to_field(one)) for name, one in zip(_FIELDS, pair, strict=True))


def _asked(text: str, pair: tuple[float, float], units: list[LabUnit]) -> LabQuestion:
    choices = []
    for unit in sorted(units, key=lambda one: one.unit):
        shown = "/".join(f"{one:g}" for one in pair)
        level = "/".join(f"{unit.to_field(one):.3g}" for one in pair)
        written = "/".join(unmistakable(one) for one in pair)
        choices.append(LabChoice(f"{shown} {unit.unit} ({level} mmHg)", NAME, f"{written} {unit.unit}"))
    return LabQuestion(
        name=NAME,
        written=text,
        found=f"{NAME} {text} has no unit and is no pressure in mmHg",
        question=f"{NAME} {text}: {either([choice.words for choice in choices])}?",
        choices=tuple(choices),
    )
