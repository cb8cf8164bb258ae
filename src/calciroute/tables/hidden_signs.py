"""Signs in a text that look like others or like nothing, and how what was meant is spelt.

Word processors, web pages and phones put them in: curly quotation marks, blanks that are none, marks of no
width. A reader of TOML or CSV stumbles over them in words that name something else.
"""

from __future__ import annotations

import re
import unicodedata

from calciroute.errors import Problem

CURLY_DOUBLE = "“”„‟«»″＂"
CURLY_SINGLE = "‘’‚‛‹›′＇´`"
# Wider or narrower than a blank, or not to be broken at; between digits some part thousands.
BLANKS = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
DASHES = "‐‑‒–—−"
# Control signs but tab and line feed; marks of no width and of direction; a sign that was lost before.
_NEVER = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e"
)
_NEVER += "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffd"
INVISIBLE = re.compile(f"[{_NEVER}]")
_CONTROLS = bytes(code for code in (*range(32), 127) if code not in b"\t\n")
MOST_LINES = 20


def spelt(sign: str) -> str:
    r"""A sign in words.

    Parameters
    ----------
    sign : str
        One character.

    Returns
    -------
    str
        Its number, and its name where it has one.

    Examples
    --------
    >>> spelt("\u200b"), spelt("\x00")
    ('U+200B, zero width space', 'U+0000, a control sign')
    """
    return f"U+{ord(sign):04X}, {unicodedata.name(sign, 'a control sign').lower()}"


def invisible_words(found: str) -> str:
    """What is said of signs that nobody sees.

    Parameters
    ----------
    found : str
        The signs of one line, as they stand.

    Returns
    -------
    str
        With at most three of them spelt out.
    """
    kinds = list(dict.fromkeys(found))
    if kinds == ["\ufffd"]:
        return f"a letter was lost when the file was saved ({spelt(kinds[0])})"
    named = "; ".join(spelt(sign) for sign in kinds[:3])
    return (
        f"signs that cannot be seen stand here ({named})"
        if len(found) > 1
        else (f"a sign that cannot be seen stands here ({named})")
    )


def without_invisible(text: str) -> str:
    """A text without the signs that nobody sees.

    Parameters
    ----------
    text : str
        Any.

    Returns
    -------
    str
    """
    return INVISIBLE.sub("", text)


def has_invisible(text: str) -> bool:
    """Whether a text holds a sign that nobody sees; quick for a table of many megabytes.

    Parameters
    ----------
    text : str
        Any.

    Returns
    -------
    bool
    """
    if text.isascii():
        plain = text.encode("ascii")
        return len(plain.translate(None, _CONTROLS)) != len(plain)
    return INVISIBLE.search(text) is not None


def shown_line(line: str) -> str:
    """A line as a message quotes it: blanks off, not longer than a message can be."""
    line = line.strip()
    return line if len(line) <= 100 else line[:97] + "..."


# A quotation mark that a word processor bent, where a cell begins or ends.
_CURLY_CELL = re.compile(
    rf"(?:^|[,;\t])[^\S\n\t]*[{CURLY_DOUBLE}]|[{CURLY_DOUBLE}][^\S\n\t]*(?:$|[,;\t])", re.M
)


def table_problems(text: str, where: str) -> list[Problem]:
    r"""Signs in a CSV that no reader of tables can take for what was meant.

    Parameters
    ----------
    text : str
        The whole table, line ends ``\n``.
    where : str
        Name of the file.

    Returns
    -------
    list of Problem
        One a line, at most twenty lines, each with the line as it should be.

    Examples
    --------
    >>> print(table_problems("food,grams\n“natto”,40", "week.csv")[0])
    week.csv:2: a quotation mark is curly (“ ”). Expected: straight ones. Try: "natto",40.
    """
    curly = not text.isascii() and _CURLY_CELL.search(text) is not None
    if not curly and not has_invisible(text):
        return []
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), start=1):
        words = []
        if bent := _CURLY_CELL.search(line):
            words.append(curly_words(line))
        if hidden := "".join(INVISIBLE.findall(line)):
            words.append(invisible_words(hidden))
        if not words:
            continue
        right = straight(without_invisible(line)) if bent else without_invisible(line)
        expected = "straight ones" if bent and not hidden else "signs that a keyboard has"
        problems.append(Problem(f"{where}:{number}", " and ".join(words), expected, shown_line(right)))
        if len(problems) >= MOST_LINES:
            break
    return problems


def curly_words(line: str) -> str:
    """What is said of bent quotation marks, with those that stand in a line."""
    marks = " ".join(dict.fromkeys(sign for sign in line if sign in CURLY_DOUBLE + CURLY_SINGLE))
    return f"a quotation mark is curly ({marks})"


def straight(text: str) -> str:
    """A text whose bent double quotation marks are straight."""
    return re.sub(f"[{CURLY_DOUBLE}]", '"', text)
