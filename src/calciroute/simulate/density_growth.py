"""A person's own pace of bone density and start, from dated densities of one site.

The model says how the density of people like this changed between the dates. What the person's values do
beside that is split between chance (precision error of the scanner) and a lasting pace of the person's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from calciroute.body.assembly import Body
from calciroute.body.lanes import Column
from calciroute.body.start import start_states
from calciroute.body.values import values_at_start
from calciroute.engine.lanes import Lanes
from calciroute.people.person_model import Person
from calciroute.simulate.dated_readings import DatedReadings, dated_readings
from calciroute.simulate.densities import DensityEvidence
from calciroute.tables.repeatability import density_noise

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Site:
    """Where density is measured, and the ids that belong to it.

    Parameters
    ----------
    field : str
        Name in ``[labs]``.
    words : str
        For a reader.
    outcome : str
        Outcome id of the precision error.
    relative, measured : str
        Ids of the density: relative to the young, and as a scanner reads it.
    factor : str
        Input that scales it to the person.
    score, spread : str
        Input and number of the person's own pace.
    """

    field: str
    words: str
    outcome: str
    relative: str
    measured: str
    factor: str
    score: str
    spread: str

    @property
    def level(self) -> str:
        """Name of the share of the level in a draw."""
        return f"{self.factor} today"


SITES = (
    Site(
        "BMD_femoral_neck", "femoral neck", "BMD_femoral_neck", "BMD_femoral_neck_relative",
        "BMD_femoral_neck_DXA", "BMD_femoral_neck_factor", "BMD_femoral_neck_pace_score",
        "sd_BMD_femoral_neck_pace",
    ),
    Site(
        "BMD_lumbar", "lumbar spine", "BMD_lumbar_spine", "BMD_lumbar_relative",
        "BMD_lumbar_DXA", "BMD_lumbar_factor", "BMD_lumbar_pace_score", "sd_BMD_lumbar_pace",
    ),
)  # fmt: skip
LEFT_OPEN = tuple(name for site in SITES for name in (site.score, site.level))
DENSITY = "g/cm2"


@dataclass(frozen=True)
class DatedDensities:
    """Dated densities of a person at one site.

    Parameters
    ----------
    site : Site
        Where.
    readings : DatedReadings
        Of its field: values on scanners of one maker, none of them a limit.
    """

    site: Site
    readings: DatedReadings


def dated_densities(person: Person) -> list[DatedDensities]:
    """Dated densities that can speak of a pace.

    Parameters
    ----------
    person : Person
        As read.

    Returns
    -------
    list of DatedDensities
        One a site; a site with values of two makers, or with a limit among them, is left out.
    """
    found = []
    for site in SITES:
        readings = dated_readings(person, site.field)
        if readings is not None and comparable(readings):
            found.append(DatedDensities(site, readings))
    return found


def comparable(readings: DatedReadings) -> bool:
    """Whether the values are densities of one maker's scanners, none of them a limit."""
    return (
        all(one.unit == DENSITY and not one.limit for one in readings.readings)
        and len({one.maker for one in readings.readings}) == 1
    )


def fit_densities(
    body: Body, now: Mapping[str, Column], count: int, densities: DatedDensities
) -> list[DensityEvidence]:
    """Weigh the densities under each set of numbers.

    Parameters
    ----------
    body : Body
        The body.
    now : mapping of str to float or float array (set,)
        Inputs as of today; in the past the same held, at the age of each date.
    count : int
        Number of sets.
    densities : DatedDensities
        Of the person.

    Returns
    -------
    list of DensityEvidence
        One a set. Where a date has no start, its value counts as if the course had been level.
    """
    site, readings = densities.site, densities.readings
    today = _relative(body, now, count, site, 0.0)
    courses = [_relative(body, now, count, site, years) - today for years in readings.years]
    past = [np.where(np.isfinite(course), course, 0.0) for course in courses]
    sd = values_at_start(body, Lanes(count, now), [site.spread])[:, 0]
    measured = np.log([one.value for one in readings.readings])
    noises = tuple(density_noise(site.outcome, one.value, one.maker) / one.value for one in readings.readings)
    return [
        DensityEvidence(
            readings.years,
            tuple(float(log - course[place]) for log, course in zip(measured, past, strict=True)),
            noises,
            float(sd[place]),
        )
        for place in range(count)
    ]


def own_pace(
    body: Body,
    now: Mapping[str, Column],
    count: int,
    densities: DatedDensities,
    shares: Mapping[str, Column],
) -> tuple[Array, Array]:
    """Score and density today of each set of numbers, at its own shares.

    Parameters
    ----------
    body, now, count, densities
        As for `fit_densities`.
    shares : mapping of str to float or float array (set,)
        Shares of score and level; one half where a set has none.

    Returns
    -------
    tuple of float array (set,)
        Standard deviations; g/cm2.
    """
    fitted = fit_densities(body, now, count, densities)
    site = densities.site
    score, level = (np.broadcast_to(shares.get(name, 0.5), count) for name in (site.score, site.level))
    rows = [
        one.own(float(first), float(second)) for one, first, second in zip(fitted, score, level, strict=True)
    ]
    values = np.array(rows).reshape(-1, 2)
    return values[:, 0], np.exp(values[:, 1])


def _relative(body: Body, now: Mapping[str, Column], count: int, site: Site, years: float) -> Array:
    """Logarithm of the density relative to the young, so many years from today, own pace aside."""
    age = values_at_start(body, Lanes(count, now), ["age_start"])[:, 0]
    then = {**now, "age_start": age + years, site.score: 0.0}
    starts = start_states(body, Lanes(count, then))
    relative = values_at_start(body, Lanes(count, then, starts.states), [site.relative])[:, 0]
    return np.asarray(np.log(relative))
