"""The example person, plan and diary that ``calciroute new`` writes."""

from __future__ import annotations

import os
from pathlib import Path

from calciroute.errors import InputError, Problem
from calciroute.tables.people_files import shown_name
from calciroute.tables.texts import data_text

EXAMPLE_NAMES = ("person.toml", "plan.toml", "week.csv")


def write_examples(folder: Path) -> tuple[Path, ...]:
    """Write commented example files that run as they are.

    Parameters
    ----------
    folder : Path
        Made when it does not exist.

    Returns
    -------
    tuple of Path
        ``person.toml``, ``plan.toml`` and ``week.csv``.

    Raises
    ------
    InputError
        When one of the files exists already or the folder cannot be written; nothing is then written.

    Examples
    --------
    >>> import tempfile
    >>> [path.name for path in write_examples(Path(tempfile.mkdtemp()) / "mine")]
    ['person.toml', 'plan.toml', 'week.csv']
    """
    folder = Path(folder)
    if os.path.exists(folder) and not os.path.isdir(folder):  # Path.exists raises for a name too long
        raise InputError([Problem(shown_name(folder), "this is a file", "a folder, or a name that is free")])
    paths = tuple(folder / name for name in EXAMPLE_NAMES)
    there = [path for path in paths if os.path.lexists(path)]
    if there:
        advice = "calciroute new another-folder"
        found = "this file exists and is left as it is"
        raise InputError(Problem(shown_name(path), found, "a folder without it", advice) for path in there)
    written: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in paths:
            text = data_text(f"examples/{path.name}").read_bytes()
            with path.open("xb") as opened:  # x: never over a file that appeared meanwhile
                written.append(path)
                opened.write(text)
    except OSError as refused:
        for path in written:
            path.unlink(missing_ok=True)
        reason = (refused.strerror or "it is refused").lower()
        where = shown_name(folder)
        raise InputError(
            [Problem(where, f"the examples cannot be written: {reason}", "a folder you may write to")]
        ) from None
    return paths
