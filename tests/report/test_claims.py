"""Over random bands: no verb where the band holds no change, no "no change" where it is merely wide."""

import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calciroute.report.answer import STRUCTURES, course_sentence, plan_sentence
from calciroute.report.bands import Band
from calciroute.report.build import build_answer, build_table
from calciroute.report.effect import WITHHELD, Effect, effect_of, judge
from calciroute.report.not_for import withheld_effect
from calciroute.report.table import READINGS
from calciroute.report.titles import alone_title, course_title
from report.synthetic import PLAN, simulation

NAMES = {
    "dp_ucMGP": ("dp-ucMGP", "vitamin_k", "pmol/L", 450.0),
    "CAC_agatston": ("coronary calcium", "artery", "AU", 80.0),
    "BMD_lumbar_spine": ("bone density of the lumbar spine", "bone", "g/cm2", 0.93),
    "SBP": ("systolic blood pressure", "artery", "mmHg", 131.0),
}
REASON = "a stent reads as calcium"
VERB = re.compile(r"\b(?:lower|raise)s? ")
# Every word by which a sentence, title or table says that nothing changes.
NOTHING = re.compile(
    r"leaves [^;:]*? as (?:it is|they are) without|\bdoes not\b|\bdo not\b|stays (?:at|where)|is the same"
    r"|no change|no effect"
)


def step(level, outcome="", digits=3):
    """Half of the last digit that a level prints with; a score is reported in whole units."""
    decimals = digits - 1 - math.floor(math.log10(abs(level)))
    return 0.5 * 10.0 ** -(min(decimals, 0) if outcome == "CAC_agatston" else decimals)


def made(outcome, band, percent=None, *, linked=True):
    name, group, unit, level = NAMES[outcome]
    change = Band(*(level * share for share in (band.median, band.low, band.high)), band.draws)
    without = Band(level, 0.9 * level, 1.1 * level, band.draws)
    with_plan = Band(level + change.median, level + change.low, level + change.high, band.draws)
    shown = percent or Band(100.0 * band.median, 100.0 * band.low, 100.0 * band.high, band.draws)
    verdict = judge(change, without, 3, unit)
    return Effect(
        outcome=outcome, name=name, unit=unit, group=group, digits=3, arm="plan", start=without,
        without=without, with_plan=with_plan, change=change, percent=shown, verdict=verdict,
        hangs_on_link=not linked and verdict in ("falls", "rises"), without_link=0.0,
    )  # fmt: skip


# Shares of a level: nothing, less than digits show, less than a measurement repeats, and more.
sizes = st.sampled_from([0.0, 0.0002, 0.003, 0.02, 0.3]).flatmap(lambda top: st.floats(0.4 * top, top))
widths = st.sampled_from([0.0, 0.3, 0.95, 1.5, 5.0])


@st.composite
def bands(draw):
    middle = draw(sizes) * draw(st.sampled_from([-1.0, 1.0]))
    if draw(st.integers(0, 5)) == 0:
        return Band(middle, middle, middle, 1)
    low, high = (abs(middle) * draw(widths) for _ in range(2))
    wide = draw(st.sampled_from([0.0, 0.0, 0.002, 0.1]))
    return Band(middle, middle - low - wide, middle + high + wide, draw(st.sampled_from([8, 100])))


@st.composite
def effects(draw):
    found = {}
    for outcome in draw(st.lists(st.sampled_from(list(NAMES)), unique=True, min_size=1)):
        effect = made(outcome, draw(bands()), draw(st.none() | bands()), linked=draw(st.booleans()))
        found[outcome] = (
            withheld_effect(effect, REASON, whole=True) if draw(st.integers(0, 3)) == 0 else effect
        )
    return found


def clauses_about(words, name):
    """Pieces of a sentence that speak of an outcome, without what is said of others behind it."""
    return [
        piece
        for piece in re.split(r"[;:]| and (?=lowers|raises|makes|leaves|raise|lower)", words)
        if name in piece
    ]


@settings(max_examples=400)
@given(effects(), st.booleans())
def test_a_sentence_claims_no_more_and_no_less_than_its_bands(found, vitamin_k):
    words = plan_sentence("a plan", 1095.0, found, vitamin_k=vitamin_k).replace("\u00a0", " ")
    assert words.startswith("In people like this, ")
    assert words.endswith(".")
    assert not re.search(r"\bnan\b|\binf\b|\byou\b|no effect", words)
    for outcome, effect in found.items():
        name = NAMES[outcome][0]
        for verb in re.findall(rf"\b(lower|raise)s? {name} by about ([^;:]*)", words):
            assert effect.verdict in ("falls", "rises"), words
            assert not effect.change.low <= 0.0 <= effect.change.high, words
            assert verb[0] == ("lower" if effect.change.median < 0.0 else "raise"), words
            if "×" in verb[1]:  # a power of ten: drawn bands may be far smaller than any outcome prints
                continue
            ends = re.search(r"\(([−0-9.\u202f]+) to ([−0-9.\u202f]+)\)", verb[1])
            low, high = (float(end.replace("−", "-").replace("\u202f", "")) for end in ends.groups())
            assert 0.0 < low <= high, words
        if effect.verdict == WITHHELD:
            assert not re.search(rf"\b(lower|raise)s? {name}|{name} \(", words), words
            assert not any(re.search(r"\d", piece) for piece in clauses_about(words, name)), words
    for left in re.findall(r"leaves (.*?) as (?:it is|they are) without", words):
        for outcome, effect in found.items():
            if NAMES[outcome][0] in left:
                assert max(abs(effect.change.low), abs(effect.change.high)) < step(
                    NAMES[outcome][3], outcome
                ), words
    if "the marker moves" in words:
        tail = words.split("the marker moves")[1]
        spoken = [found[name] for name in STRUCTURES if name in found and found[name].verdict != WITHHELD]
        if re.search(r"\b(does|do) not\b", tail):
            assert all(effect.verdict == "same" for effect in spoken), words


