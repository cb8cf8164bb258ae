"""One function that checks every text table and model text, for ``verify``, pre-commit and the tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from calciroute.errors import Problem, TableError
from calciroute.tables import medicine_names, self_check
from calciroute.tables.body_units import read_body_units
from calciroute.tables.bone_density import read_density_references, read_density_scales
from calciroute.tables.claims import read_claims
from calciroute.tables.csv_table import Row
from calciroute.tables.daily_values import read_daily_values, read_salts
from calciroute.tables.diary_headings import read_diary_headings
from calciroute.tables.dishes import read_dishes
from calciroute.tables.dose_response import read_dose_response
from calciroute.tables.filled_foods import filled_foods
from calciroute.tables.filtration_equation import read_filtration_rows
from calciroute.tables.food_nutrients import read_food_nutrients
from calciroute.tables.food_spellings import food_spellings
from calciroute.tables.food_table_layouts import column_rows, layout_rows, nutrient_rows
from calciroute.tables.food_words import read_food_marks, read_food_regions, read_food_words
from calciroute.tables.foods import read_foods
from calciroute.tables.gates import read_gates
from calciroute.tables.household import (
    diary_words,
    household_rows,
    measure_words,
    number_words,
    portion_weights,
)
from calciroute.tables.interaction_matches import read_interaction_matches
from calciroute.tables.interactions import read_interactions
from calciroute.tables.joining_words import joining_words
from calciroute.tables.journal_rules import read_journal_rules
from calciroute.tables.k2_groups import read_k2_groups
from calciroute.tables.lab_names import read_lab_name_rows
from calciroute.tables.lab_signs import read_lab_signs
from calciroute.tables.lab_tests import read_lab_rows
from calciroute.tables.lab_units import read_lab_unit_rows
from calciroute.tables.label_rules import read_label_rules
from calciroute.tables.label_words import read_label_words
from calciroute.tables.levers import read_levers
from calciroute.tables.lifestyle import read_lifestyle
from calciroute.tables.local_headings import read_local_headings
from calciroute.tables.medicine_words import read_medicine_words
from calciroute.tables.minors import minor_band_rows
from calciroute.tables.model_links import model_problems
from calciroute.tables.nomenclature import read_nomenclature
from calciroute.tables.not_for_person import read_not_for_person
from calciroute.tables.outcomes import read_outcomes
from calciroute.tables.people_fields import FIELD_TABLES, read_people_fields
from calciroute.tables.percentiles import read_percentiles
from calciroute.tables.person_rules import read_conflicts, read_medicine_doses
from calciroute.tables.plan_lines import read_plan_lines
from calciroute.tables.pooled import read_pooled
from calciroute.tables.populations import read_populations
from calciroute.tables.product_holds import read_product_holds
from calciroute.tables.products import read_product_forms, read_substances
from calciroute.tables.protocol import read_protocol
from calciroute.tables.questions import read_questions
from calciroute.tables.reference_bodies import read_reference_bodies
from calciroute.tables.reference_intakes import read_reference_intakes
from calciroute.tables.references import read_references
from calciroute.tables.repeatability import read_repeatability
from calciroute.tables.rules import checked_rows, sourced
from calciroute.tables.safety_limits import safety_limit_rows
from calciroute.tables.self_check_questions import read_self_check_questions
from calciroute.tables.stop_notices import read_stop_notices
from calciroute.tables.studies import read_studies
from calciroute.tables.supplements import read_supplements
from calciroute.tables.symptom_words import read_symptom_words
from calciroute.tables.table_links import link_problems, source_problems, sources_of_numbers
from calciroute.tables.texts import data_text
from calciroute.tables.word_endings import word_endings


def _medicine_rows() -> tuple[Row, ...]:
    return checked_rows(
        data_text("medicine_names.csv"), medicine_names.COLUMNS, ("name", "class"), (sourced,)
    )


def _self_check_rows() -> tuple[Row, ...]:
    return checked_rows(data_text("self_check.csv"), self_check.COLUMNS, ("id",), (sourced,))


# Tables whose rows are plain rows with a source column.
_SOURCED: tuple[Callable[[], tuple[Row, ...]], ...] = (
    read_supplements,
    read_interactions,
    read_lifestyle,
    read_protocol,
    read_reference_intakes,
    read_populations,
    _medicine_rows,
    _self_check_rows,
    read_lab_rows,
    read_lab_unit_rows,
    read_lab_name_rows,
    read_filtration_rows,
    household_rows,
    layout_rows,
    nutrient_rows,
    safety_limit_rows,
    minor_band_rows,
)
_READERS: tuple[Callable[[], object], ...] = (
    read_self_check_questions,
    read_plan_lines,
    read_product_holds,
    read_references,
    read_nomenclature,
    read_studies,
    read_outcomes,
    read_dose_response,
    read_pooled,
    read_claims,
    read_foods,
    read_food_nutrients,
    read_food_words,
    food_spellings,
    filled_foods,
    read_food_marks,
    read_food_regions,
    read_dishes,
    read_gates,
    read_interaction_matches,
    read_stop_notices,
    read_k2_groups,
    read_levers,
    read_substances,
    read_product_forms,
    read_daily_values,
    read_salts,
    read_label_words,
    read_label_rules,
    read_lab_signs,
    read_density_references,
    read_density_scales,
    read_percentiles,
    read_repeatability,
    read_conflicts,
    read_medicine_doses,
    read_body_units,
    read_questions,
    read_not_for_person,
    measure_words,
    portion_weights,
    read_reference_bodies,
    number_words,
    partial(diary_words, "meal"),
    partial(joining_words, "with"),
    word_endings,
    read_symptom_words,
    read_medicine_words,
    read_journal_rules,
    column_rows,
    read_diary_headings,
    read_local_headings,
    *(partial(read_people_fields, name) for name in FIELD_TABLES),
    *_SOURCED,
)


def check_all_tables() -> list[Problem]:
    """Every problem of the shipped tables and model texts.

    Returns
    -------
    list of Problem
        Empty when all is well. Ties between data tables are looked at only when each table can be read.

    Examples
    --------
    >>> print(*check_all_tables(), sep=chr(10), end="")
    """
    problems: list[Problem] = []
    for reader in _READERS:
        try:
            reader()
        except TableError as wrong:
            problems.extend(wrong.problems)
    of_models, numbers = model_problems()
    problems.extend(of_models)
    if len(problems) == len(of_models):
        problems.extend(link_problems())
        problems.extend(source_problems(sources_of_numbers(numbers)))
        problems.extend(source_problems(_sources_of_data()))
    return problems


def _sources_of_data() -> Iterator[tuple[str, str]]:
    for reader in _SOURCED:
        for row in reader():
            yield row.where, row.text("source")
    for left_out in read_not_for_person():
        yield from ((left_out.where, source) for source in left_out.sources)
    for study in read_studies().values():
        yield study.where, study.study_id
    for value in read_daily_values():
        yield f"daily_values.csv: {value.market} {value.substance}", value.source
    for rule in read_repeatability():
        yield rule.where, rule.source
    for one in read_percentiles():
        yield one.where, one.source
    for reference in read_density_references():
        yield reference.where, reference.source
    for scale in read_density_scales().values():
        yield scale.where, scale.source
    for food in read_foods().values():
        yield food.where, food.source
    for amounts in read_food_nutrients().values():
        for amount in amounts.values():
            yield amount.where, amount.source
