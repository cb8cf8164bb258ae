"""The journal under faults, in full: kills, two writers, a full disk, journals out and back, erasing.

    python validation/journal.py

Stores results/kill.json for the scoreboard. A kill ends a process, not the power: what a disk does when the
current goes is not tried here. The tiny file system is only tried where this process may mount one.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT / "validation")]

from hypothesis import HealthCheck, given, settings  # noqa: E402
from results import write_result  # noqa: E402

from journal_cases import comes_back_identical, fault, histories, markers_left  # noqa: E402

KILLS, MIGRATION_KILLS, EACH, FULL, ROUND_TRIPS = 200, 50, 1_000, 50, 500


def main() -> int:
    """Run every fault, print, store; 1 when anything was lost."""
    rows = []
    for name, count in (
        ("kill_while_writing", KILLS),
        ("kill_while_migrating", MIGRATION_KILLS),
        ("two_writers", EACH),
        ("full_disk", FULL),
        ("read_only", 1),
    ):
        began = time.monotonic()
        with folder() as at:
            counted = fault(name, at / "data" if name != "read_only" else at, count)
        rows.append({"fault": name, **counted, "seconds": round(time.monotonic() - began, 1)})
        print(rows[-1], flush=True)
    rows.append({"fault": "tiny_disk", **tiny_disk()})
    print(rows[-1], flush=True)
    same, tried = round_trips()
    rows.append({"fault": "round trips", "tried": tried, "identical": same})
    with folder() as at:
        rows.append({"fault": "markers", **markers_left(at)})
    print(*rows[-2:], sep="\n")
    by = {row["fault"]: row for row in rows}
    figures = {
        "kills": by["kill_while_writing"]["kills"],
        "acknowledged": by["kill_while_writing"]["acknowledged"],
        "lost": by["kill_while_writing"]["lost"],
        "half": by["kill_while_writing"]["half"] + by["kill_while_writing"]["damaged"],
        "migration_kills": by["kill_while_migrating"]["kills"],
        "migration_changed": by["kill_while_migrating"]["changed"] + by["kill_while_migrating"]["damaged"],
        "two_writers_written": by["two_writers"]["written"],
        "two_writers_kept": by["two_writers"]["kept"],
        "full_disk_lost": by["full_disk"]["changed"] + by["full_disk"]["half"],
        "round_trips": tried,
        "round_trips_identical": same,
        "markers_outside": by["markers"]["outside"],
        "markers_after_erase": by["markers"]["after_erase"],
    }
    write_result("kill", figures, rows)
    whole = figures["two_writers_kept"] == figures["two_writers_written"] and same == tried
    lost = [
        figures[name] for name in ("lost", "half", "migration_changed", "full_disk_lost", "markers_outside")
    ]
    tiny = by["tiny_disk"]
    whole = whole and tiny.get("kept", 0) == tiny.get("acknowledged", 0)
    return int(not whole or any(lost) or bool(figures["markers_after_erase"]))


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    """A folder of its own for one fault."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        yield Path(name)


def tiny_disk() -> dict[str, object]:
    """A file system of 256 kB, where this process may mount one."""
    with folder() as at:
        command = ["mount", "-t", "tmpfs", "-o", "size=256k,mode=0700", "tmpfs", str(at)]
        try:
            mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
        except OSError:
            mounted = False
        if not mounted:
            return {"not_run": "this process may not mount a file system"}
        try:
            return fault("tiny_disk", at / "data", 1)
        finally:
            subprocess.run(["umount", str(at)], check=False)


def round_trips() -> tuple[int, int]:
    """Generated journals that came back identical from both exports, of how many."""
    came_back: list[bool] = []

    @settings(
        max_examples=ROUND_TRIPS, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(steps=histories())
    def one(steps: list[tuple[str, object]]) -> None:
        with folder() as at:
            came_back.append(comes_back_identical(at, steps))

    one()
    return sum(came_back), len(came_back)


if __name__ == "__main__":
    sys.exit(main())
