"""A `System` run by SciPy in plain Python, as plainly as can be: the second opinion of the reader.

Formulas become lines of Python, one operator a line. Events are looked for at the solver's own steps and at
points between, then bisected.
"""

import math
from dataclasses import dataclass, field

import numpy as np
from scipy.integrate import solve_ivp

from calciroute.equations.event_order import order_matters
from calciroute.equations.expression import Call, names_in
from calciroute.equations.system import Event, System


def guarded(function):
    """IEEE arithmetic instead of Python's exceptions."""

    def call(*values):
        try:
            return function(*values)
        except ZeroDivisionError:
            above = values[0]
            return math.nan if above == 0 or math.isnan(above) else math.copysign(math.inf, above)
        except OverflowError:
            return math.inf
        except ValueError:
            return math.nan

    return call


def power(base, exponent):
    found = base**exponent
    return math.nan if isinstance(found, complex) else found


def logarithm(value):
    return -math.inf if value == 0 else math.log(value)


OPERATORS = {
    "minus": lambda a, b: a - b,
    "negate": lambda a: -a,
    "divide": guarded(lambda a, b: a / b),
    "power": guarded(power),
    "quotient": guarded(lambda a, b: float(math.trunc(a / b))),
    "remainder": guarded(math.fmod),
    "abs": abs,
    "exp": guarded(math.exp),
    "ln": guarded(logarithm),
    "floor": guarded(lambda a: float(math.floor(a))),
    "ceiling": guarded(lambda a: float(math.ceil(a))),
    "factorial": guarded(lambda a: float(math.factorial(int(a)))),
    "not": lambda a: float(not a),
    "lt": lambda a, b: float(a < b),
    "le": lambda a, b: float(a <= b),
    "gt": lambda a, b: float(a > b),
    "ge": lambda a, b: float(a >= b),
    "eq": lambda a, b: float(a == b),
    "ne": lambda a, b: float(a != b),
    "plus": lambda *a: sum(a),
    "times": lambda *a: math.prod(a),
    "min": lambda *a: min(a),
    "max": lambda *a: max(a),
    "and": lambda *a: float(all(a)),
    "or": lambda *a: float(any(a)),
    "xor": lambda *a: float(sum(map(bool, a)) % 2),
}
for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh"):
    OPERATORS[name] = guarded(getattr(math, name))
    OPERATORS[f"arc{name}"] = guarded(getattr(math, f"a{name}"))


def piecewise(*values):
    for value, condition in zip(values[:-1:2], values[1::2], strict=True):
        if condition:
            return value
    return values[-1]


OPERATORS["piecewise"] = piecewise


def in_order(formulas, wanted=None):
    """Ids of formulas such that each comes after what it reads."""
    done = {}
    for first in wanted if wanted is not None else formulas:
        waiting = [first]
        while waiting:
            id = waiting[-1]
            missing = [name for name in names_in(formulas[id]) if name in formulas and name not in done]
            if id in done or not missing:
                done[waiting.pop()] = None
            else:
                waiting += missing
    return list(done)


class Written:
    """Lines of Python that work out formulas from a dict of values."""

    def __init__(self, formulas):
        self.lines = []
        self.names = {}
        self.count = 0
        for id, formula in formulas:
            self.lines.append(f"v[{id!r}] = {self.term(formula)}")
        body = "\n    ".join(self.lines) or "pass"
        space = {f"f_{name}": function for name, function in OPERATORS.items()}
        exec(f"def work(v, t):\n    {body}\n", space)
        self.work = space["work"]

    def term(self, expression):
        if isinstance(expression, str):
            return f"v[{expression!r}]"
        if not isinstance(expression, Call):
            return f"float({str(expression)!r})"
        if expression.operator == "time":
            return "t"
        terms = [self.term(argument) for argument in expression.arguments]
        self.count += 1
        self.lines.append(f"x{self.count} = f_{expression.operator}({', '.join(terms)})")
        return f"x{self.count}"


@dataclass
class Due:
    time: float
    event: Event
    number: int
    values: list | None


@dataclass
class Running:
    """One run: where it stands."""

    system: System
    time: float = 0.0
    values: dict = field(default_factory=dict)
    truth: list = field(default_factory=list)
    queue: list = field(default_factory=list)
    chance: bool = False  # whether an order was left to chance and mattered


