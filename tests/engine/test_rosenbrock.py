"""The numbers of the method: conditions of order, stiff parts, and the kernel that uses them."""

import ctypes

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from calciroute.engine import rosenbrock
from calciroute.engine.blocks import aligned
from calciroute.engine.kernels import GAMMA
from calciroute.engine.layout import WIDTH
from calciroute.engine.oracle_calls import PYTHON_KERNELS
from calciroute.engine.rosenbrock import D3, D4, A, C
from engine.formula import written
from engine.ready import ready

STAGES = 6
ONE = np.ones(STAGES)


def lower(rows):
    """Rows of weights as a square matrix."""
    made = np.zeros((STAGES, STAGES))
    for stage, row in enumerate(rows):
        made[stage, : len(row)] = row
    return made


# In the book's own letters: what a stage sees of the rates (alpha), of their slopes (gamma), and both (beta).
WEIGHTS = lower([*A, (*A[4], 1.0)])
GAMMAS = np.linalg.inv(np.eye(STAGES) / GAMMA - lower(C))
ALPHAS = WEIGHTS @ GAMMAS
BETAS = ALPHAS + GAMMAS
NEW = np.array([*A[4], 1.0, 1.0])  # y + ... + k5 + k6
EMBEDDED = np.array([*A[4], 1.0, 0.0])  # without k6, the estimate of the error


def conditions(b, share=1.0):
    """Left minus right side of every condition up to order 3, then those of order 4; `share` of a step."""
    alpha, beta = ALPHAS @ ONE, BETAS @ ONE
    third = [
        b @ ONE - share,
        b @ beta - share**2 / 2,
        b @ alpha**2 - share**3 / 3,
        b @ BETAS @ beta - share**3 / 6,
    ]
    fourth = [
        b @ alpha**3 - share**4 / 4,
        b @ (alpha * (ALPHAS @ beta)) - share**4 / 8,
        b @ BETAS @ alpha**2 - share**4 / 12,
        b @ BETAS @ BETAS @ beta - share**4 / 24,
    ]
    return np.array(third), np.array(fourth)


def test_all_eight_conditions_of_order_four_hold():
    for found in conditions(NEW @ GAMMAS):
        assert found == pytest.approx(0.0, abs=1e-14)


def test_the_embedded_solution_is_of_order_three_and_not_of_four():
    third, fourth = conditions(EMBEDDED @ GAMMAS)
    assert third == pytest.approx(0.0, abs=1e-14)
    assert np.max(np.abs(fourth)) > 0.01  # or there would be no estimate of an error


@pytest.mark.parametrize("share", [0.1, 0.25, 0.5, 0.75, 1.0])
def test_inside_a_step_the_conditions_of_order_three_hold(share):
    bend = np.append(np.array(D3) + share * np.array(D4), 0.0)
    third, _ = conditions((share * NEW + share * (1.0 - share) * bend) @ GAMMAS, share)
    assert third == pytest.approx(0.0, abs=1e-14)


def test_a_digit_less_would_be_seen():
    """The checks above are as sharp as the numbers: one wrong in its tenth digit breaks them."""
    assert np.max(np.abs(conditions((NEW + np.eye(STAGES)[2] * 1e-10) @ GAMMAS)[0])) > 1e-12


def growth(z):
    """What a step makes of y' = z y with step 1."""
    return 1.0 + z * (NEW @ GAMMAS) @ np.linalg.solve(np.eye(STAGES) - z * BETAS, ONE)


def test_the_last_stage_is_the_new_state_and_stiff_parts_vanish():
    assert pytest.approx(BETAS[-1], abs=1e-13) == NEW @ GAMMAS
    assert 1.0 - (NEW @ GAMMAS) @ np.linalg.solve(BETAS, ONE) == pytest.approx(0.0, abs=1e-12)
    assert abs(growth(-1e8)) < 1e-6


def test_no_oscillation_grows():
    """A-stable: on the whole imaginary axis, and so on the left of it, nothing grows."""
    assert max(abs(growth(1j * y)) for y in np.logspace(-3, 5, 400)) <= 1.0 + 1e-12


