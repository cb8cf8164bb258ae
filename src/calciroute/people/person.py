"""Reading a person file: every field checked against ``person_fields.csv``, all problems told at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from calciroute.errors import InputError, Problem, near_names
from calciroute.people.amounts import read_amount
from calciroute.people.confirmed import read_confirmed
from calciroute.people.conflicts import conflicting_fields
from calciroute.people.lab_reading import LabReading
from calciroute.people.lab_section import LabOwner, read_lab_section
from calciroute.people.lab_use import used_values
from calciroute.people.person_model import (
    Genotype,
    Habits,
    Medicines,
    Person,
    PersonDiet,
    SupplementEntry,
)
from calciroute.people.since import read_since
from calciroute.tables.gates import latest_day
from calciroute.tables.located_toml import LocatedToml, parse_located_toml, read_located_toml
from calciroute.tables.minors import fields_of_minors
from calciroute.tables.people_fields import PeopleField, adult_from_years, read_people_fields
from calciroute.tables.people_files import found_path
from calciroute.tables.people_sections import check_contents, check_section, described, unknown_key
from calciroute.tables.self_check import read_self_check

Values = dict[str, Any]

KIND = "a person file"
# Sex and age decide which reference a body is compared with; no default could be sourced.
NEEDED = ("sex", "age_years")
SUPPLEMENT_LIMIT = 20
# How [answers] says that the person does not know; to a gate that is no answer.
NOT_KNOWN = "not known"
# Lets the rest of a file be checked when sex or age is wrong; problems always go with such a person.
_STAND_IN: Values = {"sex": "female", "age_years": 50.0}


def read_person(path: Path, *, minors: bool = False) -> Person:
    """Read a person file.

    Parameters
    ----------
    path : Path
        TOML in UTF-8, at most 64 kB.
    minors : bool, optional
        Whether somebody under the age of adults is read too, for a command whose gates stop there with a
        notice. Whatever simulates reads adults alone.

    Returns
    -------
    Person
        With the diary's path, when one is named, resolved beside the file.

    Raises
    ------
    InputError
        With every problem of the file, each with file and line.

    Examples
    --------
    >>> read_person(Path("nobody.toml"))
    Traceback (most recent call last):
    calciroute.errors.InputError: nobody.toml: this file does not exist. Expected: a person file. ...
    """
    path = Path(path)
    return person_from_toml(read_located_toml(path, KIND), folder=path.parent, minors=minors)


def parse_person(text: str, where: str = "person.toml", folder: Path = Path()) -> Person:
    r"""Read a person from TOML text.

    Parameters
    ----------
    text : str
        As in a person file.
    where : str
        Name for messages.
    folder : Path
        Where a diary is looked for.

    Returns
    -------
    Person

    Raises
    ------
    InputError
        With every problem of the text.

    Examples
    --------
    >>> parse_person("[person]\nsex = 'male'\nage_years = 70").age_years
    70.0
    """
    return person_from_toml(parse_located_toml(text, where), folder=folder)


def person_from_toml(toml: LocatedToml, folder: Path, *, minors: bool = False) -> Person:
    """Check a parsed person file; see `read_person`.

    Parameters
    ----------
    toml : LocatedToml
        The file.
    folder : Path
        Where a diary is looked for.
    minors : bool, optional
        As in `read_person`.

    Returns
    -------
    Person

    Raises
    ------
    InputError
        With every problem of the file.
    """
    person, problems = check_person(toml, folder, minors=minors)
    if problems:
        raise InputError(problems)
    return person


def check_person(toml: LocatedToml, folder: Path, *, minors: bool = False) -> tuple[Person, list[Problem]]:
    """What of a person file passes, and every problem of it.

    Parameters
    ----------
    toml : LocatedToml
        The file.
    folder : Path
        Where a diary is looked for.
    minors : bool, optional
        As in `read_person`.

    Returns
    -------
    tuple of Person and list of Problem
        With problems the person holds what passed, good only for checking what hangs on it (products, diary).
    """
    sections = fields_of_minors() if minors and _is_minor(toml) else read_people_fields("person_fields.csv")
    problems: list[Problem] = []
    values: dict[str, Values] = {name: {} for name in sections}
    for name in toml.values:
        if name == "answers":
            values["answers"] = _answers(toml, problems)
        elif name not in {"supplement", "labs"} and name in sections:
            values[name] = check_section(toml, (name,), sections[name], problems, read_amount)
        elif name not in {"supplement", "labs"}:
            problems.append(_unknown_section(toml, name, sections))
    as_of = values["person"].get("as_of")
    if as_of is not None and as_of > latest_day():
        found, advice = f"as_of {as_of} is still to come", "as_of = 2026-03-01"
        problems.append(Problem(toml.place("person", "as_of"), found, "a day up to today", advice))
    if "confirmed" in values["medicines"]:
        values["medicines"]["confirmed"] = read_confirmed(
            values["medicines"]["confirmed"],
            lambda *path: toml.place("medicines", "confirmed", *path),
            values["person"].get("as_of"),
            problems,
        )
    readings = _lab_readings(toml, values, problems)
    written = toml.values.get("person", {})
    for name in NEEDED:
        if isinstance(written, dict) and name not in written:
            field = sections["person"][name]
            problems.append(Problem(toml.place("person"), f"{name} is missing", field.meaning, field.pattern))
    supplements = _supplements(toml, values["person"].get("as_of"), sections["supplement"], problems)
    whole = all(name in values["person"] for name in NEEDED)
    values["person"] = {**_STAND_IN, **values["person"]}
    person = _assemble(values, readings, supplements, toml, folder)
    if whole:
        problems.extend(conflicting_fields(person))
    problems.sort(key=lambda problem: _line(problem.where))
    return person, problems


def _is_minor(toml: LocatedToml) -> bool:
    """By the age alone; adults are held against the bands of adults."""
    person = toml.values.get("person")
    age = person.get("age_years") if isinstance(person, dict) else None
    return isinstance(age, int | float) and not isinstance(age, bool) and age < adult_from_years()


def _lab_readings(
    toml: LocatedToml, values: dict[str, Values], problems: list[Problem]
) -> tuple[LabReading, ...]:
    """Laboratory values: read after the sections that say whose they are."""
    table = toml.values.get("labs", {})
    if not isinstance(table, dict):
        problems.append(Problem(toml.place("labs"), f"'labs' is {described(table)}", "a section [labs]"))
        return ()
    who = values["person"]
    age = who.get("age_years")
    owner = LabOwner(
        sex=who.get("sex"),
        # The equation for filtration is one of adults.
        age_years=None if age is not None and age < adult_from_years() else age,
        as_of=who.get("as_of"),
        dialysis=bool(values["conditions"].get("dialysis")),
    )
    return read_lab_section(table, lambda *path: toml.place("labs", *path), owner, problems)


def _assemble(
    values: dict[str, Values],
    readings: tuple[LabReading, ...],
    supplements: tuple[SupplementEntry, ...],
    toml: LocatedToml,
    folder: Path,
) -> Person:
    diet = dict(values["diet"])
    rest = {name: diet.pop(name) for name in ("region", "diary", "fermented_foods_per_week") if name in diet}
    if "diary" in rest:
        rest["diary"] = folder / found_path(Path(rest["diary"]))
    places = {".".join(str(part) for part in path): toml.place(*path) for path in toml.lines}
    answers = values.get("answers", {})
    return Person(
        **values["person"],
        labs=used_values(readings),
        lab_readings=readings,
        medicines=Medicines(**values["medicines"]),
        conditions=values["conditions"],
        habits=Habits(**values["habits"]),
        genotype=Genotype(**values["genotype"]),
        diet=PersonDiet(**rest, amounts=diet),
        answers={name: value for name, value in answers.items() if value is not None},
        answers_not_known=tuple(name for name, value in answers.items() if value is None),
        supplements=supplements,
        source=toml.where,
        text=toml.text,
        encoding=toml.encoding,
        reading_notes=toml.notes,
        places=places,
    )


def _unknown_section(
    toml: LocatedToml, name: str, sections: Mapping[str, Mapping[str, PeopleField]]
) -> Problem:
    """A name on the top level: a misspelt section, or a field that lost its heading."""
    known = [f"[{section}]" for section in sections if section != "supplement"] + [
        "[answers]",
        "[[supplement]]",
    ]
    for section, fields in sections.items():
        if name in fields:
            return Problem(
                toml.place(name),
                f"'{name}' stands outside its section",
                f"it under [{section}]",
                f"write [{section}] above it",
            )
    near = near_names(name, [*sections, "answers"])
    return Problem(
        toml.place(name), f"section '{name}' is not known", ", ".join(known), f"[{near[0]}]" if near else ""
    )


def _answers(toml: LocatedToml, problems: list[Problem]) -> dict[str, bool | None]:
    """Answers by id; None for one that the person does not know."""
    known = read_self_check()
    table = toml.values["answers"]
    if not isinstance(table, dict):
        problems.append(
            Problem(toml.place("answers"), f"'answers' is {described(table)}", "a section [answers]")
        )
        return {}
    answers: dict[str, bool | None] = {}
    for name, value in table.items():
        place = toml.place("answers", name)
        if name not in known:
            problems.append(unknown_key(place, name, "[answers]", known))
        elif value == NOT_KNOWN:
            answers[name] = None
        elif not isinstance(value, bool):
            problems.append(
                Problem(
                    place,
                    f"{name} ({known[name].item}) is {described(value)}",
                    f'true or false, or "{NOT_KNOWN}"',
                    f"{name} = true",
                )
            )
        else:
            answers[name] = value
    return answers


def _supplements(
    toml: LocatedToml, as_of: Any, fields: Mapping[str, PeopleField], problems: list[Problem]
) -> tuple[SupplementEntry, ...]:
    tables = toml.values.get("supplement", [])
    if not isinstance(tables, list) or len(tables) > SUPPLEMENT_LIMIT:
        found = (
            f"{len(tables)} supplements"
            if isinstance(tables, list)
            else "'supplement' is not a list of tables"
        )
        problems.append(
            Problem(toml.place("supplement"), found, f"[[supplement]], at most {SUPPLEMENT_LIMIT} times")
        )
        return ()
    entries = []
    for number in range(len(tables)):
        path = ("supplement", number)
        before = len(problems)
        values = check_section(toml, path, fields, problems)
        if "since" in values:
            days = read_since(values.pop("since"), as_of, toml.place(*path, "since"))
            if isinstance(days, Problem):
                problems.append(days)
            else:
                values["since_days"] = days
        if "contents" in values:
            values["contents"] = check_contents(toml, path, values["contents"], problems)
        places = {
            name: toml.place(*path, name) for name in ("product", "contents", "form", "times", "adherence")
        }
        places = {"": toml.place(*path), **places}
        entries.append(SupplementEntry(**values, broken=len(problems) > before, places=places))
    return tuple(entries)


def _line(where: str) -> int:
    tail = where.rsplit(":", 1)[-1]
    return int(tail) if tail.isdigit() else 0