class PlainRun:
    """A system, ready to run."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.states = list(system.states)
        starts = dict(system.parameters) | {id: state.start for id, state in system.states.items()}
        everything = starts | dict(system.equations)
        self.begin = Written([(id, everything[id]) for id in in_order(everything)])
        self.now = Written([(id, system.equations[id]) for id in in_order(system.equations)])
        reads = {id for state in system.states.values() for id in names_in(state.rate)}
        wanted = in_order(system.equations, [id for id in system.equations if id in reads])
        rates = [(f"'{id}", state.rate) for id, state in system.states.items()]
        self.rates = Written([(id, system.equations[id]) for id in wanted] + rates)
        self.triggers = Written([(f"?{i}", event.trigger) for i, event in enumerate(system.events)])
        self.parts = [
            (
                Written([(f"!{target}", value) for target, value in event.assignments]),
                Written([("!delay", event.delay if event.delay is not None else 0.0)]),
                Written([("!priority", event.priority if event.priority is not None else -math.inf)]),
            )
            for event in system.events
        ]

    def refresh(self, run):
        self.now.work(run.values, run.time)

    def truths(self, run):
        self.triggers.work(run.values, run.time)
        return [bool(run.values[f"?{i}"]) for i in range(len(self.system.events))]

    def right_side(self, run):
        values = dict(run.values)
        names = [f"'{id}" for id in self.states]

        def side(time, y):
            values.update(zip(self.states, map(float, y), strict=True))
            self.rates.work(values, float(time))
            return [values[name] for name in names]

        return side

    def place(self, run, time, y):
        run.time = float(time)
        run.values.update(zip(self.states, map(float, y), strict=True))
        self.refresh(run)

    # ---- events

    def look(self, run):
        """Take note of triggers that turned, and work off whatever is due."""
        while True:
            now = self.truths(run)
            fired = [i for i, (was, is_) in enumerate(zip(run.truth, now, strict=True)) if is_ and not was]
            run.queue = [due for due in run.queue if due.event.persistent or now[due.number]]
            run.truth = now
            for i in fired:
                event = self.system.events[i]
                delay = self.parts[i][1]
                delay.work(run.values, run.time)
                held = self.assigned(run, i) if event.values_from_trigger else None
                run.queue.append(Due(run.time + run.values["!delay"], event, i, held))
            due = [item for item in run.queue if item.time <= run.time * (1 + 1e-14) + 1e-300]
            if not due:
                return
            self.execute(run, due)

    def execute(self, run, due):
        ranks = []
        for item in due:
            self.parts[item.number][2].work(run.values, run.time)
            ranks.append(run.values["!priority"])
        first = [item for item, rank in zip(due, ranks, strict=True) if rank == max(ranks)]
        chosen = first[0]
        for other in first[1:]:
            same = chosen.event is other.event and chosen.values == other.values
            if not same and order_matters(chosen.event, other.event, self.system.equations):
                run.chance = True
        run.queue.remove(chosen)
        held = self.assigned(run, chosen.number) if chosen.values is None else chosen.values
        for (target, _), value in zip(chosen.event.assignments, held, strict=True):
            run.values[target] = value
        self.refresh(run)

    def assigned(self, run, number):
        self.parts[number][0].work(run.values, run.time)
        return [run.values[f"!{target}"] for target, _ in self.system.events[number].assignments]

    # ---- time

    def course(self, times, relative=1e-9, absolute=1e-12, method="LSODA", pieces=8):
        """Values of every id at times, events at an output time done; and whether chance decided an order."""
        run = Running(self.system)
        run.values = dict.fromkeys(self.system.parameters | self.system.states | self.system.equations, 0.0)
        self.begin.work(run.values, 0.0)
        run.truth = [event.before for event in self.system.events]
        self.look(run)
        rows = []
        if self.states and not self.system.events and times[-1] > 0.0:
            y0 = [run.values[id] for id in self.states]
            found = solve_ivp(
                self.right_side(run), (0.0, times[-1]), y0, t_eval=times, method=method, rtol=relative,
                atol=absolute, max_step=times[-1] / (len(times) * pieces),
            )  # fmt: skip
            if not found.success:
                raise ArithmeticError(found.message)
            for time, y in zip(times, found.y.T, strict=True):
                self.place(run, time, y)
                rows.append(dict(run.values))
            return rows, False
        for time in times:
            while run.time < time:
                self.advance(run, time, relative, absolute, method, pieces)
            rows.append(dict(run.values))
        return rows, run.chance

    def advance(self, run, stop, relative, absolute, method, pieces):
        for item in run.queue:
            stop = min(stop, item.time)
        begin = run.time
        if not self.states:
            found = None
            points = np.linspace(begin, stop, 201 if self.system.events else 2)
        else:
            y0 = [run.values[id] for id in self.states]
            found = solve_ivp(
                self.right_side(run), (begin, stop), y0, method=method, rtol=relative, atol=absolute,
                dense_output=True, max_step=(stop - begin) / pieces,
            )  # fmt: skip
            if not found.success:
                raise ArithmeticError(found.message)
            points = found.t
            if self.system.events:
                points = np.unique(np.concatenate([points, np.linspace(begin, stop, 101)]))

        def go(time):
            if found is None:
                self.place(run, time, [])
            else:
                self.place(run, time, found.y[:, -1] if time >= stop else found.sol(time))

        last = begin
        for point in points[1:] if self.system.events else [stop]:
            go(point)
            if self.system.events and self.truths(run) != run.truth:
                low, high = last, point
                while high - low > 1e-14 * max(1.0, abs(high)):
                    middle = 0.5 * (low + high)
                    if middle in (low, high):
                        break
                    go(middle)
                    low, high = (low, middle) if self.truths(run) != run.truth else (middle, high)
                go(high)
                break
            last = point
        self.look(run)
