"""Names that numbers had before, for one release more: ``physiology/renamed.csv``.

Equations are written with today's names alone. An old name is let in where people write one: in a setting, in
a variant, in a look-up. Each use is told, so that notebooks can be mended before the name goes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable

from calciroute.errors import Problem, TableError, near_names
from calciroute.tables.csv_table import Column, Row, read_table
from calciroute.tables.texts import physiology_text

COLUMNS = (
    Column("old", required=True),
    Column("new", required=True),
    Column("since", required=True),
    Column("until", required=True),
    Column("note"),
)
_VERSION = re.compile(r"(\d+)\.(\d+)\.(\d+)")


@dataclass(frozen=True)
class Renamed:
    """One number that is called otherwise now.

    Parameters
    ----------
    old, new : str
        Ids in the model.
    since : str
        Version that gave the new name.
    until : str
        First version that no longer knows the old one.
    note : str
        Why, where it is worth a word.
    where : str
        ``file:line``.
    """

    old: str
    new: str
    since: str
    until: str
    note: str
    where: str

    @property
    def words(self) -> str:
        """What to tell whoever wrote the old name."""
        ends = f"{self.until} no longer knows the old name"
        return f"'{self.old}' is called '{self.new}' since {self.since}; {ends}"


@cache
def read_renamed() -> dict[str, Renamed]:
    """The shipped table.

    Returns
    -------
    dict of str to Renamed
        By old name; empty while no released name has changed.

    Examples
    --------
    >>> read_renamed().get("CL_MK7") is None
    True
    """
    return renamed_in(physiology_text("renamed.csv"))


def renamed_in(source: Traversable) -> dict[str, Renamed]:
    """Read a table of old names.

    Parameters
    ----------
    source : Traversable
        CSV with the columns old, new, since, until and note.

    Returns
    -------
    dict of str to Renamed
        By old name.

    Raises
    ------
    TableError
        For a version that is no version, an old name that ends before it begins, and a new name that is an
        old one itself: whoever follows a row has to arrive.
    """
    rows = read_table(source, COLUMNS, key=("old",))
    found = {row.text("old"): _renamed(row) for row in rows}
    problems: list[Problem] = []
    for row in found.values():
        wrong = [version for version in (row.since, row.until) if _VERSION.fullmatch(version) is None]
        problems += [
            Problem(row.where, f"'{version}' is no version", "three numbers such as 0.2.0")
            for version in wrong
        ]
        if not wrong and _parts(row.until) <= _parts(row.since):
            problems.append(
                Problem(row.where, f"the old name ends with {row.until}", f"a version after {row.since}")
            )
        if row.new in found:
            last = found[row.new].new
            problems.append(
                Problem(row.where, f"{row.new} is an old name itself", "today's name", f"'{last}'")
            )
    if problems:
        raise TableError(problems)
    return found


def _renamed(row: Row) -> Renamed:
    old, new, since, until, note = (row.text(column.name) for column in COLUMNS)
    return Renamed(old, new, since, until, note, row.where)


def current_name(name: str) -> str:
    """Today's name of a number.

    Parameters
    ----------
    name : str
        Id as somebody wrote it.

    Returns
    -------
    str
        The same id where nothing is known of a renaming.

    Examples
    --------
    >>> current_name("CL_MK7")
    'CL_MK7'
    """
    row = read_renamed().get(name)
    return name if row is None else row.new


def renamed_problems(rows: Iterable[Renamed], known: Collection[str]) -> Iterator[Problem]:
    """Rows that do not fit the numbers of the model.

    Parameters
    ----------
    rows : iterable of Renamed
        From `read_renamed`.
    known : collection of str
        Ids of all numbers.

    Yields
    ------
    Problem
        For an old name that a number still has, and a new one that none has.
    """
    for row in rows:
        if row.old in known:
            yield Problem(
                row.where, f"a number is called {row.old}", "an old name that is free", "take the row out"
            )
        if row.new not in known:
            near = near_names(row.new, known)
            yield Problem(
                row.where, f"no number is called {row.new}", "today's name", f"'{near[0]}'" if near else ""
            )


def expired(rows: Iterable[Renamed], version: str) -> list[Problem]:
    """Rows whose time is over.

    Parameters
    ----------
    rows : iterable of Renamed
        From `read_renamed`.
    version : str
        Of the package, such as ``0.2.0``.

    Returns
    -------
    list of Problem
        One for each old name that this version should no longer know.

    Examples
    --------
    >>> row = Renamed("k_old", "k_new", "0.2.0", "0.3.0", "", "renamed.csv:2")
    >>> expired([row], "0.2.5"), len(expired([row], "0.3.0"))
    ([], 1)
    """
    return [
        Problem(
            row.where, f"{row.old} was known until {row.until}, this is {version}", "", "take the row out"
        )
        for row in rows
        if _parts(version) >= _parts(row.until)
    ]


def _parts(version: str) -> tuple[int, ...]:
    match = _VERSION.match(version)
    return tuple(int(part) for part in match.groups()) if match else ()
