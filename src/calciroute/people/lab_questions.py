"""Questions about a laboratory value, each with the answers that can be given back."""

from __future__ import annotations

from collections.abc import Sequence

from calciroute.people.lab_outcome import LabChoice, LabQuestion, LabRefusal
from calciroute.people.lab_reading import LabReading
from calciroute.people.lab_ways import Way, is_plausible
from calciroute.people.lab_written import WrittenValue
from calciroute.tables.lab_tests import LabTest
from calciroute.tables.lab_units import LabUnit, read_lab_units
from calciroute.tables.people_fields import read_people_fields
from calciroute.units.quantity import shown_unit


def without_unit(test: LabTest, text: str, written: WrittenValue) -> LabQuestion | LabRefusal:
    """Ask which unit a bare number has; all readings are shown, those that nobody has are marked.

    Parameters
    ----------
    test : LabTest
        What it is a value of.
    text : str
        As written.
    written : WrittenValue
        Without a unit.

    Returns
    -------
    LabQuestion or LabRefusal
        A refusal where nobody has the number in any unit.
    """
    units = [read_lab_units()[test.test][unit] for unit in test.ask]
    ways = [
        Way(number, unit, number if unit.factor is None else unit.to_field(number))
        for unit in units
        for number in written.numbers[0]
    ]
    asked = _asked(test, text, f"{test.test} {text} has no unit", written, ways)
    if any(_fits(test, way, written) for way in ways):
        return asked
    field = read_people_fields("person_fields.csv")["labs"][test.test]
    return LabRefusal(test.test, text, f"{asked.found} and is no value in any", field.band, field.pattern)


def two_numbers(test: LabTest, text: str, unit: LabUnit, written: WrittenValue) -> LabQuestion:
    """Ask whether a mark parts decimals or thousands.

    Parameters
    ----------
    test : LabTest
        What it is a value of.
    text : str
        As written.
    unit : LabUnit
        Its unit.
    written : WrittenValue
        With two ways to read its number.

    Returns
    -------
    LabQuestion
    """
    numbers = written.numbers[0]
    ways = [Way(number, unit, number if unit.factor is None else unit.to_field(number)) for number in numbers]
    small, large = (f"{number:g}" for number in numbers)
    return _asked(test, text, f"{test.test} '{text}' may be {small} or {large}", written, ways)


def other_test(test: LabTest, text: str, readings: Sequence[LabReading]) -> LabQuestion | None:
    """Ask whether a value belongs to the test of nearly the same name.

    Parameters
    ----------
    test : LabTest
        What it was given for.
    text : str
        As written.
    readings : sequence of LabReading
        What the other test makes of it; empty for nothing.

    Returns
    -------
    LabQuestion or None
        None when the other test does not fit either.
    """
    if not readings:
        return None
    meaning = read_people_fields("person_fields.csv")["labs"]
    other = readings[0].name
    return LabQuestion(
        name=test.test,
        written=text,
        found=f"{test.test} {text} is no value of {meaning[test.test].meaning}",
        question=f"{test.test} {text}: is it {meaning[other].meaning}?",
        choices=(LabChoice(f"{meaning[other].meaning} {text}", other, text),),
    )


def which_test(name: str, text: str, choices: Sequence[LabChoice]) -> LabQuestion:
    """Ask which of several tests a printed name means.

    Parameters
    ----------
    name, text : str
        As written.
    choices : sequence of LabChoice
        At least one.

    Returns
    -------
    LabQuestion
    """
    words = [choice.words for choice in choices]
    return LabQuestion(
        name=name,
        written=text,
        found=f"'{name}' {text} fits more than one test",
        question=f"{name} {text}: {either(words)}?",
        choices=tuple(choices),
    )


def choice_of(test: LabTest | str, number: float, unit: LabUnit, limit: str = "") -> LabChoice:
    """One way to read a number, as an answer that can be given back."""
    name = test if isinstance(test, str) else test.test
    own = read_people_fields("person_fields.csv")["labs"][name].unit
    written = f"{limit} {unmistakable(number)} {unit.unit}".strip()
    words = f"{limit} {number:g} {shown_unit(unit.unit)}".strip()
    if unit.factor is not None and unit.unit != own:
        words += f" ({shown_number(unit.to_field(number))} {shown_unit(own)})"
    return LabChoice(words, name, written)


def unmistakable(number: float) -> str:
    """A number that no mark can make two numbers of: never three digits behind the point."""
    text = f"{number:.12f}".rstrip("0").rstrip(".")
    return f"{text}0" if "." in text and len(text.split(".")[1]) == 3 else text


def shown_number(value: float) -> str:
    """Three significant digits, and never an exponent."""
    return f"{value:.3g}" if abs(value) < 999.5 else f"{value:.0f}"


def either(words: Sequence[str]) -> str:
    """Words parted by commas and ``or``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _asked(test: LabTest, text: str, found: str, written: WrittenValue, ways: Sequence[Way]) -> LabQuestion:
    choices = [choice_of(test, way.number, way.unit, written.limit) for way in ways]
    good = [_fits(test, way, written) for way in ways]
    words = [
        choice.words if fits else f"{choice.words}, which nobody has"
        for choice, fits in zip(choices, good, strict=True)
    ]
    kept = [choice for choice, fits in zip(choices, good, strict=True) if fits]
    return LabQuestion(
        name=test.test,
        written=text,
        found=found,
        question=f"{test.test} {text}: {either(words)}?",
        choices=tuple(kept or choices),
    )


def _fits(test: LabTest, way: Way, written: WrittenValue) -> bool:
    return way.unit.factor is None or is_plausible(test.test, way.value, written.limit)
