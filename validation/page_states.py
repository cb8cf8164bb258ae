"""The pages that are looked at: reports, intakes and plans, each in the states that a reader may meet."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT / "validation")]

from calciroute.cli import main as command  # noqa: E402
from calciroute.report.build import build_report  # noqa: E402
from calciroute.report.html import render_html  # noqa: E402
from guide.persons import HEAD, NATTO_WEEK, passing  # noqa: E402
from report.synthetic import PERSON, PLAN, simulation  # noqa: E402

# A page is made inside a folder of its own.
Maker = Callable[[Path], Path]

LONG_FOOD = '[[food]]\nfood = "natto"\ngrams = 40\ntimes = "every 2 days 08:00"\n'
_REPORTS: dict[str, dict[str, Any]] = {
    "plan": {},
    "no plan": {"plans": {}},
    "two plans": {"plans": {"mk7_180": PLAN, "a_plan_with_a_very_long_name": PLAN + LONG_FOOD}},
    "stopped": {"person": PERSON + '[medicines]\ntaken = ["warfarin 5 mg"]\n'},
    "one run": {"draws": 1, "failures": ("draw 3, mk7_180: stopped at day 14",), "notes": ("A note.",)},
    "nothing assumed": {"assumptions": (), "years": 0.25},
}
_WEEKS, _PERSONS = ROOT / "docs/examples/weeks", ROOT / "docs/examples/practical"
_SCANS = ROOT / "examples/two_scans"
_WORD = "Zorblax<b>" + "panic" * 16
_MANY = "\n".join(
    f"Day {day}\n" + "breakfast\n50 g gouda; 100 g kale; 40 g natto\n" * 10 for day in range(1, 15)
)


def _report(state: str) -> Maker:
    def make(folder: Path) -> Path:
        run = simulation(**_REPORTS[state])
        page = folder / "report.html"
        page.write_text(render_html(build_report(run), run), encoding="utf-8")
        return page

    return make


def _printed(page: str, *words: str | Path) -> Maker:
    """A page as a command of the programme writes it."""

    def make(folder: Path) -> Path:
        said = io.StringIO()
        given = [str(word) for word in (*words, "--out", folder / "out")]
        with (
            contextlib.redirect_stdout(said),
            contextlib.redirect_stderr(said),
            contextlib.suppress(SystemExit),
        ):
            command(given)
        made = folder / "out" / page
        if not made.is_file():
            raise RuntimeError(f"no {page} from {' '.join(given)}: {said.getvalue()[-400:]}")
        return made

    return make


def _typed(page: str, name: str, files: dict[str, str], *words: str) -> Maker:
    """The same, from files that are written for it."""

    def make(folder: Path) -> Path:
        for other, text in files.items():
            (folder / other).write_text(text, encoding="utf-8")
        first, *rest = words
        return _printed(page, first, folder / name, *rest)(folder)

    return make


def _week(name: str, region: str, *words: str | Path) -> Maker:
    return _printed("intake.html", "intake", _WEEKS / f"{name}.txt", "--region", region, *words)


def _plan(person: str, files: dict[str, str] | None = None) -> Maker:
    if files is None:
        return _printed("plan.html", "plan", _PERSONS / person, "--start", "2026-03-01")
    return _typed("plan.html", person, files, "plan", "--start", "2026-03-01")


_BROUGHT = '[[supplement]]\nproduct = "MK-7 90 mcg softgel"\n[conditions]\nsoy_allergy = true\n'
_HOSTILE = {
    "me.toml": passing(
        _BROUGHT,
        head=HEAD.replace(
            "taken = []",
            f"taken = ['{_WORD}', 'levothyroxine 75 mcg']\n"
            f"confirmed = [{{ name = '{_WORD}', by = 'pharmacist', date = 2026-02-20 }}]",
        ),
        Q057=True,
    ),
    "week.csv": NATTO_WEEK,
}

PAGES: dict[str, Maker] = {
    **{f"report, {state}": _report(state) for state in _REPORTS},
    "report, own scans": _printed(
        "report.html", "simulate", _SCANS / "person.toml", "--plan", _SCANS / "plan.toml",
        "--draws", "4", "--years", "0.25",
    ),
    "intake, Dutch": _week("dutch", "NL", "--body", "efsa"),
    "intake, Japanese": _week("japanese", "JP"),
    "intake, Indian": _week("indian", "IN"),
    "intake, antagonist": _week("dutch", "NL", "--person", _PERSONS / "warfarin.toml"),
    "intake, little found": _typed(
        "intake.html", "day.txt", {"day.txt": f"Monday\n50 g gouda\n50 g {_WORD}\n"}, "intake"
    ),
    "intake, 400 lines": _typed("intake.html", "day.txt", {"day.txt": _MANY}, "intake"),
    "plan, everyday": _plan("everyday.toml"),
    "plan, glaucoma": _plan("glaucoma.toml"),
    "plan, long names": _plan("me.toml", _HOSTILE),
}  # fmt: skip
