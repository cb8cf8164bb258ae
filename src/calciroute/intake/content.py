"""Amounts in 100 g: what the base table or a dish says, with spread, and what is only assumed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from calciroute.tables.base_foods import BaseAmount, base_food
from calciroute.tables.dishes import read_dishes

_TWO_SIDED_95 = 1.96
_BASE_REGION = "US"


@dataclass(frozen=True)
class Content100g:
    """Amount in 100 g.

    Parameters
    ----------
    low, central, high : float
        In `unit`; the spread of the analyses that speak for the food here.
    unit : str
        ug, mg, g or kcal.
    assumed : bool
        Read from a total, from another region, from a food like it, or from an assumed recipe.
    """

    low: float
    central: float
    high: float
    unit: str
    assumed: bool


def base_contents(food: str, region: str | None) -> dict[str, Content100g]:
    """What 100 g of a base food hold.

    Parameters
    ----------
    food : str
        Such as ``sr28:18075``.
    region : str or None
        Two letters; elsewhere than in the US the numbers are assumed.

    Returns
    -------
    dict of str to Content100g
        By K1, dihydro_K1, MK4 (where the USDA measured it), D3, minerals, fat, protein, energy. Longer
        menaquinones are absent: nobody looked for them.

    Examples
    --------
    >>> "MK7" in base_contents("sr28:16113", None)
    False
    """
    elsewhere = region not in {None, _BASE_REGION}
    return {name: _with_spread(amount, elsewhere) for name, amount in base_food(food).amounts.items()}


def _with_spread(amount: BaseAmount, elsewhere: bool) -> Content100g:
    around = _TWO_SIDED_95 * (amount.se or 0.0)
    low = max(amount.value - around, 0.0) if amount.low is None else min(amount.low, amount.value)
    high = amount.value + around if amount.high is None else max(amount.high, amount.value)
    return Content100g(
        low, amount.value, high, amount.unit, assumed=elsewhere or amount.basis == "assumed zero"
    )


def dish_contents(dish: str, contents: Callable[[str], Mapping[str, Content100g]]) -> dict[str, Content100g]:
    """What 100 g of a dish hold, from its ingredients.

    Parameters
    ----------
    dish : str
        Such as ``dish:miso_soup``.
    contents : callable
        Gives the contents of an ingredient.

    Returns
    -------
    dict of str to Content100g
        A nutrient that any ingredient leaves open is absent. Lean recipes give the low end, rich ones the
        high end.
    """
    parts = [(part, contents(part.food)) for part in read_dishes()[dish].ingredients]
    known = set.intersection(*(set(held) for _, held in parts))
    found = {}
    for name in parts[0][1]:
        if name not in known:
            continue
        found[name] = Content100g(
            sum(part.low * held[name].low for part, held in parts) / 100.0,
            sum(part.share * held[name].central for part, held in parts) / 100.0,
            sum(part.high * held[name].high for part, held in parts) / 100.0,
            parts[0][1][name].unit,
            assumed=True,
        )
    return found
