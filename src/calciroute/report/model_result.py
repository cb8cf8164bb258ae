"""The result of a run of anyone's model: ``result.nc`` or ``result.zarr``, ``run.json``, a short table."""

from __future__ import annotations

import importlib.util
import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from calciroute.errors import InputError, Problem
from calciroute.purpose import PURPOSE
from calciroute.report.result_folder import COURSES, COURSES_ZARR, RUN, RUN_KIND, write_folder

if TYPE_CHECKING:
    import xarray as xr

FORMATS = {"netcdf": COURSES, "zarr": COURSES_ZARR}
_ROWS = 20
_SQUEEZED = {"zlib": True, "complevel": 4}


def check_format(name: str) -> None:
    """Whether courses can be written in a format here.

    Parameters
    ----------
    name : str
        netcdf or zarr.

    Raises
    ------
    InputError
        For another word, and for zarr where its package is not installed.
    """
    if name not in FORMATS:
        raise InputError([Problem("--format", f"'{name[:40]}'", " or ".join(FORMATS))])
    if name == "zarr" and importlib.util.find_spec("zarr") is None:
        raise InputError(
            [Problem("--format", "the package zarr is not installed", "netcdf", "pip install zarr")]
        )


def write_model_result(dataset: xr.Dataset, out: Path, format_name: str = "netcdf") -> list[Path]:
    """Write courses and summary into a folder, whole or not at all.

    Parameters
    ----------
    dataset : xarray.Dataset
        From `calciroute.model.Model.run`.
    out : Path
        Made, or replaced whole when it is a result folder of ours.
    format_name : str, optional
        netcdf or zarr.

    Returns
    -------
    list of Path
        Courses, then summary.

    Raises
    ------
    InputError
        As `check_format` and `write_folder`.
    """
    check_format(format_name)
    courses = FORMATS[format_name]
    document = summary_document(dataset)

    def fill(made: Path) -> None:
        if format_name == "zarr":
            dataset.to_zarr(made / courses, mode="w", consolidated=False)
        else:
            squeezed = {
                str(name): dict(_SQUEEZED) for name, values in dataset.data_vars.items() if values.size
            }
            dataset.to_netcdf(made / courses, engine="h5netcdf", encoding=squeezed)
        text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2)
        (made / RUN).write_text(text + "\n", encoding="utf-8")

    write_folder(out, fill)
    return [out / courses, out / RUN]


def summary_document(dataset: xr.Dataset) -> dict[str, Any]:
    """What a run gave, in few numbers.

    Parameters
    ----------
    dataset : xarray.Dataset
        From `calciroute.model.Model.run`.

    Returns
    -------
    dict
        Ready for JSON: what is not finite is null. ``start`` and ``end`` are the middle of the lanes,
        ``lowest`` and ``highest`` the extremes over all lanes and output times.
    """
    status = dataset["status"].values
    times = dataset.coords["time"]
    lanes = [str(name) for name in dataset.coords["lane"].values]
    return {
        "purpose": PURPOSE,
        "kind": RUN_KIND,
        "run": {name: value for name, value in dataset.attrs.items() if name not in {"purpose", "title"}},
        "lanes": len(lanes),
        "failed_lanes": [lanes[place] for place in map(int, np.flatnonzero(status))],
        "time": {
            "first": float(times.values[0]),
            "last": float(times.values[-1]),
            "count": int(times.size),
            "unit": times.attrs.get("units", ""),
        },
        "outputs": {
            str(name): _figures(values) for name, values in dataset.data_vars.items() if name != "status"
        },
    }


def render_summary(document: Mapping[str, Any], written: list[Path]) -> str:
    """The summary as a terminal shows it.

    Parameters
    ----------
    document : mapping
        From `summary_document`.
    written : list of Path
        Files.

    Returns
    -------
    str
        Lines without a trailing newline; at most twenty outputs.
    """
    lanes, time = document["lanes"], document["time"]
    span = " ".join(f"{time['first']:g} to {time['last']:g} {time['unit']}".split())
    failed = len(document["failed_lanes"])
    counts = f"{lanes} lane{'s' if lanes != 1 else ''}" + (f", {failed} failed" if failed else "")
    lines = [f"{document['run']['model']}: {counts}, {time['count']} times from {span}", ""]
    middle = " (middle of the lanes)" if lanes > 1 else ""
    rows = [["output", "unit", f"start{middle}", f"end{middle}", "lowest", "highest"]]
    outputs = document["outputs"]
    for name in list(outputs)[:_ROWS]:
        row = outputs[name]
        numbers = [
            "-" if row[key] is None else f"{row[key]:.6g}" for key in ("start", "end", "lowest", "highest")
        ]
        rows.append([name, row["unit"] or "-", *numbers])
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        text = [cell.ljust(width) if place < 2 else cell.rjust(width)
                for place, (cell, width) in enumerate(zip(row, widths, strict=True))]  # fmt: skip
        lines.append("  ".join(text).rstrip())
    if len(outputs) > _ROWS:
        lines.append(f"and {len(outputs) - _ROWS} more outputs in the file")
    if document["run"].get("notes"):
        lines += ["", document["run"]["notes"]]
    return "\n".join([*lines, "", f"Written: {', '.join(str(path) for path in written)}", PURPOSE])


def _figures(values: xr.DataArray) -> dict[str, Any]:
    numbers = values.values
    return {
        "unit": values.attrs.get("units", ""),
        "start": _middle(numbers[:, 0]),
        "end": _middle(numbers[:, -1]),
        "lowest": _finite(np.nanmin(numbers)) if not np.isnan(numbers).all() else None,
        "highest": _finite(np.nanmax(numbers)) if not np.isnan(numbers).all() else None,
    }


def _middle(numbers: np.ndarray[Any, np.dtype[np.float64]]) -> float | None:
    present = numbers[~np.isnan(numbers)]
    return _finite(np.median(present)) if present.size else None


def _finite(number: np.floating[Any]) -> float | None:
    value = float(number)
    return value if math.isfinite(value) else None
