"""Lanes of the body: written one by one as `Lane`, or as columns of the engine's `Lanes`.

A column is one number for all lanes or an array with one per lane, so that what follows from inputs is found
for all lanes at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from calciroute.engine.lanes import Doses, Lanes

Array = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Column: TypeAlias = "float | Array"


@dataclass(frozen=True)
class Dose:
    """An amount added to a state or input at one time.

    Parameters
    ----------
    time_h : float
        Hours from the start, >= 0.
    target : str
        Id of a state or of an input that may change during a run.
    amount : float
        In the unit that the text declares for the target.
    """

    time_h: float
    target: str
    amount: float


@dataclass(frozen=True)
class Lane:
    """What one lane is solved with.

    Parameters
    ----------
    parameters : mapping of str to float
        Values that differ from the body's own, in declared units.
    start : mapping of str to float
        States at time 0; states left out start as the text says under these parameters.
    doses : sequence of Dose
        In any order.
    """

    parameters: Mapping[str, float] = field(default_factory=dict)
    start: Mapping[str, float] = field(default_factory=dict)
    doses: Sequence[Dose] = ()


@dataclass(frozen=True)
class Starts:
    """States of many lanes at time 0.

    Parameters
    ----------
    states : dict of str to float array (lane,)
        By id, in declared units; NaN in a lane that has none.
    status : tuple of str
        Per lane: empty when its states were found, else why not.
    """

    states: dict[str, Array]
    status: tuple[str, ...]


def faults(lanes: Lanes) -> list[str]:
    """Words for lanes that cannot run: an input or a start that is no finite number.

    Parameters
    ----------
    lanes : Lanes
        As they would be solved.

    Returns
    -------
    list of str
        Per lane, empty where all is well. A start that is NaN is well: it takes the formula of the text.

    Examples
    --------
    >>> faults(Lanes(2, {"k": np.array([1.0, np.nan])}))
    ['', 'k is nan under these inputs']
    """
    found = [""] * lanes.count
    for columns, refused in ((lanes.parameters, _is_no_number), (lanes.start, np.isinf)):
        for name, column in columns.items():
            for place in np.flatnonzero(np.broadcast_to(refused(column), lanes.count)):
                value = float(np.broadcast_to(column, lanes.count)[place])
                found[place] = found[place] or f"{name} is {value:g} under these inputs"
    return found


def _is_no_number(column: Column) -> npt.NDArray[np.bool_]:
    return np.logical_not(np.isfinite(column))


def in_columns(rows: Sequence[Mapping[str, float]], otherwise: Callable[[str], float]) -> dict[str, Column]:
    """Columns of what was written lane by lane.

    Parameters
    ----------
    rows : sequence of mapping of str to float
        One a lane.
    otherwise : callable
        Gives what holds in a lane that does not name an id.

    Returns
    -------
    dict of str to float or float array (lane,)
        Every id that any lane names.

    Examples
    --------
    >>> in_columns([{"a": 1.0}, {"b": 3.0}], {"a": 2.0, "b": 4.0}.__getitem__)
    {'a': array([1., 2.]), 'b': array([4., 3.])}
    """
    names = dict.fromkeys(name for row in rows for name in row)
    return {
        name: np.array([row[name] if name in row else otherwise(name) for row in rows], dtype=float)
        for name in names
    }


def doses_of(lanes: Sequence[Lane]) -> Doses:
    """Doses of single lanes as one table.

    Parameters
    ----------
    lanes : sequence of Lane
        In order.

    Returns
    -------
    Doses
        Empty when nobody takes anything.
    """
    flat = [(place, dose) for place, lane in enumerate(lanes) for dose in lane.doses]
    targets = tuple(dict.fromkeys(dose.target for _, dose in flat))
    index = {name: place for place, name in enumerate(targets)}
    return Doses(
        np.array([place for place, _ in flat], dtype=np.int64),
        np.array([dose.time_h for _, dose in flat], dtype=float),
        np.array([index[dose.target] for _, dose in flat], dtype=np.int64),
        np.array([dose.amount for _, dose in flat], dtype=float),
        targets,
    )


def lane_at(lanes: Lanes, place: int) -> Lane:
    """One lane of a batch, to be solved or exported alone.

    Parameters
    ----------
    lanes : Lanes
        The batch.
    place : int
        Which one.

    Returns
    -------
    Lane
        With plain numbers.
    """
    start = _row(lanes.start, place)
    return Lane(
        _row(lanes.parameters, place),
        {name: value for name, value in start.items() if not np.isnan(value)},
        _doses_at(lanes.doses, place),
    )


def _doses_at(doses: Doses | None, place: int) -> list[Dose]:
    if doses is None:
        return []
    return [
        Dose(float(doses.time[row]), doses.targets[doses.target[row]], float(doses.amount[row]))
        for row in np.flatnonzero(doses.lane == place)
    ]


def _row(columns: Mapping[str, Column], place: int) -> dict[str, float]:
    return {
        name: float(column if isinstance(column, float | int) else column[place])
        for name, column in columns.items()
    }
