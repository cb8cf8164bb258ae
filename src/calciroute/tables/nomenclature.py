"""The one page that decides what a name means: ``nomenclature.csv``, ids with printed names and aliases."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from calciroute.errors import InputError, Problem, TableError, near_names
from calciroute.tables.csv_table import Column, Row
from calciroute.tables.rules import checked_rows, unit_known, words_of
from calciroute.tables.texts import data_text

KINDS = frozenset({"vitamer", "nutrient", "outcome", "lab", "kinetic", "molecule"})
COLUMNS = (
    Column("id", required=True),
    Column("name", required=True),
    Column("aliases"),
    Column("kind", required=True),
    Column("unit"),
    Column("meaning", required=True),
)


@dataclass(frozen=True)
class Name:
    """One thing with all its names.

    Parameters
    ----------
    id : str
        As tables and code write it, such as ``CAC_agatston`` or ``MK7``.
    name : str
        As tables and plots print it, such as ``MK-7``.
    aliases : tuple of str
        Other words people use.
    kinds : frozenset of str
        What it is; an outcome may be a lab value too.
    unit : str
        Default unit; empty where none makes sense.
    meaning : str
        One sentence.
    where : str
        ``file:line`` of the row.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    kinds: frozenset[str]
    unit: str
    meaning: str
    where: str

    @property
    def words(self) -> tuple[str, ...]:
        """Every spelling that means this: id, printed name, aliases."""
        return (self.id, self.name, *self.aliases)


def folded(word: str) -> str:
    """A word without case, blanks, hyphens, underscores and dots, so that spellings meet.

    Parameters
    ----------
    word : str
        Any spelling.

    Returns
    -------
    str
        What is left.

    Examples
    --------
    >>> folded("dp-ucMGP") == folded("dp_ucMGP") == folded("DP ucMGP")
    True
    """
    return re.sub(r"[\s_.‐-―-]", "", unicodedata.normalize("NFKC", word).casefold())


@cache
def read_nomenclature(source: Traversable | None = None) -> Mapping[str, Name]:
    """Read the dictionary.

    Parameters
    ----------
    source : Traversable, optional
        Another file of the same form; the shipped one by default.

    Returns
    -------
    mapping of str to Name
        By id, in file order.

    Raises
    ------
    TableError
        With every problem: unknown kind or unit, or a word that means two things.

    Examples
    --------
    >>> read_nomenclature()["MK7"].name
    'MK-7'
    """
    rows = checked_rows(
        source or data_text("nomenclature.csv"), COLUMNS, ("id",), (unit_known("unit"), _kind_known)
    )
    names = [
        Name(
            row.text("id"), row.text("name"), words_of(row.text("aliases")),
            frozenset(words_of(row.text("kind"))), row.text("unit"), row.text("meaning"), row.where,
        )
        for row in rows
    ]  # fmt: skip
    problems = list(_double_meanings(names))
    if problems:
        raise TableError(problems)
    return MappingProxyType({name.id: name for name in names})


def _kind_known(row: Row) -> Iterable[Problem]:
    for kind in words_of(row.text("kind")):
        if kind not in KINDS:
            near = near_names(kind, KINDS)
            advice = f"'{near[0]}'" if near else ""
            yield Problem(row.where, f"kind '{kind}' is not known", ", ".join(sorted(KINDS)), advice)


def _double_meanings(names: list[Name]) -> Iterable[Problem]:
    owner: dict[str, Name] = {}
    for name in names:
        for word in dict.fromkeys(folded(word) for word in name.words):
            if word in owner:
                first = owner[word]
                yield Problem(
                    name.where, f"'{word}' means {first.id} in {first.where} too", "one meaning a word"
                )
            owner.setdefault(word, name)


@cache
def _by_word() -> Mapping[str, Name]:
    return MappingProxyType(
        {folded(word): name for name in read_nomenclature().values() for word in name.words}
    )


def find_name(word: str, kind: str | None = None) -> Name | None:
    """Look a word up in any of its spellings.

    Parameters
    ----------
    word : str
        Id, printed name or alias.
    kind : str, optional
        Only things of this kind.

    Returns
    -------
    Name or None
        None when the word means nothing (of this kind).

    Examples
    --------
    >>> find_name("CAC").id
    'CAC_agatston'
    >>> find_name("menaquinone-7", kind="outcome") is None
    True
    """
    name = _by_word().get(folded(word))
    return name if name is not None and (kind is None or kind in name.kinds) else None


def printed_unit(outcome: str, unit: str) -> str:
    """Unit in which an outcome prints.

    Parameters
    ----------
    outcome : str
        Its id.
    unit : str
        Of its values.

    Returns
    -------
    str
        A bare number that the dictionary counts in percent is a percent.

    Examples
    --------
    >>> printed_unit("percent_ucOC", "1"), printed_unit("dp_ucMGP", "pmol/L")
    ('%', 'pmol/L')
    """
    known = read_nomenclature().get(outcome)
    return "%" if unit == "1" and known is not None and known.unit == "%" else unit


def require_name(word: str, kind: str) -> Name:
    """Look a word up, or say which names are near.

    Parameters
    ----------
    word : str
        Id, printed name or alias.
    kind : str
        What it should be, such as ``outcome``.

    Returns
    -------
    Name
        The thing meant.

    Raises
    ------
    InputError
        When no such name is known.

    Examples
    --------
    >>> require_name("femoral neck BMD", "outcome").id
    'BMD_femoral_neck'
    """
    name = find_name(word, kind)
    if name is None:
        spellings = {w: n.name for n in read_nomenclature().values() if kind in n.kinds for w in n.words}
        near = near_names(word, spellings)
        advice = " or ".join(f"'{spelling}'" for spelling in near)
        expected = f"a name of nomenclature.csv, kind {kind}"
        raise InputError([Problem("", f"{kind} '{word}' is not known", expected, advice)])
    return name
