"""What editors and habits do to TOML: bent quotation marks, blanks that are none, backslashes in paths.

A parser calls all of these "invalid" at some column. Here each is named, with its line as it should be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from calciroute.errors import Problem
from calciroute.tables.hidden_signs import (
    BLANKS,
    CURLY_DOUBLE,
    CURLY_SINGLE,
    DASHES,
    INVISIBLE,
    MOST_LINES,
    curly_words,
    invisible_words,
    shown_line,
    spelt,
    without_invisible,
)

# Comments and strings; what stands between them is names, numbers and signs. A string without its end stops
# at the end of its line, so that a bent mark at its end is found.
_PIECE = re.compile(
    r'(?P<comment>\#[^\n]*)|(?P<long>"""(?:\\.|[^\\])*?(?:"""|\\?\Z)|\'\'\'.*?(?:\'\'\'|\Z))'
    r'|(?P<double>"(?:\\[^\n]|[^"\\\n])*+(?:"|\\?(?=\n|\Z)))|(?P<single>\'[^\'\n]*(?:\'|(?=\n|\Z)))',
    re.DOTALL,
)
# Between letters such a mark is an apostrophe.
_CURLY = re.compile(rf"[{CURLY_DOUBLE}]|(?<!\w)[{CURLY_SINGLE}]|[{CURLY_SINGLE}](?!\w)")
_APOSTROPHE = re.compile(f"[{CURLY_SINGLE}]")
_BLANK = re.compile(f"[{BLANKS}]")
# Between digits such a blank may part thousands; readers of numbers know that.
_BLANK_IN_WORDS = re.compile(rf"(?<![0-9])[{BLANKS}]|[{BLANKS}](?![0-9])")
_DASH_AT_NUMBER = re.compile(rf"[{DASHES}](?=[0-9])")
_WIDE = re.compile("[！-～]")  # signs of a keyboard, as wide as those of Chinese and Japanese
# TOML knows \b \t \n \f \r \e; in what people write a single backslash parts folders.
_ESCAPE = re.compile(r'\\(\\|"|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.|$)')
_NUMBERED = re.compile(r"(?<!\\)\\u([0-9A-Fa-f]{4})")
_DRIVE = re.compile(r"[A-Za-z]:\\(?!\\)")


@dataclass
class _Line:
    """What is wrong on one line: words, and the letters of each kind."""

    curly: str = ""
    hidden: str = ""
    others: list[str] = field(default_factory=list)
    path: str = ""


@dataclass(frozen=True)
class Signs:
    """A TOML text looked through.

    Parameters
    ----------
    problems : tuple of Problem
        One a line, at most twenty; each shows the line as it should be.
    mended : str
        The text as it should be, line by line, for finding what else is wrong.
    readable : str
        The text with unbreakable blanks inside quotation marks made plain; as long as the text.
    """

    problems: tuple[Problem, ...]
    mended: str
    readable: str


def look_at_signs(text: str, where: str) -> Signs:
    r"""Look a TOML text through for signs that are not what they look like.

    Parameters
    ----------
    text : str
        Line ends ``\n``.
    where : str
        Name of the file.

    Returns
    -------
    Signs

    Examples
    --------
    >>> print(look_at_signs("[person]\nsex = “female”", "me.toml").problems[0])
    me.toml:2: a quotation mark is curly (“ ”). Expected: straight ones. Try: sex = "female".
    >>> print(look_at_signs(r'diary = "C:\new\week.csv"', "me.toml").problems[0].advice)
    diary = 'C:\new\week.csv'
    """
    lines: dict[int, _Line] = {}
    mended, readable = _looked_through(text, lines)
    if lines:  # a path between bent marks is a string once they are straight
        mended, _ = _looked_through(mended, lines)
    shown = mended.split("\n")
    problems = [_problem(found, f"{where}:{line}", shown[line - 1]) for line, found in sorted(lines.items())]
    return Signs(tuple(problems[:MOST_LINES]), mended, readable)


_STRINGS = frozenset({"long", "double", "single"})


def _looked_through(text: str, lines: dict[int, _Line]) -> tuple[str, str]:
    mended: list[str] = []
    readable: list[str] = []
    number = 1
    for kind, piece in _pieces(text):
        mended.append(_MENDERS[kind](piece, number, lines))
        readable.append(_BLANK_IN_WORDS.sub(" ", piece) if kind in _STRINGS else piece)
        number += piece.count("\n")
    return "".join(mended), "".join(readable)


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    for match in _PIECE.finditer(text):
        if match.start() > at:
            yield "bare", text[at : match.start()]
        yield str(match.lastgroup), match[0]
        at = match.end()
    if at < len(text):
        yield "bare", text[at:]


def _bare(piece: str, number: int, lines: dict[int, _Line]) -> str:
    """Names, numbers and signs: everything here is ASCII or wrong."""
    if piece.isascii() and not INVISIBLE.search(piece):
        return piece
    mended = []
    for line, part in enumerate(piece.split("\n"), start=number):
        curly = "".join(_CURLY.findall(part))
        hidden = "".join(INVISIBLE.findall(part))
        others = [
            f"{words} ({spelt(match[0])})"
            for pattern, words in (
                (_BLANK, "a blank is not the plain one"),
                (_DASH_AT_NUMBER, "a dash stands for a minus"),
                (_WIDE, "a sign is of double width"),
            )
            if (match := pattern.search(part))
        ]
        if curly or hidden or others:
            found = lines.setdefault(line, _Line())
            found.curly += curly
            found.hidden += hidden
            found.others += others
        part = _APOSTROPHE.sub("'", _CURLY.sub('"', without_invisible(part)))
        part = _DASH_AT_NUMBER.sub("-", _BLANK.sub(" ", part))
        mended.append(_WIDE.sub(lambda match: chr(ord(match[0]) - 0xFEE0), part))
    return "\n".join(mended)


def _comment(piece: str, number: int, lines: dict[int, _Line]) -> str:
    """Any letters are free here; TOML refuses control signs alone."""
    if hidden := "".join(sign for sign in piece if (sign < " " and sign != "\t") or sign == "\x7f"):
        lines.setdefault(number, _Line()).hidden += hidden
    return without_invisible(piece)


def _long(piece: str, number: int, lines: dict[int, _Line]) -> str:
    for line, part in enumerate(piece.split("\n"), start=number):
        if hidden := "".join(INVISIBLE.findall(part)):
            lines.setdefault(line, _Line()).hidden += hidden
    return without_invisible(piece)


def _single(piece: str, number: int, lines: dict[int, _Line]) -> str:
    return _ended(_long(piece, number, lines), "'", number, lines)


def _double(piece: str, number: int, lines: dict[int, _Line]) -> str:
    piece = _ended(_long(piece, number, lines), '"', number, lines)
    for code in _NUMBERED.findall(piece):
        if INVISIBLE.match(sign := chr(int(code, 16))):
            lines.setdefault(number, _Line()).hidden += sign
            piece = piece.replace(f"\\u{code}", "")
    inside = piece[1:-1] if len(piece) > 1 and piece.endswith('"') else piece[1:]
    odd = [
        m[1] for m in _ESCAPE.finditer(inside) if m[1][:1] not in ("\\", '"', "u", "U") or m[1] in ("u", "U")
    ]
    if not odd and not _DRIVE.match(inside):
        return piece
    plain = inside.replace("\\\\", "\\")
    lines.setdefault(number, _Line()).path = plain
    # Single quotation marks keep backslashes; slashes serve every system.
    as_is = _DRIVE.match(plain) and "'" not in plain and piece[-1] == '"'
    return f"'{plain}'" if as_is else f'"{plain}"'.replace("\\", "/")


def _ended(piece: str, mark: str, number: int, lines: dict[int, _Line]) -> str:
    """A string that a bent mark was meant to end."""
    if len(piece) > 1 and piece.endswith(mark):
        return piece
    if curly := "".join(_CURLY.findall(piece)):
        lines.setdefault(number, _Line()).curly += curly
    return _CURLY.sub(lambda found: '"' if found[0] in CURLY_DOUBLE else mark, piece)


_MENDERS = {"bare": _bare, "comment": _comment, "long": _long, "single": _single, "double": _double}


def _problem(found: _Line, place: str, right: str) -> Problem:
    words, expected = [], "signs that a keyboard has"
    if found.curly:
        words.append(curly_words(found.curly))
        expected = "straight ones"
    if found.hidden:
        words.append(invisible_words(found.hidden))
    words += found.others
    if found.path:
        words.append(f"between double quotation marks a backslash begins a special sign: '{found.path[:60]}'")
        expected = "a path between single quotation marks, or with / between its folders"
    if len(words) > 1:
        expected = "signs that a keyboard has"
    return Problem(place, " and ".join(words), expected, shown_line(right))
