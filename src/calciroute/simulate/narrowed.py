"""By how much dated readings narrow what is said of a person: the figures, and the sentences about them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from calciroute.simulate.dated_readings import DatedReadings
from calciroute.simulate.score_growth import FittedScores

if TYPE_CHECKING:
    import datetime

BAND = (0.05, 0.5, 0.95)
_RARE = 0.025
_A_DAY = 1.0 / 365.25


@dataclass(frozen=True)
class Narrowed:
    """What dated readings of one field have said.

    Parameters
    ----------
    field : str
        Name in ``[labs]``.
    quantity : str
        What is narrowed, in words.
    unit : str
        Of `before` and `after`.
    readings : tuple of tuple of str
        Date and value as written, by date.
    before, after : tuple of float
        Lower end, median and upper end of the 90 % band, in people like this and with the readings.
    narrower_percent : float
        How much less the logarithm of upper over lower end is; below 0 for a wider band. Ends that differ in
        sign are compared by their difference.
    start : tuple of float
        Band of the level at the start of the run, in the unit of the field.
    noise : float
        Standard deviation of the last reading by chance, in the unit of the field.
    carried_years : float, y
        From the last reading to the start of the run.
    chance_of_lower : float
        Share of people like this, with the earlier readings, whose last one is as low or lower.
    sentences : tuple of str
        For a reader.
    """

    field: str
    quantity: str
    unit: str
    readings: tuple[tuple[str, str], ...]
    before: tuple[float, ...]
    after: tuple[float, ...]
    narrower_percent: float
    start: tuple[float, ...]
    noise: float
    carried_years: float
    chance_of_lower: float
    sentences: tuple[str, ...]


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
        Growth in AU a year at today's score; where no calcium would be seen today, on the scale on which scores
        grow in a straight line.
    """
    evidence, scale = fitted.evidence, fitted.evidence.scale
    growth = evidence.growth(fitted.people, fitted.drive, BAND) * fitted.drive
    people = fitted.people.quantiles(BAND) * fitted.drive
    today = [evidence.level_today(float(growth[1]), share) for share in BAND]
    start = tuple(float(scale.score(level)) for level in today)
    seen = today[1] > 0.0
    to_unit = 1.0 / float(scale.slope(start[1])) if seen else 1.0
    last = evidence.in_order[-1]
    level = scale.level(last.score)
    found = Narrowed(
        field=readings.name,
        quantity=f"growth at a score of {shown(start[1])} AU" if seen else "growth of calcium not yet seen",
        unit="AU/y" if seen else "1/y",
        readings=_written(readings),
        before=tuple(float(value) * to_unit for value in people),
        after=tuple(float(value) * to_unit for value in growth),
        narrower_percent=narrower(tuple(people), tuple(growth)),
        start=start,
        noise=float(evidence.noise(level)) / float(scale.slope(last.score)),
        carried_years=-last.years,
        chance_of_lower=evidence.chance_of_lower(fitted.people, fitted.drive),
        sentences=(),
    )
    return _with_sentences(found, _score_sentences(found, evidence.in_order[0].score, last.score))


def narrower(before: Sequence[float], after: Sequence[float]) -> float:
    """How much narrower a band is, in percent.

    Parameters
    ----------
    before, after : sequence of float
        Lower end, median, upper end.

    Returns
    -------
    float
        By the logarithm of the ratio of the ends where all are above 0, else by their difference.

    Examples
    --------
    >>> round(narrower((1.0, 2.0, 4.0), (1.0, 1.5, 2.0)), 6)
    50.0
    >>> round(narrower((-2.0, 0.0, 2.0), (-1.0, 0.0, 2.0)), 6)
    25.0
    """
    if min(*before, *after) > 0.0:
        return 100.0 * (1.0 - math.log(after[-1] / after[0]) / math.log(before[-1] / before[0]))
    return 100.0 * (1.0 - (after[-1] - after[0]) / (before[-1] - before[0]))


