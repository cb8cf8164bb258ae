"""What one repeated measurement moves by chance: ``repeatability.csv``, one published rule a row.

Every rule has one form: the 95 % limit of the difference of two measurements of one person in whom nothing
changed is ``factor (constant + a level + b sqrt(level) + c body mass index)``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from statistics import NormalDist

from calciroute.errors import Problem
from calciroute.tables.csv_table import Column, Row
from calciroute.tables.rules import MEMORY, checked_rows, ordered, sourced, unit_known
from calciroute.tables.texts import data_text

COLUMNS = (
    Column("outcome", required=True),
    Column("measurement", required=True),
    Column("maker"),
    Column("level_from", "number"),
    Column("level_to", "number"),
    Column("unit", required=True),
    Column("factor", "number", required=True),
    Column("constant", "number", required=True),
    Column("per_level", "number", required=True),
    Column("per_root_level", "number", required=True),
    Column("per_body_mass_index", "number", required=True),
    Column("statistic", required=True),
    Column("who", required=True),
    Column("source"),
    Column("locator", required=True),
    Column("basis", required=True, allowed=frozenset({"measured", "fitted", "borrowed", "assumed"})),
    Column("verified", required=True),
    Column("note"),
)
_COEFFICIENTS = ("constant", "per_level", "per_root_level", "per_body_mass_index")
# Two measurements differ by sqrt(2) times the SD of one; 95 % of a normal difference is within 1.96 of that.
_LIMIT_IN_SD = NormalDist().inv_cdf(0.975) * math.sqrt(2.0)


@dataclass(frozen=True)
class Repeatability:
    """One published rule.

    Parameters
    ----------
    outcome, measurement, maker : str
        Which outcome is measured again, how, and on whose scanner; an empty maker fits all.
    level_from, level_to : float
        In `unit`: from the first on, below the second.
    unit : str
        Of level and limit.
    factor, constant, per_level, per_root_level, per_body_mass_index : float
        Of the form at the head of this file; body mass index in kg/m2.
    statistic, who : str
        What the source gives, and of whom.
    source, locator, verified, where : str
        Key in ``references.bib``, place there, where it was read, ``file:line``.
    """

    outcome: str
    measurement: str
    maker: str
    level_from: float
    level_to: float
    unit: str
    factor: float
    constant: float
    per_level: float
    per_root_level: float
    per_body_mass_index: float
    statistic: str
    who: str
    source: str
    locator: str
    verified: str
    where: str

    @property
    def remembered(self) -> bool:
        """Whether nobody saw the number in its source."""
        return self.verified == MEMORY

    @property
    def is_share(self) -> bool:
        """Whether the limit is a share of the level, so that it holds in percent too."""
        return not (self.constant or self.per_root_level or self.per_body_mass_index)

    def limit(self, level: float, body_mass_index: float | None = None) -> float:
        """95 % limit of the difference of two measurements.

        Parameters
        ----------
        level : float
            In `unit`.
        body_mass_index : float, optional
            kg/m2; needed where the rule has a term for it.

        Returns
        -------
        float
            In `unit`, never below 0.
        """
        inside = self.constant + self.per_level * level + self.per_root_level * math.sqrt(max(level, 0.0))
        if self.per_body_mass_index:
            assert body_mass_index is not None
            inside += self.per_body_mass_index * body_mass_index
        return max(self.factor * inside, 0.0)


@cache
def read_repeatability(source: Traversable | None = None) -> tuple[Repeatability, ...]:
    """Read the rules.

    Parameters
    ----------
    source : Traversable, optional
        Another file of the same form; the shipped one by default.

    Returns
    -------
    tuple of Repeatability
        In file order.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> sorted({rule.outcome for rule in read_repeatability()})
    ['BMD_femoral_neck', 'BMD_lumbar_spine', 'CAC_agatston', 'SBP', 'cfPWV']
    """
    rules = (sourced, unit_known("unit"), ordered("level_from", "level_to"), _some_term)
    rows = checked_rows(source or data_text("repeatability.csv"), COLUMNS, (), rules)
    return tuple(_repeatability(row) for row in rows)


def rule_for(
    outcome: str, level: float, body_mass_index: float | None = None, maker: str = ""
) -> Repeatability | None:
    """The rule that holds for a person.

    Parameters
    ----------
    outcome : str
        Outcome id.
    level : float
        In the unit of the outcome.
    body_mass_index : float, optional
        kg/m2; a rule that needs it is passed over without it.
    maker : str, optional
        Of the scanner; where it is not known the rule with the widest limit is taken.

    Returns
    -------
    Repeatability or None
        None where no source was read.

    Examples
    --------
    >>> rule_for("CAC_agatston", 100.0, 27.0).source, rule_for("CAC_agatston", 100.0).source
    ('chung2008', 'sevrukov2005')
    >>> rule_for("DBP", 80.0) is None
    True
    """
    fitting = [
        rule
        for rule in read_repeatability()
        if rule.outcome == outcome
        and rule.level_from <= level < rule.level_to
        and not (rule.per_body_mass_index and body_mass_index is None)
    ]
    of_maker = [rule for rule in fitting if rule.maker in {"", maker}]
    if of_maker:
        return of_maker[0]
    return max(fitting, key=lambda rule: rule.limit(level, body_mass_index), default=None)


def score_noise(level: float, body_mass_index: float | None = None) -> float:
    """SD of one coronary calcium score around the true one.

    Parameters
    ----------
    level : float, AU
        The score.
    body_mass_index : float, optional
        kg/m2.

    Returns
    -------
    float, AU
        The 95 % limit of two scans, over 1.96 times the root of 2.

    Examples
    --------
    >>> round(score_noise(100.0), 1), round(score_noise(100.0, 27.0), 1)
    (17.8, 24.2)
    """
    return measurement_noise("CAC_agatston", level, body_mass_index) or 0.0


def density_noise(outcome: str, level: float, maker: str = "") -> float:
    """SD of one bone density around the true one.

    Parameters
    ----------
    outcome : str
        ``BMD_lumbar_spine`` or ``BMD_femoral_neck``.
    level : float, g/cm2
        The density.
    maker : str, optional
        Of the scanner.

    Returns
    -------
    float, g/cm2

    Examples
    --------
    >>> round(density_noise("BMD_lumbar_spine", 1.0, "Hologic"), 4)
    0.0108
    """
    return measurement_noise(outcome, level, None, maker) or 0.0


def measurement_noise(
    outcome: str, level: float, body_mass_index: float | None = None, maker: str = ""
) -> float | None:
    """SD of one measurement around the true level.

    Parameters
    ----------
    outcome, level, body_mass_index, maker
        As for `rule_for`.

    Returns
    -------
    float or None
        In the unit of the outcome; None where no source was read.

    Examples
    --------
    >>> round(measurement_noise("SBP", 130.0), 1)
    9.7
    """
    rule = rule_for(outcome, level, body_mass_index, maker)
    return None if rule is None else rule.limit(level, body_mass_index) / _LIMIT_IN_SD


def _some_term(row: Row) -> Iterable[Problem]:
    factor = row.number("factor") or 0.0
    if factor <= 0.0:
        yield Problem(row.where, f"factor {factor:g} is not above 0", "a factor such as 1 or 2.77")
    if not any(row.number(name) for name in _COEFFICIENTS):
        yield Problem(row.where, "a rule without any term", f"one of {', '.join(_COEFFICIENTS)}")


def _repeatability(row: Row) -> Repeatability:
    low, high = row.number("level_from"), row.number("level_to")
    return Repeatability(
        outcome=row.text("outcome"),
        measurement=row.text("measurement"),
        maker=row.text("maker"),
        level_from=-math.inf if low is None else low,
        level_to=math.inf if high is None else high,
        unit=row.text("unit"),
        factor=row.number("factor") or 0.0,
        constant=row.number("constant") or 0.0,
        per_level=row.number("per_level") or 0.0,
        per_root_level=row.number("per_root_level") or 0.0,
        per_body_mass_index=row.number("per_body_mass_index") or 0.0,
        statistic=row.text("statistic"),
        who=row.text("who"),
        source=row.text("source"),
        locator=row.text("locator"),
        verified=row.text("verified"),
        where=row.where,
    )
