"""Every page in a real Chromium: accessibility rules, phone width, keyboard, and that it asks no host.

    CHROMIUM=/usr/bin/chromium python validation/axe.py [--keep DIR] [--only WORD]

Reports, intakes and plans in the states of ``page_states.py`` (a plan, none, a notice, a notice over an
intake, long names, 400 lines) are opened at 1280, 768 and 390 px, in light and dark, with every rule of
axe-core; the tabulator key walks through each once. Exit code 1 when anything is found. ``--keep`` leaves
pages, pictures and prints in a folder; ``--only`` takes the states whose name begins so, and stores nothing.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from page_states import PAGES
from playwright.sync_api import Browser, Page, sync_playwright
from results import write_result

VIEWS = ((1280, "light"), (1280, "dark"), (768, "light"), (390, "light"), (390, "dark"))
FLAGS = ["--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
_HIGHEST_PICTURE = 12000  # px; Chromium gives up on more

# Text that runs out of its box, or a box that stands outside the screen. What is parked for the keyboard or
# for those who listen (the skip link, heads of folded tables) stands far to the left, which is no fault.
_CUT = """() => [...document.querySelectorAll('body *')].filter(one => {
  if (one.closest('svg') || one.closest('.scroll') && !one.matches('.scroll')) return false;
  const box = one.getBoundingClientRect();
  if (!box.width || box.right < 0) return false;
  return box.right > innerWidth + 1 || (one.scrollWidth > one.clientWidth + 1 && one.clientWidth
    && !one.matches('.scroll') && getComputedStyle(one).display !== 'inline');
}).map(one => one.tagName + ': ' + one.textContent.trim().slice(0, 40))"""
_STOPS = """() => [...document.querySelectorAll('a[href], [tabindex]')].map((one, place) => {
  one.dataset.place = place; return one.tabIndex; })"""
_FOCUS = """() => { const one = document.activeElement; const box = one.getBoundingClientRect();
  return [Number(one.dataset.place ?? -1), box.left >= 0 && box.width > 0,
    getComputedStyle(one).outlineStyle !== 'none' || one.matches('.skip')]; }"""


def main() -> int:
    """Check every state and store what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, help="folder for the pages, their pictures and prints")
    parser.add_argument("--only", default="", help="states whose name begins so")
    given = parser.parse_args()
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not chromium:
        print("No Chromium found; name one in CHROMIUM.", file=sys.stderr)
        return 2
    states = [state for state in PAGES if state.startswith(given.only)]
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        folder = given.keep or Path(scratch)
        browser = playwright.chromium.launch(executable_path=chromium, args=[*FLAGS, *_sandbox()])
        rows = [row for state in states for row in check_state(browser, state, folder, keep=bool(given.keep))]
        browser.close()
    figures = {
        "pages": len(states),
        "views": len(rows),
        "violations": sum(len(row["violations"]) for row in rows),
        "hosts_asked": sum(row["hosts_asked"] for row in rows),
        "views_wider_than_screen": sum(row["wider_than_screen"] for row in rows),
        "views_with_cut_text": sum(bool(row["cut"]) for row in rows),
        "keyboard_faults": sum(len(row["keyboard"]) for row in rows),
        "moving": sum(row["moving"] for row in rows),
    }
    if not given.only:
        write_result("axe", figures, rows)
    for row in rows:
        for fault in (*row["violations"], *row["cut"], *row["keyboard"]):
            print(f"{row['state']}, {row['width']} px, {row['scheme']}: {fault}")
    print(", ".join(f"{count} {name.replace('_', ' ')}" for name, count in figures.items()))
    return 1 if any(count for name, count in figures.items() if name not in {"pages", "views"}) else 0


def check_state(browser: Browser, state: str, folder: Path, *, keep: bool) -> list[dict[str, Any]]:
    """One state in every view."""
    own = folder / state.replace(",", "").replace(" ", "-")
    own.mkdir(parents=True, exist_ok=True)
    page_file = PAGES[state](own)
    rows = []
    for width, scheme in VIEWS:
        # axe is a script, which the page forbids: its policy is set aside for the check alone.
        page = browser.new_page(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
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
                "cut": page.evaluate(_CUT),
                "moving": page.evaluate("document.getAnimations().length"),
                "keyboard": _walk(page) if (width, scheme) == (390, "light") else [],
            }
        )
        if keep:
            _picture(page, own / f"{width}.{scheme}.png", width)
        page.close()
    if keep:
        page = browser.new_page()
        page.goto(page_file.as_uri())
        page.pdf(path=own / "print.pdf", format="A4", prefer_css_page_size=True)
        page.close()
    return rows


def _walk(page: Page) -> list[str]:
    """Faults of a walk with the tabulator key: order, a stop that cannot be seen, one without a mark."""
    stops = page.evaluate(_STOPS)
    faults = ["a tab index above 0"] if any(stop > 0 for stop in stops) else []
    wanted = [place for place, stop in enumerate(stops) if stop >= 0]
    for place in wanted:
        page.keyboard.press("Tab")
        at, seen, marked = page.evaluate(_FOCUS)
        if at != place:
            return [*faults, f"stop {place}: the key went to {at}"]
        if not seen:
            faults.append(f"stop {place} cannot be seen")
        if not marked:
            faults.append(f"stop {place} has no mark of focus")
    return faults


def _picture(page: Page, path: Path, width: int) -> None:
    height = min(page.evaluate("document.documentElement.scrollHeight"), _HIGHEST_PICTURE)
    page.screenshot(path=path, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": height})


def _sandbox() -> list[str]:
    # Chromium refuses its sandbox to the root user, who runs most containers.
    return ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []


if __name__ == "__main__":
    sys.exit(main())
