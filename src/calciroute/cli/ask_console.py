"""Where the dialogue is shown and read: standard error and standard input, one plain line at a time."""

from __future__ import annotations

import shutil
import sys
import textwrap
from typing import BinaryIO, TextIO

from calciroute.tables.people_sections import TEXT_LIMIT

_WIDEST = 100
PROMPT = "> "


class Console:
    """A dialogue in plain lines: no colour, no cursor movement, so that any terminal, pipe or log will do.

    Parameters
    ----------
    read : BinaryIO, optional
        Where answers come from; standard input by default.
    write : TextIO, optional
        Where the dialogue is shown; standard error by default, since results go to standard output.
    """

    def __init__(self, read: BinaryIO | None = None, write: TextIO | None = None) -> None:
        self._read = sys.stdin.buffer if read is None else read
        self._write = sys.stderr if write is None else write
        self.is_terminal = self._read.isatty()
        self._width = min(_WIDEST, max(40, shutil.get_terminal_size((_WIDEST, 24)).columns))

    def say(self, text: str = "", indent: int = 0) -> None:
        """Show a paragraph.

        Parameters
        ----------
        text : str
            Lines of it are kept apart; long ones are folded.
        indent : int, optional
            Blanks before each line.
        """
        for line in text.split("\n"):
            plain = "".join(sign if sign.isprintable() else " " for sign in line)
            folded = textwrap.wrap(
                plain,
                self._width,
                initial_indent=" " * indent,
                subsequent_indent=" " * indent,
                break_on_hyphens=False,
            )
            print("\n".join(folded), file=self._write)
        self._write.flush()

    def answer(self) -> str | None:
        """Read one line.

        Returns
        -------
        str or None
            Without blanks around it; None at the end of the input.

        Raises
        ------
        KeyboardInterrupt
            On Ctrl-C.
        """
        while True:
            print(PROMPT, end="", file=self._write, flush=True)
            raw = self._read.readline()
            if not raw:
                print(file=self._write, flush=True)
                return None
            text = self._clean(raw)
            if text is not None:
                if not self.is_terminal:  # a terminal shows what is typed by itself
                    print(text, file=self._write, flush=True)
                return text

    def _clean(self, raw: bytes) -> str | None:
        """The line as text; None when it cannot be an answer, and why has been said."""
        try:
            text = raw.decode("utf-8-sig").strip()
        except UnicodeDecodeError:
            self.say("This line is not text in UTF-8. Nothing is lost; type it again.", 4)
            return None
        if not all(sign.isprintable() or sign == "\t" for sign in text):
            self.say(
                "This line holds control signs, as arrow keys make them. Nothing is lost; type it again.", 4
            )
            return None
        if len(text) > TEXT_LIMIT:
            self.say(f"This line has {len(text)} signs; at most {TEXT_LIMIT}. Type a shorter one.", 4)
            return None
        return text.replace("\t", " ")
