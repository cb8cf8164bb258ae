"""The compiled body, kept between runs: seconds to compile, a moment to read back."""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
import tempfile
from functools import cache
from pathlib import Path

import roadrunner

from calciroute.sbml.cache import cache_folder, content_hash


def compiled_model(sbml: str) -> roadrunner.RoadRunner:
    """A model ready to run, compiled or read from the cache.

    Parameters
    ----------
    sbml : str
        SBML text.

    Returns
    -------
    roadrunner.RoadRunner
        The same machine code either way.
    """
    path = cache_folder() / f"{content_hash(sbml, _machine())}.compiled"
    if _is_whole(path):
        # A file of another version is compiled anew.
        with contextlib.suppress(RuntimeError):
            stored = roadrunner.RoadRunner()
            stored.loadState(str(path))
            return stored
    model = roadrunner.RoadRunner(sbml)
    _store(model, path)
    return model


def _is_whole(path: Path) -> bool:
    """Whether the file is the one that was written: half of one would end the process without a word."""
    try:
        return _checksum_of(path).read_text("utf-8") == hashlib.sha256(path.read_bytes()).hexdigest()
    except (OSError, UnicodeDecodeError):
        return False


def _checksum_of(path: Path) -> Path:
    return path.with_suffix(".sha256")


@cache
def _machine() -> str:
    """What machine code depends on: the solver's version and the processor with its features."""
    features = platform.processor()
    with contextlib.suppress(OSError):
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        features += next((line for line in lines if line.startswith(("flags", "Features"))), "")
    return "|".join((roadrunner.__version__, platform.system(), platform.machine(), features))


def _store(model: roadrunner.RoadRunner, path: Path) -> None:
    # Written aside and renamed, so that two runs at once never read half a file.
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        os.close(handle)
        model.saveState(name)
        checksum = hashlib.sha256(Path(name).read_bytes()).hexdigest()
        os.replace(name, path)
        _checksum_of(path).write_text(checksum, "utf-8")
    except (OSError, RuntimeError):
        return  # a cache that cannot be written is left out
