"""Start in the periodic state, written as a start formula or given as a number, and stay in it."""

from decimal import Decimal

import numpy as np

from engine.closed_forms.case import Case
from engine.closed_forms.impulse import exact, many_digits, periodic, scaled, step, value
from engine.closed_forms.models import ONE, ORAL, TWO
from engine.closed_forms.regimens import as_doses, as_flows, every, grid
from engine.closed_forms.responses import bolus, oral, two_compartment
from engine.formula import written

INTERVALS = {"every 6 h": 6.0, "every 12 h": 12.0, "daily": 24.0}
SUMMED = written(
    {"k": 0.1, "dose": 100.0, "interval": 24.0},
    {"central": ("dose * exp(-k * interval) / (1 - exp(-k * interval))", "-k * central")},
)


def phase_course(impulse, interval, amount, times):
    """Course in the steady state: dose times are 0, interval, ...; at them the value before the dose."""
    with many_digits():
        steady = scaled(periodic(impulse, interval), amount)
        phases = [t - interval * (np.ceil(t / interval) - 1.0) if t > 0.0 else interval for t in times]
        return np.array([float(value(steady, phase)) for phase in phases])


def infused_steady(impulse, interval, length, rate, times):
    """Steady state of a flow that is on for `length` of each interval, by the sum of all earlier ones."""

    def at(t):
        total = Decimal(0)
        for index in range(int(t // interval) + 1):
            begin = exact(index * interval)
            for turn, sign in ((begin, 1), (begin + exact(length), -1)):
                if turn < exact(t):
                    total += sign * step(impulse, exact(t) - turn)
        # What flowed before time 0, once each interval: (1 - exp(-k length)) / k decays as an impulse.
        for c, k, _ in impulse:
            one = c / k * ((k * exact(length)).exp() - 1)
            q = (-k * exact(interval)).exp()
            total += one * (-k * exact(t)).exp() * q / (1 - q)
        return float(exact(rate) * total)

    with many_digits():
        return np.array([at(t) for t in times])


def cases():
    for name, interval in INTERVALS.items():
        series = every(interval, 6, 80.0)
        times = grid(6.0 * interval, 31)
        for k in (0.03, 0.4):
            expected = phase_course(bolus(k), interval, 80.0, times)
            yield Case(
                f"steady state, k={k:g}, {name}", ONE, times, {"central": expected},
                as_doses("central", series), {"k": k}, {"central": expected[0]},
            )  # fmt: skip
            yield Case(
                f"steady state by a start formula, k={k:g}, {name}", SUMMED, times, {"central": expected},
                as_doses("central", series), {"k": k, "dose": 80.0, "interval": interval},
            )  # fmt: skip
        for which, (ka, k) in {"usual": (1.1, 0.09), "one rate twice": (0.3, 0.3)}.items():
            gut = phase_course(bolus(ka), interval, 80.0, times)
            central = phase_course(oral(ka, k), interval, 80.0, times)
            yield Case(
                f"steady state, oral, {which}, {name}", ORAL, times, {"gut": gut, "central": central},
                as_doses("gut", series), {"ka": ka, "k": k}, {"gut": gut[0], "central": central[0]},
            )  # fmt: skip
        yield _two(name, interval, series, times)
        yield _infused(name, interval, times)


def _two(name, interval, series, times):
    impulses = two_compartment(0.2, 0.5, 0.3)
    central, peripheral = (phase_course(impulse, interval, 80.0, times) for impulse in impulses)
    return Case(
        f"steady state, two compartments, {name}", TWO, times, {"central": central, "peripheral": peripheral},
        as_doses("central", series), {}, {"central": central[0], "peripheral": peripheral[0]},
    )  # fmt: skip


def _infused(name, interval, times):
    length, rate, k = interval / 4.0, 20.0, 0.11
    expected = infused_steady(bolus(k), interval, length, rate, times)
    flows = tuple((interval * n, interval * n + length, rate) for n in range(6))
    return Case(
        f"steady state, infusion, {name}", ONE, times, {"central": expected},
        as_flows("flow", flows), {"k": k}, {"central": expected[0]},
    )  # fmt: skip
