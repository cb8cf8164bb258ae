"""Jumps in the rates at known times, written into the rate law itself: on and off, square waves, ramps."""

import numpy as np

from engine.closed_forms.case import Case
from engine.closed_forms.impulse import flow_course
from engine.closed_forms.responses import bolus
from engine.formula import written

K = 0.4


def cases():
    times = tuple(np.linspace(0.0, 30.0, 61) + 0.013)
    flows = {
        "on at a time": ("4 if time >= 7.3 else 0", ((7.3, 1e9, 4.0),)),
        "off at a time": ("4 if time < 11 else 0", ((0.0, 11.0, 4.0),)),
        "three levels": (
            "2 if time < 5 else (6 if time < 12.5 else 1)",
            ((0.0, 5.0, 2.0), (5.0, 12.5, 6.0), (12.5, 1e9, 1.0)),
        ),
        "a spike": ("1000 if time >= 9 and time < 9.01 else 0", ((9.0, 9.01, 1000.0),)),
        "a square wave": (
            "5 if remainder(time, 6) < 1.5 else 0",
            tuple((6.0 * n, 6.0 * n + 1.5, 5.0) for n in range(6)),
        ),
        "by whole hours": ("floor(time / 10)", ((10.0, 1e9, 1.0), (20.0, 1e9, 1.0), (30.0, 1e9, 1.0))),
        "the larger of two": ("max(3, time)", None),
    }  # fmt: skip
    for name, (inflow, series) in flows.items():
        expected = larger_of_two(np.array(times)) if series is None else flow_course(bolus(K), series, times)
        yield Case(
            f"switched: {name}",
            written({"k": K}, {"x": (0, "inflow - k * x")}, {"inflow": inflow}),
            times,
            {"x": expected},
        )


def larger_of_two(t):
    """A flow of 3 until hour 3, then of t."""
    until = 3.0 / K * (1.0 - np.exp(-K * np.minimum(t, 3.0)))
    since = np.maximum(t - 3.0, 0.0)
    # x' = t - K x has the straight answer t / K - 1 / K^2.
    line = t / K - 1.0 / K**2
    return np.where(t <= 3.0, until, line + (until - (3.0 / K - 1.0 / K**2)) * np.exp(-K * since))
