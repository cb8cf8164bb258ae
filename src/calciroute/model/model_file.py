"""The text of a model file: what kind of file it is, is looked at before it is opened."""

from __future__ import annotations

from pathlib import Path

from calciroute.errors import InputError, Problem
from calciroute.sbml.read.guard import decode
from calciroute.tables.people_files import read_people_file, shown_name

KIND = "an SBML model (XML)"
LIMIT_BYTES = 100_000_000
_ANTIMONY = {".ant", ".antimony"}
_MAKE_SBML = "make SBML of it in Python: antimony.loadAntimonyFile(...), then antimony.writeSBMLFile(...)"
_PACKED = (b"\x1f\x8b", b"PK\x03\x04", b"BZh", b"\xfd7zXZ")


def read_model_text(path: Path) -> str:
    """Read a model file as text.

    Parameters
    ----------
    path : Path
        A plain file of at most 100 MB.

    Returns
    -------
    str
        Not looked at as XML yet: the reader of SBML does that.

    Raises
    ------
    InputError
        For a file that is missing, no plain file, packed, too large, or no text.

    Examples
    --------
    >>> try:
    ...     read_model_text(Path("no/such.xml"))
    ... except InputError as error:
    ...     print(error)
    no/such.xml: this file does not exist. Expected: an SBML model (XML). Try: check the name and the folder.
    """
    where = shown_name(path)
    content = read_people_file(path, limit_bytes=LIMIT_BYTES, kind=KIND)
    if content.startswith(_PACKED):
        raise InputError([Problem(where, "this file is packed", KIND, "unpack it and name the file inside")])
    if path.suffix.lower() in _ANTIMONY:
        raise InputError([Problem(where, "this file is Antimony, by its ending", KIND, _MAKE_SBML)])
    return decode(content, where)
