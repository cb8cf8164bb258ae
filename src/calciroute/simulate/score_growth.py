"""A person's own coronary growth and start, from dated scores.

The model's own numbers say what people like this are like: the growth of people and how it differs, the level
at an age, the factors of today's inputs. The scans then speak of this one person. They narrow growth alone:
a link such as that of MGP keeps its draws, because the course of one person says next to nothing of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from calciroute.body.assembly import Body
from calciroute.body.lanes import Column
from calciroute.body.units import declared_units
from calciroute.body.values import values_at_start
from calciroute.engine.lanes import Lanes
from calciroute.people.person_model import Person
from calciroute.simulate.dated_readings import DatedReadings, dated_readings
from calciroute.simulate.draws import quantiles
from calciroute.simulate.scans import GrowthPrior, LevelPrior, Noise, Scan, ScanEvidence, ScoreScale
from calciroute.tables.repeatability import rule_for, score_noise
from calciroute.units.expression import convert

Array = npt.NDArray[np.float64]

OUTCOME, FIELD = "CAC_agatston", "coronary_calcium"
GROWTH, LEVEL = "k_CAC", "CAC_x"
LEFT_OPEN = (GROWTH, LEVEL)  # what a draw takes a share of
# Set by hand, one of these says what growth or start is to be: the scans then have no say.
DECIDED_BY_HAND = frozenset({GROWTH, "CAC_measured", "CAC_is_measured", "growth_is_drawn"})
_MEASURED = ("q_CAC", "age_start", "k_CAC_past", "CAC_onset_mean", "CAC_onset_sd", "CAC_drive")
_CENTRES = 64  # equally likely values that stand for what nobody knows of the mean growth of people
_LARGEST_SCORE = 1e5


@dataclass(frozen=True)
class DatedScores:
    """Dated scores of a person.

    Parameters
    ----------
    readings : DatedReadings
        Of the field ``coronary_calcium``.
    body_mass_index : float or None
        kg/m2; scanner noise grows with it.
    """

    readings: DatedReadings
    body_mass_index: float | None

    @property
    def scans(self) -> tuple[Scan, ...]:
        """The scores as the likelihood takes them."""
        given = zip(self.readings.years, self.readings.readings, strict=True)
        return tuple(Scan(years, one.value, one.limit) for years, one in given)


@dataclass(frozen=True)
class FittedScores:
    """What the scans say under one set of numbers.

    Parameters
    ----------
    evidence : ScanEvidence
        Of level and rate.
    people : GrowthPrior
        Growth of people like this.
    drive : float
        Factor of today's inputs on growth.
    """

    evidence: ScanEvidence
    people: GrowthPrior
    drive: float

    def own(self, growth_share: float, level_share: float) -> tuple[float, float]:
        """Growth without the drive, 1/y, and level at the start, at the shares of a draw."""
        growth = float(self.evidence.growth(self.people, self.drive, [growth_share])[0])
        return growth, self.evidence.level_today(growth * self.drive, level_share)


def dated_scores(person: Person) -> DatedScores | None:
    """Dated scores of a person that can speak of growth.

    Parameters
    ----------
    person : Person
        As read.

    Returns
    -------
    DatedScores or None
        None without scores of two days.
    """
    readings = dated_readings(person, FIELD)
    return None if readings is None else DatedScores(readings, person.body_mass_index)


def fit_scores(body: Body, begun: Lanes, scores: DatedScores) -> list[FittedScores]:
    """Weigh the scans under each set of numbers.

    Parameters
    ----------
    body : Body
        The body.
    begun : Lanes
        Inputs and start states as of today, one lane a set.
    scores : DatedScores
        Of the person.

    Returns
    -------
    list of FittedScores
        One a set.
    """
    found = values_at_start(body, begun, _MEASURED)
    sd, median = between_people(body, begun)
    centres = np.log(mean_growths(body))
    years = min(scores.readings.years)
    fitted = []
    for (q, age, past, onset, onset_sd, drive), spread, middle in zip(found, sd, median, strict=True):
        evidence = _evidence(
            scores.scans,
            float(q),
            LevelPrior(float(past * (age + years - onset)), float(past * onset_sd)),
            scores.body_mass_index,
        )
        people = GrowthPrior(centres + float(middle), float(spread))
        fitted.append(FittedScores(evidence, people, float(drive)))
    return fitted


def own_growth(
    body: Body, begun: Lanes, scores: DatedScores, shares: Mapping[str, Column]
) -> tuple[dict[str, Array], dict[str, Array]]:
    """Growth and start of each set of numbers, at its own shares.

    Parameters
    ----------
    body, begun, scores : Body, Lanes, DatedScores
        As for `fit_scores`.
    shares : mapping of str to float or float array (set,)
        Shares of growth and level; one half, the median, where a set has none.

    Returns
    -------
    tuple of dict of str to float array (set,)
        Inputs, and start states.
    """
    fitted = fit_scores(body, begun, scores)
    growth, level = (np.broadcast_to(shares.get(name, 0.5), begun.count) for name in (GROWTH, LEVEL))
    rows = [
        one.own(float(first), float(second)) for one, first, second in zip(fitted, growth, level, strict=True)
    ]
    values = np.array(rows).reshape(-1, 2)
    return {GROWTH: values[:, 0]}, {LEVEL: values[:, 1]}


def noise_on(scale: ScoreScale, body_mass_index: float | None) -> Noise:
    """Standard deviation of one score on the scale on which it grows in a straight line.

    Parameters
    ----------
    scale : ScoreScale
        Of the score.
    body_mass_index : float or None
        kg/m2.

    Returns
    -------
    callable
        Of the true level. Below 1 AU the published rule is a limit of the score above 0, read along the
        scale. The rule with body mass index falls under the one without it in light people, where its term
        is an extrapolation: the larger of the two counts.
    """

    def sd(score: float) -> float:
        return max(score_noise(score), score_noise(score, body_mass_index))

    unseen = rule_for(OUTCOME, 0.0)
    assert unseen is not None  # the table has a row for it; a test holds this
    limit = unseen.limit(0.0)
    low = float(scale.level(limit)) * score_noise(0.0) / limit
    scores = np.geomspace(1.0, _LARGEST_SCORE, 200)
    levels = np.concatenate([[0.0], scale.level(scores)])
    noises = np.concatenate([[low], [sd(one) for one in scores] * scale.slope(scores)])

    def noise(level: Array) -> Array:
        return np.asarray(np.interp(level, levels, noises))

    return noise


@lru_cache(maxsize=32)
def _evidence(
    scans: tuple[Scan, ...], q: float, levels: LevelPrior, body_mass_index: float | None
) -> ScanEvidence:
    scale = ScoreScale(q)
    return ScanEvidence(scans, scale, levels, noise_on(scale, body_mass_index))


def mean_growths(body: Body) -> Array:
    """What nobody knows of the mean growth of people.

    Parameters
    ----------
    body : Body
        Whose row.

    Returns
    -------
    float array (node,)
        Equally likely values, 1/y.
    """
    row = body.numbers[GROWTH]
    shares = (np.arange(_CENTRES) + 0.5) / _CENTRES
    return quantiles(row, shares) * convert(1.0, row.unit, declared_units(body)[GROWTH])


def between_people(body: Body, begun: Lanes) -> tuple[Array, Array]:
    """How growth differs between people.

    Parameters
    ----------
    body, begun : Body, Lanes
        As for `fit_scores`.

    Returns
    -------
    tuple of float array (set,)
        Standard deviation of its logarithm, and the logarithm of its median over its mean.
    """
    # The model's own equation is asked, at the middle person and one standard deviation above.
    at = []
    for score in (0.0, 1.0):
        drawn = {**begun.parameters, "growth_is_drawn": 1.0, "CAC_growth_score": score, GROWTH: 1.0}
        at.append(
            np.log(values_at_start(body, Lanes(begun.count, drawn, begun.start), ["k_CAC_person"])[:, 0])
        )
    return at[1] - at[0], at[0]
