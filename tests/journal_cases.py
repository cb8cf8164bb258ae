"""Generated journals, marker words and wrong exports, for the tests and for validation/journal.py."""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from calciroute.errors import InputError
from calciroute.guide.journal import Journal, open_journal
from calciroute.guide.journal_entry import KINDS, READINGS_OF, Content, Reading
from calciroute.guide.journal_erase import erase_data
from calciroute.guide.journal_files import as_csv, as_json
from calciroute.guide.journal_import import import_entries, read_export

HERE = Path(__file__).resolve().parent
WORKER = HERE / "journal_worker.py"
# Letters of many scripts, signs that spreadsheets run, quotes and separators; no control signs.
_LETTERS = st.characters(
    codec="utf-8",
    categories=("L", "N", "P", "S", "Zs", "Mn"),
    exclude_characters="\u034f\u3164\uffa0\u115f\u1160\u17b4\u17b5\ufffd",
).filter(
    lambda sign: not ("\ufe00" <= sign <= "\ufe0f" or 0xE0000 <= ord(sign) <= 0xE0FFF or sign == "\u180e")
)
_WORDS = st.text(_LETTERS, min_size=1, max_size=40).filter(lambda text: text.strip() != "")
_RISKY = st.sampled_from(
    ["=1+1", "+49 30", "-5", "@SUM(A1)", "'quoted", "''", '"a";b,c', "two\nlines", "\ttab", "＝1"]
)
TEXTS = st.one_of(_WORDS, _RISKY)


def _readings_of(kind: str) -> Any:
    names, unit = READINGS_OF.get(kind, (frozenset(), ""))
    return st.lists(
        st.builds(
            Reading,
            name=st.sampled_from(sorted(names)) if names else st.text(_LETTERS, min_size=1, max_size=12),
            sign=st.sampled_from(["", "<", ">"]),
            value=st.none() | st.floats(allow_nan=False, allow_infinity=False),
            unit=st.just(unit) if unit else st.sampled_from(["", "nmol/L", "ug", "=x", "g/cm2"]),
            remarks=st.lists(TEXTS, max_size=2).map(tuple),
        ),
        max_size=4,
    ).map(tuple)


@st.composite
def contents(draw: Any, kind: str) -> Content:
    """A content that a kind of entry may have."""
    return Content(
        draw(st.dates(datetime.date(1900, 1, 1), datetime.date(2026, 3, 1))),
        draw(st.sampled_from(["", "00:00", "08:30", "23:59"])),
        draw(TEXTS),
        draw(st.booleans()) if kind == "dose" else None,
        draw(st.sampled_from(["", "ELISA", "=cmd"])),
        draw(st.sampled_from(["", "Hologic", "'GE"])),
        draw(_readings_of(kind)),
    )


@st.composite
def histories(draw: Any) -> list[tuple[str, Any]]:
    """What a person does with a journal, in order: add, edit, remove, undo."""
    kinds: list[str] = []
    steps: list[tuple[str, Any]] = []
    for _ in range(draw(st.integers(1, 8))):
        what = draw(st.sampled_from(["add", "add", "edit", "remove", "undo"])) if kinds else "add"
        if what == "add":
            kinds.append(draw(st.sampled_from(KINDS)))
            steps.append(("add", (kinds[-1], draw(contents(kinds[-1])))))
            continue
        number = draw(st.integers(1, len(kinds)))
        steps.append((what, (number, draw(contents(kinds[number - 1])) if what == "edit" else None)))
    return steps


def carry_out(journal: Journal, steps: list[tuple[str, Any]]) -> None:
    """Do it; an undo with nothing left to take back is refused and changes nothing."""
    for what, (first, second) in steps:
        if what == "add":
            journal.add(first, second)
        elif what == "edit":
            journal.edit(first, second)
        elif what == "remove":
            journal.remove(first)
        else:
            with contextlib.suppress(InputError):
                journal.undo(first)


