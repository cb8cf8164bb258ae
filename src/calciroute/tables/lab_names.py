"""Names of laboratory tests as reports of many countries print them, and names of tests that are not ours."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable

from calciroute.errors import Problem, TableError
from calciroute.tables.csv_table import Column, Row
from calciroute.tables.lab_signs import read_lab_signs
from calciroute.tables.lab_tests import read_lab_tests
from calciroute.tables.rules import checked_rows, sourced, words_of
from calciroute.tables.texts import data_text

COLUMNS = (
    Column("name", required=True),
    Column("test"),
    Column("language", required=True),
    Column("not_this"),
    Column("source"),
    Column("verified", required=True),
    Column("note"),
)
# Nordic reports put what was drawn before the test: S-, P-, B-, fP-.
_DRAWN = frozenset({"s", "p", "b", "fs", "fp"})
# Signs of Japanese that change a syllable; accents of other scripts do not change a name.
_VOICED = frozenset({"\u3099", "\u309a"})


@dataclass(frozen=True)
class LabName:
    """One printed name.

    Parameters
    ----------
    name : str
        As printed.
    tests : tuple of str
        What it may mean: one test, or several that a value has to tell apart; none for a foreign test.
    languages : tuple of str
        Where it is printed so.
    not_this : str
        Why a test is none of ours.
    source, verified : str
        Key in ``references.bib`` and where it was seen; ``memory`` where nothing was read.
    where : str
        ``file:line`` of the row.
    """

    name: str
    tests: tuple[str, ...]
    languages: tuple[str, ...]
    not_this: str
    source: str
    verified: str
    where: str


def fold_name(text: str) -> str:
    """A name without case, accents, blanks and signs.

    Parameters
    ----------
    text : str
        As printed.

    Returns
    -------
    str
        Letters and digits.

    Examples
    --------
    >>> fold_name("25-OH Vitamin D") == fold_name("25 OH-vitamin d")
    True
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(sign for sign in plain if sign in _VOICED or not unicodedata.combining(sign))
    return re.sub(r"[\W_]", "", kept)


def _means_something(row: Row) -> Iterable[Problem]:
    tests = words_of(row.text("test"))
    if bool(tests) == bool(row.text("not_this")):
        yield Problem(row.where, f"name '{row.text('name')}'", "a test, or why it is none of ours")
    for test in tests:
        if test not in read_lab_tests():
            yield Problem(row.where, f"test '{test}' is not in lab_tests.csv", "one of its tests")


@cache
def read_lab_name_rows(source: Traversable | None = None) -> tuple[Row, ...]:
    """Rows of ``lab_names.csv``, checked.

    Parameters
    ----------
    source : Traversable, optional
        Another file of the same form; the shipped one by default.

    Returns
    -------
    tuple of Row
        In file order.

    Raises
    ------
    TableError
        With every problem of the table.
    """
    rows = checked_rows(source or data_text("lab_names.csv"), COLUMNS, ("name",), (sourced, _means_something))
    seen: dict[str, Row] = {}
    problems = []
    for row in rows:
        first = seen.setdefault(fold_name(row.text("name")), row)
        if first is not row:
            found = f"name '{row.text('name')}' reads like '{first.text('name')}' of line {first.line}"
            problems.append(Problem(row.where, found, "one row"))
    if problems:
        raise TableError(problems)
    return rows


@cache
def read_lab_names() -> dict[str, LabName]:
    """Read the table of names.

    Returns
    -------
    dict of folded name to LabName
        With the names of the fields themselves.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> read_lab_names()[fold_name("Kreatinin")].tests
    ('creatinine',)
    """
    names: dict[str, LabName] = {}
    for row in read_lab_name_rows():
        names[fold_name(row.text("name"))] = LabName(
            name=row.text("name"),
            tests=words_of(row.text("test")),
            languages=words_of(row.text("language")),
            not_this=row.text("not_this"),
            source=row.text("source"),
            verified=row.text("verified"),
            where=row.where,
        )
    for test in read_lab_tests().values():
        own = LabName(test.test, (test.test,), (), "", test.source, test.verified, test.where)
        names.setdefault(fold_name(test.test), own)
    return names


def find_lab_name(text: str) -> LabName | None:
    """Look a printed name up.

    Parameters
    ----------
    text : str
        As printed; words for what was drawn (serum, plasma, ``S-``) may stand beside it.

    Returns
    -------
    LabName or None
        None for a name that is not in the table.

    Examples
    --------
    >>> find_lab_name("Kreatinin im Serum").tests
    ('creatinine',)
    >>> find_lab_name("Kreatinin im Urin").tests
    ()
    """
    names = read_lab_names()
    found = names.get(fold_name(text))
    if found is not None:
        return found
    drawn = {fold_name(sign.words) for sign in read_lab_signs() if sign.meaning == "matrix"}
    words = [word for word in re.split(r"[\s,;:()\[\]]+", text) if word and fold_name(word) not in drawn]
    if words and "-" in words[0] and words[0].split("-", 1)[0].casefold() in _DRAWN:
        words[0] = words[0].split("-", 1)[1]
    elif len(words) > 1 and words[0].casefold() in _DRAWN:
        words = words[1:]
    return names.get(fold_name("".join(words))) if words else None
