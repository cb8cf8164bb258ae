"""The gates of a plan: what closes them, what opens them again, what a rule drops or parts."""

from __future__ import annotations

import copy
import dataclasses
import datetime
import pathlib

import pytest

from calciroute.errors import InputError
from calciroute.people.person import parse_person
from calciroute.people.person_model import ConfirmedMedicine, Medicines
from calciroute.safety import gate_result
from calciroute.safety.gate_result import ClosedGates, PassedGates, PlannedItem, RuleSet
from calciroute.safety.gates import ask_gates
from calciroute.safety.met_rules import age_words
from calciroute.safety.notices import EMERGENCY_TITLE, STOP_TITLE, UNANSWERED_TITLE
from calciroute.safety.spacing import ruled_out_movements, spacings
from calciroute.tables.gates import read_gates
from calciroute.tables.interaction_matches import read_interaction_matches
from calciroute.tables.interactions import read_interactions
from calciroute.tables.references import read_references
from safety.forbidden import assert_allowed
from safety.persons import answered_person

TODAY = datetime.date(2026, 11, 25)
NATTO = PlannedItem("food", "natto", frozenset({"K2", "natto", "from_natto", "soy", "fermented"}))
GOUDA = PlannedItem("food", "gouda", frozenset({"K2", "milk", "cheese", "aged_cheese", "fermented"}))
CALCIUM = PlannedItem("product", "calcium tablets", frozenset({"Ca"}))
MAGNESIUM = PlannedItem("product", "magnesium", frozenset({"Mg"}))


def closed(person, **more):
    result = ask_gates(person, today=TODAY, **more)
    assert isinstance(result, ClosedGates)
    return result


def passed(person, items=(), **more):
    result = ask_gates(person, items, today=TODAY, **more)
    assert isinstance(result, PassedGates), getattr(result, "notice", "")
    return result


def test_everything_answered_and_nothing_found_passes_without_a_promise():
    result = passed(answered_person())
    assert result.passed
    assert result.rules.nothing_matched.startswith("no rule of ours matched (rule set of 2026-11-25; ")
    assert result.rules.count == len(read_gates()) + len({rule.id for rule in read_interaction_matches()})


def test_nobody_but_the_engine_makes_a_passed_result():
    rules = RuleSet(TODAY, 1)
    with pytest.raises(TypeError):
        PassedGates(object(), answered_person(), (), (), (), (), (), rules)
    with pytest.raises(TypeError):
        PassedGates(None, answered_person(), (), (), (), (), (), rules)
    with pytest.raises((TypeError, ValueError)):
        dataclasses.replace(passed(answered_person()), person=answered_person("warfarin"))
    with pytest.raises(dataclasses.FrozenInstanceError):
        passed(answered_person()).person = answered_person("warfarin")  # type: ignore[misc]
    assert copy.copy(passed(answered_person())).person == answered_person()


def test_every_gate_closes_on_its_answer_and_names_whom_to_ask():
    for gate in read_gates():
        result = closed(answered_person(answers={gate.id: True}))
        found = next(one for one in result.closed if one.gate == gate.id)
        assert found.kind == gate.kind
        assert found.talk_to
        assert found.reopen
        assert found.source in read_references()
        assert result.notice.title == (EMERGENCY_TITLE if gate.kind == "emergency" else STOP_TITLE)
        assert_allowed(str(result.notice))


@pytest.mark.parametrize("gate", [gate for gate in read_gates() if gate.answered_by != "medicines"])
def test_every_gate_closes_while_it_is_unanswered(gate):
    person = answered_person(sex="female", age_years=40.0)
    said = {name: value for name, value in person.answers.items() if name != gate.id}
    result = ask_gates(person.model_copy(update={"answers": said}), today=TODAY)
    if "adult" in gate.not_asked:
        assert result.passed
    else:
        assert isinstance(result, ClosedGates)
        assert [(one.gate, one.kind) for one in result.closed] == [(gate.id, "unanswered")]
        assert result.notice.title == UNANSWERED_TITLE


