"""Values as a page prints them: two numbers agree when the page's digits cannot tell them apart."""

import csv
from functools import cache
from pathlib import Path

REFERENCE = Path(__file__).parents[1] / "reference"


def half_digit(printed: str) -> float:
    """Half of the last printed digit; of a number without a decimal point half a unit."""
    decimals = len(printed.partition(".")[2])
    return 0.5 * 10.0**-decimals


def agrees(value: float, printed: str) -> bool:
    """Whether a value rounds to what is printed."""
    # A tie and a rounding in binary are not a difference.
    return abs(value - float(printed)) <= half_digit(printed) * (1 + 1e-6) + 1e-12


def printed_rows(table: str) -> list[dict[str, str]]:
    """Rows of one table below tests/reference."""
    with open(REFERENCE / f"{table}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def expected(check: str) -> dict[str, str]:
    """Printed numbers of one vitamin K check, by quantity."""
    found = {
        row["quantity"]: row["printed"] for row in printed_rows("vitamin_k_expected") if row["check"] == check
    }
    assert found, f"no check '{check}' in vitamin_k_expected.csv"
    return found


def assert_printed(check: str, values: dict[str, float]) -> None:
    """Every printed number of a check is reached to its last digit."""
    told = expected(check)
    misses = {
        name: (values[name], printed) for name, printed in told.items() if not agrees(values[name], printed)
    }
    assert not misses, f"{check}: value against printed {misses}"
