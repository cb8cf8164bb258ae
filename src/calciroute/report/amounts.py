"""Amounts of foods and diets as people read them; light, so that a command answers at once."""

from __future__ import annotations

THIN = "\u202f"  # parts thousands; no line breaks at it
MINUS, BOUND = "\u2212", "\u00a0"  # bound: a space at which no line breaks
NOT_KNOWN = "not known"
_PLAIN = str.maketrans(
    {
        **{MINUS: "-", "–": "-", "—": "-", "²": "2", "µ": "u", "μ": "u", "×": "x", "…": "..."},
        **dict.fromkeys((THIN, "\u2009", BOUND), " "),
    }
)


def amount(value: float) -> str:
    r"""Two significant digits; from 10 on whole numbers, of three significant digits at most.

    Parameters
    ----------
    value : float
        At least 0.

    Returns
    -------
    str

    Examples
    --------
    >>> amount(0.0), amount(0.1234), amount(12.34), amount(1234.5)
    ('0', '0.12', '12', '1\u202f230')
    """
    if value == 0.0:
        return "0"
    if value >= 10.0:
        return f"{float(f'{value:.3g}'):,.0f}".replace(",", THIN)
    return f"{value:.2g}" if value >= 0.01 else f"{value:.1g}"


def for_plain_terminals(text: str) -> str:
    r"""The same text in letters that every console can print.

    Parameters
    ----------
    text : str
        Any.

    Returns
    -------
    str
        With a hyphen for the minus and ordinary spaces.

    Examples
    --------
    >>> for_plain_terminals("\u22121\u202f243")
    '-1 243'
    """
    return text.translate(_PLAIN).translate(
        {
            ord(sup): f"^{low}" if i == 0 else low
            for i, (sup, low) in enumerate(zip("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789", strict=True))
        }
    )
