"""A table named for one answer: curated foods keep their values, others are found in it and say so."""

from __future__ import annotations

import pytest

from calciroute.intake.food_names import is_food
from calciroute.intake.food_search import Asked, Found, Unmatched, find_food
from calciroute.intake.foods import contents_of
from calciroute.intake.importers.in_use import codes_with, tables_in_use
from calciroute.intake.importers.layouts import read_food_table
from food_table_files import CIQUAL, FRIDA, SR28, workbook


@pytest.fixture
def ciqual(tmp_path):
    path = tmp_path / "ciqual.csv"
    rows = (
        "01;x;99010;Zibeline;1;1;1;1;1;1;1;-\n"
        "01;x;99011;Zibeline, huile;100;1;1;1;1;1;1;-\n"
        "01;x;99012;Gouda;30;1;1;1;1;1;1;-\n"
        "01;x;99013;Foie de zibeline;30;1;1;1;1;1;1;-\n"
    )
    path.write_text(CIQUAL + rows, "utf-8")
    return read_food_table(path)


def test_a_curated_food_is_never_replaced(ciqual):
    before = contents_of("gouda", "FR")
    with tables_in_use([ciqual]):
        found = find_food("gouda", "FR")
        assert isinstance(found, Found)
        assert found.food == "gouda"
        assert contents_of("gouda", "FR") == before


def test_a_food_of_the_table_is_found_and_names_its_table(ciqual):
    assert isinstance(find_food("zibeline", suggest=False), Unmatched)
    with tables_in_use([ciqual]):
        found = find_food("zibeline", suggest=False)
        assert isinstance(found, Found)
        assert found.food == f"{ciqual.key}:99010"
        assert "from your table Ciqual" in found.note
        assert "ciqual.csv" in found.note
        assert "not on this one" in found.note
        assert is_food(found.food)
    assert not is_food(f"{ciqual.key}:99010")
    assert isinstance(find_food("zibeline", suggest=False), Unmatched)


def test_words_are_met_whole_and_the_head_of_a_name_too(ciqual):
    with tables_in_use([ciqual]):
        for words in ("zibel", "foie", "huile de foie", "inventé"):
            assert isinstance(find_food(words, suggest=False), Unmatched | Asked), words
        assert find_food("foie de zibeline").food.endswith(":99013")
        assert find_food("huile zibeline").food.endswith(":99011")
    assert codes_with(ciqual, "zibeline") == ("99010", "99011", "99013")


def test_limits_and_traces_count_as_assumed_ranges_and_dashes_stay_open(ciqual):
    with tables_in_use([ciqual]):
        cheese, cabbage = (contents_of(f"{ciqual.key}:{code}", "FR") for code in ("99002", "99001"))
    assert (cheese["K1"].low, cheese["K1"].central, cheese["K1"].high, cheese["K1"].assumed) == (
        0,
        0.4,
        0.8,
        True,
    )
    assert (cheese["sodium"].high, cheese["sodium"].assumed) == (0.0, True)
    assert not cheese["calcium"].assumed
    assert "sodium" not in cabbage


def test_a_k2_total_is_no_vitamer_and_elsewhere_is_assumed(ciqual):
    with tables_in_use([ciqual]):
        here, there = (contents_of(f"{ciqual.key}:99002", region) for region in ("FR", "US"))
    assert not [name for name in here if name.startswith(("MK", "K2"))]
    assert there["calcium"].assumed
    assert not here["calcium"].assumed


def test_each_menaquinone_of_frida_counts_and_a_total_in_equivalents_does_not(tmp_path):
    table = read_food_table(workbook(tmp_path / "frida.xlsx", FRIDA))
    with tables_in_use([table]):
        held = contents_of(f"{table.key}:7", "DK")
    assert (held["MK7"].low, held["MK7"].central, held["MK7"].high) == (0.5, 1.25, 2.0)
    assert held["MK9"].assumed  # borrowed from another food
    assert "K_total" not in held


def test_us_rows_leave_long_menaquinones_open():
    table = read_food_table(SR28)
    with tables_in_use([table]):
        held = contents_of(f"{table.key}:01009", "US")
    assert "MK7" not in held
    assert "MK9" not in held
