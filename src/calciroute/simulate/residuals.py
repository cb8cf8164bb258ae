"""Measurements compared with a run: how far from its median, in their own spread, and where in its band."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from calciroute.people.not_for_person import NOT_FOR_PERSON
from calciroute.simulate.not_for_marks import not_for_of
from calciroute.simulate.observed import Observed, ObservedPoint
from calciroute.simulate.result import Simulation

if TYPE_CHECKING:
    import xarray as xr

Array = npt.NDArray[np.float64]
LOW, HIGH = 0.05, 0.95
_SAME_DAY = 1.0  # the last output day is a whole one; a year in days is not
HOW = (
    "Each draw's course is taken as straight between the two output times around a measurement; "
    "median and 90 % band are over the draws at that time. The band holds what nobody knows; how people "
    "differ and how exact a measurement is are not in it."
)


@dataclass(frozen=True)
class Residual:
    """A measurement beside one arm of a run.

    Parameters
    ----------
    where : str
        ``file:line`` of the measurement.
    outcome, arm, unit : str
        What, in which arm, and the unit of all values here.
    days : float, d
        From the start.
    value : float
        As measured.
    sd : float or None
        Its standard deviation.
    median, low, high : float
        Of the draws at that time; equal where there is one draw or the central run alone.
    residual : float
        Value minus median.
    residual_in_sd : float or None
        The same in standard deviations of the measurement; None without `sd`.
    band : {"below", "inside", "above"}
        Where the value lies from the 5th to the 95th percentile.
    share_below : float
        Share of the draws that lie below the value, 0 to 1; a draw at the value counts half.
    """

    where: str
    outcome: str
    arm: str
    unit: str
    days: float
    value: float
    sd: float | None
    median: float
    low: float
    high: float
    residual: float
    residual_in_sd: float | None
    band: Literal["below", "inside", "above"]
    share_below: float


@dataclass(frozen=True)
class LeftOut:
    """A measurement that no course can be compared with, and why.

    Parameters
    ----------
    where, outcome : str
        Its place and what was measured.
    days : float, d
        When.
    why : str
        In words.
    """

    where: str
    outcome: str
    days: float
    why: str


@dataclass(frozen=True)
class Comparison:
    """All measurements beside a run.

    Parameters
    ----------
    residuals : tuple of Residual
        In the order of the table; one without an arm stands once for every arm.
    left_out : tuple of LeftOut
        What is not compared.
    """

    residuals: tuple[Residual, ...]
    left_out: tuple[LeftOut, ...]

    def document(self) -> dict[str, Any]:
        """As ``result.json`` holds it.

        Returns
        -------
        dict
            ``how`` in words, ``residuals`` and ``left_out`` as lists of dicts.
        """
        return {
            "how": HOW,
            "residuals": [dataclasses.asdict(one) for one in self.residuals],
            "left_out": [dataclasses.asdict(one) for one in self.left_out],
        }


def residuals_of(dataset: xr.Dataset, observed: Observed) -> Comparison:
    """Compare measurements with the courses of a run.

    Parameters
    ----------
    dataset : xarray.Dataset
        From `calciroute.simulate_person`, or the one of a `Simulation`.
    observed : Observed
        From `calciroute.simulate.observed.read_observed`.

    Returns
    -------
    Comparison
        Nothing is dropped: a measurement before day 0, after the last day, or of an outcome or arm that this
        run does not have stands under ``left_out``.

    Examples
    --------
    >>> import xarray as xr
    >>> from calciroute.simulate.observed import read_observed
    >>> levels = np.array([[[400.0, 300.0], [420.0, 280.0]]])
    >>> run = xr.Dataset(
    ...     {"dp_ucMGP": (("arm", "draw", "time"), levels)}, coords={"arm": ["as_now"], "time": [0.0, 84.0]}
    ... )
    >>> row = {"time_d": 42, "outcome": "dp_ucMGP", "value": 380, "sd": 10, "unit": "pmol/L"}
    >>> data = read_observed([row])
    >>> one = residuals_of(run, data).residuals[0]
    >>> one.median, one.residual, one.residual_in_sd, one.band
    (350.0, 30.0, 3.0, 'above')
    """
    if "person" in dataset.dims:
        dataset = dataset.isel(person=0)
    residuals: list[Residual] = []
    left_out: list[LeftOut] = []
    for point in observed.points:
        why = _why_left_out(dataset, point)
        if why:
            left_out.append(LeftOut(point.where, point.outcome, point.days, why))
        else:
            residuals += _beside(dataset, point, left_out)
    return Comparison(tuple(residuals), tuple(left_out))


def comparison_of(simulation: Simulation) -> Comparison | None:
    """The measurements of a simulation beside its courses.

    Parameters
    ----------
    simulation : Simulation
        As `with_observed` gives it.

    Returns
    -------
    Comparison or None
        None without measurements. What says nothing about this person is left out, with the reason.
    """
    if simulation.observed is None:
        return None
    dataset = simulation.dataset
    not_for = not_for_of(simulation)
    found = residuals_of(dataset, simulation.observed)
    kept: list[Residual] = []
    left_out = list(found.left_out)
    for one in found.residuals:
        group = str(dataset[one.outcome].attrs.get("group", ""))
        reason = not_for.reason_in(one.arm, one.outcome, group)
        if reason:
            why = f"{NOT_FOR_PERSON} in the arm {one.arm}: {reason}"
            left_out.append(LeftOut(one.where, one.outcome, one.days, why))
        else:
            kept.append(one)
    return Comparison(tuple(kept), tuple(left_out))


def with_observed(simulation: Simulation, observed: Observed) -> Simulation:
    """A simulation that carries measurements, so that report, files and a replay show them.

    Parameters
    ----------
    simulation : Simulation
        From `calciroute.simulate.run_person`.
    observed : Observed
        From `calciroute.simulate.observed.read_observed`.

    Returns
    -------
    Simulation
        The same run; its record of inputs holds the table.
    """
    kept = {"name": observed.source, "text": observed.text}
    if observed.encoding != "utf-8":
        kept["encoding"] = observed.encoding
    record = simulation.provenance
    record = {**record, "inputs": {**record.get("inputs", {}), "observed": kept}}
    notes = [f"{observed.source}: {note}." for note in observed.notes]
    return dataclasses.replace(
        simulation, observed=observed, provenance=record, notes=(*simulation.notes, *notes)
    )


def _why_left_out(dataset: xr.Dataset, point: ObservedPoint) -> str:
    last = float(dataset.coords["time"].values[-1])
    if point.days < 0.0:
        return f"{-point.days:g} days before the start"
    if point.days > last + _SAME_DAY:
        return f"after the last day of the run, {last:g}"
    if point.outcome not in dataset or "draw" not in dataset[point.outcome].dims:
        return "this body has no course of it"
    if point.arm and point.arm not in dataset.coords["arm"].values:
        return f"there is no arm '{point.arm}'"
    return ""


def _beside(dataset: xr.Dataset, point: ObservedPoint, left_out: list[LeftOut]) -> Iterator[Residual]:
    days = np.asarray(dataset.coords["time"].values, dtype=float)
    arms = [point.arm] if point.arm else [str(arm) for arm in dataset.coords["arm"].values]
    for arm in arms:
        levels = _levels_at(dataset, point, arm, days)
        if levels.size == 0:
            why = f"no draw of the arm '{arm}' ran to its end"
            left_out.append(LeftOut(point.where, point.outcome, point.days, why))
            continue
        low, median, high = (float(one) for one in np.quantile(levels, (LOW, 0.5, HIGH)))
        gap = point.value - median
        below = float(np.mean(levels < point.value) + 0.5 * np.mean(levels == point.value))
        yield Residual(
            where=point.where,
            outcome=point.outcome,
            arm=arm,
            unit=point.unit,
            days=point.days,
            value=point.value,
            sd=point.sd,
            median=median,
            low=low,
            high=high,
            residual=gap,
            residual_in_sd=None if point.sd is None else gap / point.sd,
            band="below" if point.value < low else "above" if point.value > high else "inside",
            share_below=below,
        )


def _levels_at(dataset: xr.Dataset, point: ObservedPoint, arm: str, days: Array) -> Array:
    """Level of each draw at the time of a measurement; the central run alone where there are no draws."""
    drawn = np.asarray(dataset[point.outcome].sel(arm=arm).transpose("draw", "time").values, dtype=float)
    drawn = drawn[np.isfinite(drawn).all(axis=1)]
    name = f"{point.outcome}_central"
    if drawn.size == 0 and name in dataset:
        drawn = np.asarray(dataset[name].sel(arm=arm, variant="main").values, dtype=float)[np.newaxis]
        drawn = drawn[np.isfinite(drawn).all(axis=1)]
    return np.array([np.interp(point.days, days, course) for course in drawn])
