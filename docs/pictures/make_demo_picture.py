"""Make ``demo.svg`` of the README from a real run: ``python docs/pictures/make_demo_picture.py``."""

from __future__ import annotations

import re
import tempfile
import textwrap
from pathlib import Path
from xml.sax.saxutils import escape

from calciroute.intake.plan import read_plan
from calciroute.people.examples import write_examples
from calciroute.people.person import read_person
from calciroute.report.build import build_report
from calciroute.report.look import css_properties
from calciroute.report.picture import Picture
from calciroute.simulate import run_person

SHOWN = ("dp_ucMGP", "CAC_agatston", "calcium_flow")
WIDTH, GAP, HEAD, FLOW_WIDTH = 1080.0, 24.0, 68.0, 680.0
FONT = "system-ui, -apple-system, Segoe UI, Roboto, sans-serif"


def placed(picture: Picture, x: float, y: float, width: float) -> tuple[str, float]:
    """One picture with its title at a place, scaled to a width; and the height it takes."""
    box = re.search(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"', picture.svg)
    assert box is not None
    height = width * float(box[2]) / float(box[1])
    inner = re.sub(r'<svg\b([^>]*?)\s(?:width|height)="[^"]*"', r"<svg\1", picture.svg)
    inner = re.sub(r'<svg\b([^>]*?)\s(?:width|height)="[^"]*"', r"<svg\1", inner)
    inner = inner.replace("<svg", f'<svg x="{x:g}" y="{y + HEAD:g}" width="{width:g}" height="{height:g}"', 1)
    lines = textwrap.wrap(picture.title, round(width / 9.6))
    words = "".join(
        f'<text x="{x:g}" y="{y + 20 + 20 * place:g}" font-size="16" font-weight="600" fill="var(--text)">'
        f"{escape(line)}</text>"
        for place, line in enumerate(lines)
    )
    under = f'x="{x:g}" y="{y + HEAD - 10:g}" font-size="13" fill="var(--quiet)"'
    words += f"<text {under}>{escape(picture.subtitle)}</text>"
    return words + inner, HEAD + height


def main() -> None:
    """Run the example and write the picture beside this file."""
    with tempfile.TemporaryDirectory() as folder:
        person, plan, _ = write_examples(Path(folder))
        simulation = run_person(read_person(person), [read_plan(plan)])
    report = build_report(simulation)
    chosen = {picture.name: picture for picture in report.pictures if picture.name in SHOWN}
    half = (WIDTH - 3 * GAP) / 2
    parts, top = [], 0.0
    for index, name in enumerate(SHOWN[:2]):
        part, height = placed(chosen[name], GAP + index * (half + GAP), GAP, half)
        parts.append(part)
        top = max(top, height)
    part, height = placed(chosen[SHOWN[2]], GAP, top + 2 * GAP, FLOW_WIDTH)
    parts.append(part)
    whole = top + height + 3 * GAP
    alternative = escape(" ".join(chosen[name].alternative for name in SHOWN))
    Path(__file__).with_name("demo.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {whole:.0f}" role="img" '
        f'font-family="{FONT}"><title>{alternative}</title>'
        f"<style>:root {{ {css_properties('light')} }}</style>"
        f'<rect width="100%" height="100%" fill="#ffffff"/>{"".join(parts)}</svg>\n',
        "utf-8",
    )


if __name__ == "__main__":
    main()
