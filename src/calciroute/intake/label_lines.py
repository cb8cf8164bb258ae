"""The lines of a label as typed or scanned: their limits, and breaks that a narrow column made."""

from __future__ import annotations

import re

from calciroute.errors import InputError, Problem
from calciroute.intake.label_line import Line, read_line
from calciroute.tables.label_words import find_label_words, lower_line, plain_line

LIMIT_BYTES = 64_000
LINE_LIMIT = 500
LINES_LIMIT = 2_000
# A line between two labels.
PARTED = re.compile(r"\s*[-=_*#~]{3,}\s*")

# They turn the order of letters and digits about: what is seen is not what stands there.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def label_lines(text: str, where: str) -> list[Line]:
    r"""Lines of a text, read; lines that a narrow column broke are whole again.

    Parameters
    ----------
    text : str
        As typed.
    where : str
        Name for messages.

    Returns
    -------
    list of Line
        With the numbers of the text; a line that was moved up is empty.

    Raises
    ------
    InputError
        For a text that is empty, too long, or no text.

    Examples
    --------
    >>> [line.written for line in label_lines("Vitamin K2 (MK-7) 100\nmcg", "label")]
    ['Vitamin K2 (MK-7) 100 mcg', '']
    """
    expected = "the text of a supplement label"
    if len(text.encode("utf-8", "replace")) > LIMIT_BYTES:
        raise InputError([Problem(where, f"a text of {len(text)} signs", f"{expected}, at most 64 kB")])
    if not text.strip():
        raise InputError(
            [Problem(where, "the text is empty", expected, "type what stands on the pack, line by line")]
        )
    written = (
        text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").removeprefix("\ufeff").split("\n")
    )
    problems: list[Problem] = []
    if len(written) > LINES_LIMIT:
        raise InputError([Problem(where, f"{len(written)} lines", f"at most {LINES_LIMIT}")])
    for number, line in enumerate(written, start=1):
        if len(line) > LINE_LIMIT:
            problems.append(
                Problem(
                    f"{where}:{number}",
                    f"a line of {len(line)} signs",
                    f"at most {LINE_LIMIT}",
                    "break it where the label does",
                )
            )
        if any((ord(sign) < 32 and sign != "\t") or sign in _TURNING for sign in line):
            problems.append(
                Problem(
                    f"{where}:{number}", "signs that are no text", expected, "save it as plain text in UTF-8"
                )
            )
    if problems:
        raise InputError(problems[:20])
    return [read_line(number, line) for number, line in enumerate(_unbroken(written), start=1)]


_UNIT_OPENS = re.compile(
    r"\s*(?:mcg|[uµμ]g|mg|g|IU|I\.U\.|IE|I\.E\.|UI|U\.I\.|micrograms?|milligrams?)(?![^\W_])[.,;)]?"
)
_NUMBER_ENDS = re.compile(r"(?<![0-9.,])[0-9][0-9.,]*\s*$")
_WORD_ENDS = re.compile(r"[^\W\d_]{2,}[-\u00ad]$")


def _unbroken(written: list[str]) -> list[str]:
    """Lines that were broken in the middle of an amount, a word or a bracket, whole again."""
    lines = list(written)
    last = -1
    for number, line in enumerate(lines):
        if last >= 0 and line.strip() and not PARTED.fullmatch(line):
            before = lines[last].rstrip()
            unit = _UNIT_OPENS.match(line)
            if unit and _NUMBER_ENDS.search(before) and len(before) + len(unit[0]) < LINE_LIMIT:
                lines[last], line = f"{before} {unit[0].strip()}", line[unit.end() :]
            elif (
                _WORD_ENDS.search(before)
                and line[:1].islower()
                and len(before) + len(line) < LINE_LIMIT
                and not _letter_of_vitamin(before)
            ):
                lines[last], line = before[:-1] + line, ""
            elif (_counts(before, line) or _hangs(before, line) or _names_vitamin(before, line)) and len(
                before
            ) + len(line) < LINE_LIMIT:
                lines[last], line = f"{before} {line.strip()}", ""
            lines[number] = line
        if line.strip():
            last = number
    return lines


def _letter_of_vitamin(before: str) -> bool:
    """Whether the hyphen belongs to a name: ``Vitamin K-`` and ``MK-``."""
    return bool(re.search(r"(?:vitamin\w?|\bmk)-$", before, re.IGNORECASE))


def _counts(before: str, line: str) -> bool:
    """Whether "2" or "per 2" stands at the end of a line and the next one begins with capsules."""
    number = re.search(r"(?<![0-9.,])[0-9]{1,2}$", before)
    lower = lower_line(plain_line(line.strip()))
    if number is None or not any(word.start == 0 for word in find_label_words(lower, "piece")):
        return False
    head = lower_line(plain_line(before[: number.start()])).strip(" :")
    return not head or any(word.end == len(head) for word in find_label_words(head, "per", "serving"))


def _names_vitamin(before: str, line: str) -> bool:
    """Whether "Vitamin" and its letter stand on two lines."""
    return bool(
        re.search(r"(?<![^\W_])[vw]ita(?:m|rn)in[ae]?$", before, re.IGNORECASE)
        and re.match(r"\s*[A-EK][0-9]{0,2}(?![^\W_])", line)
    )


def _hangs(before: str, line: str) -> bool:
    """Whether a bracket without an amount is open at the end of a line and the next line closes it."""
    opened = before.rfind("(")
    if (
        opened < 0
        or ")" in before[opened:]
        or re.search(r"[0-9]\s?(?:mcg|[uµμ]g|mg|g|IU|IE|UI)\b", before[opened:])
    ):
        return False
    closes = line.find(")")
    return closes >= 0 and "(" not in line[:closes]
