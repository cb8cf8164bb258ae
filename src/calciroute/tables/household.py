"""Words of a diary that are no food: measures of kitchens, number words, days and meals; four small tables.

``household_measures.csv`` says what a measure holds, ``measure_words.csv`` how it is called,
``number_words.csv`` which words are numbers, ``diary_words.csv`` which words are days, meals and the small
words around an amount.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from calciroute.errors import Problem, TableError
from calciroute.tables.csv_table import Column, Row
from calciroute.tables.rules import checked_rows, sourced, words_of
from calciroute.tables.texts import data_text

KINDS = frozenset({"mass", "volume", "piece"})
WORD_KINDS = frozenset(
    {
        "weekday",
        "day",
        "meal",
        "short_meal",
        "unclocked_meal",
        "about",
        "of",
        "size",
        "supplement",
        "dish",
        "bread",
        "not_eaten",
        "no_food",
        "title",
        "without",
    }
)
COLUMNS = (
    Column("measure", required=True),
    Column("kind", required=True, allowed=KINDS),
    Column("value", "number"),
    Column("unit", allowed=frozenset({"g", "ml"})),
    Column("region"),
    Column("portion_words"),
    Column("source"),
    Column("locator"),
    Column("verified", required=True),
    Column("note"),
)
_WORD_COLUMNS = (Column("measure", required=True), Column("words", required=True))
_NUMBER_COLUMNS = (Column("value", "number", required=True), Column("words", required=True))
_PORTION_COLUMNS = (
    Column("food", required=True),
    Column("measure", required=True),
    Column("grams", "number", required=True),
    Column("source"),
    Column("verified", required=True),
    Column("note"),
)
_DIARY_COLUMNS = (
    Column("kind", required=True, allowed=WORD_KINDS),
    Column("value", required=True),
    Column("words", required=True),
)


@dataclass(frozen=True)
class Measure:
    """A measure of a kitchen.

    Parameters
    ----------
    name : str
        Such as ``cup``.
    kind : {"mass", "volume", "piece"}
        What one of it is; a piece weighs what the food weighs.
    value : float or None
        Of one, g or ml as `unit` says; None where the food decides.
    unit : str
        ``g``, ``ml`` or empty.
    portion_words : tuple of str
        How the base table calls it.
    note, where : str
        Remark, ``file:line``.
    """

    name: str
    kind: str
    value: float | None
    unit: str
    portion_words: tuple[str, ...]
    note: str
    where: str


@cache
def household_rows() -> tuple[Row, ...]:
    """Rows of ``household_measures.csv``.

    Returns
    -------
    tuple of Row
        In file order.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> household_rows()[0].text("measure")
    'g'
    """
    return checked_rows(data_text("household_measures.csv"), COLUMNS, ("measure", "region"), (sourced,))


def is_measure(name: str) -> bool:
    """Whether a measure has a row.

    Parameters
    ----------
    name : str
        Such as ``cup``.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_measure("cup"), is_measure("fistful")
    (True, False)
    """
    return any(row.text("measure") == name for row in household_rows())


def measure_called(name: str, region: str | None = None) -> Measure:
    """One measure, as it is in a region.

    Parameters
    ----------
    name : str
        A value of ``measure``.
    region : str, optional
        Two letters.

    Returns
    -------
    Measure
        That of the region, else the general one.

    Examples
    --------
    >>> measure_called("cup").value, measure_called("cup", "JP").value
    (240.0, 200.0)
    """
    rows = {row.text("region"): row for row in household_rows() if row.text("measure") == name}
    row = rows.get(region or "", rows[""])
    return Measure(
        name,
        row.text("kind"),
        row.number("value"),
        row.text("unit"),
        words_of(row.text("portion_words")),
        row.text("note"),
        row.where,
    )


@cache
def portion_weights() -> Mapping[tuple[str, str], float]:
    """What one measure of one food weighs where no other table says it well: ``portion_weights.csv``.

    Returns
    -------
    mapping of tuple of str to float
        Food key and measure to grams; ``piece`` stands for the food itself.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> portion_weights()["rice_cooked", "small_bowl"]
    150.0
    """
    rows = checked_rows(data_text("portion_weights.csv"), _PORTION_COLUMNS, ("food", "measure"), (sourced,))
    return MappingProxyType(
        {(row.text("food"), row.text("measure")): row.number("grams") or 0.0 for row in rows}
    )


@cache
def measure_words() -> Mapping[str, str]:
    """Words that name a measure.

    Returns
    -------
    mapping of str to str
        Case-folded word to measure.

    Raises
    ------
    TableError
        For a word with two meanings, or a measure without a row.

    Examples
    --------
    >>> measure_words()["eetlepel"], measure_words()["cups"]
    ('tablespoon', 'cup')
    """
    known = {row.text("measure") for row in household_rows()}
    found: dict[str, str] = {}
    problems = []
    for row in checked_rows(data_text("measure_words.csv"), _WORD_COLUMNS, ("measure",)):
        name = row.text("measure")
        if name not in known:
            problems.append(Problem(row.where, f"measure '{name}'", "a row of household_measures.csv"))
        for word in words_of(row.text("words")):
            if found.setdefault(word.casefold(), name) != name:
                problems.append(Problem(row.where, f"'{word}' names {found[word.casefold()]} too", "one"))
    if problems:
        raise TableError(problems)
    return MappingProxyType(found)


@cache
def number_words() -> Mapping[str, float]:
    """Words that are numbers.

    Returns
    -------
    mapping of str to float
        Case-folded word to number.

    Raises
    ------
    TableError
        For a word with two values.

    Examples
    --------
    >>> number_words()["anderhalf"]
    1.5
    """
    found: dict[str, float] = {}
    problems = []
    for row in checked_rows(data_text("number_words.csv"), _NUMBER_COLUMNS, ("value",)):
        value = row.number("value")
        assert value is not None  # a required column
        for word in words_of(row.text("words")):
            if found.setdefault(word.casefold(), value) != value:
                problems.append(
                    Problem(row.where, f"'{word}' is {found[word.casefold()]:g} too", "one number")
                )
    if problems:
        raise TableError(problems)
    return MappingProxyType(found)


@cache
def diary_words(kind: str) -> Mapping[str, str]:
    """Words of one kind around foods and amounts.

    Parameters
    ----------
    kind : {"weekday", "day", "meal", "short_meal", "unclocked_meal", "about", "of", "size", "supplement",
        "dish", "bread", "not_eaten", "no_food", "title", "without"}
        Which; short names of meals (*b*, *tea*) need a colon, unclocked ones (*meal 2*) have no usual hour.

    Returns
    -------
    mapping of str to str
        Case-folded word to its value; of a meal the hour at which it is taken (assumed).

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> diary_words("weekday")["zondag"], diary_words("meal")["ontbijt"]
    ('Sunday', '8')
    """
    rows = checked_rows(data_text("diary_words.csv"), _DIARY_COLUMNS, ("kind", "value"))
    return MappingProxyType(
        {
            word.casefold(): row.text("value")
            for row in rows
            if row.text("kind") == kind
            for word in words_of(row.text("words"))
        }
    )
