"""Regimen words: a closed grammar, read in one way or refused."""

from __future__ import annotations

import pytest

from calciroute.errors import InputError
from calciroute.intake.regimen import parse_times

GOOD = [
    ("daily 08:00 with a meal that has fat", 1, (8.0,), "meal with fat", ()),
    ("daily 08:00 with a meal", 1, (8.0,), "meal", ()),
    ("Daily  7:30 , 19:30  fasting", 1, (7.5, 19.5), "fasting", ()),
    ("daily 20:00, 08:00", 1, (8.0, 20.0), "meal with fat", ("meal",)),
    ("every 3 days 08:00 fasting", 3, (8.0,), "fasting", ()),
    ("every day", 1, (8.0,), "meal with fat", ("clock", "meal")),
    ("weekly with a meal", 7, (8.0,), "meal", ("clock",)),
]


@pytest.mark.parametrize(("text", "every", "clock", "meal", "assumed"), GOOD)
def test_words_of_the_grammar(
    text: str, every: int, clock: tuple[float, ...], meal: str, assumed: tuple[str, ...]
) -> None:
    times = parse_times(text)
    assert (times.every_days, times.clock_h, times.meal, times.assumed) == (every, clock, meal, assumed)


BAD = [
    "",
    "08:00",
    "twice daily",
    "daily at 8",
    "daily 24:00",
    "daily 8",
    "daily 08:60",
    "every 1.5 days",
    "dailyish",
    "every 400 days",
    "daily 08:00 after a meal",
    "daily 08:00,,x",
    "weekly on Monday",
    "daily 08:00 08:30",
    "daily 08:00 with a meal that has fat and hope",
    "daily " + ", ".join(f"{hour:02}:00" for hour in range(9)),
]


@pytest.mark.parametrize("text", BAD)
def test_words_outside_the_grammar_are_refused(text: str) -> None:
    with pytest.raises(InputError, match="Expected"):
        parse_times(text, "plan.toml:3")


def test_doses_fall_on_the_days_of_the_plan() -> None:
    assert parse_times("weekly 08:00").dose_times_h(2, 17) == [56.0, 224.0, 392.0]
    assert parse_times("daily 08:00, 20:00").dose_times_h(0, 2) == [8.0, 20.0, 32.0, 44.0]
    assert parse_times("daily 08:00").dose_times_h(5, 5) == []
    assert len(parse_times("every 2 days 08:00").dose_times_h(0, 365)) == 183


def test_the_mean_rhythm() -> None:
    assert parse_times("every 2 days 08:00, 20:00").doses_per_day == 1.0
    assert parse_times("weekly").doses_per_day == pytest.approx(1 / 7)
