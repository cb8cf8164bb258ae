"""What is said where a rule of ``supplements.csv`` matches a label: ``label_rules.csv``."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from calciroute.errors import Problem, TableError
from calciroute.tables.csv_table import Column
from calciroute.tables.rules import checked_rows, date_problems
from calciroute.tables.supplements import read_supplements
from calciroute.tables.texts import data_text

COLUMNS = (
    Column("rule", required=True),
    Column("case"),
    Column("found", required=True),
    Column("next", required=True),
    Column("dated", required=True),
)
# Most harmful first.
SEVERITY_ORDER = ("contraindicated_without_clinician", "fail", "major", "moderate", "info")


@dataclass(frozen=True)
class LabelRule:
    """A rule with its words.

    Parameters
    ----------
    rule, case : str
        Id of ``supplements.csv``; the case where one rule has several.
    found, next_step : str
        Sentences with places in braces.
    severity, source, verified : str
        Of the supplement row.
    check_rule : str
        As the supplement row has it; holds the numbers.
    dated : date
        When the rule was last looked at.
    """

    rule: str
    case: str
    found: str
    next_step: str
    severity: str
    source: str
    verified: str
    check_rule: str
    dated: datetime.date

    def limit(self, name: str) -> float:
        """The number that a name is compared with in the rule.

        Parameters
        ----------
        name : str
            Such as ``E_IU``.

        Returns
        -------
        float

        Raises
        ------
        ValueError
            When the rule does not hold the name.

        Examples
        --------
        >>> read_label_rules()["S067", ""].limit("E_IU")
        400.0
        """
        match = re.search(rf"{re.escape(name)}\s*[<>]=?\s*([0-9.]+)", self.check_rule)
        if match is None:
            raise ValueError(f"{self.rule} has no '{name}'")
        return float(match[1])


@cache
def read_label_rules(source: Traversable | None = None) -> Mapping[tuple[str, str], LabelRule]:
    """Read the words and join them to their rules.

    Parameters
    ----------
    source : Traversable, optional
        Another file of the same form; the shipped one by default.

    Returns
    -------
    mapping of (str, str) to LabelRule
        By rule and case.

    Raises
    ------
    TableError
        With every problem of the table, among them a rule that ``supplements.csv`` does not have.

    Examples
    --------
    >>> read_label_rules()["S055", ""].severity
    'moderate'
    """
    supplements = {row.text("id"): row for row in read_supplements()}
    problems: list[Problem] = []
    rules: dict[tuple[str, str], LabelRule] = {}
    for row in checked_rows(
        source or data_text("label_rules.csv"),
        COLUMNS,
        ("rule", "case"),
        (lambda row: date_problems(row, "dated"),),
    ):
        rule = supplements.get(row.text("rule"))
        if rule is None:
            problems.append(Problem(row.where, f"rule '{row.text('rule')}'", "an id of supplements.csv"))
            continue
        rules[row.text("rule"), row.text("case")] = LabelRule(
            row.text("rule"), row.text("case"), row.text("found"), row.text("next"), rule.text("severity"),
            rule.text("source"), rule.text("verified"), rule.text("check_rule"),
            datetime.date.fromisoformat(row.text("dated")),
        )  # fmt: skip
    if problems:
        raise TableError(problems)
    return MappingProxyType(rules)
