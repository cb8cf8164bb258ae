"""The report as one HTML file: no script, no host asked, readable on a phone, on paper and aloud."""

from __future__ import annotations

import importlib.resources
from functools import cache
from typing import TYPE_CHECKING, Any

from calciroute.report.answer import STRUCTURES
from calciroute.report.bound_words import bound
from calciroute.report.build import Report
from calciroute.report.chance_words import chance_lines
from calciroute.report.compared import STOP_SIDES, Compared, compared_arms, now_label, sides_words
from calciroute.report.given import (
    NOTHING,
    command_again,
    given_values,
    method_rows,
    person_words,
    source_at,
    source_of,
)
from calciroute.report.glossary import glossary_of
from calciroute.report.labs import LAB_COLUMNS
from calciroute.report.look import GROUP_WORDS
from calciroute.report.not_for import left_out_things, reason_text
from calciroute.report.own_data import OWN_COLUMNS
from calciroute.report.plan_words import arm_words_of, duration_words, joined
from calciroute.report.style import page_style
from calciroute.report.table import level_text
from calciroute.report.titles import capital
from calciroute.report.trials_beside import (
    POPULATION_WORDS,
    arm_words,
    caution_words,
    dose_words,
    estimate_words,
    finding_words,
)
from calciroute.safety.notices import RESEARCH_NOTICE
from calciroute.simulate.arm import STOP
from calciroute.simulate.read_inputs import supplements_today
from calciroute.simulate.result import Simulation
from calciroute.tables.not_modelled import read_not_modelled
from calciroute.tables.references import read_references

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2 import Environment, Template

    from calciroute.intake.supplements import Supplement

TEMPLATE = "report.html.j2"


def render_html(report: Report, simulation: Simulation) -> str:
    """Write a report as HTML.

    Parameters
    ----------
    report : Report
        From `calciroute.report.build.build_report`.
    simulation : Simulation
        The run it was built from.

    Returns
    -------
    str
        A whole document, ending in a line feed.
    """
    days = report.table.days
    compared = compared_arms(simulation)
    lasting = duration_words(days)
    return _template().render(
        report=report,
        person=capital(person_words(simulation.person)),
        lasting=lasting,
        plans=[(capital(one.title), one.phrase) for one in compared],
        now=now_label([one.name for one in compared]),
        now_head=capital(now_label([one.name for one in compared])) if compared else "At the end",
        arm_head=_arm_head(compared),
        sides=sides_words(compared),
        groups=list(report.table.groups()),
        trials=_trials(report),
        chance_lines=chance_lines(report.table, report.chances, STRUCTURES),
        chances=[(one, source_at(one.rule.source if one.rule else "")) for one in report.chances],
        missed=any(one.adherence < 1.0 for one in _taken(simulation)),
        given=given_values(simulation.person)[2:],
        nothing_given=NOTHING,
        assumptions=[(one, source_of(one)) for one in report.assumptions],
        own_columns=OWN_COLUMNS,
        lab_columns=LAB_COLUMNS,
        not_modelled=read_not_modelled(),
        left_out=left_out_things(report.not_for, report.table),
        research_notice=RESEARCH_NOTICE,
        method=method_rows(simulation.provenance),
        command=command_again(simulation.provenance),
        glossary=glossary_of(simulation.dataset),
        style=page_style(),
    )


def _arm_head(compared: Sequence[Compared]) -> str:
    stopped = [one.plan is None for one in compared]
    return "With" if not any(stopped) else "After stopping" if all(stopped) else "In this arm"


def _taken(simulation: Simulation) -> list[Supplement]:
    planned = [one for plan in simulation.plans for one in plan.supplements]
    return [*planned, *supplements_today(simulation.person)[0]]


@cache
def _template() -> Template:
    return _environment().from_string(
        importlib.resources.files("calciroute.report").joinpath(TEMPLATE).read_text("utf-8")
    )


def _environment() -> Environment:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        bound=bound,
        words=lambda arm: STOP_SIDES.arm if arm == STOP else arm_words_of(arm),
        people=lambda population: POPULATION_WORDS[population],
        capital=capital,
        joined=joined,
        level_text=level_text,
        estimate=estimate_words,
        group=lambda name: GROUP_WORDS.get(name, name),
        not_for=reason_text,
    )
    return environment


def _trials(report: Report) -> list[dict[str, Any]]:
    """Every trial beside a result, once for each outcome, with what it gave to whom and where to read it."""
    found: dict[tuple[str, str, float, float], dict[str, Any]] = {}
    for row in report.table.rows:
        for cell in row.plans:
            for point in cell.trials.points:
                reference = read_references().get(point.study_id)
                found[(row.outcome, point.study_id, point.dose_ug, point.days)] = {
                    "study": point.study_id,
                    "outcome": row.name,
                    "found": estimate_words(point),
                    "arm": arm_words(point),
                    "caution": caution_words(point),
                    "citation": point.citation,
                    "link": reference.link if reference is not None else "",
                }
            for trial in cell.trials.unsized:
                reference = read_references().get(trial.study_id)
                found[(row.outcome, trial.study_id, trial.dose_ug or 0.0, trial.days or 0.0)] = {
                    "study": trial.study_id,
                    "outcome": row.name,
                    "found": "in words only, no size",
                    "arm": dose_words(trial),
                    "caution": finding_words(trial),
                    "citation": trial.citation,
                    "link": reference.link if reference is not None else "",
                }
    return list(found.values())
