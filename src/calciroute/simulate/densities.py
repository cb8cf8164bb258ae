"""What dated bone densities say of one person's pace: a straight line beside the model's own course.

Everything is normal here: the pace differs between people by a standard deviation, one scan misses by its
precision error, and the level is free. So level and pace have closed forms, and a draw is their quantile at
the draw's own shares.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class DensityEvidence:
    """Level today and pace of one person at one site.

    Parameters
    ----------
    years : tuple of float, y
        Dates from the start of the run, 0 or less, in order.
    logs : tuple of float
        Logarithm of each density over the model's own course at that date, the course being 1 today.
    noises : tuple of float
        Precision error of each, as a share of the density.
    sd : float, 1/y
        How the pace differs between people.
    """

    years: tuple[float, ...]
    logs: tuple[float, ...]
    noises: tuple[float, ...]
    sd: float

    @property
    def score(self) -> tuple[float, float]:
        """Mean and standard deviation of the person's score: the pace beside the model's, over `sd`."""
        weights, years, logs = self._centred
        precision = 1.0 + self.sd**2 * float(np.sum(weights * years * years))
        return self.sd * float(np.sum(weights * years * logs)) / precision, 1.0 / math.sqrt(precision)

    def own(self, score_share: float, level_share: float) -> tuple[float, float]:
        """Score and logarithm of the density today, at the shares of a draw.

        Parameters
        ----------
        score_share, level_share : float
            0 to 1.

        Returns
        -------
        tuple of float
            Score in standard deviations; logarithm of g/cm2.
        """
        from scipy.special import ndtri

        mean, sd = self.score
        score = mean + sd * float(ndtri(score_share))
        weights = self._weights
        total = float(np.sum(weights))
        level = (
            float(np.sum(weights * (np.array(self.logs) - score * self.sd * np.array(self.years)))) / total
        )
        return score, level + float(ndtri(level_share)) / math.sqrt(total)

    @property
    def chance_of_lower(self) -> float:
        """How often the last density is as low, or lower, in people like this with those before it."""
        from scipy.special import ndtr

        others = DensityEvidence(self.years[:-1], self.logs[:-1], self.noises[:-1], self.sd)
        mean, sd = others.score
        weights = others._weights
        total = float(np.sum(weights))
        apart = self.sd * (self.years[-1] - float(np.sum(weights * np.array(others.years))) / total)
        expected = float(np.sum(weights * np.array(others.logs))) / total + mean * apart
        spread = math.sqrt(1.0 / total + (sd * apart) ** 2 + self.noises[-1] ** 2)
        return float(ndtr((self.logs[-1] - expected) / spread))

    @property
    def _weights(self) -> Array:
        return np.array(self.noises, dtype=float) ** -2.0

    @property
    def _centred(self) -> tuple[Array, Array, Array]:
        weights = self._weights
        years, logs = np.array(self.years), np.array(self.logs)
        total = np.sum(weights)
        return weights, years - np.sum(weights * years) / total, logs - np.sum(weights * logs) / total
