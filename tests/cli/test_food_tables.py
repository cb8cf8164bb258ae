"""``foods --import | --tables | --forget | --table`` and ``intake --table``, as commands."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from calciroute.cli.app import app
from calciroute.purpose import PURPOSE
from food_table_files import CIQUAL, FDC, FRIDA, SR28, workbook, written

RUN = CliRunner()


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("CALCIROUTE_DATA", str(tmp_path / "data"))
    (tmp_path / "ciqual.csv").write_text(CIQUAL + "01;x;99010;Zibeline;1;200;1;1;1;1;50;-\n", "utf-8")
    return tmp_path


def run(*words):
    return RUN.invoke(app, [str(word) for word in words], catch_exceptions=False)


def test_keep_show_use_and_forget(home):
    kept = run("foods", "--import", home / "ciqual.csv")
    assert kept.exit_code == 0
    assert "4 foods" in kept.stdout
    assert "not on this one" in kept.stdout
    assert PURPOSE in kept.stdout
    shown = json.loads(run("foods", "--tables", "--json").stdout)
    assert next(iter(shown)) == "purpose"
    (one,) = shown["tables"]
    assert one["foods"] == 4
    assert one["licence"].startswith("Licence Ouverte")
    found = run("foods", "--table", "ciqual", "zibeline")
    assert "Zibeline" in found.stdout
    assert "50 mcg" in found.stdout
    assert "not known, not 0" in found.stdout
    assert run("foods", "--forget", "ciqual").exit_code == 0
    assert json.loads(run("foods", "--tables", "--json").stdout)["tables"] == []


def test_a_file_answers_without_being_kept(home):
    found = run("foods", "--table", SR28, "spinach", "raw", "--json")
    (table,) = json.loads(found.stdout)["tables"]
    (food,) = table["foods"]
    assert food["name"] == "Spinach, raw"
    assert food["amounts"]["K1"]["printed"] == "482.9"
    assert not (home / "data").exists()


def test_a_row_beside_a_curated_food_says_which_one_intake_takes(home):
    found = run("foods", "--table", SR28, "natto")
    assert "23.1 mcg" in found.stdout
    assert "'natto' is Natto" in found.stdout


def test_an_untried_layout_says_so_in_every_answer(home):
    book = workbook(home / "frida.xlsx", FRIDA)
    words = "layout not tried on a real file"
    assert words in run("foods", "--import", book).stdout
    assert words in run("foods", "--tables").stdout
    assert words in run("foods", "--table", "frida", "invented").stdout


def test_a_layout_that_was_tried_on_another_file_says_on_which(home):
    folder = written(home / "fdc", FDC)
    words = "layout tried on another file (Foundation Foods"
    assert words in run("foods", "--import", folder).stdout
    assert words in run("foods", "--table", "fdc", "kale").stdout


def test_words_that_no_row_holds_end_with_2(home):
    assert run("foods", "--table", SR28, "zibeline").exit_code == 2


def test_a_diary_finds_foods_of_the_table_and_names_it(home):
    (home / "day.txt").write_text("100 g zibeline\n50 g gouda\n", "utf-8")
    without = run("intake", home / "day.txt", "--json")
    beside = run("intake", home / "day.txt", "--json", "--table", home / "ciqual.csv")
    assert beside.exit_code == 0
    assert "Zibeline" not in without.stdout
    assert "from your table Ciqual" in beside.stdout
    assert "Your table: Ciqual" in beside.stderr
    assert "Anses" in beside.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("foods",),
        ("foods", "--table", "ciqual"),
        ("foods", "--tables", "gouda"),
        ("foods", "--tables", "--forget", "x"),
    ],
)
def test_options_that_do_not_go_together_end_with_2(home, words):
    assert RUN.invoke(app, list(words)).exit_code == 2
