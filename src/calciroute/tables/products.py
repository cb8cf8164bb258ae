"""What a supplement may hold and in which form: ``substances.csv`` and ``product_forms.csv``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from calciroute.tables.csv_table import Column
from calciroute.tables.nomenclature import folded
from calciroute.tables.rules import checked_rows, words_of
from calciroute.tables.texts import data_text

STATES = frozenset({"modelled", "without_effect", "ask", "refuse"})
SUBSTANCE_COLUMNS = (
    Column("substance", required=True),
    Column("aliases"),
    Column("unit", required=True),
    Column("ask_below", "number"),
    Column("ask_above", "number"),
    Column("refuse_above", "number"),
    Column("asks_in"),
    Column("unit_per_iu", "number"),
    Column("state", required=True, allowed=STATES),
    Column("words"),
    Column("source"),
    Column("note"),
)
FORM_COLUMNS = (
    Column("form", required=True),
    Column("aliases"),
    Column("K1_source", required=True),
    Column("MK4_source", required=True),
    Column("MK7_source", required=True),
    Column("MK89_source", required=True),
    Column("note"),
)


@dataclass(frozen=True)
class Substance:
    """Something that a product may hold.

    Parameters
    ----------
    id, unit : str
        Such as ``MK7``; ug or mg.
    ask_below, ask_above, refuse_above : float or None
        Plausibility band of one dose in `unit`.
    asks_in : tuple of str
        Units in which an amount is usually an error.
    unit_per_iu : float or None
        `unit` in one IU; None where IU has no meaning.
    state : str
        One of `STATES`.
    words : str
        Why it is asked about or refused.
    """

    id: str
    unit: str
    ask_below: float | None
    ask_above: float | None
    refuse_above: float | None
    asks_in: tuple[str, ...]
    unit_per_iu: float | None
    state: str
    words: str


# Share that is absorbed, its rate, and the delay before it.
ABSORPTION_NUMBERS = ("F_matrix", "ka", "lag")


@dataclass(frozen=True)
class ProductForm:
    """A form and its absorption rows by vitamer: MK7: softgel stands for ``F_matrix_MK7_softgel``."""

    name: str
    sources: Mapping[str, str]
    note: str

    def number(self, kind: str, vitamer: str) -> str:
        """Id of the row that holds one absorption number of this form.

        Parameters
        ----------
        kind : str
            One of `ABSORPTION_NUMBERS`.
        vitamer : str
            K1, MK4, MK7 or MK89.

        Returns
        -------
        str
            Id of a row of ``intake_absorption.csv``.

        Examples
        --------
        >>> read_product_forms()["tablet"].number("lag", "MK7")
        'lag_MK7_tablet'
        """
        return f"{kind}_{vitamer}_{self.sources[vitamer]}"


@cache
def read_substances() -> Mapping[str, Substance]:
    """Read the substances.

    Returns
    -------
    mapping of str to Substance
        By every folded name and alias.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> read_substances()[folded("Menaquinone-7")].id
    'MK7'
    """
    known: dict[str, Substance] = {}
    for row in checked_rows(data_text("substances.csv"), SUBSTANCE_COLUMNS, ("substance",)):
        substance = Substance(
            id=row.text("substance"),
            unit=row.text("unit"),
            ask_below=row.number("ask_below"),
            ask_above=row.number("ask_above"),
            refuse_above=row.number("refuse_above"),
            asks_in=words_of(row.text("asks_in")),
            unit_per_iu=row.number("unit_per_iu"),
            state=row.text("state"),
            words=row.text("words"),
        )
        for word in (substance.id, *words_of(row.text("aliases"))):
            known.setdefault(folded(word), substance)
    return MappingProxyType(known)


@cache
def read_product_forms() -> Mapping[str, ProductForm]:
    """Read the forms.

    Returns
    -------
    mapping of str to ProductForm
        By every folded name and alias.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> read_product_forms()["tablets"].sources["MK7"]
    'tablet'
    """
    known: dict[str, ProductForm] = {}
    for row in checked_rows(data_text("product_forms.csv"), FORM_COLUMNS, ("form",)):
        sources = {vitamer: row.text(f"{vitamer}_source") for vitamer in ("K1", "MK4", "MK7", "MK89")}
        form = ProductForm(row.text("form"), MappingProxyType(sources), row.text("note"))
        for word in (form.name, *words_of(row.text("aliases"))):
            known.setdefault(folded(word), form)
    return MappingProxyType(known)
