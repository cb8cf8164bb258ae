"""One case: a system, what it is given, and what must come out, as data."""

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from calciroute.equations.system import System

BOUND = 1e-8  # of the scale of a course


class Dose(NamedTuple):
    """An amount added to a state or parameter."""

    time: float
    target: str
    amount: float


@dataclass(frozen=True)
class Case:
    """Courses known in closed form.

    At a time that is also a dose time the course is the value before the dose; an event at such a time has
    happened.
    """

    name: str
    system: System
    times: tuple[float, ...]
    expected: dict[str, np.ndarray]
    doses: tuple[Dose, ...] = ()
    parameters: dict[str, float] = field(default_factory=dict)
    start: dict[str, float] = field(default_factory=dict)


def scale(case, name):
    """Size of a course: its largest value at an output or the largest dose into it."""
    doses = [abs(dose.amount) for dose in case.doses if dose.target == name and dose.time < case.times[-1]]
    return max([*doses, float(np.max(np.abs(case.expected[name])))])


def difference(case, found):
    """Largest distance of courses {id: values} from what is expected, each as a share of its scale."""
    gaps = [
        float(np.max(np.abs(np.asarray(found[name]) - course))) / (scale(case, name) or 1.0)
        for name, course in case.expected.items()
    ]
    return max(gaps) if np.all(np.isfinite(gaps)) else np.inf
