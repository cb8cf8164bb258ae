"""Numbers as reports print them: decimal point or comma, thousands in every usual spacing.

A mark before exactly three digits may part decimals or thousands: both readings are given back, and whoever
knows what the number measures decides or asks.
"""

from __future__ import annotations

import re
import unicodedata

from calciroute.units.quantity import QuantityError

_SPACES = "\u0020\u00a0\u2007\u2009\u202f"
_MARKS = str.maketrans({"．": ".", "，": ",", "\u066b": ",", "´": "'", "\u2019": "'", "−": "-", "－": "-"})
_WHOLE = re.compile(r"[0-9]{1,12}$")
_DECIMAL = re.compile(r"(?P<whole>[0-9]{0,12})[.,](?P<part>[0-9]{1,9})$")
# Groups of three, all parted by one sign, and a decimal mark that is another one.
_GROUPED = re.compile(rf"(?P<groups>[0-9]{{1,3}}(?:(?P<by>[{_SPACES}'.,])[0-9]{{3}})(?:(?P=by)[0-9]{{3}})*)"
                      r"(?:(?P<mark>[.,])(?P<part>[0-9]{1,9}))?$")  # fmt: skip


def read_printed_number(text: str) -> tuple[float, ...]:
    """The ways in which a printed number can be read.

    Parameters
    ----------
    text : str
        Digits with marks, such as ``1.234,5``; a sign may stand before them.

    Returns
    -------
    tuple of float
        One reading; two, the decimal one first, where a mark may be a decimal or a thousands mark.

    Raises
    ------
    QuantityError
        When it is no decimal number.

    Examples
    --------
    >>> read_printed_number("0,85"), read_printed_number("1.234,5"), read_printed_number("1 234")
    ((0.85,), (1234.5,), (1234.0,))
    >>> read_printed_number("1.234")
    (1.234, 1234.0)
    """
    plain = _ascii_digits(text).translate(_MARKS).strip(_SPACES)
    sign = -1.0 if plain.startswith("-") else 1.0
    digits = plain[1:].lstrip(_SPACES) if plain[:1] in "+-" else plain
    if _WHOLE.match(digits):
        return (sign * float(digits),)
    decimal = _DECIMAL.match(digits)
    grouped = _GROUPED.match(digits)
    if grouped and grouped["mark"] == grouped["by"]:
        grouped = None
    if decimal and not (grouped and _may_be_thousands(decimal["whole"])):
        return (sign * float(f"{decimal['whole'] or '0'}.{decimal['part']}"),)
    if grouped is None or not _may_be_thousands(grouped["groups"]):
        raise QuantityError(f"'{text}' is not a number: write digits with a decimal point, such as 1.5")
    large = sign * float(re.sub(r"[^0-9]", "", grouped["groups"]) + "." + (grouped["part"] or "0"))
    if decimal:
        return (sign * float(f"{decimal['whole']}.{decimal['part']}"), large)
    return (large,)


def _may_be_thousands(groups: str) -> bool:
    # 0.123 and 012.345 have no thousands.
    return bool(groups) and groups[0] != "0"


def _ascii_digits(text: str) -> str:
    # Superscripts and fractions are digits too, but no decimal ones: they stay and are refused.
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in text)
