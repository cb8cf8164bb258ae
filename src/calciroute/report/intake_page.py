"""An intake as a folder: one page without script, JSON, and a table of days."""

from __future__ import annotations

import importlib.resources
import json
from pathlib import Path

from calciroute.purpose import PURPOSE
from calciroute.report.amounts import amount
from calciroute.report.intake_answer import IntakeAnswer
from calciroute.report.intake_json import days_table, intake_document
from calciroute.report.intake_terminal import sections, title_line
from calciroute.report.intake_words import OPEN_END, day_rows, main_rows, meal_lines
from calciroute.report.result_folder import INTAKE, INTAKE_DAYS, INTAKE_PAGE, write_folder
from calciroute.report.style import page_style
from calciroute.safety.notices import STANDARD_NOTICE

TEMPLATE = "intake.html.j2"


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

    text = importlib.resources.files("calciroute.report").joinpath(TEMPLATE).read_text("utf-8")
    template = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    ).from_string(text)
    headings, rows = day_rows(answer) if len(answer.intake.days) > 1 else ([], [])
    table = main_rows(answer)
    return template.render(
        purpose=PURPOSE,
        standard_notice=STANDARD_NOTICE,
        style=page_style(),
        notice=answer.notice,
        title=title_line(answer),
        remarks=answer.remarks,
        rows=table,
        open_end=OPEN_END if any("+ ?" in row[4] for row in table) else "",
        meals=meal_lines(answer),
        day_headings=headings,
        day_rows=rows,
        sections=sections(answer),
        foods=[
            {
                "day": one.written.day,
                "written": one.written.text,
                "name": one.name,
                "grams": amount(one.weighed.grams),
                "how": one.weighed.how or "as written",
            }
            for one in answer.intake.foods.eaten
        ],
    )


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
