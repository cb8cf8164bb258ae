"""Where the calcium goes: vitamin K, vitamin D and calcium between diet, blood, bone and artery.

Education and research on populations; not for decisions about a patient.
"""

from __future__ import annotations

from importlib import metadata
from typing import Any

from calciroute.purpose import PURPOSE

__all__ = [  # noqa: F822  (lazy, below)
    "PURPOSE",
    "__version__",
    "diary_intake",
    "find_food",
    "food_card",
    "load_model",
    "open_journal",
    "plan_30_days",
    "read_label",
    "self_check",
    "simulate_person",
]

try:
    __version__ = metadata.version("calciroute")
except metadata.PackageNotFoundError:  # a source folder on the path, not installed
    __version__ = "0+unknown"


def __getattr__(name: str) -> Any:
    # Lazy, so that `import calciroute` and `calciroute --help` stay fast.
    if name == "simulate_person":
        from calciroute.simulate import simulate_person

        return simulate_person
    if name == "diary_intake":
        from calciroute.report.intake_answer import diary_intake

        return diary_intake
    if name == "load_model":
        from calciroute.model import load_model

        return load_model
    if name == "open_journal":
        from calciroute.guide.journal import open_journal

        return open_journal
    if name == "read_label":
        from calciroute.report.label import read_label

        return read_label
    if name in {"self_check", "plan_30_days"}:
        from calciroute.guide import public

        return getattr(public, name)
    if name == "find_food":
        from calciroute.intake.food_search import find_food

        return find_food
    if name == "food_card":
        from calciroute.intake.food_card import food_card

        return food_card
    raise AttributeError(f"module 'calciroute' has no attribute '{name}'")
