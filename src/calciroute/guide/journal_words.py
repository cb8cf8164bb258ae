"""From words to the content of an entry: each kind is read by the reader that files use.

What is asked about or refused there is asked about or refused here; the words are never changed.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import replace
from typing import NoReturn

from calciroute.errors import InputError, Problem
from calciroute.guide.journal_entry import WORD_LIMIT, Content, Kind, Reading, day_problem, text_problems
from calciroute.intake.diary_dates import read_dates
from calciroute.intake.products import Product, parse_product
from calciroute.intake.substance_amount import find_substance, printed
from calciroute.people.lab_outcome import LabOutcome, LabQuestion, LabRefusal
from calciroute.people.lab_pressure import NAME as BLOOD_PRESSURE
from calciroute.people.lab_questions import either
from calciroute.people.lab_reading import LabReading
from calciroute.people.lab_section import problem_of
from calciroute.people.lab_text import read_lab, read_lab_line
from calciroute.people.medicines import recognise
from calciroute.tables.people_fields import read_people_fields
from calciroute.units.quantity import QuantityError, parse_quantity, shown_unit

EXAMPLES: dict[Kind, str] = {
    "dose": "MK-7 180 mcg softgel",
    "food": "50 g natto",
    "pressure": "138/82",
    "lab": "25-OH Vitamin D 22 ng/mL",
    "weight": "66 kg",
    "symptom": "leg cramps at night",
    "note": "new box opened",
}
_LABS = frozenset({BLOOD_PRESSURE, "SBP", "DBP"})


def understand(
    kind: Kind,
    text: str,
    day: datetime.date,
    clock: str = "",
    *,
    taken: bool | None = None,
    assay: str = "",
    maker: str = "",
    today: datetime.date | None = None,
) -> Content:
    """Read what a person wants to keep.

    Parameters
    ----------
    kind : str
        One of `calciroute.guide.journal_entry.KINDS`.
    text : str
        In the person's words: a product or medicine, a food, ``138/82``, a line of a report, ``66 kg``.
    day : date
        The day it speaks of, up to today.
    clock : str, optional
        ``HH:MM``, or empty.
    taken : bool, optional
        Of a dose: whether it was taken; True by default.
    assay, maker : str, optional
        Of a laboratory value or a scan.
    today : date, optional
        The day of the clock on the wall by default.

    Returns
    -------
    Content
        The words as given, and what was understood.

    Raises
    ------
    InputError
        For words that say too little, with every way to read them; nothing is guessed.

    Examples
    --------
    >>> day = datetime.date(2026, 3, 1)
    >>> [(one.name, one.value, one.unit) for one in understand("pressure", "138/82", day).readings]
    [('SBP', 138.0, 'mmHg'), ('DBP', 82.0, 'mmHg')]
    >>> understand("lab", "25OHD 55", day)
    Traceback (most recent call last):
    calciroute.errors.InputError: lab '25OHD 55': 25OHD 55 has no unit: 55 nmol/L or 55 ...
    """
    text = text.strip()
    problems = text_problems(text, "")
    for what, word in (("assay", assay), ("maker", maker)):
        problems += text_problems(word, "", what=what, limit=WORD_LIMIT)
    if not text:
        problems.append(Problem("", f"{kind}: nothing is written", "what is to be kept", EXAMPLES[kind]))
    if (wrong_day := day_problem(day, today or datetime.date.today(), "")) is not None:
        problems.append(wrong_day)
    if taken is not None and kind != "dose":
        problems.append(Problem("", f"a {kind} is not taken or missed", "--missed for a dose alone"))
    if (assay or maker) and kind != "lab":
        problems.append(Problem("", f"a {kind} has no assay and no maker", "both for a lab value alone"))
    if problems:
        raise InputError(problems)
    readings = _READERS[kind](text, day, assay, maker)
    said = (True if taken is None else taken) if kind == "dose" else None
    return Content(day, clock, text, said, assay, maker, readings)


def read_when(text: str, now: datetime.datetime) -> tuple[datetime.date, str]:
    """Read ``2026-03-01`` or ``2026-03-01 08:30``.

    Parameters
    ----------
    text : str
        A day, and a time of day if known.
    now : datetime
        The clock on the wall; an empty text means it.

    Returns
    -------
    tuple of date and str
        Day and ``HH:MM``, empty where no time was given.

    Raises
    ------
    InputError
        For a text that is no day, or may be two.

    Examples
    --------
    >>> read_when("1.3.2026 8:30", datetime.datetime(2026, 3, 2, 7, 15))
    (datetime.date(2026, 3, 1), '08:30')
    """
    if not text.strip():
        return now.date(), now.strftime("%H:%M")
    words = text.replace("T", " ").split()
    problems: list[Problem] = []
    (day,) = read_dates([("", words[0])], problems)
    clock = (
        re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::[0-5][0-9])?", words[1])
        if len(words) == 2
        else None
    )
    if len(words) > 2 or (len(words) == 2 and clock is None):
        problems.append(Problem("", f"'{text[:40]}' is not a day with a time", "year-month-day HH:MM",
                                "--on '2026-03-01 08:30'"))  # fmt: skip
    if problems or day is None:
        raise InputError(problems or [Problem("", f"'{text[:40]}' is not a day", "2026-03-01")])
    return day, f"{int(clock[1]):02d}:{clock[2]}" if clock else ""


def shown(reading: Reading) -> str:
    """A reading as screens print it.

    Parameters
    ----------
    reading : Reading
        As understood.

    Returns
    -------
    str
        Three digits at most, with its unit.

    Examples
    --------
    >>> shown(Reading("25OHD", "", 54.912, "nmol/L"))
    '25OHD 54.9 nmol/L'
    """
    if reading.value is None:
        return reading.name
    value = f"{reading.value:.3g}" if abs(reading.value) < 1000 else f"{reading.value:.0f}"
    return f"{reading.name} {reading.sign}{value} {shown_unit(reading.unit)}".strip()


def _words(text: str, day: datetime.date, assay: str, maker: str) -> tuple[Reading, ...]:
    return ()


def _dose(text: str, day: datetime.date, assay: str, maker: str) -> tuple[Reading, ...]:
    """A product, a medicine, or a name that no table has: that one is kept, and said to be unknown."""
    try:
        return tuple(_of_product(parse_product(text)))
    except InputError as wrong:
        medicine = recognise(text)
        if medicine.recognised:
            return (Reading(" + ".join(medicine.ingredients) or text, remarks=("a medicine",)),)
        if _names_a_substance(text):
            # A known substance in an amount or form that cannot be: a slip of the pen, not a new name.
            _refuse("dose", text, [*wrong.problems])
        near = f", near {medicine.near[0]}" if medicine.near else ""
        return (Reading(text, remarks=(f"not recognised{near}: kept as written",)),)


def _names_a_substance(text: str) -> bool:
    words = text.split()
    return any(find_substance(" ".join(words[:count])) for count in range(1, len(words) + 1))


def _of_product(product: Product) -> list[Reading]:
    return [
        Reading(printed(one.substance), value=one.amount, unit=one.unit)
        if one.modelled
        else Reading(one.written, remarks=("not simulated",))
        for one in product.contents
    ]


def _weight(text: str, day: datetime.date, assay: str, maker: str) -> tuple[Reading, ...]:
    field = read_people_fields("person_fields.csv")["person"]["weight_kg"]
    try:
        value = parse_quantity(text, frozenset({"kg"})).value
    except QuantityError as wrong:
        found = str(wrong).split(" Allowed")[0].split(" Near")[0]
        _refuse("weight", text, [Problem("", found, "a weight in kg", f"66 kg; {field.outside}")])
    assert field.lower is not None
    assert field.upper is not None
    if not field.lower <= value <= field.upper:
        _refuse("weight", text, [Problem("", f"{value:g} kg", field.band, field.outside)])
    return (Reading("weight", value=value, unit="kg"),)


def _pressure(text: str, day: datetime.date, assay: str, maker: str) -> tuple[Reading, ...]:
    return _readings("pressure", text, read_lab(BLOOD_PRESSURE, text, date=day))


def _lab(text: str, day: datetime.date, assay: str, maker: str) -> tuple[Reading, ...]:
    outcome = read_lab_line(text)
    if isinstance(outcome, tuple) and (assay or maker):
        name, value = outcome[0].name, outcome[0].written
        if name not in _LABS:
            outcome = read_lab(name, value, date=day, assay=assay, maker=maker)
    return _readings("lab", text, outcome)


def _readings(kind: Kind, text: str, outcome: LabOutcome) -> tuple[Reading, ...]:
    if isinstance(outcome, LabQuestion):
        # Its answers as they are typed here; `problem_of` has them as lines of a file.
        asked = problem_of(outcome, "")
        ways = [
            choice.text if kind == "pressure" else f"{choice.name} {choice.text}"
            for choice in outcome.choices
        ]
        _refuse(kind, text, [replace(asked, advice=either([f"'{way}'" for way in ways]))])
    if isinstance(outcome, LabRefusal):
        _refuse(kind, text, [replace(problem_of(outcome, ""), advice=f"'{EXAMPLES[kind]}'")])
    return tuple(_reading(one) for one in outcome)


def _reading(one: LabReading) -> Reading:
    return Reading(one.name, one.limit, one.value, one.unit, one.remarks)


def _refuse(kind: str, text: str, problems: list[Problem]) -> NoReturn:
    """What was typed stands in front, so that it can be mended and typed again."""
    typed = text if len(text) <= 60 else text[:57] + "..."
    raise InputError(Problem(f"{kind} '{typed}'", one.found, one.expected, one.advice) for one in problems)


_READERS: dict[Kind, Callable[[str, datetime.date, str, str], tuple[Reading, ...]]] = {
    "dose": _dose,
    "food": _words,
    "pressure": _pressure,
    "lab": _lab,
    "weight": _weight,
    "symptom": _words,
    "note": _words,
}
