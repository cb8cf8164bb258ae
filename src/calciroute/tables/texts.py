"""Where the shipped texts lie: physiology and data, reached as package resources."""

from __future__ import annotations

import importlib.resources
from importlib.resources.abc import Traversable


def physiology_text(name: str) -> Traversable:
    """A file of the physiology folder.

    Parameters
    ----------
    name : str
        Path below ``physiology``, with ``/`` between folders.

    Returns
    -------
    Traversable
        Open it with ``.read_text("utf-8")``; it may not exist.

    Examples
    --------
    >>> physiology_text("mgp.ant").name
    'mgp.ant'
    """
    return importlib.resources.files("calciroute").joinpath("physiology", *name.split("/"))


def data_text(name: str) -> Traversable:
    """A file of the data folder.

    Parameters
    ----------
    name : str
        Path below ``data``, with ``/`` between folders.

    Returns
    -------
    Traversable
        Open it with ``.read_text("utf-8")``; it may not exist.

    Examples
    --------
    >>> data_text("studies.csv").name
    'studies.csv'
    """
    return importlib.resources.files("calciroute").joinpath("data", *name.split("/"))


def shown_path(text: Traversable) -> str:
    """Path of a shipped text as a message prints it.

    Parameters
    ----------
    text : Traversable
        From `physiology_text` or `data_text`, or any path.

    Returns
    -------
    str
        Such as ``physiology/mgp.csv``; other files print as they were given.

    Examples
    --------
    >>> shown_path(physiology_text("mgp.csv"))
    'physiology/mgp.csv'
    """
    whole = str(text).replace("\\", "/")
    for folder in ("/calciroute/physiology/", "/calciroute/data/"):
        if folder in whole:
            return folder.split("/")[2] + "/" + whole.split(folder, 1)[1]
    return whole
