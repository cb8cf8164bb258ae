"""A food table as it is kept: a line of JSON about the table, then one a food; nothing but what is read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields, replace
from typing import Any, get_args

from calciroute.errors import InputError, Problem
from calciroute.intake.importers.imported import (
    ImportedAmount,
    ImportedFood,
    ImportedTable,
    Reading,
    k2_rule_of,
)

FORMAT = "calciroute food table"
VERSION = 1
_AMOUNT = frozenset(field.name for field in fields(ImportedAmount))
_TEXTS = frozenset({"unit", "reading", "basis", "printed", "printed_unit", "note"})
_EMPTY = ImportedAmount(None, "", "value", None, None, None, None, "mass", "", "")
_ABOUT = tuple(field.name for field in fields(ImportedTable) if field.name != "foods")


def table_bytes(table: ImportedTable) -> bytes:
    """A table as it is kept.

    Parameters
    ----------
    table : ImportedTable
        Read from a file.

    Returns
    -------
    bytes
        UTF-8; `table_from_bytes` gives the same table back.
    """
    about = {name: getattr(table, name) for name in _ABOUT}
    lines = [json.dumps({"format": FORMAT, "version": VERSION, "count": len(table.foods), **about})]
    for food in table.foods.values():
        amounts = {name: _short(amount) for name, amount in food.amounts.items()}
        row = [food.code, food.name, food.other_names, food.group, amounts]
        lines.append(json.dumps(row, ensure_ascii=False, separators=(",", ":")))
    return ("\n".join(lines) + "\n").encode("utf-8")


def about_table(content: bytes, where: str) -> dict[str, Any]:
    """The first line of a kept table: what it is, without its foods.

    Parameters
    ----------
    content : bytes
        Of the file, or its beginning.
    where : str
        Its name for messages.

    Returns
    -------
    dict
        layout, title, file, sha256, region, licence, attribution, tried, notes, read_on, count.

    Raises
    ------
    InputError
        When it is no kept table of this version.
    """
    try:
        about = json.loads(content.split(b"\n", 1)[0])
    except ValueError:
        about = None
    if not isinstance(about, dict) or about.get("format") != FORMAT or about.get("version") != VERSION:
        words = "this is no food table as this version of calciroute keeps it"
        raise InputError([Problem(where, words, FORMAT, "import the source's own file again")])
    if any(not isinstance(about.get(name), list if name == "notes" else str) for name in _ABOUT):
        raise InputError(
            [Problem(where, "its first line is not whole", ", ".join(_ABOUT), "import it again")]
        )
    return about


def table_from_bytes(content: bytes, where: str) -> ImportedTable:
    """A kept table.

    Parameters
    ----------
    content : bytes
        As `table_bytes` wrote them.
    where : str
        Name for messages.

    Returns
    -------
    ImportedTable

    Raises
    ------
    InputError
        When a line is broken or missing.
    """
    about = about_table(content, where)
    foods = KeptFoods()
    for line, text in enumerate(content.split(b"\n")[1:], start=2):
        if not text:
            continue
        try:
            foods.add(json.loads(text))
        except (ValueError, TypeError, AttributeError):
            raise InputError(
                [Problem(f"{where}:{line}", "this line is broken", "a food", "import it again")]
            ) from None
    if len(foods) != about.get("count"):
        words = f"{len(foods)} foods, its first line says {about.get('count')}"
        raise InputError([Problem(where, words, "a whole table", "import it again")])
    named: dict[str, Any] = {name: tuple(about[name]) if name == "notes" else about[name] for name in _ABOUT}
    return ImportedTable(foods=foods, **named)


class KeptFoods(Mapping[str, ImportedFood]):
    """Foods of a kept table: names are there at once, amounts of a food when it is asked for."""

    def __init__(self) -> None:
        self._rows: dict[str, list[Any]] = {}
        self._made: dict[str, ImportedFood] = {}

    def add(self, row: list[Any]) -> None:
        """Take in a row of the kept form.

        Parameters
        ----------
        row : list
            Code, name, other names, group and amounts.

        Raises
        ------
        ValueError
            When it has another form.
        """
        code, name, others, group, held = row
        named = isinstance(others, list) and all(
            isinstance(text, str) for text in (code, name, group, *others)
        )
        if not named or not isinstance(held, dict) or not all(map(_is_short, held.values())):
            raise ValueError(row)
        self._rows[code] = row

    def names(self, code: str) -> tuple[str, ...]:
        """Names of a food, without its amounts."""
        _, name, others, *_ = self._rows[code]
        return (name, *others)

    def __getitem__(self, code: str) -> ImportedFood:
        if code not in self._made:
            _, name, others, group, held = self._rows[code]
            amounts = {nutrient: replace(_EMPTY, **short) for nutrient, short in held.items()}
            self._made[code] = ImportedFood(code, name, tuple(others), group, amounts, k2_rule_of(amounts))
        return self._made[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def _short(amount: ImportedAmount) -> dict[str, object]:
    return {name: value for name, value in asdict(amount).items() if value != getattr(_EMPTY, name)}


def _is_short(short: object) -> bool:
    """Whether amounts have the fields and kinds that they were written with."""
    return (
        isinstance(short, dict)
        and short.keys() <= _AMOUNT
        and short.get("reading", "value") in get_args(Reading)
        and all(
            isinstance(value, str) if name in _TEXTS else isinstance(value, int | float)
            for name, value in short.items()
        )
    )
