"""``calciroute plan``: files out of passed gates, a notice and nothing else out of closed ones."""

from __future__ import annotations

import datetime
import json
import re
import subprocess
import sys

import pytest

from calciroute import PURPOSE
from calciroute.cli import main
from calciroute.safety.notices import STANDARD_NOTICE
from calciroute.tables.gates import read_gates
from calciroute.tables.medicine_names import read_medicine_names
from guide.persons import HEAD, NATTO_WEEK, passing
from safety.forbidden import assert_allowed

# Everything that a plan can speak of: products, natto, smoking, a confirmed name with signs of Typst in it.
EVERYTHING = """
[[supplement]]
product = "MK-7 180 mcg softgel"

[[supplement]]
product = "magnesium 200 mg tablet"

[[supplement]]
product = "D3 25 mcg tablet"

[habits]
smoking = "current"

[diet]
diary = "week.csv"
region = "JP"
"""
HOSTILE = "Zorblax <b>#panic $y$ *x*"
HEAD_MEDICINES = HEAD.replace(
    "taken = []",
    f"taken = ['{HOSTILE}', 'levothyroxine 75 mcg']\n"
    f"confirmed = [{{ name = '{HOSTILE}', by = 'pharmacist', date = 2026-11-20 }}]",
)
ANSWERED_BY_THE_FILE = {"Q005", "Q006", "Q020", "Q061", "Q062"}


def call(*words):
    with pytest.raises(SystemExit) as left:
        main([str(word) for word in words])
    return left.value.code


def _written(folder, text, *words):
    (folder / "week.csv").write_text(NATTO_WEEK, encoding="utf-8")
    (folder / "me.toml").write_text(text, encoding="utf-8")
    return call("plan", folder / "me.toml", "--start", "2026-12-01", "--out", folder / "plan", *words)


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    folder = tmp_path_factory.mktemp("full")
    assert _written(folder, passing(EVERYTHING, head=HEAD_MEDICINES)) == 0
    return folder / "plan"


def _texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inside in value.values():
            yield from _texts(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from _texts(inside)


def _unfolded(path):
    return path.read_bytes().decode("utf-8").replace("\r\n ", "").replace("\\,", ",").replace("\\;", ";")


def test_page_pdf_calendar_and_json_are_written(full):
    assert {path.name for path in full.iterdir()} == {"plan.html", "plan.pdf", "plan.ics", "plan.json"}
    assert (full / "plan.pdf").read_bytes().startswith(b"%PDF-")


def test_each_output_carries_purpose_and_notice(full):
    page = (full / "plan.html").read_text("utf-8")
    assert page[page.index("<body>") :].count(PURPOSE) == 2
    assert f'@bottom-left {{ content: "{PURPOSE}"' in page  # on every sheet of paper
    assert STANDARD_NOTICE in page
    document = json.loads((full / "plan.json").read_text("utf-8"))
    assert next(iter(document)) == "purpose"
    assert document["notice"] == STANDARD_NOTICE
    events = _unfolded(full / "plan.ics").split("BEGIN:VEVENT")[1:]
    assert len(events) > 15
    for event in events:
        assert PURPOSE in event
        assert STANDARD_NOTICE in event


def test_nothing_forbidden_is_said_in_any_output(full, capsys):
    assert call("plan", full.parent / "me.toml", "--start", "2026-12-01", "--out", full) == 0
    assert_allowed(capsys.readouterr().out)
    assert_allowed((full / "plan.html").read_text("utf-8"))
    assert_allowed(_unfolded(full / "plan.ics"))
    for text in _texts(json.loads((full / "plan.json").read_text("utf-8"))):
        assert_allowed(text)


def test_a_calendar_event_lasts_whole_days_and_names_no_medicine_and_no_product(full):
    text = _unfolded(full / "plan.ics")
    assert len(re.findall(r"DTSTART;VALUE=DATE:\d{8}\r?\n", text)) == text.count("BEGIN:VEVENT")
    said = text.replace(STANDARD_NOTICE, "").casefold()
    names = {row.name.casefold() for row in read_medicine_names() if len(row.name) > 3}
    assert not [name for name in names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said)]
    assert "mk-7" not in said
    assert "softgel" not in said


def test_each_line_has_a_source_or_says_that_none_was_read_and_a_certainty(full):
    document = json.loads((full / "plan.json").read_text("utf-8"))
    lines = [line for section in document["sections"] for line in section["lines"]]
    assert len(lines) > 40
    for line in lines:
        assert line["source"], line["line"]
        assert line["certainty"], line["line"]


def test_a_pharmacists_word_is_printed_and_its_signs_stay_signs(full):
    document = json.loads((full / "plan.json").read_text("utf-8"))
    (word,) = document["confirmed"]
    assert "a pharmacist said on 2026-11-20" in word
    assert HOSTILE in word
    page = (full / "plan.html").read_text("utf-8")
    assert "Zorblax &lt;b&gt;#panic $y$ *x*" in page


def test_a_spacing_rule_stands_in_hours(full):
    document = json.loads((full / "plan.json").read_text("utf-8"))
    spacing = [one["spacing"] for one in document["interactions"] if "levothyroxine" in one["because"]]
    assert any("4 h" in words for words in spacing), spacing


def test_the_same_start_gives_the_same_bytes(full, tmp_path):
    assert _written(tmp_path, passing(EVERYTHING, head=HEAD_MEDICINES)) == 0
    for name in ("plan.html", "plan.pdf", "plan.ics", "plan.json"):
        assert (tmp_path / "plan" / name).read_bytes() == (full / name).read_bytes(), name


