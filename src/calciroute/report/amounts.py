"""Amounts of foods and diets as people read them; light, so that a command answers at once."""

from __future__ import annotations

THIN = "\u202f"  # parts thousands; no line breaks at it
NOT_KNOWN = "not known"


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
