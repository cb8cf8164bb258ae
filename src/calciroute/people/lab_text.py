"""One laboratory text, as a report prints it: name and value in, readings, a question or a refusal out.

The reader of person files, the questions of ``new --ask`` and the tests all come here.
"""

from __future__ import annotations

import datetime
import re

from calciroute.errors import near_names
from calciroute.people.filtration import filtration_of
from calciroute.people.lab_outcome import LabChoice, LabOutcome, LabQuestion, LabRefusal
from calciroute.people.lab_pressure import NAME as BLOOD_PRESSURE
from calciroute.people.lab_pressure import read_pressure
from calciroute.people.lab_questions import which_test
from calciroute.people.lab_reading import LabReading
from calciroute.people.lab_value import Beside, lab_field, read_value, refusal
from calciroute.people.lab_ways import is_plausible
from calciroute.tables.lab_names import LabName, find_lab_name, fold_name, read_lab_names
from calciroute.tables.lab_tests import read_lab_tests
from calciroute.tables.lab_units import read_lab_units

# Begins the remark of an eGFR that was not printed but follows from creatinine.
_FROM_CREATININE = "from creatinine by "
_PARTED = re.compile(r"\s*[:=\t|;]\s*")


def read_lab(
    name: str,
    text: str,
    *,
    sex: str | None = None,
    age_years: float | None = None,
    date: datetime.date | None = None,
    assay: str = "",
    maker: str = "",
) -> LabOutcome:
    """Read one value of a laboratory report, a scan or a pressure.

    Parameters
    ----------
    name : str
        Field of ``[labs]``, or a printed name in one of the languages of ``lab_names.csv``.
    text : str
        The value as printed: limit, number, unit, flag, reference range in brackets.
    sex : {"female", "male"}, optional
        Needed, with `age_years`, to turn creatinine into an eGFR.
    age_years : float, y, optional
        On the day of the measurement.
    date : date, optional
        Day of the measurement.
    assay, maker : str, optional
        Assay of the laboratory, maker of a scanner.

    Returns
    -------
    tuple of LabReading, LabQuestion or LabRefusal
        Two readings for a blood pressure, and for creatinine with sex and age known: the creatinine and the
        eGFR that follows from it.

    Examples
    --------
    >>> [round(one.value, 1) for one in read_lab("Vitamin D (25-OH)", "22 ng/mL")]
    [54.9]
    >>> read_lab("Kalzium", "1,22 mmol/l").question
    'calcium 1,22 mmol/l: is it ionised calcium in blood?'
    >>> [one.name for one in read_lab("Kreatinin", "88 µmol/l", sex="female", age_years=62.0)]
    ['creatinine', 'eGFR']
    >>> read_lab("Quick", "95 %").found
    "'Quick' is not a test that is read here: this is a share of normal clotting and not the INR, ..."
    """
    known = find_lab_name(name)
    if known is None:
        return _unknown(name, text)
    if not known.tests:
        found = f"'{name}' is not a test that is read here: {known.not_this}"
        return LabRefusal(name, text, found, "a field of [labs]", "leave it out")
    beside = Beside(date, assay, maker)
    if not text.strip():
        return refusal(known.tests[0], text, "is empty")
    if len(known.tests) > 1:
        return _one_of(name, known, text, beside)
    outcome = _read(known.tests[0], text, beside)
    return _with_filtration(outcome, text, sex, age_years)


def is_from_creatinine(reading: LabReading) -> bool:
    """Whether an eGFR follows from creatinine instead of standing on the report."""
    return reading.name == "eGFR" and any(remark.startswith(_FROM_CREATININE) for remark in reading.remarks)


