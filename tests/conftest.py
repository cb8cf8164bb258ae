"""What every test runs under: repeatable examples, no display, a count of tests without reference data."""

import os

import pytest
from hypothesis import HealthCheck, settings

from shared_data import ABSENT

os.environ["MPLBACKEND"] = "Agg"  # no test opens a window

# Quick: the same examples each run, so that a red test is red for everybody. Full: about ten times as many.
settings.register_profile(
    "quick", max_examples=25, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("full", max_examples=250, deadline=None, print_blob=True)
settings.load_profile(os.environ.get("CALCIROUTE_HYPOTHESIS", "quick"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse a `holds` marker that names nothing: `calciroute where` could never lead to that test."""
    for item in items:
        for marker in item.iter_markers("holds"):
            if not marker.args or marker.kwargs or not all(isinstance(name, str) for name in marker.args):
                raise pytest.UsageError(
                    f'{item.nodeid}: write @pytest.mark.holds("ID", ...), ids as strings.'
                )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Count the tests that absent reference data kept from running."""
    skipped = terminalreporter.stats.get("skipped", [])
    absent = sum(ABSENT in str(report.longrepr) for report in skipped)
    if absent:
        terminalreporter.write_line(
            f"{absent} tests or files not run: {ABSENT} (CALCIROUTE_SHARED=1 makes this a failure)"
        )
