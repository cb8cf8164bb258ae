"""Laws of direction at small counts; validation/direction_laws.py runs ten thousand cases."""

import pytest
from hypothesis import given, settings

from laws_of_direction import LAWS, Case

QUICK = {1: 1.0, 20: 0.4, 100: 0.16}  # share of the profile's cases, by what one costs


@pytest.mark.holds("dp_ucMGP", "MGP_carboxylation", "VKOR_activity", "DOAC_effect", "Ca_absorption_true")
@pytest.mark.parametrize("name", LAWS)
def test_law(name):
    law, cases, allowed, cost = LAWS[name]

    @settings(max_examples=max(3, round(settings.default.max_examples * QUICK[cost])))
    @given(cases)
    def holds(case):
        assert law(case) <= allowed, case

    holds()


def test_a_law_can_be_broken():
    law, _, allowed, _ = LAWS["more vitamin K never raises dp-ucMGP, at rest"]
    assert law(Case({"diet_K1": 200.0}, {"diet_K1": -150.0})) > allowed
