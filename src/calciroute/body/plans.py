"""What is known of the body beside its equations: what comes to rest, a woman's past, what may be averaged.

All plans stand in ``physiology/whole_body.toml``. They change no equation and stand outside the model's hash.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from calciroute.tables.texts import physiology_text


@dataclass(frozen=True)
class RestPlan:
    """What is brought to rest, and which inputs are held meanwhile.

    Parameters
    ----------
    states : tuple of str
        Ids of positive states.
    hold : dict of str to float
        Inputs set while rest is sought, in declared units.
    """

    states: tuple[str, ...]
    hold: dict[str, float]


@dataclass(frozen=True)
class HistoryPlan:
    """How a woman is carried through her menopause.

    Parameters
    ----------
    slow_states : tuple of str
        States that follow the regulated core and feed nothing back: at their own rest for a person who has no
        history.
    begins_before_FMP_y : float
        Years before the final menstrual period at which the history begins.
    needed_before_FMP_y : float
        From so many years before it on, a woman has a history.
    hold : dict of str to float
        Inputs held during the history.
    """

    slow_states: tuple[str, ...]
    begins_before_FMP_y: float
    needed_before_FMP_y: float
    hold: dict[str, float]


@dataclass(frozen=True)
class AnswerPlan:
    """How a dose and the level measured under it are brought together.

    Parameters
    ----------
    number : str
        The larger it is, the less of the level comes from the dose.
    level, dose : str
        Inputs: the level of today, and the dose.
    leads_to : str
        Equation: the level that the present dose leads to.
    """

    number: str
    level: str
    dose: str
    leads_to: str


@dataclass(frozen=True)
class RunInPlan:
    """How what has not been taken for long is run up to day 0.

    Parameters
    ----------
    at_rest_from_days : float
        What has been taken for so long is at rest.
    least_days : int
        Days of doses that end every run-in.
    clocks : tuple of str
        Numbers that count time up to day 0, and are less by its length when a run-in begins.
    hold : dict of str to float
        Inputs held during a run-in, in declared units.
    today : tuple of str
        States that laboratory values, age and habits of day 0 give; they are not run in.
    settled : dict of str to str
        States that start at today's value, and the equations that say where they were before.
    met : dict of str to str
        Numbers that today's value of an id decides: found so that the run-in ends there.
    answer : AnswerPlan
        Of vitamin D.
    """

    at_rest_from_days: float
    least_days: int
    clocks: tuple[str, ...]
    hold: dict[str, float]
    today: tuple[str, ...]
    settled: dict[str, str]
    met: dict[str, str]
    answer: AnswerPlan


@dataclass(frozen=True)
class AveragingPlan:
    """Which linear blocks may be averaged over the period of their doses.

    Parameters
    ----------
    states : tuple of str
        Ids of the states of all blocks.
    doses_to : tuple of str
        Those among them that doses go to.
    period_h : float
        After which doses repeat, hours.
    instants : int
        Of the period, at which rates that bend are evaluated.
    """

    states: tuple[str, ...]
    doses_to: tuple[str, ...]
    period_h: float
    instants: int


@cache
def rest_plan() -> RestPlan:
    """The regulated core.

    Returns
    -------
    RestPlan
        Section ``[rest]``.

    Examples
    --------
    >>> rest_plan().hold
    {'ageing': 0.0}
    """
    section = _section("rest")
    return RestPlan(tuple(section["states"]), _numbers(section["hold"]))


@cache
def whole_plan() -> RestPlan:
    """The regulated core and the slow states that follow it.

    Returns
    -------
    RestPlan
        States of both sections.

    Examples
    --------
    >>> whole_plan().states[-1]
    'bone_quality'
    """
    return RestPlan(rest_plan().states + history_plan().slow_states, rest_plan().hold)


@cache
def history_plan() -> HistoryPlan:
    """The years around the menopause.

    Returns
    -------
    HistoryPlan
        Section ``[history]``.

    Examples
    --------
    >>> history_plan().begins_before_FMP_y
    10.0
    """
    section = _section("history")
    return HistoryPlan(
        tuple(section["slow_states"]),
        float(section["begins_before_FMP_y"]),
        float(section["needed_before_FMP_y"]),
        _numbers(section["hold"]),
    )


@cache
def run_in_plan() -> RunInPlan:
    """The weeks and months before day 0.

    Returns
    -------
    RunInPlan
        Section ``[run_in]``.

    Examples
    --------
    >>> run_in_plan().met
    {'calcidiol_start': 'calcidiol', 'INR_target': 'INR'}
    """
    section = _section("run_in")
    return RunInPlan(
        float(section["at_rest_from_days"]),
        int(section["least_days"]),
        tuple(section["clocks"]),
        _numbers(section["hold"]),
        tuple(section["today"]),
        dict(section["settled"]),
        dict(section["met"]),
        AnswerPlan(**section["answer"]),
    )


@cache
def averaging_plan() -> AveragingPlan:
    """The kinetics of vitamin K.

    Returns
    -------
    AveragingPlan
        Section ``[averaged]``.

    Examples
    --------
    >>> averaging_plan().doses_to
    ('K1_gut', 'MK4_gut', 'MK7_gut', 'MK89_gut')
    """
    section = _section("averaged")
    return AveragingPlan(
        tuple(name for block in section["block"] for name in block["states"]),
        tuple(name for block in section["block"] for name in block["doses_to"]),
        float(section["period_h"]),
        int(section["instants"]),
    )


def _section(name: str) -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads(physiology_text("whole_body.toml").read_text("utf-8"))[name]
    return found


def _numbers(table: dict[str, Any]) -> dict[str, float]:
    return {name: float(value) for name, value in table.items()}
