"""Where dose and output times meet: at time 0, at the end, at each output, two at once, in no order."""

from engine.closed_forms.case import Case, Dose
from engine.closed_forms.impulse import course
from engine.closed_forms.models import ONE, ORAL
from engine.closed_forms.regimens import as_doses, every, grid
from engine.closed_forms.responses import bolus, oral

K, KA = 0.21, 0.9
HOURS = grid(24.0, 25)
TENTHS = tuple(0.1 * index for index in range(1, 41))  # 0.1 has no exact double: the sums must still meet

SERIES = {
    "dose at time 0": (((0.0, 100.0),), HOURS),
    "two doses at time 0": (((0.0, 60.0), (0.0, 40.0)), HOURS),
    "dose at the end": (((2.0, 100.0), (24.0, 500.0)), HOURS),
    "only a dose at the end": (((1.0, 1.0), (24.0, 1e6)), HOURS),
    "doses after the end": (((1.0, 100.0), (24.5, 1e6), (1e9, 1e6)), HOURS),
    "two doses at one time": (((3.0, 100.0), (5.0, 10.0), (5.0, 90.0)), HOURS),
    "five doses at one time": (((3.0, 100.0), *((7.0, 20.0),) * 5), HOURS),
    "two doses at one time between outputs": (((3.5, 10.0), (3.5, 90.0)), HOURS),
    "a dose at each output": (every(1.0, 25, 10.0), HOURS),
    "doses in reverse order": (tuple(reversed(every(3.0, 8, 25.0))), HOURS),
    "doses in no order": (((9.0, 1.0), (2.0, 50.0), (20.0, 7.0), (2.0, 3.0), (14.0, 30.0)), HOURS),
    "two doses a microsecond apart": (((4.0, 50.0), (4.0 + 1e-6 / 3600.0, 50.0)), HOURS),
    "two doses a second apart": (((4.0, 50.0), (4.0 + 1.0 / 3600.0, 50.0)), HOURS),
    "a dose of nothing": (((2.0, 80.0), (6.0, 0.0), (6.0, 20.0)), HOURS),
    "an amount taken out": (((2.0, 80.0), (3.0, -20.0), (8.0, 40.0)), HOURS),
    "doses at tenths of an hour": (tuple((time, 5.0) for time in TENTHS), TENTHS),
    "an output just before and after a dose": (((6.0, 100.0),), (0.0, 5.999999, 6.0, 6.000001, 12.0)),
    "one output only": (every(4.0, 5, 30.0), (22.0,)),
    "outputs only late": (every(4.0, 5, 30.0), (100.0, 101.0)),
    "two hundred doses": (every(0.5, 200, 3.0), grid(100.0, 11)),
}


def cases():
    for name, (series, times) in SERIES.items():
        expected = {"central": course(bolus(K), series, times)}
        yield Case(name, ONE, times, expected, as_doses("central", series), {"k": K})
    series = every(6.0, 4, 50.0)
    both = tuple(
        dose
        for pair in zip(as_doses("gut", series), as_doses("central", series), strict=True)
        for dose in pair
    )
    yield Case(
        "swallowed and injected at one time",
        ORAL,
        HOURS,
        {
            "gut": course(bolus(KA), series, HOURS),
            "central": course(oral(KA, K), series, HOURS) + course(bolus(K), series, HOURS),
        },
        both,
        {"ka": KA, "k": K},
    )
    # Half of it is given as a flow that begins with the dose: a parameter and a state at one instant.
    flow = course(bolus(K), ((6.0, -10.0 / K),), HOURS) + [10.0 / K if time > 6.0 else 0.0 for time in HOURS]
    yield Case(
        "a dose and the begin of a flow at one time",
        ONE,
        HOURS,
        {"central": course(bolus(K), ((6.0, 70.0),), HOURS) + flow},
        (Dose(6.0, "central", 70.0), Dose(6.0, "flow", 10.0)),
        {"k": K},
    )
