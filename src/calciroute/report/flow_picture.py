"""The calcium flow picture with its words, its table and the sum under it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import fields

import numpy as np
import xarray as xr

from calciroute.people.not_for_arms import NOTHING_LEFT_OUT, NotFor
from calciroute.people.not_for_person import NOT_FOR_PERSON
from calciroute.report.amounts import BOUND
from calciroute.report.bands import central, course, level
from calciroute.report.figures.calcium_flow import HAIRLINE, Flows, draw_flow, drawn_width
from calciroute.report.not_for import reason_text
from calciroute.report.numerals import band_text, number, plain_number, with_unit
from calciroute.report.outcome_picture import reason_picture
from calciroute.report.picture import Picture, PictureTable
from calciroute.report.titles import capital

NAME = "calcium_flow"
OUTCOMES = {
    "eaten": "Ca_intake_flow",
    "absorbed": "Ca_absorbed_flow",
    "stool": "Ca_stool_flow",
    "urine": "Ca_urine_flow",
    "to_bone": "Ca_to_bone_flow",
    "from_bone": "Ca_from_bone_flow",
    "artery": "Ca_artery_flow",
    "valve": "Ca_valve_flow",
}
_THIN = ("artery", "valve")
_SUMS = tuple(name for name in OUTCOMES if name not in _THIN)
_GROUP = "flow"
_WORDS = {
    "eaten": "eaten and swallowed",
    "absorbed": "from gut into blood, net",
    "stool": "in stool",
    "urine": "through the kidney, in urine",
    "to_bone": "from blood into bone",
    "from_bone": "from bone into blood",
    "artery": "into the coronary artery wall",
    "valve": "into the aortic valve",
}


def flow_picture(
    dataset: xr.Dataset, arms: Sequence[tuple[str, str]], not_for: NotFor = NOTHING_LEFT_OUT
) -> Picture | None:
    """Picture of where the calcium goes at the end of the run.

    Parameters
    ----------
    dataset : xarray.Dataset
        Result of a run.
    arms : sequence of tuple of str
        Arm and its title, the arm without a plan first; the second is drawn when there is one.
    not_for : NotFor, optional
        What was recognised about person and plans. An arm whose gut, blood, bone or kidney it touches is left
        out; a touched wall of an artery or valve loses its number alone.

    Returns
    -------
    Picture or None
        None when the result lacks a flow; a panel with the reason where no arm is left.
    """
    if any(outcome not in dataset for outcome in OUTCOMES.values()):
        return None
    reason = _reason(not_for, arms[0][0], _SUMS)
    if reason:
        return reason_picture(NAME, "calcium a day", "mg", reason)
    arms = [pair for pair in arms if not _reason(not_for, pair[0], _SUMS)]
    arm, arm_title = arms[1] if len(arms) > 1 else arms[0]
    thin = frozenset(name for name in _THIN if _reason(not_for, arm, (name,)))
    flows = flows_of(dataset, arm)
    if not all(math.isfinite(getattr(flows, field.name)) for field in fields(Flows)) or flows.largest <= 0.0:
        return None
    words = {name: with_unit(_milligrams(getattr(flows, name)), "mg") for name in OUTCOMES}
    words |= dict.fromkeys(thin, NOT_FOR_PERSON)
    title = f"Of {words['eaten']} of calcium eaten a day, {words['absorbed']} reach the blood"
    title += "" if "artery" in thin else f", {words['artery']} the artery wall"
    smaller = "" if "artery" in thin else f" {_smaller(flows)}"
    alternative = (
        f"{title}. Blood gets {words['from_bone']} from bone and gives {words['to_bone']} to bone and "
        f"{words['urine']} to urine; {words['stool']} leave in stool.{smaller}"
    )
    left_out = "".join(
        f" {capital(_WORDS[one])}: {reason_text(_reason(not_for, arm, (one,)))}."
        for one in _THIN
        if one in thin
    )
    return Picture(
        name=NAME,
        title=title,
        subtitle=f"Calcium a day at the end of the run, {arm_title}, mg",
        svg=draw_flow(NAME, flows, words, title, alternative),
        caption=_caption(flows, thin) + left_out,
        alternative=alternative + left_out,
        table=_table(dataset, arms, not_for),
    )


def flows_of(dataset: xr.Dataset, arm: str) -> Flows:
    """Flows at the end of one run of an arm: numbers of one run add up, medians of draws do not.

    Parameters
    ----------
    dataset : xarray.Dataset
        Result of a run.
    arm : str
        Which arm.

    Returns
    -------
    Flows
        Of the central run; of the mean over draws, which adds up too, where that run is missing.
    """
    found: dict[str, float] = {}
    for name, outcome in OUTCOMES.items():
        run = central(dataset, outcome, "main", arm)
        values = course(dataset, outcome, arm)[:, -1]
        finite = values[np.isfinite(values)]
        found[name] = float(run[-1]) if run is not None else float(finite.mean()) if finite.size else math.nan
    return Flows(**found)


def balance_words(flows: Flows, left_out: frozenset[str] = frozenset()) -> str:
    """The two sums of the picture, in words and numbers.

    Parameters
    ----------
    flows : Flows
        Of one run.
    left_out : frozenset of str, optional
        Walls that say nothing about this person: they count among what is left over.

    Returns
    -------
    str
        Gut and blood, each with what is left over.
    """
    mg = {name: _milligrams(getattr(flows, name)) for name in OUTCOMES}
    kept = flows.blood_left_over + sum(getattr(flows, name) for name in left_out)
    walls = "".join(f" + {mg[name]} {name}" for name in _THIN if name not in left_out)
    side = "left over for" if _left_over(abs(kept)) == "0" else "kept in" if kept > 0.0 else "given off by"
    return (
        f"Gut: {mg['eaten']} eaten = {mg['absorbed']} absorbed + {mg['stool']} stool, left over "
        f"{_left_over(flows.gut_left_over)} mg. "
        f"Blood: {mg['absorbed']} absorbed + {mg['from_bone']} out of bone = {mg['to_bone']} into bone + "
        f"{mg['urine']} urine{walls}, {side} blood and soft tissue "
        f"{_left_over(abs(kept))} mg. Each number is rounded by itself."
    )


def _caption(flows: Flows, left_out: frozenset[str]) -> str:
    parts = ["Width is mg a day, in the central run."]
    if "artery" not in left_out:
        parts += [_smaller(flows), _thinner(flows)]
    parts.append(balance_words(flows, left_out))
    return " ".join(part for part in parts if part)


def _milligrams(value: float) -> str:
    """Whole mg; thousandths stay what they are."""
    return number(value, 0) if abs(value) >= 10.0 else plain_number(value, 2)


def _left_over(value: float) -> str:
    return number(value, 1) if abs(value) >= 0.05 else "0"


def _smaller(flows: Flows) -> str:
    if flows.artery <= 0.0:
        return "No calcium is laid down in the artery wall at the end of this run."
    times = plain_number(flows.eaten / flows.artery, 1)
    return f"What the artery wall takes is about {times} times smaller than what is eaten."


def _thinner(flows: Flows) -> str:
    true_width = drawn_width(flows.artery, flows.largest)
    if not 0.0 < true_width < HAIRLINE:
        return ""
    times = plain_number(HAIRLINE / true_width, 1)
    return f"Its line is drawn about {times} times too wide: to scale nobody could see it."


def _reason(not_for: NotFor, arm: str, names: Iterable[str]) -> str:
    return next((why for name in names if (why := not_for.reason_in(arm, OUTCOMES[name], _GROUP))), "")


def _table(dataset: xr.Dataset, arms: Sequence[tuple[str, str]], not_for: NotFor) -> PictureTable:
    head = ["Flow", *(capital(title) for _, title in arms)]
    rows = [
        (
            _WORDS[name],
            *(
                NOT_FOR_PERSON
                if not_for.reason_in(arm, outcome, _GROUP)
                else band_text(level(dataset, outcome, arm), "", 2 if name in _THIN else 3)
                for arm, _ in arms
            ),
        )
        for name, outcome in OUTCOMES.items()
    ]
    caption = f"Calcium flows at the end of the run, mg{BOUND}a{BOUND}day: median and 90 % band"
    return PictureTable(caption, tuple(head), tuple(rows))
