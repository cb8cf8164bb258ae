"""A habit that a plan changes: a lever of ``levers.csv`` and how far it is moved."""

from __future__ import annotations

import re
from dataclasses import dataclass

from calciroute.errors import Problem, near_names
from calciroute.tables.levers import Lever, read_levers
from calciroute.tables.nomenclature import folded
from calciroute.units.quantity import QuantityError, parse_number

_AMOUNT = re.compile(r"(?P<number>[+\-−]?\s*[0-9][0-9.,]*)\s*(?P<unit>.*)", re.DOTALL)
# Ways of saying the units of lever_units.csv.
_SPELLINGS = (
    (r"\s*(?:per|a|an|each)\s+day$|/\s*day$|\s+daily$", "/d"),
    (r"\s*(?:per|a|each)\s+week$|/\s*wk$", "/week"),
    (r"^min(?:ute)?s?(?=/)", "min"),
    (r"^(?:session|time|day)s?(?=/)", "sessions"),
    (r"^g(?:rams?)?\s+(?:of\s+)?salt", "g salt"),
    (r"^programmes?$|^programs?$", "programme"),
)


@dataclass(frozen=True)
class Habit:
    """A change of a habit.

    Parameters
    ----------
    lever : str
        Name in ``levers.csv``.
    input : str
        Id of the model input it moves.
    amount : float
        Value of that input at full adherence.
    written : str
        As the person wrote it.
    adherence : float
        Share of the habit really done, 0 to 1.
    start_day, stop_day : float or None
        Days of the plan; None is from its start, to its end.
    where : str
        ``file:line``.
    """

    lever: str
    input: str
    amount: float
    written: str
    adherence: float = 1.0
    start_day: float | None = None
    stop_day: float | None = None
    where: str = ""


def find_lever(name: str, where: str, problems: list[Problem]) -> Lever | None:
    """A lever by name or alias; an unknown one is a problem with near names.

    Parameters
    ----------
    name : str
        As written.
    where : str
        ``file:line`` for messages.
    problems : list of Problem
        Receives what is wrong.

    Returns
    -------
    Lever or None
        None for an unknown name.
    """
    levers = read_levers()
    lever = levers.get(folded(name))
    if lever is None:
        names = list(dict.fromkeys(found.name for found in levers.values()))
        near = near_names(name, names)
        advice = f"'{near[0]}'" if near else ""
        problems.append(Problem(where, f"lever '{name[:60]}' is not known", ", ".join(names), advice))
    return lever


def read_lever_amount(lever: Lever, text: str, where: str, problems: list[Problem]) -> float | None:
    """The value of the model input that an amount stands for.

    Parameters
    ----------
    lever : Lever
        Which habit.
    text : str
        Such as ``150 min/week``.
    where : str
        ``file:line`` for messages.
    problems : list of Problem
        Receives what is wrong.

    Returns
    -------
    float or None
        In the unit of the input, held at the lever's largest effect; None when something is wrong.

    Examples
    --------
    >>> round(read_lever_amount(read_levers()["walking"], "75 minutes a week", "", []), 3)
    0.5
    >>> read_lever_amount(read_levers()["weight"], "-5 kg", "", [])
    -5.0
    """
    pattern = f"amount = {lever.example}"
    expected = f"{lever.meaning} in {', '.join(lever.units)}"
    number, unit = 1.0, text.strip().casefold()
    match = _AMOUNT.fullmatch(text.strip())
    if match:
        try:
            number = parse_number(match["number"].replace("−", "-").replace(" ", ""))
        except QuantityError as wrong:
            problems.append(Problem(where, f"amount {wrong}", expected, pattern))
            return None
        unit = match["unit"].strip()
    for spelling, plain in _SPELLINGS:
        unit = re.sub(spelling, plain, unit, flags=re.IGNORECASE)
    if unit not in lever.units or (match is None and unit not in {"stop", "start"}):
        found = f"amount '{text[:60]}' of {lever.name} has no unit" if not unit else f"amount '{text[:60]}'"
        problems.append(Problem(where, f"{found} is not understood" if unit else found, expected, pattern))
        return None
    value = number * lever.units[unit]
    if not lever.lower <= value <= lever.upper:
        found = f"amount '{text[:60]}' of {lever.name} is outside what was ever tried"
        problems.append(Problem(where, found, expected, pattern))
        return None
    return value if lever.most is None else min(value, lever.most)
