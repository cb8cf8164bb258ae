"""What ties the words of foods and the dishes to the foods themselves."""

from __future__ import annotations

from collections.abc import Iterator

from calciroute.errors import Problem, near_names
from calciroute.tables.base_foods import PREFIX as BASE
from calciroute.tables.base_foods import base_food, is_base_food
from calciroute.tables.dishes import PREFIX as DISH
from calciroute.tables.dishes import read_dishes
from calciroute.tables.food_words import read_food_words
from calciroute.tables.foods import read_foods


def food_link_problems() -> Iterator[Problem]:
    """Words, lenders and ingredients that name no food.

    Yields
    ------
    Problem
        One a broken tie.

    Examples
    --------
    >>> list(food_link_problems())
    []
    """
    curated = {food.food for food in read_foods().values()}
    for row in read_food_words():
        for food in (row.food, row.cooked):
            if food and not _known(food, curated):
                yield _unknown(row.where, food, curated)
        if row.base and not is_base_food(row.base):
            yield Problem(row.where, f"base '{row.base}' is not in base_foods.csv", f"{BASE} and its number")
    for dish in read_dishes().values():
        for part in dish.ingredients:
            # A dish of dishes would need an order of reading.
            if not _known(part.food, curated) or part.food.startswith(DISH):
                yield _unknown(dish.where, part.food, curated)


def _known(food: str, curated: set[str]) -> bool:
    if food.startswith(BASE):
        return is_base_food(food) and bool(base_food(food).amounts)
    return food in read_dishes() if food.startswith(DISH) else food in curated


def _unknown(where: str, food: str, curated: set[str]) -> Problem:
    near = near_names(food, curated)
    advice = f"'{near[0]}'" if near else ""
    return Problem(
        where, f"food '{food}' is in no table", "a food of foods.csv or sr28: and a number", advice
    )
