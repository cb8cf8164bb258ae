"""The table of questions: it points at fields and at questions above, and each rule notices a broken row."""

from __future__ import annotations

import pytest

from broken_tables import broken_copy
from calciroute.errors import TableError
from calciroute.tables.body_units import read_body_units
from calciroute.tables.questions import read_questions


@pytest.mark.parametrize(
    ("row", "changes", "told"),
    [
        ({"id": "age_years"}, {"field": "age_yaers"}, "field 'age_yaers' of [person] is not known"),
        ({"id": "age_years"}, {"kind": "nubmer"}, "kind 'nubmer' is not known"),
        ({"id": "INR"}, {"when": "medicine are warfarin"}, "when 'medicine are warfarin' is not understood"),
        ({"id": "age_years"}, {"when": "draws is 3"}, "when names 'draws'"),
        ({"id": "supplement"}, {"id": "product"}, "group 'supplement' does not begin here"),
        ({"id": "scan_date"}, {"question": "On which day was it measured?"}, "ask something else too"),
        ({"id": "smoking"}, {"help": ""}, "help is empty"),
        ({"id": "smoking"}, {"id": "sex"}, "stands in line 2 too"),
    ],
)
def test_a_broken_row_is_told_with_its_line(tmp_path, row, changes, told):
    copy = broken_copy(tmp_path, "questions.csv", row, changes)
    with pytest.raises(TableError) as caught:
        read_questions(copy)
    assert any(told in str(problem) and "questions.csv:" in str(problem) for problem in caught.value.problems)


def test_the_first_round_is_short():
    alone = [question for question in read_questions() if question.block == "first" and not question.group]
    of_everybody = [question for question in alone if not question.when]
    assert len(of_everybody) <= 12


def test_a_stone_is_fourteen_pounds_and_a_foot_twelve_inches():
    weight, height = read_body_units()["weight_kg"], read_body_units()["height_cm"]
    assert weight["stone"].factor == pytest.approx(14 * weight["lb"].factor)
    assert height["'"].factor == pytest.approx(12 * height['"'].factor)
