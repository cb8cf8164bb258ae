"""Chance beside change: what one repeated measurement moves while nothing changes, and where a score stands.

A difference that one scan cannot tell from the next is no smaller for it, but nobody could see it in one
person. So the published repeatability of a measurement stands beside every difference of its outcome.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from calciroute.people.person_model import Person
from calciroute.report.amounts import BOUND
from calciroute.report.bands import Band
from calciroute.report.numerals import plain_number, with_unit
from calciroute.report.table import Row, Table
from calciroute.tables.bone_density import maker_called
from calciroute.tables.repeatability import Repeatability, rule_for

Verdict = Literal["inside", "beyond", "partly", "no_source", "unknown"]
# Outcomes that a person may have measured again, with the field of a person file that holds the reading.
MEASURED_AGAIN = {
    "BMD_lumbar_spine": "BMD_lumbar",
    "BMD_femoral_neck": "BMD_femoral_neck",
    "CAC_agatston": "coronary_calcium",
    "cfPWV": "cfPWV",
    "SBP": "SBP",
    "DBP": "DBP",
}
_DIGITS = 2  # a limit from one study carries no more
NO_SOURCE = "how far two measurements differ by chance was not found in a source that could be read"


@dataclass(frozen=True)
class Chance:
    """What measuring an outcome again moves by chance.

    Parameters
    ----------
    outcome, name, unit : str
        Which, as tables print it, and its unit in this result.
    level : float
        Level at which the rule was read, in `unit`.
    rule : Repeatability or None
        The published rule; None where no source was read.
    limit : float or None
        95 % of differences of two measurements lie within plus and minus this, in `unit`.
    maker : str, optional
        Of the person's scanner; empty when it is not known.
    """

    outcome: str
    name: str
    unit: str
    level: float
    rule: Repeatability | None
    limit: float | None
    maker: str = ""

    @property
    def of_whom(self) -> str:
        """What the source gives, of whom, and on whose scanners."""
        if self.rule is None:
            return ""
        words = f"{self.rule.statistic}; {self.rule.who}"
        if not self.rule.maker:
            return words
        why = "" if self.maker else ", the widest limit, since the maker is not given"
        return f"{words}; {self.rule.maker} scanners{why}"

    @property
    def limit_text(self) -> str:
        """Such as ``±67 AU``."""
        if self.limit is None:
            return ""
        return f"±{with_unit(plain_number(self.limit, _DIGITS), self.unit)}"

    @property
    def level_text(self) -> str:
        """Level at which it holds."""
        return with_unit(plain_number(self.level), self.unit)

    @property
    def words(self) -> str:
        """The whole statement without its subject: ``one rescan alone moves it by up to ±67 AU (95 %)``."""
        if self.rule is None:
            return NO_SOURCE
        return f"one {self.rule.measurement} alone moves it by up to {self.limit_text} (95{BOUND}%)"

    def verdict(self, change: Band) -> Verdict:
        """Whether a difference could be seen by measuring again.

        Parameters
        ----------
        change : Band
            In `unit`.

        Returns
        -------
        str
            inside: the whole band is within the limit. beyond: the whole band is outside. partly: neither.

        Examples
        --------
        >>> chance = Chance("CAC_agatston", "coronary calcium score", "AU", 100.0, None, 67.0)
        >>> chance.verdict(Band(-2.0, -7.0, 4.0, 8)), chance.verdict(Band(-90.0, -120.0, -70.0, 8))
        ('inside', 'beyond')
        """
        if self.limit is None:
            return "no_source"
        if not change.known:
            return "unknown"
        ends = (change.low, change.high)
        if max(abs(end) for end in ends) <= self.limit:
            return "inside"
        same_side = ends[0] * ends[1] > 0.0
        return "beyond" if same_side and min(abs(end) for end in ends) > self.limit else "partly"

    def beside(self, change: Band) -> str:
        """What to say beside one difference.

        Parameters
        ----------
        change : Band
            In `unit`.

        Returns
        -------
        str
            Empty where there is no difference to speak of.
        """
        what = (
            f"one {self.rule.measurement} moves by chance ({self.limit_text}, 95{BOUND}%)"
            if self.rule
            else ""
        )
        return {
            "inside": f"inside what {what}",
            "beyond": f"more than {what}",
            "partly": f"partly inside what {what}",
            "no_source": NO_SOURCE,
            "unknown": "",
        }[self.verdict(change)]


def chances_of(table: Table, person: Person) -> tuple[Chance, ...]:
    """What measuring again moves by chance, for each outcome that a person may have measured.

    Parameters
    ----------
    table : Table
        From `calciroute.report.build.build_table`; rows without numbers are left out.
    person : Person
        Body size and makers of scanners decide the rule.

    Returns
    -------
    tuple of Chance
        In the order of the table. With plans at the level without them at the end, else at the level today.
    """
    found = []
    for row in table.rows:
        level = (row.without if row.plans else row.start).median
        if row.outcome in MEASURED_AGAIN and row.without.known:
            found.append(_chance(row, level, person))
    return tuple(found)


def _chance(row: Row, level: float, person: Person) -> Chance:
    field = MEASURED_AGAIN[row.outcome]
    makers = [reading.maker for reading in person.lab_readings if reading.name == field and reading.maker]
    maker = maker_called(makers[-1]) if makers else ""
    index = person.body_mass_index
    rule = rule_for(row.outcome, level, index, maker)
    if rule is not None and row.unit != rule.unit and not (row.unit == "%" and rule.is_share):
        rule = None
    limit = None if rule is None else rule.limit(level, index)
    return Chance(row.outcome, row.name, row.unit, level, rule, limit, maker)
