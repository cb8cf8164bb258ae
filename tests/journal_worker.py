"""Faults of the journal, made on purpose: python tests/journal_worker.py FAULT FOLDER N SEED.

Each prints one JSON object. A process is killed by the kernel (SIGKILL) at a moment that nobody chose; what a
power cut does to a disk cannot be tried this way.
"""

from __future__ import annotations

import datetime
import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import sys
import time
from pathlib import Path

from calciroute.errors import InputError
from calciroute.guide.journal import Journal, open_journal
from calciroute.guide.journal_entry import Content, Reading
from calciroute.guide.journal_schema import FILE_NAME, MIGRATIONS, copy_name

DAY = datetime.date(2026, 3, 1)
_COLUMNS = {
    "revision": "number, recorded, state, undoes, day, clock, text, taken, assay, maker, readings",
    "reading": "number, place, name, sign, value, unit, remarks",
}
# A later version of the tables, for the tests alone: every row is written anew.
LATER = (
    *MIGRATIONS,
    (
        "CREATE TABLE reading_new (entry INTEGER NOT NULL, number INTEGER NOT NULL, place INTEGER NOT NULL, "
        "name TEXT NOT NULL, sign TEXT NOT NULL, value REAL, unit TEXT NOT NULL, remarks TEXT NOT NULL, "
        "PRIMARY KEY (entry, number, place), "
        "FOREIGN KEY (entry, number) REFERENCES revision (entry, number) ON DELETE CASCADE) STRICT",
        "INSERT INTO reading_new SELECT * FROM reading",
        "DROP TABLE reading",
        "ALTER TABLE reading_new RENAME TO reading",
        "CREATE INDEX revision_by_day ON revision (day)",
    ),
)


def pressure(number: int) -> Content:
    """An entry with two readings, so that half of it can be told from all of it."""
    readings = (Reading("SBP", "", 100.0 + number % 80, "mmHg"), Reading("DBP", "", 70.0, "mmHg"))
    return Content(DAY, "08:00", f"{100 + number % 80}/70 entry {number}", readings=readings)


def write_on(journal: Journal, start: int, count: int, told: int) -> None:
    """Add entries and tell the number of each once `add` has returned."""
    for number in range(start, start + count):
        entry = journal.add("pressure", pressure(number))
        os.write(told, f"{entry.id}\n".encode())


def in_child(work, *arguments) -> int:
    """Fork, do the work, leave without any clean-up of Python's own."""
    child = os.fork()
    if child == 0:
        try:
            work(*arguments)
        except BaseException as wrong:
            os.write(2, f"{type(wrong).__name__}: {wrong}\n".encode())
            os._exit(1)
        os._exit(0)
    return child


def _open_and_write(folder: Path, start: int, told: int) -> None:
    with open_journal(folder) as journal:
        write_on(journal, start, 10_000, told)


def kill_while_writing(folder: Path, kills: int, seed: int) -> dict[str, int]:
    """Killed at a random moment of its first hundredths of a second, again and again on one file."""
    moments = random.Random(seed)
    acknowledged: set[int] = set()
    lost = half = damaged = left_over = 0
    for kill in range(kills):
        ours, told = os.pipe()
        child = in_child(_open_and_write, folder, kill * 10_000, told)
        os.close(told)
        first = os.read(ours, 1) if kill % 4 else b""  # every fourth may die before its first entry
        time.sleep(moments.uniform(0.0, 0.1))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(ours, "rb") as pipe:
            lines = (first + pipe.read()).split(b"\n")
        acknowledged |= {int(line) for line in lines[:-1]}  # a line without its end was not told whole
        left_over += (folder / f"{FILE_NAME}-journal").exists()
        try:
            with open_journal(folder) as journal:
                there = {entry.id for entry in journal.entries()}
        except InputError as wrong:
            half += "readings" in str(wrong) or "is empty" in str(wrong)
            damaged += "damaged" in str(wrong)
            there = set()
        lost = max(lost, len(acknowledged - there))
    return {
        "kills": kills, "acknowledged": len(acknowledged), "lost": lost, "half": half, "damaged": damaged,
        "rolled_back": left_over,
    }  # fmt: skip


def _migrate(folder: Path) -> None:
    open_journal(folder, LATER).close()


def kill_while_migrating(folder: Path, kills: int, seed: int) -> dict[str, int]:
    """A file of the version before, brought up to date and killed at a random moment of it."""
    moments = random.Random(seed)
    with open_journal(folder) as journal:
        with journal.writing():
            pass
        for number in range(20):
            journal.add("pressure", pressure(number))
        _multiply(journal, 400)
        before = journal.entries(removed=True)
    template = (folder / FILE_NAME).read_bytes()
    child = in_child(_migrate, folder)
    begun = _wait_for_second_file(folder, time.perf_counter())
    os.waitpid(child, 0)
    whole = time.perf_counter() - begun
    lost = damaged = old = new = copies = 0
    for _ in range(kills):
        for path in folder.iterdir():
            path.unlink()
        (folder / FILE_NAME).write_bytes(template)
        child = in_child(_migrate, folder)
        _wait_for_second_file(folder, time.perf_counter())
        time.sleep(moments.uniform(0.0, 1.1 * whole))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        copy = folder / copy_name(1)
        if copy.exists():
            copies += 1
            damaged += copy.stat().st_size < len(template) or not _is_whole(copy)
        connection = sqlite3.connect(folder / FILE_NAME)
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        connection.close()
        old, new = old + (version == 1), new + (version == 2)
        with open_journal(folder, LATER) as journal:
            lost += journal.entries(removed=True) != before
    return {
        "kills": kills, "entries": len(before), "changed": lost, "damaged": damaged, "still_old": old,
        "already_new": new, "copies_made": copies,
    }  # fmt: skip


