"""Checking one section of a file that a person wrote against its table of fields, all problems at once."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Mapping
from typing import Any

from calciroute.errors import Problem, near_names
from calciroute.tables.located_toml import LocatedToml
from calciroute.tables.people_fields import PeopleField

TEXT_LIMIT = 300
LIST_LIMIT = 60
# Reads an amount with its unit into the unit of the field.
ReadAmount = Callable[[PeopleField, object, str], float | Problem]


def check_section(
    toml: LocatedToml,
    path: tuple[str | int, ...],
    fields: Mapping[str, PeopleField],
    problems: list[Problem],
    read_amount: ReadAmount | None = None,
) -> dict[str, Any]:
    """Check the keys and values of one table of a TOML file.

    Parameters
    ----------
    toml : LocatedToml
        The file.
    path : tuple
        Where the table stands, such as ``("supplement", 0)``.
    fields : mapping of str to PeopleField
        What may stand there.
    problems : list of Problem
        Receives what is wrong; nothing is raised.
    read_amount : callable, optional
        Reads fields of the kind ``amount``.

    Returns
    -------
    dict
        The values that passed, numbers in the unit of their field.
    """
    table: Any = toml.values
    for part in path:
        table = table[part]
    shown = f"[{path[0]}]"
    if not isinstance(table, dict):
        problems.append(
            Problem(toml.place(*path), f"'{path[0]}' is {described(table)}", f"a section {shown}")
        )
        return {}
    values: dict[str, Any] = {}
    for name, value in table.items():
        place = toml.place(*path, name)
        field = fields.get(name)
        if field is None:
            problems.append(unknown_key(place, name, shown, fields))
            continue
        checked = _check_value(field, value, place, read_amount)
        if isinstance(checked, list):
            problems.extend(checked)
        else:
            values[name] = checked[0]
    return values


def check_contents(
    toml: LocatedToml, path: tuple[str | int, ...], contents: Mapping[str, Any], problems: list[Problem]
) -> dict[str, str]:
    """Contents of a product whose amounts are texts.

    Parameters
    ----------
    toml : LocatedToml
        The file.
    path : tuple
        Where the supplement stands.
    contents : mapping
        Substance to amount, as ``tomllib`` read them.
    problems : list of Problem
        Receives what is wrong.

    Returns
    -------
    dict of str to str
        What passed.
    """
    for name, amount in contents.items():
        if not isinstance(amount, str):
            place = toml.place(*path, "contents", name)
            found = f"{_short(name)} is {described(amount)}"
            problems.append(Problem(place, found, "an amount with its unit in quotes", f'{name} = "180 mcg"'))
    return {name: amount for name, amount in contents.items() if isinstance(amount, str)}


def unknown_key(place: str, name: str, shown: str, known: Mapping[str, object]) -> Problem:
    """A key that no table of fields knows, with near names."""
    # People write 'weight' for 'weight_kg': a name that a known one starts with counts as near.
    near = [word for word in known if word.casefold().startswith(f"{name.casefold()}_")]
    near = near or near_names(name, known)
    words = list(known)
    listed = ", ".join(words) if len(words) <= 14 else ", ".join(words[:12]) + f" and {len(words) - 12} more"
    return Problem(place, f"'{_short(name)}' is not known in {shown}", listed, f"'{near[0]}'" if near else "")


def described(value: object) -> str:
    """What kind of TOML value something is, in words."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"the text '{_short(value)}'"
    if isinstance(value, int | float):
        return f"the number {value:g}"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "a group of keys"
    return f"the date or time {value}"


def _short(text: str) -> str:
    shown = "".join(mark if mark.isprintable() else " " for mark in text)
    return shown if len(shown) <= 60 else shown[:57] + "..."


