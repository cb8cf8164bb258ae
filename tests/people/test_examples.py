"""The example files run as they are, and never overwrite."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from calciroute.errors import InputError
from calciroute.intake.diary import read_diary
from calciroute.people.examples import EXAMPLE_NAMES, write_examples
from calciroute.safety.stop import stop_notice
from calciroute.simulate.read_inputs import read_inputs


def test_the_examples_are_the_person_of_the_readme(tmp_path: Path) -> None:
    person_file, plan_file, diary_file = write_examples(tmp_path / "new")
    person, (plan,) = read_inputs(person_file, [plan_file])
    assert (person.sex, person.age_years, person.final_menstrual_period_age_years) == ("female", 62, 51)
    assert (person.weight_kg, person.height_cm) == (66, 165)
    assert person.labs == {"25OHD": 55, "coronary_calcium": 45}
    assert person.medicines.taken == ("atorvastatin 20 mg",)
    assert person.diet.diary == diary_file
    (supplement,) = plan.supplements
    assert supplement.product.amount_of("MK7") == 180
    assert supplement.mean_per_day("MK7") == pytest.approx(162)
    assert (supplement.times.meal, supplement.assumed) == ("meal with fat", ())
    assert stop_notice(person, [plan]) is None


def test_the_example_week_is_known_for_almost_every_food(tmp_path: Path) -> None:
    diary = read_diary(write_examples(tmp_path)[2], "NL")
    assert diary.days == 7
    assert diary.reasons() == {}
    assert all(amount.known >= 0.95 * amount.items for amount in diary.amounts.values())
    assert 50 < diary.known_amounts()["K1"] < 150
    assert 600 < diary.known_amounts()["calcium"] < 1300


def test_commented_lines_of_the_examples_hold_too(tmp_path: Path) -> None:
    """A person who takes the hash off a line must not meet an error."""
    person, plan, _ = write_examples(tmp_path)
    for path in (person, plan):
        text = path.read_text("utf-8")
        opened = re.sub(r"^# (?=\[|\w+ = )", "", text, flags=re.MULTILINE)
        assert opened.count("\n#") < text.count("\n#")
        path.write_text(opened, encoding="utf-8")
    read_inputs(person, [plan])


@pytest.mark.parametrize("name", EXAMPLE_NAMES)
def test_nothing_is_overwritten(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="left as it is"):
        write_examples(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text("utf-8") == "mine"


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "here").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="this is a file"):
        write_examples(tmp_path / "here")
