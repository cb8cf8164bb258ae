"""A plan is made from passed gates alone, and holds only what the rules leave of it."""

from __future__ import annotations

import datetime

import pytest

from calciroute.guide.plan import ThirtyDayPlan, make_plan
from calciroute.guide.plan_items import draft_plan
from calciroute.intake.plan import parse_plan
from calciroute.people.person import parse_person
from calciroute.safety.gates import ask_gates
from guide.persons import HEAD, NATTO_WEEK, passing

DAY_1 = datetime.date(2026, 12, 1)


def _gates(text, plans=(), folder=None):
    person = parse_person(text, folder=folder) if folder else parse_person(text)
    draft = draft_plan(person, plans)
    return ask_gates(person, draft.items, medicines=draft.medicines), draft


def _plan(text, plans=(), folder=None):
    gates, draft = _gates(text, plans, folder)
    assert gates.passed, gates.notice
    return make_plan(gates, draft, DAY_1)


def _lines(plan):
    return {line.row.line for line in plan.lines}


def _left(plan):
    return {left.title: " ".join(left.why) for left in plan.left_out}


def test_somebody_who_passes_gets_food_movement_breathing_rest_and_checks():
    plan = _plan(passing())
    assert {"greens", "walk_1", "bridge", "legs_up", "triangle", "sun", "slow", "sleep"} <= _lines(plan)
    assert {"day_7", "day_14", "day_30"} <= _lines(plan)
    assert plan.left_out == ()


def test_closed_gates_make_no_plan():
    gates, draft = _gates(passing(Q007=None, head=HEAD.replace('"male"', '"female"')))
    assert not gates.passed
    with pytest.raises(TypeError, match="passed gates alone"):
        make_plan(gates, draft, DAY_1)
    with pytest.raises(TypeError, match="passed gates alone"):
        ThirtyDayPlan(gates, DAY_1, (), (), ())


def test_gates_of_another_person_or_other_items_make_no_plan():
    gates, draft = _gates(passing())
    _, other = _gates(passing(head=HEAD.replace("62", "63")))
    with pytest.raises(ValueError, match="another person"):
        make_plan(gates, other, DAY_1)
    brought = draft_plan(draft.person, [parse_plan("[[supplement]]\nproduct = 'D3 25 mcg tablet'\n")])
    with pytest.raises(ValueError, match="other items"):
        make_plan(gates, brought, DAY_1)


def test_a_product_stands_there_only_if_it_was_brought():
    alone = _plan(passing())
    assert alone.products == ()
    assert "consistency" not in _lines(alone)
    own = _plan(passing('[[supplement]]\nproduct = "MK-7 90 mcg softgel"\n'))
    assert [one.item.name for one in own.products] == ["MK-7 90 mcg softgel"]
    added = _plan(passing(), [parse_plan("[[supplement]]\nproduct = 'D3 25 mcg tablet'\n")])
    assert "vitamin_d" in _lines(added)
    assert "vitamin_d" not in _lines(own)


def test_the_medicines_of_a_plan_file_close_gates_too():
    gates, _ = _gates(passing(), [parse_plan("[[medicine]]\nname = 'warfarin'\ndose = '5 mg'\n")])
    assert not gates.passed
    assert gates.closed[0].gate == "Q061"


def test_a_milk_allergy_drops_milk_and_leaves_the_plan_open():
    plan = _plan(passing("[conditions]\nmilk_allergy = true\nsoy_allergy = false\n", Q014=None))
    assert not {"curd", "cheese"} & _lines(plan)
    assert {"greens", "nuts"} <= _lines(plan)


def test_an_allergy_that_is_not_named_drops_both():
    plan = _plan(passing('[[supplement]]\nproduct = "MK-7 90 mcg softgel"\n', Q014=True))
    assert not {"curd", "cheese"} & _lines(plan)
    assert plan.products == ()  # soy is possible in MK-7 whose origin nobody named


def test_a_soy_allergy_by_name_drops_a_product_that_may_hold_soy():
    conditions = "[conditions]\nsoy_allergy = true\nmilk_allergy = false\n"
    plan = _plan(passing(conditions + '[[supplement]]\nproduct = "MK-7 90 mcg softgel"\n', Q014=None))
    assert plan.products == ()
    assert {"curd", "cheese"} <= _lines(plan)


def test_natto_is_for_those_who_eat_it_and_never_after_a_reaction(tmp_path):
    (tmp_path / "week.csv").write_text(NATTO_WEEK, encoding="utf-8")
    diet = '[diet]\ndiary = "week.csv"\nregion = "JP"\n'
    assert "natto" not in _lines(_plan(passing()))
    assert "natto" in _lines(_plan(passing(diet), folder=tmp_path))
    reacted = _plan(passing(diet, Q015=True), folder=tmp_path)
    assert "natto" not in _lines(reacted)
    assert any("natto" in title.casefold() for title in _left(reacted))


def test_nuts_go_with_their_allergy():
    assert "nuts" not in _lines(_plan(passing(Q089=True)))


