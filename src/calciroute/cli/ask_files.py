"""From answers to person.toml and plan.toml: the texts, the check of both together, the writing."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from calciroute.errors import InputError, Problem
from calciroute.intake.plan import Plan, parse_plan
from calciroute.people.person import check_person
from calciroute.people.person_model import Person
from calciroute.people.questions import Step
from calciroute.people.unknown_medicines import unplaced_medicines
from calciroute.purpose import PURPOSE
from calciroute.sbml.whole_file import write_whole
from calciroute.simulate.read_inputs import plan_medicine_problems, supplements_today
from calciroute.tables.answered import LEFT_OUT, Line, toml_text
from calciroute.tables.located_toml import parse_located_toml
from calciroute.tables.people_fields import read_people_fields
from calciroute.tables.people_files import shown_name

_BARE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
Entry = tuple[str, int]


@dataclass(frozen=True)
class Written:
    """The two texts; the plan is empty where nothing changes."""

    person: str
    plan: str


def texts_of(steps: Sequence[Step], day: datetime.date) -> Written:
    """Person and plan as text.

    Parameters
    ----------
    steps : sequence of Step
        All answered but perhaps the last.
    day : date
        The day that the answers describe.

    Returns
    -------
    Written
    """
    lines = _lines(steps)
    return Written(_person_text([row for row in lines if row[1].file == "person"], day), _plan_text(lines))


def run_arguments(steps: Sequence[Step]) -> dict[str, float]:
    """Years and draws as answered."""
    return {
        step.key: step.understood.number or 0.0
        for step in steps
        if step.understood and step.question.file == "run"
    }


def problems_of(written: Written, folder: Path) -> tuple[Person, tuple[Plan, ...], list[Problem]]:
    """What the readers of files say about both texts.

    Parameters
    ----------
    written : Written
        The texts.
    folder : Path
        Where a diary is looked for.

    Returns
    -------
    tuple of Person, tuple of Plan and list of Problem
        The problems without places: the lines of a file that is not there yet say nothing.
    """
    person, problems = check_person(parse_located_toml(written.person, "person.toml"), folder)
    problems = [*problems, *unplaced_medicines(person), *supplements_today(person)[1]]
    plans: tuple[Plan, ...] = ()
    if written.plan:
        try:
            plans = (parse_plan(written.plan, "plan.toml", person.medicines.not_modelled),)
            problems += plan_medicine_problems(plans[0], person)
        except InputError as wrong:
            problems += wrong.problems
    return person, plans, [Problem("", one.found, one.expected, one.advice) for one in problems]


def write_files(written: Written, folder: Path) -> tuple[list[Path], list[str]]:
    """Write the files; what stood there with another content is kept beside.

    Parameters
    ----------
    written : Written
        The texts.
    folder : Path
        Where.

    Returns
    -------
    tuple of list of Path and list of str
        Written files, and sentences about files that stood there.

    Raises
    ------
    InputError
        When the folder refuses.
    """
    paths: list[Path] = []
    told: list[str] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in (("person.toml", written.person), ("plan.toml", written.plan)):
            path = folder / name
            if not text:
                if path.exists():
                    told.append(
                        f"{shown_name(path)} is left as it is and not used: the answers change nothing."
                    )
                continue
            kept = _keep_old(path, text.encode("utf-8"))
            if kept is not None:
                told.append(f"{shown_name(path)} stood there; its old content is kept as {kept.name}.")
            write_whole(path, text.encode("utf-8"))
            paths.append(path)
    except OSError as refused:
        reason = (refused.strerror or "it is refused").lower()
        found = f"the files cannot be written: {reason}"
        raise InputError([Problem(shown_name(folder), found, "a folder you may write to")]) from None
    return paths, told


def _keep_old(path: Path, content: bytes) -> Path | None:
    """A copy of what stands at a place, unless it is the same; the copy never overwrites either."""
    if not path.exists():
        return None
    old = path.read_bytes()
    if old == content:
        return None
    number = 1
    while True:
        aside = path.with_name(f"{path.stem}.old-{number}{path.suffix}")
        try:
            with aside.open("xb") as opened:
                opened.write(old)
        except FileExistsError:
            number += 1
            continue
        return aside


Row = tuple[Entry, Line, str]


def _lines(steps: Sequence[Step]) -> list[Row]:
    """Lines with their entry and a comment, without entries that are left out or not complete."""
    dropped = {_entry(step) for step in steps if step.understood and step.understood.word == LEFT_OUT}
    last = steps[-1] if steps else None
    if last is not None and last.understood is None and last.question.group:
        dropped.add(_entry(last))
    rows: list[Row] = []
    for step in steps:
        if step.understood is None or _entry(step) in dropped:
            continue
        comment = f"{step.question.title}: {step.understood.shown}"
        for place, line in enumerate(step.understood.lines):
            rows.append((_entry(step), line, comment if place == 0 else ""))
    return rows


def _entry(step: Step) -> Entry:
    return (step.question.group, step.number) if step.number else (step.key, 0)


def _person_text(rows: Sequence[Row], day: datetime.date) -> str:
    sections = read_people_fields("person_fields.csv")
    parts = [
        "# Written from answers; every line may be changed by hand. What is missing takes a default with a",
        "# source, and the result lists it.",
        f"# {PURPOSE}",
    ]
    for section, fields in sections.items():
        mine = [row for row in rows if row[1].section == section]
        if section == "supplement":
            parts += _tables("supplement", mine)
            continue
        body = [f"as_of = {day}  # the day that the answers describe"] if section == "person" else []
        for name in fields:
            body += _field(name, [row for row in mine if row[1].field == name], fields[name].kind == "texts")
        if body:
            parts += ["", f"[{section}]", *body]
    return "\n".join(parts) + "\n"


def _field(name: str, rows: Sequence[Row], is_list: bool) -> list[str]:
    if not rows:
        return []
    comments = [comment for _, _, comment in rows if comment]
    key = name if set(name) <= _BARE and name[0].isalpha() else toml_text(name)
    if is_list:
        values = dict.fromkeys(line.value for _, line, _ in rows)
        return [*(f"# {_plain(comment)}" for comment in comments), f"{key} = [{', '.join(values)}]"]
    readings: dict[Entry, dict[str, str]] = {}
    for entry, line, _ in rows:
        readings.setdefault(entry, {})[line.part] = line.value
    # A date or a maker alone is no value.
    texts = [_reading(parts) for parts in readings.values() if "" in parts]
    if not texts:
        return []
    if len(texts) == 1:
        return [_commented(f"{key} = {texts[0]}", comments)]
    return [
        *(f"# {_plain(comment)}" for comment in comments),
        f"{key} = [",
        *(f"    {text}," for text in texts),
        "]",
    ]


def _reading(parts: dict[str, str]) -> str:
    if set(parts) == {""}:
        return parts[""]
    inner = ", ".join(f"{part or 'value'} = {value}" for part, value in parts.items())
    return f"{{ {inner} }}"


def _plan_text(rows: Sequence[Row]) -> str:
    mine = [row for row in rows if row[1].file == "plan"]
    if not mine:
        return ""
    parts = [
        "# What would change against today, from answers: a regimen to look at, not a recommendation.",
        f"# {PURPOSE}",
    ]
    for section in dict.fromkeys(row[1].section for row in mine):
        parts += _tables(section, [row for row in mine if row[1].section == section])
    return "\n".join(parts) + "\n"


def _tables(section: str, rows: Sequence[Row]) -> list[str]:
    parts: list[str] = []
    for entry in dict.fromkeys(row[0] for row in rows):
        parts += ["", f"[[{section}]]"]
        parts += [
            _commented(f"{line.field} = {line.value}", [comment])
            for who, line, comment in rows
            if who == entry
        ]
    return parts


def _commented(line: str, comments: Iterable[str]) -> str:
    words = "; ".join(_plain(comment) for comment in comments if comment)
    return f"{line}  # {words}" if words else line


def _plain(comment: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in comment)
