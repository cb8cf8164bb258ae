"""The table of lanes: a row for each, a column for each value it sets; a blank keeps the model's own."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from calciroute.equations.system import System
from calciroute.errors import InputError, Problem
from calciroute.model.cells import is_blank, number_in, shown
from calciroute.model.stored import Stored, stored_value
from calciroute.model.written_table import WrittenTable, too_many, written_table

Array = npt.NDArray[np.float64]
KIND = "a table of parameters (CSV: a row for each lane, a column for each parameter)"
LANE = "lane"
LANE_LIMIT = 1_000_000
_BLANK = float("nan")  # stands for a blank only in here, where no NaN of a person can come


@dataclass(frozen=True)
class LaneTable:
    """Lanes by name with what they set.

    Parameters
    ----------
    names : tuple of str
        Of the lanes; each once.
    parameters : dict of str to float array (lane,)
        By id of the system; NaN where the model's own value stays.
    start : dict of str to float array (lane,)
        By id of a state; NaN where the model's own start stays.
    """

    names: tuple[str, ...]
    parameters: Mapping[str, Array] = field(default_factory=dict)
    start: Mapping[str, Array] = field(default_factory=dict)

    def filled(self) -> frozenset[str]:
        """Ids that every lane sets.

        Returns
        -------
        frozenset of str
        """
        columns = (*self.parameters.items(), *self.start.items())
        return frozenset(name for name, values in columns if not np.isnan(values).any())


def read_lanes(given: Any, system: System) -> LaneTable:
    """Read a table of lanes.

    Parameters
    ----------
    given : str, Path, DataFrame, mapping, sequence of mappings, or None
        A column ``lane`` names the lanes; else they are 1, 2, ... None gives one lane of the model as it is.
        The value of a species is its start as the file writes the species: a concentration, or an amount.
    system : System
        From an SBML file.

    Returns
    -------
    LaneTable

    Raises
    ------
    InputError
        For unknown names with near ones, for what is no finite number, for lanes named twice; all at once.

    Examples
    --------
    >>> read_lanes({"lane": ["a", "b"], "k": [0.1, None]}, System({"k": 0.2}, {})).parameters["k"]
    array([0.1, nan])
    """
    if given is None:
        return LaneTable(("1",))
    table = written_table(given, KIND, "parameters")
    problems: list[Problem] = []
    targets = _targets(table, system, problems)
    if problems:
        raise InputError(problems)
    names, columns = _cells(table, problems)
    if problems:
        raise InputError(problems)
    if not names:
        raise InputError([Problem(table.where, "headings and no row", "one row for each lane")])
    written = {key: np.array(values, dtype=np.float64) for key, values in columns.items()}
    parameters: dict[str, Array] = {}
    start: dict[str, Array] = {}
    for heading, target in targets.items():
        values = written[heading]
        if target.volume is not None:
            with np.errstate(over="ignore"):
                values = values * _volume(heading, target, written, system, table)
            if np.isinf(values).any():
                found = f"column '{heading}' makes an amount that is too large"
                raise InputError([Problem(table.heading_place, found, "an amount below 1e308")])
        (start if target.is_state else parameters)[target.id] = values
    return LaneTable(tuple(names), parameters, start)


def _targets(table: WrittenTable, system: System, problems: list[Problem]) -> dict[str, Stored]:
    targets: dict[str, Stored] = {}
    taken: dict[str, str] = {}
    for heading in table.headings:
        if heading == LANE:
            continue
        target = stored_value(system, heading)
        if isinstance(target, Problem):
            if too_many(problems):
                break
            problems.append(
                Problem(table.heading_place, f"column: {target.found}", target.expected, target.advice)
            )
        elif target.id in taken:
            found = f"columns '{taken[target.id]}' and '{heading}' set the same value"
            problems.append(Problem(table.heading_place, found, "one of them"))
        else:
            taken[target.id] = heading
            targets[heading] = target
    return targets


def _cells(table: WrittenTable, problems: list[Problem]) -> tuple[list[str], dict[str, array[float]]]:
    names: dict[str, None] = {}
    named = LANE in table.headings
    columns = {heading: array("d") for heading in table.headings if heading != LANE}
    appends = [None if heading == LANE else columns[heading].append for heading in table.headings]
    for place, cells in table.rows:
        if too_many(problems):
            break
        if len(names) >= LANE_LIMIT:
            problems.append(Problem(place, f"more than {LANE_LIMIT} lanes", "a table in parts"))
            break
        name = _lane_name(table.headings, cells, len(names)) if named else str(len(names) + 1)
        if name in names:
            problems.append(Problem(place, f"lane '{shown(name)}' stands twice", "a name for each row"))
        names[name] = None
        for heading, append, cell in zip(table.headings, appends, cells, strict=True):
            if append is not None:
                value = number_in(cell, heading, place, problems)
                append(_BLANK if value is None else value)
    return list(names), columns


def _lane_name(headings: Sequence[str], cells: Sequence[object], before: int) -> str:
    cell = cells[headings.index(LANE)]
    return str(before + 1) if is_blank(cell) else str(cell).strip()


def _volume(
    heading: str, target: Stored, written: Mapping[str, Array], system: System, table: WrittenTable
) -> Array | float:
    """What a concentration is multiplied by; a compartment that moves has no one number for it."""
    volume = target.volume
    own = system.parameters.get(volume) if isinstance(volume, str) else volume
    if isinstance(volume, str) and volume in written and volume in system.parameters:
        values = written[volume]
        if not np.isnan(values).any():
            return values
        if isinstance(own, float | int):
            return np.where(np.isnan(values), float(own), values)
    elif isinstance(own, float | int):
        return float(own)
    found = f"column '{heading}' is a concentration, and the volume of its compartment follows from a formula"
    advice = f"the column '{target.id}', with amounts"
    raise InputError([Problem(table.heading_place, found, "an amount", advice)])
