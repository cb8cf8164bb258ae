"""Level 1 writes formulas as text, names instead of ids, and declares nothing constant."""

import pytest

from calciroute.errors import InputError
from calciroute.sbml.read import read_system
from sbml.plain_run import PlainRun

HEAD = '<sbml xmlns="http://www.sbml.org/sbml/level1" level="1" version="2"><model name="m">'
COMPARTMENT = '<listOfCompartments><compartment name="C" volume="2"/></listOfCompartments>'


def level_1(parameters, *rules):
    rows = "".join(f'<parameter name="{name}" value="{value}"/>' for name, value in parameters.items())
    return (
        f"{HEAD}{COMPARTMENT}<listOfParameters>{rows}</listOfParameters>"
        f"<listOfRules>{''.join(rules)}</listOfRules></model></sbml>"
    )


def after(time, text):
    rows, _ = PlainRun(read_system(text, "model.xml").system).course([time])
    return rows[0]


def test_rules_may_change_any_parameter_and_compartment():
    text = level_1(
        {"k": 3, "x": 0},
        '<parameterRule name="x" formula="k*C"/>',
        '<parameterRule type="rate" name="k" formula="1"/>',
        '<compartmentVolumeRule type="rate" compartment="C" formula="0.5"/>',
    )
    row = after(4.0, text)
    assert (row["k"], row["C"]) == pytest.approx((7.0, 4.0))
    assert row["x"] == pytest.approx(28.0)


def test_operators_and_functions_of_the_text_form_have_their_values():
    formula = "pow(k, 2) - k^2/4 + log10(100) + sqr(k) + exp(log(k)) - floor(2.7)"
    row = after(0.0, level_1({"k": 3, "x": 0}, f'<parameterRule name="x" formula="{formula}"/>'))
    assert row["x"] == pytest.approx(9 - 9 / 4 + 2 + 9 + 3 - 2)


def test_a_sum_of_many_terms_stays_flat():
    row = after(0.0, level_1({"k": 2, "x": 0}, f'<parameterRule name="x" formula="k{"+k" * 3000}"/>'))
    assert row["x"] == 6002.0


@pytest.mark.parametrize("formula", ["+".join("k" * 10_001), "(" * 257 + "k" + ")" * 257])
def test_a_formula_that_is_too_long_or_too_deep_is_refused(formula):
    text = level_1({"k": 2, "x": 0}, f'<parameterRule name="x" formula="{formula}"/>')
    with pytest.raises(InputError, match="a formula is too long or too deep"):
        read_system(text, "model.xml")
