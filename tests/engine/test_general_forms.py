"""Systems that are no compartments, through the compiled lanes: growth, orbits, forcing, switches, events."""

import pytest

from engine.closed_forms.case import BOUND, difference
from engine.closed_forms.general import all_cases
from engine.closed_forms.run import engine_course
from engine.plain import scipy_course


@pytest.mark.parametrize("case", [case for _, case in all_cases()], ids=lambda case: case.name)
def test_the_engine_meets_the_closed_form(case):
    found, words = engine_course(case)
    assert words == ""
    assert difference(case, found) <= BOUND


@pytest.mark.parametrize(
    "case",
    [
        case
        for family, case in all_cases()
        if family == "smooth" and not case.name.startswith("pulled to a cosine at rate 1")
    ],
    ids=lambda case: case.name,
)
def test_the_formula_is_right_by_scipy(case):
    assert difference(case, scipy_course(case)) < 1e-9
