"""Doses straight into one or two compartments: single, in series, uneven."""

from engine.closed_forms.case import Case
from engine.closed_forms.impulse import course
from engine.closed_forms.models import ONE, TWO
from engine.closed_forms.regimens import IRREGULAR, as_doses, every, grid
from engine.closed_forms.responses import bolus, two_compartment

SERIES = {
    "single": every(24.0, 1, 100.0),
    "every 6 h": every(6.0, 20, 25.0),
    "every 12 h": every(12.0, 10, 50.0),
    "daily": every(24.0, 5, 100.0),
    "uneven": IRREGULAR,
}
ONE_RATES = (0.02, 0.15, 1.3)
TWO_RATES = {
    "plain": (0.2, 0.5, 0.3),
    "deep": (0.05, 0.4, 0.004),
    "shallow": (0.3, 2.0, 2.5),
    "wide": (3.0, 1.0, 0.01),
}


def one_compartment(name, k, series, times):
    return Case(
        f"one compartment, k={k:g}, {name}",
        ONE,
        times,
        {"central": course(bolus(k), series, times)},
        as_doses("central", series),
        {"k": k},
    )


def two_compartments(name, rates, series, times):
    central, peripheral = two_compartment(*rates)
    return Case(
        f"two compartments, {name}",
        TWO,
        times,
        {"central": course(central, series, times), "peripheral": course(peripheral, series, times)},
        as_doses("central", series),
        dict(zip(("k", "k12", "k21"), rates, strict=True)),
    )


def cases():
    times = grid(120.0)
    for name, series in SERIES.items():
        for k in ONE_RATES:
            yield one_compartment(name, k, series, times)
        for which, rates in TWO_RATES.items():
            yield two_compartments(f"{which}, {name}", rates, series, times)
