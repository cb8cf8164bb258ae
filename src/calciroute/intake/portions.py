"""How much a spoken amount of a food weighs: by the base table's own measures, else by its usual portion.

A volume needs a density. It comes from a measure of the same food in the base table; a drink of which the
table has none counts 1 g a millilitre. Nothing else is assumed: the person is asked for grams.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from calciroute.tables.base_foods import PREFIX, Portion, base_food, base_portions, is_base_food
from calciroute.tables.dishes import read_dishes
from calciroute.tables.food_nutrients import read_food_nutrients
from calciroute.tables.foods import analyses_of
from calciroute.tables.household import Measure, is_measure, measure_called, portion_weights

# Measures of the base table in ml; the release is American.
_ML_OF_BASE = {
    "fl oz": 29.57,
    "cup": 236.6,
    "serving 1/2 cup": 118.3,
    "tbsp": 14.79,
    "tablespoon": 14.79,
    "tsp": 4.93,
    "teaspoon": 4.93,
}
# Where a measure is that of the base table, its own weight stands.
_ML_OF_AMERICAN = {"cup": (240.0,), "tablespoon": (15.0,), "teaspoon": (5.0,), "fl_oz": (30.0,)}
# A spoonful of what nobody weighed is near its volume; a bowl of it is a usual portion.
_SPOON_ML = 15.0
_BOWLS = frozenset({"bowl", "small_bowl", "beaker", "mug"})
_DISH = "dish"
# A row of portion_weights.csv for all foods of a group.
_ALL_OF = "group:"
_BY_THE_SPOON = frozenset({"Fats and Oils", "fat", "oil"})
_SPOONED = (
    "Sauce",
    "Syrup",
    "Salad dressing",
    "Honey",
    "Sugar",
    "Molasses",
    "Catsup",
    "Pickle relish",
    "Dip",
)
_DRINKS = frozenset({"beverage", "Beverages"})
# 1 g a millilitre is near for these; a cooked dish in a bowl weighs a little less or more.
_WATERY = frozenset({"milk", "beverage", "yogurt", "Beverages", _DISH})
_NDB = re.compile(r"NDB (\d{5})")
# Words of the base table for a whole one of a food, best first.
_WHOLE = ("medium", "fruit", "each", "piece", "item", "unit", "large", "small")
_SERVING = ("serving", "NLEA serving", "portion")
# Groups whose usual portion is one piece of the food.
_PORTION_IS_PIECE = frozenset({"egg", "yolk"})


@dataclass(frozen=True)
class Weighed:
    """What an amount weighs.

    Parameters
    ----------
    grams : float
        Of all of it.
    how : str
        How it was found, such as ``slice, 28 g each``; empty for a weight that was written.
    assumed : bool
        Whether a usual portion, or a size nobody measured for this food, stands in.
    """

    grams: float
    how: str = ""
    assumed: bool = False


def weigh(
    food: str, count: float | None, measure_name: str | None, size: str = "", region: str | None = None
) -> Weighed | None:
    """Grams of a spoken amount.

    Parameters
    ----------
    food : str
        Key of the food.
    count : float or None
        How many, > 0; None takes one usual portion.
    measure_name : str or None
        A measure of ``household_measures.csv``; None for pieces of the food.
    size : str, optional
        ``small``, ``medium`` or ``large``.
    region : str, optional
        Whose measures.

    Returns
    -------
    Weighed or None
        None where nobody says what that measure of this food weighs.

    Examples
    --------
    >>> weigh("natto", 50.0, "g")
    Weighed(grams=50.0, how='', assumed=False)
    >>> weigh("sr28:01001", 2.0, "tablespoon")
    Weighed(grams=28.4, how='tablespoon, 14.2 g each', assumed=False)
    >>> weigh("gouda", 2.0, "slice", region="NL")
    Weighed(grams=60.0, how='slice, a usual portion of 30 g each', assumed=True)
    """
    if count is None:
        return _usual(food, 1.0, "no amount")
    own = portion_weights().get((food, measure_name or "piece"))
    if own is None and measure_name == "portion":
        own = portion_weights().get((food, "usual"))
    if own is not None:
        return Weighed(count * own, f"{_said(measure_name)}, {own:g} g each (assumed)", assumed=True)
    if measure_name is None:
        return _pieces(food, count, size)
    if not is_measure(measure_name):
        return None
    measure = measure_called(measure_name, region)
    if measure.kind == "mass":
        assert measure.value is not None
        plain = measure.name in {"g", "kg", "dag", "oz", "lb"}
        how = "" if plain else f"{measure.name.replace('_', ' ')}, {measure.value:g} g each (assumed)"
        return Weighed(count * measure.value, how, assumed=not plain)
    if measure.kind == "volume":
        return _volume(food, count, measure)
    return _measured_pieces(food, count, measure, size)


def _said(measure_name: str | None) -> str:
    return (measure_name or "piece").replace("_", " ")


def measures_of(food: str) -> tuple[Portion, ...]:
    """Measures of a food in the base table, for a message that asks for another one.

    Parameters
    ----------
    food : str
        Key of the food.

    Returns
    -------
    tuple of Portion
        Empty where the table has none.

    Examples
    --------
    >>> [portion.words for portion in measures_of("sr28:01001")][1:]
    ['tbsp', 'cup', 'stick']
    """
    return _portions(food)


@cache
def _portions(food: str) -> tuple[Portion, ...]:
    """Those of the food itself, or of the base food that stands behind a curated one."""
    if is_base_food(food):
        return base_portions(food)
    for numbers in (_numbers_of_rows(food), _numbers_of_minerals(food)):
        for number in numbers:
            if is_base_food(PREFIX + number) and (found := base_portions(PREFIX + number)):
                return found
    return ()


def _numbers_of_rows(food: str) -> list[str]:
    locators = [row.locator for row in analyses_of(food) if row.source == "usda_sr28"]
    return [match[1] for locator in locators if (match := _NDB.search(locator))]


def _numbers_of_minerals(food: str) -> list[str]:
    """Minerals of a curated food are often those of a base food; its measures are then of the same food."""
    found: dict[str, None] = {}
    for row in analyses_of(food):
        calcium = read_food_nutrients().get(row.food_id, {}).get("calcium")
        if calcium is not None and calcium.source == "usda_sr28" and (match := _NDB.search(calcium.locator)):
            found[match[1]] = None
    return list(found)


def _volume(food: str, count: float, measure: Measure) -> Weighed | None:
    assert measure.value is not None
    said = measure.name.replace("_", " ")
    american = measure.value in _ML_OF_AMERICAN.get(measure.name, ())
    if american and (own := _named(food, measure.portion_words)) is not None:
        return Weighed(count * own.grams, f"{said}, {own.grams:g} g each")
    millilitres = count * measure.value
    assumed = measure.note.startswith("assumed")
    size = "" if measure.name in {"ml", "cl", "dl", "l"} else f"{said} of {measure.value:g} ml, "
    for more in (False, True):
        for words, held in _ML_OF_BASE.items():
            if (own := _named(food, (words,), more=more)) is not None:
                density = own.grams / held
                return Weighed(millilitres * density, f"{size}{density:.2f} g/ml ({own.words})", assumed)
    if group_of(food) in _WATERY or measure.value <= _SPOON_ML:
        return Weighed(millilitres, f"{size}1 g/ml (assumed)", assumed=True)
    if measure.name in _BOWLS:
        return _usual(food, count, said)
    return None


def _measured_pieces(food: str, count: float, measure: Measure, size: str) -> Weighed | None:
    said = measure.name
    if size and (own := _named(food, tuple(f"{word} {size}" for word in measure.portion_words))):
        return Weighed(count * own.grams, f"{size} {said}, {own.grams:g} g each")
    if (own := _named(food, measure.portion_words, more=True)) is not None:
        return Weighed(count * own.grams, f"{own.words}, {own.grams:g} g each")
    if measure.value is not None:
        return Weighed(count * measure.value, f"{said}, {measure.value:g} g each (assumed)", assumed=True)
    if measure.name == "portion" and (own := _named(food, _SERVING)) is not None:
        return Weighed(count * own.grams, f"{own.words}, {own.grams:g} g each")
    if measure.name in {"slice", "piece", "portion", "packet", "fillet", "sheet"}:
        return _usual(food, count, said) or _of_group(food, count, said)
    return None


def _of_group(food: str, count: float, said: str) -> Weighed | None:
    grams = portion_weights().get((f"{_ALL_OF}{group_of(food)}", said))
    return (
        None if grams is None else Weighed(count * grams, f"{said}, {grams:g} g each (assumed)", assumed=True)
    )


def _pieces(food: str, count: float, size: str) -> Weighed | None:
    if size and (own := _named(food, (size,))) is not None:
        return Weighed(count * own.grams, f"{own.words}, {own.grams:g} g each")
    if group_of(food) in _PORTION_IS_PIECE:
        return _usual(food, count, "piece")
    if (own := _named(food, _WHOLE, more=True)) is not None or (own := _called_like(food)) is not None:
        return Weighed(count * own.grams, f"{own.words}, {own.grams:g} g each")
    return _usual(food, count, "piece")


def _usual(food: str, count: float, said: str) -> Weighed | None:
    """The usual portion of a curated food or a dish, the serving of a base food."""
    if said == "no amount" and (own_g := _assumed_usual(food)) is not None:
        return Weighed(count * own_g, f"{said}, a usual portion of {own_g:g} g each", assumed=True)
    rows = analyses_of(food)
    if rows or food in read_dishes():
        grams = rows[0].portion_g if rows else read_dishes()[food].portion_g
        return Weighed(count * grams, f"{said}, a usual portion of {grams:g} g each", assumed=True)
    own = _called_like(food) or _named(food, _SERVING) or _named(food, _WHOLE)
    own = own or _spoonfuls(food) or _named(food, ("cup", "slice"))
    if own is None and (ounce := _named(food, ("fl oz",))) is not None:
        own = Portion("cup of 8 fl oz", 8.0 * ounce.grams)
    if own is None:
        return None
    return Weighed(count * own.grams, f"{said}, {own.words} of {own.grams:g} g each", assumed=True)


def _spoonfuls(food: str) -> Portion | None:
    """Two tablespoons of what nobody takes a cup of: sauces, syrups, fats."""
    name = base_food(food).name if is_base_food(food) else ""
    if group_of(food) not in _BY_THE_SPOON and not name.startswith(_SPOONED):
        return None
    spoon = _named(food, ("tbsp", "tablespoon"))
    return Portion("two tablespoons", 2.0 * spoon.grams) if spoon is not None else None


def _assumed_usual(food: str) -> float | None:
    weights = portion_weights()
    return weights.get((food, "usual"), weights.get((food, "piece")))


def has_weight_beside(food: str) -> bool:
    """Whether a food is spread, poured or sprinkled on others: it has a weight for that.

    Parameters
    ----------
    food : str
        Key of the food.

    Returns
    -------
    bool

    Examples
    --------
    >>> has_weight_beside("butter"), has_weight_beside("potato")
    (True, False)
    """
    return _beside_g(food, "beside") is not None


def _beside_g(food: str, measure: str) -> float | None:
    weights = portion_weights()
    return weights.get((food, measure), weights.get((f"{_ALL_OF}{group_of(food)}", measure)))


def weigh_beside(food: str, host: str, times: float) -> Weighed | None:
    """What stands beside another food and has no amount of its own.

    Parameters
    ----------
    food, host : str
        Keys: the butter, the bread.
    times : float
        How many of the host.

    Returns
    -------
    Weighed or None
        So much for each of the host where the table knows; else one usual portion; None where nobody says.

    Examples
    --------
    >>> weigh_beside("butter", "rye_bread", 2.0).grams
    12.0
    """
    grams = _beside_g(food, "in drink") if group_of(host) in _DRINKS else None
    grams = _beside_g(food, "beside") if grams is None else grams
    if grams is None:
        return _usual(food, 1.0, "no amount")
    return Weighed(times * grams, f"beside another food, {grams:g} g each (assumed)", assumed=True)


def _named(food: str, words: tuple[str, ...], *, more: bool = False) -> Portion | None:
    """The first measure that is called so; words may follow in brackets or behind a comma."""
    portions = _portions(food)
    for word in words:
        for ending in ("", " (", ",", *((" ",) if more else ())):
            for portion in portions:
                spelt = portion.words.casefold()
                if "yield from" in spelt:
                    continue  # what a pound of raw meat gives is no slice
                if spelt == word.casefold() if not ending else spelt.startswith(word.casefold() + ending):
                    return portion
    return None


def _called_like(food: str) -> Portion | None:
    """``1 bagel`` of bagels: a measure with the food's own name, other than a weight or a cup."""
    if group_of(food) == _DISH:
        return None
    name = base_food(food).name if is_base_food(food) else analyses_of(food)[0].name
    own = {word.rstrip("s") for word in re.findall(r"[a-z]+", name.casefold())}
    for size in ("medium", "regular", ""):
        for portion in _portions(food):
            spelt = re.findall(r"[a-z]+", portion.words.casefold())
            if spelt and "yield" not in spelt and spelt[0].rstrip("s") in own and size in ("", *spelt):
                return portion
    return None


def group_of(food: str) -> str:
    """Group of a food in its table.

    Parameters
    ----------
    food : str
        Key of the food.

    Returns
    -------
    str
        ``dish`` for a dish.

    Examples
    --------
    >>> group_of("gouda"), group_of("dish:miso_soup")
    ('cheese', 'dish')
    """
    rows = analyses_of(food)
    if rows:
        return rows[0].group
    return base_food(food).group if is_base_food(food) else _DISH
