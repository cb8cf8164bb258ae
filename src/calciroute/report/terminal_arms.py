"""Several arms side by side in 100 columns: one row an outcome, one column an arm."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Sequence

from calciroute.people.not_for_person import NOT_FOR_PERSON
from calciroute.report.amounts import NOT_KNOWN
from calciroute.report.compared import STOP_SIDES, now_label
from calciroute.report.look import TERMINAL_WIDTH
from calciroute.report.not_for import reason_text
from calciroute.report.numerals import band_range, middle, unit_words
from calciroute.report.plan_words import arm_words_of, duration_words, joined
from calciroute.report.table import PlanCell, Row, Table
from calciroute.simulate.arm import STOP
from calciroute.tables.nomenclature import read_nomenclature

HEAD, TEXT = "head", "text"
_GAP = 2
_NAME_AT_MOST = 26
_NO_CHANGE = "no change"
Line = tuple[str, str]


def arms_lines(table: Table, shown: Collection[str]) -> list[Line]:
    """The table of several arms.

    Parameters
    ----------
    table : Table
        With at least two arms beside the arm as now.
    shown : collection of str
        Outcomes that a short result shows.

    Returns
    -------
    list of tuple of str
        What a line is (``head``, ``text``, or the group that its row belongs to) and the line.
    """
    rows = [row for _, rows in table.groups() for row in rows if row.outcome in shown]
    moved = [row for row in rows if not row.not_for and not _is_same(row)]
    lines = (
        _columns(table, moved, apart=False) or _columns(table, moved, apart=True) or _stacked(table, moved)
    )
    same = [_name(row) for row in rows if _is_same(row) and not row.not_for]
    if same:
        lines += [(TEXT, line) for line in _wrapped(f"No change that shows in any arm: {', '.join(same)}.")]
    return [*lines, *_reasons(table, rows), (TEXT, "")]


def _is_same(row: Row) -> bool:
    return all(cell.effect.verdict == "same" for cell in row.plans)


def _columns(table: Table, rows: Sequence[Row], *, apart: bool) -> list[Line]:
    """One column an arm; nothing where it does not fit. Apart: the band stands under its median."""
    names = [_shortened(_name_and_unit(row)) for row in rows]
    now = [middle(row.without, row.digits) for row in rows]
    cells = [[_cell(cell, apart=apart) for cell in row.plans] for row in rows]
    first = f"After {duration_words(table.days)}"
    label = now_label(table.arms)
    widths = [max(map(len, [first, *names])), max(map(len, [label, *now]))]
    for place in range(len(table.arms)):
        needed = max((len(line) for row in cells for line in row[place]), default=0)
        widths.append(max(needed, min(len(_head(table.arms[place])), _room(table))))
    if sum(widths) + _GAP * (len(widths) - 1) > TERMINAL_WIDTH:
        return []
    heads = _heads(table.arms, widths[2:])
    lines: list[Line] = [(HEAD, _set([first, label, *heads], widths))]
    for row, name, level, own in zip(rows, names, now, cells, strict=True):
        for number in range(2 if apart else 1):
            begin = [name, level] if number == 0 else ["", ""]
            lines.append((row.group, _set([*begin, *(cell[number] for cell in own)], widths)))
    between = ", each under its median" if apart else ""
    lines.append((TEXT, f"Differences from the arm {label}, with their 90 % band{between}."))
    return lines


def _stacked(table: Table, rows: Sequence[Row]) -> list[Line]:
    """A line for each arm under its outcome: what wide bands or many arms need."""
    lines: list[Line] = [
        (
            HEAD,
            f"After {duration_words(table.days)}: differences from the arm {now_label(table.arms)}, "
            "90 % band",
        )
    ]
    width = min(max(len(_head(arm)) for arm in table.arms), TERMINAL_WIDTH // 2)
    for row in rows:
        line = f"{_name_and_unit(row)}: {now_label(table.arms)} {middle(row.without, row.digits)}"
        still = [_head(cell.arm) for cell in row.plans if cell.effect.verdict == "same"]
        lines.append(
            (row.group, _cut(f"{line}; {_NO_CHANGE}: {', '.join(still)}" if still else line, TERMINAL_WIDTH))
        )
        for cell in row.plans:
            if cell.effect.verdict != "same":
                head = _cut(_head(cell.arm), width).ljust(width)
                lines.append(
                    (TEXT, f"  {head}  {' '.join(part for part in _cell(cell, apart=True) if part)}")
                )
    return lines


def _reasons(table: Table, rows: Sequence[Row]) -> list[Line]:
    """Why something says nothing about this person, each reason once."""
    found: dict[str, list[str]] = {}
    for row in rows:
        if row.not_for:
            found.setdefault(row.not_for, []).append(_name(row))
            continue
        for cell in row.plans:
            if cell.effect.not_for:
                found.setdefault(cell.effect.not_for, []).append(f"{_name(row)} {_head(cell.arm)}")
    return [
        (TEXT, line)
        for reason, names in found.items()
        for line in _wrapped(f"{joined(names)}: {reason_text(reason)}.")
    ]


def _cell(cell: PlanCell, *, apart: bool) -> tuple[str, ...]:
    effect = cell.effect
    if effect.not_for:
        return ("not for", "this person") if apart else (NOT_FOR_PERSON,)
    if effect.verdict == "same":
        return (_NO_CHANGE, "") if apart else (_NO_CHANGE,)
    if not effect.change.known:
        return (NOT_KNOWN, "") if apart else (NOT_KNOWN,)
    change = middle(effect.change, effect.digits, effect.finest)
    ends = band_range(effect.change, effect.digits, effect.finest)
    ends = f"({ends})" if ends else ""
    return (change, ends) if apart else (f"{change} {ends}".rstrip(),)


def _room(table: Table) -> int:
    """Columns for the head of an arm, when all get the same."""
    return max((TERMINAL_WIDTH - 2 * _NAME_AT_MOST) // len(table.arms), 8)


def _head(arm: str) -> str:
    return STOP_SIDES.arm if arm == STOP else arm_words_of(arm)


def _heads(arms: Sequence[str], widths: Sequence[int]) -> list[str]:
    """Names of arms cut to their columns; with a number in front where a cut would make two the same."""
    cut = [_cut(_head(arm), width) for arm, width in zip(arms, widths, strict=True)]
    if len(set(cut)) == len(cut):
        return cut
    return [
        _cut(f"{number} {_head(arm)}", width)
        for number, (arm, width) in enumerate(zip(arms, widths, strict=True), start=1)
    ]


def _set(cells: Sequence[str], widths: Sequence[int]) -> str:
    return (" " * _GAP).join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _name(row: Row) -> str:
    known = read_nomenclature().get(row.outcome)
    return known.name if known else row.name


def _name_and_unit(row: Row) -> str:
    unit = unit_words(row.unit)
    return f"{_name(row)}, {unit}" if unit else _name(row)


def _shortened(name: str) -> str:
    return _cut(name, _NAME_AT_MOST)


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, TERMINAL_WIDTH, break_long_words=True, break_on_hyphens=False)
