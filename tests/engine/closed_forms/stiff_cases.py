"""Rates from 1e-3 to 1e3 per hour in one system, over a thousand hours."""

from engine.closed_forms.case import Case
from engine.closed_forms.impulse import course
from engine.closed_forms.models import GUT_TO_SECOND_METABOLITE, ORAL, TWO
from engine.closed_forms.regimens import as_doses, every, grid
from engine.closed_forms.responses import bolus, chain, oral, two_compartment

SERIES = {"single": every(1000.0, 1, 100.0), "every 50 h": every(50.0, 20, 10.0)}
ABSORBED = {"quick in, slow out": (1e3, 1e-3), "slow in, quick out": (1e-3, 1e3), "1e4 apart": (50.0, 5e-3)}
EXCHANGED = {
    "quick exchange": (1e-3, 600.0, 1e3),
    "quick loss": (1e3, 1e-2, 1e-3),
    "deep": (1e-3, 1e2, 1e-2),
}
CHAINS = {
    "falling": (1e3, 10.0, 0.1, 1e-3),
    "rising": (1e-3, 0.1, 10.0, 1e3),
    "mixed": (1.0, 1e3, 1e-3, 30.0),
}


def cases():
    for name, series in SERIES.items():
        # Right after doses too, where the quick part still moves.
        times = tuple(sorted({*grid(1000.0, 21), 1e-4, 1e-3, 1e-2, 0.1, 1.0, 50.001, 50.1}))
        for which, (ka, k) in ABSORBED.items():
            yield Case(
                f"stiff, {which}, {name}",
                ORAL,
                times,
                {"gut": course(bolus(ka), series, times), "central": course(oral(ka, k), series, times)},
                as_doses("gut", series),
                {"ka": ka, "k": k},
            )
        for which, rates in EXCHANGED.items():
            central, peripheral = two_compartment(*rates)
            yield Case(
                f"stiff, two compartments, {which}, {name}",
                TWO,
                times,
                {"central": course(central, series, times), "peripheral": course(peripheral, series, times)},
                as_doses("central", series),
                dict(zip(("k", "k12", "k21"), rates, strict=True)),
            )
        for which, rates in CHAINS.items():
            yield Case(
                f"stiff, chain of four, {which}, {name}",
                GUT_TO_SECOND_METABOLITE,
                times,
                {
                    place: course(chain(rates[:length]), series, times)
                    for length, place in enumerate(("gut", "parent", "metabolite", "second"), start=1)
                },
                as_doses("gut", series),
                dict(zip(("ka", "k", "km", "km2"), rates, strict=True)),
            )
