"""docs/run_any_model.md: its commands run, its calls run, and what they print is what stands there."""

from __future__ import annotations

import doctest
import re
import shlex
import shutil
from pathlib import Path

import pytest

from calciroute.cli import main

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "run_any_model.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
# Six digits are printed; the last of them may differ between processors, small levels more than large ones.
CLOSE = {"rel": 5e-3, "abs": 1e-9}


@pytest.fixture
def clone(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "docs" / "examples", tmp_path / "docs" / "examples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def blocks(language):
    return [text for kind, text in BLOCKS if kind == language]


def assert_same_words(made, shown):
    assert len(made.split()) == len(shown.split())
    for one, other in zip(made.split(), shown.split(), strict=True):
        try:
            assert float(one) == pytest.approx(float(other), **CLOSE)
        except ValueError:
            assert one == other


@pytest.mark.parametrize("block", blocks("console"), ids=lambda block: block.splitlines()[0][-40:])
def test_a_command_prints_what_the_page_shows(block, clone, capsys):
    command, _, shown = block.partition("\n")
    assert command.startswith("$ calciroute ")
    with pytest.raises(SystemExit) as left:
        main(shlex.split(command.removeprefix("$ calciroute ")))
    printed = capsys.readouterr()
    if shown:
        assert left.value.code == 0
        assert_same_words(printed.out, shown)
        assert {path.name for path in (clone / "calciroute-out").iterdir()} == {"result.nc", "run.json"}
    else:
        assert left.value.code == 2
        assert printed.err.endswith(blocks("text")[0])


def test_the_calls_of_the_page_return_what_it_shows(clone):
    test = doctest.DocTestParser().get_doctest("\n".join(blocks("python")), {}, "run_any_model.md", None, 0)
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    told: list[str] = []
    runner.run(test, out=told.append)
    assert runner.summarize(verbose=False).failed == 0, "".join(told)
    assert len(test.examples) > 10


def test_the_tables_of_the_page_are_those_in_the_folder():
    lanes, doses = blocks("csv")
    assert lanes == (ROOT / "docs" / "examples" / "cyclin_lanes.csv").read_text("utf-8")
    assert doses == (ROOT / "docs" / "examples" / "cyclin_doses.csv").read_text("utf-8")


def test_the_sbml_is_what_antimony_makes_of_the_text():
    import antimony

    assert antimony.loadAntimonyFile(str(ROOT / "docs" / "examples" / "mitotic_oscillator.ant")) >= 0
    made = antimony.getSBMLString("mitotic_oscillator")
    stored = (ROOT / "docs" / "examples" / "mitotic_oscillator.xml").read_text("utf-8")
    note = re.compile(r"<!--.*?-->", re.DOTALL)  # versions of the tools
    assert note.sub("", made) == note.sub("", stored)


def test_links_lead_to_files():
    targets = re.findall(r"\]\(([^)#:]+)\)", PAGE)
    assert len(targets) >= 3
    assert [target for target in targets if not (ROOT / "docs" / target).exists()] == []
