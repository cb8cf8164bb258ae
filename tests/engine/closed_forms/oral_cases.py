"""First-order absorption before one or two compartments: also flip-flop, also one rate twice."""

from engine.closed_forms.case import Case
from engine.closed_forms.impulse import course
from engine.closed_forms.models import ORAL, TWO_ORAL
from engine.closed_forms.regimens import IRREGULAR, as_doses, every, grid
from engine.closed_forms.responses import bolus, oral, two_compartment_oral

SERIES = {
    "single": every(24.0, 1, 100.0),
    "every 8 h": every(8.0, 12, 30.0),
    "daily": every(24.0, 4, 100.0),
    "uneven": IRREGULAR,
}
RATES = {
    "usual": (1.2, 0.1),
    "quick": (6.0, 0.35),
    "flip-flop": (0.05, 0.6),
    "slow flip-flop": (0.02, 2.5),
    "one rate twice": (0.25, 0.25),
    "quick rate twice": (2.0, 2.0),
    "rates 1e-7 apart": (0.25, 0.25 * (1.0 + 1e-7)),
}
TWO_SETS = {
    "usual": {"ka": 1.0, "CL": 2.0, "V1": 10.0, "Q": 5.0, "V2": 20.0},
    "flip-flop": {"ka": 0.03, "CL": 15.0, "V1": 8.0, "Q": 3.0, "V2": 60.0},
    "deep": {"ka": 2.5, "CL": 0.4, "V1": 3.0, "Q": 0.1, "V2": 150.0},
}


def one_compartment(name, ka, k, series, times):
    return Case(
        f"oral, {name}",
        ORAL,
        times,
        {"gut": course(bolus(ka), series, times), "central": course(oral(ka, k), series, times)},
        as_doses("gut", series),
        {"ka": ka, "k": k},
    )


def two_compartments(name, given, series, times):
    rates = (given["CL"] / given["V1"], given["Q"] / given["V1"], given["Q"] / given["V2"])
    central, peripheral = two_compartment_oral(given["ka"], *rates)
    amounts = course(central, series, times)
    return Case(
        f"oral, two compartments, {name}",
        TWO_ORAL,
        times,
        {
            "central": amounts,
            "concentration": amounts / given["V1"],
            "peripheral": course(peripheral, series, times),
        },
        as_doses("gut", series),
        given,
    )


def cases():
    times = grid(96.0)
    for name, series in SERIES.items():
        for which, (ka, k) in RATES.items():
            yield one_compartment(f"{which}, {name}", ka, k, series, times)
        for which, given in TWO_SETS.items():
            yield two_compartments(f"{which}, {name}", given, series, times)