# ---- the kernel


class Group:
    """Memory of a group of lanes, and the kernels to call on it."""

    def __init__(self, program, state, parameters):
        self.program, self.layout = program, program.description.layout
        self.memory = aligned(self.layout.total)
        self["absolute"], self["relative"] = 1e-8, 1e-6
        self["portion"], self["mask"] = 1e-8, 1.0
        self["parameter"], self["state"] = parameters, state
        self.call("constants")

    def rows(self, section):
        first = self.layout.first(section)
        return slice(first, first + self.layout.rows[section])

    def __getitem__(self, section):
        return self.memory[self.rows(section)]

    def __setitem__(self, section, values):
        self.memory[self.rows(section)] = values

    def call(self, name):
        address = self.program.addresses[name]
        if self.program.backend == "python":
            PYTHON_KERNELS[address](self.memory)
        else:
            ctypes.CFUNCTYPE(None, ctypes.c_void_p)(address)(self.memory.ctypes.data)

    def step(self, length):
        self["step"] = length
        self.call("step")


def column(*values):
    return np.tile(np.array(values, dtype=float)[:, None], WIDTH)


PREY = written(
    {"a": 1.1, "b": 0.4, "c": 0.7, "p": 1.3},
    {
        "x": (1, "a * x - b * x * y ** p / (1 + x)"),
        "y": (1, "c * x * y / (1 + x) - 0.3 * y + exp(-x)"),
        "z": (0, "200 * (ln(1 + x) - z)"),
    },
)


@pytest.fixture(scope="module")
def prey():
    return {backend: ready(PREY, backend=backend) for backend in ("machine", "python")}


def test_the_step_in_machine_code_is_the_step_of_the_oracle(prey):
    random = np.random.default_rng(5)
    state, parameters = random.uniform(0.2, 3.0, (3, WIDTH)), random.uniform(0.5, 1.5, (4, WIDTH))
    groups = {}
    for backend, program in prey.items():
        groups[backend] = group = Group(program, state, parameters)
        group.step(np.logspace(-4, -0.3, WIDTH))
        group["share"] = random.permuted(np.linspace(0.0, 1.0, WIDTH)) if not groups else 0.0
    groups["python"]["share"] = groups["machine"]["share"]
    for group in groups.values():
        group.call("inside")
    for section in ("next", "error", "stage", "inside"):
        size = np.abs(groups["python"][section]).max(axis=1, keepdims=True)
        assert np.all(np.abs(groups["machine"][section] - groups["python"][section]) <= 1e-11 * size), section


def test_each_lane_of_a_step_is_the_lane_alone(prey):
    """The same bits whatever stands in the other columns, also where a neighbour is no number."""
    random = np.random.default_rng(6)
    state, parameters = random.uniform(0.2, 3.0, (3, WIDTH)), random.uniform(0.5, 1.5, (4, WIDTH))
    whole = Group(prey["machine"], state, parameters)
    whole.step(0.3)
    for lane in range(WIDTH):
        alone = Group(prey["machine"], np.full((3, WIDTH), np.nan), np.full((4, WIDTH), np.nan))
        for section, values in (("state", state), ("parameter", parameters)):
            alone[section][:, lane] = values[:, lane]
        alone.call("constants")
        alone.step(0.3)
        assert np.array_equal(alone["next"][:, lane], whole["next"][:, lane])
        assert np.array_equal(alone["error"][:, lane], whole["error"][:, lane])


def errors_of(program, start, parameters, exact, counts, end):
    """Error at the end, after so many equal steps, at the ends and in the middle of the last."""
    found = []
    for count in counts:
        group = Group(program, column(*start), column(*parameters))
        for number in range(count):
            group.step(end / count)
            if number == count - 1:
                group["share"] = 0.5
                group.call("inside")
            group.call("move")
        at_end = np.max(np.abs(group["state"][:, 0] - exact(end)))
        found.append((at_end, np.max(np.abs(group["inside"][:, 0] - exact(end * (1 - 0.5 / count))))))
    return np.array(found)


