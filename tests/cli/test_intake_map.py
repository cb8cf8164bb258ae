"""``intake FILE --map``: columns of another program, named once and kept; nothing about them is guessed."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from calciroute.cli.app import app
from calciroute.errors import InputError

RUN = CliRunner()
LOG = (
    "Day,Time,Group,Food Name,Amount,Energy (kcal)\n"
    '2026-03-01,07:30,Breakfast,natto,"50 g",100\n'
    '2026-03-01,,Lunch,"gouda","2 slices",200\n'
    ",,,,,\n"
    '2026-03-02,,Lunch,kale,"100 g",35\n'
)


@pytest.fixture
def log(tmp_path, monkeypatch):
    monkeypatch.setenv("CALCIROUTE_DATA", str(tmp_path / "data"))
    path = tmp_path / "servings.csv"
    path.write_text(LOG, "utf-8")
    return path


def intake(*words):
    return RUN.invoke(app, ["intake", *[str(word) for word in words]], catch_exceptions=False)


def refused(*words):
    with pytest.raises(InputError) as wrong:
        intake(*words)
    return str(wrong.value)


NAMED = ("--map", "food=Food Name", "amount=Amount", "date=Day")


def test_columns_named_once_are_kept_for_the_next_file(log):
    first = intake(log, *NAMED, "--region", "NL", "--json")
    assert first.exit_code == 0
    assert "3 of 3" in intake(log, *NAMED, "--region", "NL").stdout
    again = log.with_name("april.csv")
    again.write_text(LOG.replace("2026-03", "2026-04"), "utf-8")
    second = intake(again, "--region", "NL", "--json")
    assert second.exit_code == 0
    assert "Columns as you named them before" in second.stdout
    assert (log.parent / "data").stat().st_mode & 0o077 == 0


def test_the_amounts_are_those_of_the_same_diary_in_our_own_form(log, tmp_path):
    own = tmp_path / "own.csv"
    own.write_text(
        'date,time,food,grams,amount\n2026-03-01,07:30,natto,,"50 g"\n2026-03-01,,gouda,,"2 slices"\n'
        '2026-03-02,,kale,,"100 g"\n',
        "utf-8",
    )
    here, there = intake(log, *NAMED, "--region", "NL").stdout, intake(own, "--region", "NL").stdout
    table = [text[text.index("K1  ") : text.index("Vitamers are not")] for text in (here, there)]
    assert table[0] == table[1]


def test_unknown_headings_are_listed_with_a_line_to_type(log):
    message = refused(log)
    for heading in ("'Day'", "'Food Name'", "'Amount'", "'Energy (kcal)'"):
        assert heading in message
    assert "--map food='Food Name' amount=Amount date=Day time=Time" in message
    assert "nothing is guessed" in message


def test_the_suggested_line_works_as_it_stands(log):
    import shlex

    message = refused(log)
    line = message[message.index("calciroute intake") : message.index(" (look at it first")]
    words = shlex.split(line)[3:]
    assert intake(log, *words, "--region", "NL").exit_code == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--map", "food=Food"), "no column is called 'Food'"),
        (("--map", "food=Food Name", "amount=Amount"), "does not say date"),
        (("--map", "meal=Group"), "'meal=Group' behind --map"),
        (("--map", "food"), "'food' behind --map"),
        (("--map", "food=Food Name", "food=Group"), "food stands twice"),
        (("--map", "food="), "'food=' behind --map"),
    ],
)
def test_a_wrong_mapping_is_refused_and_not_kept(log, words, told):
    assert told in refused(log, *words)
    assert not (log.parent / "data").exists()


def test_a_number_without_a_unit_is_asked_about(log):
    log.write_text(LOG.replace('"50 g"', "50"), "utf-8")
    message = refused(log, *NAMED)
    assert "servings.csv:2" in message
    assert "'50' in column 'Amount' has no unit" in message
    assert "grams=Amount if these are grams" in message


def test_a_column_of_units_is_put_behind_the_number(log):
    log.write_text("Day,Item,Size,Unit\n2026-03-01,natto,50,g\n", "utf-8")
    answer = intake(log, "--map", "food=Item", "amount=Size", "unit=Unit", "date=Day", "--region", "JP")
    assert answer.exit_code == 0
    assert "1 of 1" in answer.stdout


def test_a_row_of_another_width_is_told_with_its_line(log):
    log.write_text(LOG.replace(",35\n", ",35,7\n"), "utf-8")
    message = refused(log, *NAMED)
    assert "servings.csv:5" in message
    assert "7 cells" in message


def test_day_and_time_in_one_cell_are_parted(log):
    log.write_text("When,Item,G\n2026-03-01T07:30:00,natto,50\n", "utf-8")
    assert intake(log, "--map", "food=Item", "grams=G", "date=When").exit_code == 0


def test_plain_lines_need_no_columns(tmp_path, log):
    path = tmp_path / "day.txt"
    path.write_text("50 g natto\n", "utf-8")
    assert intake(path).exit_code == 0
    assert "no table of columns" in refused(path, *NAMED)


def test_kept_columns_that_are_damaged_are_named_again(log):
    intake(log, *NAMED)
    (kept,) = (log.parent / "data").glob("mapping-*.toml")
    for broken in ("", "[columns]\nfood = 3\n", "[columns]\nfood = 'Gone'\n", "not toml"):
        kept.write_text(broken, "utf-8")
        assert "these kept columns are damaged" in refused(log)
    assert intake(log, *NAMED).exit_code == 0
    assert intake(log).exit_code == 0


EXPORTS = {
    "amounts behind the food": (
        'Date,Meal,Food,Calories,Note\n2026-03-02,Breakfast,"Oatmeal - Cooked, 1.0 cup",158,\n'
        '2026-03-02,Lunch,"Kale, Raw - 67 g",33,\n2026-03-02,Dinner,"Cheese - Cheddar, 1 oz",113,\n',
        ("food=Food", "date=Date", "time=Meal"),
        [("sr28:08121", 234.0), ("kale", 67.0), ("cheddar", 28.4)],
    ),
    "how it was cut, behind the measure": (
        'Day,Group,Food Name,Amount\n2026-03-02,Lunch,"Kale, Raw","1.00 cup, chopped"\n'
        '2026-03-02,Lunch,"Egg, Whole, Cooked, Hard-Boiled",2.00 large\n',
        ("food=Food Name", "amount=Amount", "date=Day"),
        [("kale", 16.0), ("egg_boiled", 100.0)],
    ),
    "quantity and unit apart, days of America": (
        'Date,Name,Quantity,Units\n03/15/2026,"Milk, 2%, Reduced Fat",8,Fluid Ounces\n'
        '03/15/2026,"Bread, Whole Wheat",2,Slices\n03/15/2026,Banana,1,Each\n',
        ("food=Name", "amount=Quantity", "unit=Units", "date=Date"),
        [("milk_2pct", 244.0), ("wholewheat_bread", 64.0), ("banana", 118.0)],
    ),
    "a title above the headings, dates with the month's name": (
        'Food Diary for: somebody\nWeek 10\n\nDate,Item,Size\n"Monday, March 2, 2026",gouda,2 slices\n',
        ("food=Item", "amount=Size", "date=Date"),
        [("gouda", 60.0)],
    ),
}


@pytest.mark.parametrize("way", EXPORTS)
def test_tables_of_other_programs_are_read_as_they_print_them(way, tmp_path, monkeypatch):
    text, words, expected = EXPORTS[way]
    monkeypatch.setenv("CALCIROUTE_DATA", str(tmp_path / "data"))
    path = tmp_path / "log.csv"
    path.write_text(text, "utf-8")
    done = intake(path, "--map", *words, "--region", "US", "--json")
    document = json.loads(done.stdout)
    assert document["not_found"] == []
    found = [(one["food"], one["grams"]) for one in document["foods"]]
    assert [food for food, _ in found] == [food for food, _ in expected]
    assert [grams for _, grams in found] == pytest.approx([grams for _, grams in expected], rel=0.25)
