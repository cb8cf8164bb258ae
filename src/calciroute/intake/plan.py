"""A plan: what changes, from which day, and how faithfully; one TOML file is one arm."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from calciroute.errors import InputError, Problem, near_names
from calciroute.intake.foods import find_food
from calciroute.intake.habits import Habit, find_lever, read_lever_amount
from calciroute.intake.regimen import Times
from calciroute.intake.supplements import Supplement, check_days, read_supplement, read_times
from calciroute.tables.located_toml import LocatedToml, parse_located_toml, read_located_toml
from calciroute.tables.people_fields import PeopleField, read_people_fields
from calciroute.tables.people_sections import check_contents, check_section, described
from calciroute.units.expression import convert
from calciroute.units.quantity import QuantityError, parse_quantity

KIND = "a plan file"
ENTRY_LIMIT = 50
# Names of arms that the program gives itself.
_TAKEN_NAMES = frozenset({"as_now", "stop"})
# Letters of any script and what browsers and people put into names of files; never a sign of a format.
_NAME = re.compile(r"\w(?:[\w .,+&()'-]{0,58}[\w.)-])?")
_NEEDED = {"medicine": ("name",), "habit": ("lever", "amount"), "food": ("food", "grams")}


@dataclass(frozen=True)
class PlanMedicine:
    """A medicine that a plan adds.

    ``name`` is as written (``people.medicines.recognise`` reads it); ``dose_mg`` is one dose, or None when it
    was not given as a mass; the rest as in `Supplement`.
    """

    name: str
    dose_mg: float | None
    times: Times
    adherence: float = 1.0
    start_day: float | None = None
    stop_day: float | None = None
    assumed: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True)
class PlanFood:
    """A food that a plan adds; ``food`` is the key of the food table, ``grams`` each time."""

    food: str
    grams: float
    times: Times
    adherence: float = 1.0
    start_day: float | None = None
    stop_day: float | None = None
    assumed: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True)
class Plan:
    """What changes against today.

    Parameters
    ----------
    name : str
        Name of the arm: the file's name without its ending.
    supplements, medicines, habits, foods : tuple
        In file order.
    source, text, encoding : str
        The file's name, for messages, the file itself, and what it was written in.
    reading_notes : tuple of str
        What was understood in reading the file, such as an encoding.
    """

    name: str
    supplements: tuple[Supplement, ...] = ()
    medicines: tuple[PlanMedicine, ...] = ()
    habits: tuple[Habit, ...] = ()
    foods: tuple[PlanFood, ...] = ()
    source: str = ""
    text: str = ""
    encoding: str = "utf-8"
    reading_notes: tuple[str, ...] = ()


def read_plan(path: Path, not_modelled: Collection[str] = ()) -> Plan:
    """Read a plan file.

    Parameters
    ----------
    path : Path
        TOML in UTF-8, at most 64 kB.
    not_modelled : collection of str
        Names without a row that the person lets run without effect.

    Returns
    -------
    Plan

    Raises
    ------
    InputError
        With every problem of the file, each with file and line.
    """
    path = Path(path)
    return plan_from_toml(read_located_toml(path, KIND), path.stem, not_modelled)


def parse_plan(text: str, where: str = "plan.toml", not_modelled: Collection[str] = ()) -> Plan:
    r"""Read a plan from TOML text.

    Parameters
    ----------
    text : str
        As in a plan file.
    where : str
        Name for messages; the arm is named after it.
    not_modelled : collection of str
        Names without a row that may run without effect.

    Returns
    -------
    Plan

    Raises
    ------
    InputError
        With every problem of the text.

    Examples
    --------
    >>> parse_plan("[[supplement]]\nproduct = 'MK-7 180 mcg softgel'").supplements[0].mean_per_day("MK7")
    180.0
    """
    return plan_from_toml(parse_located_toml(text, where), Path(where).stem, not_modelled)


def plan_from_toml(toml: LocatedToml, name: str, not_modelled: Collection[str] = ()) -> Plan:
    """Check a parsed plan; see `read_plan`.

    Parameters
    ----------
    toml : LocatedToml
        The file.
    name : str
        Name of the arm.
    not_modelled : collection of str
        Names without a row that may run without effect.

    Returns
    -------
    Plan

    Raises
    ------
    InputError
        With every problem of the file.
    """
    sections = read_people_fields("plan_fields.csv")
    problems: list[Problem] = []
    name = unicodedata.normalize("NFC", name)  # a Mac writes u-umlaut as two signs
    found: dict[str, list[Any]] = {section: [] for section in sections}
    if name in _TAKEN_NAMES or not _NAME.fullmatch(name):
        expected = "at most 60 letters, digits, blanks, hyphens and underscores; not as_now or stop"
        problems.append(Problem(toml.where, f"'{name[:60]}' cannot name an arm", expected, "plan.toml"))
    for section in toml.values:
        if section not in sections:
            problems.append(_unknown_section(toml, section, sections))
        else:
            found[section] = _entries(toml, section, sections[section], problems, not_modelled)
    if not problems and not any(found.values()):
        problems.append(
            Problem(
                toml.where,
                "the plan is empty",
                "at least one [[supplement]], [[medicine]], [[habit]] or [[food]]",
            )
        )
    if problems:
        raise InputError(problems)
    return Plan(
        name,
        tuple(found["supplement"]),
        tuple(found["medicine"]),
        tuple(found["habit"]),
        tuple(found["food"]),
        toml.where,
        toml.text,
        toml.encoding,
        toml.notes,
    )


def _entries(
    toml: LocatedToml,
    section: str,
    fields: dict[str, PeopleField],
    problems: list[Problem],
    not_modelled: Collection[str],
) -> list[Any]:
    tables = toml.values[section]
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        found = (
            f"[{section}] stands alone" if isinstance(tables, dict) else f"'{section}' is {described(tables)}"
        )
        problems.append(
            Problem(toml.place(section), found, f"[[{section}]]", "write two brackets on each side")
        )
        return []
    if len(tables) > ENTRY_LIMIT:
        problems.append(
            Problem(toml.place(section), f"{len(tables)} times [[{section}]]", f"at most {ENTRY_LIMIT}")
        )
        return []
    entries = []
    for number, table in enumerate(tables):
        path = (section, number)
        mine: list[Problem] = []
        values = check_section(toml, path, fields, mine)
        for needed in _NEEDED.get(section, ()):
            if needed not in table:
                field = fields[needed]
                mine.append(Problem(toml.place(*path), f"{needed} is missing", field.meaning, field.pattern))
        places = {"": toml.place(*path), **{field: toml.place(*path, field) for field in table}}
        if "contents" in values:
            values["contents"] = check_contents(toml, path, values["contents"], mine)
        try:
            entry = _READERS[section](values, places, not_modelled, bool(mine))
        except InputError as wrong:
            mine.extend(wrong.problems)
            entry = None
        problems.extend(mine)
        entries += [entry] if entry is not None else []
    return entries


def _supplement(
    values: dict[str, Any], places: dict[str, str], not_modelled: Collection[str], broken: bool
) -> Supplement | None:
    if broken and "product" not in values and not values.get("contents"):
        return None
    # Also where something is broken already: one reading names every problem of the table.
    return read_supplement(values, places, not_modelled)


def _medicine(
    values: dict[str, Any], places: dict[str, str], not_modelled: Collection[str], broken: bool
) -> PlanMedicine | None:
    problems: list[Problem] = []
    times = read_times(values, places, problems)
    check_days(values, places, problems)
    dose = None
    if "dose" in values:
        try:
            quantity = parse_quantity(values["dose"], frozenset({"mg", "ug", "g", "IU"}))
            if quantity.value <= 0:
                raise QuantityError(f"'{values['dose']}' is not above zero")
            dose = None if quantity.unit == "IU" else convert(quantity.value, quantity.unit, "mg")
        except QuantityError as wrong:
            found = re.split(r"\.? (?:Allowed|Near)", str(wrong))[0].rstrip(".")
            problems.append(
                Problem(places["dose"], f"dose {found}", "an amount with its unit", 'dose = "5 mg"')
            )
    if problems:
        raise InputError(problems)
    return None if broken else PlanMedicine(values["name"], dose, times, **_rest(values, times, places))


def _habit(
    values: dict[str, Any], places: dict[str, str], not_modelled: Collection[str], broken: bool
) -> Habit | None:
    problems: list[Problem] = []
    check_days(values, places, problems)
    lever = find_lever(values["lever"], places["lever"], problems) if "lever" in values else None
    amount = None
    if lever and "amount" in values:
        amount = read_lever_amount(lever, values["amount"], places["amount"], problems)
    if problems:
        raise InputError(problems)
    if broken or lever is None or amount is None:
        return None
    rest = _rest(values, None, places)
    rest.pop("assumed")
    return Habit(lever.name, lever.input, amount, values["amount"], **rest)


def _food(
    values: dict[str, Any], places: dict[str, str], not_modelled: Collection[str], broken: bool
) -> PlanFood | None:
    problems: list[Problem] = []
    times = read_times(values, places, problems)
    check_days(values, places, problems)
    food = find_food(values["food"], None, places["food"], problems) if "food" in values else None
    if problems:
        raise InputError(problems)
    return (
        None
        if broken or food is None
        else PlanFood(food, values["grams"], times, **_rest(values, times, places))
    )


_READERS = {"supplement": _supplement, "medicine": _medicine, "habit": _habit, "food": _food}


def _rest(values: dict[str, Any], times: Times | None, places: dict[str, str]) -> dict[str, Any]:
    assumed = times.assumed if times else ()
    return {
        "adherence": values.get("adherence", 1.0),
        "start_day": values.get("start_day"),
        "stop_day": values.get("stop_day"),
        "assumed": assumed if "adherence" in values else (*assumed, "adherence"),
        "where": places[""],
    }


def _unknown_section(toml: LocatedToml, name: str, sections: Collection[str]) -> Problem:
    near = near_names(name, sections)
    known = ", ".join(f"[[{section}]]" for section in sections)
    for section, fields in read_people_fields("plan_fields.csv").items():
        if name in fields:
            return Problem(
                toml.place(name), f"'{name}' stands outside its section", known, f"[[{section}]] above it"
            )
    if name in read_people_fields("person_fields.csv"):
        return Problem(
            toml.place(name), f"'{name}' belongs to a person file", known, "a second file for the person"
        )
    return Problem(
        toml.place(name), f"section '{name}' is not known", known, f"[[{near[0]}]]" if near else ""
    )
