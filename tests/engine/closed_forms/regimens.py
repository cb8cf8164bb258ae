"""Dose series and time grids: (time, amount) pairs, hours and mg."""

from engine.closed_forms.case import Dose


def every(interval, count, amount, first=0.0):
    """A dose, then further ones at one interval: what dosing tables write as ADDL and II."""
    return tuple((first + interval * index, amount) for index in range(count))


# Nobody's clock: uneven times and amounts, one pair at one time.
IRREGULAR = (
    (0.0, 100.0),
    (7.25, 40.0),
    (7.25, 60.0),
    (13.0, 100.0),
    (29.5, 250.0),
    (30.0, 10.0),
    (61.1, 100.0),
)


def as_doses(target, series):
    """The series as doses into a state."""
    return tuple(Dose(time, target, amount) for time, amount in series)


def as_flows(target, flows):
    """(begin, end, rate) flows as doses into a parameter: the rate is added, and later taken off."""
    turns = []
    for begin, end, rate in flows:
        turns += [Dose(begin, target, rate), Dose(end, target, -rate)]
    return tuple(turns)


def grid(end, points=25):
    """Times from 0 to the end, evenly spread; doses at full hours often coincide with them."""
    return tuple(end * index / (points - 1) for index in range(points))