def test_without_a_start_the_plan_begins_today(tmp_path, capsys):
    (tmp_path / "me.toml").write_text(passing(), encoding="utf-8")
    before = datetime.date.today().isoformat()
    assert call("plan", tmp_path / "me.toml", "--out", tmp_path / "out") == 0
    document = json.loads((tmp_path / "out/plan.json").read_text("utf-8"))
    assert before <= document["start"] <= datetime.date.today().isoformat()
    assert document["start"] in capsys.readouterr().out


@pytest.mark.parametrize("gate", [gate for gate in read_gates() if gate.id not in ANSWERED_BY_THE_FILE])
def test_each_closed_gate_writes_nothing_and_ends_with_three(tmp_path, capsys, gate):
    sex = HEAD.replace('"male"', '"female"') if gate.id in {"Q007", "Q066", "Q008"} else HEAD
    code = _written(tmp_path, passing(EVERYTHING, head=sex, **{gate.id: True}))
    out = capsys.readouterr().out
    assert max(len(line) for line in out.splitlines()) <= 100
    out = " ".join(out.split())
    assert code == 3
    assert not (tmp_path / "plan").exists()
    assert out.startswith(("The programme stops here.", "These signs can be an emergency."))
    assert gate.talk_to in out
    assert PURPOSE in out
    assert STANDARD_NOTICE in out
    assert_allowed(out)
    assert "walk" not in out.replace("pain on walking", "")
    assert "mcg" not in out


@pytest.mark.parametrize("gate", [gate for gate in read_gates() if "adult" not in gate.not_asked])
def test_each_unanswered_gate_keeps_the_plan_away(tmp_path, capsys, gate):
    bare = '[person]\nsex = "female"\nage_years = 40\n'
    asked = {} if gate.id in ANSWERED_BY_THE_FILE else {gate.id: None}
    assert _written(tmp_path, passing(head=bare, **asked), "--json") == 3
    closed = json.loads(capsys.readouterr().out)["stopped"]["gates"]
    assert gate.id in {one["id"] for one in closed}
    assert not (tmp_path / "plan").exists()


def test_an_earlier_plan_is_replaced_and_a_strangers_folder_is_not(tmp_path, capsys):
    assert _written(tmp_path, passing()) == 0
    assert _written(tmp_path, passing(Q057=True)) == 0
    assert "glaucoma" in (tmp_path / "plan/plan.html").read_text("utf-8")
    (tmp_path / "plan/mine.txt").write_text("mine", encoding="utf-8")
    assert _written(tmp_path, passing()) == 2
    assert (tmp_path / "plan/mine.txt").read_text("utf-8") == "mine"
    assert "nothing is replaced" in capsys.readouterr().err


@pytest.mark.parametrize("start", ["soon", "9999-12-31", "2026-02-30", "01.03.2026"])
def test_a_start_that_is_no_day_is_told(tmp_path, capsys, start):
    (tmp_path / "me.toml").write_text(passing(), encoding="utf-8")
    assert call("plan", tmp_path / "me.toml", "--start", start, "--out", tmp_path / "out") == 2
    assert f"--start: '{start}' is no day" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_json_on_standard_output_is_the_file(full, capsys):
    assert call("plan", full.parent / "me.toml", "--start", "2026-12-01", "--out", full, "--json") == 0
    assert capsys.readouterr().out == (full / "plan.json").read_text("utf-8")


def test_json_of_a_closed_gate_begins_with_the_purpose(tmp_path, capsys):
    assert _written(tmp_path, passing(Q017=True), "--json") == 3
    document = json.loads(capsys.readouterr().out)
    assert next(iter(document)) == "purpose"
    assert [gate["id"] for gate in document["stopped"]["gates"]] == ["Q017"]
    assert document["stopped"]["gates"][0]["reopen"]


def _in_a_process(code, *words):
    run = subprocess.run(
        [sys.executable, "-c", code, *map(str, words)], capture_output=True, text=True, check=False
    )
    return run.returncode, run.stdout, run.stderr


def test_without_typst_one_line_says_how_to_get_it(tmp_path):
    (tmp_path / "me.toml").write_text(passing(), encoding="utf-8")
    code = "import sys; sys.modules['typst'] = None; from calciroute.cli import main; main(sys.argv[1:])"
    status, out, err = _in_a_process(code, "plan", tmp_path / "me.toml", "--out", tmp_path / "out")
    assert status == 0, err
    assert out.count("pip install 'calciroute[pdf]'") == 1
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"plan.html", "plan.ics", "plan.json"}


@pytest.mark.parametrize("command", ["plan", "check"])
def test_nothing_heavy_is_loaded(tmp_path, command):
    (tmp_path / "me.toml").write_text(passing(), encoding="utf-8")
    code = (
        "import sys\nfrom calciroute.cli import main\n"
        "try:\n    main(sys.argv[1:])\nfinally:\n"
        "    heavy = {'numpy', 'scipy', 'xarray', 'matplotlib', 'llvmlite', 'libsbml'} & set(sys.modules)\n"
        "    print('loaded', sorted(heavy), file=sys.stderr)\n"
    )
    words = ["--out", tmp_path / "out"] if command == "plan" else []
    status, _, err = _in_a_process(code, command, tmp_path / "me.toml", *words)
    assert status == 0, err
    assert err.strip().endswith("loaded []")