def test_a_list_of_medicines_that_was_never_given_is_unanswered_and_an_empty_one_is_an_answer():
    without = answered_person().model_copy(update={"medicines": Medicines()})
    assert {one.gate for one in closed(without).closed} >= {"Q061", "Q002", "Q062"}
    assert passed(without.model_copy(update={"medicines": Medicines(taken=())}))


@pytest.mark.parametrize(
    ("text", "gate"),
    [
        ("[conditions]\nsurgery_planned = true", "Q071"),
        ("[conditions]\npregnancy = true", "Q007"),
        ("[conditions]\npregnancy_possible = true", "Q066"),
        ("[conditions]\nbreastfeeding = true", "Q008"),
        ("[conditions]\ndialysis = true", "Q064"),
        ("[conditions]\ncoeliac = true", "Q044"),
        ("[conditions]\nmechanical_valve = true", "Q003"),
        ("[conditions]\nckd = true", "Q065"),
        ("[conditions]\nhyperparathyroidism = true", "Q011"),
        ('[labs]\neGFR = "<60 mL/min"', "Q009"),
        ('[labs]\nblood_pressure = "182/90 mmHg"', "Q025"),
        ('[medicines]\ntaken = ["isotretinoin"]', "Q067"),
        ('[medicines]\ntaken = ["alfacalcidol"]', "Q068"),
        ('[medicines]\ntaken = ["phenelzine"]', "Q076"),
        ('[medicines]\ntaken = ["blood thinner"]', "Q002"),
    ],
)
def test_facts_of_a_person_file_close_their_gate(text, gate):
    person = parse_person(f"[person]\nsex = 'female'\nage_years = 41\n{text}\n")
    assert gate in {one.gate for one in closed(person).closed}


@pytest.mark.parametrize(
    ("text", "gate"),
    [
        ('[labs]\neGFR = "82 mL/min"', "Q009"),
        ('[labs]\neGFR = ">60 mL/min"', "Q009"),
        ("[conditions]\nckd = false", "Q009"),
        ("[conditions]\nckd = false", "Q065"),
        ('[labs]\nblood_pressure = "128/78 mmHg"', "Q025"),
        ("[conditions]\nmalabsorption = false", "Q044"),
        ("[conditions]\nmechanical_valve = false", "Q003"),
        ("[medicines]\ntaken = []", "Q061"),
    ],
)
def test_facts_of_a_person_file_answer_their_gate(text, gate):
    person = parse_person(f"[person]\nsex = 'male'\nage_years = 41\n{text}\n")
    assert gate not in {one.gate for one in closed(person).closed}


def test_a_postmenopausal_woman_is_not_asked_about_pregnancy():
    person = answered_person(sex="female", final_menstrual_period_age_years=50.0)
    said = {name: value for name, value in person.answers.items() if name not in {"Q007", "Q008", "Q066"}}
    assert passed(person.model_copy(update={"answers": said}))


def test_a_stop_is_never_a_dead_end_for_an_unknown_name():
    notice = str(closed(answered_person("atorvastatin 20 mg", "Zqxwvu 5 mg")).notice)
    assert "the name as printed on the pack" in notice
    assert "'Zqxwvu 5 mg': no name of the table is near it" in notice
    assert "[[medicines.confirmed]]" in notice
    notice = str(closed(answered_person("simvastattin")).notice)
    assert "near names, none of them chosen: " in notice


def word(name, **more):
    return ConfirmedMedicine(name=name, by="pharmacist", date=datetime.date(2026, 11, 20), **more)


def confirmed(taken, *words, **more):
    return answered_person(**more).model_copy(
        update={"medicines": Medicines(taken=tuple(taken), confirmed=tuple(words))}
    )


def test_a_pharmacists_word_opens_the_gate_of_that_name_alone():
    assert passed(confirmed(["Zorblax 5 mg"], word("Zorblax"))).confirmed == (word("Zorblax"),)
    assert [one.gate for one in closed(confirmed(["Zorblax", "Quxamab"], word("Zorblax"))).closed] == ["Q062"]
    with_valve = confirmed(["Zorblax"], word("Zorblax"), answers={"Q003": True})
    assert [one.gate for one in closed(with_valve).closed] == ["Q003"]


