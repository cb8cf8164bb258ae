"""What a look-up returns."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """One place where a name stands.

    Parameters
    ----------
    kind : str
        renamed, equation, number, name, food, study, outcome, medicine, source, row, measurement or test.
    where : str
        ``file:line``.
    title : str
        The thing itself: the equation, the number with its unit, the citation ...
    details : tuple of str
        What belongs to it, one line each.
    """

    kind: str
    where: str
    title: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """Everything about one name.

    Parameters
    ----------
    name : str
        What was asked.
    places : tuple of Place
        Empty when the name is unknown.
    near : tuple of str
        Names that look like it, when nothing was found.
    """

    name: str
    places: tuple[Place, ...]
    near: tuple[str, ...] = ()
