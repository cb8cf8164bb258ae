"""The same compartments in other units: amounts from 1e-15 to 1e18, time in seconds and in years."""

from engine.closed_forms.case import Case
from engine.closed_forms.impulse import course
from engine.closed_forms.models import ORAL, TWO
from engine.closed_forms.regimens import as_doses, every, grid
from engine.closed_forms.responses import bolus, oral, two_compartment

SIZES = (1e-15, 1e-9, 1e9, 1e18)
CLOCKS = {"seconds": 3600.0, "days": 1.0 / 24.0, "years": 1.0 / 8766.0}


def cases():
    for size in SIZES:
        yield _absorbed(f"amounts of {size:g}", size, 1.0)
        yield _exchanged(f"amounts of {size:g}", size, 1.0)
    for name, clock in CLOCKS.items():
        yield _absorbed(f"time in {name}", 100.0, clock)
        yield _exchanged(f"time in {name}", 100.0, clock)


def _absorbed(name, size, clock):
    series = every(12.0 * clock, 4, size)
    times, ka, k = grid(60.0 * clock, 26), 0.8 / clock, 0.12 / clock
    expected = {"gut": course(bolus(ka), series, times), "central": course(oral(ka, k), series, times)}
    return Case(f"oral, {name}", ORAL, times, expected, as_doses("gut", series), {"ka": ka, "k": k})


def _exchanged(name, size, clock):
    series = every(12.0 * clock, 4, size)
    times, rates = grid(60.0 * clock, 26), tuple(rate / clock for rate in (0.2, 0.5, 0.3))
    central, peripheral = two_compartment(*rates)
    return Case(
        f"two compartments, {name}",
        TWO,
        times,
        {"central": course(central, series, times), "peripheral": course(peripheral, series, times)},
        as_doses("central", series),
        dict(zip(("k", "k12", "k21"), rates, strict=True)),
    )
