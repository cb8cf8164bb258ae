"""docs/engine.md shows what the engine does today: every printed form is made anew and compared."""

import importlib.util
import re
from importlib.metadata import version
from pathlib import Path

import pytest

from calciroute.engine.layout import WIDTH

DOCS = Path(__file__).resolve().parents[1] / "docs"
ADVICE = "run: python docs/make_engine_page.py"
# Printed by LLVM itself, and so of one version of it.
BY_LLVM = {"assembly"}
OF_WIDTH_8 = {"assembly", "llvm"}


@pytest.fixture(scope="module")
def maker():
    spec = importlib.util.spec_from_file_location("make_engine_page", DOCS / "make_engine_page.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def sections(maker):
    return maker.sections()


def test_the_template_shows_every_form_once(maker, sections):
    asked = re.findall(r"^\{(\w+)\}$", maker.TEMPLATE.read_text("utf-8"), re.M)
    assert asked == list(sections)


def test_the_prose_of_the_page_is_that_of_the_template(maker):
    page = maker.PAGE.read_text("utf-8")
    template = re.sub("LLVMLITE", re.search(r"llvmlite (\S+)\)", page)[1], maker.TEMPLATE.read_text("utf-8"))
    for part in re.split(r"^\{\w+\}$", template, flags=re.M):
        assert part in page, ADVICE


def test_every_form_on_the_page_is_what_the_engine_makes_now(maker, sections):
    page = maker.PAGE.read_text("utf-8")
    for name, text in sections.items():
        if name in BY_LLVM and version("llvmlite") not in page:
            continue
        if name == "oracle" or (name in OF_WIDTH_8 and WIDTH != 8):
            continue
        assert text in page, f"{name}: {ADVICE}"


def test_both_backends_of_the_page_agree(sections, maker):
    """The digits shown may differ in the last place between processors; the page's are near those of now."""
    machine, python = (
        [float(number) for number in line.split()[1:]]
        for line in sections["oracle"].splitlines()
        if line.startswith(("machine", "python"))
    )
    assert machine == pytest.approx(python, rel=1e-9)
    [shown] = [line for line in maker.PAGE.read_text("utf-8").splitlines() if line.startswith("machine  ")]
    assert [float(number) for number in shown.split()[1:]] == pytest.approx(machine, rel=1e-6)


def test_every_file_and_option_that_the_page_names_is_there():
    page = (DOCS / "engine.md").read_text("utf-8")
    root = DOCS.parent
    names = set(re.findall(r"`([\w/]+\.(?:py|ant))`", page))
    assert len(names) > 12
    for name in names:
        places = (root, root / "src/calciroute", root / "src/calciroute/engine")
        assert any((place / name).is_file() for place in places), name
    source = (root / "src/calciroute/engine/machine.py").read_text("utf-8")
    for option in ("-disable-post-ra", "-enable-misched=false"):
        assert option in page
        assert option in source
