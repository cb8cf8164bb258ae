"""A food table as it is kept: a line of JSON about the table, then names and amounts, one line a food."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields, replace
from typing import Any

from calciroute.errors import InputError, Problem
from calciroute.intake.importers.imported import (
    ImportedAmount,
    ImportedFood,
    ImportedTable,
    k2_rule_of,
)

FORMAT = "calciroute food table"
VERSION = 1
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
    lines = []
    for food in table.foods.values():
        amounts = {name: _short(amount) for name, amount in food.amounts.items()}
        parts = ([food.code, food.name, food.other_names, food.group], amounts)
        lines.append("\t".join(json.dumps(part, ensure_ascii=False, separators=(",", ":")) for part in parts))
    body = ("\n".join(lines) + "\n").encode("utf-8")
    about = {"format": FORMAT, "version": VERSION, "count": len(lines), "body": _digest(body)}
    about |= {name: getattr(table, name) for name in _ABOUT}
    return json.dumps(about).encode("utf-8") + b"\n" + body


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
        When it is not as it was written.
    """
    about = about_table(content, where)
    body = content.partition(b"\n")[2]
    if _digest(body) != about.get("body"):
        found = "this table was changed or cut since it was kept"
        raise InputError([Problem(where, found, "its foods as they were imported", "import it again")])
    foods = KeptFoods(body)
    named: dict[str, Any] = {name: tuple(about[name]) if name == "notes" else about[name] for name in _ABOUT}
    return ImportedTable(foods=foods, **named)


class KeptFoods(Mapping[str, ImportedFood]):
    """Foods of a kept table: names are there at once, amounts of a food when it is asked for.

    Parameters
    ----------
    body : bytes
        Lines as `table_bytes` wrote them; whoever reads them has held their hash against the first line.
    """

    def __init__(self, body: bytes) -> None:
        self._rows: dict[str, tuple[list[Any], bytes]] = {}
        self._made: dict[str, ImportedFood] = {}
        for line in body.splitlines():
            named, _, amounts = line.partition(b"\t")
            row = json.loads(named)
            self._rows[row[0]] = row, amounts

    def names(self, code: str) -> tuple[str, ...]:
        """Names of a food, without its amounts."""
        _, name, others, _ = self._rows[code][0]
        return (name, *others)

    def __getitem__(self, code: str) -> ImportedFood:
        if code not in self._made:
            (_, name, others, group), held = self._rows[code]
            amounts = {nutrient: replace(_EMPTY, **short) for nutrient, short in json.loads(held).items()}
            self._made[code] = ImportedFood(code, name, tuple(others), group, amounts, k2_rule_of(amounts))
        return self._made[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def _short(amount: ImportedAmount) -> dict[str, object]:
    return {name: value for name, value in asdict(amount).items() if value != getattr(_EMPTY, name)}


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
