"""What dated scores say of one person's growth: their likelihood, scanner noise included, on a grid.

A score lies on a scale on which it grows in a straight line (`ScoreScale`), so a person has a level x at one
moment and a rate of growth, and a scan reads x with noise; no calcium seen means that x as read is 0 or less.
Level and rate are weighed together. A draw is the exact quantile of that joint distribution at the draw's own
shares: it takes no random numbers of its own, so it does not depend on how many draws there are.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Noise = Callable[[Array], Array]

# Rates from far below to far above any person; a step is 1.5 %.
_LOG_RATES = np.linspace(math.log(2e-3), math.log(20.0), 601)
_LEVELS = 321
_LEVEL_SD = 8.0  # half width of the grid of levels about a score that was read
_PRIOR_SD = 5.0
_SHARES = 41


@dataclass(frozen=True)
class Scan:
    """One reading of a score.

    Parameters
    ----------
    years : float, y
        When, from the start of the run; 0 or less.
    score : float, AU
        As read; 0 is no calcium seen.
    limit : {"", "<", ">"}, optional
        A limit says on which side of `score` the reading lies.
    """

    years: float
    score: float
    limit: str = ""


@dataclass(frozen=True)
class ScoreScale:
    """The scale on which a score grows in a straight line.

    Parameters
    ----------
    q : float
        Exponent ``q_CAC`` of the model.
    """

    q: float

    def level(self, score: Array | float) -> Array:
        """Level of a score, for scores of 0 or more."""
        return np.asarray(((np.asarray(score, dtype=float) + 1.0) ** self.q - 1.0) / self.q)

    def score(self, level: Array | float) -> Array:
        """Score that a level shows: 0 for all levels of 0 or less."""
        seen = np.maximum(np.asarray(level, dtype=float), 0.0)
        return np.asarray((1.0 + self.q * seen) ** (1.0 / self.q) - 1.0)

    def slope(self, score: Array | float) -> Array:
        """Units of level to one AU at a score."""
        return np.asarray((np.asarray(score, dtype=float) + 1.0) ** (self.q - 1.0))


@dataclass(frozen=True)
class GrowthPrior:
    """Growth of people like this: what nobody knows of their mean, and how they differ.

    Parameters
    ----------
    log_centres : float array (node,)
        Logarithms of the median growth of people, equally likely; 1/y.
    log_sd : float
        Standard deviation of the logarithm between people.
    """

    log_centres: Array
    log_sd: float

    def density(self, log_rates: Array) -> Array:
        """Density of the logarithm of a person's growth, up to a constant."""
        far = (log_rates[None, :] - self.log_centres[:, None]) / self.log_sd
        return np.asarray(np.exp(-0.5 * far * far).sum(axis=0))

    def quantiles(self, shares: Sequence[float]) -> Array:
        """Growth at some shares, 1/y."""
        return _quantiles(self.density(_LOG_RATES), np.asarray(shares, dtype=float))


@dataclass(frozen=True)
class LevelPrior:
    """Level of people like this at the day of the first scan: normal, with mean and standard deviation."""

    mean: float
    sd: float


