"""One screen of 100 columns."""

import re
from pathlib import Path

import pytest

from calciroute.purpose import PURPOSE
from calciroute.report import build
from calciroute.report.build import build_report
from calciroute.report.terminal import _line, render
from report.synthetic import PERSON, PLAN, simulation

PATHS = [
    Path("calciroute-out/report.html"),
    Path("calciroute-out/result.json"),
    Path("calciroute-out/result.nc"),
]
ESCAPE = re.compile(r"\033\[[0-9;]*m")
PLANS = {"mk7_180": PLAN, "mk7_360_with_a_long_name": PLAN.replace("180", "360")}


@pytest.fixture(autouse=True)
def without_pictures(monkeypatch):
    monkeypatch.setattr(
        build, "_pictures", lambda *_, **__: ()
    )  # they take most of the time and stand elsewhere


@pytest.mark.parametrize("plans", [None, {}, PLANS])
@pytest.mark.parametrize("draws", [8, 1])
def test_no_line_is_longer_than_100_columns(plans, draws):
    text = render(build_report(simulation(plans=plans, draws=draws)), PATHS, colour=False)
    assert max(len(line) for line in text.splitlines()) <= 100


def test_sentence_purpose_table_files_and_the_next_command_in_this_order_on_one_screen():
    text = render(build_report(simulation()), PATHS, colour=False)
    places = [
        text.index(words)
        for words in (
            "In people like this",
            PURPOSE,
            "without  with",
            "Report    calciroute-out",
            "calciroute replay",
        )
    ]
    assert places == sorted(places)
    assert len(text.splitlines()) <= 40
    assert "knapen2015 −50\u00a0% vs placebo" in text


def test_colour_only_when_asked_for_and_never_alone():
    report = build_report(simulation())
    plain, coloured = render(report, PATHS, colour=False), render(report, PATHS, colour=True)
    assert not ESCAPE.search(plain)
    assert ESCAPE.search(coloured)
    assert ESCAPE.sub("", coloured) == plain


def test_the_stop_notice_stands_above_everything():
    text = render(
        build_report(simulation(person=PERSON + '[medicines]\ntaken = ["warfarin 5 mg"]\n')),
        PATHS,
        colour=False,
    )
    assert text.startswith("The programme stops here.")
    assert "Talk to:" in text.split("INR first")[0]


def test_a_trial_of_other_people_is_counted_and_not_quoted():
    text = render(build_report(simulation()), PATHS, colour=False)
    calcium = next(line for line in text.splitlines() if line.strip().startswith("coronary calcium"))
    assert calcium.endswith("less similar")


def test_consoles_without_the_signs_get_plain_letters():
    text = render(build_report(simulation()), PATHS, colour=False, plain=True)
    assert text.encode("cp437")


def test_failures_are_told():
    text = render(build_report(simulation(failures=("draw 3, plan: stopped",))), PATHS, colour=False)
    assert "1 of the runs did not reach their end" in " ".join(text.split())


def test_a_long_number_takes_room_and_is_never_cut():
    change = "−0.0003 (−0.0009 to −0.0001)"
    line = _line(["  BMD lumbar spine, g/cm²", "1.00", "1.00", change, "a study " * 9])
    assert f"{change} a study" in line
    assert len(line) <= 100
    assert line.endswith("…")
