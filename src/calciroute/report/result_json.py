"""``result.json``: purpose, result and run; the result is the same bytes wherever the same run is made.

Floats are rounded to `FLOAT_DIGITS` significant digits, in Python's shortest text; keys are sorted; what is
not known is null, never NaN.
"""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from calciroute.errors import InputError, Problem
from calciroute.people.not_for_arms import NotFor
from calciroute.purpose import PURPOSE
from calciroute.report.bands import Band, central, course, course_bands
from calciroute.report.build import Report
from calciroute.report.chance import Chance
from calciroute.report.chance_words import chance_record
from calciroute.report.effect import Effect
from calciroute.report.labs import lab_record
from calciroute.report.standing import standing_record
from calciroute.report.trials_beside import TrialsBeside
from calciroute.simulate.narrowed import Narrowed
from calciroute.simulate.result import Simulation
from calciroute.tables.people_text import decode_people_text

KIND, SCHEMA = "calciroute simulation of one person", 1
FLOAT_DIGITS = 6  # one more than the solver's relative tolerance lets stand
_LARGEST = 200_000_000  # bytes; a result of ours is under one million
_EXPECTED = "a result.json that calciroute simulate wrote"


def result_of(report: Report, simulation: Simulation) -> dict[str, Any]:
    """The part of a result that depends on inputs, model and seed alone.

    Parameters
    ----------
    report : Report
        From `calciroute.report.build.build_report`.
    simulation : Simulation
        The run it was built from.

    Returns
    -------
    dict
        Ready for `canonical`: texts, numbers, lists and dicts.
    """
    dataset = simulation.dataset
    record = simulation.provenance
    notice = report.notice
    return {
        "kind": KIND,
        "schema": SCHEMA,
        "float_digits": FLOAT_DIGITS,
        "model": record.get("model", {}),
        "inputs": record.get("inputs", {}),
        "by_hand": list(report.by_hand),
        "answer": list(report.answer.sentences),
        "remarks": list(report.answer.remarks),
        "notice": None
        if notice is None
        else {
            "kind": notice.kind,
            "title": notice.title,
            "lines": list(notice.lines),
            "who_to_talk_to": list(notice.who_to_talk_to),
            "gates": list(notice.gates),
        },
        "arms": [str(arm) for arm in dataset.coords["arm"].values],
        "draws_done": int(dataset.sizes["draw"]),
        "days": [float(day) for day in dataset.coords["time"].values],
        "outcomes": {
            row.outcome: {
                "name": row.name,
                "unit": row.unit,
                "group": row.group,
                "chance": _chance(report.chance(row.outcome)),
                "not_for_this_person": row.not_for or None,
                "effects": {
                    cell.arm: _effect(cell.effect)
                    | {"trials": _trials(cell.trials)}
                    | _beside_chance(cell.effect, report.chance(row.outcome))
                    for cell in row.plans
                },
            }
            for row in report.table.rows
        },
        "courses": {
            str(name): _courses(simulation, str(name), report.not_for)
            for name in dataset.data_vars
            if "draw" in dataset[name].dims
        },
        "labs": lab_record(simulation.person, [one.field for one in simulation.narrowed]),
        "standing": None if report.standing is None else standing_record(report.standing),
        "not_for_this_person": report.not_for.record(),
        "assumptions": [
            {"field": one.field, "value": one.value, "why": one.why, "source": one.source}
            for one in report.assumptions
        ],
        "dated_readings": [_narrowed(one) for one in simulation.narrowed],
        "notes": list(report.notes),
        "failures": list(report.failures),
        "interrupted": simulation.interrupted,
        "observed": None if report.own is None else report.own.comparison.document(),
    }


def document_of(
    report: Report, simulation: Simulation, written: datetime.datetime | None = None
) -> dict[str, Any]:
    """The whole document.

    Parameters
    ----------
    report, simulation : Report, Simulation
        As for `result_of`.
    written : datetime, optional
        Time of writing; now by default.

    Returns
    -------
    dict
        ``purpose``, ``result``, and ``run`` with time, platform and versions.
    """
    moment = (written or datetime.datetime.now(datetime.UTC)).replace(microsecond=0)
    record = simulation.provenance
    return {
        "purpose": PURPOSE,
        "result": result_of(report, simulation),
        "run": {
            "written": moment.isoformat(),
            "platform": record.get("platform", {}),
            "packages": record.get("packages", {}),
        },
    }


