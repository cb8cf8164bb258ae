"""Three weeks as people write them: Dutch, Japanese, Indian; sums by hand, MK-7 of natto, a blind table."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from calciroute.report.intake_answer import IntakeAnswer, diary_intake
from calciroute.report.intake_terminal import intake_text
from intake.hand_sums import COLUMNS, per_100_g

WEEKS = Path(__file__).resolve().parents[2] / "docs" / "examples" / "weeks"
REGIONS = {"dutch": "NL", "japanese": "JP", "indian": "IN"}


@cache
def week(name: str) -> IntakeAnswer:
    return diary_intake(WEEKS / f"{name}.txt", REGIONS[name])


@pytest.mark.parametrize("nutrient", COLUMNS)
@pytest.mark.parametrize("name", REGIONS)
def test_the_means_are_the_sums_of_the_tables_by_hand(name: str, nutrient: str) -> None:
    intake = week(name).intake
    total, known = 0.0, 0
    for one in intake.foods.eaten:
        value = per_100_g(one.food, nutrient, REGIONS[name])
        if value is not None:
            total += value * one.weighed.grams / 100.0
            known += 1
    found = intake.nutrients[nutrient]
    assert found.known == known
    assert found.mean.central == pytest.approx(total / 7, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(
    ("name", "grams"),
    [
        ("dutch", {"2 sneetjes volkorenbrood": 64.0, "1 appel": 182.0, "150 g boerenkool": 150.0}),
        ("japanese", {"納豆1パック": 45.0, "50 g 納豆": 50.0, "1膳 ご飯": 150.0}),
        ("indian", {"3 chapati": 129.0, "1 cup boiled rice": 158.0, "2 idli": 80.0}),
    ],
)
def test_amounts_in_the_words_of_a_kitchen_weigh_what_the_tables_say(
    name: str, grams: dict[str, float]
) -> None:
    weighed = {one.written.text: one.weighed.grams for one in week(name).intake.foods.eaten}
    assert {words: weighed[words] for words in grams} == pytest.approx(grams)


def test_each_week_has_seven_days_and_most_lines_are_found() -> None:
    for name in REGIONS:
        intake = week(name).intake
        assert len(intake.days) == 7
        assert len(intake.foods.open) <= 0.1 * (len(intake.foods.eaten) + len(intake.foods.open))


def test_the_mk7_of_a_natto_eater_is_visible_and_a_us_table_sees_none_of_it() -> None:
    answer = week("japanese")
    # Three packs of 45 g and 50 g, 939 mcg in 100 g (kamao2007), over seven days.
    by_hand = (3 * 45 + 50) * 9.39 / 7
    assert answer.intake.nutrients["MK7"].mean.central == pytest.approx(by_hand)
    assert answer.unseen is not None
    assert answer.unseen.central >= by_hand
    assert per_100_g("sr28:16113", "MK7", "US") is None
    assert per_100_g("sr28:16113", "K1", "US") == 23.1
    assert "shows none of the" in intake_text(answer)
    assert "Natto" in intake_text(answer)


def test_the_hole_of_the_indian_week_is_said_and_not_a_zero() -> None:
    answer = week("indian")
    mk7 = answer.intake.nutrients["MK7"]
    assert not mk7.has_centre
    assert "No published intake of menaquinones in India was found." in answer.remarks
    row = next(line for line in intake_text(answer).splitlines() if line.startswith("MK-7 "))
    assert "+ ?" in row


def test_the_weeks_differ_as_their_foods_do() -> None:
    mk7 = {name: week(name).intake.nutrients["MK7"].mean.central for name in REGIONS}
    mk9 = {name: week(name).intake.nutrients["MK9"].mean.central for name in REGIONS}
    assert mk7["japanese"] > 20 * mk7["dutch"]
    assert mk9["dutch"] > mk9["japanese"]
