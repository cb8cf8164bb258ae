"""Laboratory values, scans and pressures: as they were given, and as the model uses them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from calciroute.people.dxa import counted_from
from calciroute.people.lab_text import is_from_creatinine
from calciroute.people.lab_use import UsedReading, sort_readings
from calciroute.people.not_for_person import NOT_FOR_PERSON
from calciroute.report.amounts import BOUND, MINUS
from calciroute.report.numerals import as_printed, with_unit
from calciroute.report.plan_words import joined
from calciroute.simulate.dated_readings import reason_for_field
from calciroute.tables.nomenclature import find_name
from calciroute.tables.people_fields import read_people_fields

if TYPE_CHECKING:
    from calciroute.people.lab_reading import LabReading
    from calciroute.people.person_model import Person

LAB_COLUMNS = ("test", "as given", "as used", "how it was read")
_NOT_USED = "not used as today's value: "
_WITH_OTHERS = "own growth and start, with its other dates"
_LIMIT_WORDS = {"<": "below ", ">": "above ", "": ""}


@dataclass(frozen=True)
class LabRow:
    """One reading in words.

    Parameters
    ----------
    name : str
        Test.
    given : str
        As written, with its date.
    used : str
        Value and unit that the model uses; a reason where it uses none as today's value.
    how : str
        What was understood, in sentences; may be empty.
    is_used : bool
        Whether the model uses it.
    """

    name: str
    given: str
    used: str
    how: str
    is_used: bool

    @property
    def changed(self) -> bool:
        """Whether it is used in other words than it was given."""
        return self.used.replace(BOUND, " ") != self.given


def lab_rows(person: Person, dated: Collection[str] = ()) -> tuple[LabRow, ...]:
    """Every reading of a person, used or not.

    Parameters
    ----------
    person : Person
        As read.
    dated : collection of str, optional
        Fields whose dated readings all speak of growth and start.

    Returns
    -------
    tuple of LabRow
        In the order of the file.

    Examples
    --------
    >>> from calciroute.people.lab_text import read_lab
    >>> from calciroute.people.person_model import Person
    >>> person = Person(sex="female", age_years=62.0, lab_readings=read_lab("25OHD", "22 ng/mL"))
    >>> lab_rows(person)[0].used.replace(chr(160), " ")
    '54.9 nmol/L'
    """
    told = sort_readings(person.lab_readings)
    days = {one.reading.date for one in told if one.used and is_from_creatinine(one.reading)}
    # A creatinine stands in the line of the filtration that follows from it.
    return tuple(
        _row(one, dated, _why_not(one, person))
        for one in told
        if one.reading.name != "creatinine" or one.reading.date not in days
    )


def lab_sentences(rows: tuple[LabRow, ...]) -> tuple[str, ...]:
    """The readings in two sentences at most, for a terminal.

    Parameters
    ----------
    rows : tuple of LabRow
        From `lab_rows`.

    Returns
    -------
    tuple of str
        What is used, as given and as used; then what is read and not used, with the reason.

    Examples
    --------
    >>> lab_sentences((LabRow("CRP", "<0.6 mg/L", f"{_NOT_USED}a limit is no value", "", False),))
    ("Labs read, not used as today's value: CRP <0.6 mg/L (a limit is no value).",)
    """
    used = [
        f"{row.name} {row.given} → {row.used}" if row.changed else f"{row.name} {row.used}"
        for row in rows
        if row.is_used
    ]
    left = [f"{row.name} {row.given} ({row.used.removeprefix(_NOT_USED)})" for row in rows if not row.is_used]
    sentences = []
    if used:
        sentences.append(f"Labs, as given → as used: {'; '.join(used)}.")
    if left:
        sentences.append(f"Labs read, not used as today's value: {'; '.join(left)}.")
    return tuple(sentences)


def lab_record(person: Person, dated: Collection[str] = ()) -> list[dict[str, Any]]:
    """The readings for ``result.json``.

    Parameters
    ----------
    person : Person
        As read.
    dated : collection of str, optional
        As for `lab_rows`.

    Returns
    -------
    list of dict
        One for each reading, in the order of the file.
    """
    return [
        {
            "field": one.reading.name,
            "given": one.reading.written,
            "value": one.reading.value,
            "unit": one.reading.unit,
            "limit": one.reading.limit,
            "date": None if one.reading.date is None else one.reading.date.isoformat(),
            "assay": one.reading.assay,
            "maker": one.reading.maker,
            "used": not why,
            "why_not": why,
            "speaks_of_change": _speaks_of_change(one.reading, dated),
            "remarks": list(one.reading.remarks),
        }
        for one in sort_readings(person.lab_readings)
        for why in (_why_not(one, person),)
    ]


def _speaks_of_change(reading: LabReading, dated: Collection[str]) -> bool:
    return reading.name in dated and reading.date is not None


def _why_not(one: UsedReading, person: Person) -> str:
    """Why a reading stands behind nothing that is shown; empty where it does."""
    reason = reason_for_field(person, one.reading.name) if one.used else ""
    return f"{NOT_FOR_PERSON}, {reason}" if reason else one.why


def _row(one: UsedReading, dated: Collection[str], why: str) -> LabRow:
    reading = one.reading
    changes = _speaks_of_change(reading, dated)
    value = with_unit(f"{_LIMIT_WORDS[reading.limit]}{_number(reading)}", reading.unit)
    name, written = name_of_test(reading), reading.written.strip()
    if reference := counted_from(reading):
        value = f"{value} by {reference}"
    if is_from_creatinine(reading):
        name, written, value = "creatinine", written.removeprefix("creatinine "), f"eGFR {value}"
    beside = [words for words in (reading.assay, reading.maker) if words]
    remarks = [remark.rstrip(".") for remark in reading.remarks]
    return LabRow(
        name=name,
        given=written + (f" of {reading.date.isoformat()}" if reading.date else ""),
        used=_WITH_OTHERS if changes else f"{_NOT_USED}{why}" if why else value,
        how="; ".join([*([joined(beside)] if beside else []), *remarks]),
        is_used=changes or not why,
    )


def _number(reading: LabReading) -> str:
    """As it was written where nothing was converted; three digits where something was."""
    exact = f"{reading.value:g}"
    as_written = exact in reading.written.replace(",", ".") or reading.value >= 1000.0
    return exact.replace("-", MINUS) if as_written else as_printed(reading.value)


def name_of_test(reading: LabReading) -> str:
    """Printed name of a test, as tables of results print it."""
    known = find_name(reading.name, "lab")
    if known is not None:
        return known.name
    meaning = read_people_fields("person_fields.csv")["labs"][reading.name].meaning
    return meaning.removesuffix(" in serum").removesuffix(" in plasma").removesuffix(" in blood")
