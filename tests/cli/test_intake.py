"""`calciroute intake`: notice first, purpose always, steadiness without a target, the same from a pipe."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest

import calciroute
from calciroute.cli import main
from calciroute.purpose import PURPOSE
from calciroute.safety.notices import STANDARD_NOTICE

REPO = Path(__file__).resolve().parents[2]
WEEK = (
    "Monday\nbreakfast\n2 slices rye bread; 2 slices gouda\ndinner: 50 g natto\nTuesday\n1 apple; 20 g brie\n"
)
PERSON = '[person]\nsex = "female"\nage_years = 62\n'
FORBIDDEN = re.compile(
    r"\b(?:you should|you are deficient|proven|reverses|dissolves|cleans|cures|safe with|eat more|eat less|"
    r"increase your|reduce your|recommended for you|you will)\b",
    re.IGNORECASE,
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "week.txt").write_text(WEEK, encoding="utf-8")
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit) as left:
        main(["intake", *words])
    assert left.value.code == 0
    return capsys.readouterr().out


def test_purpose_and_standard_notice_stand_on_every_form(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = run(capsys, "week.txt", "--region", "NL", "--out", "out")
    document = run(capsys, "week.txt", "--region", "NL", "--json")
    page = (folder / "out" / "intake.html").read_text("utf-8")
    for said in (text, document, page, (folder / "out" / "intake.json").read_text("utf-8")):
        assert PURPOSE in said
        assert STANDARD_NOTICE in said
        assert FORBIDDEN.search(said) is None
    assert next(iter(json.loads(document))) == "purpose"
    assert "<script" not in page


def test_a_pipe_and_a_file_give_the_same(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Console:
        buffer = io.BytesIO(WEEK.encode("utf-16"))

    by_file = json.loads(run(capsys, "week.txt", "--region", "NL", "--json"))
    monkeypatch.setattr("sys.stdin", Console())
    by_pipe = json.loads(run(capsys, "-", "--region", "nl", "--json"))
    assert by_pipe["nutrients"] == by_file["nutrients"]


@pytest.mark.parametrize(
    "medicine", ["warfarin 5 mg", "Marcumar", "acenocoumarol", "warfrin", "a blood thinner"]
)
def test_an_antagonist_gets_the_notice_first_steadiness_and_no_target(
    medicine: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    person = PERSON + f'[diet]\nregion = "NL"\n[medicines]\ntaken = ["{medicine}"]\n'
    (folder / "me.toml").write_text(person, encoding="utf-8")
    text = run(capsys, "week.txt", "--person", "me.toml", "--body", "efsa")
    assert text.startswith("The programme stops here.")
    assert "How even the days are" in text
    assert "Largest contributors" in text
    assert "reference intakes" not in text
    assert "seen to eat" not in text
    assert not re.search(r"\bAI\b|\bRDA\b|\bPRI\b", text)
    document = json.loads(run(capsys, "week.txt", "--person", "me.toml", "--body", "efsa", "--json"))
    assert document["notice"]["gates"]
    assert document["references"]["rows"] == []
    assert document["observed"] == []
    assert document["nutrients"]["K1"]["between_days"]["highest"] > 0


@pytest.mark.parametrize("medicine", ["apixaban 5 mg", "enoxaparin", "clopidogrel"])
def test_other_blood_thinners_get_no_vitamin_k_notice(
    medicine: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    person = PERSON + f'[medicines]\ntaken = ["{medicine}"]\n'
    (folder / "me.toml").write_text(person, encoding="utf-8")
    document = json.loads(run(capsys, "week.txt", "--person", "me.toml", "--body", "us", "--json"))
    assert document["notice"] is None
    assert document["references"]["rows"]


def test_reference_intakes_are_those_of_sex_age_and_body(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "me.toml").write_text(PERSON, encoding="utf-8")
    rows = json.loads(run(capsys, "week.txt", "--person", "me.toml", "--body", "us", "--json"))["references"]
    values = {row["nutrient"]: row["value"] for row in rows["rows"]}
    assert values == {"K1": 90.0, "calcium": 1200.0, "magnesium": 320.0, "D3": 15.0}
    japan = json.loads(run(capsys, "week.txt", "--body", "jp", "--json"))["references"]
    (vitamin_k,) = [row for row in japan["rows"] if row["printed"] == "vitamin K"]
    assert vitamin_k["nutrient"] == ""  # a total with MK-7 as MK-4 equivalents: K1 does not stand beside it


def test_a_folder_is_replaced_only_when_it_is_ours(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "week.txt", "--out", "out")
    run(capsys, "week.txt", "--out", "out")
    (folder / "out" / "mine.txt").write_text("keep", encoding="utf-8")
    with pytest.raises(SystemExit) as left:
        main(["intake", "week.txt", "--out", "out"])
    assert left.value.code == 2
    assert (folder / "out" / "mine.txt").exists()
    capsys.readouterr()


def test_the_python_call_says_the_same(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(run(capsys, "week.txt", "--region", "NL", "--json"))
    answer = calciroute.diary_intake("week.txt", region="NL")
    assert answer.intake.nutrients["MK7"].mean.central == document["nutrients"]["MK7"]["mean"]["central"]


def test_cells_that_look_like_formulas_get_an_apostrophe(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from calciroute.report.intake_json import days_table

    table = days_table(calciroute.diary_intake("week.txt", region="NL"))
    assert not any(
        cell.startswith(("=", "+", "-", "@")) for line in table.splitlines() for cell in line.split(",")
    )


def test_what_the_docs_show_is_what_is_printed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(REPO)
    page = (REPO / "docs" / "intake.md").read_text("utf-8")
    blocks = re.findall(r"`calciroute intake (docs/\S+ --region \w+)`\n```\n(.*?)```", page, re.DOTALL)
    assert len(blocks) == 3
    for words, block in blocks:
        printed = run(capsys, *words.split()).splitlines()
        assert [line for line in block.splitlines() if line not in printed] == []
