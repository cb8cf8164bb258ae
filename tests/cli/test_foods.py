"""`calciroute foods WORDS`."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import pytest

from calciroute.cli.foods import run_foods
from calciroute.errors import InputError
from calciroute.purpose import PURPOSE
from calciroute.report.food_text import NOT_VERIFIED


def test_a_food_shows_each_vitamer_with_spread_source_and_what_is_missing(capsys):
    run_foods(["natto"], None, as_json=False)
    printed = capsys.readouterr().out
    assert "MK-7        mcg   998 (775 to 1\u202f760)" in printed
    assert "dihydro-K1: nobody measured it" in printed
    assert NOT_VERIFIED in " ".join(printed.split())
    assert printed.rstrip().endswith(PURPOSE)
    assert all(len(line) <= 100 for line in printed.splitlines())


@pytest.mark.parametrize("words", [["bread"], ["miso", "soup"], ["blue", "cheese"], ["paneer"], ["chicken"]])
@pytest.mark.parametrize("region", [None, "nl", "US"])
def test_every_card_keeps_to_its_width_and_carries_the_purpose(words, region, capsys):
    run_foods(words, region, as_json=False)
    printed = capsys.readouterr().out
    assert printed.rstrip().endswith(PURPOSE)
    assert all(len(line) <= 100 for line in printed.splitlines())
    assert "nan" not in printed


def test_the_blindness_of_the_us_table_is_told(capsys):
    run_foods(["sr28:16113"], None, as_json=False)
    printed = " ".join(capsys.readouterr().out.split())
    assert "longer menaquinones of this food are not known, which is not zero" in printed
    assert "MK-7 mcg not known not known" in printed


def test_json_starts_with_the_purpose_and_is_complete(capsys):
    run_foods(["jonge", "kaas"], "NL", as_json=True)
    document = json.loads(capsys.readouterr().out)
    assert list(document)[:2] == ["purpose", "kind"]
    assert document["kind"] == "found"
    assert document["answer"]["food"] == document["food"]["food"] == "gouda_young"
    assert {line["nutrient"] for line in document["food"]["lines"]} >= {"K1", "MK4", "MK7", "MK9", "calcium"}


def test_words_of_two_foods_are_asked_and_none_is_taken(capsys):
    run_foods(["chips"], None, as_json=False)
    printed = capsys.readouterr().out
    assert "may be several foods" in printed
    assert "french fries" in printed
    assert "potato chips" in printed


def test_a_typo_ends_with_2_and_near_names_on_standard_error(capsys):
    with pytest.raises(SystemExit) as stopped:
        run_foods(["broccolj"], None, as_json=False)
    assert stopped.value.code == 2
    streams = capsys.readouterr()
    assert streams.out == ""
    assert "never chosen for you" in streams.err
    assert "Broccoli, raw" in streams.err


def test_control_signs_of_the_input_do_not_reach_the_terminal(capsys):
    with pytest.raises(SystemExit):
        run_foods(["\x1b[31mzorblax\x07"], None, as_json=False)
    assert "\x1b" not in capsys.readouterr().err


def test_a_region_that_is_no_country_is_refused():
    with pytest.raises(InputError, match="two letters"):
        run_foods(["natto"], "Japan", as_json=False)


def test_it_answers_without_heavy_libraries():
    heavy = ("scipy", "xarray", "matplotlib", "llvmlite", "pandas")
    code = (
        "import sys\nfrom calciroute.cli.foods import run_foods\n"
        "run_foods(['brocoli'], 'FR', as_json=False)\n"
        f"print([name for name in {heavy!r} if name in sys.modules], file=sys.stderr)"
    )
    began = time.monotonic()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
    assert (
        time.monotonic() - began < 30.0
    )  # a stop-watch test would fail beside other work; this one finds a hang
