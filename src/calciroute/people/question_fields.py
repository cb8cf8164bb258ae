"""Answers that fill one field of a person or plan file, checked by the row of that field."""

from __future__ import annotations

import dataclasses
import re

from calciroute.errors import Problem, near_names
from calciroute.people.amounts import read_amount
from calciroute.tables.answered import Context, Line, Understood, shown_number, toml_text
from calciroute.tables.located_toml import parse_located_toml
from calciroute.tables.people_fields import PeopleField, read_people_fields, shown_unit
from calciroute.tables.people_sections import check_section
from calciroute.tables.questions import Question
from calciroute.units.quantity import SPELLINGS, QuantityError, parse_number

_NUMBER = re.compile(r"(?P<number>[+-]?\s*[0-9][0-9.,\u2009\u202f\u00a0]*)\s*(?P<unit>.*)", re.DOTALL)
_PATTERN = re.compile(r'^"?\w+"? = (?P<value>.+)$', re.DOTALL)


def field_of(question: Question) -> PeopleField:
    """The row of the field that a question fills.

    Parameters
    ----------
    question : Question
        With file, section and field.

    Returns
    -------
    PeopleField
    """
    return read_people_fields(f"{question.file}_fields.csv")[question.section][question.field]


def target_of(question: Question, context: Context) -> str:
    """The name of the field that a question fills, where an earlier answer of its entry names it."""
    return context[question.field[1:]].word if question.field.startswith("@") else question.field


def title_within(question: Question) -> str:
    """The title of a question inside a sentence: ``age``, but ``INR``."""
    title = question.title
    return title if title[:2].isupper() else title[0].lower() + title[1:]


def in_plain_words(problem: Problem, question: Question) -> Problem:
    """A problem of a file line as a problem of an answer.

    Parameters
    ----------
    problem : Problem
        As a reader of files tells it.
    question : Question
        Whose answer it is about.

    Returns
    -------
    Problem
        Without place, with the title for the name of the field, and an example without TOML around it.
    """
    name = question.field
    found = re.sub(rf"^{re.escape(name)}\b", title_within(question), problem.found) if name else problem.found
    expected = re.sub(r",? ?(?:in|without) quotes", "", problem.expected)
    advice = problem.advice
    if pattern := _PATTERN.match(advice):
        advice = pattern["value"].strip('"')
    return Problem("", found, expected, advice)


def checked(question: Question, value: str) -> Problem | None:
    """What a field's row has against a value.

    Parameters
    ----------
    question : Question
        Which field.
    value : str
        As TOML writes it.

    Returns
    -------
    Problem or None
        None when the value passes.
    """
    field = field_of(question)
    problems: list[Problem] = []
    toml = parse_located_toml(f"[{field.section}]\n{toml_text(field.field)} = {value}\n", "")
    check_section(toml, (field.section,), {field.field: field}, problems, read_amount)
    return in_plain_words(problems[0], question) if problems else None


def line_of(question: Question, value: str) -> Line:
    """The line that a question fills, with a value as TOML writes it."""
    return Line(question.file, question.section, question.field, value)


def read_choice(question: Question, text: str, context: Context) -> Understood | Problem:
    """One of the words of a question, by number, word, meaning or an unambiguous beginning.

    Parameters
    ----------
    question : Question
        With choices.
    text : str
        As typed.
    context : mapping of str to Understood
        Not used.

    Returns
    -------
    Understood or Problem
        A line where the question fills a field.
    """
    word = chosen(question, text)
    if isinstance(word, Problem):
        return word
    meaning = dict(question.choices)[word]
    lines: tuple[Line, ...] = ()
    if question.file and question.field:
        lines = (line_of(question, toml_text(word)),)
    return Understood(word, meaning if meaning == word or len(word) > 3 else f"{meaning} ({word})", lines)


def chosen(question: Question, text: str) -> str | Problem:
    """The word of a choice that a text names, or why it names none."""
    folded = text.casefold().strip(" .")
    if folded.isdecimal() and 1 <= int(folded) <= len(question.choices):
        return question.choices[int(folded) - 1][0]
    named = {word: (word.casefold(), meaning.casefold()) for word, meaning in question.choices}
    for fits in (
        lambda word, meaning: folded in (word, meaning),
        lambda word, meaning: folded in re.split(r"[^\w*/]+", meaning),
        lambda word, meaning: bool(folded) and (word.startswith(folded) or meaning.startswith(folded)),
    ):
        hits = [word for word, names in named.items() if fits(*names)]
        if len(hits) == 1:
            return hits[0]
        if hits:
            listed = " or ".join(hits)
            return Problem("", f"'{text[:60]}' may be {listed}", f"one of {listed}", "")
    meanings = {meaning: word for word, meaning in question.choices} | {
        word: word for word, _ in question.choices
    }
    near = near_names(text, meanings)
    listed = ", ".join(f"{place} {meaning}" for place, (_, meaning) in enumerate(question.choices, start=1))
    return Problem(
        "", f"'{text[:60]}' is none of the answers", listed, near[0] if near else "a number of the list"
    )


def read_gate(question: Question, text: str, context: Context) -> Understood | Problem:
    """Yes or no that only steers what is asked."""
    read = read_choice(question, text, context)
    return read if isinstance(read, Problem) else Understood(read.word, read.word)


def read_flag(question: Question, text: str, context: Context) -> Understood | Problem:
    """Yes or no that fills a field."""
    read = read_choice(question, text, context)
    if isinstance(read, Problem):
        return read
    return dataclasses.replace(
        read, shown=read.word, lines=(line_of(question, "true" if read.word == "yes" else "false"),)
    )


def read_number_field(question: Question, text: str, context: Context) -> Understood | Problem:
    """A number in the unit of its field; one of the question's words where it has some."""
    field = field_of(question)
    match = _NUMBER.fullmatch(text)
    if match is None:
        if question.choices and not isinstance(word := chosen(question, text), Problem):
            return Understood(word, dict(question.choices)[word])
        return Problem(
            "", f"'{text[:60]}' is not a number", f"{field.meaning}, {field.band}", question.example
        )
    try:
        value = parse_number(match["number"].replace(" ", ""))
    except QuantityError as wrong:
        return Problem("", str(wrong), f"{field.meaning}, {field.band}", question.example)
    unit = re.sub(r"\s+old$", "", match["unit"].strip())
    if unit and SPELLINGS.get(unit, unit) != field.unit and unit not in {"yrs", "yr"}:
        return Problem(
            "",
            f"'{text[:60]}' has the unit {unit[:20]}",
            f"a number of {shown_unit(field.unit)}",
            question.example,
        )
    if wrong_value := checked(question, repr(value)):
        return wrong_value
    written = f"{value:g}"
    return Understood(
        written, f"{written} {shown_unit(field.unit)}".rstrip(), (line_of(question, written),), value
    )


def read_amount_field(question: Question, text: str, context: Context) -> Understood | Problem:
    """An amount a day with its unit."""
    field = field_of(question)
    amount = read_amount(field, text, "")
    if isinstance(amount, Problem):
        return in_plain_words(amount, question)
    if wrong := checked(question, toml_text(text)):
        return wrong
    used = f"{shown_number(amount)} {shown_unit(field.unit)}"
    shown = used if used.startswith(text) else f"{text} = {used}"
    return Understood(text, shown, (line_of(question, toml_text(text)),), amount)
