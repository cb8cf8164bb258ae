"""Amounts of foods and diets as people read them; light, so that a command answers at once."""

from __future__ import annotations


def amount(value: float) -> str:
    """Two significant digits, or whole numbers where those are longer.

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
    ('0', '0.12', '12', '1234')
    """
    if value == 0.0:
        return "0"
    if value >= 10.0:
        return f"{value:.0f}"
    return f"{value:.2g}" if value >= 0.01 else f"{value:.1g}"
