"""A file that is there whole or not at all."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write beside the place, then move: nobody ever reads half a file.

    Parameters
    ----------
    path : Path
        File to write; replaced when it exists. Its rights are those of any new file of the person.
    content : bytes
        The whole of it.

    Raises
    ------
    OSError
        When the folder refuses; nothing is left behind then.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> write_whole(folder / "model.xml", b"<sbml/>")
    >>> [file.name for file in folder.iterdir()]
    ['model.xml']
    """
    aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        aside.write_bytes(content)
        os.replace(aside, path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
