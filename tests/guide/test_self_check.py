"""The self-check: what the file decides, what an answer decides, and what stays open."""

from __future__ import annotations

import pytest

from calciroute.errors import InputError
from calciroute.guide.self_check import GROUPS, check_person
from calciroute.people.person import parse_person
from calciroute.report.check_text import check_document, check_text, sections_of
from calciroute.safety.gates import ask_gates
from calciroute.safety.notices import STANDARD_NOTICE
from guide.persons import HEAD, NATTO_WEEK, passing
from safety.forbidden import assert_allowed

COMMAND = "calciroute check me.toml --ask"


def _check(text, folder=None):
    person = parse_person(text, folder=folder) if folder else parse_person(text)
    return check_person(person, ask_gates(person))


def _states(check):
    return {one.item.id: one.state for one in check.items}


def test_the_file_decides_what_it_says():
    states = _states(_check(passing('[habits]\nsmoking = "current"\n[conditions]\ndiabetes = true\n')))
    assert (states["Q029"], states["Q038"], states["Q032"], states["Q031"]) == ("yes", "yes", "yes", "no")
    assert states["Q034"] == "unanswered"


def test_a_number_is_held_against_the_limit_of_its_row():
    low = _check(passing("[diet]\nfermented_foods_per_week = 2\n"))
    high = _check(passing("[diet]\nfermented_foods_per_week = 3\n"))
    assert (_states(low)["Q034"], _states(high)["Q034"]) == ("yes", "no")


def test_the_smallest_and_the_largest_egfr_of_a_reduced_kidney():
    for egfr, state in (("29", "no"), ("30", "yes"), ("59.5", "yes"), ("60", "no")):
        text = passing(head=HEAD.replace("85 mL/min", f"{egfr} mL/min"), Q010=None, Q009=None)
        assert _states(_check(text))["Q010"] == state, egfr


def test_i_do_not_know_is_an_answer_that_decides_nothing():
    check = _check(passing(Q017="not known"))
    assert _states(check)["Q017"] == "not_known"
    assert not check.gates.passed
    assert not check.red_flag
    assert check.open[-1].item.id == "Q017"  # asked again behind what was never asked


def test_an_answer_no_does_not_outvote_a_file_that_says_yes():
    assert _states(_check(passing("[conditions]\nglaucoma = true\n", Q057=False)))["Q057"] == "yes"


def test_a_product_counts_as_chosen_alone_only_where_nothing_is_prescribed():
    product = '[[supplement]]\nproduct = "calcium 500 mg tablet"\n'
    assert _states(_check(passing(product)))["Q030"] == "yes"
    assert _states(_check(passing(product, Q075=True)))["Q030"] == "unanswered"


def test_men_are_not_asked_about_pregnancy():
    assert not {"Q007", "Q008", "Q066"} & {one.item.id for one in _check(HEAD).open}
    young = _check(HEAD.replace('"male"', '"female"').replace("62", "30"))
    assert {"Q007", "Q008", "Q066"} <= {one.item.id for one in young.open}


def test_safety_is_asked_before_habits():
    rounds = [one.question.round for one in _check(HEAD).open]
    assert rounds == sorted(rounds, key=("safety", "habits").index)
    assert rounds[0] == "safety"


def test_intake_is_judged_by_its_whole_range(tmp_path):
    (tmp_path / "week.csv").write_text(NATTO_WEEK, encoding="utf-8")
    states = _states(_check(passing('[diet]\ndiary = "week.csv"\nregion = "JP"\n'), folder=tmp_path))
    assert states["Q035"] == "no"  # natto: far above 20 mcg
    assert states["Q047"] == "yes"
    assert states["Q052"] == "yes"  # two days


def test_a_red_flag_shows_no_group_and_no_number():
    check = _check(passing('[habits]\nsmoking = "current"\n', Q018=True))
    text = check_text(check, COMMAND)
    assert check.red_flag
    assert text.startswith("The programme stops here.")
    assert check.holding(GROUPS)
    assert all(not items for items in sections_of(check).values())
    assert "Source:" not in text
    assert "vitamin k" not in text.casefold()