def shown(value: float) -> str:
    """A number in two significant digits, three from 100 on.

    Parameters
    ----------
    value : float
        Any.

    Returns
    -------
    str
        Without an exponent.

    Examples
    --------
    >>> shown(0.4567), shown(14.2), shown(364.1), shown(12345.0)
    ('0.46', '14', '364', '12300')
    """
    digits = 2 if abs(value) < 100.0 else 3  # noqa: PLR2004
    return f"{float(f'{value:.{digits}g}'):.10g}"


def band_words(band: Sequence[float], unit: str) -> str:
    """Median and band, such as ``13 AU a year (6.4 to 23)``."""
    low, median, high = (shown(value) for value in band)
    return f"{median} {unit} ({low} to {high})"


def by_how_much(percent: float) -> str:
    """A comparison of two bands in words.

    Examples
    --------
    >>> by_how_much(24.8), by_how_much(0.4), by_how_much(-7.0)
    ('the band is 25 % narrower', 'the band is as wide as before', 'the band is 7 % wider')
    """
    if abs(percent) < 1.0:
        return "the band is as wide as before"
    return f"the band is {abs(percent):.0f} % {'narrower' if percent > 0.0 else 'wider'}"


def _score_sentences(found: Narrowed, first: float, last: float) -> list[str]:
    given = ", ".join(f"{value} on {date}" for date, value in found.readings)
    seen = found.unit == "AU/y"
    unit = "AU a year" if seen else "a year on the scale on which scores grow in a straight line"
    ratios = [ends[-1] / ends[0] for ends in (found.before, found.after)]
    sentences = [
        f"Dated calcium scores: {given}. {found.quantity.capitalize().replace(' au', ' AU')}: in people like this "
        f"{band_words(found.before, unit)} before; with these scans {band_words(found.after, unit)}: "
        f"{by_how_much(found.narrower_percent)} (its upper end is {shown(ratios[1])} times the lower, before "
        f"{shown(ratios[0])} times), rescan noise of SD {shown(found.noise)} AU at the last score included."
    ]
    sentences.append(_start_sentence(found, "AU"))
    if last < first:
        sentences.append(
            "The later score is lower. Growth in the model is never below 0: it reads this as slow growth and the "
            f"chance of a rescan. A score as low comes up in {_share(found.chance_of_lower)} of people like this "
            "with the scan before."
        )
    elif found.chance_of_lower > 1.0 - _RARE:
        sentences.append(
            f"A later score as high comes up in {_share(1.0 - found.chance_of_lower)} of people like this with "
            "the scan before."
        )
    if not _RARE <= found.chance_of_lower <= 1.0 - _RARE:
        sentences.append(
            "The scans hardly fit one course: another scanner, another protocol or a slip of the pen may lie "
            "between them."
        )
    return sentences


def _start_sentence(found: Narrowed, unit: str) -> str:
    band = band_words(found.start, unit)
    if found.carried_years > _A_DAY / 2.0:
        last = found.readings[-1][0]
        return (
            f"The last reading is of {last}, {shown(found.carried_years)} years before the start: it is carried "
            f"forward at this growth, and the run starts at {band}."
        )
    return f"The run starts at {band}: what all readings say of today, not the last one as read."


def _written(readings: DatedReadings) -> tuple[tuple[str, str], ...]:
    dates: tuple[datetime.date, ...] = readings.dates
    return tuple(
        (date.isoformat(), one.written) for date, one in zip(dates, readings.readings, strict=True)
    )


def _with_sentences(found: Narrowed, sentences: Sequence[str]) -> Narrowed:
    from dataclasses import replace

    return replace(found, sentences=tuple(sentences))


def _share(chance: float) -> str:
    return "fewer than 1 in 1000" if chance < 0.001 else f"{shown(100.0 * chance)} %"  # noqa: PLR2004
