"""What a unit dose does in a linear system: a sum of terms c t^n exp(-l t), in 60 decimal digits.

A course is the sum over the doses that came before, so nothing here knows steps or solvers. The digits are
there for rates that lie close together, where the terms cancel.
"""

from decimal import Context, Decimal, localcontext
from math import factorial
from typing import NamedTuple

import numpy as np

_CONTEXT = Context(prec=60, Emin=-999_999, Emax=999_999)


class Term(NamedTuple):
    """c t^n exp(-rate t)."""

    c: Decimal
    rate: Decimal
    n: int = 0


def many_digits():
    """Context in which impulses are made and read."""
    return localcontext(_CONTEXT)


def exact(number):
    """The double itself, digit by digit."""
    return number if isinstance(number, Decimal) else Decimal(float(number))


def scaled(impulse, factor):
    """The response times a number."""
    return tuple(Term(term.c * exact(factor), term.rate, term.n) for term in impulse)


def value(impulse, t):
    """Response at a time after the unit dose; at 0 what it is right after it."""
    t = exact(t)
    if t == 0:
        return sum((term.c for term in impulse if term.n == 0), Decimal(0))
    return sum((c * t**n * (-rate * t).exp() for c, rate, n in impulse), Decimal(0))


def step(impulse, t):
    """Response at a time after the start of a flow of one per unit of time: the integral of the impulse."""
    t, total = exact(t), Decimal(0)
    for c, rate, n in impulse:
        if rate == 0:
            total += c * t ** (n + 1) / (n + 1)
        elif t > 0:
            x = rate * t
            tail = sum((x**k / factorial(k) for k in range(1, n + 1)), Decimal(1))
            total += c * factorial(n) / rate ** (n + 1) * (1 - (-x).exp() * tail)
    return total


def periodic(impulse, interval):
    """The impulse of a dose with all earlier ones, one each interval: steady state (n < 2)."""
    interval, terms = exact(interval), []
    for c, rate, n in impulse:
        q = (-rate * interval).exp()
        if n > 1:
            raise ValueError("no closed sum is written for t^2 and beyond")
        terms.append(Term(c / (1 - q), rate, n))
        if n == 1:
            terms.append(Term(c * interval * q / (1 - q) ** 2, rate))
    return tuple(terms)


def course(impulse, doses, times):
    """Course under (time, amount) doses; a dose counts after its time, not at it."""

    def at(t):
        before = ((exact(t) - exact(when), exact(amount)) for when, amount in doses if when < t)
        return sum((amount * value(impulse, passed) for passed, amount in before), Decimal(0))

    with many_digits():
        return np.array([float(at(t)) for t in times])


def flow_course(impulse, flows, times):
    """Course under (begin, end, amount per time) flows."""

    def at(t):
        total = Decimal(0)
        for begin, end, rate in flows:
            for turn, sign in ((begin, 1), (end, -1)):
                if turn < t:
                    total += sign * exact(rate) * step(impulse, exact(t) - exact(turn))
        return total

    with many_digits():
        return np.array([float(at(t)) for t in times])


def decaying(impulse, times):
    """Course of the impulse itself from time 0 on, as from a start state."""
    with many_digits():
        return np.array([float(value(impulse, t)) for t in times])
