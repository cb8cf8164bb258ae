"""Every handle of `simulate` at once: one result from the command line and Python, replayed to the byte."""

import contextlib
import io
import json
import re

import pytest

import calciroute
from calciroute.cli import main
from calciroute.report.build import build_report
from calciroute.report.result_json import canonical, result_of
from calciroute.report.writer import write_outputs
from calciroute.simulate import run_person
from calciroute.simulate.read_inputs import read_inputs
from calciroute.simulate.run import DEFAULT_SEED

TODAY = {
    "product": "MK-7 90 mcg softgel",
    "times": "daily 08:00 with a meal that has fat",
    "since": "2 years",
}
PERSON = {
    "person": {"sex": "female", "age_years": 62, "final_menstrual_period_age_years": 51},
    "labs": {"25OHD": "55 nmol/L", "coronary_calcium": "45 AU"},
    "supplement": [{**TODAY, "adherence": 0.8}],
}
PLAN = {"supplement": [{"product": "MK-7 360 mcg softgel", "times": "daily 08:00 fasting", "adherence": 0.9}]}
FILES = {
    "person.toml": """
[person]
sex = "female"
age_years = 62
final_menstrual_period_age_years = 51
[labs]
25OHD = "55 nmol/L"
coronary_calcium = "45 AU"
[[supplement]]
product = "MK-7 90 mcg softgel"
times = "daily 08:00 with a meal that has fat"
since = "2 years"
adherence = 0.8
""",
    "more.toml": """
[[supplement]]
product = "MK-7 360 mcg softgel"
times = "daily 08:00 fasting"
adherence = 0.9
""",
}
# A month has more digits than a result keeps.
YEARS = 1 / 12
SETTINGS = {"CL_MK7": "0,9 L/h", "beta_calcification": 0.25}
HANDLES = (
    *("--years", YEARS, "--draws", 3, "--seed", 7, "--variant", "vessel_fast", "--stop"),
    *("--set", "CL_MK7=0,9 L/h", "--set", "beta_calcification=0.25"),
)


def call(*words):
    with pytest.raises(SystemExit) as left:
        main([str(word) for word in words])
    return left.value.code


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("handles")
    for name, text in FILES.items():
        (place / name).write_text(text, "utf-8")
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        words = ("simulate", place / "person.toml", "--plan", place / "more.toml", *HANDLES)
        assert call(*words, "--out", place / "out") == 0
    (place / "printed.txt").write_text(printed.getvalue(), "utf-8")
    return place


@pytest.fixture(scope="module")
def stored(folder):
    return json.loads((folder / "out/result.json").read_text("utf-8"))["result"]


def test_a_run_with_every_handle_is_replayed_to_the_byte(folder, capsys):
    assert call("replay", folder / "out/result.json") == 0
    assert "reached again, every byte" in capsys.readouterr().out


def test_the_result_names_every_handle(folder, stored):
    assert stored["model"]["settings"] == {"CL_MK7": "0,9 L/h", "beta_calcification": "0.25"}
    assert (stored["model"]["seed"], stored["model"]["variant"], stored["draws_done"]) == (
        7,
        "vessel_fast",
        3,
    )
    assert stored["model"]["years"] == 0.0833333
    assert stored["arms"] == ["as_now", "more", "stop"]
    assert stored["by_hand"][0].startswith("Body of this run: vessel_fast. ")
    assert stored["by_hand"][1].startswith(
        "Set by hand: CL_MK7 = 0,9 L/h instead of 1.19 L/h; beta_calcification = "
    )
    assert [one["field"] for one in stored["assumptions"][:2]] == ["CL_MK7", "beta_calcification"]
    page = (folder / "out/report.html").read_text("utf-8")
    above = page[: page.index('<p class="purpose">')]
    assert "Set by hand: CL" in re.sub(r"<[^>]+>", "", above)
    assert "--variant vessel_fast" in page
    assert "--seed 7" in page


def test_what_was_set_stands_below_the_first_sentences_of_the_terminal(folder):
    printed = (folder / "printed.txt").read_text("utf-8")
    set_by_hand = printed.index(
        "Set by hand: CL_MK7 = 0,9 L/h instead of 1.19 L/h; beta_calcification = 0.25"
    )
    assert printed.index("In people like this") < set_by_hand < printed.index("Education and research")


def test_dicts_in_python_reach_the_bytes_of_the_files(stored):
    who, plans = read_inputs(PERSON, [{"name": "more", **PLAN}])
    simulation = run_person(
        who, plans, years=YEARS, draws=3, seed=7, settings=SETTINGS, variant="vessel_fast", stop=True
    )
    made = json.loads(canonical(result_of(build_report(simulation), simulation)))
    # The file that a dict stands for has no blank line; everything else is the same.
    assert made.pop("inputs")["person"]["text"] != stored["inputs"]["person"]["text"]
    assert canonical(made) == canonical({key: value for key, value in stored.items() if key != "inputs"})


def test_a_result_made_from_dicts_is_replayed_to_the_byte(tmp_path, capsys):
    who, plans = read_inputs(PERSON, [{"name": "more", **PLAN}])
    simulation = run_person(who, plans, years=0.1, draws=2, settings=SETTINGS)
    paths = write_outputs(build_report(simulation), simulation, tmp_path / "out")
    inputs = json.loads(paths[1].read_text("utf-8"))["result"]["inputs"]
    assert (inputs["person"]["name"], inputs["plans"][0]["name"]) == ("person.toml", "more.toml")
    assert call("replay", paths[1]) == 0
    assert "reached again" in capsys.readouterr().out


def test_python_takes_the_paths_of_the_command_line_too(folder):
    found = calciroute.simulate_person(
        str(folder / "person.toml"), folder / "more.toml", set=SETTINGS, years=0.1, draws=2, stop=True
    )
    assert list(found.arm.values) == ["as_now", "more", "stop"]
    assert list(found.person.values) == ["person"]
    assert json.loads(found.attrs["model"])["seed"] == DEFAULT_SEED


def test_the_help_gives_each_option_a_unit_or_an_example(capsys):
    assert call("simulate", "--help") == 0
    printed = " ".join(capsys.readouterr().out.split())
    for words in (
        "in years, such as 0.5",
        "0 to 10000",
        "a whole number from 0 on",
        "--set 'CL_MK7=0.7 L/h'",
        "'calciroute where NAME' shows what it is now",
        "such as no_causal_effect or vessel_fast",
        "Such as: calciroute simulate me.toml --plan mk7.toml",
    ):
        assert words in printed, words


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--set", "CL_MK=1"), "Try: 'CL_MK7' or 'CL_MK4' or 'CL_MK89'."),
        (
            ("--set", "CL_MK7=1"),
            "a number with a unit such as L/h. Try: 'CL_MK7=1.19 L/h', the value of its table.",
        ),
        (("--set", "CL_MK7"), "NAME=VALUE, such as beta_calcification=0.3"),
        (("--set", "warfarin_daily_mg=5 mg/d"), "so that its notice stands on the result"),
        (("--variant", "no_casual_effect"), "Try: 'no_causal_effect'."),
        (("--seed", "-1"), "--seed: -1. Expected: 0 or more."),
    ],
)
def test_a_wrong_handle_ends_with_two_and_the_next_step(folder, tmp_path, capsys, words, told):
    code = call("simulate", folder / "person.toml", "--draws", 0, *words, "--out", tmp_path / "out")
    assert code == 2
    assert told in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