def _wait_for_second_file(folder: Path, begun: float) -> float:
    """The moment at which the copy is begun: what comes before it changes nothing."""
    while len(list(folder.iterdir())) < 2 and time.perf_counter() < begun + 30.0:
        time.sleep(0.0005)
    return time.perf_counter()


def _multiply(journal: Journal, times: int) -> None:
    """Many entries quickly, in one transaction."""
    first = journal.entries()
    with journal.writing() as connection:
        for number in range(times):
            for entry in first:
                uid = f"{entry.uid}-{number}"
                run = connection.execute
                row = run("INSERT INTO entry (uid, kind) VALUES (?, ?)", (uid, entry.kind)).lastrowid
                for table, columns in _COLUMNS.items():
                    copied = f"INSERT INTO {table} (entry, {columns}) SELECT ?, {columns} FROM {table}"
                    run(f"{copied} WHERE entry = ?", (row, entry.id))


def _is_whole(path: Path) -> bool:
    connection = sqlite3.connect(path)
    try:
        return connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    except sqlite3.Error:
        return False
    finally:
        connection.close()


def two_writers(folder: Path, each: int, seed: int) -> dict[str, int]:
    """Two processes, so many entries each, on a file that neither of them has made."""
    ours, told = os.pipe()
    children = [in_child(_write_some, folder, start, each, told) for start in (0, 1_000_000)]
    os.close(told)
    with os.fdopen(ours, "rb") as pipe:
        acknowledged = pipe.read().count(b"\n")
    failed = sum(os.waitpid(child, 0)[1] != 0 for child in children)
    with open_journal(folder) as journal:
        kept = len(journal.entries())
    return {"written": 2 * each, "acknowledged": acknowledged, "kept": kept, "failed": failed}


def _write_some(folder: Path, start: int, count: int, told: int) -> None:
    with open_journal(folder) as journal:
        write_on(journal, start, count, told)


def full_disk(folder: Path, times: int, seed: int) -> dict[str, object]:
    """A limit on the size of files stands in for a full disk."""
    messages: set[str] = set()
    changed = half_written = 0
    limits = random.Random(seed)
    for number in range(times):
        with open_journal(folder) as journal:
            before = journal.entries(removed=True)
        size = (folder / FILE_NAME).stat().st_size
        ours, told = os.pipe()
        child = in_child(_write_into_limit, folder, size + limits.randrange(0, 20_000), told, number)
        os.close(told)
        with os.fdopen(ours, "rb") as pipe:
            lines = pipe.read().decode().splitlines()
        os.waitpid(child, 0)
        acknowledged = {int(line) for line in lines if line.isdigit()}
        messages |= {line for line in lines if not line.isdigit()}
        with open_journal(folder) as journal:
            after = journal.entries(removed=True)
        changed += not {entry.id for entry in after} >= {entry.id for entry in before} | acknowledged
        half_written += after[: len(before)] != before
    return {"times": times, "changed": changed, "half": half_written, "messages": sorted(messages)}


def _write_into_limit(folder: Path, limit: int, told: int, number: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        with open_journal(folder) as journal:
            write_on(journal, number * 1_000, 1_000, told)
    except InputError as wrong:
        os.write(told, f"{wrong.problems[0].found}\n".encode())


def tiny_disk(folder: Path, times: int, seed: int) -> dict[str, object]:
    """The folder lies on a file system of a few hundred kB that somebody has mounted there."""
    with open_journal(folder) as journal:
        acknowledged, message = 0, ""
        try:
            for number in range(100_000):
                journal.add("pressure", pressure(number))
                acknowledged += 1
        except InputError as wrong:
            message = wrong.problems[0].found
    with open_journal(folder) as journal:
        kept = len(journal.entries())
    return {"acknowledged": acknowledged, "kept": kept, "messages": [message]}


def read_only(folder: Path, times: int, seed: int) -> dict[str, object]:
    """A journal in a folder that its owner may not write; root is nobody for this."""
    with open_journal(folder) as journal:
        journal.add("pressure", pressure(1))
    nobody = 65534
    if os.getuid() == 0:
        for path in (folder, *folder.iterdir()):
            os.chown(path, nobody, nobody)
    (folder / FILE_NAME).chmod(0o400)
    folder.chmod(0o500)
    ours, told = os.pipe()
    child = in_child(_read_and_write, folder, nobody, told)
    os.close(told)
    with os.fdopen(ours, "rb") as pipe:
        kept, _, message = pipe.read().decode().partition("\n")
    os.waitpid(child, 0)
    folder.chmod(0o700)
    return {"kept": int(kept), "messages": [message.strip()]}


def _read_and_write(folder: Path, nobody: int, told: int) -> None:
    if os.getuid() == 0:
        os.setuid(nobody)
    with open_journal(folder) as journal:
        os.write(told, f"{len(journal.entries())}\n".encode())
        try:
            journal.add("pressure", pressure(2))
        except InputError as wrong:
            problem = wrong.problems[0]
            os.write(told, f"{problem.found}. {problem.advice}".encode())


FAULTS = {
    one.__name__: one
    for one in (kill_while_writing, kill_while_migrating, two_writers, full_disk, tiny_disk, read_only)
}

if __name__ == "__main__":
    fault, place, count, seed_word = sys.argv[1:]
    at = Path(place)
    try:
        print(json.dumps(FAULTS[fault](at, int(count), int(seed_word))))
    finally:
        if fault != "tiny_disk":
            shutil.rmtree(at, ignore_errors=True)
