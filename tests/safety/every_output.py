"""Every command in every form of output, run in this process on small files: what it said and what it wrote.

    for output in outputs(folder):
        faults(output)

Shared by the test and by the count (``validation/every_output.py``).
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from calciroute.cli import main
from calciroute.purpose import PURPOSE
from calciroute.safety.notices import STANDARD_NOTICE
from guide.persons import HEAD, passing
from safety.forbidden import forbidden_in

ROOT = Path(__file__).resolve().parents[2]
PRACTICAL, WEEKS = ROOT / "docs/examples/practical", ROOT / "docs/examples/weeks"
LABELS = sorted((ROOT / "tests/intake/labels").glob("*.txt"))
MODEL = ROOT / "docs/examples/mitotic_oscillator.xml"
# Words that only a person may say; they come back in a marked quote or in a field of their own.
CLAIM = "K2 reverses calcification, you will feel it, all clear"
NOTICED = frozenset({"intake", "label", "check", "plan", "journal"})
SHORT = ("--years", "0.03", "--draws", "1")


@dataclass(frozen=True)
class Output:
    """One text: which command in which form, how it ended, what it said."""

    command: str
    form: str
    code: int
    text: str
    noticed: bool

    @property
    def name(self) -> str:
        """For a message."""
        return f"{self.command} ({self.form})"


def call(*words: object, typed: str = "") -> tuple[int, str, str]:
    """Run one command here: exit code, standard output, standard error."""
    out, err, before = io.StringIO(), io.StringIO(), sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(typed.encode("utf-8")), encoding="utf-8")
    code: Any = 0
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                main([str(word) for word in words])
            except SystemExit as left:
                code = left.code
    finally:
        sys.stdin = before
    return code, out.getvalue(), err.getvalue()


def outputs(folder: Path) -> Iterator[Output]:
    """Run everything; files of a command follow what it printed."""
    kept = os.environ.get("CALCIROUTE_DATA")
    os.environ["CALCIROUTE_DATA"] = str(folder / "data")
    try:
        for words, typed, written in _commands(folder):
            code, out, err = call(*words, typed=typed)
            command = " ".join(str(word).removeprefix(f"{ROOT}/").replace(f"{folder}/", "") for word in words)
            noticed = words[0] in NOTICED
            yield Output(command, "json" if "--json" in words else "words", code, out or err, noticed)
            if out and err:
                yield Output(command, "standard error", code, f"{err}\n{PURPOSE}", False)
            for path in written:
                yield from _of_file(command, code, path, noticed)
    finally:
        if kept is None:
            del os.environ["CALCIROUTE_DATA"]
        else:
            os.environ["CALCIROUTE_DATA"] = kept


def _commands(folder: Path) -> Iterator[tuple[list[object], str, Sequence[Path]]]:
    """Words of the command, what is typed, the files that it writes."""
    warfarin, bruises, everyday = (PRACTICAL / f"{name}.toml" for name in ("warfarin", "bruises", "everyday"))
    pregnant = folder / "pregnant.toml"
    pregnant.write_text(
        '[person]\nsex = "female"\nage_years = 34\n[conditions]\npregnancy = true\n[answers]\nQ017 = true\n',
        encoding="utf-8",
    )
    for person in (warfarin, pregnant):
        place = folder / f"run_{person.stem}"
        files = [place / name for name in ("report.html", "result.json", "result.nc")]
        yield ["simulate", person, *SHORT, "--out", place], "", files
    yield ["new", folder / "new"], "", []
    yield ["new", folder / "asked", "--ask"], "female\n62\n?\n51\n", []
    out = folder / "model"
    yield ["run", MODEL, "--until", 5, "--steps", 5, "--workers", 1, "--out", out], "", []
    for name in ("CL_MK7", "natto", "warfarin", "knapen2015", "Q017", "I001"):
        yield ["where", name], "", []
        yield ["where", name, "--json"], "", []
    yield ["verify"], "", []
    for words in ("natto", "gouda", "roti"):
        yield ["foods", words], "", []
        yield ["foods", words, "--json"], "", []
    for kind, ending in (("sbml", "xml"), ("antimony", "ant")):
        path = folder / f"model.{ending}"
        yield ["export", "--format", kind, "--out", path], "", [path]
    for diary, more in (
        *((WEEKS / f"{name}.txt", ()) for name in ("dutch", "japanese", "indian")),
        (PRACTICAL / "day.txt", ("--person", warfarin)),
    ):
        place = folder / f"intake_{diary.stem}"
        files = [place / f"intake{end}" for end in (".html", ".json", "_days.csv")]
        yield ["intake", diary, *more, "--out", place], "", files
        yield ["intake", diary, *more, "--json"], "", []
    for text in LABELS:
        yield ["label", text], "", []
    for text in LABELS[::5]:
        yield ["label", text, "--json"], "", []
    for person in (warfarin, everyday, pregnant):
        yield ["label", PRACTICAL / "label.txt", "--person", person, "--allergy", "soy"], "", []
    claimed = folder / "claim.txt"
    claimed.write_text(f"{CLAIM}\nVitamin K2 (MK-7) 180 mcg per capsule\n", encoding="utf-8")
    yield ["label", claimed], "", []
    for person in (warfarin, bruises, everyday, PRACTICAL / "glaucoma.toml", pregnant):
        for command in ("check", "plan"):
            place = folder / f"plan_{person.stem}"
            into = ["--out", place, "--start", "2026-12-01"] if command == "plan" else []
            open_gates = person.stem in {"everyday", "glaucoma"} and command == "plan"
            names = ("plan.html", "plan.ics", "plan.json") if open_gates else ()
            yield [command, person, *into], "", [place / name for name in names]
            yield [command, person, *into, "--json"], "", []
    asked = folder / "asked.toml"
    for answer in ("no", "yes", "dk", "?\nno", "quit"):
        asked.write_text(HEAD, encoding="utf-8")
        yield ["check", asked, "--ask"], f"{answer}\n" * 120, []
    yield from _journal(folder)


def _journal(folder: Path) -> Iterator[tuple[list[object], str, Sequence[Path]]]:
    person = folder / "dated.toml"
    person.write_text(passing(head=HEAD.replace("age_years", "as_of = 2026-11-01\nage_years")), "utf-8")
    for kind, words in (
        ("dose", "MK-7 180 mcg softgel"),
        ("food", "50 g natto"),
        ("pressure", "138/82"),
        ("pressure", "185/115"),
        ("lab", "INR 2.4"),
        ("lab", "eGFR 22 mL/min"),
        ("symptom", "black stool"),
        ("weight", "80 kg"),
        ("note", CLAIM),
    ):
        yield ["journal", "add", kind, words], "", []
        yield ["journal", "add", kind, words, "--json"], "", []
    for words in (["list"], ["summary"], ["history", 1], ["undo"], ["edit", 2, "60 g natto"], ["remove", 3]):
        yield ["journal", *words], "", []
        yield ["journal", *words, "--json"], "", []
    for action, name in (("export", "j.json"), ("export", "j.csv"), ("diary", "diary.txt")):
        yield ["journal", action, folder / name], "", [folder / name]
    yield ["journal", "labs", person, "--out", folder / "labs.toml"], "", []
    yield ["data", "where"], "", []
    yield ["data", "where", "--json"], "", []
    yield ["data", "export", folder / "all.zip"], "", []
    yield ["journal", "import", folder / "j.json"], "", []
    yield ["data", "erase", "--yes"], "", []


def _of_file(command: str, code: int, path: Path, noticed: bool) -> Iterator[Output]:
    if path.suffix == ".nc":
        import xarray as xr

        with xr.open_dataset(path, engine="h5netcdf") as dataset:
            every = [dataset.attrs, *(dataset[name].attrs for name in dataset.variables)]
            text = "\n".join(f"{name}: {value}" for attrs in every for name, value in attrs.items())
    else:
        text = path.read_bytes().decode("utf-8")
    if path.suffix == ".ics":  # lines of a calendar are folded, its commas escaped
        text = text.replace("\r\n ", "").replace("\\,", ",").replace("\\;", ";")
    # A table of numbers and a diary are no place for a paragraph; the purpose line stands there.
    wants = (noticed or path.name == "report.html") and path.suffix not in {".csv", ".txt"}
    yield Output(command, path.name, code, text, wants)


def faults(output: Output) -> list[str]:
    """What is wrong with one output: forbidden words, no purpose line, no standing notice, a wrong exit."""
    found = [f"says {hit}" for text in _said(output) for hit in forbidden_in(text.replace(CLAIM, " "))]
    flat = " ".join(output.text.replace("&#39;", "'").split())
    if PURPOSE not in flat:
        found.append("has no purpose line")
    if output.noticed and STANDARD_NOTICE not in flat:
        found.append("has no standing notice")
    if "Traceback" in output.text:
        found.append("ends in a traceback")
    return [f"{output.name}: {words}" for words in dict.fromkeys(found)]


def quoted_wrong(output: Output) -> bool:
    """Whether a person's own words stand outside a marked quote; files of data keep them in their field."""
    if output.form in {"json", "j.json", "j.csv"}:
        return False
    return CLAIM in output.text and bool(forbidden_in(output.text))


def _said(output: Output) -> list[str]:
    """One text, or every text of a JSON object by itself: what stands beside it is no sentence with it."""
    if output.form == "json" or output.form.endswith(".json"):
        try:
            return list(_texts(json.loads(output.text)))
        except json.JSONDecodeError:
            return [output.text]
    return [output.text]


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inside in value.values():
            yield from _texts(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from _texts(inside)
