"""Why a food of a diary has no value of a vitamer, and totals that no table takes apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from calciroute.intake.foods import MENAQUINONES, NUTRIENTS
from calciroute.intake.importers.imported import ImportedFood
from calciroute.intake.importers.in_use import imported_food
from calciroute.tables.base_foods import is_base_food
from calciroute.tables.dishes import read_dishes
from calciroute.tables.food_nutrients import read_food_nutrients
from calciroute.tables.foods import Food, analyses_of

# What stands behind a missing value: each kind is said in words, none is zero.
MISSING_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "not_in_base": "the US base table holds K1, dihydro-K1 and, of some foods, MK-4 alone",
        "longer_not_measured": "the analysis stopped at MK-4",
        "with_K1": "the source gives one total that includes K1",
        "other_unit": "the source gives equivalents, another unit",
        "not_split": "the source gives one K2 total that is not taken apart",
        "not_measured": "nobody measured it, as far as the tables know",
        "ingredient": "an ingredient of the dish has no value",
        "not_found": "the food was not found or not weighed",
    }
)
_HOLDS = {
    "total_vitamin_k_incl_k1": "K1 and menaquinones together, by mass",
    "total_vitamin_k": "K1 and menaquinones together, as MK-4 equivalents",
    "total_vitamin_k_as_K1_equivalents": "K1 and menaquinones together, as molar K1 equivalents",
}
_NAMES = frozenset(NUTRIENTS[printed] for printed in MENAQUINONES)

# What a table that the person brought says of its menaquinones.
_OF_OWN_TABLES: Mapping[str, str] = MappingProxyType(
    {
        "measured": "not_split",
        "lower_bound": "longer_not_measured",
        "upper_bound_includes_k1": "with_K1",
        "unknown": "not_measured",
    }
)


@dataclass(frozen=True)
class UnsplitTotal:
    """An amount in 100 g that stands for several vitamers at once, ug in the unit that `holds` names."""

    holds: str
    low: float
    central: float
    high: float


def missing_kind(food: str, nutrient: str, region: str | None) -> str:
    """Why `contents_of` says nothing of a nutrient.

    Parameters
    ----------
    food, nutrient : str
        Keys, such as ``brie`` and ``MK9``.
    region : str or None
        Where the food is from.

    Returns
    -------
    str
        A word of `MISSING_WORDS`.

    Examples
    --------
    >>> missing_kind("brie", "MK9", "US"), missing_kind("sr28:18075", "MK7", None)
    ('not_measured', 'not_in_base')
    """
    if food in read_dishes():
        return "ingredient"
    if is_base_food(food):
        return "not_in_base" if nutrient in _NAMES else "not_measured"
    if nutrient not in _NAMES:
        return "not_measured"
    if (own := imported_food(food)) is not None:
        return _OF_OWN_TABLES[own[1].k2_rule]
    rows = _rows(food, region)
    rules = {row.k2_missing_rule for row in rows}
    bases = {row.k2_basis for row in rows}
    if bases & {"total_vitamin_k", "total_vitamin_k_as_K1_equivalents"}:
        return "other_unit"
    if "upper_bound_includes_k1" in rules:
        return "with_K1"
    if "lower_bound" in rules:
        return "longer_not_measured"
    return "not_split" if "reported_total" in bases else "not_measured"


def unsplit_total(food: str, region: str | None) -> UnsplitTotal | None:
    """The total of a food that no vitamer is known of.

    Parameters
    ----------
    food : str
        Key.
    region : str or None
        Where the food is from.

    Returns
    -------
    UnsplitTotal or None
        None where the vitamers are known, or no total is.

    Examples
    --------
    >>> unsplit_total("blue_cheese", "US").holds
    'K1 and menaquinones together, by mass'
    """
    from calciroute.intake.foods import contents_of

    if is_base_food(food) or "MK7" in contents_of(food, region):
        return None
    if (own := imported_food(food)) is not None:
        return _total_of_own_table(own[1])
    for row in _rows(food, region):
        amounts = read_food_nutrients().get(row.food_id, {})
        total = amounts.get("vitamin K") or amounts.get("K2")
        if total is None or row.k2_basis not in _HOLDS:
            continue
        ends = [value for value in (total.low, total.value, total.high) if value is not None]
        if ends:
            value = total.value if total.value is not None else (ends[0] + ends[-1]) / 2.0
            return UnsplitTotal(_HOLDS[row.k2_basis], min(ends), value, max(ends))
    return None


def _total_of_own_table(food: ImportedFood) -> UnsplitTotal | None:
    for name, holds in (("K2", "K2 of all forms"), ("K_total", _HOLDS["total_vitamin_k_incl_k1"])):
        amount = food.amounts.get(name)
        if amount is None or amount.value is None:
            continue
        if amount.basis != "mass":
            holds = f"{holds.removesuffix(', by mass')}, in a unit the table does not state"
        ends = [end for end in (amount.low, amount.value, amount.high) if end is not None]
        return UnsplitTotal(holds, min(ends), amount.value, max(ends))
    return None


def _rows(food: str, region: str | None) -> tuple[Food, ...]:
    return (analyses_of(food, region) if region else ()) or analyses_of(food)
