"""Weight and height as people say them: ``66 kg``, ``10 st 5``, ``5 ft 6``, ``1.65 m``."""

from __future__ import annotations

import re

from calciroute.errors import Problem, near_names
from calciroute.people.question_fields import checked, field_of, line_of, title_within
from calciroute.tables.answered import Context, Understood, shown_number
from calciroute.tables.body_units import BodyUnit, read_body_units
from calciroute.tables.questions import Question
from calciroute.units.quantity import QuantityError, parse_number

_PIECE = re.compile(r"(?P<number>[0-9][0-9.,]*)\s*(?P<unit>[^\W\d]+|['\"])?\.?\s*(?:,|and)?\s*")


def read_size(question: Question, text: str, context: Context) -> Understood | Problem:
    """Read a weight or a height.

    Parameters
    ----------
    question : Question
        Fills ``weight_kg`` or ``height_cm``.
    text : str
        A number, or numbers with units, the larger unit first; a number alone is in the field's own unit.
    context : mapping of str to Understood
        Not used.

    Returns
    -------
    Understood or Problem
        In the unit of the field.

    Examples
    --------
    >>> from calciroute.tables.questions import read_questions
    >>> height = next(question for question in read_questions() if question.id == "height_cm")
    >>> read_size(height, "5 ft 6", {}).shown
    '5 ft 6 = 168 cm'
    """
    field = field_of(question)
    total = _total(question, text)
    if isinstance(total, Problem):
        return total
    value = round(total, 1)
    if wrong := checked(question, repr(value)):
        return wrong
    used = f"{value:g} {field.unit}"
    bare = re.fullmatch(r"[0-9.,]+", text) is not None
    shown = f"{text} = {shown_number(value)} {field.unit}" if text != used and not bare else used
    remarks = (f"A number alone is read as {field.unit}.",) if bare else ()
    return Understood(used, shown, (line_of(question, f"{value:g}"),), value, remarks)


def _total(question: Question, text: str) -> float | Problem:
    """Sum of the pieces, in the unit of the field."""
    field = field_of(question)
    units = read_body_units()[field.field]
    plain = text.replace("\u2032", "'").replace("\u2019", "'").replace("\u2033", '"').replace("\u201d", '"')
    place, total, last = 0, 0.0, None
    while place < len(plain):
        match = _PIECE.match(plain, place)
        if match is None:
            return _not_understood(question, text, plain[place:])
        try:
            number = parse_number(match["number"].rstrip(",."))
        except QuantityError as wrong:
            return Problem("", str(wrong), f"{field.meaning} in {question.hint}", question.example)
        unit = _unit(match["unit"], last, units, field.unit)
        if unit is None:
            return _not_understood(question, text, match["unit"] or "")
        if last is not None and unit.factor >= last.factor:
            return _not_understood(question, text, match["unit"] or "")
        total += number * unit.factor
        place, last = match.end(), unit
    return total if last is not None else _not_understood(question, text, "")


def _unit(word: str | None, last: BodyUnit | None, units: dict[str, BodyUnit], own: str) -> BodyUnit | None:
    if word is not None:
        return units.get(word.casefold())
    if last is None:
        return units[own]
    return units.get(last.then)


def _not_understood(question: Question, text: str, word: str) -> Problem:
    field = field_of(question)
    signs = list(dict.fromkeys(unit.unit for unit in read_body_units()[field.field].values()))
    near = near_names(word, read_body_units()[field.field]) if word.isalpha() else []
    found = f"'{text[:60]}' is not understood as a {title_within(question)}"
    return Problem(
        "",
        found,
        f"a number in {', '.join(signs)}",
        f"{question.example}" + (f" ({near[0]}?)" if near else ""),
    )
