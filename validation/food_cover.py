"""How much of ten ordinary days the food tables know: lines with vitamin K1 and calcium, and no wrong food.

    python validation/food_cover.py

The diaries and what each line means were written before the mapping (tests/intake/cover/README.md).
They are read by the diary reader itself, with the country of the diary. A line is known when its food is
found, weighed, and has K1 and calcium. Ends with 1 when fewer than 85 % are known, or when a food is wrong.
"""

from __future__ import annotations

import csv
import re
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))
FOLDER = ROOT / "tests" / "intake" / "cover"
REGIONS = {
    "dutch": "NL", "german": "DE", "british": "GB", "american": "US", "indian": "IN", "japanese": "JP",
    "italian": "IT", "french": "FR", "spanish": "ES", "nordic": "DK",
}  # fmt: skip
NEEDED = ("K1", "calcium")
AIM = 0.85
# What else the USDA counts under a name is no part of what the food is: "(includes soft bread crumbs)".
_BRACKETS = re.compile(r"\(includes[^)]*\)")


@dataclass(frozen=True)
class CoverLine:
    """One line of a diary: what was meant and what was found."""

    diary: str
    line: int
    text: str
    meant: str
    food: str
    name: str
    known: bool
    wrong: bool
    open: str


def cover_lines() -> list[CoverLine]:
    """Every line of the ten diaries, looked up."""
    from calciroute.intake.diary_items import foods_of_bytes
    from calciroute.intake.foods import contents_of

    with (FOLDER / "expected.csv").open(encoding="utf-8") as file:
        expected = list(csv.DictReader(file))
    found = {}
    open_lines = {}
    for diary, region in REGIONS.items():
        text = (FOLDER / f"{diary}.txt").read_bytes()
        foods = foods_of_bytes(text, region, f"{diary}.txt")
        for eaten in foods.eaten:
            found[diary, int(eaten.written.where.rsplit(":", 1)[-1])] = eaten
        for left in foods.open:
            open_lines[diary, int(left.written.where.rsplit(":", 1)[-1])] = left.reason
    lines = []
    for row in expected:
        key = (row["diary"], int(row["line"]))
        eaten = found.get(key)
        held = contents_of(eaten.food, REGIONS[row["diary"]]) if eaten is not None else {}
        lines.append(
            CoverLine(
                *key,
                row["text"],
                row["food"],
                eaten.food if eaten is not None else "",
                eaten.name if eaten is not None else "",
                all(name in held for name in NEEDED),
                eaten is not None and not fits(f"{eaten.name} {eaten.food}", row["must"], row["never"]),
                open_lines.get(key, ""),
            )
        )
    return lines


def fits(name: str, must: str, never: str) -> bool:
    """Whether a found food is the one that was meant."""
    plain = _BRACKETS.sub("", name.casefold().replace("_", " "))
    if never and re.search(never, plain):
        return False
    return all(re.search(part.strip(), plain) for part in must.split(" & "))


def main() -> int:
    """Print what is missing, store the counts."""
    from results import write_result

    lines = cover_lines()
    wrong = [line for line in lines if line.wrong]
    known = [line for line in lines if line.known]
    for line in lines:
        if line.wrong or not line.known:
            said = "WRONG" if line.wrong else line.open or "no K1 or calcium"
            print(f"{line.diary}:{line.line} {line.text!r}: {said} {line.name}")
    rows = []
    for diary in REGIONS:
        mine = [line for line in lines if line.diary == diary]
        rows.append(
            {
                "diary": diary,
                "lines": len(mine),
                "found": sum(bool(line.food) for line in mine),
                "with_K1_and_calcium": sum(line.known for line in mine),
                "dishes_with_assumed_recipe": sum(line.food.startswith("dish:") for line in mine),
                "wrong": sum(line.wrong for line in mine),
            }
        )
        print(rows[-1])
    share = len(known) / len(lines)
    print(f"{len(known)} of {len(lines)} lines ({100 * share:.0f} %) with K1 and calcium, {len(wrong)} wrong")
    figures = {
        "lines": len(lines),
        "share_with_K1_and_calcium": round(share, 4),
        "wrong_foods": len(wrong),
        "dishes_with_assumed_recipe": sum(line.food.startswith("dish:") for line in lines),
    }
    write_result("food_cover", figures, rows)
    return int(share < AIM or bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
