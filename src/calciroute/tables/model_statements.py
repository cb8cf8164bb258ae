"""Statements of a model text with their lines, without a model compiler: to find an equation and its parts.

The rules of the language are few: ``;`` or the end of a line ends a statement, a backslash runs it on, ``//``
starts a comment, quotes hold a meaning, and a reaction has one ``;`` between its sides and its rate law.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "assignment", "rate of change", "start value", "reaction", "event", "unit", "borrowed", "meaning", "place"
]
_WORD = re.compile(r"[A-Za-z_]\w*")
_ID = r"[A-Za-z_]\w*"
_FORMS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(rf"(?P<id>{_ID})\s+is\s+(?P<rest>\".*\")$"), "meaning"),
    (re.compile(rf"(?P<id>\${_ID})\s+has\s+(?P<rest>\w+)$"), "borrowed"),
    (re.compile(rf"(?P<id>{_ID})\s+has\s+(?P<rest>\w+)$"), "unit"),
    (re.compile(rf"(?:substanceOnly\s+)?species\s+(?P<id>\$?{_ID})(?:\s+in\s+(?P<rest>\w+))?$"), "place"),
    (re.compile(rf"compartment\s+(?P<id>{_ID})(?:\s*=\s*(?P<rest>.+))?$"), "place"),
    (re.compile(rf"(?P<id>{_ID})\s*:=\s*(?P<rest>.+)$"), "assignment"),
    (re.compile(rf"(?P<id>{_ID})'\s*=\s*(?P<rest>.+)$"), "rate of change"),
    (re.compile(rf"(?:(?P<id>{_ID})\s*:\s*)?(?P<rest>at\b.+)$"), "event"),
    (re.compile(rf"(?P<id>{_ID})\s*:\s*(?P<rest>.*=>.*)$"), "reaction"),
    (re.compile(rf"(?:const\s+|var\s+)?(?P<id>{_ID})\s*=\s*(?P<rest>.+)$"), "start value"),
)
_SILENT = re.compile(rf"(model\s+{_ID}(\(\))?|end|(const|var)\s+\$?{_ID}(\s*,\s*\$?{_ID})*)$")


@dataclass(frozen=True)
class Statement:
    """One statement of a model text.

    Parameters
    ----------
    line : int
        Where it begins.
    kind : str
        One of `Kind`.
    id : str
        What it speaks of; empty for an event without a name.
    rest : str
        Formula, unit or meaning.
    text : str
        The whole statement on one line.
    """

    line: int
    kind: Kind
    id: str
    rest: str
    text: str

    @property
    def words(self) -> frozenset[str]:
        """Ids and function names that stand in the formula."""
        return frozenset(_WORD.findall(self.rest)) if self.is_formula else frozenset()

    @property
    def is_formula(self) -> bool:
        """Whether `rest` is mathematics."""
        return self.kind in {"assignment", "rate of change", "start value", "reaction", "event"} or (
            self.kind == "place" and bool(self.rest)
        )


def read_statements(text: str) -> tuple[tuple[Statement, ...], tuple[tuple[int, str], ...]]:
    """Take a model text apart.

    Parameters
    ----------
    text : str
        Antimony.

    Returns
    -------
    tuple of Statement
        In file order.
    tuple of (int, str)
        Line and text of what has no known form.

    Examples
    --------
    >>> statements, strange = read_statements('x := a*b; x has nM;')
    >>> [(s.kind, s.id) for s in statements], strange
    ([('assignment', 'x'), ('unit', 'x')], ())
    """
    found: list[Statement] = []
    strange: list[tuple[int, str]] = []
    pending: Statement | None = None  # a reaction waits for its rate law
    for line, piece in _pieces(text):
        if pending is not None:
            rest = f"{pending.rest}; {piece}"
            found.append(Statement(pending.line, "reaction", pending.id, rest, f"{pending.text}; {piece}"))
            pending = None
            continue
        statement = _statement(line, piece)
        if statement is None:
            if not _SILENT.match(piece):
                strange.append((line, piece))
        elif statement.kind == "reaction":
            pending = statement
        else:
            found.append(statement)
    if pending is not None:
        strange.append((pending.line, pending.text))
    return tuple(found), tuple(strange)


def _statement(line: int, piece: str) -> Statement | None:
    for form, kind in _FORMS:
        match = form.match(piece)
        if match is not None:
            return Statement(line, kind, match["id"] or "", match["rest"] or "", piece)
    return None


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    start, waiting = 0, ""
    for number, line in enumerate(text.splitlines(), start=1):
        code = _without_comment(line).rstrip()
        if not waiting:
            start = number
        if code.endswith("\\"):
            waiting += code[:-1].strip() + " "
            continue
        for piece in _split(waiting + code.strip()):
            yield start, piece
        waiting = ""


def _without_comment(line: str) -> str:
    quoted = False
    for place, sign in enumerate(line):
        if sign == '"':
            quoted = not quoted
        elif not quoted and line.startswith("//", place):
            return line[:place]
    return line


def _split(code: str) -> Iterator[str]:
    quoted, begin = False, 0
    for place, sign in enumerate(code + ";"):
        if sign == '"':
            quoted = not quoted
        elif sign == ";" and not quoted:
            piece = code[begin:place].strip()
            begin = place + 1
            if piece:
                yield piece
