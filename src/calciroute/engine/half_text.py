"""A program for half a row: the same LLVM text with vectors of half the width.

Where a row of memory fills two registers, eight lanes cost little more than four only as long as all eight
are wanted. One person, or a few arms of one, take the first half: half the instructions for the same bits.
Rows stay as far apart as they were, so that the control loop notices nothing.
"""

from __future__ import annotations

import re

from calciroute.engine.layout import ROW_BYTES, WIDTH

HALF = WIDTH // 2


def half_text(text: str) -> str:
    """Halve every vector of a program.

    Parameters
    ----------
    text : str
        LLVM text from `calciroute.engine.machine_text.machine_text`.

    Returns
    -------
    str
        LLVM text that reads and writes the first `HALF` columns only.

    Examples
    --------
    >>> half_text(f"%x = load <{WIDTH} x double>, ptr %m, align {ROW_BYTES}") == (
    ...     f"%x = load <{HALF} x double>, ptr %m, align {ROW_BYTES // 2}"
    ... )
    True
    """
    text = re.sub(rf"<{WIDTH} x (double|i64|i1)>", rf"<{HALF} x \1>", text)
    text = re.sub(rf"\.v{WIDTH}f64\b", f".v{HALF}f64", text)
    text = re.sub(rf"\balign {ROW_BYTES}\b", f"align {ROW_BYTES // 2}", text)
    # Functions that go lane by lane: the later lanes fall away, and what they returned is the last one left.
    text = re.sub(rf"^  %[xyv]([{HALF}-{WIDTH - 1}]) = .*\n", "", text, flags=re.MULTILINE)
    return re.sub(rf"(  ret <{HALF} x double> %v){WIDTH - 1}\b", rf"\g<1>{HALF - 1}", text)
