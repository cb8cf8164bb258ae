"""Numbers as people read them: few digits, a true minus, a thin space, a unit, and words for what is missing.

Three significant digits at most and never more than the band carries: a band of 38 to 58 leaves no tenth to
print.
"""

from __future__ import annotations

import math

from calciroute.report.amounts import BOUND, MINUS, NOT_KNOWN, THIN
from calciroute.report.bands import Band
from calciroute.units.quantity import shown_unit

MOST_DIGITS = 3
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_TINY = 1e-4


def decimals_of(band: Band, digits: int = MOST_DIGITS, finest: int | None = None) -> int:
    """Decimals that a band can carry.

    Parameters
    ----------
    band : Band
        Known.
    digits : int, optional
        Significant digits at most.
    finest : int, optional
        Decimals at most: a difference need not be finer than the levels beside it.

    Returns
    -------
    int
        May be negative: -1 rounds to tens.

    Examples
    --------
    >>> decimals_of(Band(48.72, 38.2, 57.9, 8)), decimals_of(Band(1243.0, 1120.0, 1371.0, 8))
    (0, -1)
    """
    largest = max(abs(value) for value in (band.median, band.low, band.high))
    if largest == 0.0:
        return 0
    decimals = min(digits, MOST_DIGITS) - 1 - math.floor(math.log10(largest))
    width = band.high - band.low
    if band.has_band and width > 0.0:
        # Two digits of the band's width: a finer step says nothing that the band does not blur.
        decimals = min(decimals, 1 - math.floor(math.log10(width)))
    return decimals if finest is None else min(decimals, finest)


def number(value: float, decimals: int) -> str:
    r"""One number.

    Parameters
    ----------
    value : float
        NaN and infinity are not known.
    decimals : int
        Decimals; negative rounds to tens, hundreds.

    Returns
    -------
    str
        With a true minus, thin spaces for thousands and never a minus before zero.

    Examples
    --------
    >>> number(-1243.2, -1), number(-0.2, 0), number(math.nan, 1)
    ('−1\u202f240', '0', 'not known')
    """
    if not math.isfinite(value):
        return NOT_KNOWN
    rounded = round(value, decimals)
    if rounded == 0.0:
        return "0"  # zeros behind a point would claim a precision that nothing stands for
    if abs(rounded) < _TINY:
        exponent = math.floor(math.log10(abs(rounded)))
        lead = f"{rounded / 10.0**exponent:.{max(0, min(2, decimals + exponent))}f}"
        return f"{lead}{THIN}×{THIN}10{str(exponent).translate(_SUPERSCRIPT)}".replace("-", MINUS)
    text = f"{abs(rounded):,.{max(decimals, 0)}f}".replace(",", THIN)
    return MINUS + text if rounded < 0.0 else text


def plain_number(value: float, digits: int = MOST_DIGITS) -> str:
    r"""One number without a band.

    Parameters
    ----------
    value : float
        NaN is not known.
    digits : int, optional
        Significant digits at most.

    Returns
    -------
    str
        As `number` prints it.

    Examples
    --------
    >>> plain_number(0.0051234), plain_number(12345.0)
    ('0.00512', '12\u202f300')
    """
    return (
        number(value, decimals_of(Band(value, value, value, 1), digits))
        if math.isfinite(value)
        else NOT_KNOWN
    )


def as_printed(value: float) -> str:
    r"""A number of a trial: at most three digits, no zeros that its paper did not print.

    Parameters
    ----------
    value : float
        Finite.

    Returns
    -------
    str
        As `number` prints it.

    Examples
    --------
    >>> as_printed(-40.0), as_printed(0.55), as_printed(-1380.0)
    ('−40', '0.55', '−1\u202f380')
    """
    text = plain_number(value)
    return text.rstrip("0").rstrip(".") if "." in text and "×" not in text else text