def test_open_questions_alone_show_the_groups():
    text = check_text(_check(HEAD), COMMAND)
    assert text.startswith("The programme stops here.")
    assert "Q029" in text
    assert COMMAND in text.replace("\n", " ")


def test_every_item_that_can_hold_is_told_in_allowed_words_with_its_source():
    everything = passing("", Q049=True, Q051=True, Q050=True, Q028=True, Q038=True, Q030=True, Q036=True,
                         Q046=True, Q086=True, Q039=True, Q012=True, Q057=True)  # fmt: skip
    check = _check(everything)
    text = check_text(check, COMMAND)
    assert_allowed(text)
    assert " ".join(STANDARD_NOTICE.split()) in " ".join(text.split())
    told = [one for items in sections_of(check).values() for one in items]
    assert {"Q049", "Q051", "Q050", "Q028", "Q038", "Q012", "Q057"} <= {one.item.id for one in told}
    assert text.count("Source:") == len(told)


def test_signs_lead_to_a_doctor_and_are_no_lack_of_vitamin_k2():
    signs = sections_of(_check(passing(Q049=True, Q050=True, Q051=True)))["signs"]
    assert {one.item.id for one in signs} == {"Q049", "Q050", "Q051"}
    assert all("doctor" in one.question.talk_to for one in signs)


def test_json_begins_with_the_purpose_and_tells_what_is_open():
    document = check_document(_check(HEAD))
    assert next(iter(document)) == "purpose"
    assert document["stopped"]["kind"]
    assert {"id", "question", "state"} == set(document["open"][0])


def test_the_gates_have_to_be_those_of_the_person():
    one, other = parse_person(HEAD), parse_person(HEAD.replace("62", "63"))
    with pytest.raises(ValueError, match="somebody else"):
        check_person(one, ask_gates(other))


def test_a_line_that_is_not_found_keeps_the_check_and_leaves_the_sums_open_above(tmp_path):
    week = "date,time,food,grams\n" + "".join(f"2026-11-0{day},08:00,natto,45\n" for day in range(1, 5))
    (tmp_path / "week.csv").write_text(week, encoding="utf-8")
    diet = '[diet]\nregion = "NL"\ndiary = "week.csv"\n'
    whole = _states(_check(passing(diet), tmp_path))
    assert (whole["Q037"], whole["Q053"]) == ("yes", "no")
    (tmp_path / "week.csv").write_text(week + "2026-11-04,12:00,zorgblat,100\n" * 4, encoding="utf-8")
    part = _states(_check(passing(diet), tmp_path))
    assert part["Q037"] == "unanswered"  # the rest may hold any amount
    assert part["Q053"] == "yes"


def test_under_a_red_flag_neither_the_diary_nor_a_product_is_opened(tmp_path):
    more = '[diet]\ndiary = "nowhere.csv"\n[[supplement]]\nproduct = "zorgblat 5"\n'
    warfarin = HEAD.replace("taken = []", 'taken = ["warfarin 5 mg"]')
    check = _check(passing(more, head=warfarin), tmp_path)
    assert check.red_flag
    with pytest.raises(InputError):
        _check(passing(more), tmp_path)


def test_a_passed_check_names_the_next_step_and_a_red_flag_names_none():
    passed = _check(passing())
    assert check_text(passed, COMMAND, "calciroute plan me.toml").endswith("wanted: calciroute plan me.toml")
    stopped = check_text(_check(passing(Q003=True)), COMMAND, "calciroute plan me.toml")
    assert "calciroute plan me.toml" not in stopped
    assert "questions are open" not in stopped


def test_calcium_of_food_and_products_is_held_against_the_upper_level():
    head = HEAD + '\n[diet]\ncalcium = "1500 mg"\n'
    product = '\n[[supplement]]\nproduct = "calcium 1000 mg tablet"\ntimes = "daily 08:00 with a meal"\n'
    assert _states(_check(passing(head=head)))["Q087"] == "no"  # 1500 of 2000 mg
    assert _states(_check(passing(product, head=head)))["Q087"] == "yes"
    assert _states(_check(passing(head=HEAD + '\n[diet]\nK1 = "50 mcg"\n')))["Q037"] == "yes"
    assert _states(_check(passing(head=HEAD + '\n[diet]\nK1 = "90 mcg"\n')))["Q037"] == "no"
