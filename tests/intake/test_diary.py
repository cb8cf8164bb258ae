"""Diaries: any common way of writing one, sums by vitamer, and missing that is never zero."""

from __future__ import annotations

from pathlib import Path

import pytest

from calciroute.errors import InputError
from calciroute.intake.diary import Diary, parse_diary, read_diary
from calciroute.intake.diary_sums import UNKNOWN_LIMIT
from calciroute.tables.parameters import read_parameters
from calciroute.tables.texts import physiology_text

PLAIN = "date,time,food,grams\n2026-03-02,08:00,natto,40\n2026-03-03,12:30,gouda,37.5\n"
# The same two entries as other programs and countries write them.
WAYS = {
    "semicolon and comma": "date;time;food;grams\n2026-03-02;08:00;natto;40\n2026-03-03;12:30;gouda;37,5\n",
    "tab": PLAIN.replace(",", "\t"),
    "quoted comma": PLAIN.replace("37.5", '"37,5"'),
    "line ends of Windows": PLAIN.replace("\n", "\r\n"),
    "line ends of old machines": PLAIN.replace("\n", "\r"),
    "capitals": PLAIN.replace("date,time", "Date, Time").replace("natto", "NATTO"),
    "grams with a unit": PLAIN.replace("40", "40 g"),
    "day first with dots": PLAIN.replace("2026-03-02", "02.03.2026").replace("2026-03-03", "03.03.2026"),
    "day first with strokes": PLAIN.replace("2026-03-02", "13/03/2026").replace("2026-03-03", "14/03/2026"),
    "month first": PLAIN.replace("2026-03-02", "03/13/2026").replace("2026-03-03", "03/14/2026"),
    "without times": "date,food,grams\n2026-03-02,natto,40\n2026-03-03,gouda,37.5\n",
    "empty lines and a remark": "\n" + PLAIN.replace("\n2026-03-03", "\n\n,,,\n2026-03-03") + "\n\n",
    "thin spaces": PLAIN.replace("40", "\u202f40"),
}


def amounts(diary: Diary) -> dict[str, float | None]:
    return {name: amount.central for name, amount in diary.amounts.items()}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_writing_a_diary_gives_the_same_amounts(way: str) -> None:
    assert amounts(parse_diary(WAYS[way], "NL")) == pytest.approx(amounts(parse_diary(PLAIN, "NL")))


@pytest.mark.parametrize(
    ("encoding", "note"), [("utf-8", ""), ("utf-8-sig", ""), ("utf-16", "UTF-16"), ("latin-1", "Latin-1")]
)
def test_every_encoding_is_understood_and_named(tmp_path: Path, encoding: str, note: str) -> None:
    text = PLAIN.replace("date,time,food,grams", "date,time,food,grams,note").replace("40\n", "40,Müsli\n")
    text = text.replace("37.5\n", "37.5,\n")
    (tmp_path / "week.csv").write_bytes(text.encode(encoding))
    diary = read_diary(tmp_path / "week.csv", "NL")
    assert amounts(diary) == pytest.approx(amounts(parse_diary(PLAIN, "NL")))
    assert any(note in said for said in diary.notes)


def test_amounts_are_means_over_the_days_with_entries() -> None:
    diary = parse_diary(PLAIN, "NL")
    assert diary.days == 2
    assert diary.amounts["MK7"].central == pytest.approx(0.5 * 0.40 * 998)
    assert diary.amounts["MK7"].low == pytest.approx(0.5 * 0.40 * 882)
    assert diary.amounts["MK7"].high == pytest.approx(0.5 * 0.40 * 1034)
    assert diary.amounts["MK9"].central == pytest.approx(0.5 * 0.375 * 65.6)
    assert diary.amounts["calcium"].central == pytest.approx(0.5 * (0.40 * 217 + 0.375 * 700))


def test_the_low_end_never_passes_the_high_end() -> None:
    for region in ("NL", "US", "JP", None):
        for amount in parse_diary(PLAIN, region).amounts.values():
            if amount.low is not None:
                assert amount.central is not None
                assert amount.high is not None
                assert 0 <= amount.low <= amount.central <= amount.high


