"""The studies: ``studies.csv``, one row a study, with what it was and how far its text was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from calciroute.errors import Problem
from calciroute.tables.csv_table import Column, Row
from calciroute.tables.rules import MEMORY, checked_rows, sourced
from calciroute.tables.texts import data_text

DESIGNS = frozenset({
    "rct_parallel", "rct_crossover", "single_arm", "pk_study", "cohort", "cross_sectional",
    "meta_analysis", "review", "guideline", "animal",
})  # fmt: skip
COLUMNS = (
    Column("study_id", required=True),
    Column("citation", required=True),
    Column("doi"),
    Column("pmid"),
    Column("nct"),
    Column("design", required=True, allowed=DESIGNS),
    Column("blinding"),
    Column("country"),
    Column("population"),
    Column("n_randomised", "number"),
    Column("age_mean", "number"),
    Column("age_sd", "number"),
    Column("female_fraction", "number"),
    Column("duration_days", "number"),
    Column("results_withheld", required=True, allowed=frozenset({"yes", "no"})),
    Column("funding_note"),
    Column("risk_of_bias_notes"),
    Column("source", required=True),
    Column("verified", required=True),
)


@dataclass(frozen=True)
class Study:
    """One study.

    Parameters
    ----------
    study_id : str
        Surname plus year, or the name the study goes by.
    citation : str
        As short as a reference list prints it.
    design : str
        One of `DESIGNS`.
    population : str
        Who took part, in words.
    n_randomised : float or None
        People in the study.
    duration_days : float or None
        Length, day.
    results_withheld : bool
        True for the trials that the model has to predict before anyone looks: they have no result rows.
    nct : str
        Registration.
    verified : str
        Where the text was read, or ``memory``.
    where : str
        ``file:line`` of the row.
    """

    study_id: str
    citation: str
    design: str
    population: str
    n_randomised: float | None
    duration_days: float | None
    results_withheld: bool
    nct: str
    verified: str
    where: str

    @property
    def randomised(self) -> bool:
        """Whether people were assigned to arms by chance."""
        return self.design.startswith("rct")


@cache
def read_studies(source: Traversable | None = None) -> Mapping[str, Study]:
    """Read the studies.

    Parameters
    ----------
    source : Traversable, optional
        Another file of the same form; the shipped one by default.

    Returns
    -------
    mapping of str to Study
        By study id, in file order.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> read_studies()["knapen2015"].design
    'rct_parallel'
    """
    rules = (sourced, _share_of_women, _remembered_results)
    rows = checked_rows(source or data_text("studies.csv"), COLUMNS, ("study_id",), rules)
    studies = (
        Study(
            study_id=row.text("study_id"),
            citation=row.text("citation"),
            design=row.text("design"),
            population=row.text("population"),
            n_randomised=row.number("n_randomised"),
            duration_days=row.number("duration_days"),
            results_withheld=row.text("results_withheld") == "yes",
            nct=row.text("nct"),
            verified=row.text("verified"),
            where=row.where,
        )
        for row in rows
    )
    return MappingProxyType({study.study_id: study for study in studies})


def _share_of_women(row: Row) -> Iterable[Problem]:
    share = row.number("female_fraction")
    if share is not None and not 0 <= share <= 1:
        yield Problem(row.where, f"female_fraction {share:g}", "a share from 0 to 1", "write 0.6 for 60 %")


def _remembered_results(row: Row) -> Iterable[Problem]:
    if row.text("results_withheld") == "yes" and row.text("verified") == MEMORY:
        yield Problem(
            row.where, "a withheld study whose design is only remembered", "a place where its design was read"
        )
