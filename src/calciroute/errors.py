"""What can go wrong, and how it is told: place, what was found, what was expected, what to try.

The tree::

    CalcirouteError
    ├── InputError      a file or argument that a person wrote; exit code 2
    │   └── TableError  a table or model text that ships with calciroute
    ├── SolveError      the solver could not follow a person to the end
    └── CheckError      a self-check found a difference; exit code 1
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, in words a reader can act on.

    Parameters
    ----------
    where : str
        ``file:line``, ``file`` or an empty string when no file is involved.
    found : str
        What stands there.
    expected : str
        What is allowed there; may be empty.
    advice : str
        The next step; may be empty.

    Examples
    --------
    >>> print(Problem("plan.toml:3", "unit 'mgc' is not known", "mg, mcg or g", "write 'mcg'"))
    plan.toml:3: unit 'mgc' is not known. Expected: mg, mcg or g. Try: write 'mcg'.
    """

    where: str
    found: str
    expected: str = ""
    advice: str = ""

    def __str__(self) -> str:
        parts = [f"{self.where}: {_stop(self.found)}" if self.where else _stop(self.found)]
        if self.expected:
            parts.append(f"Expected: {_stop(self.expected)}")
        if self.advice:
            parts.append(f"Try: {_stop(self.advice)}")
        # What people wrote is quoted: a control sign in it must not reach a terminal.
        return "".join(sign if sign.isprintable() else " " for sign in " ".join(parts))


def _stop(sentence: str) -> str:
    return sentence if sentence.endswith((".", "?", "!")) else sentence + "."


class CalcirouteError(Exception):
    """Base of every error calciroute raises on purpose."""


class InputError(CalcirouteError):
    """One or more problems in what a person wrote; all of them at once.

    Parameters
    ----------
    problems : iterable of Problem
        At least one.

    Examples
    --------
    >>> str(InputError([Problem("", "no plan was given")]))
    'no plan was given.'
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        if not self.problems:
            raise ValueError("an InputError needs at least one problem")
        super().__init__("\n".join(str(problem) for problem in self.problems))


class TableError(InputError):
    """Problems in a table or model text that ships with calciroute."""


class SolveError(CalcirouteError):
    """The solver stopped; the message names person, time and state."""


class CheckError(CalcirouteError):
    """A self-check found a difference."""


def near_names(word: str, known: Iterable[str], count: int = 3) -> list[str]:
    """Names that look like a word, nearest first.

    Parameters
    ----------
    word : str
        What was written.
    known : iterable of str
        What exists.
    count : int, optional
        At most so many names.

    Returns
    -------
    list of str
        Empty when nothing is near.

    Examples
    --------
    >>> near_names("menaquinone7", ["MK-7", "menaquinone-7", "calcium"])
    ['menaquinone-7']
    """
    by_folded = {name.casefold(): name for name in known}
    hits = difflib.get_close_matches(word.casefold(), list(by_folded), n=count, cutoff=0.6)
    return [by_folded[hit] for hit in hits]
