"""Every wrong diary, label, journal, food table, list of medicines, person and plan through the command line.

    python validation/bad_input.py

Bound: each ends with exit code 2 (or, for a label or a food that is asked about, with 0 and its line in the
answer; for a list of medicines with 3 and a notice), words that name what is wrong and a next step, no
traceback, nothing written, under 5 s. An input that looks wrong and is right after all has a reason in its
case: it is to be read, and does not count as wrong. Anything else that is read without a word is a miss.
"""

from __future__ import annotations

import multiprocessing
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "validation"), str(ROOT / "tests")]

from results import write_result  # noqa: E402

from wrong_input import LONGEST_S, attempt, warm_up  # noqa: E402
from wrong_inputs import wrong_inputs  # noqa: E402

SHARES = 2


def main() -> int:
    """Try every wrong input, print, store; 1 when one misses its bound."""
    with multiprocessing.get_context("spawn").Pool(SHARES) as pool:
        shares = pool.map(_share, range(SHARES), chunksize=1)
    rows = [row for share in shares for row in share]
    counted = [row for row in rows if not row["why"]]
    kinds = Counter(row["kind"] for row in counted)
    practical = [row for row in counted if row["kind"] in ("diary", "label", "journal")]
    figures = {
        "files": len(counted),
        "causes": len({row["cause"] for row in counted}),
        "kinds": dict(sorted(kinds.items())),
        "diaries_labels_journals": len(practical),
        "diaries_labels_journals_causes": len({row["cause"] for row in practical}),
        "exit_2": sum(row["outcome"] == "refused" for row in counted),
        "told_with_exit_0": sum(row["outcome"] == "told" for row in counted),
        "stopped_with_exit_3": sum(row["outcome"] == "stopped" for row in counted),
        "right_after_all": len(rows) - len(counted),
        "tracebacks": sum(bool(row["traceback"]) for row in rows),
        "over_5_s": sum(row["seconds"] >= LONGEST_S for row in rows),
        "half_written": sum(bool(row["left"]) for row in rows),
        "missed": sum(bool(row["missed"]) for row in rows),
        "longest_s": max(row["seconds"] for row in rows),
    }
    for row in rows:
        if row["missed"] or row["why"]:
            said = row["missed"] or f"right after all: {row['why']}"
            print(f"  {row['kind']} {row['file']} ({row['cause']}): {said}: {row['words']!r}")
    for name, value in figures.items():
        print(f"{name}: {value}")
    write_result("bad_input", figures, [_short(row) for row in rows])
    return int(figures["missed"] > 0 or figures["tracebacks"] > 0)


def _share(part: int) -> list[dict[str, Any]]:
    rows = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        warm_up(Path(folder))
    for wrong in wrong_inputs()[part::SHARES]:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            rows.append(attempt(wrong, Path(folder)))
    return rows


def _short(row: dict[str, Any]) -> dict[str, Any]:
    """A row without the folder of the day."""
    return {name: value for name, value in row.items() if name not in ("words", "seconds")}


if __name__ == "__main__":
    sys.exit(main())
