"""Wrong files end in one worded error with all problems, and leave nothing behind."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from calciroute.errors import InputError
from calciroute.simulate.read_inputs import read_inputs
from people.bad_input_cases import CORPUS, Case, lay_out, read_cases

CASES = read_cases()
LONGEST_S = 5.0


@pytest.mark.parametrize("case", CASES, ids=[case.file for case in CASES])
def test_wrong_file_is_told_in_words(case: Case, tmp_path: Path) -> None:
    if "pipe" in case.file and not hasattr(os, "mkfifo"):
        pytest.skip("this system has no pipes with a name")
    person, plans = lay_out(case, tmp_path)
    before = sorted(path.name for path in tmp_path.iterdir())
    started = time.monotonic()
    with pytest.raises(InputError) as caught:
        read_inputs(person, plans)
    assert time.monotonic() - started < LONGEST_S
    said = str(caught.value)
    for words in case.expected:
        assert words in said
    name = case.file.split("/")[1]
    places = [problem.where for problem in caught.value.problems]
    if case.line:
        assert any(place.endswith(f"{name}:{case.line}") for place in places)
    assert all(places), "every problem names its file"
    assert "Traceback" not in said
    assert said.isprintable() or all(line.isprintable() for line in said.split("\n"))
    assert max(map(len, said.split("\n"))) < 700
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_the_corpus_is_large_and_varied(capsys: pytest.CaptureFixture[str]) -> None:
    files = {case.file for case in CASES}
    causes = {case.cause for case in CASES}
    with capsys.disabled():
        print(f"\nbad input: {len(files)} files, {len(causes)} causes")
    assert len(files) == len(CASES) >= 60
    assert len(causes) >= 40
    on_disk = {path.relative_to(CORPUS).as_posix() for path in CORPUS.glob("*/*")}
    assert on_disk == {file for file in files if not file.startswith("generated/")}
