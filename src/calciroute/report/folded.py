"""Paragraphs as lines of a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from calciroute.report.look import TERMINAL_WIDTH


def folded(paragraphs: Iterable[str]) -> str:
    """Break long lines between words; what continues a list is set in.

    Parameters
    ----------
    paragraphs : iterable of str
        Line ends of their own stay.

    Returns
    -------
    str
        Lines of at most `TERMINAL_WIDTH` signs.

    Examples
    --------
    >>> print(folded(["- " + "word " * 25]))
    - word word word word word word word word word word word word word word word word word word word
      word word word word word word
    """
    lines: list[str] = []
    for paragraph in paragraphs:
        for line in paragraph.split("\n"):
            indent = "  " if line.startswith("- ") else ""
            lines += textwrap.wrap(
                line, TERMINAL_WIDTH, subsequent_indent=indent, break_on_hyphens=False
            ) or [""]
    return "\n".join(lines)