def _check_value(
    field: PeopleField, value: object, place: str, read_amount: ReadAmount | None
) -> list[Problem] | tuple[Any]:
    """The checked value in a tuple of one, or what is wrong with it."""
    wrong = Problem(place, f"{field.field} is {described(value)}", _expected(field), field.pattern)
    match field.kind:
        case "number":
            if isinstance(value, bool) or not isinstance(value, int | float):
                return [wrong]
            return _in_band(field, float(value), place)
        case "amount":
            if isinstance(value, bool) or not isinstance(value, str | int | float):
                return [wrong]
            assert read_amount is not None
            amount = read_amount(field, value, place)
            return [amount] if isinstance(amount, Problem) else _in_band(field, amount, place)
        case "choice":
            good = isinstance(value, str) and value in field.choices
            return (value,) if good else [_choice(field, value, place)]
        case "flag":
            return (value,) if isinstance(value, bool) else [wrong]
        case "date":
            return (value,) if _is_date(value) else [wrong]
        case "since":
            return (value,) if _is_date(value) or (isinstance(value, str) and value.strip()) else [wrong]
        case "table":
            return (value,) if isinstance(value, dict) else [wrong]
        case "tables":
            if isinstance(value, list) and len(value) <= LIST_LIMIT:
                return (value,) if all(isinstance(entry, dict) for entry in value) else [wrong]
            return [wrong]
        case "texts":
            return _check_texts(field, value, place, wrong)
        case _:
            return _check_text(field, value, place, wrong)


def _is_date(value: object) -> bool:
    return isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)


def _check_text(field: PeopleField, value: object, place: str, wrong: Problem) -> list[Problem] | tuple[Any]:
    if not isinstance(value, str):
        return [wrong]
    if not value.strip():
        return [Problem(place, f"{field.field} is empty", _expected(field), field.pattern)]
    if len(value) > TEXT_LIMIT:
        found = f"{field.field} has {len(value)} characters"
        return [Problem(place, found, f"at most {TEXT_LIMIT}", field.pattern)]
    return (value.strip(),)


def _check_texts(field: PeopleField, value: object, place: str, wrong: Problem) -> list[Problem] | tuple[Any]:
    if not isinstance(value, list):
        return [wrong]
    if len(value) > LIST_LIMIT:
        return [Problem(place, f"{field.field} has {len(value)} entries", f"at most {LIST_LIMIT}")]
    checked = [_check_text(field, entry, place, wrong) for entry in value]
    problems = [problem for entry in checked if isinstance(entry, list) for problem in entry]
    return problems or (tuple(entry[0] for entry in checked),)


def _in_band(field: PeopleField, value: float, place: str) -> list[Problem] | tuple[Any]:
    if not math.isfinite(value):
        return [Problem(place, f"{field.field} is not a finite number", _expected(field), field.pattern)]
    low = -math.inf if field.lower is None else field.lower
    high = math.inf if field.upper is None else field.upper
    if not low <= value <= high:
        unit = field.band.split(" ", 3)[3] if field.band.count(" ") >= 3 else ""
        found = f"{field.field} is {value:.4g} {unit}".rstrip()
        return [Problem(place, found, field.band, field.outside or field.pattern)]
    return (value,)


def _choice(field: PeopleField, value: object, place: str) -> Problem:
    near = near_names(str(value), field.choices) if isinstance(value, str) else []
    return Problem(
        place,
        f"{field.field} is {described(value)}",
        f"one of {', '.join(field.choices)}",
        f'"{near[0]}"' if near else field.pattern,
    )


def _expected(field: PeopleField) -> str:
    unit = f" in {field.band.split(' ', 3)[3]}" if field.band.count(" ") >= 3 else ""
    words = {
        "number": f"a number{unit} without quotes",
        "amount": "an amount with its unit in quotes",
        "flag": "true or false",
        "date": "a date without quotes",
        "since": "a length of time in quotes, or a date without quotes",
        "texts": "a list of texts",
        "tables": f"a list of tables, at most {LIST_LIMIT}",
        "table": "names and amounts in braces",
    }
    return f"{field.meaning}, {words.get(field.kind, 'a text in quotes')}"
