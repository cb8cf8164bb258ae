"""Figures and sentences about dated readings: people like this, what the readings say, and by how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from calciroute.simulate.dated_readings import DatedReadings
from calciroute.simulate.densities import DensityEvidence
from calciroute.simulate.density_growth import DatedDensities
from calciroute.simulate.narrowed import BAND, Narrowed, band_words, by_how_much, narrower, shown
from calciroute.simulate.score_growth import FittedScores

_RARE = 0.025
_HALF_A_DAY = 0.5 / 365.25
_PER_MILLE = 0.001
_PERCENT = 100.0
_MONTHS_UP_TO = 24


def narrowed_score(fitted: FittedScores, readings: DatedReadings) -> Narrowed:
    """What dated calcium scores have said of growth and start.

    Parameters
    ----------
    fitted : FittedScores
        At the central numbers.
    readings : DatedReadings
        The scores.

    Returns
    -------
    Narrowed
        Growth in AU a year at today's score; where no calcium would be seen today, on the scale on which
        scores grow in a straight line.
    """
    evidence, scale, drive = fitted.evidence, fitted.evidence.scale, fitted.drive
    people = fitted.people.quantiles(BAND) * drive
    growth = evidence.growth(fitted.people, drive, BAND) * drive
    start = tuple(float(one) for one in scale.score(evidence.levels_today(fitted.people, drive, BAND)))
    seen = start[1] > 0.0
    to_unit = 1.0 / float(scale.slope(start[1])) if seen else 1.0
    found = Narrowed(
        field=readings.name,
        quantity="growth of coronary calcium",
        at=f"at a score of {shown(start[1])} AU" if seen else "of calcium not seen yet",
        unit="AU/y" if seen else "1/y",
        readings=_written(readings),
        before=tuple(float(value) * to_unit for value in people),
        after=tuple(float(value) * to_unit for value in growth),
        narrower_percent=narrower(people, growth),
        start=start,
        noise=float(evidence.noise(scale.level(start[1]))) / float(scale.slope(start[1])),
        carried_years=-evidence.in_order[-1].years,
        chance_of_lower=evidence.chance_of_lower(fitted.people, drive),
        sentences=(),
    )
    return replace(found, sentences=tuple(_score_sentences(found, readings)))


def narrowed_density(evidence: DensityEvidence, densities: DatedDensities) -> Narrowed:
    """What dated densities have said of pace and start.

    Parameters
    ----------
    evidence : DensityEvidence
        At the central numbers.
    densities : DatedDensities
        The densities.

    Returns
    -------
    Narrowed
        Pace as the mean change from the first date to today, in percent a year.
    """
    from scipy.special import ndtri

    readings = densities.readings
    first = readings.readings[0]
    people = (np.log(first.value) - evidence.logs[0]) / evidence.years[0]
    mean, sd = evidence.score
    spread = np.asarray(ndtri(BAND))
    before = _PERCENT * (people + evidence.sd * spread)
    after = _PERCENT * (people + evidence.sd * (mean + sd * spread))
    start = tuple(float(np.exp(evidence.own(0.5, share)[1])) for share in BAND)
    found = Narrowed(
        field=readings.name,
        quantity=f"pace of the density of the {densities.site.words}",
        at="",
        unit="%/y",
        readings=_written(readings),
        before=tuple(float(value) for value in before),
        after=tuple(float(value) for value in after),
        narrower_percent=narrower(before, after, as_ratio=False),
        start=start,
        noise=evidence.noises[-1] * readings.readings[-1].value,
        carried_years=-evidence.years[-1],
        chance_of_lower=evidence.chance_of_lower,
        sentences=(),
    )
    return replace(found, sentences=tuple(_density_sentences(found, densities)))


def _score_sentences(found: Narrowed, readings: DatedReadings) -> list[str]:
    seen = found.unit == "AU/y"
    unit = "AU a year" if seen else "a year on the scale on which scores grow in a straight line"
    before, after = (shown(band[-1] / band[0]) for band in (found.before, found.after))
    sentences = [
        f"Dated calcium scores, {_given(found)}: growth {found.at} is {band_words(found.before, unit)} in "
        f"people like this, and {band_words(found.after, unit)} with these scans: "
        f"{by_how_much(found.narrower_percent)} (its upper end is {after} times its lower end, before "
        f"{before} times). The chance of a rescan, SD {shown(found.noise)} AU here, is in it.",
        _start_sentence(found, "AU"),
    ]
    first, last = readings.readings[0], readings.readings[-1]
    if last.value < first.value and not first.limit + last.limit:
        sentences.append(
            "The later score is lower. Growth in the model is never below 0, so this is read as slow growth "
            "and the chance of a rescan; a last score as low or lower comes up in "
            f"{_share(found.chance_of_lower)} of people like this."
        )
    elif found.chance_of_lower > 1.0 - _RARE:
        sentences.append(
            f"A last score as high or higher comes up in {_share(1.0 - found.chance_of_lower)} of people "
            "like this."
        )
    return [*sentences, *_misfit(found, "scans")]


def _density_sentences(found: Narrowed, densities: DatedDensities) -> list[str]:
    unit = "% a year"
    first, last = densities.readings.readings[0], densities.readings.readings[-1]
    sentences = [
        f"Dated densities of the {densities.site.words}, {_given(found)}: the pace is "
        f"{band_words(found.before, unit)} in people like this, and {band_words(found.after, unit)} with "
        f"these values: {by_how_much(found.narrower_percent)}. The chance of a repeat scan, SD "
        f"{found.noise:.3f} g/cm2, is in it.",
        _start_sentence(found, "g/cm2"),
    ]
    if last.value > first.value:
        sentences.append(
            "The later density is higher. A last value as high or higher comes up by chance and by how "
            f"people differ in {_share(1.0 - found.chance_of_lower)} of people like this."
        )
    return [*sentences, *_misfit(found, "values")]


def _misfit(found: Narrowed, what: str) -> list[str]:
    if _RARE <= found.chance_of_lower <= 1.0 - _RARE:
        return []
    return [
        f"These {what} hardly fit one course of the model: another scanner, another protocol, a treatment in "
        "between or a slip of the pen may lie behind it."
    ]


def _start_sentence(found: Narrowed, unit: str) -> str:
    band = band_words(found.start, unit, digits=3 if unit == "g/cm2" else 2)
    if found.carried_years > _HALF_A_DAY:
        date = found.readings[-1][0]
        return (
            f"The last one is of {date}, {_span(found.carried_years)} before the start: it is carried "
            f"forward to {band}, where the run starts."
        )
    return f"The run starts at {band}, which all of them together say of today, not at the last one as read."


def _given(found: Narrowed) -> str:
    return " and ".join(f"{value} ({date})" for date, value in found.readings)


def _written(readings: DatedReadings) -> tuple[tuple[str, str], ...]:
    pairs: Sequence[tuple[str, str]] = [
        (date.isoformat(), one.written) for date, one in zip(readings.dates, readings.readings, strict=True)
    ]
    return tuple(pairs)


def _span(years: float) -> str:
    months = round(12.0 * years)
    if months >= _MONTHS_UP_TO:
        return f"{shown(years)} years"
    if not months:
        return f"{round(365.25 * years)} days"
    return "1 month" if months == 1 else f"{months} months"


def _share(chance: float) -> str:
    return "fewer than 1 in 1000" if chance < _PER_MILLE else f"{shown(_PERCENT * chance)} %"
