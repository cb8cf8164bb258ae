"""Where each number of a food comes from, and whether somebody read it there."""

from __future__ import annotations

from dataclasses import dataclass

from calciroute.intake.content import Content100g
from calciroute.intake.foods import MENAQUINONES, NUTRIENTS, OTHER_NUTRIENTS, contents_of, lender_of
from calciroute.tables.base_foods import SOURCE, VERIFIED, base_food, is_base_food
from calciroute.tables.dishes import read_dishes
from calciroute.tables.food_nutrients import read_food_nutrients
from calciroute.tables.foods import Food, analyses_of
from calciroute.tables.rules import MEMORY

_PRINTED = {name: printed for printed, name in {**NUTRIENTS, **OTHER_NUTRIENTS}.items()}
BY_NATURE = "unfermented plant foods hold none by nature"
FROM_TOTAL = "read from the total of menaquinones, by the form that this kind of food is known for"

NO_PART = "no part of the total that its source reports (assumed)"

_SAYING = frozenset({"structural_zero", "mk4_is_total", "measured"})


@dataclass(frozen=True)
class NumberSource:
    """Where one number was read.

    Parameters
    ----------
    source, locator : str
        Key of references.bib and place in it; empty where a rule stands in.
    verified : bool
        False where the number is only remembered.
    read : str
        Where it was read.
    how : str
        What stands between source and number, such as another food; empty for a plain reading.
    """

    source: str
    locator: str
    verified: bool
    read: str
    how: str = ""


def source_of(food: str, nutrient: str, region: str | None) -> NumberSource | None:
    """Where a number of `contents_of` comes from.

    Parameters
    ----------
    food, nutrient : str
        Keys, such as ``gouda`` and ``MK9``.
    region : str or None
        Two letters.

    Returns
    -------
    NumberSource or None
        None where `contents_of` says nothing of the nutrient.

    Examples
    --------
    >>> found = source_of("natto", "MK7", "NL")
    >>> found.source, found.verified
    ('schurgersvermeer2000', True)
    """
    content = contents_of(food, region).get(nutrient)
    if content is None:
        return None
    if food in read_dishes():
        dish = read_dishes()[food]
        return NumberSource(dish.source, dish.locator, True, "", f"from its ingredients; recipe {dish.basis}")
    printed = _PRINTED.get(nutrient, nutrient)
    if is_base_food(food) and nutrient in base_food(food).amounts:
        return _of_base(food, nutrient, "")
    rows = (analyses_of(food, region) if region else ()) or analyses_of(food)
    found = _in_rows(rows, printed, region)
    if found is None and printed not in MENAQUINONES:
        found = _in_rows(analyses_of(food), printed, region)
    if found is not None:
        return found
    if printed in MENAQUINONES:
        return _by_rule(rows, content)
    lender = lender_of(food)
    return _of_base(lender, nutrient, f"of {base_food(lender).name}") if is_base_food(lender) else None


def _of_base(food: str, nutrient: str, how: str) -> NumberSource:
    basis = base_food(food).amounts[nutrient].basis
    parts = [part for part in (how, basis if basis != "measured" else "") if part]
    return NumberSource(SOURCE, base_food(food).locator, True, VERIFIED, "; ".join(parts))


def _in_rows(rows: tuple[Food, ...], printed: str, region: str | None) -> NumberSource | None:
    for row in rows:
        amount = read_food_nutrients().get(row.food_id, {}).get(printed)
        if amount is not None:
            remembered = amount.verified == MEMORY
            how = f"an analysis from {row.region}" if region and row.region not in {region, ""} else ""
            return NumberSource(amount.source, amount.locator, not remembered, amount.verified, how)
    return None


def _by_rule(rows: tuple[Food, ...], content: Content100g) -> NumberSource:
    # As in `contents_of`: the first analysis that says anything of the forms that it does not list.
    row = next((one for one in rows if one.k2_missing_rule in _SAYING), rows[0])
    if row.k2_missing_rule == "structural_zero":
        return NumberSource("", "", True, "", BY_NATURE)
    total = read_food_nutrients().get(row.food_id, {}).get("K2")
    remembered = total is not None and total.verified == MEMORY
    source, locator = (total.source, total.locator) if total is not None else (row.source, row.locator)
    how = FROM_TOTAL if content.central else NO_PART
    return NumberSource(source, locator, not remembered, total.verified if total else "", how)
