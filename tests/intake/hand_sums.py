"""The tables added up by hand: rows of the CSV files and plain sums, without the code that is tested."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import calciroute

DATA = Path(calciroute.__file__).parent / "data"
# Name in results -> name in food_nutrients.csv, column of base_foods.csv.
COLUMNS = {
    "K1": ("K1", "K1"),
    "MK7": ("MK-7", ""),
    "calcium": ("calcium", "calcium"),
    "magnesium": ("magnesium", "magnesium"),
    "fat": ("fat", "fat"),
}
_RANK = {"yes": 0, "region": 1, "no": 2}


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def base_value(number: str, nutrient: str) -> float | None:
    column = COLUMNS[nutrient][1]
    if not column:
        return None
    text = next(row[column] for row in rows("base_foods.csv") if row["ndb"] == number)
    return float(text) if text else None


def per_100_g(food: str, nutrient: str, region: str) -> float | None:
    """The number that a reader of the tables would take; None where there is none."""
    own = _own(food, nutrient, region)
    if own is not None or nutrient == "MK7":
        return own
    # ``base`` of food_words.csv names the base food that lends what is missing; else the row's own number.
    lender = next((row["base"] for row in rows("food_words.csv") if row["food"] == food and row["base"]), "")
    ndb = next(
        (row["locator"] for row in rows("foods.csv") if row["food"] == food and row["source"] == "usda_sr28"),
        "",
    )
    lender = lender or ndb.replace("NDB ", "sr28:")
    return base_value(lender.removeprefix("sr28:"), nutrient) if lender.startswith("sr28:") else None


def _own(food: str, nutrient: str, region: str) -> float | None:
    if food.startswith("sr28:"):
        return base_value(food.removeprefix("sr28:"), nutrient)
    if food.startswith("dish:"):
        total = 0.0
        for row in rows("dishes.csv"):
            if row["dish"] == food.removeprefix("dish:"):
                value = per_100_g(row["food"], nutrient, region)
                if value is None:
                    return None
                total += value * float(row["share"]) / 100.0
        return total
    everywhere = sorted(
        (row for row in rows("foods.csv") if row["food"] == food), key=lambda row: _RANK[row["preferred"]]
    )
    here = [row for row in everywhere if row["region"] == region]
    for row in here or everywhere:
        if (value := _analysed(row, nutrient)) is not None:
            return value
    if nutrient == "MK7":
        return None
    for row in everywhere:
        if (value := _analysed(row, nutrient)) is not None:
            return value
    return None


def _analysed(row: dict[str, str], nutrient: str) -> float | None:
    for found in _amounts(row["food_id"], COLUMNS[nutrient][0]):
        if found["value"]:
            return float(found["value"])
        return (float(found["low"]) + float(found["high"])) / 2.0
    if nutrient != "MK7":
        return None
    # By nature, or because the analysis says that nothing else was found.
    nothing = row["k2_missing_rule"] in {"structural_zero", "mk4_is_total"}
    summed = row["k2_missing_rule"] == "measured" and row["k2_basis"] == "sum_of_reported_forms"
    total = row["k2_missing_rule"] == "measured" and row["k2_basis"] == "reported_total"
    if total:
        groups = {one["group"]: one["vitamer"] for one in rows("k2_groups.csv")}
        if row["group"] in groups and groups[row["group"]] != "MK-7":
            return 0.0
    return 0.0 if nothing or summed else None


def _amounts(food_id: str, nutrient: str) -> Iterator[dict[str, str]]:
    for row in rows("food_nutrients.csv"):
        if row["food_id"] == food_id and row["nutrient"] == nutrient:
            yield row
