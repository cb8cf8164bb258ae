"""Tables, sources and words of an intake's page."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from calciroute.intake.diary_days import NutrientDays
from calciroute.report.amounts import NOT_KNOWN, amount
from calciroute.report.cited import references_of
from calciroute.report.intake_answer import DAILY, IntakeAnswer, shown_nutrients
from calciroute.report.intake_words import known_words, range_words, unit_words
from calciroute.tables.nomenclature import read_nomenclature
from calciroute.tables.reference_intakes import read_reference_intakes

_ADVISED = {
    "AI": "adequate intake: what groups in good health were seen to take, set where more cannot be derived",
    "PRI": "population reference intake: enough for nearly everybody of a group",
    "RDA": "recommended dietary allowance: enough for nearly everybody of a group",
}
_OWN_WORDS = {
    "central, low to high": "the middle and the ends of what analyses of the same food found in the diary's "
    "region, or over all regions where none is given; with one analysis there is no spread",
    "g/d, mg/d, mcg/d": "gram, milligram and microgram a day; 1\u202f000 mcg are 1 mg",
    "SD": "standard deviation: how far single values lie from their mean",
}


def mean_rows(answer: IntakeAnswer) -> list[dict[str, str]]:
    """Nutrients with central amount, range and how much is known, each number with its unit.

    Parameters
    ----------
    answer : IntakeAnswer
        From `calciroute.report.intake_answer.diary_intake`.

    Returns
    -------
    list of dict
        ``name``, ``central``, ``range``, ``known``; the numbers of the terminal's table.
    """
    return [
        {
            "name": one.printed,
            "central": f"{amount(one.mean.central)} {unit_words(one)}" if one.has_centre else NOT_KNOWN,
            "range": _range(one),
            "known": known_words(one),
        }
        for one in shown_nutrients(answer)
    ]


def _range(one: NutrientDays) -> str:
    if not one.known:
        return NOT_KNOWN
    ends = range_words(one.mean)
    if not one.has_centre:
        return f"{ends} + ? {unit_words(one)}"
    return f"{ends} {unit_words(one)}" if " to " in ends else "no spread shows"


def foods_by_day(answer: IntakeAnswer) -> list[dict[str, Any]]:
    """The lines that were found, a group a day.

    Parameters
    ----------
    answer : IntakeAnswer
        From `calciroute.report.intake_answer.diary_intake`.

    Returns
    -------
    list of dict
        ``day`` and ``lines`` with ``written``, ``name``, ``grams`` and ``how``.
    """
    return [
        {
            "day": day,
            "lines": [
                {
                    "written": one.written.text,
                    "name": one.name,
                    "grams": f"{amount(one.weighed.grams)} g",
                    "how": one.weighed.how,
                }
                for one in eaten
            ],
        }
        for day, eaten in groupby(answer.intake.foods.eaten, key=lambda one: one.written.day)
    ]


def sources_of(answer: IntakeAnswer) -> list[tuple[str, str, str]]:
    """Key, citation and address of what stands beside the diary.

    Parameters
    ----------
    answer : IntakeAnswer
        From `calciroute.report.intake_answer.diary_intake`.

    Returns
    -------
    list of tuple of str
        Of reference intakes and of observed ones; empty under a notice.
    """
    ids = {part.strip() for one in answer.references for part in one.row_id.split(",")}
    cells = [row.text("source") for row in read_reference_intakes() if row.text("id") in ids]
    return references_of([*cells, *(one.source for one in answer.observed)])


def words_of(answer: IntakeAnswer) -> list[tuple[str, str]]:
    """Words of the page, each explained once.

    Parameters
    ----------
    answer : IntakeAnswer
        From `calciroute.report.intake_answer.diary_intake`.

    Returns
    -------
    list of tuple of str
        In alphabetical order.
    """
    names = read_nomenclature()
    words = dict(_OWN_WORDS)
    # A meaning without a comma only spells the name out.
    told = [names[name] for name in DAILY if "," in names[name].meaning]
    words |= {one.name: one.meaning for one in (*told, names["dihydro_K1"])}
    words |= {kind: _ADVISED[kind] for kind in {one.kind for one in answer.references} if kind in _ADVISED}
    return sorted(words.items(), key=lambda pair: pair[0].casefold())
