"""The one reader of amounts for products, plans and labels: a substance, its units and its plausible band."""

from __future__ import annotations

import re

from calciroute.errors import Problem
from calciroute.tables.nomenclature import find_name, folded
from calciroute.tables.products import Substance, read_substances
from calciroute.units.expression import convert
from calciroute.units.quantity import Quantity, QuantityError, parse_quantity, shown_unit

_MASSES = frozenset({"ug", "mg", "g"})
_FAMILY = re.compile(r"^(?:vitamin[\s-]*)?k2[\s,:]*(?:\(|as\s)?\s*(?P<member>.+?)\)?$", re.IGNORECASE)


def find_substance(name: str) -> Substance | None:
    """A substance by any of its names; ``K2 (MK-7)`` and ``vitamin K2 as MK-7`` are MK-7.

    Parameters
    ----------
    name : str
        As on a label.

    Returns
    -------
    Substance or None
        None when no row has the name.

    Examples
    --------
    >>> find_substance("Vitamin K2 (MK-7)").id, find_substance("vitamin K2").state
    ('MK7', 'ask')
    """
    known = read_substances()
    family = _FAMILY.match(name.strip())
    if family and folded(family["member"]) in known:
        return known[folded(family["member"])]
    return known.get(folded(name.strip()))


def printed(substance: str) -> str:
    """The name that screens show for an id: ``MK-7`` for ``MK7``."""
    name = find_name(substance)
    return name.name if name is not None and name.id == substance else substance


def read_substance_amount(
    substance: Substance,
    amount: str,
    where: str,
    problems: list[Problem],
    *,
    confirmed: bool = False,
    one_dose: bool = True,
) -> float | None:
    """An amount of one substance in its own unit, or a problem; never off by a factor in silence.

    Parameters
    ----------
    substance : Substance
        Its unit, its band, whether IU means something.
    amount : str
        Number with unit, such as ``180 mcg``.
    where : str
        ``file:line`` for messages.
    problems : list of Problem
        Receives what is wrong or asked.
    confirmed : bool, optional
        True when a person has looked at the pack again: what would be asked is taken, what is refused is not.
    one_dose : bool, optional
        False for an amount in 100 g or 100 ml, to which the band of one dose does not apply.

    Returns
    -------
    float or None
        In the substance's own unit; None when it is asked about or refused.

    Examples
    --------
    >>> asked: list[Problem] = []
    >>> read_substance_amount(read_substances()["d3"], "1000 IU", "", asked)
    25.0
    >>> read_substance_amount(read_substances()["mk7"], "100 mg", "", asked) is None, len(asked)
    (True, 1)
    """
    quantity: Quantity | None = None
    try:
        quantity = parse_quantity(amount, None)
        allowed = _MASSES | ({"IU"} if substance.unit_per_iu else set())
        found = "" if quantity.unit in allowed else _wrong_unit(substance, quantity.unit, amount)
    except QuantityError as wrong:
        found = re.split(r"\.? (?:Allowed|Near)", str(wrong))[0].rstrip(".")
    if found or quantity is None:
        shown = shown_unit(substance.unit)
        problems.append(
            Problem(where, f"{printed(substance.id)} {found}", f"an amount in {shown}", f"'180 {shown}'")
        )
        return None
    if quantity.unit == "IU":
        value = quantity.value * (substance.unit_per_iu or 0.0)
    else:
        value = convert(quantity.value, quantity.unit, substance.unit)
    problem = _outside(substance, quantity.unit, value, amount, where, confirmed) if one_dose else None
    if problem:
        problems.append(problem)
        return None
    return value


def _wrong_unit(substance: Substance, unit: str, amount: str) -> str:
    if unit == "IU" and "IU" in substance.words:
        return f"'{amount}' is in IU, which depends on the form: {substance.words}"
    if unit == "IU":
        return f"'{amount}' is in IU; IU has no meaning for {printed(substance.id)}"
    if unit == "%":
        return f"'{amount}' is a share of a daily value, which differs between countries"
    return f"'{amount}' has the unit {shown_unit(unit)}"


def _outside(
    substance: Substance, unit: str, value: float, amount: str, where: str, confirmed: bool
) -> Problem | None:
    """The plausibility band: far outside is refused, outside or in a risky unit is asked about."""
    shown = shown_unit(substance.unit)
    if value <= 0:
        return Problem(
            where, f"{printed(substance.id)} '{amount}' is not above zero", f"an amount in {shown}"
        )
    found = f"{printed(substance.id)} '{amount}' is {value:.6g} {shown} in one dose"
    advice = f"check the label: {substance.words}" if substance.words else "check the label and the unit"
    if substance.refuse_above is not None and value > substance.refuse_above:
        return Problem(where, found, f"at most {substance.refuse_above:g} {shown}", advice)
    if confirmed:
        return None
    if unit in substance.asks_in:
        again = f"if the label does say {amount}, write {value:.6g} {shown}"
        why = f"{substance.words}; " if substance.words else ""
        return Problem(where, found, f"an amount in {shown}", f"{why}{again}")
    if substance.ask_above is not None and value > substance.ask_above:
        return Problem(where, found, f"at most {substance.ask_above:g} {shown}", advice)
    if substance.ask_below is not None and value < substance.ask_below:
        expected = f"at least {substance.ask_below:g} {shown}"
        return Problem(where, found, expected, "check whether mcg stands where mg is meant")
    return None
