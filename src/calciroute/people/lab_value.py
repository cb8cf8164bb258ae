"""The value of one known test: converted, asked about, or refused; never guessed."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from calciroute.people.dxa import DENSITY_FIELDS, T_SCORE, comparable, on_one_scale, read_score
from calciroute.people.lab_outcome import LabOutcome, LabQuestion, LabRefusal
from calciroute.people.lab_questions import other_test, two_numbers, without_unit
from calciroute.people.lab_reading import LabReading
from calciroute.people.lab_ways import Way, ways_to_read
from calciroute.people.lab_written import WrittenValue, take_apart
from calciroute.tables.lab_tests import LabTest, read_lab_tests
from calciroute.tables.lab_units import LabUnit, read_lab_units
from calciroute.tables.people_fields import PeopleField, read_people_fields
from calciroute.units.printed_unit import fold_unit, known_units
from calciroute.units.quantity import QuantityError, shown_unit

# Two values of one report that differ by more are two results.
_ROUNDING = 0.03


@dataclass(frozen=True)
class Beside:
    """What a report says beside a value.

    Parameters
    ----------
    date : date or None
        Day of the measurement.
    assay, maker : str
        Assay of the laboratory, maker of the scanner.
    """

    date: datetime.date | None = None
    assay: str = ""
    maker: str = ""


def lab_field(name: str) -> PeopleField:
    """Row of ``person_fields.csv`` of a test."""
    return read_people_fields("person_fields.csv")["labs"][name]


def read_value(name: str, text: str, beside: Beside, *, siblings: bool = True) -> LabOutcome:
    """Read a value of a test.

    Parameters
    ----------
    name : str
        Of ``lab_tests.csv``, but for ``blood_pressure``.
    text : str
        As a report prints it.
    beside : Beside
        What goes with it.
    siblings : bool, optional
        Whether a value that fits another test of nearly the same name is asked about.

    Returns
    -------
    tuple of LabReading, LabQuestion or LabRefusal

    Examples
    --------
    >>> round(read_value("25OHD", "22,5 ng/ml", Beside())[0].value, 2)
    56.16
    >>> read_value("25OHD", "55", Beside()).question
    '25OHD 55: 55 nmol/L or 55 ng/mL (137 nmol/L)?'
    >>> read_value("CRP", "< 0,5 mg/L", Beside())[0].limit
    '<'
    """
    if name in DENSITY_FIELDS:
        score = read_score(name, text, beside.maker)
        if score is not None:
            return _dated(score, beside)
    test, units = read_lab_tests()[name], read_lab_units()[name]
    folded = {fold_unit(unit): one for unit, one in units.items()}
    try:
        written = take_apart(text, lambda unit: fold_unit(unit) in folded)
    except QuantityError as wrong:
        return refusal(name, text, str(wrong))
    if len(written.numbers) > 1:
        return refusal(name, text, f"'{text}' holds two numbers")
    unit = folded.get(fold_unit(written.unit))
    if written.unit and unit is None:
        return _foreign_unit(test, text, written, siblings=siblings)
    if unit is None:
        if not test.alone:
            return without_unit(test, text, written)
        unit = units[test.alone]
    ways = ways_to_read(name, unit, written)
    if len(ways) > 1 or (ways and ways[0].by_thousands):
        return two_numbers(test, text, unit, written)
    if not ways:
        return _outside(test, text, unit, written, siblings=siblings)
    return _reading(test, text, ways[0], written, beside)


def refusal(name: str, text: str, found: str, advice: str = "") -> LabRefusal:
    """A refusal with the units of the test and its example.

    Parameters
    ----------
    name, text : str
        Field and value as written.
    found : str
        What is wrong.
    advice : str, optional
        The example of the field by default.

    Returns
    -------
    LabRefusal
    """
    units = [shown_unit(unit) for unit in read_lab_units()[name]]
    listed = units[0] if len(units) == 1 else f"{', '.join(units[:-1])} or {units[-1]}"
    return LabRefusal(
        name, text, f"{name} {found}", f"a value in {listed}", advice or lab_field(name).pattern
    )


def _reading(test: LabTest, text: str, way: Way, written: WrittenValue, beside: Beside) -> LabOutcome:
    agreed = _comment(test, text, way, written, beside)
    if isinstance(agreed, LabRefusal):
        return agreed
    assay = agreed or beside.assay
    reading = LabReading(
        name=test.test,
        written=text,
        value=way.value,
        unit=way.unit.unit if way.unit.factor is None else lab_field(test.test).unit,
        limit=written.limit,
        date=beside.date,
        assay=assay,
        maker=beside.maker,
        remarks=tuple(_remarks(test, way, written, assay)),
    )
    if test.test in DENSITY_FIELDS and not written.limit:
        scaled = on_one_scale(reading)
        return scaled if isinstance(scaled, LabRefusal) else (scaled,)
    return (reading,)


def _remarks(test: LabTest, way: Way, written: WrittenValue, assay: str) -> list[str]:
    unit, remarks = way.unit, []
    if way.chosen:
        remarks.append(f"read as {way.number:g}: its mark as one of thousands is outside what people have")
    if not written.unit and unit.unit != "INR":
        remarks.append(f"no unit given: taken as {_alone_words(unit.unit)}")
    if unit.factor is None:
        remarks.append(f"kept, not used by the model: {unit.note}")
    elif unit.basis in {"molar_mass", "equation"}:
        remarks.append(_conversion(test, unit))
    if test.test == "eGFR" and written.unit and "1.73" not in written.unit.replace(",", "."):
        remarks.append("taken as per 1.73 m2")
    if test.assay and not assay:
        remarks.append("the assay is not named, and results of two assays can differ")
    if written.limit:
        remarks.append("a limit: kept, never used as a value")
    if test.use == "kept":
        remarks.append(f"read, not used by the model: {test.reason}")
    return remarks


def _alone_words(unit: str) -> str:
    return "Agatston units" if unit == "AU" else unit


def _conversion(test: LabTest, unit: LabUnit) -> str:
    own = shown_unit(lab_field(test.test).unit)
    seen = unit.source if unit.source else "from memory, not verified"
    if unit.offset:
        return f"{own} = {unit.factor:g} times {shown_unit(unit.unit)} plus {unit.offset:g} ({seen})"
    note = "; as phosphorus" if "as phosphorus" in unit.note else ""
    return f"1 {shown_unit(unit.unit)} is {unit.factor:g} {own} ({seen}){note}"


def _comment(test: LabTest, text: str, way: Way, written: WrittenValue, beside: Beside) -> str | LabRefusal:
    """The assay in brackets; empty for none and for the same value in another unit."""
    if not written.comment:
        return ""
    again = read_value(test.test, written.comment, Beside(maker=beside.maker), siblings=False)
    if isinstance(again, tuple):
        own = comparable(test.test, way.value, beside.maker)
        same = abs(again[0].value - own) <= _ROUNDING * abs(own)
        # A T-score that gives no level cannot contradict one.
        if again[0].unit == T_SCORE or (same and again[0].limit == written.limit):
            return ""
        other_maker = f'{test.test} = {{ value = "{text}", maker = "GE Lunar" }}, the maker of the scanner'
        advice = other_maker if test.test in DENSITY_FIELDS and not beside.maker else ""
        return refusal(test.test, text, f"'{text}' holds two values that differ", advice)
    if test.assay and not beside.assay and any(sign.isalpha() for sign in written.comment):
        return written.comment
    return refusal(
        test.test, text, f"'{text}' has '{written.comment}' behind the value, which is not understood"
    )


def _foreign_unit(test: LabTest, text: str, written: WrittenValue, *, siblings: bool) -> LabOutcome:
    asked = other_test(test, text, _in_sibling(test, text)) if siblings else None
    if asked is not None:
        return asked
    if fold_unit(written.unit) in known_units() | {
        fold_unit(unit) for units in read_lab_units().values() for unit in units
    }:
        return refusal(test.test, text, f"'{text}' has the unit {shown_unit(written.unit)}")
    return refusal(test.test, text, f"unit '{written.unit}' in '{text}' is not known")


def _outside(test: LabTest, text: str, unit: LabUnit, written: WrittenValue, *, siblings: bool) -> LabOutcome:
    asked = other_test(test, text, _in_sibling(test, text)) if siblings and written.unit else None
    if asked is not None:
        return asked
    field = lab_field(test.test)
    value = unit.to_field(written.numbers[0][0])
    found = f"{test.test} is {value:.4g} {shown_unit(field.unit)}"
    return LabRefusal(test.test, text, found, field.band, field.outside or field.pattern)


def _in_sibling(test: LabTest, text: str) -> tuple[LabReading, ...]:
    if not test.sibling:
        return ()
    outcome = read_value(test.sibling, text, Beside(), siblings=False)
    return outcome if isinstance(outcome, tuple) else ()


def _dated(outcome: LabOutcome, beside: Beside) -> LabOutcome:
    if isinstance(outcome, LabQuestion | LabRefusal):
        return outcome
    return tuple(reading.model_copy(update={"date": beside.date}) for reading in outcome)
