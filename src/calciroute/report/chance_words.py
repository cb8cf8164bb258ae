"""Chance beside change in words: below a printed table, in a caption, and as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from calciroute.report.amounts import BOUND
from calciroute.report.bands import Band
from calciroute.report.chance import NO_SOURCE, Chance
from calciroute.report.plan_words import joined
from calciroute.report.table import Row, Table
from calciroute.report.titles import capital
from calciroute.tables.nomenclature import read_nomenclature

if TYPE_CHECKING:
    from calciroute.report.picture import Picture
    from calciroute.report.standing import Standing


def with_chance(picture: Picture, chances: Sequence[Chance], standing: Standing | None) -> Picture:
    """A picture whose caption says what measuring again moves by chance.

    Parameters
    ----------
    picture : Picture
        Of one outcome.
    chances : sequence of Chance
        From `chances_of`.
    standing : Standing or None
        Where the score stands; it goes below the picture of the score.

    Returns
    -------
    Picture
        The same where nothing is to be said.
    """
    words = [f"{capital(chance.words)}." for chance in chances if chance.outcome == picture.name]
    if words and standing is not None and standing.outcome == picture.name:
        words.append(standing.words)
    return replace(picture, caption=" ".join([picture.caption, *words])) if words else picture


def chance_lines(table: Table, chances: Sequence[Chance], shown: Sequence[str]) -> tuple[str, ...]:
    """The lines below a printed table.

    Parameters
    ----------
    table : Table
        Its differences are held against the limits.
    chances : sequence of Chance
        From `chances_of`.
    shown : sequence of str
        Outcomes that the printed table holds.

    Returns
    -------
    tuple of str
        One sentence on the limits and one on the differences, without plans on the changes since the start;
        empty without an outcome.
    """
    kept = [chance for chance in chances if chance.outcome in shown]
    known = [chance for chance in kept if chance.rule is not None]
    lines = []
    if known:
        listed = [f"{_short(chance)} {chance.limit_text} ({_measurement(chance)})" for chance in known]
        lines.append(f"By chance alone, measured again with nothing changed (95{BOUND}%): {joined(listed)}.")
    if known:
        lines.append(_all_changes(table, known))
    without = [_short(chance) for chance in kept if chance.rule is None]
    if without:
        lines.append(f"{joined(without)}: {NO_SOURCE}.")
    return tuple(lines)


def chance_record(chance: Chance) -> dict[str, Any]:
    """A limit as plain data for ``result.json``.

    Parameters
    ----------
    chance : Chance
        Of one outcome.

    Returns
    -------
    dict
        limit_95, unit, at_level, measurement, statistic, who, maker, source, locator and words; nulls without
        a source.
    """
    rule = chance.rule
    return {
        "limit_95": chance.limit,
        "unit": chance.unit,
        "at_level": chance.level,
        "measurement": rule.measurement if rule else None,
        "statistic": rule.statistic if rule else None,
        "who": rule.who if rule else None,
        "maker": (rule.maker or None) if rule else None,
        "source": rule.source if rule else None,
        "locator": rule.locator if rule else None,
        "words": chance.words,
    }


def _all_changes(table: Table, known: Sequence[Chance]) -> str:
    what = "differences above" if table.arms else "medians from start to end"
    outside: list[str] = []
    for chance in known:
        row = table.row(chance.outcome)
        assert row is not None
        verdicts = {chance.verdict(change) for change in _changes(row)}
        if "beyond" in verdicts:
            outside.append(f"{_short(chance)} is beyond it")
        elif "partly" in verdicts:
            outside.append(f"{_short(chance)} is partly inside")
    if not outside:
        if table.arms:
            return "Their differences above are inside that: one repeat in one person could not show them."
        return "What their medians move from start to end is inside that: one repeat could not show it."
    rest = ", the others are inside" if len(outside) < len(known) else ""
    return f"Of their {what} {joined(outside)}{rest}."


def _changes(row: Row) -> list[Band]:
    if row.plans:
        return [cell.effect.change for cell in row.plans]
    moved = row.without.median - row.start.median
    return [Band(moved, moved, moved, 1)]


def _short(chance: Chance) -> str:
    known = read_nomenclature().get(chance.outcome)
    return known.name if known else chance.name


def _measurement(chance: Chance) -> str:
    assert chance.rule is not None
    return chance.rule.measurement