def as_printed_interval(estimate: float, low: float, high: float) -> str:
    """Ends of a trial's interval, as fine as its estimate or as the interval can carry, whichever is finer.

    Parameters
    ----------
    estimate, low, high : float
        Finite.

    Returns
    -------
    str
        ``low to high``.

    Examples
    --------
    >>> as_printed_interval(-0.36, -0.6384, -0.0816), as_printed_interval(0.55, -0.5, 1.6)
    ('−0.64 to −0.08', '−0.50 to 1.60')
    """
    text = as_printed(estimate)
    own = len(text.partition(".")[2]) if "×" not in text else 0
    decimals = max(own, decimals_of(Band(estimate, low, high, 2)))
    return f"{number(low, decimals)} to {number(high, decimals)}"


def unit_words(unit: str) -> str:
    """Unit as screens print it.

    Parameters
    ----------
    unit : str
        Unit expression; ``1`` and ``INR`` have no word of their own.

    Returns
    -------
    str
        Empty where the quantity is a bare ratio.

    Examples
    --------
    >>> unit_words("ug/d"), unit_words("g/cm2"), unit_words("1")
    ('mcg/d', 'g/cm²', '')
    """
    if unit in ("1", "INR", ""):
        return ""
    return shown_unit(unit).replace("cm2", "cm²").replace("m2", "m²")


def with_unit(text: str, unit: str) -> str:
    r"""A printed number with its unit, not to be parted at a line's end.

    Parameters
    ----------
    text : str
        From `number`.
    unit : str
        Unit expression or ``%``.

    Returns
    -------
    str
        The text alone when it is not known or has no unit.

    Examples
    --------
    >>> with_unit("49", "%")
    '49\xa0%'
    """
    word = unit_words(unit)
    return f"{text}{BOUND}{word}" if word and text != NOT_KNOWN else text


def band_range(band: Band, digits: int = MOST_DIGITS, finest: int | None = None) -> str:
    """The ends of a band.

    Parameters
    ----------
    band : Band
        Any.
    digits : int, optional
        Significant digits at most.
    finest : int, optional
        Decimals at most.

    Returns
    -------
    str
        ``38 to 58``; ``no band`` for one draw; empty when not known.

    Examples
    --------
    >>> band_range(Band(-1.2, -11.0, 4.2, 8))
    '−11 to 4'
    """
    if not band.known:
        return ""
    if not band.has_band:
        return "no band"
    decimals = decimals_of(band, digits, finest)
    return f"{number(band.low, decimals)} to {number(band.high, decimals)}"


def middle(band: Band, digits: int = MOST_DIGITS, finest: int | None = None) -> str:
    """The median, with the digits that the band carries.

    Parameters
    ----------
    band : Band
        Any.
    digits : int, optional
        Significant digits at most.
    finest : int, optional
        Decimals at most.

    Returns
    -------
    str
        ``not known`` without a value.
    """
    return number(band.median, decimals_of(band, digits, finest)) if band.known else NOT_KNOWN


def band_text(band: Band, unit: str = "", digits: int = MOST_DIGITS, finest: int | None = None) -> str:
    r"""Median, unit and band.

    Parameters
    ----------
    band : Band
        Any.
    unit : str, optional
        Unit expression or ``%``.
    digits : int, optional
        Significant digits at most.
    finest : int, optional
        Decimals at most.

    Returns
    -------
    str
        ``49 % (38 to 58)``.

    Examples
    --------
    >>> band_text(Band(-1.2, -11.0, 4.2, 8), "AU")
    '−1\xa0AU (−11 to 4)'
    """
    text = with_unit(middle(band, digits, finest), unit)
    ends = band_range(band, digits, finest)
    return f"{text} ({ends})" if ends else text


def includes_no_change(band: Band, digits: int = MOST_DIGITS, finest: int | None = None) -> bool:
    """Whether a difference reads as one that may be none, as it is printed.

    Parameters
    ----------
    band : Band
        A difference.
    digits : int, optional
        Significant digits at most.
    finest : int, optional
        Decimals at most.

    Returns
    -------
    bool
        True also when it is not known or has no band: then nothing is claimed.

    Examples
    --------
    >>> includes_no_change(Band(7.0, 0.02, 15.0, 8)), includes_no_change(Band(7.0, 2.0, 15.0, 8))
    (True, False)
    """
    if not band.has_band:
        return True
    decimals = decimals_of(band, digits, finest)
    return round(band.low, decimals) <= 0.0 <= round(band.high, decimals)
