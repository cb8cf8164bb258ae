"""What species, compartments, stoichiometries, reactions and events become."""

from itertools import pairwise

import numpy as np
import pytest

from calciroute.errors import InputError
from calciroute.sbml.read import read_system
from sbml import sbml_texts as s
from sbml.plain_run import PlainRun


def course(text, times):
    rows, _ = PlainRun(read_system(text).system).course(times)
    return rows


def test_a_concentration_is_stored_as_an_amount_and_both_can_be_read():
    text = s.model(s.compartments(C=2), s.species(s.one_species("S"), s.one_species("N", counted=True)))
    reading = read_system(text)
    assert reading.system.parameters == {"C": 2.0, "amount:S": 6.0, "N": 6.0}
    row = course(text, [0.0])[0]
    assert (row["S"], row["concentration:S"], row["amount:S"]) == (3.0, 3.0, 6.0)
    assert (row["N"], row["concentration:N"], row["amount:N"]) == (6.0, 3.0, 6.0)
    assert reading.species["S"].stored == "amount:S"
    assert not reading.species["N"].is_concentration


def test_a_growing_compartment_dilutes_what_a_reaction_does_not_touch():
    text = s.model(s.compartments(C=2), s.species(s.one_species("S")), s.rules(s.moves("C", 1)))
    assert course(text, [2.0])[0]["S"] == pytest.approx(6 / 4)


def test_a_rate_rule_on_a_concentration_holds_in_a_growing_compartment():
    text = s.model(
        s.compartments(C=2),
        s.species(s.one_species("S", boundary=True)),
        s.rules(s.moves("C", 1), s.moves("S", 0.5)),
    )
    row = course(text, [4.0])[0]
    assert row["S"] == pytest.approx(3 + 0.5 * 4)
    assert row["amount:S"] == pytest.approx(5 * 6)


def test_a_rate_rule_on_a_concentration_where_a_rule_gives_the_size():
    size = s.apply("plus", 2, s.apply("sin", s.TIME))
    text = s.model(
        s.compartments(C=2),
        s.species(s.one_species("S", boundary=True)),
        s.rules(s.assign("C", size), s.moves("S", 0.5)),
    )
    assert course(text, [4.0])[0]["S"] == pytest.approx(5.0, rel=1e-7)


def test_reactions_add_up_with_stoichiometry_and_conversion_factor():
    text = s.model(
        s.compartments(C=2),
        s.species(s.one_species("S"), s.one_species("P", more='initialAmount="0" conversionFactor="f"')),
        s.parameters(f=10, k=0.25, half=None),
        s.initial(half=s.apply("plus", "k", 0.75)),
        s.rules(s.assign("n", s.apply("times", "half", 2))),
        s.reactions(
            s.reaction("R", s.apply("times", "k", "C"), [s.reference("S", 3)], [s.reference("P", name="n")])
        ),
    )
    row = course(text, [1.0])[0]
    assert row["R"] == 0.5
    assert row["amount:S"] == pytest.approx(6 - 3 * 0.5)
    assert row["amount:P"] == pytest.approx(2 * 10 * 0.5)


def test_a_local_parameter_hides_a_global_one():
    local = '<localParameter id="k" value="7"/>'
    text = s.model(
        s.compartments(C=1),
        s.species(s.one_species("S")),
        s.parameters(k=1),
        s.reactions(
            s.reaction("R", "k", [s.reference("S")], local=local), s.reaction("Q", "k", [s.reference("S")])
        ),
    )
    row = course(text, [0.0])[0]
    assert (row["R"], row["Q"], row["R.k"]) == (7.0, 1.0, 7.0)


def test_stoichiometry_of_level_2_may_be_a_formula():
    number = f"<stoichiometryMath>{s.math(s.apply('times', 2, s.TIME))}</stoichiometryMath>"
    text = s.model(
        s.compartments(C=1),
        s.species(s.one_species("S", more='initialAmount="0"')),
        s.reactions(
            f"<reaction id='R'><listOfProducts><speciesReference species='S'>{number}</speciesReference>"
            f"</listOfProducts><kineticLaw>{s.math(3)}</kineticLaw></reaction>"
        ),
        head=s.LEVEL_2,
    )
    assert course(text, [2.0])[0]["S"] == pytest.approx(3 * 2.0**2)


def test_start_formulas_read_rules_and_each_other():
    text = s.model(
        s.parameters(a=2, b=None, c=None, d=0),
        s.initial(b=s.apply("times", "c", 2), d="b"),
        s.rules(s.assign("c", s.apply("plus", "a", "a")), s.moves("d", 1)),
    )
    assert course(text, [3.0])[0]["d"] == pytest.approx(8 + 3)


def test_rate_of_a_concentration_counts_the_growth_of_its_compartment():
    text = s.model(
        s.compartments(C=2),
        s.species(s.one_species("S")),
        s.parameters(r=None),
        s.rules(s.moves("C", 1), s.assign("r", s.symbol("rateOf", "S"))),
        s.reactions(s.reaction("R", 1, [], [s.reference("S")])),
    )
    row = course(text, [2.0])[0]  # amount 6 + t in 2 + t
    assert row["r"] == pytest.approx((1 * 4 - 8 * 1) / 4**2)


