"""A source as one word for a line, and whether anybody has read it."""

from __future__ import annotations

from calciroute.tables.references import read_references

MEMORY = "memory"
NOT_CHECKED = "from memory, not checked"
NO_SOURCE = "no source was read: general guidance"


def cited(source: str, verified: str) -> str:
    """Source of a row of a table.

    Parameters
    ----------
    source : str
        Keys of ``references.bib``, ``;`` between them, or a few words, or nothing.
    verified : str
        Where it was seen; ``memory`` where nobody looked.

    Returns
    -------
    str

    Examples
    --------
    >>> cited("bakali2023", "https://pmc.ncbi.nlm.nih.gov/articles/PMC10729135")
    'bakali2023'
    >>> cited("", "memory")
    'no source was read: general guidance'
    >>> cited("huang2020na", "memory")
    'huang2020na (from memory, not checked)'
    """
    keys = " and ".join(part.strip() for part in source.split(";") if part.strip())
    if not keys:
        return NO_SOURCE
    return f"{keys} ({NOT_CHECKED})" if verified == MEMORY else keys


def references_of(sources: list[str]) -> list[tuple[str, str, str]]:
    """Key, citation and address of every source that stands in a list of cells, each once.

    Parameters
    ----------
    sources : list of str
        Cells of the column ``source``.

    Returns
    -------
    list of tuple of str
        In the order of the alphabet; a key that no reference has is left out.
    """
    keys = sorted({part.strip() for cell in sources for part in cell.split(";") if part.strip()})
    known = read_references()
    return [(key, known[key].citation, known[key].link) for key in keys if key in known]
