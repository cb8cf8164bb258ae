"""Every shipped data table: what it holds, and that each of its rules notices a broken row."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from broken_tables import broken_copy
from calciroute.errors import TableError
from calciroute.tables.bone_density import read_density_references, read_density_scales
from calciroute.tables.claims import read_claims
from calciroute.tables.dose_response import read_dose_response
from calciroute.tables.filtration_equation import read_filtration_rows
from calciroute.tables.food_nutrients import read_food_nutrients
from calciroute.tables.foods import analyses_of, foods_called, read_foods
from calciroute.tables.interactions import read_interactions
from calciroute.tables.lab_names import read_lab_name_rows
from calciroute.tables.lab_tests import read_lab_rows
from calciroute.tables.lab_units import read_lab_unit_rows
from calciroute.tables.lifestyle import read_lifestyle
from calciroute.tables.nomenclature import read_nomenclature
from calciroute.tables.outcomes import read_outcomes
from calciroute.tables.percentiles import read_percentiles
from calciroute.tables.pooled import read_pooled
from calciroute.tables.populations import read_populations
from calciroute.tables.protocol import read_protocol
from calciroute.tables.reference_intakes import read_reference_intakes
from calciroute.tables.repeatability import read_repeatability
from calciroute.tables.studies import read_studies
from calciroute.tables.supplements import read_supplements

BLIND = {
    "diederichsen2022", "hasific2023", "fulton2016", "devries2025", "witham2020", "shea2009", "emaus2010",
}  # fmt: skip

READERS = {
    "studies.csv": read_studies,
    "outcomes.csv": read_outcomes,
    "dose_response.csv": read_dose_response,
    "pooled.csv": read_pooled,
    "claims.csv": read_claims,
    "populations.csv": read_populations,
    "foods.csv": read_foods,
    "food_nutrients.csv": read_food_nutrients,
    "supplements.csv": read_supplements,
    "interactions.csv": read_interactions,
    "lifestyle.csv": read_lifestyle,
    "protocol.csv": read_protocol,
    "reference_intakes.csv": read_reference_intakes,
    "nomenclature.csv": read_nomenclature,
    "bone_density_references.csv": read_density_references,
    "bone_density_scales.csv": read_density_scales,
    "percentiles.csv": read_percentiles,
    "repeatability.csv": read_repeatability,
    "lab_tests.csv": read_lab_rows,
    "lab_units.csv": read_lab_unit_rows,
    "lab_names.csv": read_lab_name_rows,
    "filtration_equation.csv": read_filtration_rows,
}
with Path(__file__).with_name("broken_rows.csv").open(encoding="utf-8", newline="") as _file:
    BROKEN = list(csv.DictReader(_file))


def _cells(text):
    return dict(pair.split("=", 1) for pair in text.split("; "))


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: f"{case['table']}-{case['change']}")
def test_a_broken_row_is_told_with_file_and_line(tmp_path, case):
    copy = broken_copy(tmp_path, case["table"], _cells(case["row"]), _cells(case["change"]))
    with pytest.raises(TableError) as caught:
        READERS[case["table"]](copy)
    told = [str(problem) for problem in caught.value.problems]
    assert any(case["says"] in line for line in told), told
    assert all(problem.where.startswith(str(copy)) for problem in caught.value.problems)
    assert all(problem.where.rsplit(":", 1)[1].isdigit() for problem in caught.value.problems)


def test_every_table_has_a_broken_row_that_is_noticed():
    assert {case["table"] for case in BROKEN} == set(READERS)


def test_two_broken_rows_are_told_at_once(tmp_path):
    first = broken_copy(tmp_path / "one", "studies.csv", {"study_id": "aloia2014"}, {"female_fraction": "2"})
    text = first.read_text("utf-8").replace("rct_parallel", "rct_paralel", 2)
    first.write_text(text, "utf-8")
    with pytest.raises(TableError) as caught:
        read_studies(first)
    assert len(caught.value.problems) == 2  # cells are read before the rules run


@pytest.mark.holds("studies.csv")
def test_the_seven_blind_studies_are_listed_as_withheld():
    assert {study.study_id for study in read_studies().values() if study.results_withheld} == BLIND


def test_no_finding_of_a_blind_study_is_shipped():
    studies = {row.study_id for row in read_outcomes()} | {row.study_id for row in read_dose_response()}
    studies |= {row.text("study_id") for row in read_pooled()}
    assert not studies & BLIND


def test_a_vitamer_that_nobody_measured_is_absent_and_not_zero():
    natto = read_food_nutrients()["natto_us_sr28"]
    assert natto["K1"].value == 23.1
    assert "MK-7" not in natto
    assert read_foods()["natto_us_sr28"].k2_missing_rule == "unknown"


def test_a_range_without_a_value_stays_a_range():
    cheese = read_food_nutrients()["swiss_cheese_any_ch"]["K2"]
    assert (cheese.value, cheese.low, cheese.high) == (None, 2.3, 131.2)


def test_each_number_of_a_food_has_its_own_source_and_state_of_reading():
    natto = read_food_nutrients()["natto_nl"]
    assert natto["MK-7"].source == natto["K1"].source == "schurgersvermeer2000"
    assert natto["MK-5"].verified == "memory"
    assert natto["MK-7"].verified.startswith("http")
    assert natto["calcium"].source == "usda_sr28"


def test_sums_of_forms_agree_with_the_printed_k2():
    foods = read_foods()
    for food_id, amounts in read_food_nutrients().items():
        if foods[food_id].k2_basis == "sum_of_reported_forms" and "K2" in amounts:
            forms = [a.value for name, a in amounts.items() if name.startswith("MK-") and a.value is not None]
            assert sum(forms) == pytest.approx(amounts["K2"].value, abs=0.051), food_id


def test_foods_are_found_by_any_of_their_words_and_ambiguity_is_kept():
    assert foods_called("FERMENTED soybeans") == ("natto",)
    assert foods_called("curd") == ("curd_dahi", "yogurt_whole")
    assert foods_called("gouds") == ()
    assert [food.region for food in analyses_of("natto", "JP")] == ["JP"] * 4
    assert analyses_of("natto")[0].food_id == "natto_nl"


def test_every_row_of_foods_has_at_least_one_number_or_says_it_is_a_gap():
    empty = [f for f in read_foods().values() if f.food_id not in read_food_nutrients()]
    assert all(food.k2_missing_rule == "unknown" for food in empty)


def test_a_dose_three_times_a_week_is_stored_as_its_daily_mean():
    doses = {row.interventions: row.dose_ug for row in read_outcomes() if row.study_id == "caluwe2014"}
    assert doses == {
        "MK-7 360 ug three times a week": 154.3,
        "MK-7 720 ug three times a week": 308.6,
        "MK-7 1080 ug three times a week": 462.9,
    }
