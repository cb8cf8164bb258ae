"""Chains: parent to metabolite, gut to second metabolite, transit compartments, a marker's turnover."""

import numpy as np

from engine.closed_forms.case import Case
from engine.closed_forms.impulse import course, flow_course, scaled
from engine.closed_forms.models import GUT_TO_SECOND_METABOLITE, METABOLITE, TRANSIT, TURNOVER
from engine.closed_forms.regimens import IRREGULAR, as_doses, as_flows, every, grid
from engine.closed_forms.responses import bolus, chain, equal_chain, oral

SERIES = {"single": every(24.0, 1, 100.0), "every 12 h": every(12.0, 5, 50.0), "uneven": IRREGULAR}
PARENTS = {
    "slower metabolite": (0.3, 0.6, 0.1),
    "quicker metabolite": (0.1, 0.9, 2.0),
    "one rate twice": (0.2, 0.5, 0.2),
}
CHAINS = {"usual": (1.5, 0.4, 0.2, 0.05), "rising": (0.05, 0.3, 0.8, 2.0)}
HELD = {
    "held for a day": ((6.0, 30.0, 0.8),),
    "held more and more": ((5.0, 60.0, 0.3), (20.0, 60.0, 0.3), (40.0, 60.0, 0.3)),
    "held each night": tuple((24.0 * day, 24.0 * day + 8.0, 0.5) for day in range(3)),
}


def cases():
    times = grid(72.0)
    for name, series in SERIES.items():
        for which, (k, share, k_next) in PARENTS.items():
            made = scaled(oral(k, k_next), share)
            yield Case(
                f"metabolite, {which}, {name}",
                METABOLITE,
                times,
                {"parent": course(bolus(k), series, times), "metabolite": course(made, series, times)},
                as_doses("parent", series),
                {"k": k, "fm": share, "km": k_next},
            )
        for which, rates in CHAINS.items():
            yield Case(
                f"chain of four, {which}, {name}",
                GUT_TO_SECOND_METABOLITE,
                times,
                {
                    place: course(chain(rates[:length]), series, times)
                    for length, place in enumerate(("gut", "parent", "metabolite", "second"), start=1)
                },
                as_doses("gut", series),
                dict(zip(("ka", "k", "km", "km2"), rates, strict=True)),
            )
        for k in (0.4, 3.0):
            yield Case(
                f"transit compartments, ktr={k:g}, {name}",
                TRANSIT,
                times,
                {
                    place: course(equal_chain(k, length), series, times)
                    for length, place in enumerate(("first", "second", "third", "fourth", "fifth"), start=1)
                },
                as_doses("first", series),
                {"ktr": k},
            )
    for name, flows in HELD.items():
        for kin, kout in ((10.0, 0.2), (0.4, 1.5)):
            lost = flow_course(bolus(kout), [(begin, end, kin * part) for begin, end, part in flows], times)
            yield Case(
                f"turnover, kout={kout:g}, {name}",
                TURNOVER,
                times,
                {"marker": np.full(len(times), kin / kout) - lost},
                as_flows("held", flows),
                {"kin": kin, "kout": kout},
            )
