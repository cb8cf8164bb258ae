"""Saturable elimination of one compartment: A + Km ln A falls by Vmax t between doses."""

from decimal import Decimal

import numpy as np

from engine.closed_forms.case import Case
from engine.closed_forms.impulse import exact, many_digits
from engine.closed_forms.models import SATURABLE
from engine.closed_forms.regimens import IRREGULAR, as_doses, every, grid

SERIES = {"single": every(24.0, 1, 100.0), "every 8 h": every(8.0, 9, 30.0), "uneven": IRREGULAR}
RATES = {"usual": (5.0, 10.0), "far above Km": (3.0, 0.5), "far below Km": (40.0, 500.0), "slow": (0.4, 25.0)}


def saturable_course(Vmax, Km, series, times):
    Vmax, Km = exact(Vmax), exact(Km)

    def at(t):
        amount, since = Decimal(0), Decimal(0)
        for when, dose in sorted(series):
            if when < t:
                amount = _left(amount, Vmax, Km, exact(when) - since) + exact(dose)
                since = exact(when)
        return float(_left(amount, Vmax, Km, exact(t) - since))

    with many_digits():
        return np.array([at(t) for t in times])


def _left(amount, Vmax, Km, passed):
    """Newton's rule for z = ln A in exp(z) + Km z = constant: convex and rising, so it meets the root."""
    if amount == 0 or passed == 0:
        return amount
    wanted = amount + Km * amount.ln() - Vmax * passed
    z = amount.ln()
    for _ in range(200):
        change = (z.exp() + Km * z - wanted) / (z.exp() + Km)
        z -= change
        if abs(change) < Decimal("1e-45"):
            return z.exp()
    raise ArithmeticError("no root")


def cases():
    times = grid(72.0)
    for name, series in SERIES.items():
        for which, (Vmax, Km) in RATES.items():
            yield Case(
                f"saturable, {which}, {name}",
                SATURABLE,
                times,
                {"central": saturable_course(Vmax, Km, series, times)},
                as_doses("central", series),
                {"Vmax": Vmax, "Km": Km},
            )
