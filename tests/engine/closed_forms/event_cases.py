"""Events: bounces, thresholds, delays, priorities, what fires at the start."""

import numpy as np

from engine.closed_forms.case import Case
from engine.formula import event, written

AT_FIVE = "time >= 5"


def ball(height, gravity, kept, t):
    """Height of a ball dropped at time 0 that keeps a share of its speed at each bounce."""
    begin = np.sqrt(2.0 * height / gravity)
    speed = gravity * begin
    out = height - gravity * t**2 / 2.0
    while begin < t.max():
        speed *= kept
        since = t - begin
        out = np.where(since >= 0.0, speed * since - gravity * since**2 / 2.0, out)
        begin += 2.0 * speed / gravity
    return out


def bouncing():
    times = np.linspace(0.0, 4.0, 41)
    for kept in (0.8, 1.0):
        system = written(
            {"g": 9.81, "kept": kept},
            {"height": (2, "speed"), "speed": (0, "-g")},
            events=[event("bounce", "height < 0", {"height": 0, "speed": "-kept * speed"})],
        )
        yield Case(
            f"bouncing ball that keeps {kept:g}",
            system,
            tuple(times),
            {"height": ball(2.0, 9.81, kept, times)},
        )


def thresholds():
    times = np.linspace(0.0, 20.0, 41) + 0.0371
    # x' = 2 - x / 2 rises to 4; set back at 3: one round takes 2 ln 4.
    fires = written({}, {"x": (0, "2 - x / 2")}, events=[event("fire", "x >= 3", {"x": 0})])
    period = 2.0 * np.log(4.0)
    yield Case(
        "set back at a threshold",
        fires,
        tuple(times),
        {"x": 4.0 * (1.0 - np.exp(-np.mod(times, period) / 2.0))},
    )
    doubled = written(
        {"k": 0.2}, {"x": (10, "-k * x")}, events=[event("quicker", "x < 4", {"k": "3 * k"})]
    )  # fmt: skip
    met = np.log(10.0 / 4.0) / 0.2
    yield Case(
        "a parameter changes at a threshold",
        doubled,
        tuple(times),
        {
            "x": np.where(times < met, 10.0 * np.exp(-0.2 * times), 4.0 * np.exp(-0.6 * (times - met))),
            "k": np.where(times < met, 0.2, 3.0 * 0.2),
        },
    )
    counted = written(
        {"count": 0}, {"x": (0, "w * y"), "y": (1, "-w * x"), "turns": (0, 0)}, {"w": 2},
        [event("up", "x > 0.5", {"turns": "turns + 1", "count": "count + 1"})],
    )  # fmt: skip
    ups = np.floor((2.0 * times - np.arcsin(0.5)) / (2.0 * np.pi)) + 1.0
    yield Case(
        "crossings of a sine are counted",
        counted,
        tuple(times),
        {"turns": ups, "count": ups, "x": np.sin(2.0 * times)},
    )


def delayed():
    times = np.linspace(0.0, 10.0, 41) + 0.0137
    decay = {"x": (8, "-k * x")}
    met = np.log(8.0 / 3.0) / 0.5
    for from_trigger in (True, False):
        system = written(
            {"k": 0.5, "wait": 1.5}, decay,
            events=[event("add", "x < 3", {"x": "x + 5"}, delay="wait", values_from_trigger=from_trigger)],
        )  # fmt: skip
        base = 3.0 if from_trigger else 3.0 * np.exp(-0.75)
        out, due = 8.0 * np.exp(-0.5 * times), met + 1.5
        while due < times[-1]:
            out = np.where(times < due, out, (base + 5.0) * np.exp(-0.5 * (times - due)))
            due += np.log((base + 5.0) / 3.0) / 0.5 + 1.5
        yield Case(
            f"a delayed event, values from the {'trigger' if from_trigger else 'assignment'}",
            system, tuple(times), {"x": out},
        )  # fmt: skip
    for persistent in (True, False):
        # The trigger holds from hour 2 to 3 only; the assignment is due at hour 4.
        system = written(
            {}, {"x": (1, 0), "y": (0, 1)},
            events=[event("late", "y > 2 and y < 3", {"x": 7}, delay=2, persistent=persistent)],
        )  # fmt: skip
        yield Case(
            f"a delayed event that {'goes on' if persistent else 'is called off'}",
            system, tuple(times), {"x": np.where(persistent & (times > 4.0), 7.0, 1.0)},
        )  # fmt: skip


def ordered():
    times = np.array([0.0, 1.0, 4.999, 5.001, 9.0])
    for first, expected in (("double", 2.0 * 3.0 + 1.0), ("add", 2.0 * (3.0 + 1.0))):
        ranks = {"double": 2.0 if first == "double" else 1.0, "add": 1.0 if first == "double" else 2.0}
        system = written(
            {}, {"x": (3, 0)},
            events=[
                event("double", AT_FIVE, {"x": "2 * x"}, priority=ranks["double"], values_from_trigger=False),
                event("add", AT_FIVE, {"x": "x + 1"}, priority=ranks["add"], values_from_trigger=False),
            ],
        )  # fmt: skip
        yield Case(f"{first} goes first", system, tuple(times), {"x": np.where(times < 5.0, 3.0, expected)})
    swapped = written(
        {}, {"a": (1, 0), "b": (2, 0)}, events=[event("swap", "time >= 5", {"a": "b", "b": "a"})]
    )  # fmt: skip
    yield Case(
        "two values are swapped at once", swapped, tuple(times),
        {"a": np.where(times < 5.0, 1.0, 2.0), "b": np.where(times < 5.0, 2.0, 1.0)},
    )  # fmt: skip
    chained = written(
        {}, {"a": (0, 0), "b": (0, 0)},
        events=[
            event("first", "time >= 5", {"a": 1}),
            event("second", "a > 0.5", {"b": "b + 2"}),
        ],
    )  # fmt: skip
    yield Case(
        "one event sets off another", chained, tuple(times),
        {"a": np.where(times < 5.0, 0.0, 1.0), "b": np.where(times < 5.0, 0.0, 2.0)},
    )  # fmt: skip


def at_the_start():
    times = np.array([0.0, 0.5, 3.0])
    for before, value in ((True, 1.0), (False, 5.0)):
        system = written({}, {"x": (1, 0)}, events=[event("begin", "x < 2", {"x": 5}, before=before)])
        yield Case(
            f"a trigger that holds at time 0 {'does not fire' if before else 'fires'}",
            system, tuple(times), {"x": np.full(3, value)},
        )  # fmt: skip
    # An event at an output time has happened there.
    system = written({}, {"x": (1, 1)}, events=[event("jump", "time >= 2", {"x": "x + 10"})])
    yield Case(
        "an event at an output time", system, (0.0, 1.0, 2.0, 3.0), {"x": np.array([1.0, 2.0, 13.0, 14.0])}
    )  # fmt: skip


def cases():
    yield from bouncing()
    yield from thresholds()
    yield from delayed()
    yield from ordered()
    yield from at_the_start()
