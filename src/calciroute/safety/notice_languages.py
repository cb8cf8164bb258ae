"""Which languages a stop notice stands in beside English: those in which a medicine was named."""

from __future__ import annotations

from collections.abc import Iterable

from calciroute.people.medicines import MedicineMatch
from calciroute.tables.stop_notices import read_stop_notices


def notices_beside(matches: Iterable[MedicineMatch], emergency: bool = False) -> tuple[tuple[str, str], ...]:
    """The notice in the languages of a list of medicines.

    Parameters
    ----------
    matches : iterable of MedicineMatch
        Recognised names, and spellings near one.
    emergency : bool
        Whether the words of an emergency come first.

    Returns
    -------
    tuple of (str, str)
        Language and text, in the order of the table; empty where all names are English or international.

    Examples
    --------
    >>> from calciroute.people.medicines import recognise
    >>> [language for language, _ in notices_beside([recognise("ワーファリン")])]
    ['Japanese']
    >>> notices_beside([recognise("warfarin")])
    ()
    """
    named = [{word for region in match.languages for word in _words(region)} for match in matches]
    # A name that is international tells no language, wherever else it was read.
    words = set().union(*(languages for languages in named if "international" not in languages))
    return tuple(
        (text.language, f"{text.emergency} {text.stop}" if emergency else text.stop)
        for text in read_stop_notices()
        if not words.isdisjoint(text.regions)
    )


def _words(region: str) -> list[str]:
    """The words of a cell such as ``Chinese, traditional``: the second narrows the first down."""
    words = [word.strip() for word in region.replace(";", ",").split(",")]
    return [word for word in words if word != "Chinese"] if "traditional" in words else words
