"""``calciroute label``: from a file and from standard input, exit codes, JSON."""

import io
import json
import sys

import pytest

from calciroute import PURPOSE
from calciroute.cli import main

GOOD = "Vitamin K2\nper capsule\nVitamin K2 (MK-7) 180 µg\n"


def call(*words):
    with pytest.raises(SystemExit) as left:
        main([str(word) for word in words])
    return left.value.code


def test_findings_end_with_zero(tmp_path, capsys):
    file = tmp_path / "label.txt"
    file.write_text(GOOD, "utf-8")
    assert call("label", file) == 0
    printed = capsys.readouterr().out
    assert printed.startswith(PURPOSE)
    assert "180 mcg = 0.18 mg" in printed
    assert sorted(path.name for path in tmp_path.iterdir()) == ["label.txt"]


def test_standard_input_and_json(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(GOOD.encode("utf-16"))))
    assert call("label", "-", "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert document["purpose"] == PURPOSE
    assert document["labels"][0]["contents"][0]["amount_mg"] == pytest.approx(0.18)


def test_an_unreadable_label_ends_with_two_and_its_line(tmp_path, capsys):
    file = tmp_path / "label.txt"
    file.write_text(f"{GOOD}---\nnothing here", "utf-8")
    assert call("label", file) == 2
    wrong = capsys.readouterr()
    assert "label.txt:5: no substance of a label is found here" in wrong.err
    assert wrong.out == ""


@pytest.mark.parametrize(
    ("content", "match"),
    [(b"%PDF-1.7 x", "PDF"), (b"\x89PNG\r\n\x1a\n....", ""), (b"", "empty"), (b"MK-7 100 mcg \x00\x01", ""),
     (b"x" * 70_000, "64 kB")],
)  # fmt: skip
def test_files_of_another_kind_end_with_two(tmp_path, capsys, content, match):
    file = tmp_path / "label.txt"
    file.write_bytes(content)
    assert call("label", file) == 2
    words = capsys.readouterr().err
    assert match in words
    assert "Traceback" not in words


@pytest.mark.parametrize(
    "option",
    [("--body", "who"), ("--market", "jp"), ("--year", "12"), ("--date", "soon"), ("--allergy", "cats")],
)
def test_a_wrong_option_ends_with_two(tmp_path, capsys, option):
    file = tmp_path / "label.txt"
    file.write_text(GOOD, "utf-8")
    assert call("label", file, *option) == 2
    assert option[1] in capsys.readouterr().err


def test_options_reach_the_reading(tmp_path, capsys):
    file = tmp_path / "label.txt"
    file.write_text("per capsule\nMK-7 100 %\nMK-4 60 mg\nBest by 01/2026\n", "utf-8")
    words = (
        "label",
        file,
        "--json",
        "--market",
        "us",
        "--year",
        "2024",
        "--confirm",
        "3",
        "--date",
        "2026-03-01",
    )
    assert call(*words, "--body", "us", "--allergy", "soy") == 0
    document = json.loads(capsys.readouterr().out)
    amounts = {one["substance"]: one["amount"] for one in document["labels"][0]["contents"]}
    assert amounts == {"MK7": 120.0, "MK4": 60_000.0}
    assert document["body"] == "NASEM"
    assert {"S053", "S048"} <= {one["rule"] for one in document["findings"]}
