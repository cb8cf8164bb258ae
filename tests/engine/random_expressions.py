"""Hypothesis strategies for expressions, and values that belong to them.

Arguments are kept where an operator has a value: a logarithm reads 0.5 + x^2, an arcsine tanh x. What jumps
(floor, comparisons, piecewise) reads names themselves, so that rounding cannot decide it.
"""

from hypothesis import strategies as st

from calciroute.equations.expression import TIME, Call

PARAMETERS = ("a", "b", "c")
STATES = ("x", "y", "z")
NUMBERS = st.floats(-3.0, 3.0).map(lambda value: round(value, 3))
ANALYTIC_ONE = ("negate", "exp", "sin", "cos", "sinh", "cosh", "tanh", "arctan", "arcsinh")
JUMPS = (
    "floor",
    "ceiling",
    "lt",
    "le",
    "gt",
    "ge",
    "eq",
    "ne",
    "quotient",
    "remainder",
    "and",
    "or",
    "xor",
    "not",
)


def positive(inner):
    """0.5 + inner^2."""
    return Call("plus", (0.5, Call("times", (inner, inner))))


def small(inner):
    """Between -1 and 1; smooth, so what grows fast is fed with it."""
    return Call("tanh", (inner,))


def _smooth(inner):
    two = st.tuples(inner, inner)
    one_of = [
        st.lists(inner, min_size=0, max_size=4).map(lambda items: Call("plus", tuple(items))),
        st.lists(inner, min_size=0, max_size=3).map(lambda items: Call("times", tuple(items))),
        two.map(lambda pair: Call("minus", pair)),
        two.map(lambda pair: Call("divide", (pair[0], positive(pair[1])))),
        inner.map(lambda item: Call("ln", (positive(item),))),
        two.map(lambda pair: Call("power", (positive(pair[0]), small(pair[1])))),
        st.tuples(inner, st.integers(-4, 20)).map(
            lambda pair: Call("power", (small_or_positive(*pair), float(pair[1])))
        ),
        st.tuples(inner, st.sampled_from((0.5, 1.5, -0.5, 2.25))).map(
            lambda pair: Call("power", (positive(pair[0]), pair[1]))
        ),
        inner.map(lambda item: Call("tan", (small(item),))),
        inner.map(lambda item: Call("arcsin", (Call("times", (0.9, small(item))),))),
        inner.map(lambda item: Call("arccos", (Call("times", (0.9, small(item))),))),
        inner.map(lambda item: Call("arccosh", (Call("plus", (1.1, Call("times", (item, item)))),))),
        inner.map(lambda item: Call("arctanh", (Call("times", (0.9, small(item))),))),
        *(inner.map(lambda item, name=name: Call(name, (small(item),))) for name in ANALYTIC_ONE),
    ]
    return st.one_of(one_of)


def small_or_positive(inner, exponent):
    """A base for a whole power: of any sign, but not near 0 where the power is negative."""
    return small(inner) if exponent >= 0 else positive(inner)


LEAVES = st.one_of(st.sampled_from((*PARAMETERS, *STATES)), NUMBERS, st.just(TIME))
NAMES = st.sampled_from((*PARAMETERS, *STATES))
SMOOTH = st.recursive(LEAVES, _smooth, max_leaves=12)


def _jump(draw):
    name = draw(st.sampled_from(JUMPS))
    count = 1 if name in {"floor", "ceiling", "not"} else 2
    return Call(name, tuple(draw(NAMES) for _ in range(count)))


@st.composite
def jumping(draw):
    """An expression with steps: of names, or chosen between smooth ones, or their least, largest, size."""
    kind = draw(st.sampled_from(("step", "piecewise", "extreme", "size")))
    if kind == "step":
        return Call("times", (_jump(draw), draw(SMOOTH)))
    if kind == "piecewise":
        pairs = [item for _ in range(draw(st.integers(1, 3))) for item in (draw(SMOOTH), _jump(draw))]
        return Call("piecewise", (*pairs, draw(SMOOTH)))
    if kind == "extreme":
        return Call(
            draw(st.sampled_from(("min", "max"))), tuple(draw(st.lists(SMOOTH, min_size=1, max_size=4)))
        )
    return Call("abs", (draw(SMOOTH),))


ANY = st.one_of(SMOOTH, jumping())
# Multiples of 2**-20: a quotient is whole or far from it, so that rounding cannot decide a remainder.
VALUES = st.one_of(
    st.floats(-2.5, 2.5).map(lambda value: round(value * 2**20) / 2**20),
    st.sampled_from((0.0, 1.0, -1.0, 2.0, 49.0, -7.0)),
)
POINTS = st.fixed_dictionaries(dict.fromkeys((*PARAMETERS, *STATES), VALUES))