def read_lab_line(line: str, *, sex: str | None = None, age_years: float | None = None) -> LabOutcome:
    """Read a line of a report: name, then value.

    Parameters
    ----------
    line : str
        Such as ``Kreatinin 88 µmol/l`` or ``25-OH Vitamin D: 22 ng/mL``.
    sex, age_years
        As of `read_lab`.

    Returns
    -------
    tuple of LabReading, LabQuestion or LabRefusal

    Examples
    --------
    >>> read_lab_line("25-OH Vitamin D 22 ng/mL")[0].name
    '25OHD'
    """
    for cut in _PARTED.finditer(line):
        name, text = line[: cut.start()], line[cut.end() :]
        if find_lab_name(name) is not None and text.strip():
            return read_lab(name, text, sex=sex, age_years=age_years)
    words = line.split()
    for count in range(len(words) - 1, 0, -1):
        name = " ".join(words[:count])
        # Names are looked up without their signs: a limit sign that stands alone belongs to the value.
        if any(mark.isalnum() for mark in words[count - 1]) and find_lab_name(name) is not None:
            return read_lab(name, " ".join(words[count:]), sex=sex, age_years=age_years)
    return _unknown(line, line)


def _read(test: str, text: str, beside: Beside, *, siblings: bool = True) -> LabOutcome:
    if test == BLOOD_PRESSURE:
        return read_pressure(text, beside)
    return read_value(test, text, beside, siblings=siblings)


def _one_of(name: str, known: LabName, text: str, beside: Beside) -> LabOutcome:
    """A name of several tests: the value has to tell them apart."""
    outcomes = [_read(test, text, beside, siblings=False) for test in known.tests]
    read = [outcome for outcome in outcomes if isinstance(outcome, tuple)]
    asked = [outcome for outcome in outcomes if isinstance(outcome, LabQuestion)]
    if len(read) == 1 and not asked:
        only = lab_field(read[0][0].name).meaning
        remark = f"'{name}' is read as {only}: its value fits no other test of this name"
        return tuple(one.model_copy(update={"remarks": (remark, *one.remarks)}) for one in read[0])
    fields = {test: lab_field(test).meaning for test in known.tests}
    choices = [LabChoice(f"{fields[one[0].name]} {text}", one[0].name, text) for one in read]
    choices += [
        LabChoice(f"{fields[choice.name]} {choice.words}", choice.name, choice.text)
        for question in asked
        for choice in question.choices
        if not _nobody_has(choice)
    ]
    return which_test(name, text, choices) if choices else outcomes[0]


def _nobody_has(choice: LabChoice) -> bool:
    return not isinstance(_read(choice.name, choice.text, Beside(), siblings=False), tuple)


def _with_filtration(outcome: LabOutcome, text: str, sex: str | None, age_years: float | None) -> LabOutcome:
    """Creatinine, and the filtration that follows from it."""
    if not isinstance(outcome, tuple) or outcome[0].name != "creatinine" or outcome[0].limit:
        return outcome
    reading = outcome[0]
    if sex is None or age_years is None:
        return outcome
    mass = read_lab_units()["creatinine"]["mg/dL"].from_field(reading.value)
    value, formula = filtration_of(mass, sex, age_years)
    if not is_plausible("eGFR", value):
        found = f"'{text}' gives an eGFR of {value:.3g} mL/min by {formula}"
        return LabRefusal("creatinine", text, f"creatinine {found}", lab_field("eGFR").band, "check the unit")
    eGFR = LabReading(
        name="eGFR",
        written=f"creatinine {text}",
        value=value,
        unit=lab_field("eGFR").unit,
        date=reading.date,
        remarks=(f"{_FROM_CREATININE}{formula}",),
    )
    return (reading, eGFR)


def _unknown(name: str, text: str) -> LabRefusal:
    names = read_lab_names()
    by_folded = {folded: known.name for folded, known in names.items()}
    fields = list(read_lab_tests())
    # A name of ours needs no quotation marks and is the same in every language: it goes first.
    near = near_names(name, fields) or [by_folded[one] for one in near_names(fold_name(name), by_folded)]
    listed = f"{', '.join(fields[:12])} and {len(fields) - 12} more"
    return LabRefusal(name, text, f"'{name}' is not known in [labs]", listed, f"'{near[0]}'" if near else "")


__all__ = ["is_from_creatinine", "read_lab", "read_lab_line"]
