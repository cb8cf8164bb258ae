"""Conditions as an answer: numbers or names of a list, by comma."""

from __future__ import annotations

import re

from calciroute.errors import Problem, near_names
from calciroute.people.question_fields import chosen
from calciroute.tables.answered import Context, Line, Understood
from calciroute.tables.nomenclature import folded
from calciroute.tables.people_fields import PeopleField, read_people_fields
from calciroute.tables.questions import Question

NONE_WORDS = frozenset({"none", "no", "none of these", "nothing"})


def shown_conditions(question: Question) -> list[str]:
    """The list of a question, numbered, in the words of the person file.

    Parameters
    ----------
    question : Question
        Its choices are names of conditions.

    Returns
    -------
    list of str
        Such as ``1 diabetes``.
    """
    fields = _fields()
    return [f"{place} {fields[name].meaning}" for place, (name, _) in enumerate(question.choices, start=1)]


def read_conditions(question: Question, text: str, context: Context) -> Understood | Problem:
    """Read the conditions that a person has.

    Parameters
    ----------
    question : Question
        Its choices are names of conditions.
    text : str
        Numbers or names by comma, or none.
    context : mapping of str to Understood
        Not used.

    Returns
    -------
    Understood or Problem
        What is named is true, the rest of the list is false.

    Examples
    --------
    >>> from calciroute.tables.questions import read_questions
    >>> asked = next(question for question in read_questions() if question.id == "conditions")
    >>> read_conditions(asked, "1, kidney stones ever", {}).shown
    'yes: diabetes, kidney stones ever; no: the rest of the list'
    """
    fields = _fields()
    listed = [name for name, _ in question.choices]
    if text.casefold().strip(" .") in NONE_WORDS:
        lines = tuple(_line(name, "false") for name in listed)
        return Understood("none", "none of the list", lines)
    found: dict[str, None] = {}
    for entry in filter(None, (part.strip(" .") for part in re.split(r"[,;]|\band\b", text))):
        name = _named(entry, listed, fields)
        if isinstance(name, Problem):
            return name
        found[name] = None
    if not found:
        return Problem(
            "", f"'{text[:60]}' names nothing", "numbers or names by comma, or none", question.example
        )
    lines = (
        *(_line(name, "true") for name in found),
        *(_line(name, "false") for name in listed if name not in found and not _implied(name, found)),
    )
    named = ", ".join(fields[name].meaning for name in found)
    return Understood(
        ", ".join(found), f"yes: {named}; no: the rest of the list", lines, tags=frozenset(found)
    )


def read_one_condition(question: Question, text: str, context: Context) -> Understood | Problem:
    """One condition of a few that exclude each other, or none of them."""
    word = chosen(question, text)
    if isinstance(word, Problem):
        return word
    names = [name for name, _ in question.choices if name != "no"]
    lines = tuple(_line(name, "false") for name in names) if word == "no" else (_line(word, "true"),)
    return Understood(word, dict(question.choices)[word], lines)


def _fields() -> dict[str, PeopleField]:
    return read_people_fields("person_fields.csv")["conditions"]


def _line(name: str, value: str) -> Line:
    return Line("person", "conditions", name, value)


def _implied(name: str, found: dict[str, None]) -> bool:
    """A stage of kidney disease says that there is kidney disease: the wider word is then not denied."""
    return any(other != name and other.startswith(name) for other in found)


def _named(entry: str, listed: list[str], fields: dict[str, PeopleField]) -> str | Problem:
    if entry.isdecimal():
        if 1 <= int(entry) <= len(listed):
            return listed[int(entry) - 1]
        return Problem(
            "", f"'{entry}' is no number of the list", f"1 to {len(listed)}", "none, if nothing fits"
        )
    names = {folded(name): name for name in fields} | {
        folded(field.meaning): name for name, field in fields.items()
    }
    if folded(entry) in names:
        return names[folded(entry)]
    meanings = [field.meaning for field in fields.values()]
    within = [meaning for meaning in meanings if entry.casefold() in meaning.casefold()]
    if len(within) == 1:
        return names[folded(within[0])]
    near = (within or near_names(entry, meanings))[:4]
    found = (
        f"'{entry[:60]}' may be several conditions"
        if within
        else f"'{entry[:60]}' is not in the list of conditions"
    )
    expected = f"one of: {', '.join(near)}" if near else "a name of the list"
    return Problem("", found, expected, "leave it out if none fits; the model then does not hold it")
