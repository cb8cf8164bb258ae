"""Plans: four kinds of change, each with its days, and one arm for each file."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from calciroute.errors import InputError
from calciroute.intake.habits import read_lever_amount
from calciroute.intake.plan import parse_plan, read_plan
from calciroute.simulate.read_inputs import read_inputs
from calciroute.tables.levers import read_levers
from calciroute.tables.nomenclature import folded
from calciroute.tables.people_fields import read_people_fields

WHOLE = """
[[supplement]]
contents = { MK7 = "180 mcg", D3 = "1000 IU" }
form = "tablet"
times = "every 2 days 08:00, 20:00 with a meal"
start_day = 10
stop_day = 100
adherence = 0.5
[[medicine]]
name = "warfarin"
dose = "5 mg"
times = "daily 18:00"
[[habit]]
lever = "modest salt reduction"
amount = "−4.4 g of salt a day"
[[food]]
food = "natto"
grams = 40
times = "weekly"
"""


def test_a_whole_plan_is_read() -> None:
    plan = parse_plan(WHOLE, "mine.toml")
    assert plan.name == "mine"
    (supplement,) = plan.supplements
    assert (supplement.start_day, supplement.stop_day) == (10, 100)
    assert supplement.mean_per_day("MK7") == pytest.approx(90)
    assert supplement.mean_per_day("D3") == pytest.approx(12.5)
    (medicine,) = plan.medicines
    assert (medicine.name, medicine.dose_mg, medicine.times.clock_h) == ("warfarin", 5.0, (18.0,))
    (habit,) = plan.habits
    assert (habit.input, habit.amount) == ("sodium_change", pytest.approx(-75.3, abs=0.1))
    (food,) = plan.foods
    assert (food.food, food.grams, food.times.every_days) == ("natto", 40, 7)
    assert food.assumed == ("clock", "meal", "adherence")
    assert plan.medicines[0].where == "mine.toml:9"


def test_every_example_of_the_field_table_is_accepted() -> None:
    together = {"contents", "form"}
    for section, fields in read_people_fields("plan_fields.csv").items():
        for skipped in ({"product"}, together) if section == "supplement" else (set(),):
            lines = [field.pattern for field in fields.values() if field.field not in skipped]
            plan = parse_plan(f"[[{section}]]\n" + "\n".join(lines))
            assert len(plan.supplements + plan.medicines + plan.habits + plan.foods) == 1


@pytest.mark.parametrize(
    ("lever", "text", "amount"),
    [
        ("walking", "150 min/week", 1.0),
        ("walking", "75 minutes per week", 0.5),
        ("walking", "300 min/week", 1.0),
        ("yoga", "3 sessions a week", 1.0),
        ("slow_breathing", "7 sessions/week", 1.0),
        ("sodium", "-50 mmol/d", -50.0),
        ("sodium", "-1150 mg/d", -50.0),
        ("weight", "-5,5 kg", -5.5),
        ("magnesium", "300 mg a day", 300.0),
        ("smoking", "stop", 0.0),
    ],
)
def test_amounts_of_habits(lever: str, text: str, amount: float) -> None:
    assert read_lever_amount(read_levers()[folded(lever)], text, "", []) == pytest.approx(amount, rel=1e-3)


@pytest.mark.parametrize(
    "text", ["", "150", "much", "stop", "150 steps/day", "nan min/week", "1,500 min/week"]
)
def test_amounts_that_are_not_clear_are_refused(text: str) -> None:
    problems: list[object] = []
    assert read_lever_amount(read_levers()["walking"], text, "", problems) is None  # type: ignore[arg-type]
    assert len(problems) == 1


def test_every_lever_has_units_and_an_example_that_reads() -> None:
    for lever in read_levers().values():
        assert lever.units
        assert read_lever_amount(lever, lever.example.strip('"'), "", []) is not None


def test_all_problems_of_a_table_come_together() -> None:
    text = '[[supplement]]\nproduct = "K2 180 mcg"\ntimes = "now and then"\nadherence = 90\nstart = 3\n'
    with pytest.raises(InputError) as caught:
        parse_plan(text)
    assert sorted(problem.where for problem in caught.value.problems) == [
        f"plan.toml:{n}" for n in (2, 3, 4, 5)
    ]


@pytest.mark.parametrize(
    "name", ["my plan", "plän", "план", "計画", "plan (1)", "K2 + D3", "Anne's", "2026-03"]
)
def test_a_plan_may_be_named_as_people_name_files(name: str, tmp_path: Path) -> None:
    # A Mac writes the two dots of a letter as a sign of their own.
    path = tmp_path / f"{unicodedata.normalize('NFD', name)}.toml"
    path.write_text('[[supplement]]\nproduct = "MK-7 180 mcg"\n', encoding="utf-8")
    assert read_plan(path).name == name


@pytest.mark.parametrize("name", ["stop", "as_now", "-x", "a$b$", "<b>", "x" * 61])
def test_a_name_that_cannot_be_an_arm_is_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.toml"
    path.write_text('[[supplement]]\nproduct = "MK-7 180 mcg"\n', encoding="utf-8")
    with pytest.raises(InputError, match="cannot name an arm"):
        read_plan(path)


def test_two_plans_of_one_name_are_refused(tmp_path: Path) -> None:
    person = tmp_path / "me.toml"
    person.write_text('[person]\nsex = "male"\nage_years = 60\n', encoding="utf-8")
    plans = []
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        plans.append(tmp_path / folder / "plan.toml")
        plans[-1].write_text('[[supplement]]\nproduct = "MK-7 180 mcg"\n', encoding="utf-8")
    with pytest.raises(InputError, match="two plans are named"):
        read_inputs(person, plans)


def test_names_left_without_effect_hold_in_plans_too(tmp_path: Path) -> None:
    person, plan = tmp_path / "me.toml", tmp_path / "plan.toml"
    head = '[person]\nsex = "male"\nage_years = 60\n'
    plan.write_text(
        '[[supplement]]\nproduct = "lycopene 10 mg"\n[[medicine]]\nname = "Zorblax"\ndose = "5 mg"\n',
        encoding="utf-8",
    )
    person.write_text(head, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_inputs(person, [plan])
    assert "lycopene" in str(caught.value)
    person.write_text(head + '[medicines]\nnot_modelled = ["lycopene", "Zorblax"]\n', encoding="utf-8")
    _, (read,) = read_inputs(person, [plan])
    assert not read.supplements[0].product.contents[0].modelled
