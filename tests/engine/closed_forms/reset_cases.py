"""Amounts set back to nothing or to a level by the model's own events, and redosing when a level is met."""

import numpy as np

from engine.closed_forms.case import Case
from engine.closed_forms.impulse import course
from engine.closed_forms.regimens import as_doses, every, grid
from engine.closed_forms.responses import bolus, oral
from engine.formula import event, written

KA, K = 1.3, 0.17


def washed_out(when):
    """Everything is gone at one time: dialysis of a textbook, or a new period of a crossover study."""
    return written(
        {"ka": KA, "k": K},
        {"gut": (0, "-ka * gut"), "central": (0, "ka * gut - k * central")},
        events=[event("wash_out", f"time >= {when!r}", {"gut": 0, "central": 0})],
    )


def redosed_at_trough():
    """A dose whenever the amount has fallen to the trough."""
    return written(
        {"k": 0.2, "trough": 20.0, "dose": 80.0},
        {"central": ("trough + dose", "-k * central")},
        events=[event("redose", "central < trough", {"central": "trough + dose"})],
    )


def trough_course(k, trough, dose, times):
    """From trough + dose down to the trough takes log(1 + dose / trough) / k; then all begins again."""
    period = np.log1p(dose / trough) / k
    return (trough + dose) * np.exp(-k * np.mod(times, period))


def cases():
    times = grid(48.0)
    series = every(6.0, 8, 40.0)
    for when in (9.1, 20.0, 33.3):
        # A dose later than the wash-out counts, an earlier one only for outputs before it.
        expected = {
            name: np.where(
                np.array(times) < when,
                course(impulse, series, times),
                course(impulse, [dose for dose in series if dose[0] > when], times),
            )
            for name, impulse in (("gut", bolus(KA)), ("central", oral(KA, K)))
        }
        yield Case(f"washed out at {when:g} h", washed_out(when), times, expected, as_doses("gut", series))
    model = redosed_at_trough()
    # Off the redosing times, where a course has two values.
    later = tuple(0.31 + 1.7 * index for index in range(25))
    for k, trough, dose in ((0.2, 20.0, 80.0), (0.05, 10.0, 10.0), (0.6, 1.0, 99.0), (0.3, 50.0, 5.0)):
        yield Case(
            f"redosed at the trough, k={k:g}, trough {trough:g}",
            model,
            later,
            {"central": trough_course(k, trough, dose, np.array(later))},
            (),
            {"k": k, "trough": trough, "dose": dose},
        )
