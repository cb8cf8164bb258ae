"""A picture with what must stand beside it: title, unit, caption, words for who cannot see it, a table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PictureTable:
    """The numbers of a picture.

    Parameters
    ----------
    caption : str
        What the table holds.
    head : tuple of str
        Column heads; the first column names the rows.
    rows : tuple of tuple of str
        Printed cells.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Picture:
    """One question, one picture.

    Parameters
    ----------
    name : str
        Id, used for the file's name and for ids inside the page.
    title : str
        What is seen.
    subtitle : str
        What is plotted, with its unit.
    svg : str
        One ``<svg>`` element, colours as custom properties with the light ones behind them.
    caption : str
        How to read it.
    alternative : str
        The finding in words, for people who do not see the picture.
    table : PictureTable
        The numbers.
    """

    name: str
    title: str
    subtitle: str
    svg: str
    caption: str
    alternative: str
    table: PictureTable
