"""Each picture says what is seen, carries its numbers, and draws nothing that is not there."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import numpy as np
import pytest

from calciroute.report.build import _pictures, build_table
from calciroute.report.course_picture import course_picture
from calciroute.report.figures.axes import level_limits
from calciroute.report.figures.calcium_flow import HAIRLINE, WIDEST, Flows, drawn_width
from calciroute.report.figures.canvas import follow_the_page
from calciroute.report.figures.labels import Box, place_beside, spread
from calciroute.report.flow_picture import balance_words, flow_picture, flows_of
from calciroute.report.look import COLOURS, PICTURE_WIDTH
from calciroute.report.plan_words import arm_titles
from report.synthetic import PERSON, PLAN, simulation

ARMS = [("as_now", "without the plan"), ("mk7_180", "with the plan")]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def run():
    return simulation()


@pytest.fixture(scope="module")
def pictures(run):
    return _pictures(run, build_table(run), research=False)


def one(run, outcome, *, research=False):
    return course_picture(
        run.dataset, build_table(run).row(outcome), arm_titles(run.plans), research=research
    )


def texts(picture):
    return ["".join(text.itertext()) for text in ElementTree.fromstring(picture.svg).iter(f"{SVG}text")]


def test_ten_outcomes_and_the_calcium_flow(pictures):
    assert [picture.name for picture in pictures] == [
        "serum_mk7", "percent_ucOC", "dp_ucMGP", "BMD_lumbar_spine", "CAC_agatston", "cfPWV", "SBP", "INR",
        "serum_calcium", "PTH", "calcium_flow",
    ]  # fmt: skip


def test_every_picture_has_words_unit_table_and_a_description(pictures):
    for picture in pictures:
        root = ElementTree.fromstring(picture.svg)
        assert root.attrib["role"] == "img"
        assert root.find(f"{SVG}title").text == picture.title
        assert root.find(f"{SVG}desc").text == picture.alternative
        assert picture.alternative.startswith(picture.title), "the finding comes first"
        assert re.search(r", (\S+|ratio)$", picture.subtitle)
        assert picture.caption.endswith(".")
        assert all(len(cells) == len(picture.table.head) for cells in picture.table.rows)


def test_the_same_run_gives_the_same_bytes(run):
    assert one(run, "dp_ucMGP").svg == one(run, "dp_ucMGP").svg


def test_ids_of_pictures_on_one_page_do_not_meet(pictures):
    ids = [name for picture in pictures for name in re.findall(r'\bid="([^"]+)"', picture.svg)]
    assert len(ids) == len(set(ids))
    for picture in pictures:
        used = set(re.findall(r'(?:href="#|url\(#)([^")]+)', picture.svg))
        assert used <= set(re.findall(r'\bid="([^"]+)"', picture.svg))


def test_nothing_in_a_picture_is_fetched_dated_or_styled_for_the_whole_page(pictures):
    for picture in pictures:
        assert not re.search(r"<(script|style|image|metadata|foreignObject)", picture.svg)
        assert "DejaVu" not in picture.svg
        addresses = set(re.findall(r"https?://[^\"' ]+", picture.svg))
        assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def test_every_colour_follows_the_page(pictures):
    for picture in pictures:
        for what, colour in re.findall(r"(fill|stroke): (#[0-9a-f]{6})", picture.svg):
            assert colour in {"#ffffff", *(c.light for c in COLOURS.values())}
            assert re.search(rf"{what}: {colour}; {what}: var\(--\w+, {colour}\)", picture.svg)
        assert not re.search(r"(fill|stroke): #[0-9a-f]{6}(?!; (fill|stroke): var)", picture.svg)


def test_colours_outside_the_look_are_left_alone():
    assert follow_the_page("fill: #123456") == "fill: #123456"


# ---- titles


FALLS, WITH_PLAN = "falls within ten weeks and stays down$", "with the plan"
NO_DIFFERENCE = "rises with and without the plan, with no clear difference$"


@pytest.mark.parametrize(
    ("outcome", "shape", "title"),
    [
        ("dp_ucMGP", (450.0, 0.0, -0.49, 0.05, 0.1, 1.0), f"^dp-ucMGP in plasma {FALLS}"),
        (
            "CAC_agatston",
            (45.0, 14.0, -0.2, 0.04, 0.1, 0.0),
            f"more slowly {WITH_PLAN}, if the unproven link holds",
        ),
        ("CAC_agatston", (45.0, 14.0, -0.2, 0.04, 0.1, 1.0), f"rises more slowly {WITH_PLAN}$"),
        ("CAC_agatston", (45.0, 14.0, -0.01, 0.04, 9.0, 0.0), NO_DIFFERENCE),
        (
            "BMD_lumbar_spine",
            (0.95, -0.01, 0.02, 0.01, 0.1, 0.0),
            f"falls more slowly {WITH_PLAN}, if the unproven",
        ),
        ("SBP", (131.0, 0.0, 0.0, 0.01, 0.0, 0.0), "is the same with and without the plan$"),
        ("SBP", (131.0, 0.0, -0.05, 0.01, 0.1, 1.0), f"^Systolic blood pressure {FALLS}"),
        ("PTH", (42.0, 0.0, 0.3, 0.05, 0.1, 1.0), "Parathyroid hormone rises within ten weeks and stays up$"),
    ],
)
def test_the_title_says_what_is_seen(outcome, shape, title):
    made = simulation(shapes={outcome: shape}, draws=60)
    assert re.search(title, one(made, outcome).title)


def test_a_title_never_claims_what_the_band_does_not_carry():
    for spread_of_effect in (0.2, 0.6, 2.0):
        made = simulation(shapes={"CAC_agatston": (45.0, 0.0, -0.2, 0.04, spread_of_effect, 1.0)}, draws=60)
        row = build_table(made).row("CAC_agatston")
        title = one(made, "CAC_agatston").title
        assert ("falls" in title or "lower" in title) == (row.plans[0].effect.change.high < 0.0)


def test_research_titles_name_no_direction():
    made = simulation(person=PERSON + '[medicines]\ntaken = ["warfarin 5 mg"]\n')
    assert (
        one(made, "dp_ucMGP", research=True).title
        == "dp-ucMGP in plasma, with and without the plan: research only"
    )
    assert "without the plan" in one(made, "INR", research=True).title


# ---- what is drawn


def test_lines_are_labelled_where_they_end(run):
    shown = texts(one(run, "CAC_agatston"))
    assert {"with the plan", "without", "no causal effect"} <= set(shown)


def test_a_variant_on_the_line_of_the_plan_is_named_and_not_drawn(run):
    picture = one(run, "BMD_lumbar_spine")
    assert "vessel fast" not in texts(picture)
    assert "On the plan's own line: " in picture.caption
    assert "vessel fast" in picture.caption


def test_several_plans_have_a_line_each():
    made = simulation(plans={"mk7_180": PLAN, "mk7_360": PLAN.replace("180", "360")})
    picture = one(made, "dp_ucMGP")
    assert {"with mk7 180", "with mk7 360", "without"} <= set(texts(picture))
    assert picture.table.head == ("Time", "Without", "With mk7 180", "With mk7 360")


def test_without_a_plan_there_is_one_line():
    picture = one(simulation(plans={}), "CAC_agatston")
    assert "as now" in texts(picture)
    assert "with the plan" not in texts(picture)
    assert picture.title == "Coronary calcium score rises when nothing is changed"


def test_one_draw_has_no_fill_and_says_so():
    picture = one(simulation(draws=1), "dp_ucMGP")
    assert "FillBetween" not in picture.svg
    assert "no band yet" in picture.caption


def test_a_small_change_is_not_blown_up():
    low, high = level_limits([np.array([2.349, 2.351])])
    assert high - low > 0.1 * 2.35
    assert level_limits([np.array([100.0, 900.0])])[0] == 0.0
    assert level_limits([np.array([np.nan])]) == (0.0, 1.0)


def test_the_table_holds_start_twelve_weeks_years_and_end(run):
    rows = [cells[0] for cells in one(run, "dp_ucMGP").table.rows]
    assert rows == ["start", "12 weeks", "one year", "two years", "three years"]


# ---- labels


def test_labels_keep_their_distance_and_their_order():
    wanted = [10.0, 10.5, 11.0, 60.0, 99.0]
    placed = spread(wanted, 14.0, 0.0, 100.0)
    assert sorted(placed) == placed
    assert all(b - a >= 14.0 - 1e-9 for a, b in pairwise(placed))
    assert placed[0] >= 0.0
    assert placed[-1] <= 100.0


def test_too_many_labels_still_fit():
    placed = spread([50.0] * 30, 14.0, 0.0, 100.0)
    assert min(placed) >= -1e-9
    assert max(placed) <= 100.0 + 1e-9


def test_a_label_goes_where_nothing_is_covered():
    frame = Box(0.0, 0.0, 300.0, 200.0)
    taken = [Box(105.0, 90.0, 300.0, 110.0)]
    *_, box = place_beside(100.0, 100.0, "knapen2015", 12.0, frame, taken)
    assert box.overlap(taken[0]) == 0.0
    assert box.outside(frame) == 0.0


# ---- the calcium flow


def test_the_numbers_of_the_flow_add_up(run):
    flows = flows_of(run.dataset, "mk7_180")
    assert flows.gut_left_over == pytest.approx(0.0, abs=1e-9)
    assert flows.blood_left_over == pytest.approx(2.0, abs=1e-9)
    words = balance_words(flows)
    assert "stool, left over 0 mg" in words
    assert "kept in blood and soft tissue 2.0 mg" in words


def test_a_broken_balance_shows():
    flows = Flows(1000.0, 200.0, 700.0, 150.0, 500.0, 450.0, 0.005, 0.001)
    assert "left over 100.0 mg" in balance_words(flows)


def test_width_is_to_scale_and_the_artery_is_a_hairline_with_its_number(run):
    picture = flow_picture(run.dataset, ARMS)
    flows = flows_of(run.dataset, "mk7_180")
    assert drawn_width(flows.to_bone, flows.largest) == WIDEST
    assert drawn_width(flows.artery, flows.largest) < HAIRLINE / 1000
    assert any(text.startswith("artery wall 0.00") for text in texts(picture))
    assert re.search(r"about 200\u202f000 times smaller than what is eaten", picture.caption)
    assert "times too wide" in picture.caption
    assert "0.0050\u00a0mg the artery wall" in picture.title


def test_the_flow_table_has_every_flow_of_every_arm(run):
    picture = flow_picture(run.dataset, ARMS)
    assert picture.table.head == ("Flow", "Without the plan", "With the plan")
    assert len(picture.table.rows) == 8


def test_a_flow_that_is_missing_or_not_known_leaves_no_picture(run):
    assert flow_picture(run.dataset.drop_vars("Ca_artery_flow"), ARMS) is None
    broken = run.dataset.copy(deep=True)
    broken["Ca_urine_flow"][:] = np.nan
    broken["Ca_urine_flow_central"][:] = np.nan
    assert flow_picture(broken, ARMS) is None


def test_drawing_stays_inside_the_picture(pictures):
    for picture in pictures:
        for x, anchor, text in re.findall(r'text-anchor: (\w+).*? x="([\d.]+)"[^>]*>([^<]+)<', picture.svg):
            assert 0.0 <= float(anchor) <= PICTURE_WIDTH, (x, text)
