"""What of a run says nothing about this person: its rows lose their numbers and stand with the reason."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable
from dataclasses import dataclass

from calciroute.people.not_for_arms import NotFor
from calciroute.people.not_for_person import NOT_FOR_PERSON
from calciroute.report.bands import UNKNOWN
from calciroute.report.effect import WITHHELD, Effect
from calciroute.report.plan_words import joined
from calciroute.report.table import PlanCell, Row, Table
from calciroute.report.trials_beside import TrialsBeside
from calciroute.tables.references import read_references
from calciroute.tables.rules import MEMORY


def withheld_row(row: Row, not_for: NotFor) -> Row:
    """A row without the numbers that are not this person's.

    Parameters
    ----------
    row : Row
        As the run gave it.
    not_for : NotFor
        What was recognised.

    Returns
    -------
    Row
        The same row when nothing touches it. Otherwise levels and differences are unknown, trials are left
        out, and ``not_for``, of the row or of one plan's effect, holds the reason.
    """
    reason = not_for.reason(row.outcome, row.group)
    cells = tuple(_withheld_cell(cell, not_for, row, whole=bool(reason)) for cell in row.plans)
    if reason:
        return dataclasses.replace(row, start=UNKNOWN, without=UNKNOWN, plans=cells, not_for=reason)
    return row if cells == row.plans else dataclasses.replace(row, plans=cells)


def reason_text(reason: str) -> str:
    """A reason as tables and pictures print it.

    Parameters
    ----------
    reason : str
        Of a row or an effect.

    Returns
    -------
    str
        ``not for this person: `` and the reason.

    Examples
    --------
    >>> reason_text("a stent reads as calcium")
    'not for this person: a stent reads as calcium'
    """
    return f"{NOT_FOR_PERSON}: {reason}"


def reason_clause(reasons: Iterable[tuple[str, str]]) -> str:
    """Outcomes that say nothing about this person, as the end of a sentence.

    Parameters
    ----------
    reasons : iterable of tuple of str
        Name of an outcome, and why.

    Returns
    -------
    str
        One clause for each reason, parted by semicolons; empty without outcomes.

    Examples
    --------
    >>> reason_clause([("coronary calcium", "a stent reads as calcium")])
    'coronary calcium is not for this person: a stent reads as calcium'
    """
    by_reason: dict[str, list[str]] = {}
    for name, reason in reasons:
        by_reason.setdefault(reason, []).append(name)
    return "; ".join(
        f"{joined(names)} {'are' if len(names) > 1 else 'is'} {reason_text(reason)}"
        for reason, names in by_reason.items()
    )


@dataclass(frozen=True)
class LeftOutThing:
    """One thing about this person that the model does not hold, as the page lists it.

    Parameters
    ----------
    cause, reason : str
        What it is, and why the outcomes say nothing.
    found : str
        What in the person file or plan showed it.
    arm : str
        The plan that brings it; empty where it is the person's own.
    touched : tuple of str
        Printed names of the outcomes of the table that lose their numbers.
    basis : str
        On what the row rests: with its source, or that it is assumed or remembered.
    link : str
        Address of the first source; empty where there is none.
    """

    cause: str
    reason: str
    found: str
    arm: str
    touched: tuple[str, ...]
    basis: str
    link: str


def left_out_things(not_for: NotFor, table: Table) -> list[LeftOutThing]:
    """Everything that was recognised, with what it touches.

    Parameters
    ----------
    not_for : NotFor
        What was recognised.
    table : Table
        Of the report.

    Returns
    -------
    list of LeftOutThing
        In the order of the table of reasons, the person's own first.
    """
    known = read_references()
    things = []
    for arm, one in not_for.findings():
        row = one.left_out
        sources = [known[key] for key in row.sources]
        said = "; ".join(source.citation for source in sources) or row.locator or "no source"
        remembered = ", from memory" if row.verified == MEMORY else ""
        things.append(
            LeftOutThing(
                cause=row.cause,
                reason=row.reason,
                found=joined(one.found),
                arm=arm,
                touched=tuple(line.name for line in table.rows if one.touches(line.outcome, line.group)),
                basis=f"{row.basis}: {said}{remembered}",
                link=next((source.link for source in sources if source.link), ""),
            )
        )
    return things


def _withheld_cell(cell: PlanCell, not_for: NotFor, row: Row, *, whole: bool) -> PlanCell:
    reason = not_for.reason_in(cell.arm, row.outcome, row.group)
    if not reason:
        return cell
    return dataclasses.replace(
        cell, effect=withheld_effect(cell.effect, reason, whole=whole), trials=TrialsBeside()
    )


def withheld_effect(effect: Effect, reason: str, *, whole: bool) -> Effect:
    """An effect without numbers.

    Parameters
    ----------
    effect : Effect
        As the run gave it.
    reason : str
        Why it says nothing about this person.
    whole : bool
        Whether the levels without the plan go too.

    Returns
    -------
    Effect
        With the verdict `WITHHELD`.
    """
    bare = dataclasses.replace(
        effect, with_plan=UNKNOWN, change=UNKNOWN, percent=UNKNOWN, verdict=WITHHELD, hangs_on_link=False,
        without_link=math.nan, not_for=reason,
    )  # fmt: skip
    return dataclasses.replace(bare, start=UNKNOWN, without=UNKNOWN) if whole else bare
