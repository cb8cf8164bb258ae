"""One result, one text."""

import datetime
import json
import math

import numpy as np
import pytest

from calciroute.errors import InputError
from calciroute.report import build
from calciroute.report.build import build_report
from calciroute.report.result_json import FLOAT_DIGITS, canonical, document_of, read_result, result_of
from report.synthetic import PERSON, simulation


@pytest.fixture(autouse=True)
def without_pictures(monkeypatch):
    monkeypatch.setattr(
        build, "_pictures", lambda *_, **__: ()
    )  # they take most of the time and stand elsewhere


def documents(**changes):
    made = simulation(years=0.5, **changes)
    return document_of(build_report(made), made)


def test_the_same_simulation_gives_the_same_bytes_whenever_it_is_written():
    made = simulation(years=0.5)
    report = build_report(made)
    early = document_of(report, made, datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC))
    late = document_of(build_report(simulation(years=0.5)), simulation(years=0.5))
    assert canonical(early["result"]) == canonical(late["result"])
    assert early["run"]["written"] == "2026-03-01T00:00:00+00:00"
    assert sorted(early) == ["purpose", "result", "run"]


def test_what_belongs_to_the_machine_is_not_in_the_result():
    document = documents()
    assert set(document["run"]) == {"written", "platform", "packages"}
    assert "packages" not in canonical(document["result"])


def test_floats_are_rounded_and_what_is_not_known_is_null():
    assert (
        canonical([1 / 3, math.nan, math.inf, -0.0, np.float64(2.0), 1e-12])
        == "[0.333333,null,null,0.0,2.0,1e-12]\n"
    )
    assert FLOAT_DIGITS == 6
    assert documents()["result"]["float_digits"] == FLOAT_DIGITS


def test_failed_draws_are_null_and_not_zero():
    made = simulation(years=0.5, failures=("draw 0, as_now: stopped",))
    made.dataset["SBP"][:] = np.nan
    made.dataset["SBP_central"][:] = np.nan
    result = json.loads(canonical(result_of(build_report(made), made)))
    assert result["outcomes"]["SBP"]["effects"]["mk7_180"]["difference"]["median"] is None
    assert result["failures"] == ["draw 0, as_now: stopped"]


def test_the_result_holds_what_the_report_shows():
    made = simulation(person=PERSON + '[medicines]\ntaken = ["warfarin 5 mg"]\n')
    report = build_report(made)
    result = json.loads(canonical(result_of(report, made)))
    assert result["answer"] == list(report.answer.sentences)
    assert result["notice"]["title"] == report.notice.title
    assert set(result["courses"]) >= {"dp_ucMGP", "Ca_artery_flow"}
    assert result["arms"] == ["as_now", "mk7_180"]
    assert result["outcomes"]["dp_ucMGP"]["effects"]["mk7_180"]["trials"]["nearest"][0]["study_id"]
    assert len(result["courses"]["INR"]["bands"]["as_now"]["median"]) == len(result["days"])
    assert result["model"]["model_hash"] == "0123abcd"


def test_reading_back(tmp_path):
    path = tmp_path / "result.json"
    path.write_text(canonical(documents()), "utf-8")
    assert canonical(read_result(path)) == path.read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "is not JSON"),
        ("\udcff", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[]", "is not a result of calciroute"),
        ('{"purpose": "x"}', "is not a result of calciroute"),
    ],
)
def test_other_files_are_told_apart_with_words(tmp_path, text, words):
    path = tmp_path / "result.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(InputError, match=words):
        read_result(path)


def test_an_absent_file_and_another_schema_have_words(tmp_path):
    with pytest.raises(InputError, match=r"Expected: a result\.json"):
        read_result(tmp_path / "nothing.json")
    document = json.loads(canonical(documents()))
    document["result"]["schema"] = 99
    path = tmp_path / "result.json"
    path.write_text(json.dumps(document))
    with pytest.raises(InputError, match="schema 99"):
        read_result(path)
