"""Dated scans: do the bands hold what they claim, and is the grid the posterior?

    python validation/scans.py [--share 1.0]

Persons are made from the model's own numbers: a growth from the prior, a level at an age, two or three scans
with the published noise. The 90 % band of each must hold the truth 90 times in 100, within 3; so must bands
of bone density. Beside that, the grid is compared with a million weighted draws whose likelihood is written
anew here: quantiles of growth within 1 %.
"""

from __future__ import annotations

import argparse
import math
import sys
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.stats import norm

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "validation")]

from results import write_result  # noqa: E402

from calciroute.body.assembly import Body, assemble  # noqa: E402
from calciroute.body.values import values_at_start  # noqa: E402
from calciroute.engine.lanes import Lanes  # noqa: E402
from calciroute.simulate.densities import DensityEvidence  # noqa: E402
from calciroute.simulate.scans import GrowthPrior, LevelPrior, Scan, ScanEvidence, ScoreScale  # noqa: E402
from calciroute.simulate.score_growth import between_people, mean_growths, noise_on  # noqa: E402

Array = npt.NDArray[np.float64]

PERSONS = 500
DRAWS = 1_000_000
SEED = 5
BAND = (0.05, 0.5, 0.95)
LOWEST, HIGHEST, BOUND = 0.87, 0.93, 0.01
_LEVELS = ("q_CAC", "k_CAC_past", "CAC_onset_mean", "CAC_onset_sd")
# Scores at years before today; "<" marks a limit. A man of 62 at the first, drive 1.
CASES: dict[str, tuple[tuple[float, float, str], ...]] = {
    "45 and 80, three years apart": ((-3.0, 45.0, ""), (0.0, 80.0, "")),
    "45 and 45": ((-3.0, 45.0, ""), (0.0, 45.0, "")),
    "0 and 12": ((-3.0, 0.0, ""), (0.0, 12.0, "")),
    "0 and 0": ((-3.0, 0.0, ""), (0.0, 0.0, "")),
    "400 and 300": ((-3.0, 400.0, ""), (0.0, 300.0, "")),
    "45 and 45, a week apart": ((-0.019, 45.0, ""), (0.0, 45.0, "")),
    "45 and 200, ten years apart": ((-10.0, 45.0, ""), (0.0, 200.0, "")),
    "100 and 700": ((-3.0, 100.0, ""), (0.0, 700.0, "")),
    "under 10, then 45": ((-3.0, 10.0, "<"), (0.0, 45.0, "")),
    "three scans": ((-6.0, 45.0, ""), (-3.0, 60.0, ""), (0.0, 80.0, "")),
    "45 and 80, the last two years ago": ((-5.0, 45.0, ""), (-2.0, 80.0, "")),
}


class People:
    """Men and women of the model: what growth, level and noise are like."""

    def __init__(self, body: Body) -> None:
        """Read the model's own numbers once."""
        self.centres = mean_growths(body)
        (self.log_sd,), (self.log_middle,) = between_people(body, Lanes(1))
        self.sexes = []
        for female in (0.0, 1.0):
            q, past, onset, sd = values_at_start(body, Lanes(1, {"female": female}), _LEVELS)[0]
            self.sexes.append((float(past), float(onset), float(sd)))
        self.scale = ScoreScale(float(q))
        self.prior = GrowthPrior(np.log(self.centres) + float(self.log_middle), float(self.log_sd))

    def levels(self, female: int, age: float) -> LevelPrior:
        """Level of people of an age."""
        past, onset, sd = self.sexes[female]
        return LevelPrior(past * (age - onset), past * sd)

    def growth(self, random: np.random.Generator, count: int) -> Array:
        """Growth of so many people."""
        centre = random.choice(self.centres, count)
        return np.asarray(centre * np.exp(self.log_middle + self.log_sd * random.standard_normal(count)))


def scored(people: People, random: np.random.Generator) -> tuple[bool, bool, float]:
    """Whether one made-up person's growth and level lie in their bands, and how much narrower growth is."""
    female, age = int(random.integers(2)), float(random.uniform(50.0, 80.0))
    gap, late = float(random.uniform(0.5, 8.0)), float(random.choice([0.0, random.uniform(0.0, 3.0)]))
    between = [float(random.uniform(-gap - late, -late))] if random.uniform() < 1 / 3 else []
    times = [-gap - late, *between, -late]
    mass = random.choice([None, 22.0, 27.0, 33.0])
    noise = noise_on(people.scale, mass)
    levels = people.levels(female, age)
    drive = float(random.uniform(0.8, 1.6))
    growth = float(people.growth(random, 1)[0])
    first = levels.mean + levels.sd * float(random.standard_normal())
    scans = []
    for time in times:
        level = first + growth * drive * (time - times[0])
        read = level + float(noise(np.array([level]))[0]) * float(random.standard_normal())
        scans.append(Scan(time, float(people.scale.score(read))))
    evidence = ScanEvidence(tuple(scans), people.scale, levels, noise)
    low, _, high = evidence.growth(people.prior, drive, BAND)
    today = first - growth * drive * times[0]
    lowest, _, highest = evidence.levels_today(people.prior, drive, BAND)
    width = people.prior.quantiles(BAND)
    return (
        low <= growth <= high,
        lowest <= today <= highest,
        1 - math.log(high / low) / math.log(width[-1] / width[0]),
    )


