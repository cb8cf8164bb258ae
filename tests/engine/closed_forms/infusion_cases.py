"""Constant flows: once, again and again, overlapping, with a bolus, and zero-order absorption by a gut."""

from engine.closed_forms.case import Case, Dose
from engine.closed_forms.impulse import course, flow_course
from engine.closed_forms.models import ONE, ORAL, TWO
from engine.closed_forms.regimens import as_doses, as_flows, grid
from engine.closed_forms.responses import bolus, oral, two_compartment

FLOWS = {
    "half an hour": ((0.0, 0.5, 200.0),),
    "from hour 3 to 27": ((3.0, 27.0, 5.0),),
    "to the end": ((10.0, 72.0, 2.0),),
    "two hours, every 12": tuple((12.0 * n, 12.0 * n + 2.0, 50.0) for n in range(6)),
    "end to end": ((0.0, 8.0, 10.0), (8.0, 20.0, 4.0), (20.0, 30.0, 10.0)),
    "overlapping": ((0.0, 10.0, 10.0), (4.0, 16.0, 6.0), (8.0, 9.0, 100.0)),
    "one minute": ((5.0, 5.0 + 1.0 / 60.0, 6000.0),),
}
RATES = (0.04, 0.8)
TWO_RATES = {"plain": (0.2, 0.5, 0.3), "deep": (0.05, 0.4, 0.004)}
ABSORBED = {"usual": (1.2, 0.1), "flip-flop": (0.05, 0.6), "one rate twice": (0.25, 0.25)}
LOADING = ((0.0, 150.0), (36.0, 80.0))


def cases():
    times = grid(72.0)
    for name, flows in FLOWS.items():
        doses = as_flows("flow", flows)
        for k in RATES:
            expected = {"central": flow_course(bolus(k), flows, times)}
            yield Case(f"infusion, k={k:g}, {name}", ONE, times, expected, doses, {"k": k})
        for which, rates in TWO_RATES.items():
            central, peripheral = two_compartment(*rates)
            yield Case(
                f"infusion, two compartments, {which}, {name}",
                TWO,
                times,
                {
                    "central": flow_course(central, flows, times),
                    "peripheral": flow_course(peripheral, flows, times),
                },
                doses,
                dict(zip(("k", "k12", "k21"), rates, strict=True)),
            )
        for which, (ka, k) in ABSORBED.items():
            yield Case(
                f"zero-order into the gut, {which}, {name}",
                ORAL,
                times,
                {
                    "gut": flow_course(bolus(ka), flows, times),
                    "central": flow_course(oral(ka, k), flows, times),
                },
                as_flows("gut_flow", flows),
                {"ka": ka, "k": k},
            )
    yield from _with_bolus(times)


def _with_bolus(times):
    flows = ((0.0, 30.0, 6.0), (36.0, 60.0, 9.0))
    both = (*as_doses("central", LOADING), *as_flows("flow", flows))
    for k in RATES:
        expected = course(bolus(k), LOADING, times) + flow_course(bolus(k), flows, times)
        yield Case(f"loading dose with infusion, k={k:g}", ONE, times, {"central": expected}, both, {"k": k})
    # The flow that holds a level exactly: what goes in equals what goes out.
    level, k = 120.0, 0.37
    held = (Dose(0.0, "central", level), Dose(0.0, "flow", level * k))
    yield Case(
        "a level held by its flow",
        ONE,
        times,
        {
            "central": course(bolus(k), ((0.0, level),), times)
            + flow_course(bolus(k), ((0.0, 1e9, level * k),), times)
        },
        held,
        {"k": k},
    )
