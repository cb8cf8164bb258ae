"""What ties the data tables together: what one names stands in the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from calciroute.errors import Problem, near_names
from calciroute.tables.claims import NO_STUDY, read_claims
from calciroute.tables.csv_table import Row
from calciroute.tables.dose_response import read_dose_response
from calciroute.tables.food_links import food_link_problems
from calciroute.tables.food_nutrients import read_food_nutrients
from calciroute.tables.foods import read_foods
from calciroute.tables.nomenclature import find_name, read_nomenclature
from calciroute.tables.outcomes import read_outcomes
from calciroute.tables.parameters import Parameter
from calciroute.tables.percentiles import read_percentiles
from calciroute.tables.pooled import read_pooled
from calciroute.tables.populations import read_populations
from calciroute.tables.references import read_references
from calciroute.tables.repeatability import read_repeatability
from calciroute.tables.rules import words_of
from calciroute.tables.studies import Study, read_studies

Findings = Iterable[tuple[str, str, str]]


def findings() -> list[tuple[str, str, str]]:
    """Place, study and outcome of every row that reports a finding."""
    rows = [(row.where, row.study_id, row.outcome) for row in read_outcomes()]
    rows += [(row.where, row.study_id, row.outcome) for row in read_dose_response()]
    rows += [(row.where, row.text("study_id"), row.text("outcome")) for row in read_pooled()]
    return rows


def link_problems() -> list[Problem]:
    """Every broken tie between the shipped data tables.

    Returns
    -------
    list of Problem
        Empty when all names resolve.

    Examples
    --------
    >>> link_problems()
    []
    """
    studies = read_studies()
    return [
        *study_problems(findings(), studies),
        *outcome_problems(findings()),
        *claim_problems(read_claims(), studies),
        *outcome_problems((row.where, "", row.text("quantity")) for row in read_populations()),
        *outcome_problems((rule.where, "", rule.outcome) for rule in read_repeatability()),
        *outcome_problems((one.where, "", one.outcome) for one in read_percentiles()),
        *food_problems(),
        *food_link_problems(),
    ]


def study_problems(rows: Findings, studies: Mapping[str, Study]) -> Iterator[Problem]:
    """Findings of studies that are not in the list, or whose results are withheld.

    Parameters
    ----------
    rows : iterable of (str, str, str)
        Place, study and outcome.
    studies : mapping of str to Study
        The list.

    Yields
    ------
    Problem
        One a row.
    """
    for where, study, _ in rows:
        if study not in studies:
            near = near_names(study, studies)
            yield Problem(
                where, f"study '{study}' is not in studies.csv", "a study_id", f"'{near[0]}'" if near else ""
            )
        elif studies[study].results_withheld:
            yield Problem(
                where, f"a result of {study}, whose results are withheld", "no row", "take the row out"
            )


def outcome_problems(rows: Findings) -> Iterator[Problem]:
    """Outcomes that the dictionary does not hold under this id.

    Parameters
    ----------
    rows : iterable of (str, str, str)
        Place, study and outcome.

    Yields
    ------
    Problem
        One a row.
    """
    for where, _, outcome in rows:
        name = find_name(outcome)
        if name is None or name.id != outcome or not name.kinds & {"outcome", "kinetic"}:
            near = [name.id] if name else near_names(outcome, read_nomenclature())
            advice = f"'{near[0]}'" if near else "add it to nomenclature.csv"
            yield Problem(where, f"outcome '{outcome}' is not in nomenclature.csv", "an outcome id", advice)


def claim_problems(claims: Iterable[Row], studies: Mapping[str, Study]) -> Iterator[Problem]:
    """Claims that name a study which is not in the list, or is withheld.

    Parameters
    ----------
    claims : iterable of Row
        Rows of ``claims.csv``.
    studies : mapping of str to Study
        The list.

    Yields
    ------
    Problem
        One a study.
    """
    for row in claims:
        cells = (row.text("best_evidence_for"), row.text("best_evidence_against_or_null"))
        named = [(row.where, study, "") for cell in cells for study in words_of(cell) if study != NO_STUDY]
        yield from study_problems(named, studies)


def food_problems() -> Iterator[Problem]:
    """Amounts of foods that are not in the list, and foods named like no other row of their kind."""
    foods = read_foods()
    for food_id, amounts in read_food_nutrients().items():
        if food_id not in foods:
            near = near_names(food_id, foods)
            where = next(iter(amounts.values())).where
            yield Problem(
                where, f"food '{food_id}' is not in foods.csv", "a food_id", f"'{near[0]}'" if near else ""
            )
    preferred: dict[str, str] = {}
    for food in foods.values():
        if food.preferred:
            if food.food in preferred:
                yield Problem(
                    food.where, f"{food.food} has two preferred rows", "one", f"see {preferred[food.food]}"
                )
            preferred.setdefault(food.food, food.where)
    for food in foods.values():
        if food.food not in preferred:
            yield Problem(food.where, f"{food.food} has no preferred row", "one row with preferred = yes")
            preferred[food.food] = food.where


def source_problems(sources: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """Sources that ``references.bib`` does not hold.

    Parameters
    ----------
    sources : iterable of (str, str)
        Place and the source cell there, keys parted by ``;``.

    Yields
    ------
    Problem
        One a key.
    """
    known = read_references()
    for where, cell in sources:
        for key in words_of(cell):
            if key not in known:
                near = near_names(key, known)
                advice = f"'{near[0]}'" if near else "add the source to references.bib"
                yield Problem(where, f"source '{key}' is not in references.bib", "a key of that file", advice)


def sources_of_numbers(numbers: Mapping[str, Mapping[str, Parameter]]) -> list[tuple[str, str]]:
    """Place and source cell of every number of the model.

    Parameters
    ----------
    numbers : mapping of str to mapping of str to Parameter
        Tables by name.

    Returns
    -------
    list of (str, str)
        Ready for `source_problems`.
    """
    return [(row.where, row.source) for table in numbers.values() for row in table.values()]
