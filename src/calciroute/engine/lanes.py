"""What lanes are given: numbers, starts and doses as tables, laid out for the control loop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from calciroute.engine.program import Program
from calciroute.errors import SolveError

Array = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Doses:
    """Amounts added at given times, in any order.

    Parameters
    ----------
    lane : int array (dose,)
        Which lane.
    time : float array (dose,)
        When, >= 0.
    target : int array (dose,)
        Place in `targets`.
    amount : float array (dose,)
        What is added.
    targets : tuple of str
        Ids of states or parameters.
    """

    lane: Whole
    time: Array
    target: Whole
    amount: Array
    targets: tuple[str, ...]

    def take(self, chosen: npt.NDArray[np.bool_]) -> Doses:
        """Some of the doses.

        Parameters
        ----------
        chosen : bool array (dose,)
            Which.

        Returns
        -------
        Doses
            With the same targets.
        """
        return Doses(
            np.asarray(self.lane, dtype=np.int64)[chosen], np.asarray(self.time, dtype=float)[chosen],
            np.asarray(self.target, dtype=np.int64)[chosen], np.asarray(self.amount, dtype=float)[chosen],
            self.targets,
        )  # fmt: skip


def joined_doses(tables: Sequence[Doses]) -> Doses:
    """Several tables of doses as one.

    Parameters
    ----------
    tables : sequence of Doses
        With any targets; none makes an empty table.

    Returns
    -------
    Doses
        Rows in the order of the tables, a target that several name once.

    Examples
    --------
    >>> joined_doses([]).targets
    ()
    """
    targets = tuple(dict.fromkeys(name for one in tables for name in one.targets))
    index = {name: place for place, name in enumerate(targets)}
    places = [np.array([index[name] for name in one.targets], dtype=np.int64)[one.target] for one in tables]
    whole, empty = np.empty(0, dtype=np.int64), np.empty(0)
    return Doses(
        np.concatenate([whole, *(one.lane for one in tables)]),
        np.concatenate([empty, *(one.time for one in tables)]),
        np.concatenate([whole, *places]),
        np.concatenate([empty, *(one.amount for one in tables)]),
        targets,
    )


@dataclass(frozen=True)
class Lanes:
    """Lanes to solve.

    Parameters
    ----------
    count : int
        How many, >= 0.
    parameters : mapping of str to float or float array (lane,)
        Values that differ from the system's own. NaN is refused, except where a formula of the system stands
        for the value: there it means the formula.
    start : mapping of str to float or float array (lane,)
        States at time 0; NaN in an array means the system's own formula.
    doses : Doses, optional
        Amounts added.
    """

    count: int
    parameters: Mapping[str, float | Array] = field(default_factory=dict)
    start: Mapping[str, float | Array] = field(default_factory=dict)
    doses: Doses | None = None


def take(columns: Mapping[str, float | Array], places: Sequence[int] | Whole) -> dict[str, float | Array]:
    """Some lanes of columns.

    Parameters
    ----------
    columns : mapping of str to float or float array (lane,)
        By id.
    places : sequence of int
        Which lanes.

    Returns
    -------
    dict of str to float or float array (place,)
        Single numbers stay single.

    Examples
    --------
    >>> take({"a": 1.0, "b": np.array([2.0, 3.0])}, [1])
    {'a': 1.0, 'b': array([3.])}
    """
    chosen = np.asarray(places, dtype=np.int64)
    return {
        name: column if np.ndim(column) == 0 else np.asarray(column)[chosen]
        for name, column in columns.items()
    }


def some_lanes(lanes: Lanes, chosen: Sequence[int] | Whole) -> Lanes:
    """Some lanes of many, with their doses.

    Parameters
    ----------
    lanes : Lanes
        All.
    chosen : int array (lane,)
        Which, ascending.

    Returns
    -------
    Lanes
        They become lanes 0, 1 and so on.

    Examples
    --------
    >>> some_lanes(Lanes(3, {"k": np.array([1.0, 2.0, 3.0])}), [2]).parameters
    {'k': array([3.])}
    """
    places = np.asarray(chosen, dtype=np.int64)
    doses = lanes.doses
    if doses is not None:
        doses = doses.take(np.isin(doses.lane, places))
        doses = replace(doses, lane=np.searchsorted(places, doses.lane))
    return Lanes(len(places), take(lanes.parameters, places), take(lanes.start, places), doses)


@dataclass(frozen=True)
class GivenTable:
    """Numbers of lanes as the control loop reads them.

    Parameters
    ----------
    defaults : float array (row,)
        What all lanes share.
    rows : int array (column,)
        Rows in which they differ.
    values : float array (lane, column)
        Theirs.
    """

    defaults: Array
    rows: Whole
    values: Array


def given_table(program: Program, lanes: Lanes) -> GivenTable:
    """Numbers of lanes.

    Parameters
    ----------
    program : Program
        Whose ids are meant.
    lanes : Lanes
        What they are given.

    Returns
    -------
    GivenTable
        Parameters first, then states.

    Raises
    ------
    SolveError
        For an unknown id, a wrong length or a value that is no finite number.
    """
    defaults = np.array(program.description.defaults, dtype=float)
    own = defaults.copy()
    places = program.given_places
    rows: list[int] = []
    columns: list[Array] = []
    for kind, table, known in (
        ("parameter", lanes.parameters, program.parameters),
        ("state", lanes.start, program.states),
    ):
        names = set(known)
        for name, value in table.items():
            if name not in names:
                raise SolveError(f"{name} is no {kind} of this system: {_near(name, known)}")
            row = places[name]
            numbers = np.asarray(value, dtype=float)
            if numbers.ndim == 0:
                if not np.isfinite(numbers):
                    raise SolveError(f"{name} is {float(numbers)}: a finite number is needed before a run")
                own[row] = float(numbers)
                continue
            if numbers.shape != (lanes.count,):
                raise SolveError(f"{name} has {numbers.shape} values for {lanes.count} lanes")
            if np.any(np.isinf(numbers)):
                raise SolveError(f"{name} is infinite in lane {int(np.argmax(np.isinf(numbers)))}")
            missing = np.isnan(numbers)
            if missing.any() and not program.description.formulas[row]:
                if kind == "parameter":
                    raise SolveError(f"{name} is no number in lane {int(np.argmax(missing))}")
                numbers = np.where(missing, defaults[row], numbers)
            rows.append(row)
            columns.append(numbers)
    values = np.column_stack(columns) if columns else np.empty((lanes.count, 0))
    return GivenTable(own, np.array(rows, dtype=np.int64), np.ascontiguousarray(values))


def _near(name: str, known: Sequence[str]) -> str:
    import difflib

    close = difflib.get_close_matches(name, known, 3)
    return f"near names are {', '.join(close)}" if close else "no name is near"


@dataclass(frozen=True)
class DoseTable:
    """Doses as the control loop reads them.

    Parameters
    ----------
    first : int array (lane + 1,)
        Where the doses of a lane begin.
    time, amount : float array (dose,)
        By lane, then time; doses of one instant keep their order.
    row : int array (dose,)
        Parameters first, then states.
    """

    first: Whole
    time: Array
    amount: Array
    row: Whole


def dose_table(program: Program, lanes: Lanes) -> DoseTable:
    """Doses of lanes.

    Parameters
    ----------
    program : Program
        Whose ids are meant.
    lanes : Lanes
        With doses or without.

    Returns
    -------
    DoseTable
        Sorted.

    Raises
    ------
    SolveError
        For an unknown target or lane, a negative time, or a value that is no finite number.
    """
    doses = lanes.doses
    if doses is None or len(doses.lane) == 0:
        empty = np.empty(0)
        whole = np.empty(0, dtype=np.int64)
        return DoseTable(np.zeros(lanes.count + 1, dtype=np.int64), empty, empty, whole)
    lane = np.asarray(doses.lane, dtype=np.int64)
    time, amount = np.asarray(doses.time, dtype=float), np.asarray(doses.amount, dtype=float)
    target = np.asarray(doses.target, dtype=np.int64)
    for name in doses.targets:
        if name not in program.given_places:
            raise SolveError(f"a dose goes to {name}: {_near(name, tuple(program.given_places))}")
    if np.min(lane) < 0 or np.max(lane) >= lanes.count:
        raise SolveError(f"a dose goes to lane {int(np.max(lane))} of {lanes.count}, counted from 0")
    if not (np.all(np.isfinite(time)) and np.all(np.isfinite(amount)) and time.min() >= 0.0):
        raise SolveError("a dose has a time or amount that is no finite number, or a time before 0")
    order = np.lexsort((np.arange(len(lane)), time, lane))
    rows = np.array([program.given_places[name] for name in doses.targets], dtype=np.int64)
    first = np.searchsorted(lane[order], np.arange(lanes.count + 1)).astype(np.int64)
    return DoseTable(first, time[order], amount[order], rows[target[order]])
