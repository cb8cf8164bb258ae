"""Ordinary lists of three medicines: how many close a gate because a name is unknown.

    python validation/medicine_cover.py

The names (``dispensed_medicines.csv``) stand as lists of dispensed or common medicines print them in
England, Australia, the US, Germany, France and Italy, brands and odd spellings too; they were written down
without a look at the package's table. From each of two pools 200 lists of three are drawn: the 300 most
dispensed of the US, from which the table was extended on purpose, and all other lists. What these missed at
the first look was added afterwards (`FIRST_LOOK`, lists that closed no gate then), so that today's share is
no estimate for a list that nobody has seen. Into each list an antagonist is put as well: it has to stop.
Prints shares and every unknown name, stores results/medicine_cover.json, ends with 1 on a share below 95 %
or an antagonist missed.
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT / "validation")]

from results import write_result  # noqa: E402

from calciroute.people.medicines import recognise  # noqa: E402
from calciroute.safety.gates import ask_gates  # noqa: E402
from safety.persons import answered_person  # noqa: E402

EXTENDED_FROM = "names_public_dispensed_list_us"
ANTAGONISTS = ("warfarin 3 mg", "Coumadin", "Marcumar 3 mg", "Sintrom 4 mg", "acenocoumarol", "Previscan")
LISTS = 200
# Of 200 lists of three, drawn from each list when it was first held against the table.
FIRST_LOOK = {
    "England, Australia, US brands (with 1,188 more names after it)": 91,
    "Germany": 96,
    "France": 54,
    "UK, clinical text": 200,
    "Italy": 142,
}
AT_LEAST = 0.95


def main() -> int:
    """Draw the lists of both pools, print, store; 1 below the mark."""
    names = read_names()
    independent = [name for listed, name in names if listed != EXTENDED_FROM]
    most_dispensed = [name for listed, name in names if listed == EXTENDED_FROM]
    figures: dict[str, float | int] = {}
    rows = []
    for pool, words in (("independent", independent), ("most_dispensed_us", most_dispensed)):
        drawn = lists(words, LISTS)
        unknown = sorted({name for name in words if not recognise(name).recognised})
        open_lists = sum(not closes_for_unknown(one) for one in drawn)
        stopped = sum(stops(one, ANTAGONISTS[place % len(ANTAGONISTS)]) for place, one in enumerate(drawn))
        figures |= {
            f"{pool}_names": len(set(words)),
            f"{pool}_lists": len(drawn),
            f"{pool}_open_lists": open_lists,
            f"{pool}_share": open_lists / len(drawn),
            f"{pool}_antagonists_stopped": stopped,
        }
        rows += [{"pool": pool, "unknown": name} for name in unknown]
        print(f"{pool}: {open_lists} of {len(drawn)} lists close no gate for an unknown name")
        print(f"  unknown: {unknown}")
        print(f"{pool}: {stopped} of {len(drawn)} lists with an antagonist stop")
    rows += [{"first_look": name, "open_lists": count} for name, count in FIRST_LOOK.items()]
    write_result("medicine_cover", figures, rows)
    good = all(figures[f"{pool}_share"] >= AT_LEAST for pool in ("independent", "most_dispensed_us"))
    recall = all(
        figures[f"{pool}_antagonists_stopped"] == LISTS for pool in ("independent", "most_dispensed_us")
    )
    return int(not (good and recall))


def read_names() -> list[tuple[str, str]]:
    """List and name, as printed."""
    with (ROOT / "validation" / "dispensed_medicines.csv").open(encoding="utf-8", newline="") as file:
        return [(row["list"], row["name"]) for row in csv.DictReader(file)]


def lists(names: Sequence[str], count: int, seed: int = 20261125) -> list[tuple[str, ...]]:
    """Lists of three different names."""
    draw = random.Random(seed)
    return [tuple(draw.sample(sorted(set(names)), 3)) for _ in range(count)]


def closes_for_unknown(medicines: Sequence[str]) -> bool:
    """Whether a gate closes because a name is unknown."""
    result = ask_gates(answered_person(*medicines))
    return not result.passed and any(one.gate == "Q062" for one in result.closed)


def stops(medicines: Sequence[str], antagonist: str) -> bool:
    """Whether the same list with an antagonist is stopped for it."""
    result = ask_gates(answered_person(*medicines, antagonist))
    return not result.passed and any(one.gate == "Q061" for one in result.closed)


if __name__ == "__main__":
    sys.exit(main())
