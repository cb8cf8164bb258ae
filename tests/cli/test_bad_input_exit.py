"""Every wrong file ends the command line with 2, words on standard error, and nothing written."""

from __future__ import annotations

from pathlib import Path

import pytest

from calciroute.cli import main
from people.bad_input_cases import lay_out, read_cases


def test_every_wrong_file_ends_with_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    codes: dict[str, object] = {}
    said: dict[str, str] = {}
    for number, case in enumerate(read_cases()):
        folder = tmp_path / str(number)
        folder.mkdir()
        person, plans = lay_out(case, folder)
        before = sorted(path.name for path in folder.iterdir())
        words = ["simulate", str(person), "--out", str(folder / "out")]
        for plan in plans:
            words += ["--plan", str(plan)]
        with pytest.raises(SystemExit) as left:
            main(words)
        codes[case.file] = left.value.code
        printed = capsys.readouterr()
        said[case.file] = printed.err
        assert printed.out == ""
        assert sorted(path.name for path in folder.iterdir()) == before
    assert {file: code for file, code in codes.items() if code != 2} == {}
    assert [file for file, words in said.items() if "Traceback" in words or not words] == []
