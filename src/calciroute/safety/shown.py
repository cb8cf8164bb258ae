"""A medicine as it stands in a notice: the person's own words in a marked quote."""

from __future__ import annotations

from calciroute.people.medicines import MedicineMatch

_LONGEST = 60


def quoted(text: str) -> str:
    """A person's own words, printable, at most 60 signs, in quotes.

    Parameters
    ----------
    text : str
        As written.

    Returns
    -------
    str

    Examples
    --------
    >>> quoted("Zorblax 5 mg")
    "'Zorblax 5 mg'"
    """
    return f"'{''.join(mark if mark.isprintable() else ' ' for mark in text)[:_LONGEST]}'"


def shown_medicine(match: MedicineMatch) -> str:
    """A medicine as written, and whether its name is known.

    Parameters
    ----------
    match : MedicineMatch
        One name.

    Returns
    -------
    str

    Examples
    --------
    >>> from calciroute.people.medicines import recognise
    >>> shown_medicine(recognise("warfrin"))
    "'warfrin' not recognised, near warfarin"
    """
    if match.recognised:
        return quoted(match.written)
    near = f", near {match.near[0]}" if match.status == "ask" and match.near else ""
    return f"{quoted(match.written)} not recognised{near}"