def test_no_word_opens_an_antagonist_or_a_spelling_near_one():
    assert [one.gate for one in closed(confirmed(["warfarin"], word("warfarin"))).closed] == ["Q061"]
    assert [one.gate for one in closed(confirmed(["warfrin"], word("warfrin"))).closed] == ["Q062"]
    assert passed(confirmed(["Marevana"], word("Marevana", ingredient="desogestrel")))
    assert closed(confirmed(["Marevana"], word("Marevana", ingredient="warfarin")))
    assert closed(confirmed(["Marevana"], word("Marevana", ingredient="Zorblax")))


def test_confirmed_entries_are_checked():
    head = (
        '[person]\nsex = "male"\nage_years = 60\n[medicines]\ntaken = ["Zorblax"]\n[[medicines.confirmed]]\n'
    )
    good = 'name = "Zorblax"\nby = "doctor"\ndate = 2026-11-20\n'
    assert parse_person(head + good).medicines.confirmed[0].by == "doctor"
    wrongs = (
        good.replace("doctor", "me"),
        good.replace("2026-11-20", '"today"'),
        good.replace("Zorblax", ""),
        good + 'ingredient = "warfarin"\n',
        good + "sure = true\n",
    )
    for wrong in wrongs:
        with pytest.raises(InputError, match=r"person\.toml:"):
            parse_person(head + wrong)


def test_other_blood_thinners_pass_and_are_told_nothing_of_vitamin_k():
    for name in (
        "apixaban 5 mg",
        "rivaroxaban",
        "edoxaban",
        "dabigatran",
        "enoxaparin",
        "clopidogrel",
        "aspirin",
    ):
        result = passed(answered_person(name), [NATTO, GOUDA])
        assert result.kept == (NATTO, GOUDA)
        assert not [rule for rule in result.interactions if {"K1", "K2"} & set(rule.meets)]


def test_nattokinase_and_fish_oil_meet_a_blood_thinner_as_bleeding_rules():
    capsule = PlannedItem("product", "nattokinase", frozenset({"nattokinase", "from_natto"}))
    oil = PlannedItem("product", "fish oil", frozenset({"omega-3"}))
    result = passed(answered_person("apixaban"), [capsule, oil])
    assert [left.rule for left in result.left_out] == ["I111"]
    assert {rule.rule for rule in result.interactions} >= {"I078", "I111"}


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"conditions": {"soy_allergy": True}}, (GOUDA,)),
        ({"conditions": {"milk_allergy": True}}, (NATTO,)),
        ({"conditions": {"natto_reaction": True}}, (GOUDA,)),
        ({"answers": {"Q014": True}}, ()),
        ({"answers": {"Q015": True}}, (GOUDA,)),
    ],
)
def test_an_allergy_drops_foods_and_closes_nothing(fields, kept):
    assert passed(answered_person(**fields), [NATTO, GOUDA]).kept == kept


def test_what_a_clinician_prescribed_is_never_dropped():
    own = passed(answered_person(conditions={"kidney_stones": True}), [CALCIUM])
    assert [left.rule for left in own.left_out] == ["I052"]
    prescribed = dataclasses.replace(CALCIUM, prescribed=True)
    assert passed(answered_person(conditions={"kidney_stones": True}), [prescribed]).kept == (prescribed,)


def test_with_denosumab_the_calcium_rules_speak_of_own_products_alone():
    prescribed = dataclasses.replace(CALCIUM, prescribed=True)
    told = {rule.rule for rule in passed(answered_person("denosumab"), [prescribed]).interactions}
    assert "I107" in told
    assert "I051" not in told
    told = {rule.rule for rule in passed(answered_person("denosumab"), [CALCIUM]).interactions}
    assert {"I107", "I051"} <= told


