"""The whole check, and the ties between data tables."""

from __future__ import annotations

import pytest

from broken_tables import broken_copy
from calciroute.tables.check import check_all_tables
from calciroute.tables.claims import read_claims
from calciroute.tables.studies import read_studies
from calciroute.tables.table_links import claim_problems, outcome_problems, source_problems, study_problems


@pytest.mark.holds("check_all_tables")
def test_the_shipped_tables_and_texts_are_sound():
    assert [str(problem) for problem in check_all_tables()] == []


def _told(problems):
    return [str(problem) for problem in problems]


def test_a_finding_of_an_unknown_study_is_noticed():
    told = _told(study_problems([("x.csv:2", "knapen2051", "ucOC")], read_studies()))
    assert told == [
        "x.csv:2: study 'knapen2051' is not in studies.csv. Expected: a study_id. Try: 'knapen2015'."
    ]


def test_a_finding_of_a_withheld_study_is_noticed():
    told = _told(study_problems([("x.csv:2", "shea2009", "CAC_agatston")], read_studies()))
    assert told == [
        "x.csv:2: a result of shea2009, whose results are withheld. Expected: no row. Try: take the row out."
    ]


def test_an_outcome_must_stand_by_its_id():
    told = _told(
        outcome_problems([("x.csv:2", "", "CAC"), ("x.csv:3", "", "spleen"), ("x.csv:4", "", "MK7")])
    )
    assert [line.split(":")[1] for line in told] == ["2", "3", "4"]
    assert "Try: 'CAC_agatston'" in told[0]
    assert _told(outcome_problems([("x.csv:2", "", "CAC_agatston"), ("x.csv:3", "", "t_max")])) == []


def test_a_claim_that_names_an_unknown_study_is_noticed(tmp_path):
    copy = broken_copy(tmp_path, "claims.csv", {"claim_id": "C001"}, {"best_evidence_for": "booth2033"})
    assert "study 'booth2033' is not in studies.csv" in "".join(
        _told(claim_problems(read_claims(copy), read_studies()))
    )


def test_each_key_of_a_source_cell_must_resolve():
    told = _told(source_problems([("x.csv:2", "knapen2015; knapen2051"), ("x.csv:3", "")]))
    assert len(told) == 1
    assert "source 'knapen2051' is not in references.bib" in told[0]
