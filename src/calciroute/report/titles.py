"""The title of a picture says what is seen: by rules, from the same verdicts as the answer."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import xarray as xr

from calciroute.report.bands import band_of, course, course_bands
from calciroute.report.compared import PLAN_SIDES, Sides, sides_of
from calciroute.report.effect import Effect, Verdict, judge
from calciroute.report.plan_words import duration_words

_MOST = 0.8  # of the final difference counts as having arrived
_STAYS = 0.6  # of the final difference kept from there on counts as staying
_EARLY = 0.5  # of the run


def course_title(
    dataset: xr.Dataset,
    effect: Effect,
    now: str,
    *,
    research: bool,
    sides: Sides = PLAN_SIDES,
    named: bool = False,
) -> str:
    """Title of the course of an outcome in two arms.

    Parameters
    ----------
    dataset : xarray.Dataset
        Result of a run.
    effect : Effect
        What the plan does.
    now : str
        Name of the arm without a plan.
    research : bool
        Where a vitamin K antagonist is taken: the title then names no direction but that of INR.
    sides : Sides, optional
        What the arms are called.
    named : bool, optional
        Whether a movement says of which arm it is: where there are others, and where nothing is added.

    Returns
    -------
    str
        A sentence without a full stop.
    """
    name = capital(effect.name)
    if research and effect.outcome != "INR":
        return f"{name}, {sides.both}: research only"
    if effect.verdict == "unknown":
        return f"{name} is not known"
    if effect.verdict == "no_band":
        return f"{name} from one run, without a band"
    drift = drift_verdict(dataset, effect.outcome, effect.arm, effect.digits)
    if effect.verdict == "same":
        return f"{name} is the same {sides.both}"
    if effect.verdict == "unclear":
        both = drift_verdict(dataset, effect.outcome, now, effect.digits)
        if drift == both and drift in ("falls", "rises"):
            return f"{name} {drift} {sides.both}, with no clear difference"
        return f"{name} shows no clear difference {sides.arm}"
    condition = ", if the unproven link holds" if effect.hangs_on_link else ""
    other = "rises" if effect.verdict == "falls" else "falls"
    if drift == other:
        return f"{name} {drift} more slowly {sides.arm}{condition}"
    if drift != effect.verdict:
        return f"{name} ends {'lower' if effect.verdict == 'falls' else 'higher'} {sides.arm}{condition}"
    of = f" {sides.arm}" if named else ""
    return f"{name} {effect.verdict}{_tempo(dataset, effect, now)}{of}{condition}"


def arms_title(dataset: xr.Dataset, effects: Sequence[Effect], now: str, *, research: bool) -> str:
    """Title of the course of an outcome in several arms.

    Parameters
    ----------
    dataset : xarray.Dataset
        Result of a run.
    effects : sequence of Effect
        One for each arm that is compared, at least one.
    now : str
        Name of the arm as now.
    research : bool
        As for `course_title`.

    Returns
    -------
    str
        Of the arm that moves most where any does; else that none does.
    """
    if len(effects) == 1:
        sides = sides_of(effects[0].arm, alone=True)
        named = sides is not PLAN_SIDES
        return course_title(dataset, effects[0], now, research=research, sides=sides, named=named)
    name = capital(effects[0].name)
    if research and effects[0].outcome != "INR":
        return f"{name} in all arms: research only"
    clear = [effect for effect in effects if effect.clear]
    if clear:
        most = max(clear, key=lambda effect: abs(effect.change.median))
        sides = sides_of(most.arm)
        return course_title(dataset, most, now, research=research, sides=sides, named=True)
    verdicts = {effect.verdict for effect in effects}
    if verdicts == {"unknown"}:
        return f"{name} is not known"
    if verdicts == {"no_band"}:
        return f"{name} from single runs, without a band"
    if verdicts == {"same"}:
        return f"{name} is the same in all arms"
    return f"{name} shows no clear difference between the arms"


def alone_title(dataset: xr.Dataset, outcome: str, name: str, arm: str, digits: int) -> str:
    """Title of a course without any plan.

    Parameters
    ----------
    dataset : xarray.Dataset
        Result of a run.
    outcome, name, arm : str
        Id, printed name, and the arm.
    digits : int
        Significant digits at most.

    Returns
    -------
    str
        A sentence without a full stop.
    """
    words = {
        "falls": "falls when nothing is changed",
        "rises": "rises when nothing is changed",
        "same": "stays where it is",
        "unclear": "shows no clear change",
        "no_band": "from one run, without a band",
        "unknown": "is not known",
    }
    return f"{capital(name)} {words[drift_verdict(dataset, outcome, arm, digits)]}"


def drift_verdict(dataset: xr.Dataset, outcome: str, arm: str, digits: int) -> Verdict:
    """How an outcome moves within one arm from the first to the last day.

    Parameters
    ----------
    dataset : xarray.Dataset
        Result of a run.
    outcome, arm : str
        Names in the dataset.
    digits : int
        Significant digits at most.

    Returns
    -------
    str
        A verdict as `calciroute.report.effect.judge` gives it.
    """
    values = course(dataset, outcome, arm)
    return judge(band_of(values[:, -1] - values[:, 0]), band_of(values[:, 0]), digits)


def capital(text: str) -> str:
    """First letter large, unless it begins a symbol such as dp-ucMGP or cfPWV.

    Parameters
    ----------
    text : str
        Any.

    Returns
    -------
    str
        The rest as it was.

    Examples
    --------
    >>> capital("coronary calcium"), capital("dp-ucMGP"), capital("cfPWV")
    ('Coronary calcium', 'dp-ucMGP', 'cfPWV')
    """
    first = text.split(" ", 1)[0]
    return text if not first.isalpha() or first != first.lower() else text[:1].upper() + text[1:]


def _tempo(dataset: xr.Dataset, effect: Effect, now: str) -> str:
    apart = course(dataset, effect.outcome, effect.arm) - course(dataset, effect.outcome, now)
    median = course_bands(apart)[1]
    days = np.asarray(dataset.coords["time"].values, dtype=float)
    share = median / median[-1]
    arrived = int(np.argmax(share >= _MOST))
    if days[arrived] <= 0.0 or days[arrived] > _EARLY * days[-1]:
        return " over the whole run"
    stays = bool(np.all(share[arrived:] >= _STAYS))
    way = "down" if effect.verdict == "falls" else "up"
    return f" within {duration_words(float(days[arrived]))}" + (f" and stays {way}" if stays else "")
