"""Draws of what nobody knows: one value per draw for every number that is not fixed.

A prior that the table states stands first. Otherwise the range from lower to upper is read as 95 % about
the value: log-normal where the lower bound is above zero, else normal, cut at both bounds. How people
differ (``person_cv``) never enters here.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from calciroute.tables.parameters import Parameter

Array = npt.NDArray[np.float64]
_RANGE_IN_SD = 3.92  # width of a central 95 % range


def is_drawn(row: Parameter) -> bool:
    """Whether a number varies between draws.

    Parameters
    ----------
    row : Parameter
        Of any table.

    Returns
    -------
    bool
        False for fixed numbers and for rows with neither prior nor range.

    Examples
    --------
    >>> row = Parameter("k", 1.0, "1/h", "assumed", "", "", "", (), None, 0.5, 2.0, "", "test", "t.csv:2")
    >>> is_drawn(row)
    True
    """
    if row.prior == "fixed":
        return False
    return bool(row.prior) or (row.lower is not None and row.upper is not None and row.lower < row.upper)


def draw(row: Parameter, seed: int, count: int) -> Array:
    """Values of one number, one per draw.

    Parameters
    ----------
    row : Parameter
        A number with `is_drawn`.
    seed : int
        Seed of knowledge, >= 0.
    count : int
        Number of draws; the first n of a longer list are the list for n.

    Returns
    -------
    float array (draw,)
        In the unit of the row, inside its bounds.

    Examples
    --------
    >>> row = Parameter("k", 1.0, "1/h", "assumed", "", "", "", (), None, 0.5, 2.0, "", "test", "t.csv:2")
    >>> bool(np.all(draw(row, 1, 8)[:3] == draw(row, 1, 3)))
    True
    """
    return quantiles(row, uniforms(row.id, seed, count))


def quantiles(row: Parameter, uniform: Array) -> Array:
    """Values of one number at given shares of its prior.

    Parameters
    ----------
    row : Parameter
        A number with `is_drawn`.
    uniform : float array (draw,)
        Shares, 0 to 1; one half is the median.

    Returns
    -------
    float array (draw,)
        In the unit of the row, inside its bounds; a larger share never gives a smaller value.

    Examples
    --------
    >>> row = Parameter("k", 1.0, "1/h", "assumed", "", "", "", (), None, 0.5, 2.0, "", "test", "t.csv:2")
    >>> quantiles(row, np.array([0.0, 0.5, 1.0])).round(6).tolist()
    [0.5, 1.0, 2.0]
    """
    params = row.prior_params
    if row.prior == "uniform":
        return _scale(uniform, params[0], params[1])
    if row.prior == "log-uniform":
        return np.exp(_scale(uniform, math.log(params[0]), math.log(params[1])))
    if row.prior == "half-one-log-normal":
        share, centre, spread = params
        rest = (uniform - share) / (1.0 - share)
        return np.where(
            uniform < share, 1.0, np.exp(_cut_normal(np.clip(rest, 0.0, 1.0), centre, spread, row, math.log))
        )
    if row.prior == "log-normal":
        return np.exp(_cut_normal(uniform, params[0], params[1], row, math.log))
    if row.prior == "normal":
        return _cut_normal(uniform, params[0], params[1], row, float)
    assert row.lower is not None  # is_drawn
    assert row.upper is not None
    if row.lower > 0.0:
        spread = math.log(row.upper / row.lower) / _RANGE_IN_SD
        return np.exp(_cut_normal(uniform, math.log(row.value), spread, row, math.log))
    return _cut_normal(uniform, row.value, (row.upper - row.lower) / _RANGE_IN_SD, row, float)


def draws(rows: Iterable[Parameter], seed: int, count: int) -> dict[str, Array]:
    """Values of all numbers that vary.

    Parameters
    ----------
    rows : iterable of Parameter
        The numbers of a body.
    seed : int
        Seed of knowledge.
    count : int
        Number of draws.

    Returns
    -------
    dict of str to float array (draw,)
        By id, in the unit of each row.
    """
    return {row.id: draw(row, seed, count) for row in rows if is_drawn(row)}


def uniforms(name: str, seed: int, count: int) -> Array:
    """Shares that belong to an id, one per draw.

    Parameters
    ----------
    name : str
        Id of a number or a state. A stream per id: a new number in a table leaves all others as they were.
    seed : int
        Seed of knowledge, >= 0.
    count : int
        Number of draws; the first n of a longer list are the list for n.

    Returns
    -------
    float array (draw,)
        Between 0 and 1.
    """
    sequence = np.random.SeedSequence(entropy=seed, spawn_key=(zlib.crc32(name.encode()),))
    return np.random.Generator(np.random.PCG64(sequence)).random(count)


def _scale(uniform: Array, low: float, high: float) -> Array:
    return low + (high - low) * uniform


def _cut_normal(
    uniform: Array, centre: float, spread: float, row: Parameter, scale: type[float] | object
) -> Array:
    """Normal quantiles, cut at the bounds by squeezing the uniforms between the bounds' own quantiles."""
    from scipy.special import ndtr, ndtri

    to_scale = scale if callable(scale) else float
    low = (
        0.0
        if row.lower is None or (scale is math.log and row.lower <= 0)
        else ndtr((to_scale(row.lower) - centre) / spread)
    )
    high = 1.0 if row.upper is None else ndtr((to_scale(row.upper) - centre) / spread)
    return np.asarray(centre + spread * ndtri(_scale(uniform, low, high)))
