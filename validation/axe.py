"""The report in a real Chromium: accessibility rules, phone width, and that it asks no host.

    CHROMIUM=/usr/bin/chromium python validation/axe.py [--keep DIR]

Every state of the report (a plan, no plan, two plans, stopped by a notice, one run without a band) is opened
at 1280 and 390 px, in light and dark, with every rule of axe-core. Exit code 1 when anything is found.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT / "validation")]

from axe_playwright_python.sync_playwright import Axe  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402
from results import write_result  # noqa: E402

from calciroute.report.build import build_report  # noqa: E402
from calciroute.report.html import render_html  # noqa: E402
from report.synthetic import PERSON, PLAN, simulation  # noqa: E402

WIDTHS, SCHEMES = (1280, 390), ("light", "dark")
LONG_FOOD = '[[food]]\nfood = "natto"\ngrams = 40\ntimes = "every 2 days 08:00"\n'
STATES: dict[str, dict[str, Any]] = {
    "plan": {},
    "no plan": {"plans": {}},
    "two plans": {"plans": {"mk7_180": PLAN, "a_plan_with_a_very_long_name": PLAN + LONG_FOOD}},
    "stopped": {"person": PERSON + '[medicines]\ntaken = ["warfarin 5 mg"]\n'},
    "one run": {"draws": 1, "failures": ("draw 3, mk7_180: stopped at day 14",), "notes": ("A note.",)},
    "nothing assumed": {"assumptions": (), "years": 0.25},
}
FLAGS = ["--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


def main() -> int:
    """Check every state and store what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, help="folder for the pages and their pictures")
    kept = parser.parse_args().keep
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not chromium:
        print("No Chromium found; name one in CHROMIUM.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        folder = kept or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        browser = playwright.chromium.launch(executable_path=chromium, args=[*FLAGS, *_sandbox()])
        rows = [row for state in STATES for row in check_state(browser, state, folder, keep=bool(kept))]
        browser.close()
    found = sum(len(row["violations"]) for row in rows)
    asked = sum(row["hosts_asked"] for row in rows)
    wide = sum(row["wider_than_screen"] for row in rows)
    write_result(
        "axe",
        {"views": len(rows), "violations": found, "hosts_asked": asked, "views_wider_than_screen": wide},
        rows,
    )
    for row in rows:
        for violation in row["violations"]:
            print(f"{row['state']}, {row['width']} px, {row['scheme']}: {violation}")
    print(f"{len(rows)} views: {found} violations, {asked} hosts asked, {wide} wider than the screen")
    return 1 if found or asked or wide else 0


def check_state(browser: Browser, state: str, folder: Path, *, keep: bool) -> list[dict[str, Any]]:
    """One state of the report at every width and in both schemes."""
    run = simulation(**STATES[state])
    page_file = folder / f"{state.replace(' ', '-')}.html"
    page_file.write_text(render_html(build_report(run), run), encoding="utf-8")
    rows = []
    for width in WIDTHS:
        for scheme in SCHEMES:
            # axe is a script, which the page forbids: its policy is set aside for the check alone.
            page = browser.new_page(
                viewport={"width": width, "height": 900},
                color_scheme="dark" if scheme == "dark" else "light",
                bypass_csp=True,
            )
            hosts: list[str] = []
            page.on("request", lambda request, seen=hosts: seen.append(request.url))
            page.goto(page_file.as_uri())
            found = Axe().run(page).response["violations"]
            rows.append(
                {
                    "state": state,
                    "width": width,
                    "scheme": scheme,
                    "violations": [f"{one['id']}: {one['help']} ({len(one['nodes'])})" for one in found],
                    "hosts_asked": sum(not url.startswith("file:") for url in hosts),
                    "wider_than_screen": page.evaluate("document.documentElement.scrollWidth > innerWidth"),
                }
            )
            if keep:
                page.screenshot(path=page_file.with_suffix(f".{width}.{scheme}.png"), full_page=True)
            page.close()
    if keep:
        page = browser.new_page()
        page.goto(page_file.as_uri())
        page.pdf(path=page_file.with_suffix(".pdf"), format="A4", prefer_css_page_size=True)
        page.close()
    return rows


def _sandbox() -> list[str]:
    # Chromium refuses its sandbox to the root user, who runs most containers.
    return ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []


if __name__ == "__main__":
    sys.exit(main())
