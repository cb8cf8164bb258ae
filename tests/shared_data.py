"""The one door to reference data beside the checkout, in ../shared: `from shared_data import shared_path`.

The project does not own these files (public test suites, digitised source tables), so a checkout may lack
them. Then a test that asks for one is skipped, and the last lines of the run count how many. With
CALCIROUTE_SHARED=1 absence is a failure, so that a machine which should have them cannot pass without.
"""

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
REQUIRED = "CALCIROUTE_SHARED"
ABSENT = "reference data beside the checkout is absent"


def is_required() -> bool:
    """Say whether absence is a failure here."""
    return os.environ.get(REQUIRED, "") not in ("", "0")


def shared_path(*parts: str) -> Path:
    """Path of one file or folder below ../shared; skips the calling test, or fails it, where it is absent.

    Parameters
    ----------
    *parts : str
        Names below the folder, for example ``"reference", "peterson_riggs"``.

    Returns
    -------
    pathlib.Path
        An existing path.
    """
    path = SHARED.joinpath(*parts)
    if path.exists():
        return path
    if is_required():
        pytest.fail(f"{REQUIRED} is set, but {'/'.join(parts)} is not in ../shared.")
    pytest.skip(ABSENT, allow_module_level=True)
