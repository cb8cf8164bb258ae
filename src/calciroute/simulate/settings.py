"""``--set NAME=VALUE`` and ``set={...}``: a number of the model replaced by hand, with its unit."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from numbers import Real

from calciroute.body.assembly import Body
from calciroute.body.units import declared_units
from calciroute.errors import InputError, Problem, near_names
from calciroute.tables.parameters import Parameter
from calciroute.tables.renamed import read_renamed
from calciroute.units.expression import UnitError, convert
from calciroute.units.quantity import SPELLINGS, QuantityError, parse_number, shown_unit

OPTION = "--set"
# A setting as people write it: a text with its unit, or a bare number where the table has no unit.
Value = str | float
_VALUE = re.compile(r"(?P<number>[^\sA-Za-z%µμ/]+)(?:[eE](?P<power>[+-]?\d{1,3}))?\s*(?P<unit>.*)", re.DOTALL)
_MICROGRAM = re.compile(r"\b(?:mcg|[µμ]g)\b")
_ROUNDING = 1e-9  # what a conversion of units may add to a number that stands at its bound


@dataclass(frozen=True)
class Setting:
    """One number that was set.

    Parameters
    ----------
    row : Parameter
        Its row, with the value that it had.
    text : str
        The new value with its unit, as given.
    value : float
        In the unit that the model text declares.
    printed : float
        In the unit of the row.
    renamed : str
        What to tell about an old name that was used; empty for today's.
    """

    row: Parameter
    text: str
    value: float
    printed: float
    renamed: str = ""

    @property
    def outside(self) -> str:
        """What stands against a value beyond the bounds of its row; empty inside."""
        lower, upper = self.row.lower, self.row.upper
        low = lower is not None and self.printed < lower - _ROUNDING * abs(lower)
        high = upper is not None and self.printed > upper + _ROUNDING * abs(upper)
        if not (low or high):
            return ""
        side = f"below {lower:g}" if low else f"above {upper:g}"
        if lower is not None and upper is not None:
            side = f"outside {lower:g} to {upper:g}"
        unit = "" if self.row.unit == "1" else f" {shown_unit(self.row.unit)}"
        place = f"{self.row.id} = {self.text} lies {side}{unit}, the range of its table"
        return f"{place}: nobody checked the model there"


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
            problems.append(Problem(OPTION, f"'{text}'", "NAME=VALUE, such as beta_calcification=0.3"))
        elif name in found:
            problems.append(Problem(OPTION, f"{name} is set twice", "one value"))
        found[name] = value
    if problems:
        raise InputError(problems)
    return found


def read_settings(settings: Mapping[str, Value], body: Body) -> tuple[Setting, ...]:
    """Numbers set by hand, checked against their tables.

    Parameters
    ----------
    settings : mapping of str to str or float
        By id, or by a name that the id had one release ago: a number and a unit expression such as
        ``1.19 L/h``. A bare number is taken only where the unit of the row is 1.
    body : Body
        Whose numbers may be replaced.

    Returns
    -------
    tuple of Setting
        In the order given.

    Raises
    ------
    InputError
        All at once: unknown names, with near ones; units of another kind; what is no finite number; a value
        below 0 where the range of the table begins at 0 or above. A value outside that range is let in
        otherwise, with words (`Setting.outside`): to ask what happens there is what a setting is for.

    Examples
    --------
    >>> from calciroute.body.assembly import assemble
    >>> one = read_settings({"CL_MK7": "17 mL/min"}, assemble())[0]
    >>> round(one.value, 2), one.row.unit
    (1.02, 'L/h')
    """
    units = declared_units(body)
    found: dict[str, Setting] = {}
    problems: list[Problem] = []
    for given, value in settings.items():
        renamed = read_renamed().get(given)
        name = given if renamed is None else renamed.new
        row = body.numbers.get(name)
        if row is None:
            problems.append(_unknown(given, body))
            continue
        if name in found:
            problems.append(Problem(OPTION, f"{name} is set twice, once by its old name", "one value"))
            continue
        try:
            number, unit, text = _number_and_unit(value, row)
            one = Setting(
                row,
                text,
                convert(number, unit, units[name]),
                convert(number, unit, row.unit),
                renamed.words if renamed else "",
            )
        except (QuantityError, UnitError) as wrong:
            unit_words = "" if row.unit == "1" else f" with a unit such as {shown_unit(row.unit)}"
            expected = f"a number{unit_words}"
            problems.append(Problem(OPTION, f"{given}={value}: {wrong}", expected, _example(row)))
            continue
        if one.printed < 0.0 and row.lower is not None and row.lower >= 0.0:
            problems.append(Problem(OPTION, f"{given}={value} is below 0", "0 or more", _example(row)))
            continue
        found[name] = one
    if problems:
        raise InputError(problems)
    return tuple(found.values())


def _number_and_unit(value: object, row: Parameter) -> tuple[float, str, str]:
    """Number, unit expression, and the text that says both."""
    if isinstance(value, str):
        text = value.strip()
    elif isinstance(value, bool) or not isinstance(value, Real):
        raise QuantityError("this is neither a text nor a number")
    else:
        text = f"{float(value):g}" if float(f"{float(value):g}") == float(value) else repr(float(value))
    match = _VALUE.fullmatch(text)
    if match is None:
        raise QuantityError(f"'{text}' does not begin with a number")
    number = parse_number(match["number"])
    if match["power"]:
        number = float(Decimal(repr(number)).scaleb(int(match["power"])))
    if not math.isfinite(number):
        raise QuantityError(f"'{text}' is too large to be a number")
    unit = match["unit"].strip()
    if not unit and row.unit != "1":
        raise UnitError(f"{row.id} has no unit; write one")
    return number, _MICROGRAM.sub("ug", SPELLINGS.get(unit, unit)) or "1", text


def _unknown(name: str, body: Body) -> Problem:
    near = near_names(name, body.numbers)
    expected = "an id of a table, as calciroute where shows it"
    return Problem(OPTION, f"the model has no number '{name}'", expected, _listed(near))


def _listed(names: list[str]) -> str:
    return " or ".join(f"'{name}'" for name in names)


def _example(row: Parameter) -> str:
    unit = "" if row.unit == "1" else f" {shown_unit(row.unit)}"
    return f"'{row.id}={row.value:g}{unit}', the value of its table"
