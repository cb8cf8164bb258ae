"""``--set NAME=VALUE``: a number of the model replaced by hand, with its unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from calciroute.body.assembly import Body
from calciroute.body.units import declared_units
from calciroute.errors import InputError, Problem, near_names
from calciroute.units.expression import UnitError, convert
from calciroute.units.quantity import QuantityError, parse_number


def parse_settings(texts: Iterable[str]) -> dict[str, str]:
    """Split ``NAME=VALUE`` texts.

    Parameters
    ----------
    texts : iterable of str
        As given on the command line.

    Returns
    -------
    dict of str to str
        Value text by name.

    Raises
    ------
    InputError
        For texts without a name, without a value, and for a name that comes twice.

    Examples
    --------
    >>> parse_settings(["beta_calcification=0.3"])
    {'beta_calcification': '0.3'}
    """
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for text in texts:
        name, equals, value = (part.strip() for part in text.partition("="))
        if not (name and equals and value):
            problems.append(Problem("--set", f"'{text}'", "NAME=VALUE, such as beta_calcification=0.3"))
        elif name in found:
            problems.append(Problem("--set", f"{name} is set twice", "one value"))
        found[name] = value
    if problems:
        raise InputError(problems)
    return found


def settings_values(settings: Mapping[str, str], body: Body) -> dict[str, float]:
    """Values in declared units.

    Parameters
    ----------
    settings : mapping of str to str
        A number, or a number and a unit expression such as ``1.19 L/h``; a bare number is in the unit of the
        table row and is allowed only where that unit is 1.
    body : Body
        Whose numbers may be replaced.

    Returns
    -------
    dict of str to float
        By id.

    Raises
    ------
    InputError
        For unknown names, with near ones, and for units of another kind.
    """
    units = declared_units(body)
    found: dict[str, float] = {}
    problems: list[Problem] = []
    for name, text in settings.items():
        row = body.numbers.get(name)
        if row is None:
            near = near_names(name, body.numbers)
            problems.append(
                Problem(
                    "--set",
                    f"the model has no number '{name}'",
                    "an id of a table",
                    f"'{near[0]}'" if near else "",
                )
            )
            continue
        number, _, unit = text.strip().partition(" ")
        try:
            found[name] = convert(parse_number(number), _unit_of(name, unit.strip(), row.unit), units[name])
        except (QuantityError, UnitError) as wrong:
            problems.append(
                Problem("--set", f"{name}={text}: {wrong}", f"a number with a unit such as {row.unit}")
            )
    if problems:
        raise InputError(problems)
    return found


def _unit_of(name: str, unit: str, printed: str) -> str:
    if unit:
        return unit
    if printed != "1":
        raise UnitError(f"{name} has no unit; write one, such as {printed}")
    return "1"
