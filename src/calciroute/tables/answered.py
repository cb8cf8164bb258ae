"""What came of one answer to a question: lines of a file, words for the person, or a question back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from calciroute.errors import Problem
from calciroute.tables.questions import Question

# Words of an answer that fills no line: not known, the end of a list, an entry that is left out.
UNKNOWN, END, LEFT_OUT = "unknown", "end", "left out"


@dataclass(frozen=True)
class Line:
    """One line of a person or plan file.

    Parameters
    ----------
    file : {"person", "plan", "run"}
        Which file; ``run`` holds arguments of the simulation.
    section, field : str
        Where it stands.
    value : str
        As TOML writes it.
    part : str, optional
        Name inside braces, for a value of several parts such as ``{ value = ..., date = ... }``.
    """

    file: str
    section: str
    field: str
    value: str
    part: str = ""


@dataclass(frozen=True)
class Understood:
    """An answer as it was given and as it is used.

    Parameters
    ----------
    word : str
        Canonical word, which conditions of later questions read.
    shown : str
        For the person to compare: ``145 lb = 65.8 kg``.
    lines : tuple of Line, optional
        What it writes.
    number : float or None, optional
        Where the answer is a number, in the unit of its field.
    remarks : tuple of str, optional
        Sentences: what was taken for granted, what is not in the model.
    tags : frozenset of str, optional
        More words for conditions, such as the classes of a medicine.
    """

    word: str
    shown: str
    lines: tuple[Line, ...] = ()
    number: float | None = None
    remarks: tuple[str, ...] = ()
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True)
class AskedBack:
    """An answer that can be read in several ways: nothing is chosen for the person.

    Parameters
    ----------
    problem : Problem
        What is unclear.
    choices : tuple of tuple of str and str
        For each reading its words, and the text that says it clearly.
    """

    problem: Problem
    choices: tuple[tuple[str, str], ...] = ()


# Earlier answers by question id; those of the same entry of a list stand without their number.
Context = Mapping[str, Understood]
Reader = Callable[[Question, str, Context], Understood | AskedBack | Problem]


def toml_text(text: str) -> str:
    r"""A text as a basic string of TOML.

    Parameters
    ----------
    text : str
        Any.

    Returns
    -------
    str
        On one line, in quotes.

    Examples
    --------
    >>> print(toml_text('say "aaa"'))
    "say \"aaa\""
    """
    signs = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return '"' + "".join(signs.get(sign) or _safe(sign) for sign in text) + '"'


def _safe(sign: str) -> str:
    code = ord(sign)
    return f"\\u{code:04X}" if code < 0x20 or code == 0x7F else sign


def shown_number(value: float) -> str:
    """A number as dialogues show it: three digits, whole from 1000 on.

    Parameters
    ----------
    value : float
        Finite.

    Returns
    -------
    str

    Examples
    --------
    >>> shown_number(54.912), shown_number(1234.4), shown_number(62.0)
    ('54.9', '1234', '62')
    """
    return f"{value:.0f}" if abs(value) >= 1000 else f"{value:.3g}"
