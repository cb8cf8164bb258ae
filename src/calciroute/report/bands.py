"""Median and 90 % band of what the draws say: levels, differences and percent differences, draw by draw."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import xarray as xr

Array = npt.NDArray[np.float64]
LOW, HIGH = 0.05, 0.95


@dataclass(frozen=True)
class Band:
    """Median with its 5th and 95th percentile over the draws of what nobody knows.

    Parameters
    ----------
    median, low, high : float
        NaN when no draw ran to its end.
    draws : int
        Draws that stand behind it; one draw has no band.
    """

    median: float
    low: float
    high: float
    draws: int

    @property
    def known(self) -> bool:
        """Whether there is a number at all."""
        return math.isfinite(self.median)

    @property
    def has_band(self) -> bool:
        """Whether the draws say how sure the number is."""
        return self.known and self.draws > 1

    def turned(self) -> Band:
        """The same band with the other sign: a rise of -3 is a fall of 3."""
        return Band(-self.median, -self.high, -self.low, self.draws)


UNKNOWN = Band(math.nan, math.nan, math.nan, 0)


def band_of(values: Array) -> Band:
    """Band of one value per draw.

    Parameters
    ----------
    values : float array (draw,)
        NaN marks a draw that failed; it is left out.

    Returns
    -------
    Band
        Unknown when no value is finite.

    Examples
    --------
    >>> band_of(np.array([1.0, 2.0, np.nan, 3.0])).median
    2.0
    """
    finite = np.asarray(values, dtype=float)
    finite = finite[np.isfinite(finite)]
    if finite.size == 0:
        return UNKNOWN
    low, median, high = np.quantile(finite, (LOW, 0.5, HIGH))
    return Band(float(median), float(low), float(high), int(finite.size))


def course(dataset: xr.Dataset, outcome: str, arm: str) -> Array:
    """Values of one outcome in one arm; the central run alone as long as no draw is done.

    Parameters
    ----------
    dataset : xarray.Dataset
        As `calciroute.simulate.result.Simulation` describes it.
    outcome, arm : str
        Names in the dataset.

    Returns
    -------
    float array (draw, time)
        In the display unit of the outcome.
    """
    drawn = np.asarray(dataset[outcome].sel(arm=arm).transpose("draw", "time").values, dtype=float)
    if not np.isfinite(drawn).any():
        alone = central(dataset, outcome, "main", arm)
        return drawn if alone is None else alone[np.newaxis, :]
    return drawn


def course_bands(values: Array) -> tuple[Array, Array, Array]:
    """Low, median and high at each time.

    Parameters
    ----------
    values : float array (draw, time)
        Draws with NaN are left out at the times concerned.

    Returns
    -------
    tuple of float array (time,)
        NaN where no draw has a value.
    """
    found = np.full((3, values.shape[1]), np.nan)
    # A draw that failed has no value at any time: what is left is one block, and its quantiles are quick.
    kept = values[np.isfinite(values).all(axis=1)]
    if kept.shape[0] == np.isfinite(values).any(axis=1).sum() and kept.size:
        found[:] = np.quantile(kept, (LOW, 0.5, HIGH), axis=0)
    else:
        for place, column in enumerate(values.T):
            band = band_of(column)
            found[:, place] = band.low, band.median, band.high
    return found[0], found[1], found[2]


def level(dataset: xr.Dataset, outcome: str, arm: str, place: int = -1) -> Band:
    """Level of an outcome at one output time.

    Parameters
    ----------
    dataset : xarray.Dataset
        Result of a run.
    outcome, arm : str
        Names in the dataset.
    place : int, optional
        Index of the time; the last by default.

    Returns
    -------
    Band
        In the display unit.
    """
    return band_of(course(dataset, outcome, arm)[:, place])


def difference(dataset: xr.Dataset, outcome: str, arm: str, against: str, place: int = -1) -> Band:
    """Difference of two arms, taken draw by draw: both arms of a draw share everything else.

    Parameters
    ----------
    dataset : xarray.Dataset
        Result of a run.
    outcome, arm, against : str
        Names in the dataset.
    place : int, optional
        Index of the time; the last by default.

    Returns
    -------
    Band
        ``arm`` minus ``against``, in the display unit.
    """
    first, second = course(dataset, outcome, arm), course(dataset, outcome, against)
    return band_of(first[:, place] - second[:, place])


def percent_difference(dataset: xr.Dataset, outcome: str, arm: str, against: str, place: int = -1) -> Band:
    """Difference of two arms as percent of the second, draw by draw.

    Parameters
    ----------
    dataset : xarray.Dataset
        Result of a run.
    outcome, arm, against : str
        Names in the dataset.
    place : int, optional
        Index of the time; the last by default.

    Returns
    -------
    Band
        Percent; draws whose second value is not above zero are left out.
    """
    first = course(dataset, outcome, arm)[:, place]
    second = course(dataset, outcome, against)[:, place]
    ratio = np.full(first.shape, np.nan)
    np.divide(first, second, out=ratio, where=second > 0.0)
    return band_of(100.0 * (ratio - 1.0))


def central(dataset: xr.Dataset, outcome: str, variant: str, arm: str) -> Array | None:
    """Central course of a variant.

    Parameters
    ----------
    dataset : xarray.Dataset
        Result of a run.
    outcome, variant, arm : str
        Names in the dataset.

    Returns
    -------
    float array (time,) or None
        None when the variant was not run or did not run to its end.
    """
    name = f"{outcome}_central"
    if name not in dataset or variant not in dataset[name].coords["variant"].values:
        return None
    values = np.asarray(dataset[name].sel(variant=variant, arm=arm).values, dtype=float)
    return values if bool(np.isfinite(values).any()) else None
