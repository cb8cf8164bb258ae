"""By how much dated readings narrow what is said of a person: the figures, and how they are written."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

BAND = (0.05, 0.5, 0.95)
_HUNDRED = 100.0


@dataclass(frozen=True)
class Narrowed:
    """What dated readings of one field have said.

    Parameters
    ----------
    field : str
        Name in ``[labs]``.
    quantity, at : str
        What is narrowed, in words, and at which level; `at` may be empty.
    unit : str
        Of `before` and `after`.
    readings : tuple of tuple of str
        Date and value as written, by date.
    before, after : tuple of float
        Lower end, median and upper end of the 90 % band, in people like this and with the readings.
    narrower_percent : float
        How much less the logarithm of upper over lower end is, for density the difference of the ends; below
        0 for a wider band.
    start : tuple of float
        Band of the level at the start of the run, in AU or g/cm2.
    noise : float
        Standard deviation of one reading at that level by chance, in AU or g/cm2.
    carried_years : float, y
        From the last reading to the start of the run.
    chance_of_lower : float
        Share of people like this, with the earlier readings, whose last one is as low or lower.
    sentences : tuple of str
        For a reader.
    """

    field: str
    quantity: str
    at: str
    unit: str
    readings: tuple[tuple[str, str], ...]
    before: tuple[float, ...]
    after: tuple[float, ...]
    narrower_percent: float
    start: tuple[float, ...]
    noise: float
    carried_years: float
    chance_of_lower: float
    sentences: tuple[str, ...]


def narrower(
    before: Sequence[float] | Array, after: Sequence[float] | Array, *, as_ratio: bool = True
) -> float:
    """How much narrower a band is, in percent.

    Parameters
    ----------
    before, after : sequence of float
        Lower end, median, upper end.
    as_ratio : bool, optional
        By the logarithm of the ratio of the ends, for what differs by factors; else by their difference.

    Returns
    -------
    float
        Below 0 for a wider band.

    Examples
    --------
    >>> round(narrower((1.0, 2.0, 4.0), (1.0, 1.5, 2.0)), 6)
    50.0
    >>> round(narrower((-2.0, 0.0, 2.0), (-1.0, 0.0, 2.0), as_ratio=False), 6)
    25.0
    """
    if as_ratio:
        return 100.0 * (1.0 - math.log(after[-1] / after[0]) / math.log(before[-1] / before[0]))
    return 100.0 * float(1.0 - (after[-1] - after[0]) / (before[-1] - before[0]))


def shown(value: float, digits: int = 2) -> str:
    """A number in few significant digits.

    Parameters
    ----------
    value : float
        Any.
    digits : int, optional
        At least 1; from 100 on at least 3.

    Returns
    -------
    str
        Without an exponent.

    Examples
    --------
    >>> shown(0.4567), shown(14.2), shown(364.1), shown(12345.0)
    ('0.46', '14', '364', '12300')
    """
    digits = max(digits, 3) if abs(value) >= _HUNDRED else digits
    return f"{float(f'{value:.{digits}g}'):.10g}".replace("-", "−")


def band_words(band: Sequence[float], unit: str, digits: int = 2) -> str:
    """Median and band, such as ``13 AU a year (6.4 to 23)``.

    Parameters
    ----------
    band : sequence of float
        Lower end, median, upper end.
    unit : str
        In words.
    digits : int, optional
        As for `shown`.

    Returns
    -------
    str

    Examples
    --------
    >>> band_words((6.41, 13.0, 22.8), "AU a year")
    '13 AU a year (6.4 to 23)'
    """
    low, median, high = (shown(value, digits) for value in band)
    return f"{median} {unit} ({low} to {high})"


def by_how_much(percent: float) -> str:
    """A comparison of two bands in words.

    Parameters
    ----------
    percent : float
        From `narrower`.

    Returns
    -------
    str

    Examples
    --------
    >>> by_how_much(24.8), by_how_much(0.4), by_how_much(-7.0)
    ('the band is 25 % narrower', 'the band is as wide as before', 'the band is 7 % wider')
    """
    if abs(percent) < 1.0:
        return "the band is as wide as before"
    return f"the band is {abs(percent):.0f} % {'narrower' if percent > 0.0 else 'wider'}"