@settings(max_examples=400)
@given(bands(), st.sampled_from(list(NAMES)))
def test_the_same_is_said_of_what_the_printed_digits_would_not_show_and_of_nothing_else(band, outcome):
    effect = made(outcome, band)
    largest = max(abs(effect.change.low), abs(effect.change.high))
    assert (effect.verdict == "same") == (largest < step(NAMES[outcome][3], outcome) or largest == 0.0)


def test_a_percent_that_may_be_none_gives_way_to_the_change_itself():
    effect = made("dp_ucMGP", Band(-0.4, -0.5, -0.2, 8), percent=Band(-40.0, -50.0, 1.0, 8))
    words = plan_sentence("a plan", 365.0, {"dp_ucMGP": effect}, vitamin_k=True).replace("\u00a0", " ")
    assert "lowers dp-ucMGP by about 180 pmol/L (90 to 220)" in words
    assert "%" not in words


@settings(max_examples=40, deadline=None)
@given(
    st.tuples(*[st.floats(-0.3, 0.3) for _ in range(3)]), st.tuples(*[st.floats(0.0, 6.0) for _ in range(3)]),
    st.integers(2, 12), st.integers(1, 3),
)  # fmt: skip
def test_whole_answers_of_several_plans_titles_and_readings_keep_the_rule(effect, spread, count, plans):
    shapes = {
        name: (level, 0.0, round(one, 3), 0.02, round(wide, 2), 0.0)
        for (name, level), one, wide in zip(
            (("dp_ucMGP", 450.0), ("CAC_agatston", 80.0), ("BMD_lumbar_spine", 0.93)),
            effect,
            spread,
            strict=True,
        )
    }
    texts = {f"plan_{place}": PLAN for place in range(plans)}
    run = simulation(
        plans=texts, shapes=shapes, draws=count, years=0.25, variants=("main", "no_causal_effect")
    )
    table = build_table(run)
    sentences = build_answer(run, table).sentences
    assert len(sentences) == plans
    for place, words in enumerate(sentences):
        for outcome in shapes:
            effect_here = table.row(outcome).plans[place].effect
            holds_none = effect_here.change.low <= 0.0 <= effect_here.change.high
            name = NAMES[outcome][0]
            assert not (holds_none and re.search(rf"\b(lower|raise)s? {name} ", words)), words
            title = course_title(run.dataset, effect_here, "as_now", research=False)
            reading = table.row(outcome).plans[place].reading
            if holds_none:
                assert not re.search(r" (falls|rises) (?!with and without)| ends (lower|higher)", title), (
                    title
                )
                assert not re.match("falls|rises", reading)
            largest = max(abs(effect_here.change.low), abs(effect_here.change.high))
            if largest >= step(effect_here.without.median, outcome):
                assert not NOTHING.search(title), title
                assert not NOTHING.search(reading), reading


@settings(max_examples=60, deadline=None)
@given(st.floats(-0.2, 0.2), st.floats(0.0, 0.2), st.integers(2, 12))
def test_a_course_that_is_merely_uncertain_does_not_stay(slope, spread, count):
    run = simulation(plans={}, draws=count, years=0.25)
    data = run.dataset["CAC_agatston"]
    random = np.random.default_rng(count)
    data[:] = 80.0 + 0.0 * data.values
    drift = 80.0 * (slope + spread * random.standard_normal(count))
    data[:, :, -1] = 80.0 + drift[None, :]
    words = course_sentence(run.dataset, "as_now", ["CAC_agatston"])
    title = alone_title(run.dataset, "CAC_agatston", "score", "as_now", 3)
    low, high = np.quantile(drift, (0.05, 0.95))
    if max(abs(low), abs(high)) >= step(80.0):
        assert not NOTHING.search(words), words
        assert not NOTHING.search(title), title
    if low <= 0.0 <= high:
        assert "goes from" not in words
        assert not re.search("falls|rises", title)


def test_an_effect_of_a_real_table_has_the_verdict_of_its_band():
    run = simulation(shapes={"CAC_agatston": (80.0, 0.0, -0.0001, 0.02, 0.1, 0.0)})
    effect = effect_of(run.dataset, "CAC_agatston", "coronary calcium", "mk7_180", "as_now")
    assert effect.verdict == "same"


@pytest.mark.parametrize("verdict", ["unclear", "no_band", "unknown"])
def test_no_reading_of_an_open_band_says_that_nothing_changes(verdict):
    assert not NOTHING.search(READINGS[verdict])
