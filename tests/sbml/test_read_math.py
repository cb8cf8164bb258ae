"""Every operator of SBML's mathematics means what the standard says, in the closed vocabulary."""

import math

import pytest

from calciroute.errors import InputError
from calciroute.sbml.read import read_system
from sbml.plain_run import PlainRun
from sbml.sbml_texts import apply, assign, call, functions, model, moves, parameters, rules, symbol

A, B = 0.4, 2.5


def value_of(formula, definitions=""):
    text = model(definitions, parameters(a=A, b=B, n=3, x=None), rules(assign("x", formula)))
    rows, _ = PlainRun(read_system(text).system).course([0.0])
    return rows[0]["x"]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (apply("plus"), 0.0),
        (apply("plus", "a"), A),
        (apply("plus", "a", "b", 1), A + B + 1),
        (apply("times"), 1.0),
        (apply("minus", "a"), -A),
        (apply("minus", "a", "b"), A - B),
        (apply("divide", "a", "b"), A / B),
        (apply("power", "b", 3), B**3),
        (apply("root", "b"), math.sqrt(B)),
        ("<apply><root/><degree><cn>3</cn></degree><ci>b</ci></apply>", B ** (1 / 3)),
        (apply("log", "b"), math.log10(B)),
        ("<apply><log/><logbase><ci>n</ci></logbase><ci>b</ci></apply>", math.log(B) / math.log(3)),
        (apply("ln", "b"), math.log(B)),
        (apply("exp", "a"), math.exp(A)),
        (apply("abs", apply("minus", "b")), B),
        (apply("floor", apply("minus", "b")), -3.0),
        (apply("ceiling", "b"), 3.0),
        (apply("factorial", "n"), 6.0),
        (apply("max", "a", "b", 1), B),
        (apply("min", "a", "b", 1), A),
        (apply("quotient", -7, 2), -3.0),
        (apply("rem", -7, 2), -1.0),
        (apply("sin", "a"), math.sin(A)),
        (apply("sec", "a"), 1 / math.cos(A)),
        (apply("csc", "a"), 1 / math.sin(A)),
        (apply("cot", "a"), 1 / math.tan(A)),
        (apply("sech", "a"), 1 / math.cosh(A)),
        (apply("csch", "a"), 1 / math.sinh(A)),
        (apply("coth", "a"), 1 / math.tanh(A)),
        (apply("arcsec", "b"), math.acos(1 / B)),
        (apply("arccsc", "b"), math.asin(1 / B)),
        (apply("arccot", "b"), math.atan(1 / B)),
        (apply("arcsech", "a"), math.acosh(1 / A)),
        (apply("arccsch", "a"), math.asinh(1 / A)),
        (apply("arccoth", "b"), math.atanh(1 / B)),
        (apply("arctanh", "a"), math.atanh(A)),
        ("<pi/>", math.pi),
        ("<exponentiale/>", math.e),
        ("<infinity/>", math.inf),
        ('<cn type="e-notation">6<sep/>-2</cn>', 0.06),
        ('<cn type="rational">3<sep/>8</cn>', 0.375),
        (symbol("avogadro"), 6.02214179e23),
        (apply("lt", "a", "b"), 1.0),
        (apply("lt", "a", "b", "n"), 1.0),
        (apply("lt", "a", "n", "b"), 0.0),
        (apply("eq", "a", "a", "a"), 1.0),
        (apply("neq", "a", "b"), 1.0),
        (apply("and"), 1.0),
        (apply("or"), 0.0),
        (apply("xor", "<true/>", "<true/>", "<true/>"), 1.0),
        (apply("implies", "<true/>", "<false/>"), 0.0),
        (apply("not", "<false/>"), 1.0),
        # Truth counts as a number, and a number as truth.
        (apply("plus", "<true/>", apply("gt", "b", "a")), 2.0),
        ("<piecewise><piece><ci>b</ci><ci>a</ci></piece><otherwise><cn>0</cn></otherwise></piecewise>", B),
        ("<piecewise><otherwise><ci>a</ci></otherwise></piecewise>", A),
    ],
)
def test_an_operator_has_its_value(formula, expected):
    assert value_of(formula) == pytest.approx(expected, rel=1e-14)


def test_where_no_piece_holds_there_is_no_value():
    piece = apply("gt", "a", "b")
    assert math.isnan(value_of(f"<piecewise><piece><ci>a</ci>{piece}</piece></piecewise>"))


def test_a_function_is_written_out_with_its_arguments():
    defined = functions(
        twice=("x", apply("plus", "x", "x")), outer=("u", "x", apply("minus", call("twice", "u"), "x"))
    )
    assert value_of(call("outer", call("twice", "b"), "a"), defined) == pytest.approx(4 * B - A)


def test_a_function_may_ask_for_the_rate_of_its_argument():
    text = model(
        functions(speed=("x", apply("times", 2, symbol("rateOf", "x")))),
        parameters(p=1.0, k=3.0, q=None),
        rules(moves("p", "k"), assign("q", call("speed", "p"))),
    )
    rows, _ = PlainRun(read_system(text).system).course([0.0])
    assert rows[0]["q"] == 6.0


@pytest.mark.parametrize(
    ("formula", "definitions", "words"),
    [
        ("nix", "", "reads 'nix', which nothing defines"),
        (apply("exp", 1, 2), "", "exp stands with 2 arguments. Expected: 1"),
        (call("f", 1), "", "function 'f' is not defined"),
        (call("f", 1, 2), functions(f=("x", "x")), "function 'f' is called with 2 arguments. Expected: 1"),
        (call("f", 1), functions(f=("x", call("f", "x"))), "function 'f' calls itself"),
        (call("f", 1), functions(f=("x", call("g", "x")), g=("x", call("f", "x"))), "calls itself"),
        (call("f", 1), functions(f=("x", "a")), "reads 'a', which is none of its arguments"),
    ],
)
def test_a_wrong_formula_is_told_in_words(formula, definitions, words):
    with pytest.raises(InputError, match=words):
        value_of(formula, definitions)


def test_functions_that_double_sixty_times_are_refused_at_once():
    double = {"f0": ("x", apply("plus", "x", "x"))}
    for number in range(1, 60):
        inner = call(f"f{number - 1}", "x")
        double[f"f{number}"] = ("x", apply("plus", inner, inner))
    with pytest.raises(InputError, match="with its functions written out"):
        value_of(call("f59", "a"), functions(**double))
