"""Claims people make about vitamin K and calcium: ``claims.csv``, each with the best evidence."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources.abc import Traversable

from calciroute.errors import Problem
from calciroute.tables.csv_table import Column, Row
from calciroute.tables.rules import checked_rows, words_of
from calciroute.tables.texts import data_text

# The two lay articles that started the project; their sentences stay outside it.
ARTICLES = frozenset({"first", "second"})
KINDS = frozenset({
    "mechanism", "diet", "artery", "bone", "lifestyle", "dose", "deficiency", "safety", "timeline",
})  # fmt: skip
CERTAINTIES = frozenset({"high", "moderate", "low", "very_low", "no_evidence", "contradicted"})
TESTABLE = frozenset({"yes", "partly", "no"})
NO_STUDY = "none"
COLUMNS = (
    Column("claim_id", required=True),
    Column("claim", required=True),
    Column("article", required=True, allowed=ARTICLES),
    Column("kind", required=True, allowed=KINDS),
    Column("best_evidence_for", required=True),
    Column("best_evidence_against_or_null", required=True),
    Column("certainty", required=True, allowed=CERTAINTIES),
    Column("reason", required=True),
    Column("model_testable", required=True, allowed=TESTABLE),
)


@cache
def read_claims(source: Traversable | None = None) -> tuple[Row, ...]:
    """Read the claims.

    Parameters
    ----------
    source : Traversable, optional
        Another file of the same form; the shipped one by default.

    Returns
    -------
    tuple of Row
        In file order.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> read_claims()[0].text("claim_id")
    'C001'
    """
    return checked_rows(source or data_text("claims.csv"), COLUMNS, ("claim_id",), (_evidence_worded,))


def _evidence_worded(row: Row) -> Iterable[Problem]:
    for column in ("best_evidence_for", "best_evidence_against_or_null"):
        studies = words_of(row.text(column))
        if NO_STUDY in studies and len(studies) > 1:
            yield Problem(row.where, f"{column} names studies and 'none'", "study ids, or none alone")