def test_an_event_sets_a_concentration_by_the_size_before_it():
    text = s.model(
        s.compartments(C=2),
        s.species(s.one_species("S", boundary=True)),
        s.events(s.event(s.apply("geq", s.TIME, 1), ("S", 5), ("C", 4))),
    )
    row = course(text, [2.0])[0]
    assert (row["amount:S"], row["S"]) == (10.0, 2.5)


def test_a_delayed_concentration_keeps_the_value_of_its_trigger_in_the_size_of_its_assignment():
    text = s.model(
        s.compartments(C=2),
        s.species(s.one_species("S", boundary=True)),
        s.rules(s.moves("C", 1), s.moves("S", 0.5)),
        s.events(s.event(s.apply("geq", s.TIME, 1), ("S", s.apply("times", 2, "S")), delay=1)),
    )
    row = course(text, [2.0])[0]
    assert row["S"] == pytest.approx(2 * 3.5)
    assert row["amount:S"] == pytest.approx(7 * 4)


def test_events_of_level_2_wait_for_a_change_and_go_on_whatever_happens():
    trigger = s.apply("geq", s.TIME, 0)
    text = s.model(
        s.parameters(x=1),
        s.events(
            f"<event id='E'><trigger>{s.math(trigger)}</trigger><listOfEventAssignments>"
            f"<eventAssignment variable='x'>{s.math(2)}</eventAssignment></listOfEventAssignments></event>"
        ),
        head=s.LEVEL_2,
    )
    (event,) = read_system(text).system.events
    assert (event.before, event.persistent, event.values_from_trigger) == (True, True, True)
    assert course(text, [1.0])[0]["x"] == 1.0


def test_what_the_file_calls_infinite_is_an_equation_and_what_it_leaves_out_a_parameter():
    text = s.model(s.parameters(top="INF", missing=None, set_later=None), s.initial(set_later=3))
    system = read_system(text).system
    assert system.equations["top"] == np.inf
    assert np.isnan(system.parameters["missing"])
    assert system.parameters["set_later"] == 3.0


def test_a_long_chain_of_rules_is_read_without_recursion():
    names = [f"p{number}" for number in range(3000)]
    chain = [s.assign(one, s.apply("plus", other, 1)) for one, other in pairwise(names)]
    system = read_system(s.model(s.parameters(**dict.fromkeys(names, 1)), s.rules(*chain))).system
    assert len(system.equations) == 2999


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (s.model(s.parameters(a=1), s.rules(s.assign("a", "a"))), "rules go in a circle: a -> a"),
        (
            s.model(s.parameters(a=1, b=1), s.rules(s.assign("a", "b"), s.assign("b", "a"))),
            "rules go in a circle: a -> b -> a",
        ),
        (s.model(s.parameters(a=1, b=1), s.initial(a="b", b="a")), "values go in a circle: a -> b -> a"),
        (s.model(s.parameters(a=1), s.rules(s.assign("aa", 1))), "'aa' is not defined.*did you mean a"),
        (s.model(s.parameters(a=1), s.rules(s.assign("a", 1), s.moves("a", 1))), "'a' has two rules"),
        (s.model(s.parameters(a=1), s.initial(a=1), s.rules(s.assign("a", 1))), "an assignment rule as well"),
        (s.model(s.species(s.one_species("S"))), "its compartment 'C' is not defined"),
        (s.model(s.events(s.event("<true/>", ("z", 1)))), "'z' is not defined"),
        (s.model(s.parameters(a=1), s.parameters(a=1)), "libSBML"),
        (
            s.model(s.compartments(C=1), s.species(s.one_species("S")), s.rules(s.moves("S", 1)),
                    s.reactions(s.reaction("R", 1, [s.reference("S")]))),
            "it changes 'S', which has a rule",
        ),
        (
            s.model("<listOfReactions><reaction id='R' reversible='false'/></listOfReactions>"),
            "no rate law that can be read",
        ),
    ],
)  # fmt: skip
def test_a_model_that_contradicts_itself_is_told_in_words(text, words):
    with pytest.raises(InputError, match=words):
        read_system(text, "model.xml")


def test_names_of_units_are_words_and_a_unit_that_is_not_defined_is_no_error():
    hour = (
        '<listOfUnitDefinitions><unitDefinition id="h"><listOfUnits><unit kind="second" exponent="1" '
        'scale="0" multiplier="3600"/></listOfUnits></unitDefinition></listOfUnitDefinitions>'
    )
    parameter = (
        '<listOfParameters><parameter id="k" value="1" units="per_hour" constant="true"/></listOfParameters>'
    )
    reading = read_system(s.model(hour, parameter, attributes='timeUnits="h"'))
    assert reading.time_unit == "hour"
    assert reading.units == {"k": "per_hour"}
