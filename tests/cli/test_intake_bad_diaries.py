"""Every wrong diary of the corpus through `calciroute intake`: words and a line, never a traceback."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pytest

from calciroute.cli import main
from people.bad_input_cases import CORPUS, Case, read_cases

CASES = [case for case in read_cases() if case.file.startswith("diary/")]
LONGEST_S = 5.0


def _run(words: list[str]) -> object:
    with pytest.raises(SystemExit) as left:
        main(words)
    return left.value.code


@pytest.mark.parametrize("case", CASES, ids=[case.file for case in CASES])
def test_a_wrong_diary_ends_with_two_and_words(
    case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / case.file.split("/")[1]
    target.write_bytes((CORPUS / case.file).read_bytes())
    started = time.monotonic()
    code = _run(["intake", str(target), "--region", "NL", "--out", str(tmp_path / "out")])
    assert time.monotonic() - started < LONGEST_S
    printed = capsys.readouterr()
    assert "Traceback" not in printed.err + printed.out
    if code == 0:
        # The rest of a diary is summed without a food that is not found; the food is told by its line.
        assert case.cause in {"unknown food", "word with two meanings", "measure that nobody weighs"}
        assert f"line {case.line}," in printed.out
        return
    assert code == 2
    assert printed.out == ""
    assert [path.name for path in tmp_path.iterdir()] == [target.name]
    # Headings of another program get a line to type instead of one complaint each.
    assert all(words in printed.err for words in case.expected) or "--map food=" in printed.err


def test_there_are_at_least_120_wrong_diaries_of_40_causes() -> None:
    assert len({case.file for case in CASES}) >= 120
    assert len({case.cause for case in CASES}) >= 40


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["week.txt", "--region", "XX"], "no country of the food table"),
        (["week.txt", "--body", "who"], "is no body"),
        (["nothing.txt"], "nothing.txt"),
        (["."], "folder"),
        (["week.txt", "--person", "nobody.toml"], "nobody.toml"),
        (["week.txt", "--out", "week.txt"], "a file, not a folder"),
    ],
)
def test_wrong_words_end_with_two(
    words: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "week.txt").write_text("50 g natto\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert _run(["intake", *words]) == 2
    assert said in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["week.txt"]


def test_a_pipe_without_end_is_cut(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, into: memoryview) -> int:  # type: ignore[override]
            into[:] = b"a" * len(into)
            return len(into)

    class Console:
        buffer = io.BufferedReader(Endless())

    monkeypatch.setattr("sys.stdin", Console())
    assert _run(["intake", "-"]) == 2
    assert "bytes" in capsys.readouterr().err
