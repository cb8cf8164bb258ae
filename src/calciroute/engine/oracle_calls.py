"""Kernels written in Python, by the number that stands for their address."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

PYTHON_KERNELS: dict[int, Callable[[npt.NDArray[np.float64]], None]] = {}
