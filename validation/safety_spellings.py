"""300 synthetic persons, one name that matters in each list, misspelt by rules: who is stopped, and for what?

    python validation/safety_spellings.py

Misspellings are made here (dropped, doubled, neighbouring key, by ear, in Cyrillic, in katakana); one that
stands in the table of names is left out (``tests/spelled_medicines.py``). Beside the persons every single
edit of every antagonist's name in Latin letters is looked up: none may be a harmless name, but for those
that the table holds on purpose. Prints counts and every miss, stores results/safety_spellings.json, ends
with 1 on an antagonist that is not stopped, a warning of vitamin K for anyone else, or an unknown name that
is not named.
"""

from __future__ import annotations

import string
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT / "validation")]

from results import write_result  # noqa: E402

import spelled_medicines as spelled  # noqa: E402
from calciroute.people.medicine_words import comparable  # noqa: E402
from calciroute.people.medicines import ANTAGONIST, UNNAMED, recognise  # noqa: E402
from calciroute.tables.medicine_names import read_medicine_names  # noqa: E402


def main() -> int:
    """Ask the gates about every person, look up every single edit, print, store."""
    people = list(spelled.persons())
    counted = Counter((person.kind, person.rule, spelled.outcome(person)) for person in people)
    wrong = [person for person in people if spelled.outcome(person) != "right"]
    asked = sum(
        person.kind == "antagonist" and recognise(person.written).status == "ask" for person in people
    )
    for (kind, rule, outcome), count in sorted(counted.items()):
        print(f"{kind:22} {rule:13} {outcome:34} {count}")
    for person in wrong:
        print(f"  {person.name}: {person.written}: {spelled.outcome(person)}")
    edits, opened = single_edits()
    print(f"{edits} single edits of antagonists' names; harmless names among them: {sorted(opened)}")
    kinds = Counter(person.kind for person in people)
    right = Counter(person.kind for person in people if spelled.outcome(person) == "right")
    figures = {
        "persons": len(people),
        **{f"{kind}_right": right[kind] for kind in kinds},
        **{f"{kind}_persons": kinds[kind] for kind in kinds},
        "antagonists_named_as_near_one": asked,
        "single_edits": edits,
        "single_edits_harmless": len(opened),
    }
    rows = [
        {"kind": kind, "rule": rule, "outcome": outcome, "count": count}
        for (kind, rule, outcome), count in sorted(counted.items())
    ]
    write_result("safety_spellings", figures, rows)
    return int(bool(wrong) or bool(opened))


def single_edits() -> tuple[int, set[tuple[str, str]]]:
    """How many texts one edit from an antagonist were looked up, and which of them are harmless names."""
    rows = read_medicine_names()
    blocking = {comparable(row.name) for row in rows if row.medicine_class in {ANTAGONIST, UNNAMED}}
    harmless = {comparable(row.name) for row in rows} - blocking
    count, found = 0, set()
    for name in sorted(blocking):
        # A word of three letters is one edit from every other.
        if not name.isascii() or len(name) <= 3:
            continue
        edits = edits_of(name) - blocking
        count += len(edits)
        found |= {(name, edit) for edit in edits & harmless}
    return count, found - spelled.KEPT_APART


def edits_of(name: str) -> set[str]:
    """Every text one letter away: dropped, replaced, added, or two letters swapped."""
    places = range(len(name))
    return (
        {name[:at] + name[at + 1 :] for at in places}
        | {name[:at] + letter + name[at + 1 :] for at in places for letter in string.ascii_lowercase}
        | {name[:at] + letter + name[at:] for at in (*places, len(name)) for letter in string.ascii_lowercase}
        | {name[:at] + name[at + 1] + name[at] + name[at + 2 :] for at in places[:-1]}
    )


if __name__ == "__main__":
    sys.exit(main())
