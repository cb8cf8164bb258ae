"""The base table holds what the USDA printed, keeps forms of vitamin K apart and turns no gap into 0."""

from __future__ import annotations

import csv
import importlib.util
from pathlib import Path

import pytest

from calciroute.tables.base_foods import base_food, base_names, base_portions, is_base_food
from calciroute.tables.food_nutrients import read_food_nutrients
from calciroute.tables.foods import read_foods
from calciroute.tables.texts import data_text

SCRIPT = Path(__file__).resolve().parents[2] / "validation" / "base_foods.py"
MENAQUINONES = {"MK5", "MK6", "MK7", "MK8", "MK9"}


def _script():
    spec = importlib.util.spec_from_file_location("base_foods_script", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_all_foods_of_the_release_are_there():
    assert len(base_names()) == 8789
    with_k1 = [food for food in base_names() if "K1" in base_food(food).amounts]
    assert len(with_k1) == 5226


def test_no_longer_menaquinone_is_ever_told():
    assert not any(MENAQUINONES & set(base_food(food).amounts) for food in base_names())


def test_natto_of_the_usda_has_k1_alone():
    natto = base_food("sr28:16113")
    assert natto.amounts["K1"].value == 23.1
    assert "MK4" not in natto.amounts
    assert natto.locator == "NDB 16113"


def test_k1_dihydro_k1_and_mk4_are_three_columns():
    # A fried food with all three: 430, 429 and 428 of the release.
    egg_rolls = base_food("sr28:36601").amounts
    assert (egg_rolls["K1"].value, egg_rolls["MK4"].value) == (58.9, 3.3)
    assert egg_rolls["dihydro_K1"].value != egg_rolls["K1"].value


def test_an_empty_cell_is_absent_and_a_printed_zero_is_zero():
    assert "K1" not in base_food("sr28:04583").amounts  # mustard oil
    assert base_food("sr28:04002").amounts["K1"].value == 0.0  # lard


def test_spread_and_basis_of_k1_are_kept():
    bread = base_food("sr28:18075").amounts["K1"]
    assert (bread.value, bread.low, bread.high, bread.n, bread.basis) == (7.8, 4.5, 11.0, 2.0, "measured")
    assert base_food("sr28:18069").amounts["K1"].basis == "calculated"
    of_k1 = [base_food(food).amounts["K1"].basis for food in base_names() if "K1" in base_food(food).amounts]
    assert of_k1.count("assumed zero") == 205


def test_base_and_curated_table_agree_where_both_quote_the_release():
    checked = 0
    for food_id, amounts in read_food_nutrients().items():
        row = read_foods()[food_id]
        for printed, name in (
            ("K1", "K1"),
            ("calcium", "calcium"),
            ("MK-4", "MK4"),
            ("dihydro-K1", "dihydro_K1"),
        ):
            amount = amounts.get(printed)
            if amount is None or amount.source != "usda_sr28" or row.source != "usda_sr28":
                continue
            key = f"sr28:{amount.locator.removeprefix('NDB ')}"
            assert base_food(key).amounts[name].value == pytest.approx(amount.value), (food_id, printed)
            checked += 1
    assert checked > 300


def test_portions_are_of_one_measure():
    # The release prints "12 inch sub 367 g" with an amount of 12, and "1 slice".
    assert base_portions("sr28:18075")[0].grams == 32.0
    (six, twelve) = base_portions("sr28:21155")
    assert six.grams == pytest.approx(184 / 6)
    assert twelve.grams == pytest.approx(367 / 12)
    assert base_portions("sr28:99999") == ()


def test_what_is_no_key_is_no_food():
    assert not is_base_food("18075")
    assert not is_base_food("sr28:0")


def test_the_script_reads_carets_tildes_and_empty_fields(tmp_path):
    script = _script()
    (tmp_path / "FD_GROUP.txt").write_text("~0100~^~Dairy and Egg Products~\r\n", "latin-1")
    (tmp_path / "FOOD_DES.txt").write_text(
        "~01002~^~0100~^~Crème, light~^~X~^~~^~~^~Y~^~~^0^~~^6.38^^^\r\n", "latin-1"
    )
    (tmp_path / "NUT_DATA.txt").write_text(
        "~01002~^~430~^4.6^4^0.024^~1~^~A~^~~^~~^1^4.5^4.8^3^4.5^4.7^~2, 3~^11/2002^\r\n"
        "~01002~^~429~^0.2^0^^~4~^~~^~~^~~^^^^^^^~~^11/2002^\r\n"
        "~01002~^~203~^0.49^0^^~4~^~~^~~^~~^^^^^^^~~^11/2002^\r\n",
        "latin-1",
    )
    (tmp_path / "WEIGHT.txt").write_text("~01002~^1^1^~tbsp~^9.4^^\r\n", "latin-1")
    (row,) = csv.DictReader(script.foods_text(tmp_path).splitlines())
    assert row["name"] == "Crème, light"
    assert (row["K1"], row["K1_n"], row["K1_se"], row["K1_min"], row["K1_max"]) == (
        "4.6",
        "4",
        "0.024",
        "4.5",
        "4.8",
    )
    assert (row["dihydro_K1"], row["MK4"], row["calcium"], row["protein"]) == ("0.2", "", "", "0.49")
    assert script.portions_text(tmp_path).splitlines()[1] == "01002,1,tbsp,9.4"


def test_shipped_headings_are_those_of_the_script():
    script = _script()
    for name, headings in (
        ("base_foods.csv", script.FOODS_HEADINGS),
        ("base_portions.csv", script.PORTION_HEADINGS),
    ):
        assert data_text(name).read_text("utf-8").split("\n", 1)[0] == ",".join(headings)
