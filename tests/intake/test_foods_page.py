"""docs/foods.md says what the tables hold."""

from __future__ import annotations

import re
from pathlib import Path

from calciroute.tables.base_foods import base_names
from calciroute.tables.dishes import read_dishes
from calciroute.tables.food_nutrients import read_food_nutrients
from calciroute.tables.food_words import read_food_words
from calciroute.tables.foods import read_foods

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "foods.md").read_text("utf-8")
REMEMBERED = PAGE.split("## Numbers that are only remembered")[1]


def _vitamers(food_id):
    forms = {"K1", "K2", "vitamin K", "dihydro-K1"}
    amounts = read_food_nutrients().get(food_id, {})
    return [amount for name, amount in amounts.items() if name in forms or name.startswith("MK-")]


def test_every_remembered_food_is_named_and_no_other():
    whole, part = set(), set()
    preferred = [food.food_id for food in read_foods().values() if food.preferred and _vitamers(food.food_id)]
    for food_id in preferred:
        remembered = [amount.verified == "memory" for amount in _vitamers(food_id)]
        if any(remembered):
            (whole if all(remembered) else part).add(food_id)
    table, _, rest = REMEMBERED.partition("In fourteen more foods")
    assert set(re.findall(r"\b[a-z0-9]+(?:_[a-z0-9]+)+\b", table)) == whole
    assert set(re.findall(r"\b[a-z0-9]+(?:_[a-z0-9]+)+\b", rest)) == part
    assert f"Of {len(preferred)} preferred foods" in PAGE
    assert f"{len(whole)} rest on memory alone" in PAGE


def test_counts_of_the_page_are_those_of_the_tables():
    assert f"all {len(base_names()):,} foods" in PAGE
    assert f"{len(read_dishes())} mixtures" in PAGE
    assert f"{len(read_food_words())} rows with over 50,000 names" in PAGE
    assert sum(len(words) for row in read_food_words() for words in row.words.values()) > 50_000
    assert (
        f"{len(read_foods())} analyses of {len({food.food for food in read_foods().values()})} foods" in PAGE
    )
