"""The shipped tables hold every number of the research tables beside the checkout, unchanged."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from calciroute.tables.food_nutrients import read_food_nutrients
from calciroute.tables.foods import read_foods
from calciroute.tables.texts import data_text
from shared_data import shared_path


def _own_words(cell):
    return cell.strip().replace("seed article", "source article")


def _rows(text):
    return list(csv.DictReader(text.splitlines()))


# Research table: shipped table, columns that were renamed, columns that changed on purpose.
PAIRS = {
    "evidence/studies.csv": ("studies.csv", {}, {"verified"}),
    "evidence/outcomes.csv": ("outcomes.csv", {}, {"verified", "note"}),
    "evidence/dose_response.csv": (
        "dose_response.csv",
        {"form": "vitamer", "dose_ug_per_day": "dose_ug", "duration_days": "time_days", "marker": "outcome"},
        {"verified"},
    ),
    "evidence/pooled.csv": ("pooled.csv", {}, {"verified"}),
    "evidence/claims.csv": ("claims.csv", {}, {"article", "claim"}),
    "intake/supplements.csv": ("supplements.csv", {}, {"verified", "source_ref"}),
    "intake/interactions.csv": ("interactions.csv", {}, {"verified", "source_ref"}),
    "intake/lifestyle.csv": ("lifestyle.csv", {"seed_item": "article_item"}, {"verified", "source_ref"}),
    "intake/protocol.csv": (
        "protocol.csv",
        {"seed_item": "article_item"},
        {"verified", "source_ref"},
    ),
    "intake/reference_intakes.csv": ("reference_intakes.csv", {}, {"verified", "source_ref"}),
    "intake/screening.csv": ("self_check.csv", {}, {"verified", "source_ref", "seed_item"}),
    "intake/medicine_names.csv": ("medicine_names.csv", {}, {"verified", "source"}),
}

# Rows of our own stand behind the last one of the research table.
GROWN = {"intake/medicine_names.csv", "intake/screening.csv"}


# Sources and rows of the food table that were read after the research table was closed.
READ_SINCE = {"nevo2025", "frieslandcampina_k2"}
ROWS_SINCE = {("beef_nl_reprint", "MK-4"), ("natto_hikiwari_jp_stfcj", "MK-7")}


def _pair(research):
    original = _rows(shared_path(*research.split("/")).read_text("utf-8"))
    shipped = _rows(data_text(PAIRS[research][0]).read_text("utf-8"))
    return original, shipped[: len(original)] if research in GROWN else shipped


@pytest.mark.parametrize("research", PAIRS)
def test_no_cell_was_lost_or_changed(research):
    _, renamed, changed = PAIRS[research]
    original, shipped = _pair(research)
    columns = [name for name in original[0] if name not in changed]
    there = Counter(tuple(_own_words(row[name]) for name in columns) for row in original)
    here = Counter(tuple(row[renamed.get(name, name)] for name in columns) for row in shipped)
    assert there == here


@pytest.mark.parametrize("research", PAIRS)
def test_what_was_remembered_stays_remembered(research):
    original, shipped = _pair(research)
    if "verified" in original[0]:
        counts = [sum(row["verified"] == "memory" for row in rows) for rows in (original, shipped)]
        assert counts[0] == counts[1]


def test_each_amount_of_the_food_table_is_there_once_and_nothing_but_what_was_read_since():
    names = {
        "k1_ug": "K1",
        "dihydro_k1_ug": "dihydro-K1",
        **{f"mk{length}_ug": f"MK-{length}" for length in range(4, 10)},
        **{f"{mineral}_mg": mineral for mineral in ("calcium", "magnesium", "phosphorus", "sodium")},
        "vitamin_d_ug": "vitamin D",
        "fat_g": "fat",
    }
    there: Counter[tuple[str, str, float]] = Counter()
    for row in _rows(shared_path("intake", "foods.csv").read_text("utf-8")):
        total = "vitamin K" if row["k2_basis"].startswith("total_vitamin_k") else "K2"
        for column, nutrient in {**names, "k2_total_ug": total}.items():
            if row[column]:
                there[row["food_key"], nutrient, float(row[column])] += 1
    foods = read_foods()
    here = Counter(
        (foods[food_id].food, amount.nutrient, amount.value)
        for food_id, amounts in read_food_nutrients().items()
        for amount in amounts.values()
        if amount.value is not None
        and amount.source not in READ_SINCE
        and (food_id, amount.nutrient) not in ROWS_SINCE
    )
    assert there == here
    assert sum(here.values()) == 2728
