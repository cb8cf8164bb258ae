"""The rivals of a run, and those that are not installed."""

from __future__ import annotations

from benchmarks.rivals.bngsim_c import BngsimC
from benchmarks.rivals.copasi import Copasi
from benchmarks.rivals.face import Rival
from benchmarks.rivals.lsoda_c import LsodaC
from benchmarks.rivals.roadrunner_events import RoadRunnerEvents
from benchmarks.rivals.roadrunner_loop import RoadRunnerLoop


def all_rivals() -> list[Rival]:
    """Every solver and set-up."""
    return [
        RoadRunnerLoop(),
        RoadRunnerEvents(),
        BngsimC(sparse=True),
        BngsimC(sparse=False),
        LsodaC(),
        Copasi(),
    ]


def installed(rivals: list[Rival]) -> tuple[list[Rival], list[str]]:
    """Those that can be imported, and the tools of the others."""
    here, missing = [], []
    for rival in rivals:
        try:
            rival.version()
            here.append(rival)
        except ImportError:
            missing.append(rival.tool)
    return here, missing
