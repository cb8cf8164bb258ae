"""Quantiles of any number of values in little memory: values are counted by their leading bits."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
# Of a number of 64 bits the sign, the exponent and ten digits stay: bins are at most a thousandth wide.
_DROPPED = 42


class CountedValues:
    """Counts of values that fall into bins a thousandth of themselves wide; what is no number is left out."""

    def __init__(self) -> None:
        self._bins: Whole = np.empty(0, dtype=np.int64)
        self._counts: Whole = np.empty(0, dtype=np.int64)

    @property
    def count(self) -> int:
        """How many values."""
        return int(self._counts.sum())

    def add(self, values: Array) -> None:
        """Count more values."""
        sound = np.ascontiguousarray(values[np.isfinite(values)], dtype=float)
        bits = sound.view(np.int64)
        # Below zero a larger pattern of bits is a smaller number.
        ordered = np.where(bits >= 0, bits, -(bits & np.int64(2**63 - 1)))
        bins, counts = np.unique(ordered >> _DROPPED, return_counts=True)
        both = np.concatenate([self._bins, bins])
        self._bins, place = np.unique(both, return_inverse=True)
        merged = np.bincount(place, weights=np.concatenate([self._counts, counts]))
        self._counts = merged.astype(np.int64)

    def quantile(self, share: float) -> float:
        """Value below which a share of all lies, to a thousandth; NaN when there is none."""
        if not len(self._bins):
            return float("nan")
        reached = np.searchsorted(np.cumsum(self._counts), share * self.count)
        place = self._bins[min(int(reached), len(self._bins) - 1)]
        if place in (-1, 0):
            return 0.0  # less than any number that is written with all its digits
        middle = (place << _DROPPED) + (1 << (_DROPPED - 1))
        size = np.abs(middle).astype(np.int64)
        return float(np.copysign(size.view(np.float64), middle))
