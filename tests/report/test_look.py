"""One look: colours that can be read and told apart, the same in page, picture and terminal."""

import pytest

from calciroute.body.outputs import GROUPS
from calciroute.report.look import (
    COLOURS,
    DARK_PAGE,
    DARK_PANEL,
    DASHES,
    GROUP_WORDS,
    LIGHT_PAGE,
    LIGHT_PANEL,
    VARIANT_WORDS,
    contrast,
    css_properties,
)
from calciroute.simulate.run import SHOWN_VARIANTS


@pytest.mark.parametrize("name", COLOURS)
def test_every_colour_can_be_read_as_text(name):
    colour = COLOURS[name]
    for page in (LIGHT_PAGE, LIGHT_PANEL):
        assert contrast(colour.light, page) >= 4.5
    for page in (DARK_PAGE, DARK_PANEL):
        assert contrast(colour.dark, page) >= 4.5


@pytest.mark.parametrize(
    ("name", "ratio"),
    [
        ("text", 15.3),
        ("quiet", 6.1),
        ("plan", 5.8),
        ("artery", 5.2),
        ("bone", 6.4),
        ("liver", 6.2),
        ("warning", 7.1),
    ],
)
def test_contrast_is_what_the_design_page_measured(name, ratio):
    measured = {round(contrast(COLOURS[name].light, page), 1) for page in (LIGHT_PAGE, LIGHT_PANEL)}
    assert min(abs(value - ratio) for value in measured) <= 0.21


def test_every_variant_that_runs_with_a_result_has_its_own_dash_and_words():
    assert set(SHOWN_VARIANTS) == set(DASHES) == set(VARIANT_WORDS)
    assert len(set(DASHES.values())) == len(DASHES)


def test_every_group_has_words():
    assert set(GROUP_WORDS) == set(GROUPS)


def test_both_schemes_name_the_same_properties():
    light, dark = (
        {line.split(":")[0] for line in css_properties(scheme).splitlines()} for scheme in ("light", "dark")
    )
    assert light == dark
    assert {f"--{name}" for name in COLOURS} < light
