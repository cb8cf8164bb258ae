"""The closed-form cases through the compiled lanes; validation/closed_forms.py keeps their figures."""

import numpy as np
import pytest

from engine.closed_forms.case import BOUND, difference
from engine.closed_forms.impulse import course, decaying, flow_course, periodic
from engine.closed_forms.pharmacokinetic import FAMILIES, all_cases
from engine.closed_forms.responses import bolus, oral, two_compartment
from engine.closed_forms.run import engine_course
from engine.plain import scipy_course


@pytest.mark.parametrize("case", [case for _, case in all_cases()], ids=lambda case: case.name)
def test_the_engine_meets_the_closed_form(case):
    found, words = engine_course(case)
    assert words == ""
    assert difference(case, found) <= BOUND


# ---- the cases themselves


def test_there_are_at_least_two_hundred_under_different_names():
    names = [case.name for _, case in all_cases()]
    assert len(names) == len(set(names)) >= 200
    assert len(FAMILIES) == len({family for family, _ in all_cases()})


@pytest.mark.parametrize(
    "case",
    [case for family, case in all_cases() if family != "stiff" and not case.system.events][::20],
    ids=lambda case: case.name,
)
def test_the_formula_is_right_by_scipy(case):
    assert difference(case, scipy_course(case)) < 1e-9


@pytest.mark.parametrize(
    "case", [case for family, case in all_cases() if family == "stiff"][:3], ids=lambda c: c.name
)
def test_the_stiff_formula_is_right_by_scipy(case):
    assert difference(case, scipy_course(case, "Radau", 1e-10)) < 1e-8


def test_a_course_that_is_off_by_more_than_the_bound_is_seen():
    _, case = all_cases()[0]
    wrong = {name: values + 2e-8 * np.max(np.abs(values)) for name, values in case.expected.items()}
    assert difference(case, wrong) > BOUND
    assert difference(case, {name: values * np.nan for name, values in case.expected.items()}) == np.inf


# ---- the formulas, by facts that do not come from them


def test_a_flow_is_the_limit_of_many_small_doses():
    impulse, times = oral(0.8, 0.1), (2.0, 10.0)
    flow = flow_course(impulse, [(0.0, 8.0, 10.0)], times)
    small = course(impulse, [(8.0 * (index + 0.5) / 4000, 80.0 / 4000) for index in range(4000)], times)
    assert small == pytest.approx(flow, rel=1e-6)


def test_a_double_root_is_the_limit_of_near_roots():
    times = (0.5, 3.0, 20.0)
    near = course(oral(0.3, 0.3 + 1e-9), [(0.0, 1.0)], times)
    assert course(oral(0.3, 0.3), [(0.0, 1.0)], times) == pytest.approx(near, rel=1e-7)


def test_the_periodic_state_is_where_many_doses_lead():
    for impulse in (oral(0.3, 0.3), two_compartment(0.2, 0.5, 0.3)[0], bolus(0.05)):
        many = course(impulse, [(12.0 * index, 1.0) for index in range(200)], (12.0 * 199 + 5.0,))
        assert decaying(periodic(impulse, 12.0), (5.0,)) == pytest.approx(many, rel=1e-12)


def test_what_leaves_two_compartments_is_the_whole_dose():
    central, peripheral = two_compartment(0.2, 0.5, 0.3)
    late = flow_course(central, [(0.0, 1e9, 0.2)], (500.0,))
    assert late == pytest.approx([1.0], rel=1e-9)
    assert decaying(peripheral, (0.0,)) == pytest.approx([0.0], abs=1e-40)
