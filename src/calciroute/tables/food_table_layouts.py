"""Food tables that people download: files, headings and nutrient codes of each layout.

``food_table_layouts.csv`` (a row a layout), ``food_table_columns.csv`` (a row a heading that is read) and
``food_table_nutrients.csv`` (a row a code of the source). ``tried`` tells whether a real file was ever read.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from calciroute.tables.csv_table import Column, Row
from calciroute.tables.rules import checked_rows, sourced, words_of
from calciroute.tables.texts import data_text

_YES_NO = frozenset({"yes", "no"})
LAYOUTS = frozenset({"sr", "fdc", "ciqual", "ciqual_xml", "frida"})
BASES = frozenset({"mass", "mk4_equivalents", "k1_equivalents_molar", "not_stated"})
LAYOUT_COLUMNS = (
    Column("layout", required=True, allowed=LAYOUTS),
    Column("title", required=True),
    Column("region", required=True),
    Column("files"),
    Column("optional_files"),
    Column("sheets"),
    Column("decimal_mark", required=True, allowed=frozenset({"point", "comma"})),
    Column("missing_words"),
    Column("trace_words"),
    Column("tried", required=True, allowed=_YES_NO),
    Column("tried_on"),
    Column("tried_sha256"),
    Column("licence", required=True),
    Column("attribution", required=True),
    Column("source", required=True),
    Column("locator", required=True),
    Column("verified", required=True),
    Column("note"),
)
COLUMN_COLUMNS = (
    Column("layout", required=True, allowed=LAYOUTS),
    Column("file", required=True),
    Column("column", required=True),
    Column("required", required=True, allowed=_YES_NO),
    Column("meaning", required=True),
)
NUTRIENT_COLUMNS = (
    Column("layout", required=True, allowed=LAYOUTS),
    Column("code", required=True),
    Column("number"),
    Column("nutrient", required=True),
    Column("names"),
    Column("unit", required=True, allowed=frozenset({"ug", "mg", "g", "IU"})),
    Column("basis", required=True, allowed=BASES),
    Column("highest", "number", required=True),
    Column("required", required=True, allowed=_YES_NO),
    Column("source", required=True),
    Column("locator", required=True),
    Column("verified", required=True),
    Column("note"),
)


@dataclass(frozen=True)
class Layout:
    """One layout of a food table.

    Parameters
    ----------
    layout, title, region : str
        Key; the source's name; country, two letters.
    files, optional_files, sheets : tuple of str
        Names that the layout consists of; empty where headings alone tell.
    decimal_mark : {"point", "comma"}
        Of numbers written as text.
    missing_words, trace_words : tuple of str
        Cells that mean nothing is known, and detected but not measured.
    tried : bool
        Whether a real file was read whole.
    tried_on : str
        Which one.
    tried_sha256 : tuple of str
        Hashes of those files, hexadecimal.
    licence, attribution, source, verified : str
        Terms of the source, how it wants to be named, key in references.bib, what was read.
    """

    layout: str
    title: str
    region: str
    files: tuple[str, ...]
    optional_files: tuple[str, ...]
    sheets: tuple[str, ...]
    decimal_mark: str
    missing_words: tuple[str, ...]
    trace_words: tuple[str, ...]
    tried: bool
    tried_on: str
    tried_sha256: tuple[str, ...]
    licence: str
    attribution: str
    source: str
    verified: str


@dataclass(frozen=True)
class TableColumn:
    """One heading that is read.

    Parameters
    ----------
    name, meaning : str
        As printed; what it holds.
    required : bool
        Whether a file without it is refused.
    """

    name: str
    required: bool
    meaning: str


@dataclass(frozen=True)
class TableNutrient:
    """One nutrient of a layout.

    Parameters
    ----------
    code, number : str
        The source's code; an older one, or empty.
    nutrient : str
        Name in results, such as ``K1``.
    names : tuple of str
        What the source's own dictionary calls this code; any other name is refused.
    unit, basis : str
        Unit per 100 g, and what is weighed; words of `BASES`.
    highest : float
        A larger amount in 100 g of anything is no amount.
    required : bool
        Whether a table without the code is refused.
    """

    code: str
    number: str
    nutrient: str
    names: tuple[str, ...]
    unit: str
    basis: str
    highest: float
    required: bool


def layout_rows() -> tuple[Row, ...]:
    """Rows of the layouts as they stand."""
    return checked_rows(data_text("food_table_layouts.csv"), LAYOUT_COLUMNS, ("layout",), (sourced,))


def nutrient_rows() -> tuple[Row, ...]:
    """Rows of the nutrient codes as they stand."""
    key = ("layout", "code")
    return checked_rows(data_text("food_table_nutrients.csv"), NUTRIENT_COLUMNS, key, (sourced,))


def column_rows() -> tuple[Row, ...]:
    """Rows of the headings as they stand."""
    return checked_rows(data_text("food_table_columns.csv"), COLUMN_COLUMNS, ("layout", "file", "column"))


@cache
def food_table_layout(name: str) -> Layout:
    """One layout.

    Parameters
    ----------
    name : str
        Such as ``fdc``.

    Returns
    -------
    Layout

    Raises
    ------
    TableError
        With every problem of the table.
    KeyError
        For a name that is not in `LAYOUTS`.

    Examples
    --------
    >>> food_table_layout("frida").tried, food_table_layout("sr").tried
    (False, True)
    """
    row = {row.text("layout"): row for row in layout_rows()}[name]
    return Layout(
        layout=name,
        title=row.text("title"),
        region=row.text("region"),
        files=words_of(row.text("files")),
        optional_files=words_of(row.text("optional_files")),
        sheets=words_of(row.text("sheets")),
        decimal_mark=row.text("decimal_mark"),
        missing_words=words_of(row.text("missing_words")),
        trace_words=words_of(row.text("trace_words")),
        tried=row.text("tried") == "yes",
        tried_on=row.text("tried_on"),
        tried_sha256=words_of(row.text("tried_sha256")),
        licence=row.text("licence"),
        attribution=row.text("attribution"),
        source=row.text("source"),
        verified=row.text("verified"),
    )


@cache
def food_table_columns(layout: str, file: str) -> tuple[TableColumn, ...]:
    """Headings that are read from one file of a layout.

    Parameters
    ----------
    layout, file : str
        Such as ``fdc`` and ``nutrient.csv``; a sheet counts as a file.

    Returns
    -------
    tuple of TableColumn
        In the order of the table; empty for a file that the layout does not have.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> [column.name for column in food_table_columns("fdc", "nutrient.csv") if column.required]
    ['id', 'name', 'unit_name']
    """
    return tuple(
        TableColumn(row.text("column"), row.text("required") == "yes", row.text("meaning"))
        for row in column_rows()
        if (row.text("layout"), row.text("file")) == (layout, file)
    )


@cache
def food_table_nutrients(layout: str) -> tuple[TableNutrient, ...]:
    """Nutrient codes of a layout.

    Parameters
    ----------
    layout : str
        Such as ``sr``.

    Returns
    -------
    tuple of TableNutrient
        In the order of the table.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> [(one.code, one.nutrient) for one in food_table_nutrients("fdc")][:3]
    [('1185', 'K1'), ('1184', 'dihydro_K1'), ('1183', 'MK4')]
    """
    return tuple(_nutrient(row) for row in nutrient_rows() if row.text("layout") == layout)


def _nutrient(row: Row) -> TableNutrient:
    highest = row.number("highest")
    assert highest is not None  # a required column
    return TableNutrient(
        code=row.text("code"),
        number=row.text("number"),
        nutrient=row.text("nutrient"),
        names=words_of(row.text("names")),
        unit=row.text("unit"),
        basis=row.text("basis"),
        highest=highest,
        required=row.text("required") == "yes",
    )
