"""A folder of results, written whole or not at all, never over somebody else's things."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from calciroute.errors import InputError, Problem
from calciroute.purpose import PURPOSE
from calciroute.tables.people_files import shown_name

# What each command leaves; the JSON of each is the mark by which a folder of ours is known.
REPORT, RESULT, COURSES = "report.html", "result.json", "result.nc"
RUN, COURSES_ZARR = "run.json", "result.zarr"
INTAKE, INTAKE_PAGE, INTAKE_DAYS = "intake.json", "intake.html", "intake_days.csv"
RUN_KIND = "calciroute run of a model"
INTAKE_KIND = "calciroute intake"
PLAN, PLAN_PAGE, PLAN_PDF, PLAN_CALENDAR = "plan.json", "plan.html", "plan.pdf", "plan.ics"
PLAN_KIND = "calciroute 30-day plan"
_LONGEST_NAME = 255  # bytes, on every usual disk
_INTAKE_FILES = (INTAKE, INTAKE_PAGE, INTAKE_DAYS)
_PLAN_FILES = (PLAN, PLAN_PAGE, PLAN_PDF, PLAN_CALENDAR)
_FILES = frozenset((REPORT, RESULT, COURSES, RUN, COURSES_ZARR, *_PLAN_FILES, *_INTAKE_FILES))


def check_folder(folder: Path) -> None:
    """Whether results may go to a folder: new, empty, or one that calciroute wrote before.

    Parameters
    ----------
    folder : Path
        Of ``--out``.

    Raises
    ------
    InputError
        For a file, a folder that cannot be read, or one that holds something else.
    """
    folder = Path(folder)
    if not os.path.lexists(folder):  # Path.exists would raise for a name too long
        _check_parent(folder)
        return
    problem = None
    if not folder.is_dir():
        problem = Problem(
            str(folder), "this is a file, not a folder", "a new folder", "another name after --out"
        )
    else:
        try:
            names = [entry.name for entry in os.scandir(folder)]
        except OSError as wrong:
            raise InputError(
                [Problem(str(folder), wrong.strerror or "cannot be read", "a folder")]
            ) from wrong
        if names and not _is_result_folder(folder):
            others = "1 other thing" if len(names) == 1 else f"{len(names)} other things"
            found = f"this folder holds {others}, nothing is replaced"
            problem = Problem(
                str(folder), found, "a new, an empty, or an earlier result folder", "another name after --out"
            )
    if problem is not None:
        raise InputError([problem])
    _check_parent(folder)


def write_folder(folder: Path, fill: Callable[[Path], None]) -> None:
    """Fill a folder of results, whole or not at all.

    Parameters
    ----------
    folder : Path
        Made, or replaced whole when it is a result folder of ours.
    fill : callable
        Writes everything into the empty folder that it is given.

    Raises
    ------
    InputError
        As `check_folder`, or when the disk refuses; an earlier result then stands as it was.

    Notes
    -----
    Everything is made in a hidden folder beside the final place, brought to disk, and renamed. An earlier
    folder gives up its name just before, so for a moment neither stands there; both are then on disk.
    """
    final = Path(folder)
    check_folder(final)
    try:
        parent = final.resolve().parent
        parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=_hidden(final), dir=parent))
    except OSError as wrong:
        raise InputError([_refused(final, wrong)]) from wrong
    try:
        fill(made)
        made.chmod(0o777 & ~_umask())  # a temporary folder is private, a result is as open as any other
        _bring_to_disk(made)
        _give_name(made, final)
    except OSError as wrong:
        raise InputError([_refused(final, wrong)]) from wrong
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _hidden(final: Path) -> str:
    """Beginning of the name of a folder beside the final one, whose name may be as long as any can be."""
    return f".{final.name[:40]}-"


def _check_parent(folder: Path) -> None:
    """Whether the nearest folder that exists would take a new one: before minutes of work, not after."""
    parent = Path(os.path.realpath(folder)).parent  # never raises, whatever the name
    while not os.path.lexists(parent) and parent != parent.parent:
        parent = parent.parent
    if max(len(os.fsencode(part)) for part in (*folder.parts, "")) > _LONGEST_NAME:
        found = "this name is too long"
    elif not os.path.isdir(parent):
        found = f"{shown_name(parent)} is not a folder"
    elif not os.access(parent, os.W_OK | os.X_OK):
        found = f"nothing may be written into {shown_name(parent)}"
    else:
        return
    where, advice = shown_name(folder), "another name after --out"
    raise InputError([Problem(where, found, "a folder you may write to", advice)])


def _is_result_folder(folder: Path) -> bool:
    """Ours, and nothing of anybody else in it: what a person put there is not ours to remove."""
    names = {entry.name for entry in os.scandir(folder)}
    if not names <= _FILES:
        return False
    try:
        if RESULT in names:
            from calciroute.report.result_json import is_ours

            return is_ours(json.loads((folder / RESULT).read_text("utf-8")))
        if INTAKE in names:
            return _has_kind(json.loads((folder / INTAKE).read_text("utf-8")), INTAKE_KIND)
        if PLAN in names:
            return _has_kind(json.loads((folder / PLAN).read_text("utf-8")), PLAN_KIND)
        run = json.loads((folder / RUN).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return _has_kind(run, RUN_KIND)


def _has_kind(document: object, kind: str) -> bool:
    return isinstance(document, dict) and document.get("purpose") == PURPOSE and document.get("kind") == kind


def _give_name(made: Path, final: Path) -> None:
    target = final.resolve()
    if not target.exists():
        made.rename(target)
        _sync(target.parent)
        return
    earlier = Path(tempfile.mkdtemp(prefix=f"{_hidden(final)}earlier-", dir=target.parent))
    target.rename(earlier / target.name)
    try:
        made.rename(target)
    except OSError:
        (earlier / target.name).rename(target)
        raise
    finally:
        shutil.rmtree(earlier, ignore_errors=True)
    _sync(target.parent)


def _bring_to_disk(folder: Path) -> None:
    for path in folder.rglob("*"):
        _sync(path)
    _sync(folder)


def _sync(path: Path) -> None:
    if path.is_dir() and os.name == "nt":
        return  # Windows opens no folders for this
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _refused(folder: Path, wrong: OSError) -> Problem:
    return Problem(str(folder), wrong.strerror or str(wrong), "a folder that can be written")
