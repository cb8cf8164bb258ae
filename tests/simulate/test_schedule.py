"""What is swallowed and done joins what the person already eats, takes and does."""

import pytest

from calciroute.body.assembly import assemble
from calciroute.people.person import parse_person
from calciroute.simulate.regimen import inputs_and_arms
from simulate.people import plan

BARE = '[person]\nsex = "female"\nage_years = 62\n'
NOON_CALCIUM = '[[supplement]]\nproduct = "calcium {mg} mg tablet"\ntimes = "daily {clock} {meal}"\n'


def arms(person, *plans):
    inputs, found = inputs_and_arms(parse_person(BARE + person), plans, assemble(), 1.0, 0)
    return inputs, found


def calcium(mg, clock="12:00", meal="with a meal"):
    return NOON_CALCIUM.format(mg=mg, clock=clock, meal=meal)


def test_calcium_with_a_meal_joins_the_persons_own_meal_and_not_the_reference_diet():
    inputs, (now,) = arms('[diet]\ncalcium = "500 mg"\n' + calcium(400))
    meals = {name: now.inputs.get(name, inputs.values[name]) for name in inputs.values if "meal" in name}
    assert sum(meals.values()) == pytest.approx(900 / 40.078 * 1e6, rel=1e-4)


def test_a_smoker_who_stops_smokes_no_more_and_one_who_goes_on_does_not_smoke_twice():
    smoker = '[habits]\nsmoking = "current"\n'
    for word, change in (("stop", -1.0), ("start", 0.0)):
        _, (_, arm) = arms(smoker, plan(f'[[habit]]\nlever = "smoking"\namount = "{word}"\n'))
        assert [(one.target, one.amount) for one in arm.swallowed] == [("smoking_now", change)]


def test_a_second_medicine_of_one_class_switches_nothing_twice():
    statin = plan('[[medicine]]\nname = "simvastatin"\ndose = "20 mg"\ntimes = "daily 18:00"\n')
    inputs, (_, with_plan) = arms('[medicines]\ntaken = ["atorvastatin 20 mg"]\n', statin)
    assert inputs.values["takes_statin"] == 1.0
    assert with_plan.swallowed == ()
    _, (_, alone) = arms("", statin)
    assert [(one.target, one.amount) for one in alone.swallowed] == [("takes_statin", 1.0)]


def test_a_switch_holds_from_the_first_to_the_last_who_asks_for_it():
    text = '[[medicine]]\nname = "{}"\ndose = "20 mg"\ntimes = "daily 18:00"\nstart_day = {}\nstop_day = {}\n'
    _, (_, arm) = arms("", plan(text.format("simvastatin", 10, 30) + text.format("atorvastatin", 20, 50)))
    assert [(one.time_h / 24, one.amount) for one in arm.swallowed] == [(10, 1.0), (50, -1.0)]


@pytest.mark.parametrize(("second", "on"), [(200, 1.0), (100, None)])
def test_single_doses_of_calcium_count_together(second, on):
    _, (now,) = arms(calcium(300, "10:00", "fasting") + calcium(second, "16:00", "fasting"))
    assert now.inputs.get("takes_calcium_bolus") == on


def test_calcium_at_two_times_is_two_loads_and_at_one_time_one():
    for meal, places in (
        ("fasting", "calcium_dose_1 calcium_dose_2"),
        ("with a meal", "calcium_meal_1 calcium_meal_3"),
    ):
        _, (apart,) = arms(calcium(300, "08:00", meal) + calcium(200, "20:00", meal))
        _, (together,) = arms(calcium(300, "08:00", meal) + calcium(200, "08:00", meal))
        assert [name for name in apart.inputs if name.startswith("calcium")] == places.split()
        assert [name for name in together.inputs if name.startswith("calcium")] == places.split()[:1]


def test_a_product_that_is_never_taken_changes_nothing():
    _, (now,) = arms('[[supplement]]\nproduct = "MK-7 180 mcg softgel"\nadherence = 0.0\n')
    assert now.values({"F_matrix_MK7_softgel": 1.0, "ka_MK7_softgel": 1.0}) == {}
    assert now.swallowed == ()
