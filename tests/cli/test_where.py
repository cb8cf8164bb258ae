"""`calciroute where NAME`."""

from __future__ import annotations

import json

import pytest

from calciroute.cli.where import run_where
from calciroute.purpose import PURPOSE


def test_text_shows_file_line_equation_numbers_and_the_tests_that_hold_it(capsys):
    run_where("MGP_carboxylation", as_json=False)
    printed = capsys.readouterr().out
    assert "physiology/mgp.ant:" in printed
    assert "MGP_carboxylation := reduced_K_artery^h_artery" in printed
    assert "physiology/mgp.csv:" in printed
    assert "Held by tests\n  tests/" in printed
    assert printed.rstrip().endswith(PURPOSE)


def test_natto_shows_rows_of_both_food_tables(capsys):
    run_where("natto", as_json=False)
    printed = capsys.readouterr().out
    assert "data/foods.csv:" in printed
    assert "data/food_nutrients.csv:" in printed


def test_json_is_complete_and_carries_the_purpose(capsys):
    run_where("knapen2015", as_json=True)
    document = json.loads(capsys.readouterr().out)
    assert document["purpose"] == PURPOSE
    assert {place["kind"] for place in document["places"]} == {"study", "source"}
    assert set(document["places"][0]) == {"kind", "where", "title", "details"}


def test_an_unknown_name_ends_with_2_and_near_names(capsys):
    with pytest.raises(SystemExit) as stopped:
        run_where("MGP_carboxilation", as_json=False)
    assert stopped.value.code == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Near: MGP_carboxylation" in captured.err


def test_an_unknown_name_is_json_too_when_asked(capsys):
    with pytest.raises(SystemExit):
        run_where("MGP_carboxilation", as_json=True)
    assert json.loads(capsys.readouterr().out)["near"][0] == "MGP_carboxylation"


def test_a_printed_name_of_a_laboratory_test_shows_its_units_and_factors(capsys):
    run_where("Parathormon", as_json=False)
    printed = capsys.readouterr().out
    assert "On a laboratory report" in printed
    assert "data/lab_tests.csv:" in printed
    assert "pg/mL, data/lab_units.csv:30: times 0.1064" in printed
