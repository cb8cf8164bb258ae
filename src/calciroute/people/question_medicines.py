"""A medicine as an answer: recognised by its name, or asked back with near names; none is ever chosen."""

from __future__ import annotations

import re

from calciroute.errors import Problem
from calciroute.people.medicine_words import take_apart
from calciroute.people.medicines import ANTAGONIST, UNNAMED, MedicineMatch, recognise
from calciroute.people.question_fields import chosen
from calciroute.people.unknown_medicines import implausible_dose
from calciroute.tables.answered import Context, Line, Understood, toml_text
from calciroute.tables.questions import Question

# What stands in the file for a medicine whose name nobody knows: no table has it, so every gate sees it.
NO_NAME = "a medicine without a known name"
_KEEP = re.compile(r"keep\s+(?P<name>.+)", re.IGNORECASE)
_LONGEST = 120


def read_medicine(question: Question, text: str, context: Context) -> Understood | Problem:
    """Read a medicine that is taken now.

    Parameters
    ----------
    question : Question
        Fills ``medicines.taken``.
    text : str
        A name with or without dose; ``keep NAME`` lets a name without a row run without effect.
    context : mapping of str to Understood
        Not used.

    Returns
    -------
    Understood or Problem
        Tagged with the classes of the medicine.

    Examples
    --------
    >>> from calciroute.tables.questions import read_questions
    >>> medicine = next(question for question in read_questions() if question.id == "medicine")
    >>> read_medicine(medicine, "Coumadin 5 mg daily", {}).shown
    'Coumadin 5 mg daily: recognised, vitamin K antagonist (warfarin)'
    >>> print(read_medicine(medicine, "warfrin 5 mg", {}))
    'warfrin 5 mg' may be a vitamin K antagonist or another blood thinner. Expected: the exact name; near: ...
    """
    if len(text) > _LONGEST:
        return Problem(
            "",
            f"a name of {len(text)} signs",
            f"at most {_LONGEST}, one medicine at a time",
            question.example,
        )
    keep = _KEEP.fullmatch(text)
    name = keep["name"].strip() if keep else text
    match = recognise(name)
    parts = match.parts or (match,)
    if not take_apart(name).name:
        return Problem("", f"'{name}' holds no name", "name and dose", question.example)
    for part in parts:
        if not part.recognised and (part.status == "ask" or not keep):
            return _asked_back(part)
        problems = implausible_dose(part, part.dose_mg, "")
        if problems:
            return problems[0]
    left_out = [part.written for part in parts if not part.recognised]
    lines = (
        Line("person", "medicines", "taken", toml_text(name)),
        *(Line("person", "medicines", "not_modelled", toml_text(written)) for written in left_out),
    )
    remarks = tuple(
        f"'{written}' runs without effect and stays not recognised to every safety gate."
        for written in left_out
    )
    shown = f"{name}: {'; '.join(_words(part) for part in parts)}"
    return Understood(name, shown, lines, remarks=remarks, tags=match.classes)


def read_medicine_use(question: Question, text: str, context: Context) -> Understood | Problem:
    """What a medicine without a name is for: it enters the file so that the gates see it.

    Parameters
    ----------
    question : Question
        With the choices yes, no and dk.
    text : str
        As typed.
    context : mapping of str to Understood
        Not used.

    Returns
    -------
    Understood or Problem
        A blood thinner by that word; anything else as a name that no table has.
    """
    word = chosen(question, text)
    if isinstance(word, Problem):
        return word
    if word == "yes":
        line = Line("person", "medicines", "taken", toml_text("blood thinner"))
        remark = "It may be a vitamin K antagonist. The box, the leaflet or a pharmacist gives the name."
        return Understood(
            word,
            "a blood thinner whose name is not known",
            (line,),
            remarks=(remark,),
            tags=frozenset({UNNAMED}),
        )
    written = toml_text(NO_NAME)
    lines = tuple(Line("person", "medicines", name, written) for name in ("taken", "not_modelled"))
    remark = "It runs without effect and stays not recognised to every safety gate."
    return Understood(word, NO_NAME, lines, remarks=(remark,))


def _words(match: MedicineMatch) -> str:
    if not match.recognised:
        return f"'{match.written}' not recognised"
    classes = ", ".join(sorted(_class_words(name) for name in match.classes))
    named = ", ".join(match.ingredients)
    beside = f" ({named})" if named and named.casefold() not in match.written.casefold() else ""
    return f"recognised, {classes or 'no class of the table'}{beside}"


def _class_words(name: str) -> str:
    return "vitamin K antagonist" if name == ANTAGONIST else name.replace("_", " ")


def _asked_back(match: MedicineMatch) -> Problem:
    near = ", ".join(match.near)
    if match.status == "ask":
        return Problem(
            "",
            f"'{match.written}' may be a vitamin K antagonist or another blood thinner",
            f"the exact name{f'; near: {near}' if near else ''}",
            "read the name on the box, or type dk if you do not know it",
        )
    return Problem(
        "",
        f"'{match.written}' is not recognised",
        f"a name of the medicine table{f'; near: {near}' if near else ''}",
        f"the active ingredient, or: keep {match.written} (runs without effect, stays not recognised)",
    )