@dataclass(frozen=True, eq=False)
class ScanEvidence:
    """Level and rate of one person, weighed by the scans.

    Parameters
    ----------
    scans : tuple of Scan
        In any order; at least one.
    scale : ScoreScale
        Of the score.
    levels : LevelPrior
        Of people like this when the first scan was made. It decides where unseen calcium may lie; beside a
        score that was read it is too wide to matter.
    noise : callable
        Standard deviation of one reading on the scale, by true level.
    """

    scans: tuple[Scan, ...]
    scale: ScoreScale
    levels: LevelPrior
    noise: Noise

    @cached_property
    def in_order(self) -> tuple[Scan, ...]:
        """Scans by date."""
        return tuple(sorted(self.scans, key=lambda scan: scan.years))

    def growth(self, prior: GrowthPrior, drive: float, shares: Array | Sequence[float]) -> Array:
        """The person's own growth at some shares of what the scans leave open.

        Parameters
        ----------
        prior : GrowthPrior
            Of people like this.
        drive : float
            Factor of today's inputs on growth; the scans see growth times drive.
        shares : float array (share,)
            0 to 1.

        Returns
        -------
        float array (share,)
            1/y, without the drive.
        """
        weights = prior.density(_LOG_RATES - math.log(drive)) * self._likelihood
        return _quantiles(weights, np.asarray(shares, dtype=float)) / drive

    def level_today(self, rate: float, share: float) -> float:
        """Level at the start of the run under a rate, at a share of what is then still open.

        Parameters
        ----------
        rate : float, 1/y
            Growth times drive.
        share : float
            0 to 1.

        Returns
        -------
        float
            On the scale; below 0 while no calcium would be seen.
        """
        place = float(np.interp(math.log(rate), _LOG_RATES, np.arange(len(_LOG_RATES))))
        before = min(int(place), len(_LOG_RATES) - 2)
        pair = [float(np.interp(share, row, self._grid)) for row in self._shares[before : before + 2]]
        last = pair[0] + (place - before) * (pair[1] - pair[0])
        return last - rate * self.in_order[-1].years

    def levels_today(self, prior: GrowthPrior, drive: float, shares: Sequence[float]) -> Array:
        """Level at the start of the run, all that is open of growth included.

        Parameters
        ----------
        prior, drive : GrowthPrior, float
            As for `growth`.
        shares : sequence of float
            0 to 1.

        Returns
        -------
        float array (share,)
            On the scale.
        """
        middles = (np.arange(_SHARES) + 0.5) / _SHARES
        rates = self.growth(prior, drive, middles) * drive
        levels = [self.level_today(float(rate), float(share)) for rate in rates for share in middles]
        return np.asarray(np.quantile(levels, shares))

    def chance_of_lower(self, prior: GrowthPrior, drive: float) -> float:
        """How often the last score is as low as read, or lower, in people like this with the scans before it.

        Parameters
        ----------
        prior, drive : GrowthPrior, float
            As for `growth`.

        Returns
        -------
        float
            0 to 1; with one scan alone 1.
        """
        *earlier, last = self.in_order
        if not earlier:
            return 1.0
        others = ScanEvidence(tuple(earlier), self.scale, self.levels, self.noise)
        rates = np.exp(_LOG_RATES)[:, None]
        level = others._grid[None, :] + rates * (last.years - earlier[-1].years)
        weights = (prior.density(_LOG_RATES - math.log(drive)) * others._likelihood)[:, None] * np.diff(
            others._shares, axis=1, prepend=0.0
        )
        read = float(self.scale.level(last.score))
        lower = _normal((read - level) / self.noise(level))
        return float((weights * lower).sum() / weights.sum())

    @cached_property
    def _grid(self) -> Array:
        """Levels on the day of the last scan."""
        last = self.in_order[-1]
        read = float(self.scale.level(last.score))
        width = _LEVEL_SD * float(self.noise(np.array([max(read, 0.0)]))[0])
        low, high = read - width, read + width
        if last.limit == "<" or last.score == 0.0:
            low = min(low, self.levels.mean - _PRIOR_SD * self.levels.sd)
        if last.limit == ">":
            high = max(high, read + width + _PRIOR_SD * self.levels.sd)
        return np.linspace(low, high, _LEVELS)

    @cached_property
    def _joint(self) -> tuple[Array, Array]:
        """Weights (rate, level), each row over its own largest, and the logarithm of that largest."""
        rates = np.exp(_LOG_RATES)[:, None]
        first, last = self.in_order[0], self.in_order[-1]
        begun = self._grid[None, :] + rates * (first.years - last.years)
        total = -0.5 * ((begun - self.levels.mean) / self.levels.sd) ** 2
        for scan in self.in_order:
            level = self._grid[None, :] + rates * (scan.years - last.years)
            total += self._log_chance(scan, level)
        largest = np.max(total, axis=1)
        return np.exp(total - largest[:, None]), largest

    @cached_property
    def _likelihood(self) -> Array:
        """Likelihood of each rate, level summed out, up to a constant."""
        weights, largest = self._joint
        return np.asarray(np.exp(largest - np.max(largest)) * weights.sum(axis=1))

    @cached_property
    def _shares(self) -> Array:
        """Distribution function of the last level under each rate (rate, level)."""
        weights, _ = self._joint
        # Half of a cell lies on either side of its level.
        summed = np.cumsum(weights, axis=1) - 0.5 * weights
        return np.asarray(summed / weights.sum(axis=1, keepdims=True))

    def _log_chance(self, scan: Scan, level: Array) -> Array:
        from scipy.special import log_ndtr

        sd = self.noise(level)
        far = (float(self.scale.level(scan.score)) - level) / sd
        if scan.limit == "<" or (scan.score == 0.0 and not scan.limit):
            return np.asarray(log_ndtr(far))
        if scan.limit == ">":
            return np.asarray(log_ndtr(-far))
        return -0.5 * far * far - np.log(sd)


def _quantiles(weights: Array, shares: Array) -> Array:
    """Rates at some shares of weights over the grid of logarithms."""
    summed = np.concatenate([[0.0], np.cumsum(0.5 * (weights[1:] + weights[:-1]))])
    return np.asarray(np.exp(np.interp(shares, summed / summed[-1], _LOG_RATES)))


def _normal(far: Array) -> Array:
    from scipy.special import ndtr

    return np.asarray(ndtr(far))
