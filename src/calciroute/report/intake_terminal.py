"""An intake as a terminal shows it."""

from __future__ import annotations

from calciroute.purpose import PURPOSE
from calciroute.report.folded import folded
from calciroute.report.intake_answer import IntakeAnswer
from calciroute.report.intake_sentence import intake_sentence
from calciroute.report.intake_words import (
    OPEN_END,
    contributor_lines,
    day_rows,
    main_rows,
    meal_lines,
    missing_lines,
    observed_lines,
    open_lines,
    reference_lines,
    steadiness_lines,
)
from calciroute.safety.notices import STANDARD_NOTICE

_HEADINGS = ("a day, mean", "unit", "low", "central", "high", "known for")


def intake_text(answer: IntakeAnswer) -> str:
    """Write an intake for a terminal.

    Parameters
    ----------
    answer : IntakeAnswer
        From `calciroute.report.intake_answer.diary_intake`.

    Returns
    -------
    str
        Lines without a trailing newline; a notice stands first, purpose and standard notice last.
    """
    intake = answer.intake
    lines: list[str] = []
    if answer.notice is not None:
        lines += [str(answer.notice), ""]
    lines += [
        folded([intake_sentence(answer)]),
        "",
        title_line(answer),
        "",
        *_table([list(_HEADINGS), *(list(row) for row in main_rows(answer))]),
        *([OPEN_END] if any("+ ?" in row[4] for row in main_rows(answer)) else []),
        "",
        *answer.remarks,
    ]
    lines += meal_lines(answer)
    if len(intake.days) > 1:
        headings, rows = day_rows(answer)
        lines += ["", *_table([headings, *rows])]
    for title, said in sections(answer):
        if said:
            lines += ["", title, *(f"  {line}" for line in said)]
    return "\n".join([*lines, "", PURPOSE, STANDARD_NOTICE])


def title_line(answer: IntakeAnswer) -> str:
    """The diary in one line: its file, days, lines and region.

    Parameters
    ----------
    answer : IntakeAnswer
        From `calciroute.report.intake_answer.diary_intake`.

    Returns
    -------
    str
    """
    foods, days = answer.intake.foods, len(answer.intake.days)
    lines = len(foods.eaten) + len(foods.open)
    return (
        f"{foods.where}: {days} day{'' if days == 1 else 's'}, {len(foods.eaten)} of {lines} lines found, "
        f"region {foods.region or 'not given'}"
    )


def sections(answer: IntakeAnswer) -> list[tuple[str, list[str]]]:
    """Titles and lines below the tables, in the order of every form.

    Parameters
    ----------
    answer : IntakeAnswer
        From `calciroute.report.intake_answer.diary_intake`.

    Returns
    -------
    list of tuple of str and list of str
        A section without lines is not shown.
    """
    return [
        ("How even the days are", steadiness_lines(answer)),
        ("Largest contributors, of what is known", contributor_lines(answer)),
        (
            "Not found, and counted as not known. Try another name: calciroute foods NAME",
            open_lines(answer.intake.foods.open),
        ),
        ("Why values are missing; none of them is zero", missing_lines(answer)),
        (f"Beside reference intakes for groups ({answer.body}), food alone", reference_lines(answer)),
        ("Beside what people were seen to eat; a distribution, no target", observed_lines(answer)),
        ("Notes", list(answer.intake.notes)),
    ]


def _table(rows: list[list[str]]) -> list[str]:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    last = len(widths) - 1
    lines = []
    for row in rows:
        cells = [
            cell.ljust(width) if place in {0, last} else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return lines
