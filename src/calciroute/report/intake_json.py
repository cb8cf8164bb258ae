"""An intake as JSON and as a table of days; purpose first."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict
from typing import Any

from calciroute.intake.diary_days import NutrientDays, Span
from calciroute.intake.diary_items import EatenFood, OpenFood
from calciroute.purpose import PURPOSE
from calciroute.report.intake_answer import IntakeAnswer
from calciroute.report.intake_sentence import intake_sentence
from calciroute.report.intake_words import reference_lines
from calciroute.report.result_folder import INTAKE_KIND
from calciroute.safety.notices import STANDARD_NOTICE

# A spreadsheet takes a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def intake_document(answer: IntakeAnswer) -> dict[str, Any]:
    """An intake as JSON holds it.

    Parameters
    ----------
    answer : IntakeAnswer
        From `calciroute.report.intake_answer.diary_intake`.

    Returns
    -------
    dict
        purpose, standard_notice, kind, answer, notice, diary, nutrients, unsplit, fat_by_meal, foods,
        not_found, references, observed, remarks, notes. Amounts are a day, in the unit beside them. Where too
        many lines are open ``central`` is null.
    """
    intake = answer.intake
    fat = intake.fat_by_meal
    return {
        "purpose": PURPOSE,
        "standard_notice": STANDARD_NOTICE,
        "kind": INTAKE_KIND,
        "answer": intake_sentence(answer),
        "notice": None if answer.notice is None else asdict(answer.notice),
        "diary": {
            "source": intake.foods.where,
            "region": intake.foods.region,
            "days": list(intake.days),
            "lines": len(intake.foods.eaten) + len(intake.foods.open),
            "found": len(intake.foods.eaten),
        },
        "nutrients": {name: _nutrient(one) for name, one in intake.nutrients.items()},
        "unsplit": {holds: asdict(span) for holds, span in intake.unsplit.items()},
        "unseen_by_a_K1_table_ug": None if answer.unseen is None else asdict(answer.unseen),
        "fat_by_meal_g": None
        if fat is None
        else {
            "morning": fat.grams[0],
            "midday": fat.grams[1],
            "evening": fat.grams[2],
            "timed_lines": fat.timed_lines,
            "lines": fat.lines,
        },
        "foods": [_food(one) for one in intake.foods.eaten],
        "not_found": [_open(one) for one in intake.foods.open],
        "references": {
            "body": answer.body,
            "rows": [asdict(one) for one in answer.references],
            "words": reference_lines(answer),
        },
        "observed": [asdict(one) for one in answer.observed],
        "remarks": list(answer.remarks),
        "notes": list(intake.notes),
    }


def _nutrient(one: NutrientDays) -> dict[str, Any]:
    lowest, highest, spread = one.spread
    return {
        "name": one.printed,
        "unit": f"{one.unit}/d",
        "mean": _span(one.mean, one.has_centre),
        "by_day": [_span(day, one.has_centre) for day in one.by_day],
        "lines_known": one.known,
        "lines": one.lines,
        "open_share": one.open_share,
        "grams_known": one.grams_known,
        "grams": one.grams,
        "missing": dict(one.missing),
        "between_days": {"lowest": lowest, "highest": highest, "sd": spread},
        "contributors": [asdict(food) for food in one.contributors],
        "assumed_share": one.assumed_share,
    }


def _span(span: Span, has_centre: bool) -> dict[str, float | None]:
    return {"low": span.low, "central": span.central if has_centre else None, "high": span.high}


def _food(one: EatenFood) -> dict[str, Any]:
    return {
        "where": one.written.where,
        "day": one.written.day,
        "clock_h": one.written.clock_h,
        "written": one.written.text,
        "food": one.food,
        "name": one.name,
        "note": one.note,
        "grams": one.weighed.grams,
        "weighed": one.weighed.how,
        "assumed": one.weighed.assumed,
    }


def _open(one: OpenFood) -> dict[str, Any]:
    return {
        "where": one.written.where,
        "day": one.written.day,
        "written": one.written.text,
        "reason": one.reason,
        "near": [choice.name for choice in one.choices],
    }


def days_table(answer: IntakeAnswer) -> str:
    """Days and nutrients as CSV, one row a day and nutrient.

    Parameters
    ----------
    answer : IntakeAnswer
        From `calciroute.report.intake_answer.diary_intake`.

    Returns
    -------
    str
        ``day,nutrient,unit,low,central,high,purpose``; ``central`` is empty where too many lines are open.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["day", "nutrient", "unit", "low", "central", "high", "purpose"])
    for one in answer.intake.nutrients.values():
        for day, span in zip(answer.intake.days, one.by_day, strict=True):
            centre = f"{span.central:.6g}" if one.has_centre else ""
            row = [day, one.printed, f"{one.unit}/d", f"{span.low:.6g}", centre, f"{span.high:.6g}", PURPOSE]
            writer.writerow([_plain(cell) for cell in row])
    return text.getvalue()


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
