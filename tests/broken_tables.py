"""Copies of shipped tables with one thing broken, to see that the rule which should notice does notice."""

from __future__ import annotations

import csv
from pathlib import Path

from calciroute.tables.texts import data_text, physiology_text


def broken_copy(folder: Path, table: str, row: dict[str, str], changes: dict[str, str]) -> Path:
    """Copy of a data table in which the first row that fits gets other cells.

    Parameters
    ----------
    folder : Path
        Where the copy goes.
    table : str
        File below ``data``.
    row : dict of str to str
        Cells that tell the row.
    changes : dict of str to str
        Cells to replace.
    """
    return _rewritten(folder, data_text(table), table, row, changes)


def broken_numbers(folder: Path, table: str, row: dict[str, str], changes: dict[str, str]) -> Path:
    """The same for a table below ``physiology``."""
    return _rewritten(folder, physiology_text(table), table, row, changes)


def _rewritten(folder, source, table, row, changes):
    lines = list(csv.reader(source.read_text("utf-8").splitlines()))
    heads = lines[0]
    fitting = [
        line for line in lines[1:] if all(line[heads.index(name)] == cell for name, cell in row.items())
    ]
    assert fitting, f"{table} has no row {row}"
    for name, cell in changes.items():
        fitting[0][heads.index(name)] = cell
    file = folder / table
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(lines)
    return file