def canonical(value: object) -> str:
    r"""One text for one value: sorted keys, rounded floats, no NaN.

    Parameters
    ----------
    value : object
        Texts, numbers, lists, tuples, mappings, None; arrays of numpy are lists.

    Returns
    -------
    str
        JSON in UTF-8 letters, ending in a line feed.

    Examples
    --------
    >>> canonical({"b": 1 / 3, "a": float("nan")})
    '{"a":null,"b":0.333333}\n'
    """
    return (
        json.dumps(_plain(value), ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
        + "\n"
    )


def read_result(path: Path) -> dict[str, Any]:
    """Read a ``result.json`` back.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    dict
        As `document_of` made it.

    Raises
    ------
    InputError
        When it is absent, too large, no JSON, or of another kind.
    """
    path = Path(path)
    try:
        if path.stat().st_size > _LARGEST:
            raise InputError([Problem(str(path), f"larger than {_LARGEST // 1_000_000} MB", _EXPECTED)])
        # Some shells write what is printed for them in UTF-16.
        document = json.loads(decode_people_text(path.read_bytes(), str(path), _EXPECTED).text)
    except OSError as wrong:
        raise InputError([Problem(str(path), wrong.strerror or "cannot be read", _EXPECTED)]) from wrong
    except (json.JSONDecodeError, RecursionError) as wrong:
        raise InputError([Problem(str(path), "this file is not JSON", _EXPECTED)]) from wrong
    if not is_ours(document):
        raise InputError([Problem(str(path), "this JSON is not a result of calciroute", _EXPECTED)])
    schema = document["result"].get("schema")
    if schema != SCHEMA:
        advice = "the version of calciroute that wrote it"
        raise InputError([Problem(str(path), f"schema {schema}", f"schema {SCHEMA}", advice)])
    return dict(document)


def is_ours(document: object) -> bool:
    """Whether parsed JSON carries our purpose line and kind.

    Parameters
    ----------
    document : object
        Any.

    Returns
    -------
    bool
        The mark by which a folder of ours is known.
    """
    if not isinstance(document, dict) or document.get("purpose") != PURPOSE:
        return False
    result = document.get("result")
    return isinstance(result, dict) and result.get("kind") == KIND


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, np.ndarray):
        return [_plain(inner) for inner in value.tolist()]
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, (float, np.floating)):
        if not math.isfinite(value):
            return None
        rounded = float(f"{float(value):.{FLOAT_DIGITS - 1}e}")
        return 0.0 if rounded == 0.0 else rounded
    return int(value) if isinstance(value, np.integer) else value


def _band(band: Band) -> dict[str, float | int]:
    return {"median": band.median, "low": band.low, "high": band.high, "draws": band.draws}


def _effect(effect: Effect) -> dict[str, Any]:
    return {
        "start": _band(effect.start),
        "without": _band(effect.without),
        "with": _band(effect.with_plan),
        "difference": _band(effect.change),
        "percent_of_without": _band(effect.percent),
        "verdict": effect.verdict,
        "hangs_on_link": effect.hangs_on_link,
        "difference_without_link": effect.without_link,
        "not_for_this_person": effect.not_for or None,
    }


def _chance(chance: Chance | None) -> dict[str, Any] | None:
    return None if chance is None else chance_record(chance)


def _beside_chance(effect: Effect, chance: Chance | None) -> dict[str, Any]:
    return {"beside_chance": None if chance is None else chance.verdict(effect.change)}


def _narrowed(one: Narrowed) -> dict[str, Any]:
    """What dated readings have said: bands as lower end, median, upper end."""
    return {
        "field": one.field,
        "readings": [{"date": date, "written": written} for date, written in one.readings],
        "quantity": one.quantity,
        "at": one.at,
        "unit": one.unit,
        "people_like_this": _ends(one.before),
        "with_the_readings": _ends(one.after),
        "narrower_percent": one.narrower_percent,
        "start": _ends(one.start),
        "noise_sd": one.noise,
        "carried_years": one.carried_years,
        "chance_of_lower": one.chance_of_lower,
    }


def _ends(band: Sequence[float]) -> dict[str, float]:
    return dict(zip(("low", "median", "high"), band, strict=True))


def _trials(trials: TrialsBeside) -> dict[str, Any]:
    return {
        "certainty": trials.certainty,
        "nearest": [
            {
                "study_id": point.study_id, "arm": point.arm, "vitamer": point.vitamer,
                "dose_ug": point.dose_ug, "days": point.days, "n": point.n, "kind": point.kind,
                "unit": point.unit,
                "estimate": point.estimate, "low": point.low, "high": point.high,
                "population": point.population, "grey": point.grey, "verified": point.verified,
                "note": point.note,
            }
            for point in trials.points
        ],
        "in_words": [{"study_id": trial.study_id, "finding": trial.finding} for trial in trials.unsized],
    }  # fmt: skip


def _courses(simulation: Simulation, outcome: str, not_for: NotFor) -> dict[str, Any]:
    dataset = simulation.dataset
    group = str(dataset[outcome].attrs.get("group", ""))
    # A course that says nothing about this person has its numbers in result.nc alone, marked there.
    arms = [str(arm) for arm in dataset.coords["arm"].values if not not_for.reason_in(arm, outcome, group)]
    found: dict[str, Any] = {"unit": str(dataset[outcome].attrs.get("unit", "1")), "bands": {}, "central": {}}
    for arm in arms:
        low, median, high = course_bands(course(dataset, outcome, arm))
        found["bands"][arm] = {"low": low, "median": median, "high": high}
    for variant in dataset.coords["variant"].values if "variant" in dataset.coords else ():
        runs = {arm: central(dataset, outcome, str(variant), arm) for arm in arms}
        found["central"][str(variant)] = {arm: run for arm, run in runs.items() if run is not None}
    return found
