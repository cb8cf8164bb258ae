"""Numbers of the method: Rodas4, six stages, order 4 with an error estimate of order 3.

With J the matrix of derivatives and g = 1/4, stage i solves

    (I/(h g) - J) k_i = f(y + sum_j a_ij k_j) + (1/h) sum_j c_ij k_j,

the last two stages start where the one before ended, and y + ... + k_5 + k_6 is the new state, k_6 the
estimate of its error. Source: Hairer and Wanner, Solving Ordinary Differential Equations II, section IV.7.
`tests/engine/test_rosenbrock.py` checks the conditions of order 4 on these numbers.
"""

from __future__ import annotations

import math

# Row i: weights of earlier stages in the state at which stage i takes its rate; stage 6 adds k_5 to stage 5.
A = (
    (),
    (1.544,),
    (0.9466785280815826, 0.2557011698983284),
    (3.314825187068521, 2.896124015972201, 0.9986419139977817),
    (1.221224509226641, 6.019134481288629, 12.53708332932087, -0.6878860361058950),
)
C = (
    (),
    (-5.6688,),
    (-2.430093356833875, -0.2063599157091915),
    (-0.1073529058151375, -9.594562251023355, -20.47028614809616),
    (7.496443313967647, -10.24680431464352, -33.99990352819905, 11.70890893206160),
    (8.083246795921522, -7.981132988064893, -31.52159432874371, 16.31930543123136, -6.058818238834054),
)
# Inside a step, at share s: (1-s) y0 + s (y1 + (1-s)(q3 + s q4)) with q = D k.
D3 = (10.12623508344586, -7.487995877610167, -34.80091861555747, -7.992771707568823, 1.025137723295662)
D4 = (-0.6762803392801253, 6.087714651680015, 16.43084320892478, 24.76722511418386, -6.594389125716872)


def dip_bound(weighted: int) -> float:
    """How far below 0 the polynomial between two ends that are not may be put to 0, in error bounds.

    Parameters
    ----------
    weighted : int
        States whose error counts. The error of a step is a mean over them, so that one alone may be larger.

    Returns
    -------
    float
        The largest error that a step can have in one state and still be accepted.

    Examples
    --------
    >>> dip_bound(64)
    8.0
    """
    return math.sqrt(weighted)
