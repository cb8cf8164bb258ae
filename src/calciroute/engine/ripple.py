"""The ripple that a dose repeated every period makes in a linear block, many lanes at once.

With rates A y between doses, the state just after a dose has settled at (1 - exp(A T))^-1 times the dose, and
its mean over a period at -A^-1 times the dose over T. The ripple is what the settled course adds to its mean.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

_TERMS = 14  # of the exponential series: below a norm of 1/2 the next is under 1e-16
_LARGEST_NORM = 0.5


def settles(matrices: Array) -> npt.NDArray[np.bool_]:
    """Whether a block comes to rest by itself.

    Parameters
    ----------
    matrices : float array (lane, row, column)
        Finite.

    Returns
    -------
    bool array (lane,)
        False where some combination of states stays or grows.

    Examples
    --------
    >>> settles(np.array([[[-1.0, 0.0], [1.0, -2.0]], [[-1.0, 0.0], [1.0, 0.0]]]))
    array([ True, False])
    """
    # Eigenvalues are exact enough for a state that is emptied by nothing: its column is zero.
    found: npt.NDArray[np.bool_] = np.linalg.eigvals(matrices).real.max(axis=1) < 0.0
    return found


def settled_ripple(matrices: Array, dosed: int, period: float, after: Array) -> tuple[Array, Array, Array]:
    """Ripple of one unit given every period.

    Parameters
    ----------
    matrices : float array (lane, row, column)
        Rates per state, of blocks that settle.
    dosed : int
        Row that the dose goes to.
    period : float
        Time from dose to dose.
    after : float array (lane, node)
        Times after a dose, >= 0, below the period.

    Returns
    -------
    before : float array (lane, row)
        Ripple just before a dose.
    ripple : float array (lane, row, node)
        Ripple at the times asked.
    mean : float array (lane, row)
        What it is added to.

    Examples
    --------
    >>> before, ripple, _ = settled_ripple(np.array([[[-0.1]]]), 0, 24.0, np.array([[0.0]]))
    >>> (ripple[:, :, 0] - before).round(9)  # the dose itself
    array([[1.]])
    """
    lanes, size = matrices.shape[:2]
    before, mean = np.empty((lanes, size)), np.empty((lanes, size))
    ripple = np.empty((lanes, size, after.shape[1]))
    norms = np.abs(matrices).sum(axis=1).max(axis=1) * period
    halvings = np.maximum(0, np.ceil(np.log2(np.maximum(norms, 1e-300) / _LARGEST_NORM))).astype(int)
    # Lanes go together by the number of their halvings, so that a lane's bits depend on itself alone.
    for count in np.unique(halvings):
        chosen = halvings == count
        before[chosen], ripple[chosen], mean[chosen] = _one_depth(
            matrices[chosen], dosed, period, after[chosen], int(count)
        )
    return before, ripple, mean


def _one_depth(
    matrices: Array, dosed: int, period: float, after: Array, halvings: int
) -> tuple[Array, Array, Array]:
    lanes, size = matrices.shape[:2]
    short = period / 2**halvings
    one = np.broadcast_to(np.eye(size), matrices.shape)
    powers = [_series(matrices * short, one)]
    for _ in range(halvings):
        powers.append(powers[-1] @ powers[-1])
    unit = np.zeros((lanes, size, 1))
    unit[:, dosed] = 1.0
    settled = np.linalg.solve(one - powers[-1], unit)
    mean = np.asarray(np.linalg.solve(-matrices, unit) / period, dtype=float)
    before = powers[-1] @ settled - mean
    whole = np.minimum((after / short).astype(np.int64), 2**halvings - 1)
    rest = (after - whole * short)[:, None, :]
    course = _series(matrices, np.repeat(settled, after.shape[1], axis=2), rest)
    for place in range(halvings):
        taken = ((whole >> place) & 1).astype(bool)[:, None, :]
        if taken.any():
            course = np.where(taken, powers[place] @ course, course)
    ripple: Array = course - mean
    return before[:, :, 0], ripple, mean[:, :, 0]


def _series(matrices: Array, begin: Array, scale: Array | float = 1.0) -> Array:
    """Exponential of matrices times their scale, applied to columns."""
    total = term = begin
    for number in range(1, _TERMS + 1):
        term = (matrices @ term) * (scale / number)
        total = total + term
    return np.asarray(total)
