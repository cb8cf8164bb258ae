"""Lines of English diaries as people write them: what each is read as, and what is not read."""

from __future__ import annotations

import pytest

from calciroute.intake.diary_items import foods_of
from calciroute.intake.foods_together import foods_together

READ = {
    ("two eggs scrambled w/ butter", "US"): ["sr28:01132", "butter"],
    ("PB&J sandwich", "US"): ["sr28:18069", "sr28:16398", "sr28:19300"],
    ("ham & cheese toastie", "GB"): ["sr28:18070", "sr28:07029", "cheddar"],
    ("coffee and a custard cream", "GB"): ["coffee", "sr28:18210"],
    ("2 bourbons", "GB"): ["sr28:18210"],
    ("choclate bar", "GB"): ["sr28:19120"],
    ("leftover chicken curry and rice", "GB"): ["dish:chicken_curry", "rice_cooked"],
    ("pumpkin soup, toast", "GB"): ["dish:pumpkin_soup", "sr28:18070"],
    ("chicken roll (butter, zorblax)", "IE"): None,
    ("gatsby (steak)", "ZA"): None,
    ("ham and pea soup", "GB"): None,
    ("tea x2 (milk, no sugar)", "GB"): ["dish:tea_with_milk", "milk_whole"],
    ("Tesco salted peanuts, handful", "GB"): ["sr28:16390"],
}


@pytest.mark.parametrize(("line", "region"), list(READ))
def test_a_line_holds_these_foods_or_stays_open(line: str, region: str) -> None:
    foods = foods_of(f"100 g apple\n{line}\n", region)
    found = [one.food for one in foods.eaten[1:]]
    expected = READ[line, region]
    assert found == (expected or [])
    assert bool(foods.open) is (expected is None)


WEIGHED = {
    "1/2 pt Guinness": 285,
    "bud light 12oz x 2": 680,
    "lentil soup, 400g tin": 400,
    "oranges 2": 262,
    "12 oz latte": 340,
    "rice pudding, half a bowl": 91,
    "greek yogurt 5.3 oz container": 150,
    "grapes, small bunch": 100,
}


@pytest.mark.parametrize("line", WEIGHED)
def test_an_amount_may_stand_behind_its_food(line: str) -> None:
    (one,) = foods_of(line, "GB").eaten
    assert one.weighed.grams == pytest.approx(WEIGHED[line], rel=0.2)


@pytest.mark.parametrize(
    ("text", "day", "hour"),
    [
        ("Fri 3/13\n8am - grits", "Fri 3/13", 8.0),
        ("March 2, 2026\n7.30 porridge", "2026-03-02", 7.5),
        ("Tues 10/3/26\n10h30: tea", "2026-03-10", 10.5),
        ("Sunday, Mar 1\nB: 2 eggs", "Sunday Mar 1", 8.0),
        ("Sunday\n🌙 Dinner\n🥗 salad", "Sunday", 18.5),
        ("Wednesday\nFor breakfast I had porridge.", "Wednesday", 8.0),
        ("mon 2 mar\nMeal 1 (10:30)\napple", "mon 2 mar", 10.5),
    ],
)
def test_days_and_times_in_many_ways(text: str, day: str, hour: float) -> None:
    (one,) = foods_of(text, "GB").eaten
    assert one.written.day.casefold() == day.casefold()
    assert one.written.clock_h == hour


def test_a_supplement_stays_open_with_its_next_step() -> None:
    foods = foods_of("Monday\n1 apple\n1000 IU vitamin d3\nmultivit\n", "GB")
    assert [one.kind for one in foods.open] == ["supplement", "supplement"]
    assert all("calciroute label" in one.advice for one in foods.open)


def test_a_part_that_is_not_known_leaves_the_whole_line_open() -> None:
    from calciroute.intake.amount_words import spoken_amount

    assert foods_together(spoken_amount("toast with zorblax"), "GB") == ()
