"""The picture of one outcome, or the reason in its place where it says nothing about this person."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import xarray as xr

from calciroute.people.not_for_person import NOT_FOR_PERSON
from calciroute.report.course_picture import course_picture
from calciroute.report.figures.panel import draw_panel
from calciroute.report.not_for import reason_text
from calciroute.report.own_data import OwnData
from calciroute.report.picture import Picture, PictureTable
from calciroute.report.table import Row
from calciroute.report.titles import capital


def outcome_picture(
    dataset: xr.Dataset, row: Row, titles: Sequence[str], *, research: bool, own: OwnData | None = None
) -> Picture:
    """Picture of one outcome over the run.

    Parameters
    ----------
    dataset : xarray.Dataset
        Result of a run.
    row : Row
        Of the table, its numbers withheld where they are not this person's.
    titles : sequence of str
        What each plan is called at its line.
    research : bool
        Whether a vitamin K antagonist is taken.
    own : OwnData, optional
        Measurements to draw.

    Returns
    -------
    Picture
        The course; without the lines of plans that say nothing about this person, and with their reason; a
        panel with the reason where no line is left.
    """
    left_out = {title: cell.effect.not_for for cell, title in zip(row.plans, titles, strict=True)}
    left_out = {title: reason for title, reason in left_out.items() if reason}
    if row.not_for or (left_out and len(left_out) == len(row.plans)):
        reason = row.not_for or next(iter(left_out.values()))
        return reason_picture(row.outcome, row.name, row.unit_text, reason)
    if not left_out:
        return course_picture(dataset, row, titles, research=research, own=own)
    kept = [title for title in titles if title not in left_out]
    cells = tuple(cell for cell, title in zip(row.plans, titles, strict=True) if title in kept)
    drawn = course_picture(dataset, dataclasses.replace(row, plans=cells), kept, research=research, own=own)
    words = " ".join(f"{capital(title)}: {reason_text(reason)}." for title, reason in left_out.items())
    return dataclasses.replace(
        drawn, caption=f"{drawn.caption} {words}", alternative=f"{drawn.alternative} {words}"
    )


def reason_picture(name: str, printed: str, unit: str, reason: str) -> Picture:
    """A panel that says why there is no picture.

    Parameters
    ----------
    name, printed, unit : str
        Id, printed name and unit of the outcome.
    reason : str
        Why it says nothing about this person.

    Returns
    -------
    Picture
        Without any number.
    """
    title = f"{capital(printed)}: {NOT_FOR_PERSON}"
    alternative = f"No picture. {capital(printed)} is {reason_text(reason)}."
    return Picture(
        name=name,
        title=title,
        subtitle=f"{capital(printed)}, {unit}",
        svg=draw_panel(name, capital(NOT_FOR_PERSON), f"{capital(reason)}.", title, alternative),
        caption=f"{capital(reason_text(reason))}.",
        alternative=alternative,
        table=PictureTable(
            f"{capital(printed)}, {unit}", ("Time", "Value"), (("whole run", NOT_FOR_PERSON),)
        ),
    )
