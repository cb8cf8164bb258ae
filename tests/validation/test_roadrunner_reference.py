"""Constants taken out of what is compiled give the same model."""

import libsbml
import roadrunner

from calciroute.sbml.merge import merge_parts
from roadrunner_reference.hoist import hoist_constants
from roadrunner_reference.runner import Runner
from sbml.small_parts import growth, plasma

TEXT = """model growth
  $effect_drug has dimensionless;
  plaque' = k_each/hours_per_year*plaque*effect_drug;
  plaque = plaque_rest;
  plaque has dimensionless;
  plaque_rest := 2*k_each/k_plaque;
  plaque_rest has dimensionless;
  k_each := k_plaque*twice;
  k_each has per_year;
  twice := 2;
  twice has dimensionless;
  k_plaque has per_year;
  hours_per_year has hour_per_year;
end
"""


def small_model():
    return libsbml.writeSBMLToString(merge_parts([plasma(), growth(TEXT)], "whole"))


def test_levels_follow_from_constants_and_moving_equations_stay():
    hoisted = hoist_constants(small_model())
    assert hoisted.levels == (("twice",), ("k_each",), ("plaque_rest",))
    assert "plaque" in hoisted.starts


def test_the_hoisted_model_runs_as_the_plain_one():
    sbml = small_model()
    plain = roadrunner.RoadRunner(sbml)
    plain.integrator.relative_tolerance = 1e-10
    plain.integrator.absolute_tolerance = 1e-14
    result = plain.simulate(0, 5000, 2, ["time", "plaque"])
    runner = Runner(sbml)
    runner.set_up({}, {}, 1e-10, 1e-13)
    runner.advance(0.0, 5000.0)
    assert abs(runner.value("plaque") / result[-1, 1] - 1.0) < 1e-8


def test_a_changed_constant_reaches_its_equations_and_starts():
    runner = Runner(small_model())
    runner.set_up({"k_plaque": 3.0}, {}, 1e-8, 1e-11)
    assert runner.value("k_each") == 6.0
    assert runner.value("plaque") == 4.0
    runner.add("k_plaque", 1.0)
    assert runner.value("k_each") == 8.0
