"""The causes that popular articles name: each has an input that moves the artery, or a reason why not."""

import re

import pytest

from calciroute.tables.not_modelled import read_not_modelled
from calciroute.tables.references import read_references
from physiology.artery_body import artery_body, value

SCORE = {"age_start": 62.0, "female": 1.0, "CAC_is_measured": 1.0, "CAC_measured": 45.0}
UNSEEN = {"age_start": 40.0, "female": 1.0, "f_CAC_bolus": 1.22}


@pytest.mark.holds("CAC_drive", "calcification_factor")
@pytest.mark.parametrize(
    ("cause", "person", "with_cause"),
    [
        ("inflammation by IL-6", SCORE, {"IL6_is_measured": 1.0, "IL6_measured": 4.0}),
        ("inflammation by CRP", SCORE, {"CRP_is_measured": 1.0, "CRP_measured": 9.0}),
        ("diabetes", SCORE, {"diabetes": 1.0}),
        ("smoking", SCORE, {"smoking_now": 1.0}),
        ("failing kidneys", SCORE, {"eGFR_start": 30.0}),
        ("phosphate", SCORE, {"Pi_relative": 1.2}),
        ("high calcium without cofactors: a bolus outside meals", UNSEEN, {"takes_calcium_bolus": 1.0}),
        ("lack of vitamin K, as with few ferments", SCORE, {"MGP_carboxylation": 0.6}),
    ],
)
def test_a_named_cause_hastens_calcium(
    cause: str, person: dict[str, float], with_cause: dict[str, float]
) -> None:
    assert value("CAC_x_rate", person | with_cause) > value("CAC_x_rate", person), cause


@pytest.mark.parametrize("output", ["CAC_x_rest", "AVC_x_rest", "PWV_structural_rest", "MAP", "SBP"])
def test_ageing_raises_what_is_not_measured(output: str) -> None:
    assert value(output, {"age_start": 70.0}) > value(output, {"age_start": 60.0})


@pytest.mark.parametrize(
    "named",
    ["insulin resistance", "fermented foods", "omega-3", "vitamin A", "teeth", "oxygen delivery", "stress"],
)  # fmt: skip
def test_the_others_are_listed_with_their_reason(named: str) -> None:
    row = next(row for row in read_not_modelled() if named in row.item)
    assert len(row.reason.split()) > 4


def test_reasons_cite_known_sources_and_name_inputs_that_exist() -> None:
    known = artery_body().numbers
    elsewhere = {"takes_statin", "takes_broad_antibiotic", "takes_DOAC"}
    for row in read_not_modelled():
        assert set(row.sources) <= set(read_references()), row.item
        for name in re.findall(r"\b\w+_\w+\b", row.instead):
            assert name in known or name in elsewhere, f"{row.item}: {name}"
