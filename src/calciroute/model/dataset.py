"""Courses of all lanes as one Dataset with names, units and what they were made from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib import metadata
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from calciroute.purpose import PURPOSE

if TYPE_CHECKING:
    import xarray as xr

    from calciroute.model.solve_lanes import LaneCourses

_TAKEN = frozenset(("lane", "time", "status"))
_PACKAGES = ("calciroute", "numpy", "llvmlite", "python-libsbml", "xarray")
_FAILURES_TOLD = 1_000


def as_dataset(
    courses: LaneCourses,
    lanes: Sequence[str],
    times: npt.NDArray[np.float64],
    outputs: Sequence[str],
    units: Mapping[str, str],
    time_unit: str,
    record: Mapping[str, str | float],
) -> xr.Dataset:
    """The Dataset of a run.

    Parameters
    ----------
    courses : LaneCourses
        Values (lane, time, output).
    lanes : sequence of str
        Names.
    times : float array (time,)
        In the model's unit.
    outputs : sequence of str
        Ids.
    units : mapping of str to str
        By id; an id without one gets no ``units``.
    time_unit : str
        Empty where the model declares none.
    record : mapping
        More attributes.

    Returns
    -------
    xarray.Dataset
        One variable (lane, time) an output by its id, and ``status`` (lane,), 0 where a lane reached the end.
        An output that is itself called lane, time or status stands as ``value:lane`` and so on.
    """
    import xarray as xr

    variables: dict[str, tuple[tuple[str, ...], npt.NDArray[np.generic], dict[str, str]]] = {}
    for place, name in enumerate(outputs):
        shown = f"value:{name}" if name in _TAKEN else name
        variables[shown] = (("lane", "time"), courses.values[:, :, place], _unit(units.get(name, "")))
    meaning = {"long_name": "0: the lane reached the end; else see the attribute failures of the whole"}
    variables["status"] = (("lane",), courses.status.astype(np.int32), meaning)
    failed = [
        f"lane {lanes[place]}: {courses.words[place]}" for place in map(int, np.flatnonzero(courses.status))
    ]
    if len(failed) > _FAILURES_TOLD:
        failed = [*failed[:_FAILURES_TOLD], f"and {len(failed) - _FAILURES_TOLD} more"]
    attributes = {
        "purpose": PURPOSE,
        "title": "calciroute run of a model",
        **record,
        "packages": json.dumps({name: _version(name) for name in _PACKAGES}, sort_keys=True),
        "failures": "\n".join(failed),
    }
    coordinates = {
        "lane": np.array(lanes, dtype=object),
        "time": ("time", times, {**_unit(time_unit), "long_name": "time of the model"}),
    }
    return xr.Dataset(variables, coords=coordinates, attrs=attributes)


def _unit(unit: str) -> dict[str, str]:
    return {"units": unit} if unit else {}


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "unknown"
