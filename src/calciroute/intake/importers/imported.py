"""A food table that a person brought, as all layouts give it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Reading = Literal["value", "below_limit", "traces"]
# What a nutrient without an entry means for the menaquinones of a row; words of `tables.foods`.
K2Rule = Literal["measured", "lower_bound", "upper_bound_includes_k1", "unknown"]


@dataclass(frozen=True)
class ImportedAmount:
    """Amount of one nutrient in 100 g, as the source prints it.

    Parameters
    ----------
    value : float or None
        In `unit`; None for traces and for an amount below a limit.
    unit : str
        ug, mg or g.
    reading : {"value", "below_limit", "traces"}
        A number; less than `limit`; detected and not measured.
    limit : float or None
        In `unit`, for ``below_limit``.
    low, high : float or None
        Smallest and largest sample, in `unit`.
    n : float or None
        Samples.
    basis : str
        ``mass``, ``mk4_equivalents``, ``k1_equivalents_molar`` or ``not_stated``.
    printed, printed_unit : str
        The cell and its unit before anything was converted.
    note : str
        Such as the food that a value was borrowed from; empty where there is nothing to say.
    """

    value: float | None
    unit: str
    reading: Reading
    limit: float | None
    low: float | None
    high: float | None
    n: float | None
    basis: str
    printed: str
    printed_unit: str
    note: str = ""


@dataclass(frozen=True)
class ImportedFood:
    """A food of such a table.

    Parameters
    ----------
    code : str
        The source's number of the food.
    name : str
        In English where the source has it.
    other_names : tuple of str
        In other languages.
    group : str
        The source's group; empty where it has none.
    amounts : mapping of str to ImportedAmount
        By names such as ``K1``; what the source does not know is absent, never 0.
    k2_rule : str
        How to read absent menaquinones: ``measured`` (all forms were looked for), ``lower_bound`` (longer
        forms were not measured), ``upper_bound_includes_k1``, ``unknown``.
    """

    code: str
    name: str
    other_names: tuple[str, ...]
    group: str
    amounts: Mapping[str, ImportedAmount]
    k2_rule: K2Rule


@dataclass(frozen=True)
class ImportedTable:
    """A whole table.

    Parameters
    ----------
    layout : str
        Such as ``ciqual``.
    title : str
        The source's name.
    file : str
        Name of the file or folder it was read from.
    sha256 : str
        Of what was read; several files are hashed together with their names.
    region : str
        Country of the foods, two letters.
    licence, attribution : str
        Terms of the source, and how it wants to be named.
    tried : str
        Empty, or a sentence that this layout or this edition was not tried on a real file.
    notes : tuple of str
        What was left out or understood on the way.
    foods : mapping of str to ImportedFood
        By code, in the order of the source.
    read_on : str
        Day of the import, ISO; empty for a table that was not kept.
    """

    layout: str
    title: str
    file: str
    sha256: str
    region: str
    licence: str
    attribution: str
    tried: str
    notes: tuple[str, ...]
    foods: Mapping[str, ImportedFood]
    read_on: str = ""

    @property
    def key(self) -> str:
        """Short name: layout and the first digits of the hash."""
        return f"{self.layout}-{self.sha256[:8]}"


def k2_rule_of(amounts: Mapping[str, ImportedAmount]) -> K2Rule:
    """How absent menaquinones of a row are read.

    Parameters
    ----------
    amounts : mapping of str to ImportedAmount
        Of one food.

    Returns
    -------
    str
        Long forms or a K2 total were measured; MK-4 alone is a lower bound; a total with K1 is an upper one;
        else nothing is known. No row is read as holding none: a table that is silent does not say so.

    Examples
    --------
    >>> k2_rule_of({})
    'unknown'
    """
    if "K2" in amounts or {"MK7", "MK9"} <= set(amounts):
        return "measured"
    if any(name.startswith("MK") for name in amounts):
        return "lower_bound"
    return "upper_bound_includes_k1" if "K_total" in amounts else "unknown"
