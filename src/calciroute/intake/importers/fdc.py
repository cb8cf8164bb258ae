"""USDA FoodData Central: the CSV downloads of Foundation Foods, SR Legacy and the survey foods."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from calciroute.intake.importers.amounts import NutrientDictionary, amount_of
from calciroute.intake.importers.delimited import columns_of, read_lines
from calciroute.intake.importers.faults import Faults
from calciroute.intake.importers.imported import ImportedAmount, ImportedFood, k2_rule_of
from calciroute.intake.importers.source_files import SourceFiles
from calciroute.tables.food_table_layouts import food_table_layout

_KEPT = frozenset({"foundation_food", "sr_legacy_food", "survey_fndds_food"})
_EDITED, _EARLIER = "foundation_food", "foundation foods of earlier editions"
_FOODS = 60_000
_STRANGERS = 0.5  # share of rows without a food from which on the files are not of one download


def read_fdc(files: SourceFiles, faults: Faults) -> tuple[dict[str, ImportedFood], tuple[str, ...]]:
    """Read a download.

    Parameters
    ----------
    files : SourceFiles
        With food.csv, nutrient.csv and food_nutrient.csv.
    faults : Faults
        Receives what is wrong; refuses the download before values are believed.

    Returns
    -------
    dict of str to ImportedFood, tuple of str
        Foods by fdc_id, in file order; what was left out.
    """
    dictionary = _dictionary(files, faults)
    groups = _groups(files, faults)
    foods, left_out, notes = _foods(files, groups, _current(files, faults), faults)
    amounts, more = _amounts(files, dictionary, foods, left_out, faults)
    faults.refuse()
    found = {
        code: replace(food, amounts=held, k2_rule=k2_rule_of(held))
        for code, food in foods.items()
        if (held := amounts.get(code, {}))
    }
    if not found:
        faults.add(files.shown, "no food has an amount that is read", "foods with amounts")
        faults.refuse()
    if empty := len(foods) - len(found):
        notes.append(f"{empty} foods without any of the amounts that are read are left out")
    return found, (*notes, *more)


def _dictionary(files: SourceFiles, faults: Faults) -> NutrientDictionary:
    lines = read_lines(files, "nutrient.csv", faults)
    at = columns_of(lines, "fdc", "nutrient.csv", faults)
    dictionary = NutrientDictionary("fdc", lines.where)
    for line, row in lines.rows:
        dictionary.define(row[at["id"]].strip(), row[at["name"]], row[at["unit_name"]], line)
    dictionary.check(faults)
    faults.refuse()
    return dictionary


def _groups(files: SourceFiles, faults: Faults) -> dict[str, str]:
    if "food_category.csv" not in files.names:
        return {}
    lines = read_lines(files, "food_category.csv", faults)
    at = columns_of(lines, "fdc", "food_category.csv", faults)
    return {row[at["id"]].strip(): row[at["description"]].strip() for _, row in lines.rows}


def _current(files: SourceFiles, faults: Faults) -> frozenset[str] | None:
    """Foundation Foods of this release; food.csv keeps the editions before it under numbers of their own."""
    if "foundation_food.csv" not in files.names:
        return None
    lines = read_lines(files, "foundation_food.csv", faults)
    at = columns_of(lines, "fdc", "foundation_food.csv", faults)
    return frozenset(row[at["fdc_id"]].strip() for _, row in lines.rows)


def _foods(
    files: SourceFiles, groups: dict[str, str], current: frozenset[str] | None, faults: Faults
) -> tuple[dict[str, ImportedFood], set[str], list[str]]:
    lines = read_lines(files, "food.csv", faults)
    at = columns_of(lines, "fdc", "food.csv", faults)
    foods: dict[str, ImportedFood] = {}
    left_out: set[str] = set()
    kinds: Counter[str] = Counter()
    for line, row in lines.rows:
        code, kind, name = (row[at[heading]].strip() for heading in ("fdc_id", "data_type", "description"))
        if kind not in _KEPT:
            kinds[kind[:30]] += 1
            left_out.add(code)
        elif kind == _EDITED and current is not None and code not in current:
            kinds[_EARLIER] += 1
            left_out.add(code)
        elif code in foods:
            faults.add(f"{lines.where}:{line}", f"food '{code[:20]}' stands there twice", "one row")
        elif not code.isdigit() or not name:
            faults.add(
                f"{lines.where}:{line}", f"fdc_id '{code[:20]}', name '{name[:30]}'", "a number and a name"
            )
        else:
            group = groups.get(row[at["food_category_id"]].strip(), "") if "food_category_id" in at else ""
            foods[code] = ImportedFood(code, name[:300], (), group, {}, "unknown")
    if not foods or len(foods) > _FOODS:
        kept = ", ".join(sorted(_KEPT))
        faults.add(lines.where, f"{len(foods)} foods of the kinds {kept}", f"1 to {_FOODS}")
    faults.refuse()
    counted = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common(6))
    return foods, left_out, [f"left out: {counted}"] if counted else []


def _amounts(
    files: SourceFiles,
    dictionary: NutrientDictionary,
    foods: dict[str, ImportedFood],
    left_out: set[str],
    faults: Faults,
) -> tuple[dict[str, dict[str, ImportedAmount]], list[str]]:
    layout = food_table_layout("fdc")
    lines = read_lines(files, "food_nutrient.csv", faults)
    at = columns_of(lines, "fdc", "food_nutrient.csv", faults)
    food_at, nutrient_at = at["fdc_id"], at["nutrient_id"]
    cells_at = [at.get(heading) for heading in ("amount", "min", "max", "data_points")]
    found: dict[str, dict[str, ImportedAmount]] = {}
    rows = strangers = doubled = 0
    for line, row in lines.rows:
        code = row[food_at].strip()
        rows += 1
        if code not in foods:
            strangers += code not in left_out
            continue
        nutrient = dictionary.get(row[nutrient_at].strip())
        if nutrient is None:
            continue
        value, low, high, samples = ("" if place is None else row[place] for place in cells_at)
        place = f"{lines.where}:{line}"
        amount = amount_of((value, low, high, samples), nutrient, layout, place, faults)
        if amount is None:
            continue
        held = found.setdefault(code, {})
        before = held.get(nutrient.nutrient)
        if before is None or (before.printed_unit == "IU" and amount.printed_unit != "IU"):
            held[nutrient.nutrient] = amount
        elif before.printed_unit == amount.printed_unit and before.value != amount.value:
            doubled += 1
            held[nutrient.nutrient] = _both(before, amount)
    if rows and strangers > _STRANGERS * rows:
        words = f"{strangers} of {rows} rows name foods that food.csv does not have"
        faults.add(lines.where, words, "files of one download", "unpack one download into one folder")
    notes = [f"{strangers} rows of foods that food.csv does not have are left out"] if strangers else []
    return found, [
        *notes,
        f"{doubled} amounts stand twice with other values: shown as a range",
    ] if doubled else notes


def _both(one: ImportedAmount, other: ImportedAmount) -> ImportedAmount:
    known = [
        number
        for amount in (one, other)
        for number in (amount.value, amount.low, amount.high)
        if number is not None
    ]
    return replace(one, low=min(known), high=max(known), note="two values in the source")
