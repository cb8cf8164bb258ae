"""docs/research_handles.md: its calls give what it shows, and its command runs."""

import doctest
import re
import shlex
from pathlib import Path

import pytest

from calciroute.cli import main
from simulate.people import MK7, WOMAN

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "research_handles.md").read_text("utf-8")


def test_the_calls_of_the_page_give_what_it_shows():
    blocks = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 4
    test = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, "research_handles.md", None, 0)
    said = []
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    result = doctest.DocTestRunner(optionflags=flags, verbose=False).run(test, out=said.append)
    assert result.attempted >= 12
    assert result.failed == 0, "".join(said)


def test_the_command_of_the_page_runs(tmp_path, monkeypatch, capsys):
    command = re.search(r"^    calciroute (simulate me\.toml .*)$", PAGE, re.MULTILINE)
    assert command is not None
    monkeypatch.chdir(tmp_path)
    Path("me.toml").write_text(WOMAN, "utf-8")
    Path("mk7.toml").write_text(MK7, "utf-8")
    with pytest.raises(SystemExit) as left:
        main([*shlex.split(command[1]), "--years", "0.05", "--draws", "2"])
    assert left.value.code == 0
    printed = capsys.readouterr().out
    assert (
        "Set by hand: CL_MK7 = 0.7 L/h instead of 1.19 L/h; beta_calcification = 0.3 instead of 0.9."
        in printed
    )
    assert {path.name for path in Path("slow").iterdir()} == {"report.html", "result.json", "result.nc"}
