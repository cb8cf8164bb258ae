"""The published body run as its reference files were made: `from published_run import run_scenario`."""

import csv
import tomllib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from calciroute.body.assembly import assemble
from calciroute.body.solver import Dose, Lane, Tolerances, solve
from calciroute.body.units import declared_units
from calciroute.units.expression import convert

REFERENCE = Path(__file__).resolve().parent / "reference"
TIGHT = Tolerances(relative=1e-10, absolute=1e-12)
# A value far below its own state's maximum carries no digits in a nine-digit file.
SHARE_OF_MAXIMUM = 1e-3


def scenarios() -> dict[str, dict]:
    """Settings of the seventeen runs, by name."""
    return tomllib.loads((REFERENCE / "published_scenarios.toml").read_text("utf-8"))


def columns() -> dict[str, tuple[str, str, float]]:
    """Model id, printed unit and factor of each column of the files."""
    with (REFERENCE / "published_columns.csv").open(encoding="utf-8") as file:
        return {row["column"]: (row["id"], row["unit"], float(row["factor"])) for row in csv.DictReader(file)}


def read_file(path: Path) -> dict[str, npt.NDArray[np.float64]]:
    """A reference file as one array per column; headings lose their unit."""
    with path.open(encoding="utf-8") as file:
        heading, *rows = list(csv.reader(file))
    values = np.array(rows, dtype=float)
    return {name.split(" [")[0]: values[:, place] for place, name in enumerate(heading)}


def lane_of(settings: dict) -> Lane:
    """Settings of one run in the model's own units."""
    units = declared_units(assemble("published"))

    def own(name: str, value: float, unit: str) -> float:
        return convert(value, unit, units[name])

    doses = [
        Dose(row["first_h"] + row["every_h"] * k, name, own(name, row["amount"], row["unit"]))
        for name, row in settings.get("doses", {}).items()
        for k in range(row["count"])
    ]
    for name, row in settings.get("infusions", {}).items():
        rate = own(name, row["rate"], row["unit"])
        doses += [Dose(row["from_h"], name, rate), Dose(row["to_h"], name, -rate)]
    return Lane(
        {name: own(name, *value) for name, value in settings.get("inputs", {}).items()},
        {name: own(name, *value) for name, value in settings.get("start", {}).items()},
        doses,
    )


def run_scenario(name: str, times_h: Sequence[float]) -> dict[str, npt.NDArray[np.float64]]:
    """Every column of a reference file, from our own text, at given hours."""
    body, table = assemble("published"), columns()
    units = declared_units(body)
    solution = solve(
        body, [lane_of(scenarios()[name])], times_h, [id for id, _, _ in table.values()], tolerances=TIGHT
    )
    assert solution.status == ("",), solution.status
    found = {"time_h": np.asarray(times_h, dtype=float)}
    for place, (column, (id, unit, factor)) in enumerate(table.items()):
        found[column] = solution.values[0, :, place] * convert(1.0, units[id], unit) * factor
    return found


def largest_difference(
    expected: dict[str, npt.NDArray[np.float64]], found: dict[str, npt.NDArray[np.float64]]
) -> tuple[float, str]:
    """Largest relative difference over all rows and columns, and the column it stands in."""
    worst = (0.0, "")
    for column in columns():
        if column not in expected:
            continue
        target = expected[column]
        counts = np.abs(target) > SHARE_OF_MAXIMUM * np.max(np.abs(target))
        if not counts.any():
            continue
        difference = np.max(np.abs(found[column][counts] / target[counts] - 1.0))
        worst = max(worst, (float(difference), column))
    return worst
