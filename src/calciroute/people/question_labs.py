"""Laboratory values, scans, pressure and bone density as answers, read as the lines of a report are."""

from __future__ import annotations

from collections.abc import Sequence

from calciroute.errors import Problem
from calciroute.people.dxa import maker_refusal
from calciroute.people.lab_outcome import LabOutcome, LabQuestion, LabRefusal
from calciroute.people.lab_pressure import NAME as BLOOD_PRESSURE
from calciroute.people.lab_reading import LabReading
from calciroute.people.lab_text import read_lab, read_lab_line
from calciroute.people.question_fields import in_plain_words, target_of
from calciroute.tables.answered import AskedBack, Context, Line, Understood, shown_number, toml_text
from calciroute.tables.bone_density import maker_called
from calciroute.tables.people_fields import read_people_fields, shown_unit
from calciroute.tables.questions import Question

# Ids of the questions whose answers a value is read with.
_SEX, _AGE, _REPORT_DATE, _MAKER = "sex", "age_years", "labs_date", "bone_maker"


def read_lab_answer(question: Question, text: str, context: Context) -> Understood | AskedBack | Problem:
    """Read a line of a report: name, value, unit.

    Parameters
    ----------
    question : Question
        Asks for any test.
    text : str
        As printed.
    context : mapping of str to Understood
        Holds sex and age, for creatinine, and the date of the report.

    Returns
    -------
    Understood, AskedBack or Problem
        Asked back where the text can be read in several ways.

    Examples
    --------
    >>> from calciroute.tables.questions import read_questions
    >>> lab = next(question for question in read_questions() if question.id == "lab")
    >>> read_lab_answer(lab, "25-OH vitamin D 22 ng/mL", {}).shown
    '25-hydroxyvitamin D in serum: 22 ng/mL = 54.9 nmol/L'
    """
    age = context[_AGE].number if _AGE in context else None
    sex = context[_SEX].word if _SEX in context else None
    outcome = read_lab_line(text, sex=sex, age_years=age)
    if isinstance(outcome, LabQuestion):
        choices = tuple((choice.words, f"{choice.name} {choice.text}") for choice in outcome.choices)
        return _asked_back(outcome, choices)
    understood = _understood(question, text, outcome)
    date = context.get(_REPORT_DATE)
    if isinstance(understood, Problem) or date is None or not date.word[:4].isdecimal():
        return understood
    dated = Line("person", "labs", understood.lines[0].field, date.word, part="date")
    return Understood(
        understood.word, understood.shown, (*understood.lines, dated), understood.number, understood.remarks
    )


def read_lab_value(question: Question, text: str, context: Context) -> Understood | AskedBack | Problem:
    """Read the value of the one test that a question names.

    Parameters
    ----------
    question : Question
        Its field, or the answer that its field points to, is the test.
    text : str
        Value with its unit.
    context : mapping of str to Understood
        Holds the place and the maker of a bone density.

    Returns
    -------
    Understood, AskedBack or Problem

    Examples
    --------
    >>> from calciroute.tables.questions import read_questions
    >>> pressure = next(question for question in read_questions() if question.id == "blood_pressure")
    >>> read_lab_value(pressure, "138/82", {}).shown
    '138/82 mmHg'
    """
    name = target_of(question, context)
    maker = context[_MAKER].word if question.field.startswith("@") and _MAKER in context else ""
    outcome = read_lab(name, text, maker=maker if maker_called(maker) else "")
    if isinstance(outcome, LabQuestion):
        choices = tuple((choice.words, choice.text) for choice in outcome.choices if choice.name == name)
        if not choices:
            found = f"{outcome.found}; it may be {outcome.choices[0].words}"
            return Problem("", found, question.hint, question.example)
        return _asked_back(outcome, choices)
    return _understood(question, text, outcome)


def read_maker(question: Question, text: str, context: Context) -> Understood | Problem:
    """Read the maker of a scanner."""
    name = target_of(question, context)
    maker = maker_called(text)
    if not maker:
        return _problem(question, maker_refusal(name, text, text))
    line = Line(question.file, question.section, name, toml_text(maker), part="maker")
    return Understood(maker, maker, (line,))


def _asked_back(outcome: LabQuestion, choices: tuple[tuple[str, str], ...]) -> AskedBack:
    expected = "the number of one of these, or a new text"
    return AskedBack(Problem("", f"{outcome.found}. {outcome.question}", expected), choices)


def _problem(question: Question, refused: LabRefusal) -> Problem:
    return in_plain_words(Problem("", refused.found, refused.expected, refused.advice), question)


def _understood(question: Question, text: str, outcome: LabOutcome) -> Understood | Problem:
    if isinstance(outcome, LabRefusal):
        return _problem(question, outcome)
    assert not isinstance(outcome, LabQuestion)
    first = outcome[0]
    is_pressure = [reading.name for reading in outcome] == ["SBP", "DBP"]
    field = BLOOD_PRESSURE if is_pressure else first.name
    line = Line("person", "labs", field, toml_text(first.written))
    names_test = question.field != ""
    words = [_words(reading, names_test=names_test) for reading in outcome]
    shown = _pressure_words(outcome) if is_pressure else "; ".join(words)
    remarks = tuple(dict.fromkeys(remark for reading in outcome for remark in reading.remarks))
    return Understood(field, shown, (line,), None if first.limit else first.value, _sentences(remarks))


def _words(reading: LabReading, *, names_test: bool) -> str:
    """A reading as given and as used; with the test, where the question does not name it."""
    meaning = read_people_fields("person_fields.csv")["labs"][reading.name].meaning
    used = f"{reading.limit}{shown_number(reading.value)} {shown_unit(reading.unit)}"
    written = reading.written.strip()
    shown = used if used.startswith(written) else f"{written} = {used}"
    test = "" if names_test else f"{meaning}: "
    return f"{test}{shown}{', a limit and not a value' if reading.limit else ''}"


def _pressure_words(readings: Sequence[LabReading]) -> str:
    used = f"{'/'.join(shown_number(reading.value) for reading in readings)} {readings[0].unit}"
    written = readings[0].written.strip()
    return used if used.startswith(written) else f"{written} = {used}"


def _sentences(remarks: Sequence[str]) -> tuple[str, ...]:
    whole = [remark if remark.endswith(".") else f"{remark}." for remark in remarks]
    return tuple(f"{remark[0].upper()}{remark[1:]}" for remark in whole)
