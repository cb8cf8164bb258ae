"""The sentence is true: by rules, for every shape of result, and for hurried readers."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calciroute.report.answer import plan_sentence
from calciroute.report.bands import Band
from calciroute.report.build import build_answer, build_report, build_table
from calciroute.report.effect import Effect, judge
from calciroute.report.inr_answer import antagonist_sentence
from calciroute.report.numerals import includes_no_change
from calciroute.safety.stop import stop_notice
from report.synthetic import PERSON, simulation

PHRASE = "180 mcg of MK-7 a day"
WARFARIN = PERSON + '[medicines]\ntaken = ["warfarin 5 mg"]\n'
CLAIMS = re.compile(
    r"\b(lowers?|raises?|improves|protects|prevents|reverses|better|healthier|benefit|safe)\b"
)
UNKNOWN = Band(math.nan, math.nan, math.nan, 0)


def effect(outcome, change, *, level=100.0, unit="AU", group="artery", percent=None, linked=True):
    without = Band(level, level * 0.9, level * 1.1, change.draws)
    with_plan = Band(level + change.median, level + change.low, level + change.high, change.draws)
    verdict = judge(change, without, 3)
    return Effect(
        outcome=outcome, name=outcome, unit=unit, group=group, digits=3, arm="plan", start=without,
        without=without, with_plan=with_plan, change=change, percent=percent or UNKNOWN, verdict=verdict,
        hangs_on_link=not linked and verdict in ("falls", "rises"), without_link=0.0,
    )  # fmt: skip


def marker(median=-49.0, low=-58.0, high=-38.0, draws=8):
    band = Band(median, low, high, draws)
    return effect("dp_ucMGP", band, unit="pmol/L", group="vitamin_k", percent=band)


def answer(run):
    return build_answer(run, build_table(run))


def sentence(*effects, days=1095.0, vitamin_k=True):
    return plan_sentence(PHRASE, days, {one.outcome: one for one in effects}, vitamin_k=vitamin_k).replace(
        "\u00a0", " "
    )


def test_the_form_of_the_design_page():
    words = sentence(marker(), effect("CAC_agatston", Band(-1.0, -11.0, 4.0, 8)))
    assert words == (
        "In people like this, 180 mcg of MK-7 a day for three years lowers dp-ucMGP by about 49 % (38 to 58) "
        "and makes no clear change to coronary calcium (−1 AU, −11 to 4): the marker moves, whether the "
        "calcium does is not clear."
    )


def test_a_clear_change_that_hangs_on_an_unproven_link_says_so_in_the_same_clause():
    words = sentence(marker(), effect("CAC_agatston", Band(-6.0, -11.0, -2.0, 8), linked=False))
    assert "; only if links hold that human data do not settle would it lower coronary calcium by" in words
    assert "about 6.0 AU (2.0 to 11.0): the marker" in words
    assert words.endswith(": the marker moves, the rest is not settled.")


def test_a_change_that_does_not_hang_on_links_is_said_plainly():
    words = sentence(effect("SBP", Band(-5.0, -8.0, -2.0, 8), unit="mmHg"), vitamin_k=False)
    assert words.endswith("lowers systolic blood pressure by about 5.0 mmHg (2.0 to 8.0).")


def test_harm_is_said_as_plainly_as_benefit():
    words = sentence(marker(), effect("CAC_agatston", Band(9.0, 4.0, 15.0, 8)))
    assert "raises coronary calcium by about 9 AU (4 to 15)" in words
    assert "not clear" not in words


def test_no_effect_at_all_is_not_a_clear_anything():
    words = sentence(
        effect("dp_ucMGP", Band(0.0, 0.0, 0.0, 8)), effect("CAC_agatston", Band(0.0, 0.0, 0.0, 8))
    )
    assert words.endswith("leaves dp-ucMGP as it is without and leaves coronary calcium as it is without.")


def test_one_draw_claims_nothing():
    words = sentence(marker(-49.0, -49.0, -49.0, draws=1), effect("CAC_agatston", Band(-9.0, -9.0, -9.0, 1)))
    assert "one run cannot say how sure that is" in words
    assert not CLAIMS.search(words)


def test_a_lost_result_is_not_known():
    assert "has no known result for dp-ucMGP" in sentence(effect("dp_ucMGP", UNKNOWN))


def test_an_answer_without_any_outcome_does_not_invent_one():
    assert "no outcome of this sentence is in the result" in sentence()


numbers = st.floats(-50.0, 50.0, allow_nan=False).map(lambda value: round(value, 4))


@given(st.tuples(numbers, numbers, numbers), st.tuples(numbers, numbers, numbers), st.booleans())
def test_a_band_that_includes_no_change_never_reads_as_a_change(first, second, linked):
    bands = [Band(sorted(values)[1], min(values), max(values), 8) for values in (first, second)]
    one = effect("dp_ucMGP", bands[0], unit="pmol/L", group="vitamin_k", percent=bands[0])
    two = effect("CAC_agatston", bands[1], linked=linked)
    words = sentence(one, two)
    for name, part in (("dp-ucMGP", one), ("coronary calcium", two)):
        said = re.search(rf"\b(lower|raise)s? {name}\b", words)
        # Printed or exact: neither may touch zero when a change is claimed.
        touches = part.change.low <= 0.0 <= part.change.high or includes_no_change(part.change)
        assert not (said and touches), words
        if said:
            assert said[1] == ("lower" if part.change.median < 0 else "raise")
    if two.hangs_on_link:
        assert re.search(
            r"only if links hold that human data do not settle[^:;]* (lower|raise) coronary calcium", words
        )
    assert "marker moves" not in words or one.clear


@given(st.integers(0, 40), st.floats(0.3, 5.0), st.floats(-0.7, 0.7))
def test_no_sentence_praises_threatens_or_speaks_to_one_person(draws, years, strength):
    shape = {
        "dp_ucMGP": (450.0, 4.0, strength, 0.08, 0.12, 1.0),
        "CAC_agatston": (45.0, 9.0, strength, 0.1, 0.3, 0.0),
    }
    run = simulation(years=years, draws=draws, shapes=shape)
    for words in build_answer(run, build_table(run)).sentences:
        assert words.startswith("In people like this, ")
        assert not re.search(r"\byou\b|\byour\b|!|nan|inf\b", words, re.IGNORECASE), words
        assert words.endswith(".")


# ---- people who take a vitamin K antagonist


@pytest.mark.parametrize(
    ("change", "ending"),
    [
        (Band(-0.5, -0.9, -0.2, 8), "clots then become more likely."),
        (Band(0.5, 0.2, 0.9, 8), "bleeding then becomes more likely."),
        (Band(-0.1, -0.4, 0.2, 8), "no clear change in a simulation is not safety."),
        (Band(0.0, 0.0, 0.0, 8), "no clear change in a simulation is not safety."),
    ],
)
def test_on_an_antagonist_inr_comes_first_and_alone(change, ending):
    words = antagonist_sentence(
        PHRASE, effect("INR", change, level=2.5, unit="1", group="clotting"), "warfarin", None
    )
    assert words.startswith("INR first: ")
    assert words.endswith(ending)


def test_the_report_of_a_warfarin_user_names_no_benefit():
    shapes = {"INR": (2.5, 0.0, -0.25, 0.1, 0.1, 1.0), "CAC_agatston": (45.0, 9.0, -0.2, 0.04, 0.1, 1.0)}
    report = build_report(simulation(person=WARFARIN, shapes=shapes))
    words = str(report.answer)
    assert words.startswith("INR first: in people like this on warfarin")
    assert "with 180\u00a0mcg of MK-7 a day" in words
    assert not CLAIMS.search(words)
    for other in ("MGP", "calcium", "bone", "osteocalcin"):
        assert other not in words
    assert report.notice is not None
    assert report.pictures[0].name == "INR"
    for picture in report.pictures[1:-1]:
        assert "research only" in picture.title
    assert next(report.table.groups())[0] == "clotting"


def test_the_inr_sentence_speaks_of_the_time_when_the_arms_are_furthest_apart():
    run = simulation(person=WARFARIN, shapes={"INR": (2.5, 0.0, -0.25, 0.1, 0.1, 1.0)})
    inr = run.dataset["INR"]
    inr.loc[{"arm": "mk7_180"}] = inr.sel(arm="as_now").values
    inr.loc[{"arm": "mk7_180", "time": 42.0}] = inr.sel(arm="as_now", time=42.0).values - 0.8
    words = str(answer(run))
    assert "INR at day 42 is" in words
    assert "−0.8" in words


@pytest.mark.parametrize("written", ["warfrin 5 mg", "blood thinner"])
def test_a_medicine_that_may_be_a_blood_thinner_is_treated_as_one(written):
    person = PERSON + f'[medicines]\ntaken = ["{written}"]\nnot_modelled = ["{written}"]\n'
    run = simulation(person=person)
    words = str(answer(run))
    assert words.startswith("INR first: ")
    assert f"'{written}' may be a blood thinner" in words
    assert not CLAIMS.search(words)
    assert stop_notice(run.person, run.plans) is not None


def test_a_plan_that_brings_an_antagonist_counts_too():
    plan = '[[medicine]]\nname = "warfarin"\ndose = "5 mg"\ntimes = "daily 18:00"\n'
    run = simulation(plans={"start": plan}, shapes={"INR": (1.0, 0.0, 1.5, 0.05, 0.1, 1.0)})
    words = str(answer(run))
    assert words.startswith("INR first: ")
    assert words.endswith("bleeding then becomes more likely.")


# ---- without a plan, with several


def test_without_a_plan_the_sentence_tells_the_course():
    words = str(answer(simulation(plans={}))).replace("\u00a0", " ")
    assert words.startswith(
        "In people like this, with nothing changed for three years, coronary calcium goes from "
    )
    assert "bone density of the lumbar spine goes from 0.949 g/cm² to 0.931 g/cm²" in words


def test_each_plan_has_its_sentence():
    more = '[[supplement]]\nproduct = "MK-7 360 mcg softgel"\n'
    found = answer(
        simulation(plans={"a": '[[habit]]\nlever = "walking"\namount = "150 min/week"\n', "b": more})
    )
    first, second = found.sentences
    assert "walking (150 min/week)" in first
    assert "360\u00a0mcg of MK-7 a day" in second


def test_two_changes_that_hang_on_links_share_one_condition_that_comes_before_them():
    bone = effect(
        "BMD_lumbar_spine", Band(0.02, 0.01, 0.03, 8), level=0.9, unit="g/cm2", group="bone", linked=False
    )
    words = sentence(marker(), effect("CAC_agatston", Band(-6.0, -11.0, -2.0, 8), linked=False), bone)
    assert words.count("only if links hold") == 1
    assert (
        words.index("only if links hold")
        < words.index("lower coronary calcium")
        < words.index(" and raise bone")
    )
    assert not re.search(r"\b(lowers|raises) (coronary|bone)", words)


def test_a_marker_that_hangs_on_links_is_conditional_too():
    one = effect("SBP", Band(-5.0, -8.0, -2.0, 8), unit="mmHg", linked=False)
    words = sentence(one, vitamin_k=False)
    assert (
        " would, only if links hold that human data do not settle, lower systolic blood pressure by " in words
    )
