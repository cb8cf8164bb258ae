"""Where the calcium goes: vitamin K, vitamin D and calcium between diet, blood, bone and artery.

Education and research on populations; not for decisions about a patient.
"""

from __future__ import annotations

from importlib import import_module
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

# Where each call lives; read on first use, so that `import calciroute` and `calciroute --help` stay fast.
_CALLS = {
    "diary_intake": "calciroute.report.intake_answer",
    "find_food": "calciroute.intake.food_search",
    "food_card": "calciroute.intake.food_card",
    "load_model": "calciroute.model",
    "open_journal": "calciroute.guide.journal",
    "plan_30_days": "calciroute.guide.public",
    "read_label": "calciroute.report.label",
    "self_check": "calciroute.guide.public",
    "simulate_person": "calciroute.simulate",
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return _version()
    if name in _CALLS:
        return getattr(import_module(_CALLS[name]), name)
    raise AttributeError(f"module 'calciroute' has no attribute '{name}'")


def _version() -> str:
    """As installed; asked for where it is shown, since reading it costs more than the rest of this file."""
    from importlib import metadata

    try:
        return metadata.version("calciroute")
    except metadata.PackageNotFoundError:  # a source folder on the path, not installed
        return "0+unknown"
