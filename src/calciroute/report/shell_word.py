"""Names of files inside commands that are printed to be typed again."""

from __future__ import annotations

import os
import re
import shlex


def shell_word(name: object) -> str:
    """A name as one word of a command line.

    Parameters
    ----------
    name : str or Path
        Of a file or folder.

    Returns
    -------
    str
        Between quotation marks where the shell of this system needs them.

    Examples
    --------
    >>> shell_word("plan.toml"), shell_word("my plan.toml")[1:-1]
    ('plan.toml', 'my plan.toml')
    """
    text = str(name)
    if os.name != "nt":
        # Letters of any script need no marks, unlike what shlex takes for safe.
        return text if re.fullmatch(r"[\w@%+:,./-]+", text) else shlex.quote(text)
    return text if re.fullmatch(r"[\w@+:,./\\~-]+", text) else f'"{text}"'