@pytest.mark.parametrize(
    ("medicine", "meets", "before", "after"),
    [
        ("moxifloxacin", "Mg", 4.0, 8.0),
        ("ciprofloxacin", "Mg", 2.0, 6.0),
        ("doxycycline", "Mg", 3.0, 6.0),
        ("levothyroxine", "Ca", 4.0, 4.0),
        ("eltrombopag", "Ca", 4.0, 4.0),
        ("alendronic acid", "Ca", 3.0, None),
        ("alendronic acid", "Mg", 4.0, None),
    ],
)
def test_the_longest_interval_wins(medicine, meets, before, after):
    result = passed(answered_person(medicine), [CALCIUM, MAGNESIUM])
    found = spacings(result.interactions, [meets])
    assert [(one.before_h, one.after_h) for one in found] == [(before, after)]


CALM = {"labs": {"SBP": 128.0, "DBP": 78.0}, "conditions": {"glaucoma": False}}


@pytest.mark.parametrize(
    ("person", "out"),
    [
        (answered_person(**CALM), False),
        (answered_person(conditions={"glaucoma": False}), True),
        (answered_person(labs=CALM["labs"]), True),
        (answered_person(**{**CALM, "labs": {"SBP": 165.0, "DBP": 78.0}}), True),
        (answered_person(**{**CALM, "labs": {"SBP": 128.0, "DBP": 101.0}}), True),
        (answered_person(**{**CALM, "conditions": {"glaucoma": True}}), True),
        (answered_person("latanoprost", **CALM), True),
    ],
)
def test_head_below_heart_needs_a_low_reading_and_no_glaucoma(person, out):
    found = ruled_out_movements(person, TODAY)
    assert all((name in found) is out for name in ("head_down", "legs_up", "bridge", "sun_salutation"))
    assert "breath_hold" in found


def test_breath_holding_is_in_no_plan_and_a_brittle_spine_is_not_bent():
    hold = PlannedItem("breathing", "held breath", frozenset({"breathing", "breath_hold"}))
    bend = PlannedItem("pose", "forward bend", frozenset({"yoga", "forward_bend"}))
    assert passed(answered_person(**CALM), [hold, bend]).kept == (bend,)
    brittle = {**CALM, "conditions": {"glaucoma": False, "osteoporosis_severe": True}}
    assert passed(answered_person(**brittle), [bend]).kept == ()


def test_a_word_that_no_rule_knows_is_refused():
    with pytest.raises(ValueError, match="kale"):
        PlannedItem("food", "kale", frozenset({"kale"}))


def test_a_name_in_another_language_brings_the_notice_in_that_language_unchecked():
    for name, language in (
        ("ワーファリン", "Japanese"),
        ("варфарин", "Russian"),
        ("Marcoumar", ""),
        ("華法林", "traditional"),
    ):
        notice = closed(answered_person(name)).notice
        assert any(language in told for told, _ in notice.languages) or not language
        if language:
            assert "not yet checked by a speaker" in str(notice)
    assert closed(answered_person("warfarin")).notice.languages == ()


def test_an_old_rule_shows_its_age():
    later = datetime.date(2029, 1, 1)
    result = ask_gates(answered_person("warfarin"), today=later)
    assert isinstance(result, ClosedGates)
    assert result.closed[0].age == "this rule was last looked at 25 months ago, on 2026-11-25"
    assert result.interactions[0].age
    assert age_words(TODAY, TODAY) == ""


def test_every_rule_is_matched_once_at_least_and_has_a_source_that_resolves():
    ids = {rule.text("id") for rule in read_interactions()}
    assert ids <= {rule.id for rule in read_interaction_matches()}
    for rule in read_interaction_matches():
        assert rule.action
        assert rule.severity
        for key in rule.source.split(";"):
            assert key in read_references(), (rule.id, rule.source)


def test_only_the_engine_imports_the_mark_of_a_passed_result():
    users = [
        path.name
        for path in pathlib.Path(gate_result.__file__).parents[1].rglob("*.py")
        if "_ENGINE" in path.read_text("utf-8")
    ]
    assert sorted(users) == ["gate_result.py", "gates.py"]