def comes_back_identical(folder: Path, steps: list[tuple[str, Any]]) -> bool:
    """Written, exported both ways, erased, imported from either: every revision and reading as before."""
    data = folder / "data"
    with open_journal(data) as journal:
        carry_out(journal, steps)
        before = journal.entries(removed=True)
    same = True
    for ending, write in (("json", as_json), ("csv", as_csv)):
        export = folder / f"export.{ending}"
        export.write_bytes(write(before).encode("utf-8"))
        erase_data(data)
        assert not data.exists()
        with open_journal(data) as journal:
            counted = import_entries(journal, read_export(export))
            same = same and journal.entries(removed=True) == before and counted.new == len(before)
            same = same and write(journal.entries(removed=True)).encode("utf-8") == export.read_bytes()
        export.unlink()
    erase_data(data)
    return same


def fault(name: str, folder: Path, count: int, seed: int = 20260301) -> dict[str, Any]:
    """Run one fault of journal_worker.py in a process of its own."""
    words = [sys.executable, str(WORKER), name, str(folder), str(count), str(seed)]
    paths = os.pathsep.join([str(HERE.parent / "src"), str(HERE)])
    done = subprocess.run(
        words, env={**os.environ, "PYTHONPATH": paths}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


MARKERS = tuple(f"marker{place:02d}quokka" for place in range(20))
_ALL_COMMANDS = """
import io, sys
from calciroute.cli import _run
marks = sys.argv[1].split(",")
out, person = sys.argv[2], sys.argv[3]

def run(*words, typed=""):
    sys.stdin = io.StringIO(typed)
    try:
        return _run(list(words))
    except SystemExit as left:  # a command that is done leaves this way
        return left.code or 0

kinds = ["dose", "food", "symptom", "note"]
for place, mark in enumerate(marks):
    kind = kinds[place % 4]
    words = f"{mark} and more"
    if place % 2:
        assert run("journal", "add", kind, "-", typed=words + "\\n") == 0
    else:
        assert run("journal", "add", kind, words) == 0
run("journal", "add", "lab", "coronary_calcium", "45 AU", "--on", "2023-03-01", "--assay", marks[0])
run("journal", "add", "lab", "coronary_calcium", "80 AU", "--on", "2026-02-20", "--maker", marks[1])
assert run("journal", "edit", "1", marks[2] + " changed") == 0
assert run("journal", "remove", "2") == 0
assert run("journal", "undo") == 0
for words in (
    ["list", "--all"], ["summary"], ["history", "1"], ["list", "--json"],
    ["labs", person, "--out", out + "/me.toml"], ["export", out + "/j.json"], ["export", out + "/j.csv"],
):
    assert run("journal", *words) == 0, words
for words in (
    ["add", "lab", marks[3] + " 5"], ["add", "weight", marks[4]], ["add", marks[5], "x"],
    ["import", marks[6] + ".json"], ["add", "note", "x", "--on", marks[7]],
    ["add", "note", marks[8] + chr(7)],
):
    assert run("journal", *words) == 2, words
assert run("journal", "import", out + "/j.csv") == 0
assert run("data", "where") == 0
assert run("data", "export", out + "/all.zip") == 0
"""
_ERASE = "import sys; from calciroute.cli import _run; sys.exit(_run(sys.argv[1:]))"


def markers_left(base: Path) -> dict[str, int]:
    """Twenty words planted through the commands; where they stand afterwards, and after erasing."""
    places = {name: base / name for name in ("data", "cache", "home", "temporary", "here", "exports")}
    for name, place in places.items():
        if name != "data":
            place.mkdir(parents=True)
    person = base / "exports" / "person.toml"
    person.write_text('[person]\nsex = "female"\nage_years = 62\nas_of = 2026-03-01\n')
    env = {**os.environ, "PYTHONPATH": str(HERE.parent / "src")}
    env |= {name: str(places["home"]) for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
    env |= {name: str(places["temporary"]) for name in ("TMPDIR", "SQLITE_TMPDIR")}
    env |= {"CALCIROUTE_DATA": str(places["data"]), "CALCIROUTE_CACHE": str(places["cache"])}

    def run(code: str, *words: str) -> None:
        command = [sys.executable, "-c", code, *words]
        done = subprocess.run(
            command, env=env, cwd=places["here"], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr

    run(_ALL_COMMANDS, ",".join(MARKERS), str(places["exports"]), str(person))
    planted = _count(places["data"])
    outside = sum(_count(places[name]) for name in ("cache", "home", "temporary", "here"))
    # A second name of the same blocks: what stands there after erasing was not overwritten.
    same_blocks = base / "same_blocks"
    os.link(places["data"] / "journal.sqlite3", same_blocks)
    run(_ERASE, "data", "erase", "--yes")
    left = _count(places["data"]) + same_blocks.read_bytes().count(b"quokka")
    return {
        "markers": len(MARKERS), "planted": planted, "outside": outside, "after_erase": left,
        "files_after_erase": len(list(places["data"].glob("*"))) if places["data"].exists() else 0,
    }  # fmt: skip


def _count(folder: Path) -> int:
    """How many marker words stand in the bytes of a folder, in one letter a byte or two."""
    if not folder.exists():
        return 0
    wide = [mark.encode("utf-16-le") for mark in MARKERS]
    found = 0
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            found += sum(content.count(mark.encode()) for mark in MARKERS)
            found += sum(content.count(mark) for mark in wide)
    return found


def _changed(change: Callable[[Any], None]) -> Callable[[str, str], tuple[str, str]]:
    def made(as_json_text: str, as_csv_text: str) -> tuple[str, str]:
        document = json.loads(as_json_text)
        change(document)
        return "x.json", json.dumps(document)

    return made


def _set(*path: Any, to: Any) -> Callable[[str, str], tuple[str, str]]:
    def change(document: Any) -> None:
        for part in path[:-1]:
            document = document[part]
        document[path[-1]] = to

    return _changed(change)


def _csv(old: str, new: str, count: int = 1) -> Callable[[str, str], tuple[str, str]]:
    def made(as_json_text: str, as_csv_text: str) -> tuple[str, str]:
        assert old in as_csv_text
        return "x.csv", as_csv_text.replace(old, new, count)

    return made


def _other(name: str) -> Callable[[str, str], tuple[str, str]]:
    """What the second entry has, in the first one too."""
    return _changed(lambda document: document["entries"][0].update({name: document["entries"][1][name]}))


def _pressure(**fields: Any) -> Callable[[str, str], tuple[str, str]]:
    return _changed(lambda document: _of_kind(document, "pressure").update(fields))


def _reading(**fields: Any) -> Callable[[str, str], tuple[str, str]]:
    return _changed(lambda document: _of_kind(document, "pressure")["readings"][0].update(fields))


_ONE = {"name": "x", "sign": "", "value": 1, "unit": "", "remarks": []}
_FIRST = ("entries", 0, "revisions", 0)
# A cause a line: what a wrong export is called, how it is made from a right one, a word of the message.
WRONG_EXPORTS: tuple[tuple[str, Callable[[str, str], tuple[str, str]], str], ...] = (
    ("an empty file", lambda j, c: ("x.csv", ""), "empty"),
    ("another JSON", lambda j, c: ("x.json", '{"a": 1}'), "no export"),
    ("JSON cut off", lambda j, c: ("x.json", j[: len(j) // 2]), "no JSON"),
    ("a list", lambda j, c: ("x.json", "[1, 2]"), "no export"),
    ("brackets too deep", lambda j, c: ("x.json", "[" * 100_000), "too deep"),
    ("a key twice", lambda j, c: ("x.json", '{"format": "a", "format": "b"}'), "twice"),
    ("NaN", lambda j, c: ("x.json", j.replace('"value": 138.0', '"value": NaN', 1)), "NaN"),
    ("a number without end", lambda j, c: ("x.json", j.replace("138.0", "1e999", 1)), "finite"),
    ("a huge whole number", lambda j, c: ("x.json", j.replace("138.0", "9" * 400, 1)), "number"),
    ("digits without end", lambda j, c: ("x.json", j.replace("138.0", "9" * 5000, 1)), "digit"),
    ("another version", _set("version", to=99), "version 99"),
    ("entries no list", _set("entries", to={}), "no list"),
    ("an entry that is a text", _set("entries", 0, to="x"), "no revisions"),
    ("no revisions", _set("entries", 0, "revisions", to=[]), "no revisions"),
    ("a field too many", _set(*_FIRST, "weight", to=1), "other fields"),
    ("entry 0", _set("entries", 0, "entry", to=0), "from 1"),
    ("entry a text", _set("entries", 0, "entry", to="one"), "from 1"),
    ("entry beyond the file", _set("entries", 0, "entry", to=10**30), "from 1"),
    ("uid empty", _set("entries", 0, "uid", to=""), "uid"),
    ("uid a path", _set("entries", 0, "uid", to="../../x"), "uid"),
    ("uid of another entry", _other("uid"), "uid"),
    ("number of another entry", _other("entry"), "twice"),
    ("kind unknown", _set("entries", 0, "kind", to="dinner"), "not known"),
    ("revision missing", _set(*_FIRST, "revision", to=2), "without a gap"),
    ("revision a text", _set(*_FIRST, "revision", to="1"), "from 1"),
    ("undoes itself", _set(*_FIRST, "undoes", to=1), "undoes"),
    ("recorded no time", _set(*_FIRST, "recorded", to="yesterday"), "recorded"),
    ("recorded 31 February", _set(*_FIRST, "recorded", to="2026-02-31 08:00:00"), "recorded"),
    ("state unknown", _set(*_FIRST, "state", to="lost"), "state"),
    ("date turned about", _set(*_FIRST, "date", to="01/03/2026"), "year first"),
    ("date 31 February", _set(*_FIRST, "date", to="2026-02-31"), "date"),
    ("date in the future", _set(*_FIRST, "date", to="2999-01-01"), "after today"),
    ("date of another age", _set(*_FIRST, "date", to="0101-01-01"), "1900"),
    ("time 25 o'clock", _set(*_FIRST, "time", to="25:00"), "HH:MM"),
    ("time a number", _set(*_FIRST, "time", to=8), "text"),
    ("text empty", _set(*_FIRST, "text", to="  "), "empty"),
    ("text a list", _set(*_FIRST, "text", to=["x"]), "text"),
    ("text too long", _set(*_FIRST, "text", to="x" * 2_001), "2001 letters"),
    ("text with a control sign", _set(*_FIRST, "text", to="a\x07b"), "cannot be seen"),
    ("text with half a letter", _set(*_FIRST, "text", to="a\ud800"), "half a letter"),
    ("taken of a pressure", _pressure(taken=True), "only a dose"),
    ("a dose neither taken nor missed", _changed(lambda d: _of_kind(d, "dose").update(taken=None)), "taken"),
    ("readings no list", _set(*_FIRST, "readings", to="x"), "no list"),
    ("too many readings", _pressure(readings=[_ONE] * 5), "readings"),
    ("a reading with a field too many", _reading(note="x"), "other fields"),
    ("a reading whose unit is a number", _reading(unit=1), "unit"),
    ("a limit that is none", _reading(sign="~"), "limit"),
    ("a value that is a text", _reading(value="138"), "number"),
    ("a heading misspelt", _csv("recorded", "recoded"), "recoded"),
    ("a heading twice", _csv("assay,maker", "assay,assay"), "twice"),
    ("a heading missing", _csv("uid,", ""), "missing"),
    ("a cell too many", _csv("\r\n", ",x\r\n", 2), "column"),
    ("a cell too many in one row", _csv(",kept,", ",kept,,"), "cells"),
    ("a quote left open", lambda j, c: ("x.csv", c + '"open'), "CSV"),
    ("a value with words", _csv("138.0", "about 138"), "number"),
    ("remarks that are no list", _csv("[", "{"), "remarks"),
    ("a picture", lambda j, c: ("x.json", "\x89PNG\r\n"), "picture"),
)  # fmt: skip


def _of_kind(document: Any, kind: str) -> Any:
    return next(one for one in document["entries"] if one["kind"] == kind)["revisions"][0]
