"""An intake as a folder: one page without script, JSON, and a table of days."""

from __future__ import annotations

import importlib.resources
import json
import re
from collections.abc import Sequence
from pathlib import Path

from calciroute.purpose import PURPOSE
from calciroute.report.bound_words import bound
from calciroute.report.intake_answer import IntakeAnswer
from calciroute.report.intake_json import days_table, intake_document
from calciroute.report.intake_sentence import intake_sentence
from calciroute.report.intake_tables import foods_by_day, mean_rows, sources_of, words_of
from calciroute.report.intake_terminal import sections, title_line
from calciroute.report.intake_words import OPEN_END, day_rows, meal_lines
from calciroute.report.result_folder import INTAKE, INTAKE_DAYS, INTAKE_PAGE, write_folder
from calciroute.report.style import page_style
from calciroute.safety.notices import STANDARD_NOTICE

TEMPLATE = "intake.html.j2"
_STEADY = 2  # of the sections, those that stand with the days


def intake_page(answer: IntakeAnswer) -> str:
    """Write an intake as one HTML page.

    Parameters
    ----------
    answer : IntakeAnswer
        From `calciroute.report.intake_answer.diary_intake`.

    Returns
    -------
    str
        HTML without scripts; asks no host.
    """
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["bound"] = bound
    text = importlib.resources.files("calciroute.report").joinpath(TEMPLATE).read_text("utf-8")
    headings, days = day_rows(answer) if len(answer.intake.days) > 1 else ([], [])
    rows = mean_rows(answer)
    named = [(heading, _id(heading), lines) for heading, lines in sections(answer)]
    steady, below = named[:_STEADY], named[_STEADY:]
    return environment.from_string(text).render(
        purpose=PURPOSE,
        standard_notice=STANDARD_NOTICE,
        style=page_style(),
        notice=answer.notice,
        answer=intake_sentence(answer),
        title=title_line(answer),
        remarks=answer.remarks,
        contents=_contents(answer, steady, below, bool(days)),
        rows=rows,
        open_end=OPEN_END if any("+ ?" in row["range"] for row in rows) else "",
        meals=meal_lines(answer),
        day_headings=headings,
        day_rows=days,
        steady=steady,
        below=below,
        foods=foods_by_day(answer),
        sources=sources_of(answer),
        words=words_of(answer),
    )


def _contents(
    answer: IntakeAnswer,
    steady: Sequence[tuple[str, str, list[str]]],
    below: Sequence[tuple[str, str, list[str]]],
    many_days: bool,
) -> list[tuple[str, str]]:
    """Headings in the order of the page: under a notice the days stand before their mean."""
    mean = [("A day, mean over the diary", "table")]
    days = [("Day by day", "days")] if many_days else []
    days += [(heading, id_) for heading, id_, lines in steady if lines]
    rest = [(heading, id_) for heading, id_, lines in below if lines]
    first = [*mean, *days] if answer.notice is None else [*days, *mean]
    return [*first, *rest, ("Line by line", "lines"), ("Sources", "sources"), ("Words", "words")]


def _id(heading: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", heading.lower())[:3])


def write_intake(answer: IntakeAnswer, folder: Path) -> list[Path]:
    """Write page, JSON and days, whole or not at all.

    Parameters
    ----------
    answer : IntakeAnswer
        From `calciroute.report.intake_answer.diary_intake`.
    folder : Path
        New, empty, or one that this command wrote before.

    Returns
    -------
    list of Path
        The files.

    Raises
    ------
    InputError
        When the folder holds something else or cannot be written.
    """

    def _fill(inside: Path) -> None:
        document = json.dumps(intake_document(answer), ensure_ascii=False, indent=2)
        (inside / INTAKE).write_text(document + "\n", "utf-8")
        (inside / INTAKE_PAGE).write_text(intake_page(answer), "utf-8")
        (inside / INTAKE_DAYS).write_text(days_table(answer), "utf-8")

    write_folder(folder, _fill)
    return [folder / name for name in (INTAKE_PAGE, INTAKE, INTAKE_DAYS)]