def order(errors, counts):
    return -np.polyfit(np.log(counts), np.log(errors), 1)[0]


def test_measured_order_is_four_at_the_ends_of_steps():
    """y' = -y^2 from 1 is 1/(1+t); x' = x cos t with t as a state is exp(sin t)."""
    closed = ready(written({}, {"y": (1, "-y ** 2"), "x": (1, "x * cos(t)"), "t": (0, 1)}))
    counts = (32, 64, 128, 256)
    found = errors_of(
        closed, (1.0, 1.0, 0.0), (), lambda t: np.array([1 / (1 + t), np.exp(np.sin(t)), t]), counts, 2.0
    )
    assert order(found[:, 0], counts) == pytest.approx(4.0, abs=0.25)
    assert found[-1, 0] < 1e-10


def test_measured_order_inside_a_step():
    """In one step from an exact start the error inside falls as h^4."""
    closed = ready(written({}, {"y": (1, "-y ** 2"), "x": (1, "x * cos(t)"), "t": (0, 1)}))
    lengths = 2.0 ** -np.arange(1, 6)
    errors = []
    for length in lengths:
        group = Group(closed, column(1.0, 1.0, 0.0), column())
        group.step(length)
        group["share"] = 0.5
        group.call("inside")
        half = length / 2
        errors.append(np.max(np.abs(group["inside"][:, 0] - [1 / (1 + half), np.exp(np.sin(half)), half])))
    assert np.polyfit(np.log(lengths), np.log(errors), 1)[0] == pytest.approx(4.0, abs=0.3)


def test_the_estimate_of_the_error_falls_as_the_fourth_power(prey):
    """Steps are chosen by this: an error that is a sixteenth allows twice the step."""
    errors = []
    lengths = 2.0 ** -np.arange(4, 9)
    for length in lengths:
        group = Group(prey["machine"], column(1.0, 1.0, np.log(2.0)), column(1.1, 0.4, 0.7, 1.3))
        group["absolute"][2] = np.inf  # the stiff state has its own law
        group.step(length)
        errors.append(group["error"][0, 0])
    assert np.polyfit(np.log(lengths), np.log(errors), 1)[0] == pytest.approx(4.0, abs=0.3)


def test_a_stiff_state_does_what_the_formula_says():
    """The kernel on y' = -k y over ten powers of ten in k is the method's own function of k."""
    linear = ready(written({"k": 1.0}, {"y": (1, "-k * y")}))
    rates = np.logspace(-3, 6, WIDTH)
    group = Group(linear, column(1.0), rates[None, :])
    group.step(1.0)
    assert group["next"][0] == pytest.approx([growth(-rate) for rate in rates], abs=1e-13, rel=1e-9)
    assert np.all(np.abs(group["next"][0, -1:]) < 1e-3)


def test_whole_steps_against_another_method(prey):
    group = Group(prey["machine"], column(1.0, 1.0, np.log(2.0)), column(1.1, 0.4, 0.7, 1.3))
    for _ in range(400):
        group.step(0.005)
        group.call("move")

    def rates(_, state):
        x, y, z = state
        return [
            1.1 * x - 0.4 * x * y**1.3 / (1 + x),
            0.7 * x * y / (1 + x) - 0.3 * y + np.exp(-x),
            200 * (np.log(1 + x) - z),
        ]

    expected = solve_ivp(rates, (0.0, 2.0), [1.0, 1.0, np.log(2.0)], "Radau", rtol=1e-11, atol=1e-12).y[:, -1]
    assert group["state"][:, 0] == pytest.approx(expected, rel=1e-8)


def test_the_numbers_are_those_of_the_module():
    assert [len(row) for row in rosenbrock.A] == [0, 1, 2, 3, 4]
    assert [len(row) for row in rosenbrock.C] == [0, 1, 2, 3, 4, 5]
    assert GAMMA == 0.25
