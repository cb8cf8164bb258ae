"""Person and plans from Python: paths, dicts, records; wrong ones are told by key path, all at once."""

import warnings

import pytest

import calciroute
from calciroute.errors import InputError
from calciroute.people.person import parse_person
from calciroute.simulate import run_person
from calciroute.simulate.read_inputs import read_inputs
from calciroute.tables import renamed
from simulate.people import MK7, WOMAN, plan, woman

PERSON = {
    "person": {
        "sex": "female",
        "age_years": 62,
        "final_menstrual_period_age_years": 51,
        "weight_kg": 66,
        "height_cm": 165,
    },
    "labs": {"25OHD": "55 nmol/L", "coronary_calcium": "45 AU"},
    "medicines": {"taken": ["atorvastatin 20 mg"]},
}
PLAN = {
    "supplement": [
        {"product": "MK-7 180 mcg softgel", "times": "daily 08:00 with a meal that has fat", "adherence": 1.0}
    ]
}


def told(person, plans=()):
    with pytest.raises(InputError) as caught:
        read_inputs(person, plans)
    return str(caught.value).splitlines()


def test_a_dict_is_the_person_that_the_file_is():
    found, plans = read_inputs(PERSON, [{"name": "mk7", **PLAN}])
    own = {"source", "text", "places", "lab_readings"}
    assert found.model_dump(exclude=own) == woman().model_dump(exclude=own)
    assert [one.written for one in found.lab_readings] == [one.written for one in woman().lab_readings]
    assert (plans[0].name, plans[0].supplements[0].product) == ("mk7", plan().supplements[0].product)
    assert parse_person(found.text).labs == found.labs


def test_plans_without_a_name_are_counted_and_one_plan_needs_no_list(tmp_path):
    assert [one.name for one in read_inputs(PERSON, [PLAN, PLAN])[1]] == ["plan_1", "plan_2"]
    file = tmp_path / "mk7.toml"
    file.write_text(MK7, "utf-8")
    for one in (str(file), file, PLAN, plan()):
        found = calciroute.simulate_person(PERSON, one, years=0.05, draws=0, variants=())
        assert found.sizes["arm"] == 2


def test_paths_dicts_and_records_give_the_same_numbers(tmp_path):
    (tmp_path / "person.toml").write_text(WOMAN, "utf-8")
    (tmp_path / "mk7.toml").write_text(MK7, "utf-8")
    ways = [
        (PERSON, [{"name": "mk7", **PLAN}]),
        (tmp_path / "person.toml", [str(tmp_path / "mk7.toml")]),
        (woman(), (plan(),)),
    ]
    runs = [calciroute.simulate_person(*way, years=0.05, draws=2, variants=()) for way in ways]
    for name in runs[0].data_vars:
        assert len({run[name].values.tobytes() for run in runs}) == 1, name


def test_every_problem_of_every_dict_comes_at_once_with_its_path():
    wrong = {
        "person": {"sex": "femal", "age_years": 620},
        "labs": {"25OHDD": "55 nmol/L"},
        "supplement": [{"product": "MK-7 90 mcg softgel"}, {"product": "X"}],
        "medicines": {"taken": ["xyzzy"]},
    }
    lines = told(wrong, [{"supplement": [{"product": "Y"}]}, {"suplement": []}, 3])
    starts = [line.split(": ")[0] for line in lines]
    assert starts == [
        "person['medicines']['taken'][0]",
        "person['supplement'][1]['product']",
        "plans[0]['supplement'][0]['product']",
        "plans[1]['suplement']",
        "plans[2]",
        "person['person']['sex']",
        "person['person']['age_years']",
        "person['labs']['25OHDD']",
    ]
    assert "Try: '25OHD'" in lines[-1]
    assert "Try: [[supplement]]" in lines[3]