def compared(people: People, name: str, random: np.random.Generator, count: int) -> dict[str, Any]:
    """Quantiles of the grid beside those of weighted draws."""
    scans = tuple(Scan(*one) for one in CASES[name])
    levels, noise = people.levels(0, 62.0), noise_on(people.scale, None)
    evidence = ScanEvidence(scans, people.scale, levels, noise)
    # Growth is proposed wider than people are, so that the tails are met too, and weighed back.
    centre, wide = float(np.mean(people.prior.log_centres)), 2.0 * people.prior.log_sd
    log_growth = centre + wide * random.standard_normal(count)
    growth = np.exp(log_growth)
    begin = scans[0]
    read = float(people.scale.level(begin.score))
    # Levels are proposed where the first reading is, and weighed back; without one, from the prior.
    seen = begin.score > 0.0 and not begin.limit
    middle, spread = (read, 3.0 * float(noise(np.array([read]))[0])) if seen else (levels.mean, levels.sd)
    first = middle + spread * random.standard_normal(count)
    logs = norm.logpdf(first, levels.mean, levels.sd) - norm.logpdf(first, middle, spread)
    logs += np.log(mixture(people, log_growth)) - norm.logpdf(log_growth, centre, wide)
    for scan in scans:
        level = first + growth * (scan.years - begin.years)
        sd, at = noise(level), float(people.scale.level(scan.score))
        unseen = scan.limit == "<" or scan.score == 0.0
        logs += norm.logcdf(at, level, sd) if unseen else norm.logpdf(at, level, sd)
    weights = np.exp(logs - logs.max())
    drawn = weighted_quantiles(growth, weights)
    grid = evidence.growth(people.prior, 1.0, BAND)
    today = weighted_quantiles(first - growth * begin.years, weights)
    levels_today = evidence.levels_today(people.prior, 1.0, BAND)
    return {
        "case": name,
        "grid": [float(f"{value:.5g}") for value in grid],
        "drawn": [float(f"{value:.5g}") for value in drawn],
        "difference": float(f"{np.abs(grid / drawn - 1).max():.2g}"),
        "level_difference": float(f"{np.abs(levels_today - today).max() / (today[-1] - today[0]):.2g}"),
        "effective_draws": int(weights.sum() ** 2 / (weights**2).sum()),
        "before": [float(f"{value:.5g}") for value in people.prior.quantiles(BAND)],
        "chance_of_lower": float(f"{evidence.chance_of_lower(people.prior, 1.0):.3g}"),
    }


def mixture(people: People, log_growth: Array) -> Array:
    """Density of the logarithm of growth: each mean growth of people is as likely as the next."""
    parts = (
        norm.pdf(log_growth, math.log(mean) + people.log_middle, people.log_sd) for mean in people.centres
    )
    return np.asarray(sum(parts) / len(people.centres))


def weighted_quantiles(values: Array, weights: Array) -> Array:
    """Quantiles of the band under weights."""
    order = np.argsort(values)
    summed = np.cumsum(weights[order])
    return np.asarray(np.interp(BAND, summed / summed[-1], values[order]))


def densities_scored(random: np.random.Generator, count: int) -> tuple[int, int]:
    """How many of so many made-up persons have their pace and their density today in the bands."""
    paces = today = 0
    for _ in range(count):
        sd, noise = float(random.uniform(0.002, 0.01)), float(random.uniform(0.01, 0.023))
        times = np.sort(-np.concatenate([random.uniform(0.5, 10.0, int(random.integers(2, 5)))]))
        score, level = float(random.standard_normal()), math.log(float(random.uniform(0.5, 1.1)))
        logs = level + score * sd * times + noise * random.standard_normal(len(times))
        found = DensityEvidence(tuple(times), tuple(logs), (noise,) * len(times), sd)
        low, high = (found.own(share, 0.5)[0] for share in (BAND[0], BAND[-1]))
        paces += low <= score <= high
        lowest, highest = density_band(found)
        today += lowest <= level <= highest
    return paces, today


def density_band(found: DensityEvidence) -> tuple[float, float]:
    """The 90 % band of today's level, pace left open: from draws at shares of their own."""
    shares = (np.arange(40) + 0.5) / 40
    levels = [found.own(float(one), float(two))[1] for one in shares for two in shares]
    low, high = np.quantile(levels, [BAND[0], BAND[-1]])
    return float(low), float(high)


def main() -> int:
    """Count, compare, print, store; 1 where a bound is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--share", type=float, default=1.0, help="share of the full counts")
    share = parser.parse_args().share
    people, random = People(assemble()), np.random.default_rng(SEED)
    persons, draws = max(20, round(PERSONS * share)), max(10_000, round(DRAWS * share))
    seen = [scored(people, random) for _ in range(persons)]
    paces, today = densities_scored(random, persons)
    rows = [compared(people, name, random, draws) for name in CASES]
    figures = {
        "persons": persons,
        "growth_in_band": sum(one[0] for one in seen) / persons,
        "score_in_band": sum(one[1] for one in seen) / persons,
        "median_narrower": float(np.median([one[2] for one in seen])),
        "pace_in_band": paces / persons,
        "density_in_band": today / persons,
        "cases": len(rows),
        "largest_difference": max(row["difference"] for row in rows),
        "largest_level_difference": max(row["level_difference"] for row in rows),
    }
    shares = [value for name, value in figures.items() if name.endswith("in_band")]
    figures["farthest_from_90"] = max(abs(value - 0.9) for value in shares)
    for row in rows:
        print(
            f"{row['case']:35s} {row['before']} -> {row['grid']} drawn {row['drawn']} {row['difference']:.2%}"
        )
    print(", ".join(f"{name} {value:.4g}" for name, value in figures.items()))
    write_result("scans", figures, rows)
    held = all(LOWEST <= value <= HIGHEST for value in shares) and figures["largest_difference"] <= BOUND
    return int(not held)


if __name__ == "__main__":
    sys.exit(main())
