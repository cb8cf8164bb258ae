"""The printed result: one screen of 100 columns, the sentence first; colour only where it was asked for."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from pathlib import Path

from calciroute.report.amounts import for_plain_terminals
from calciroute.report.build import Report
from calciroute.report.chance_words import chance_lines
from calciroute.report.compared import sides_of
from calciroute.report.labs import lab_sentences
from calciroute.report.look import COLOURS, GROUP_WORDS, TERMINAL_WIDTH
from calciroute.report.not_for import reason_text
from calciroute.report.numerals import (
    as_printed,
    band_text,
    middle,
    unit_words,
    with_unit,
)
from calciroute.report.outcome_words import HEADLINES
from calciroute.report.plan_words import duration_words
from calciroute.report.shell_word import shell_word
from calciroute.report.table import PlanCell, Row
from calciroute.report.terminal_arms import HEAD, arms_lines
from calciroute.report.trials_beside import TrialsBeside
from calciroute.safety.notices import RESEARCH_NOTICE
from calciroute.simulate.arm import STOP
from calciroute.tables.nomenclature import read_nomenclature

_COLUMNS = {"outcome": 26, "without": 8, "with": 8, "difference": 25}
_GAP = 1
_AGAINST = {
    "percent_from_baseline": "vs start",
    "change_from_baseline": "vs start",
    "percent_vs_placebo": "vs placebo",
    "difference_vs_placebo": "vs placebo",
}
_GROUP_COLOUR = {
    "vitamin_k": "plan",
    "bone": "bone",
    "artery": "artery",
    "clotting": "liver",
    "minerals": "quiet",
}


def render(report: Report, paths: Sequence[Path], colour: bool, *, plain: bool = False) -> str:
    """The result as text for a terminal.

    Parameters
    ----------
    report : Report
        From `calciroute.report.build.build_report`.
    paths : sequence of Path
        Files that were written.
    colour : bool
        Whether standard output is a terminal and ``NO_COLOR`` is not set.
    plain : bool, optional
        Letters that every console can print.

    Returns
    -------
    str
        Lines of at most 100 columns; nothing is told by colour alone.
    """
    paint = _Paint(colour)
    lines: list[str] = []
    if report.notice is not None:
        # Here too, not on standard error alone: a saved output keeps it above the numbers.
        lines += _notice(report, paint)
    for sentence in report.answer.sentences:
        lines += [paint.bold(line) for line in _wrapped(sentence)] + [""]
    if report.by_hand:
        lines += [paint.meaning(line, "warning") for one in report.by_hand for line in _wrapped(one)] + [""]
    lines += [*_wrapped(report.purpose), ""]
    lines += _table(report, paint)
    lines += [paint.dim(line) for words in _beside_change(report) for line in _wrapped(words)]
    lines += [paint.dim(line) for remark in report.answer.remarks[:1] for line in _wrapped(remark)]
    if report.own is not None:
        lines += _wrapped(report.own.sentence)
    lines += [line for words in lab_sentences(report.labs) for line in _wrapped(words)]
    lines += [line for one in report.narrowed for line in _wrapped(" ".join(one.sentences))]
    if report.failures:
        lines += _wrapped(
            f"{len(report.failures)} of the runs did not reach their end; the report names them."
        )
    lines += ["", *_files(paths)]
    text = "\n".join(line.rstrip() for line in lines)
    return for_plain_terminals(text) if plain else text


class _Paint:
    """Escape codes of a terminal, or nothing."""

    def __init__(self, colour: bool) -> None:
        self.colour = colour

    def code(self, text: str, digits: str) -> str:
        return f"\033[{digits}m{text}\033[0m" if self.colour and digits and text else text

    def bold(self, text: str) -> str:
        return self.code(text, "1")

    def dim(self, text: str) -> str:
        return self.code(text, COLOURS["quiet"].terminal)

    def meaning(self, text: str, name: str) -> str:
        return self.code(text, COLOURS[name].terminal)


def _wrapped(text: str, indent: str = "") -> list[str]:
    # Bound and thin spaces hold numbers and units together: only ordinary blanks may break.
    return textwrap.wrap(
        text, TERMINAL_WIDTH, subsequent_indent=indent, break_long_words=True, break_on_hyphens=False
    )


def _notice(report: Report, paint: _Paint) -> list[str]:
    notice = report.notice
    assert notice is not None
    lines = [paint.meaning(line, "warning") for line in _wrapped(notice.title)]
    for line in notice.lines:
        lines += _wrapped(f"- {line}", "  ")
    lines += [line for who in notice.who_to_talk_to for line in _wrapped(f"Talk to: {who}.")]
    lines += _wrapped(RESEARCH_NOTICE)
    return [*lines, ""]


def _table(report: Report, paint: _Paint) -> list[str]:
    shown = {name for name in HEADLINES if report.table.row(name)}
    if not shown:
        shown = {row.outcome for row in report.table.rows}
    if len(report.table.arms) > 1:
        return [_painted(kind, line, paint) for kind, line in arms_lines(report.table, shown)]
    alone = report.table.arms[0] if report.table.arms else ""
    sides = sides_of(alone, alone=True)
    titles = (
        [sides.now, "stopped" if alone == STOP else "with", "difference, 90 % band", "nearest trial"]
        if alone
        else ["start", "", "end, 90 % band"]
    )
    sought = any(cell.trials.asked for row in report.table.rows for cell in row.plans)
    titles = titles if sought or not alone else titles[:3]  # no trial stopped a supplement
    lines = [paint.bold(_line([f"After {duration_words(report.table.days)}", *titles]))]
    told: dict[str, str] = {}
    for group, rows in report.table.groups():
        kept = [row for row in rows if row.outcome in shown]
        if kept:
            # The unit stands beside the name, so that numbers of one column can be compared.
            lines.append(paint.meaning(GROUP_WORDS[group], _GROUP_COLOUR.get(group, "quiet")))
            for row in kept:
                lines += _row_lines(row, row.plans[0] if alone else None, report.population, told)
    if alone not in ("", STOP) and not sought:
        lines.append("No trial stands beside this: the trial tables hold vitamin K alone.")
    return [*lines, ""]


def _painted(kind: str, line: str, paint: _Paint) -> str:
    if kind == HEAD:
        return paint.bold(line)
    # In a table of several arms the colour of a group stands on the name of the outcome.
    colour = _GROUP_COLOUR.get(kind)
    if colour is None or line.startswith(" "):
        return line
    name, gap, rest = line.partition("  ")
    return f"{paint.meaning(name, colour)}{gap}{rest}"


def _beside_change(report: Report) -> list[str]:
    words = list(chance_lines(report.table, report.chances, HEADLINES))
    if report.standing is not None and report.standing.score is not None:
        words.append(report.standing.words)
    return words


def _row_lines(row: Row, cell: PlanCell | None, population: str, told: dict[str, str]) -> list[str]:
    """Lines of one row: one, or the reason where the outcome says nothing about this person, in full once."""
    reason = row.not_for or (cell.effect.not_for if cell is not None else "")
    if not reason:
        return [_row_line(row, cell, population)]
    first = told.setdefault(reason, _row_name(row).strip())
    if first != _row_name(row).strip():
        reason = f"as for {first.split(',')[0]}"
    without = "" if row.not_for else middle(row.without, row.digits)
    head = _line([_row_name(row), without]).ljust(_COLUMNS["outcome"] + _GAP)
    if without:
        head = head.ljust(_COLUMNS["outcome"] + _COLUMNS["without"] + 2 * _GAP)
    return textwrap.wrap(
        head + reason_text(reason), TERMINAL_WIDTH, subsequent_indent=" " * len(head), drop_whitespace=True
    )


def _row_name(row: Row) -> str:
    known = read_nomenclature().get(row.outcome)
    unit = unit_words(row.unit)
    return f"  {known.name if known else row.name}" + (f", {unit}" if unit else "")


def _row_line(row: Row, cell: PlanCell | None, population: str) -> str:
    name = _row_name(row)
    without = middle(row.without, row.digits)
    if cell is None:
        ends = f"{without} ({row.without_range})" if row.without_range else without
        return _line([name, middle(row.start, row.digits), "", ends])
    effect = cell.effect
    change = band_text(effect.change, "", effect.digits, effect.finest)
    return _line(
        [
            name,
            without,
            middle(effect.with_plan, effect.digits),
            change,
            _trial_words(cell.trials, population),
        ]
    )


def _trial_words(trials: TrialsBeside, population: str) -> str:
    """The nearest trial of people and dose like these; of others only that there are some."""
    near = [point for point in trials.points if not point.grey and point.population == population]
    if near:
        amount = with_unit(as_printed(near[0].estimate), near[0].unit)
        return f"{near[0].study_id} {amount} {_AGAINST.get(near[0].kind, 'times placebo')}"
    others = len(trials.studies)
    if others:
        return f"{others} less similar"
    return "none found" if trials.asked else ""


def _line(cells: Iterable[str]) -> str:
    """One line of the table: columns of fixed width, the last takes the rest; cut words end in a sign."""
    # A number is never cut, half a number is another number: it takes room from the column behind it.
    widths = list(_COLUMNS.values())
    parts, used = [], 0
    for place, cell in enumerate(cells):
        room = widths[place] if place < len(widths) else TERMINAL_WIDTH - used
        if 0 < place < len(widths):
            room = max(room, len(cell))
        parts.append(cell.ljust(room) if len(cell) <= room else cell[: room - 1] + "…")
        used += room + _GAP
    return (" " * _GAP).join(parts).rstrip()


def _files(paths: Sequence[Path]) -> list[str]:
    if not paths:
        return []
    lines = [f"Report    {paths[0]}"]
    if len(paths) > 1:
        lines.append(f"Results   {', '.join(str(path) for path in paths[1:])}")
    command = next((f"calciroute replay {shell_word(path)}" for path in paths if path.suffix == ".json"), "")
    return [*lines, f"Next      open the report, or run it again: {command}"] if command else lines
