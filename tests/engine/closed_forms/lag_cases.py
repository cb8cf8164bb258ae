"""Lag time: as a later dose, and as an event with a delay that the model itself holds."""

from engine.closed_forms.case import Case
from engine.closed_forms.impulse import course
from engine.closed_forms.models import ORAL
from engine.closed_forms.regimens import IRREGULAR, as_doses, every, grid
from engine.closed_forms.responses import bolus, oral
from engine.formula import event, written

LAGS = (0.25, 1.0, 5.5)
KA, K = 1.4, 0.12
SERIES = {"single": every(24.0, 1, 100.0, first=2.0), "every 12 h": every(12.0, 4, 50.0), "uneven": IRREGULAR}


def lagged_model(swallowed):
    """Swallowing is an event; what was swallowed reaches the gut `lag` later."""
    return written(
        {"ka": KA, "k": K, "lag": 1.0},
        {"gut": (0, "-ka * gut"), "central": (0, "ka * gut - k * central")},
        events=[
            event(f"swallow_{index}", f"time >= {when!r}", {"gut": f"gut + {amount!r}"}, delay="lag",
                  before=False, values_from_trigger=False)
            for index, (when, amount) in enumerate(swallowed)
        ],
    )  # fmt: skip


def expected(lag, series, times):
    later = tuple((when + lag, amount) for when, amount in series)
    return {"gut": course(bolus(KA), later, times), "central": course(oral(KA, K), later, times)}, later


def cases():
    times = grid(72.0, 24)
    for name, series in SERIES.items():
        model = lagged_model(series)
        for lag in LAGS:
            courses, later = expected(lag, series, times)
            given = {"ka": KA, "k": K}
            yield Case(f"lag {lag:g} h, {name}", ORAL, times, courses, as_doses("gut", later), given)
            # Off the grid, for an event at an output time counts before the value and a dose after it.
            yield Case(
                f"lag {lag:g} h by a delayed event, {name}",
                model,
                *_off_the_grid(lag, series),
                (),
                {"lag": lag},
            )


def _off_the_grid(lag, series):
    times = tuple(0.1937 + 3.0 * index for index in range(24))
    return times, expected(lag, series, times)[0]