def test_the_region_moves_menaquinones() -> None:
    cheese = "date,food,grams\n2026-03-02,egg yolk,100\n"
    assert (
        parse_diary(cheese, "NL").amounts["MK4"].central != parse_diary(cheese, "US").amounts["MK4"].central
    )
    unknown = parse_diary(cheese).amounts["MK4"]
    known = parse_diary(cheese, "NL").amounts["MK4"]
    assert unknown.low is not None
    assert known.low is not None
    assert unknown.low <= known.low
    assert "region" in " ".join(parse_diary(cheese).notes)


def test_a_food_without_a_value_is_counted_and_not_added() -> None:
    text = "date,food,grams\n" + "2026-03-02,apple,100\n" * 9 + "2026-03-02,brie,100\n"
    diary = parse_diary(text, "US")
    assert (diary.amounts["MK9"].known, diary.amounts["MK9"].items) == (9, 10)
    assert not diary.amounts["MK9"].assumed


@pytest.mark.parametrize(("unknown", "assumed"), [(4, False), (5, True)])
def test_above_forty_percent_the_reference_diet_stands_in(unknown: int, assumed: bool) -> None:
    known = 10 - unknown
    text = "date,food,grams\n" + "2026-03-02,apple,100\n" * known + "2026-03-02,brie,100\n" * unknown
    amount = parse_diary(text, "US").amounts["MK7"]
    assert (unknown / 10 > UNKNOWN_LIMIT) is assumed
    assert amount.assumed is assumed
    reference = read_parameters(physiology_text("intake_absorption.csv"))["diet_MK7"].value
    assert amount.central == (reference if assumed else 0)
    assert (amount.low is None) is assumed
    assert ("MK7" in parse_diary(text, "US").known_amounts()) is not assumed
    assert ("MK7" in parse_diary(text, "US").reasons()) is assumed


def test_minerals_without_values_have_no_stand_in() -> None:
    diary = parse_diary("date,food,grams\n2026-03-02,kombucha,30\n", "NO")
    assert diary.amounts["calcium"].central is None
    assert "calcium" in diary.reasons()


def test_mk8_and_mk9_are_known_together_or_not_at_all() -> None:
    diary = parse_diary("date,food,grams\n2026-03-02,emmental aged,30\n", "CH")
    assert diary.amounts["MK9"].central == pytest.approx(0.3 * 46.8)
    assert diary.amounts["MK89"].assumed
    assert not {"MK8", "MK9"} & diary.known_amounts().keys()


def test_mk7_of_dairy_is_kept_apart() -> None:
    diary = parse_diary("date,food,grams\n2026-03-02,buttermilk,1000\n2026-03-02,buckwheat bread,100\n", "NL")
    known = diary.known_amounts()
    assert known["MK7_dairy"] == pytest.approx(10 * 0.1)
    assert known["MK7"] == pytest.approx(1.1)


def test_calcium_by_meal_needs_all_times() -> None:
    shares = parse_diary(PLAIN, "NL").calcium_shares
    assert shares is not None
    assert shares == pytest.approx((0.4 * 217 / 349.3, 0.375 * 700 / 349.3, 0), rel=1e-3)
    assert parse_diary(WAYS["without times"], "NL").calcium_shares is None


def test_few_days_and_gaps_are_said() -> None:
    notes = parse_diary("date,food,grams\n2026-03-02,apple,1\n2026-03-09,apple,1\n", "NL").notes
    assert any("2 days: low confidence" in note for note in notes)
    assert any("6 days between" in note for note in notes)


def test_a_word_with_two_meanings_is_settled_by_the_region() -> None:
    curd = "date,food,grams\n2026-03-02,curd,100\n"
    assert parse_diary(curd, "NL").amounts["MK4"].central == pytest.approx(0.6)
    with pytest.raises(InputError, match="several foods"):
        parse_diary(curd)
