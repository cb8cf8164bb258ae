"""Diaries in plain lines: days, meals, times, several foods on a line; the same as the table of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from calciroute.errors import InputError
from calciroute.intake.diary import parse_diary, read_diary
from calciroute.intake.diary_days import intake_by_day
from calciroute.intake.diary_items import foods_of
from calciroute.intake.portions import weigh
from calciroute.simulate.read_inputs import read_inputs

TABLE = "date,time,food,grams\n2026-03-02,08:00,natto,40\n2026-03-03,12:30,gouda,37.5\n"
LINES = {
    "dates": "2026-03-02\n08:00 40 g natto\n2026-03-03\n12:30 37.5 g gouda\n",
    "dates with weekdays": "Monday 2026-03-02\n08:00 natto, 40 g\nTue 2026-03-03\n12:30 gouda: 37,5 g\n",
    "weekdays and meals": "Monday\nbreakfast\n40 g natto\nTuesday\nlunch: 37.5 g gouda\n",
    "Dutch": "Maandag\nOntbijt: 40 g natto\nDinsdag\nLunch\n- 37,5 g gouda\n",
    "Japanese": "月曜日\n朝食\n納豆40g\n火曜日\n昼食\n37.5 g gouda\n",
    "day numbers": "Day 1\n8:00\n40 g natto\n\nDay 2:\n12:30\n37.5 g gouda",
    "marks of a notebook": "# my days\n## Monday\n* 8:00 40 g natto\n## Tuesday\n* 12:30 37.5 g gouda\n//\n",
    "old line ends": "Monday\r\n08:00 40 g natto\r\nTuesday\r\n12:30 37.5 g gouda\r\n",
}


@pytest.mark.parametrize("way", LINES)
def test_plain_lines_say_the_same_as_a_table(way: str, tmp_path: Path) -> None:
    (tmp_path / "week.txt").write_bytes(LINES[way].encode("utf-8"))
    diary, table = read_diary(tmp_path / "week.txt", "NL"), parse_diary(TABLE, "NL")
    assert diary.days == 2
    assert {name: one.central for name, one in diary.amounts.items()} == pytest.approx(
        {name: one.central for name, one in table.amounts.items()}
    )
    assert diary.calcium_shares == pytest.approx(table.calcium_shares)


def test_a_table_takes_amounts_in_words() -> None:
    foods = foods_of("date,food,amount\n2026-03-02,gouda,2 slices\n2026-03-02,milk,1 cup\n", "NL")
    assert [(one.food, one.weighed.grams) for one in foods.eaten] == [("gouda", 60.0), ("milk_whole", 244.0)]


def test_several_foods_stand_on_one_line_where_each_has_its_amount() -> None:
    texts = [one.written.text for one in foods_of("2 slices gouda, 20 g butter; 1 ei, gekookt").eaten]
    assert texts == ["2 slices gouda", "20 g butter", "1 ei, gekookt"]


def test_a_text_diary_of_a_person_file_is_simulated(tmp_path: Path) -> None:
    (tmp_path / "week.txt").write_text(LINES["Dutch"], encoding="utf-8")
    (tmp_path / "me.toml").write_text(
        '[person]\nsex = "female"\nage_years = 62\n[diet]\nregion = "NL"\ndiary = "week.txt"\n', "utf-8"
    )
    person, _ = read_inputs(tmp_path / "me.toml")
    assert person.diet.diary is not None
    assert read_diary(person.diet.diary, "NL").known_amounts()["MK7"] > 100


def test_a_food_that_is_not_found_is_an_error_for_simulate_and_open_for_intake() -> None:
    text = "Monday\n40 g natto\n30 g zorblax\n"
    with pytest.raises(InputError, match="zorblax"):
        parse_diary(text, "NL")
    intake = intake_by_day(foods_of(text, "NL"))
    assert [one.written.text for one in intake.foods.open] == ["30 g zorblax"]
    assert intake.nutrients["MK7"].known == 1
    assert intake.nutrients["MK7"].lines == 2
    assert not intake.nutrients["MK7"].has_centre


@pytest.mark.parametrize(("unknown", "centre"), [(4, True), (5, False)])
def test_above_forty_percent_there_is_no_central_value(unknown: int, centre: bool) -> None:
    text = "100 g apple\n" * (10 - unknown) + "20 g zorblax\n" * unknown
    assert intake_by_day(foods_of(text)).nutrients["K1"].has_centre is centre


def test_totals_that_no_source_takes_apart_stand_by_themselves() -> None:
    intake = intake_by_day(foods_of("100 g blue cheese", "US"))
    assert intake.nutrients["MK9"].known == 0
    assert intake.nutrients["MK9"].missing == {"with_K1": 1}
    (holds,) = intake.unsplit
    assert "by mass" in holds
    assert intake.unsplit[holds].central > 100


def test_many_portions_and_heavy_days_are_asked_about() -> None:
    intake = intake_by_day(foods_of("900 g gouda\n" + "2000 g potato\n" * 4))
    said = " ".join(intake.notes)
    assert "far above a usual portion: is it right?" in said
    assert "kg of food and drink: is it right?" in said


def test_low_is_never_above_high_on_any_day() -> None:
    for region in ("NL", "US", "JP", "IN", None):
        intake = intake_by_day(
            foods_of("Monday\n50 g natto; 2 slices gouda; 1 egg\nTuesday\n1 cup milk", region)
        )
        for one in intake.nutrients.values():
            for span in (*one.by_day, one.mean):
                assert 0 <= span.low <= span.central + 1e-12 <= span.high + 2e-12


def test_a_cup_is_larger_in_america_than_in_japan() -> None:
    american, japanese = weigh("milk_whole", 1.0, "cup"), weigh("milk_whole", 1.0, "cup", region="JP")
    assert american is not None
    assert japanese is not None
    assert japanese.grams == pytest.approx(american.grams * 200.0 / 236.6, rel=1e-3)


def test_what_nobody_weighs_is_asked_for() -> None:
    assert weigh("gouda", 1.0, "leaf") is None
    with pytest.raises(InputError, match="weighs is not known"):
        foods_of("1 leaf gouda")
