"""The readers of all kinds of answers, joined: who the person is, what they take, how long to simulate."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from calciroute.errors import InputError, Problem
from calciroute.intake.diary import read_diary
from calciroute.intake.question_answers import INTAKE_READERS
from calciroute.people.question_answers import PERSON_READERS
from calciroute.tables.answered import Context, Line, Reader, Understood, toml_text
from calciroute.tables.questions import Question
from calciroute.units.quantity import QuantityError, parse_number


def all_readers(folder: Path) -> Mapping[str, Reader]:
    """Readers by kind of question.

    Parameters
    ----------
    folder : Path
        Where the files go; a diary is looked for there.

    Returns
    -------
    mapping of str to callable
    """

    def read_diary_name(question: Question, text: str, context: Context) -> Understood | Problem:
        region = context["region"].word if "region" in context else None
        try:
            diary = read_diary(folder / text, region if region and region.isupper() else None)
        except InputError as wrong:
            more = f" (and {len(wrong.problems) - 1} more)" if len(wrong.problems) > 1 else ""
            first = wrong.problems[0]
            return Problem(first.where, first.found + more, first.expected, first.advice)
        line = Line(question.file, question.section, question.field, toml_text(text))
        return Understood(text, f"{text}, {diary.days} days", (line,))

    return {**PERSON_READERS, **INTAKE_READERS, "diary": read_diary_name, "run_number": read_run_number}


def read_run_number(question: Question, text: str, context: Context) -> Understood | Problem:
    """Read an argument of the simulation, checked as the option of the same name.

    Parameters
    ----------
    question : Question
        Years or draws.
    text : str
        As typed.
    context : mapping of str to Understood
        Not used.

    Returns
    -------
    Understood or Problem
    """
    from calciroute.simulate.run import check_arguments

    try:
        value = parse_number(text.casefold().removesuffix(question.field.rstrip("s") + "s").strip())
    except QuantityError as wrong:
        return Problem("", str(wrong), question.hint, question.example)
    if question.field == "draws" and value != int(value):
        return Problem("", f"'{text}' is not a whole number", question.hint, question.example)
    arguments = {"years": 1.0, "draws": 1} | {
        question.field: int(value) if question.field == "draws" else value
    }
    try:
        check_arguments(float(arguments["years"]), int(arguments["draws"]), 0)
    except InputError as wrong:
        first = wrong.problems[0]
        return Problem("", f"{question.title.lower()} is {first.found}", first.expected, question.example)
    return Understood(text, f"{value:g}", (), value)
