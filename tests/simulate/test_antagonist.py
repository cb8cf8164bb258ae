"""A person on a vitamin K antagonist: dose, INR, both or neither; a direct anticoagulant changes nothing."""

import numpy as np
import pytest

from calciroute.errors import InputError
from calciroute.people.person import parse_person
from calciroute.simulate import run_person
from calciroute.simulate.antagonist import WARFARIN, Antagonist, in_words
from simulate.people import MK7, WOMAN, plan


def run(taken, labs="", plans=(), years=0.05):
    text = WOMAN.replace('["atorvastatin 20 mg"]', f"[{taken}]").replace(
        "[medicines]", f"{labs}\n[medicines]"
    )
    return run_person(parse_person(text), plans, years=years, draws=0, variants=())


def central(simulation, outcome, arm="as_now"):
    return simulation.dataset[f"{outcome}_central"].sel(variant="main", arm=arm).values


@pytest.mark.holds("warfarin_dose_for_INR", "IC_warfarin_for_dose_and_INR", "vka_for_INR")
@pytest.mark.parametrize(
    ("taken", "labs", "INR"),
    [
        ('"warfarin"', 'INR = 2.8', 2.8),
        ('"warfarin 5 mg daily"', 'INR = 2.8', 2.8),
        ('"warfarin"', '', 2.45),
        ('"acenocoumarol"', 'INR = 2.2', 2.2),
        ('"phenprocoumon"', '', 2.45),
    ],
)  # fmt: skip
def test_the_run_begins_at_the_INR(taken, labs, INR):
    course = central(run(taken, labs), "INR")
    np.testing.assert_allclose(course, INR, rtol=2e-4)


@pytest.mark.parametrize("taken", ['"warfarin"', '"warfarin 5 mg daily"', '"acenocoumarol"'])
def test_the_run_begins_at_the_INR_of_someone_who_takes_mk7_already(taken):
    text = WOMAN.replace('["atorvastatin 20 mg"]', f"[{taken}]").replace(
        "[medicines]", "INR = 2.5\n[medicines]"
    )
    simulation = run_person(parse_person(text + MK7), years=0.05, draws=0, variants=())
    course = central(simulation, "INR")
    np.testing.assert_allclose(course[[0, -1]], 2.5, rtol=3e-3)
    # Between them the constant flux of the start gives way to doses that come once a day.
    np.testing.assert_allclose(course, 2.5, rtol=0.02)


@pytest.mark.parametrize("taken", ['"warfarin"', '"warfarin 5 mg daily"', '"acenocoumarol"'])
def test_an_INR_that_no_medicine_explains_is_refused_with_the_band_that_could_be(taken):
    with pytest.raises(InputError, match=r"labs.INR is 0.8,.*Expected: 1.00 to \d+\.\d\d in this person"):
        run(taken, "INR = 0.8")


def test_neither_dose_nor_INR_is_listed_as_assumed():
    assert any(one.field == "labs.INR" for one in run('"warfarin"').assumptions)


def test_a_dose_alone_gives_its_INR():
    low, high = (central(run(f'"warfarin {dose} mg daily"'), "INR")[0] for dose in (3, 6))
    assert 1.0 < low < high


def test_mk7_lowers_the_INR_at_the_same_dose():
    simulation = run('"warfarin 5 mg daily"', "INR = 2.45", [plan()], years=0.25)
    assert central(simulation, "INR", "mk7")[-1] < 1.6
    assert central(simulation, "INR")[-1] == pytest.approx(2.45, rel=1e-3)


@pytest.mark.holds("DOAC_effect")
def test_a_direct_anticoagulant_changes_nothing():
    with_it, without = run('"apixaban 5 mg"'), run("")
    for outcome in ("INR", "dp_ucMGP", "uc_c_OC_ratio", "CAC_agatston"):
        np.testing.assert_array_equal(central(with_it, outcome), central(without, outcome))


def test_a_draw_in_which_nothing_explains_the_inr_says_so():
    taken = Antagonist(WARFARIN, INR=2.4, daily_mg=5.0)
    numbers = {"IC_warfarin_person": np.array([1.0, np.nan, np.nan])}
    words = in_words(("", "k is nan", ""), numbers, taken)
    # A set that runs is left alone; one that fails for another reason than the INR keeps its words.
    assert words == (
        "",
        "an INR of 2.4 cannot be explained with the vitamin K and medicines given",
        "",
    )
    assert in_words(("no rest",), {"IC_warfarin_person": np.array([1.0])}, taken) == ("no rest",)
    assert in_words(("no rest",), {}, None) == ("no rest",)
