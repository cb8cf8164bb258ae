"""Broken and hostile models and tables: words, exit code 2, nothing written, no time and memory lost."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from calciroute.cli import main
from model.bad_model_cases import CORPUS, KINDS, Case, lay_out, read_cases

CASES = read_cases()
LONGEST_S = 30.0


@pytest.mark.parametrize("case", CASES, ids=[case.file for case in CASES])
def test_wrong_file_is_told_in_words(case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if case.needs_pipes and not hasattr(os, "mkfifo"):
        pytest.skip("this system has no pipes with a name")
    words = lay_out(case, tmp_path)
    before = sorted(path.name for path in tmp_path.iterdir())
    started = time.process_time()
    with pytest.raises(SystemExit) as left:
        main([*words, "--out", str(tmp_path / "out")])
    assert time.process_time() - started < LONGEST_S
    printed = capsys.readouterr()
    assert left.value.code == 2, printed.err
    assert printed.out == ""
    assert "Traceback" not in printed.err
    told = printed.err.splitlines()
    problems = [line for line in told if not line.startswith(("[", "calciroute: "))]
    assert 1 <= len(problems) <= 21, "a worded problem or a few, not a flood"
    assert max(map(len, problems)) < 700
    assert all(line.isprintable() for line in problems)
    for expected in case.expected:
        assert expected in "\n".join(problems)
    assert any(case.name in line for line in problems), "the file is named"
    if case.line:
        assert any(f"{case.name}:{case.line}: " in line for line in problems)
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_the_corpus_is_large_and_varied(capsys: pytest.CaptureFixture[str]) -> None:
    files = {case.file for case in CASES}
    causes = {case.cause for case in CASES}
    with capsys.disabled():
        print(f"\nbad models: {len(files)} files, {len(causes)} causes")
    assert len(files) == len(CASES) >= 60
    assert len(causes) >= 60
    on_disk = {path.relative_to(CORPUS).as_posix() for kind in KINDS for path in (CORPUS / kind).glob("*")}
    assert on_disk == {file for file in files if not file.startswith("generated/")}
