"""Food tables that a person keeps: imported once, named with source, date and hash, found again by name."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from calciroute.errors import InputError, Problem
from calciroute.intake.importers.imported import ImportedTable
from calciroute.intake.importers.kept_form import about_table, table_bytes, table_from_bytes
from calciroute.intake.importers.layouts import read_food_table
from calciroute.people.data_folder import (
    data_folder,
    overwrite_and_remove,
    private_folder,
    refused_problem,
    write_private,
)
from calciroute.tables.people_files import read_people_file, shown_name

_PATTERN = "food-table-*.jsonl"
_LIMIT_BYTES = 100_000_000
_FIRST_LINE = 20_000


@dataclass(frozen=True)
class KeptTable:
    """A table of the data folder, without its foods.

    Parameters
    ----------
    key : str
        Layout and hash, such as ``ciqual-ddc83859``.
    title, file, read_on, sha256, tried, licence, attribution : str
        Of the table; see `ImportedTable`.
    count : int
        Foods.
    path : Path
        Where it lies.
    """

    key: str
    title: str
    file: str
    read_on: str
    sha256: str
    tried: str
    licence: str
    attribution: str
    count: int
    path: Path


def keep_table(table: ImportedTable, today: datetime.date, folder: Path | None = None) -> KeptTable:
    """Keep a table in the person's data folder.

    Parameters
    ----------
    table : ImportedTable
        From `read_food_table`.
    today : date
        Day of the import.
    folder : Path, optional
        The data folder of the person by default.

    Returns
    -------
    KeptTable
        A table of the same hash is replaced.

    Raises
    ------
    InputError
        When the folder refuses.
    """
    home = private_folder(folder or data_folder())
    path = home / f"food-table-{table.key}.jsonl"
    try:
        write_private(path, table_bytes(replace(table, read_on=today.isoformat())))
    except OSError as refused:
        raise InputError([refused_problem(shown_name(path), "the table cannot be kept", refused)]) from None
    return _kept(path)


def kept_tables(folder: Path | None = None) -> tuple[KeptTable, ...]:
    """Tables of the data folder.

    Parameters
    ----------
    folder : Path, optional
        The data folder of the person by default.

    Returns
    -------
    tuple of KeptTable
        By name; empty where nothing is kept.

    Raises
    ------
    InputError
        When a file there is no kept table.
    """
    return tuple(_kept(path) for path in sorted((folder or data_folder()).glob(_PATTERN)))


def forget_table(name: str, folder: Path | None = None) -> KeptTable:
    """Remove a kept table.

    Parameters
    ----------
    name : str
        Its key, or its layout where one table has it.
    folder : Path, optional
        The data folder of the person by default.

    Returns
    -------
    KeptTable
        What was removed.

    Raises
    ------
    InputError
        When none or several are called so, or the file refuses.
    """
    found = _called(name, kept_tables(folder))
    if found is None:
        raise InputError([_unknown(name, kept_tables(folder))])
    try:
        overwrite_and_remove(found.path)
    except OSError as refused:
        raise InputError(
            [refused_problem(shown_name(found.path), "the table cannot be removed", refused)]
        ) from None
    return found


def named_tables(names: Sequence[str], folder: Path | None = None) -> tuple[ImportedTable, ...]:
    """Tables by what a person writes behind ``--table``.

    Parameters
    ----------
    names : sequence of str
        Each the key or layout of a kept table, or a file, folder or archive.
    folder : Path, optional
        The data folder of the person by default.

    Returns
    -------
    tuple of ImportedTable
        In the order named.

    Raises
    ------
    InputError
        When a name is neither, or a file is not of a known layout.
    """
    found = []
    for name in names:
        path = Path(name).expanduser()
        if path.exists() or any(sign in name for sign in "/\\."):
            found.append(read_food_table(path))
            continue
        kept = kept_tables(folder)
        one = _called(name, kept)
        if one is None:
            raise InputError([_unknown(name, kept)])
        content = read_people_file(one.path, limit_bytes=_LIMIT_BYTES, kind="a kept food table")
        found.append(table_from_bytes(content, one.path.name))
    return tuple(found)


def _called(name: str, kept: Sequence[KeptTable]) -> KeptTable | None:
    hits = [one for one in kept if name == one.key] or [
        one for one in kept if name.casefold() == one.key.partition("-")[0]
    ]
    if len(hits) > 1:
        keys = ", ".join(one.key for one in hits)
        raise InputError([Problem("", f"'{name[:40]}' may be several kept tables", keys, f"'{hits[0].key}'")])
    return hits[0] if hits else None


def _unknown(name: str, kept: Sequence[KeptTable]) -> Problem:
    known = ", ".join(one.key for one in kept) or "no table is kept"
    words = f"no file and no kept table is called '{name[:60]}'"
    return Problem("", words, f"a file, a folder or a kept table ({known})", "calciroute foods --import FILE")


def _kept(path: Path) -> KeptTable:
    content = read_people_file(path, limit_bytes=_LIMIT_BYTES, kind="a kept food table")
    about = about_table(content[:_FIRST_LINE], path.name)
    return KeptTable(
        key=path.stem.removeprefix("food-table-"),
        title=about["title"],
        file=about["file"],
        read_on=about["read_on"],
        sha256=about["sha256"],
        tried=about["tried"],
        licence=about["licence"],
        attribution=about["attribution"],
        count=int(about.get("count") or 0),
        path=path,
    )
