"""Systems that are no compartments, without events: growth, oscillation, forcing by the time, orbits."""

import numpy as np

from engine.closed_forms.case import Case
from engine.closed_forms.impulse import decaying
from engine.closed_forms.responses import chain
from engine.formula import written


def of(name, states, end, expected, parameters=(), equations=(), points=41):
    """Case of a smooth system over 0 to end; expected gives {id: values} of an array of times."""
    times = np.linspace(0.0, end, points)
    return Case(name, written(dict(parameters), states, equations), tuple(times), expected(times))


def growth():
    yield of(
        "logistic growth",
        {"x": (0.01, "r * x * (1 - x / K)")},
        30.0,
        lambda t: {"x": 2.5 / (1.0 + (2.5 / 0.01 - 1.0) * np.exp(-0.7 * t))},
        {"r": 0.7, "K": 2.5},
    )
    yield of(
        "Gompertz growth",
        {"x": (0.5, "a * x * ln(K / x)")},
        20.0,
        lambda t: {"x": 8.0 * np.exp(np.log(0.5 / 8.0) * np.exp(-0.4 * t))},
        {"a": 0.4, "K": 8.0},
    )
    yield of("Riccati, tangent", {"y": (0, "1 + y ** 2")}, 1.5, lambda t: {"y": np.tan(t)})
    yield of("hyperbola", {"y": (3, "-y ** 2")}, 1e4, lambda t: {"y": 3.0 / (1.0 + 3.0 * t)})
    yield of(
        "square root",
        {"y": (4, "-sqrt_y")},
        3.0,
        lambda t: {"y": (2.0 - t / 2.0) ** 2},
        (),
        {"sqrt_y": "y ** 0.5"},
    )
    yield of(
        "a power of its own", {"y": (1, "-y ** 2.7")}, 50.0, lambda t: {"y": (1.0 + 1.7 * t) ** (-1.0 / 1.7)}
    )
    yield of(
        "two of one kind pair",
        {"A": (2, "-2 * k * A ** 2"), "pair": (0, "k * A ** 2")},
        40.0,
        lambda t: {"A": 2.0 / (1.0 + 4.0 * 0.3 * t), "pair": (2.0 - 2.0 / (1.0 + 4.0 * 0.3 * t)) / 2.0},
        {"k": 0.3},
    )
    yield of(
        "there and back",
        {"A": (10, "-kf * A + kb * B"), "B": (0, "kf * A - kb * B")},
        20.0,
        there_and_back,
        {"kf": 0.5, "kb": 0.2},
    )
    yield of(
        "second order of two",
        {"A": (3, "-k * A * B"), "B": (1, "-k * A * B")},
        15.0,
        second_order,
        {"k": 0.4},
    )


def there_and_back(t):
    rest = 10.0 * 0.2 / 0.7
    return {"A": rest + (10.0 - rest) * np.exp(-0.7 * t), "B": (10.0 - rest) * (1.0 - np.exp(-0.7 * t))}


def second_order(t):
    B = 2.0 / (3.0 * np.exp(0.4 * 2.0 * t) - 1.0)
    return {"A": B + 2.0, "B": B}


def oscillators():
    for name, damping in (("free", 0.0), ("damped", 0.2), ("critical", 2.0), ("overdamped", 3.0)):
        yield of(
            f"oscillator, {name}",
            {"x": (1, "v"), "v": (0, "-w ** 2 * x - c * v")},
            40.0,
            lambda t, damping=damping: {"x": oscillation(t, damping)},
            {"w": 1.0, "c": damping},
        )
    for eccentricity in (0.0, 0.5):
        yield of(
            f"orbit of eccentricity {eccentricity:g}",
            {
                "x": (1.0 - eccentricity, "vx"),
                "y": (0, "vy"),
                "vx": (0, "-x / cube"),
                "vy": (float(np.sqrt((1.0 + eccentricity) / (1.0 - eccentricity))), "-y / cube"),
            },
            12.0,
            lambda t, e=eccentricity: orbit(t, e),
            (),
            {"cube": "(x ** 2 + y ** 2) ** 1.5"},
        )


def oscillation(t, damping):
    half = damping / 2.0
    if half < 1.0:
        w = np.sqrt(1.0 - half**2)
        return np.exp(-half * t) * (np.cos(w * t) + half / w * np.sin(w * t))
    if half == 1.0:
        return (1.0 + t) * np.exp(-t)
    root = np.sqrt(half**2 - 1.0)
    slow, quick = -half + root, -half - root
    return (quick * np.exp(slow * t) - slow * np.exp(quick * t)) / (quick - slow)


def orbit(t, e):
    """Kepler's equation M = E - e sin E by Newton's rule."""
    angle = t.copy()
    for _ in range(60):
        angle = angle - (angle - e * np.sin(angle) - t) / (1.0 - e * np.cos(angle))
    return {"x": np.cos(angle) - e, "y": np.sqrt(1.0 - e**2) * np.sin(angle)}


def forced():
    yield of("time to the fifth", {"y": (0, "6 * time ** 5")}, 3.0, lambda t: {"y": t**6})
    yield of(
        "a sine forces a decay", {"y": (0, "-k * y + sin(w * time)")}, 30.0, sine_forced, {"k": 0.3, "w": 2.0}
    )
    for rate in (1.0, 1e3, 1e6):
        yield of(
            f"pulled to a cosine at rate {rate:g}",
            {"y": (1, "-rate * (y - cos(time)) - sin(time)")},
            20.0,
            lambda t: {"y": np.cos(t)},
            {"rate": rate},
        )
    yield of("growth that slows with time", {"y": (1, "y / (1 + time)")}, 50.0, lambda t: {"y": 1.0 + t})
    yield of(
        "an equation of time alone",
        {"y": (0, "clock")},
        8.0,
        lambda t: {"y": np.exp(-0.5 * t) * np.sin(3.0 * t), "clock": bell(t)},
        (),
        {"clock": "exp(-time / 2) * (3 * cos(3 * time) - sin(3 * time) / 2)"},
    )


def bell(t):
    return np.exp(-t / 2.0) * (3.0 * np.cos(3.0 * t) - np.sin(3.0 * t) / 2.0)


def sine_forced(t):
    k, w = 0.3, 2.0
    return {"y": (k * np.sin(w * t) - w * np.cos(w * t) + w * np.exp(-k * t)) / (k**2 + w**2)}


def chains():
    for name, rates in (
        ("falling", [3.0 * 0.6**n for n in range(12)]),
        ("rising", [0.05 * 1.5**n for n in range(12)]),
    ):
        ids = [f"x{index}" for index in range(len(rates))]
        states = {ids[0]: (1, f"-{rates[0]!r} * {ids[0]}")}
        for index in range(1, len(rates)):
            gain = f"{rates[index - 1]!r} * {ids[index - 1]}"
            states[ids[index]] = (0, f"{gain} - {rates[index]!r} * {ids[index]}")
        yield of(
            f"chain of twelve, {name}",
            states,
            60.0,
            lambda t, rates=rates, ids=ids: {
                one: decaying(chain(rates[: index + 1]), t) for index, one in enumerate(ids)
            },
        )


def cases():
    yield from growth()
    yield from oscillators()
    yield from forced()
    yield from chains()
