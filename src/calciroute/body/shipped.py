"""SBML that the wheel carries, made from the model texts when it is built: a user needs no Antimony."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

FOLDER = "physiology_sbml"


def shipped_text(key: str) -> str | None:
    """SBML under the hash of everything it was made from.

    Parameters
    ----------
    key : str
        Content hash.

    Returns
    -------
    str or None
        None when the texts are other ones than those of the wheel, and in a checkout, which carries none.
    """
    file = files("calciroute").joinpath(FOLDER, f"{key}.xml")
    return file.read_text("utf-8") if file.is_file() else None


def write_missing(folder: Path) -> Iterator[Path]:
    """Make the SBML of every variant that is not carried yet; called when a wheel is built.

    Parameters
    ----------
    folder : Path
        Where the files go; it has to exist.

    Yields
    ------
    Path
        One file for each set of texts: variants that replace numbers alone share one.
    """
    from calciroute.body.assembly import assemble
    from calciroute.body.variant import variant_names

    made: set[str] = set()
    for name in variant_names():
        body = assemble(name)
        if body.file_key in made or shipped_text(body.file_key) is not None:
            continue
        made.add(body.file_key)
        path = folder / f"{body.file_key}.xml"
        path.write_text(body.sbml, "utf-8")
        yield path
