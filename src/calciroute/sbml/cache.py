"""SBML is a build product: built once from the texts, then read from the cache until a text changes."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path


def cache_folder() -> Path:
    """Folder of build products.

    Returns
    -------
    Path
        ``$CALCIROUTE_CACHE``, else ``calciroute`` below the platform's cache folder; it may not exist yet.
    """
    if own := os.environ.get("CALCIROUTE_CACHE"):
        return Path(own)
    if os.name == "nt":
        return (
            Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "calciroute" / "cache"
        )
    if own := os.environ.get("XDG_CACHE_HOME"):
        return Path(own) / "calciroute"
    try:
        return Path.home() / ".cache" / "calciroute"
    except RuntimeError:  # a user without a home: a place where nothing can be kept
        return Path(os.devnull) / "calciroute"


def content_hash(*texts: str) -> str:
    """Hash of texts, the same on every machine.

    Parameters
    ----------
    *texts : str
        In order.

    Returns
    -------
    str
        64 hexadecimal digits of SHA-256.

    Examples
    --------
    >>> content_hash("a", "b") == content_hash("ab")
    False
    """
    digest = hashlib.sha256()
    for text in texts:
        data = text.encode("utf-8")
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


def cached_text(key: str, suffix: str, build: Callable[[], str]) -> str:
    """Text under a key, built when it is not there.

    Parameters
    ----------
    key : str
        Content hash of everything the text is built from.
    suffix : str
        File ending, such as ``.xml``.
    build : callable
        Makes the text.

    Returns
    -------
    str
        The text; a cache that cannot be written is left out without failing.
    """
    path = cache_folder() / f"{key}{suffix}"
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        text = build()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Written aside and renamed, so that two runs at once never read half a file.
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(name, path)
    except OSError:
        pass
    return text
