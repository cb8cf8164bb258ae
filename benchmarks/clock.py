"""CPU time on one core, and which machine it was."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


def pin() -> None:
    """Keep this process on one core, the last it may use: others tend to sit on the first."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


@contextmanager
def all_cores() -> Iterator[None]:
    """Every core for a while, then the one of before."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, set(range(os.cpu_count() or 1)))
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def cpu(work: Callable[[], Any]) -> tuple[float, Any]:
    """CPU seconds of this process while some work runs, and what it gave back."""
    began = time.process_time()
    value = work()
    return time.process_time() - began, value


def machine() -> dict[str, Any]:
    """The class of the machine: what figures may be compared with."""
    from llvmlite import binding

    features = binding.get_host_cpu_features()
    vectors = next((name for name in ("avx512f", "avx2", "neon") if features.get(name)), "none")
    return {
        "processor": binding.get_host_cpu_name(),
        "architecture": platform.machine(),
        "vectors": vectors,
        "cores": os.cpu_count(),
        "cache_of_instructions_kB": _instruction_cache(),
        "system": platform.system(),
        "shared": "a virtual machine with other work beside it",
    }


def _instruction_cache() -> int | None:
    for index in range(4):
        folder = Path(f"/sys/devices/system/cpu/cpu0/cache/index{index}")
        if (folder / "type").is_file() and (folder / "type").read_text().strip() == "Instruction":
            return int((folder / "size").read_text().strip().removesuffix("K"))
    return None
