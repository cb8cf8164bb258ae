"""Bring the printed lines of ``docs/intake.md`` up to date: ``python docs/make_intake_page.py``.

A block under a command keeps the lines that it shows; each is replaced by what the command prints now.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
from pathlib import Path

from calciroute.cli import main

PAGE = Path(__file__).with_name("intake.md")
_BLOCK = re.compile(r"(`calciroute intake (docs/\S+ --region \w+)`\n```\n)(.*?)(```)", re.DOTALL)
_LABEL = 11  # letters by which a line is found again


def _printed(words: str) -> list[str]:
    text = io.StringIO()
    with contextlib.redirect_stdout(text), contextlib.suppress(SystemExit):
        main(["intake", *words.split()])
    return text.getvalue().splitlines()


def _refreshed(block: re.Match[str]) -> str:
    printed = _printed(block[2])
    lines = []
    for line in block[3].splitlines():
        hits = [now for now in printed if now[:_LABEL] == line[:_LABEL]]
        if not hits:
            raise SystemExit(f"{block[2]}: nothing printed begins with {line[:_LABEL]!r}")
        lines.append(hits[0])
    return block[1] + "".join(f"{line}\n" for line in lines) + block[4]


if __name__ == "__main__":
    os.chdir(PAGE.parent.parent)
    PAGE.write_text(_BLOCK.sub(_refreshed, PAGE.read_text("utf-8")), "utf-8")