@pytest.mark.parametrize("pressure", ["165/90 mmHg", "150/101 mmHg"])
def test_a_high_reading_drops_head_down_poses_and_keeps_walking(pressure):
    plan = _plan(passing(head=HEAD.replace("138/82 mmHg", pressure)))
    assert not {"bridge", "legs_up", "sun"} & _lines(plan)
    assert {"triangle", "walk_1", "slow"} <= _lines(plan)


def test_a_reading_that_is_not_known_drops_them_too():
    plan = _plan(passing(head=HEAD.replace('blood_pressure = "138/82 mmHg"\n', "")))
    assert not {"bridge", "legs_up", "sun"} & _lines(plan)
    assert "is not known" in _left(plan)["Sun salutation (Surya Namaskar), slow"]


@pytest.mark.parametrize(
    ("extra", "changed"),
    [
        ("", {"Q057": True}),
        ("[conditions]\nglaucoma = true\n", {}),
        ("", {"Q088": True}),
        ("", {"Q088": None}),
    ],
)
def test_eyes_drop_head_down_poses_also_when_nobody_answered(extra, changed):
    assert not {"bridge", "legs_up", "sun"} & _lines(_plan(passing(extra, **changed)))


def test_a_glaucoma_medicine_counts_as_glaucoma():
    head = HEAD.replace("taken = []", 'taken = ["latanoprost"]')
    assert not {"bridge", "legs_up", "sun"} & _lines(_plan(passing(head=head)))


def test_lungs_leave_quiet_breathing():
    lines = _lines(_plan(passing(Q074=True)))
    assert "slow" in lines
    assert not {"anulom", "bhramari"} & lines


def test_a_prescribed_mineral_is_never_argued_with():
    product = '[[supplement]]\nproduct = "calcium 500 mg tablet"\n'
    stones = _plan(passing(product, Q012=True, Q075=True))
    assert [one.item.name for one in stones.products] == ["calcium 500 mg tablet"]


def test_a_product_over_an_upper_level_is_left_out_and_a_prescribed_one_is_not():
    product = '[[supplement]]\nproduct = "magnesium 200 mg tablet"\ntimes = "daily 08:00, 20:00"\n'
    plan = _plan(passing(product))
    assert plan.products == ()
    assert "upper level for products of EFSA, 250 mg" in _left(plan)["magnesium 200 mg tablet"]
    once = _plan(passing(product.replace(", 20:00", "")))
    assert [one.item.name for one in once.products] == ["magnesium 200 mg tablet"]
    d3 = '[[supplement]]\nproduct = "D3 150 mcg softgel"\n'
    assert _plan(passing(d3)).products == ()
    assert len(_plan(passing(d3, Q075=True)).products) == 1


def test_products_add_up_before_they_are_held_against_a_level():
    two = '[[supplement]]\nproduct = "D3 60 mcg softgel"\n' * 2
    assert _plan(passing(two)).products == ()


def test_what_is_left_out_says_why_and_what_stands_there():
    plan = _plan(passing(Q057=True))
    for left in plan.left_out:
        assert left.why
        assert left.instead
        assert "is left out:" not in " ".join(left.why)


def test_smoking_is_spoken_of_to_those_who_smoke():
    assert "smoking" not in _lines(_plan(passing()))
    assert "smoking" in _lines(_plan(passing('[habits]\nsmoking = "current"\n')))


def test_days_follow_the_protocol():
    plan = _plan(passing())
    days = {line.row.line: (line.day_from, line.day_to) for line in plan.lines}
    assert (days["walk_1"], days["walk_2"], days["walk_3"]) == ((1, 7), (8, 14), (15, 30))
    assert plan.date_of(30) == datetime.date(2026, 12, 30)


def test_vitamin_d_above_the_reference_is_dropped_where_a_rule_says_so_and_less_is_not():
    """With a thiazide a rule leaves out products whose vitamin D passes the reference intake."""
    thiazide = HEAD.replace("taken = []", 'taken = ["hydrochlorothiazide 25 mg"]')
    product = '[[supplement]]\nproduct = "D3 {} mcg softgel"\n'
    assert len(_plan(passing(product.format(10), head=thiazide)).products) == 1
    above = _plan(passing(product.format(25), head=thiazide))
    assert above.products == ()
    assert "I040" in _left(above)["D3 25 mcg softgel"]
    assert len(_plan(passing(product.format(25))).products) == 1


def test_an_unknown_pressure_is_told_once():
    head = HEAD.replace('blood_pressure = "138/82 mmHg"\n', "")
    left = _left(_plan(passing(head=head)))
    assert left["Legs up the wall (Viparita Karani)"] == (
        "blood pressure at rest is not known; a reading under [labs] decides it"
    )
    both = _left(_plan(passing(head=head, Q057=True)))["Legs up the wall (Viparita Karani)"]
    assert "glaucoma" in both
    assert "blood pressure at rest is not known" in both
    high = _left(_plan(passing(head=HEAD.replace("138/82", "165/95"))))
    assert "165 mmHg is not below 160 mmHg" in high["Legs up the wall (Viparita Karani)"]