@pytest.mark.parametrize(("person", "plans", "words"), [
    ({"labs": {}}, (), "person: sex is missing"),
    ({"sex": "female"}, (), "person['sex']: 'sex' stands outside its section"),
    (None, (), "person: this is a value of the type NoneType"),
    ("nobody.toml", (), "nobody.toml: this file does not exist"),
    (PERSON, [{"name": "as_now", **PLAN}], "plans[0]: 'as_now' cannot name an arm"),
    (PERSON, [{"name": 3, **PLAN}], "plans[0]['name']: 3 is no text"),
    (PERSON, [{"name": "a", **PLAN}, {"name": "a", **PLAN}], "plans[1]: two plans are named 'a'"),
    (PERSON, [{}], "plans[0]: the plan is empty"),
    ({**PERSON, "diet": {"diary": "no_such.csv"}}, (), "no_such.csv: this file does not exist"),
])  # fmt: skip
def test_what_is_missing_or_of_another_kind_is_told(person, plans, words):
    assert any(line.startswith(words) for line in told(person, plans))


def test_options_are_told_in_the_words_of_python():
    with pytest.raises(InputError) as caught:
        calciroute.simulate_person(PERSON, years=-1, draws=-2)
    assert str(caught.value).startswith("years: -1. ")
    assert "\ndraws: -2. " in str(caught.value)
    with pytest.raises(InputError, match=r"^set: the model has no number 'CL_MK'"):
        calciroute.simulate_person(PERSON, set={"CL_MK": "1 L/h"})
    with pytest.raises(InputError, match=r"^variant: no body is called"):
        calciroute.simulate_person(PERSON, variant="vessel_quick")
    with pytest.raises(TypeError, match="sed"):
        calciroute.simulate_person(PERSON, sed=1)


def test_the_old_word_settings_is_taken_for_one_release_with_a_warning():
    quick = {"years": 0.05, "draws": 0, "variants": ()}
    with pytest.warns(FutureWarning, match="settings= is called set= now"):
        old = calciroute.simulate_person(PERSON, settings={"CL_MK7": "0.7 L/h"}, **quick)
    new = calciroute.simulate_person(PERSON, set={"CL_MK7": "0.7 L/h"}, **quick)
    assert old["serum_mk7_central"].values.tobytes() == new["serum_mk7_central"].values.tobytes()
    with pytest.warns(FutureWarning), pytest.raises(InputError, match="both given"):
        calciroute.simulate_person(PERSON, set={}, settings={}, **quick)


def test_the_old_name_of_a_number_warns_whoever_calls(tmp_path, monkeypatch):
    file = tmp_path / "renamed.csv"
    file.write_text("old,new,since,until,note\nCl_MK7_old,CL_MK7,0.1.0,0.2.0,\n", "utf-8")
    rows = renamed.renamed_in(file)
    for place in ("settings", "public"):
        monkeypatch.setattr(f"calciroute.simulate.{place}.read_renamed", lambda: rows)
    quick = {"years": 0.05, "draws": 0, "variants": ()}
    with pytest.warns(FutureWarning, match="'Cl_MK7_old' is called 'CL_MK7' since 0.1.0") as caught:
        found = calciroute.simulate_person(PERSON, set={"Cl_MK7_old": "0.7 L/h"}, **quick)
    assert caught[0].filename == __file__, "the warning points at the line of the caller"
    assert "is called 'CL_MK7'" in found.attrs["set_by_hand"]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        calciroute.simulate_person(PERSON, set={"CL_MK7": "0.7 L/h"}, **quick)


def test_years_are_those_that_a_result_records():
    whole, third = (run_person(woman(), years=years, draws=0, variants=()) for years in (1, 1 / 3))
    assert repr(whole.provenance["model"]["years"]) == "1.0"
    assert third.provenance["model"]["years"] == 0.333333
    assert float(third.dataset.time[-1]) == float(
        run_person(woman(), years=0.333333, draws=0, variants=()).dataset.time[-1]
    )
