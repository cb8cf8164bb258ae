"""From a simulation to a report: effects, trials beside them, notice, answer, table, pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr

from calciroute.people.medicines import recognise_each
from calciroute.people.not_for_arms import NotFor
from calciroute.people.not_for_person import NOT_FOR_PERSON
from calciroute.purpose import PURPOSE
from calciroute.report.answer import (
    STRUCTURES,
    VITAMIN_K_MARKERS,
    Answer,
    course_sentence,
    left_out_clause,
    plan_sentence,
)
from calciroute.report.bands import course
from calciroute.report.chance import Chance, chances_of
from calciroute.report.chance_words import with_chance
from calciroute.report.compared import Compared, compared_arms, now_label
from calciroute.report.effect import effect_of
from calciroute.report.flow_picture import flow_picture
from calciroute.report.inr_answer import antagonist_sentence, furthest_place, unnamed_sentence
from calciroute.report.labs import LabRow, lab_rows
from calciroute.report.look import ARM_NOW
from calciroute.report.not_for import withheld_effect, withheld_row
from calciroute.report.outcome_picture import outcome_picture
from calciroute.report.outcome_words import HEADLINES, meaning_of, name_of, shown_outcomes
from calciroute.report.own_data import OwnData, own_data_of
from calciroute.report.picture import Picture
from calciroute.report.plan_words import joined
from calciroute.report.standing import Standing, standing_beside
from calciroute.report.table import PlanCell, Table, make_row
from calciroute.report.trials_beside import population_of, trials_beside
from calciroute.safety.notices import STANDARD_NOTICE, Notice
from calciroute.safety.stop import stop_notice
from calciroute.simulate.narrowed import Narrowed
from calciroute.simulate.not_for_marks import not_for_of
from calciroute.simulate.read_inputs import supplements_today
from calciroute.simulate.result import Assumption, Simulation

_ROUGH_BELOW = 50  # draws: fewer leave the ends of a 90 % band to one or two runs


@dataclass(frozen=True)
class Report:
    """Everything that a person sees of a run, in the order in which it is shown.

    Parameters
    ----------
    notice : Notice or None
        Above everything where a gate closed.
    answer : Answer
        One sentence a plan.
    purpose, standard_notice : str
        The lines on every output.
    table : Table
        With, without, difference, trials.
    pictures : tuple of Picture
        One question each.
    assumptions : tuple of Assumption
        Every default that was used.
    notes, failures : tuple of str
        What a reader has to know, and what did not run.
    research : bool
        Whether a vitamin K antagonist, or a medicine that may be one, is taken.
    population : str
        Which population of the trial tables this person belongs to.
    not_for : NotFor
        What about the person or a plan the model does not hold.
    chances : tuple of Chance
        What measuring again moves by chance, for outcomes that people have measured.
    standing : Standing or None
        Where a measured score stands in a cohort; None where the score says nothing about this person.
    by_hand : tuple of str
        What makes this another run than the default: numbers that were set, another body.
    own : OwnData or None
        Measurements beside the run; None where none were given.
    labs : tuple of LabRow
        Laboratory values, scans and pressures as given and as used.
    narrowed : tuple of Narrowed
        What dated values have said of this person, and by how much.
    """

    notice: Notice | None
    answer: Answer
    purpose: str
    standard_notice: str
    table: Table
    pictures: tuple[Picture, ...]
    assumptions: tuple[Assumption, ...]
    notes: tuple[str, ...]
    failures: tuple[str, ...]
    research: bool
    population: str
    not_for: NotFor
    chances: tuple[Chance, ...] = ()
    standing: Standing | None = None
    by_hand: tuple[str, ...] = ()
    own: OwnData | None = None
    labs: tuple[LabRow, ...] = ()
    narrowed: tuple[Narrowed, ...] = ()

    def chance(self, outcome: str) -> Chance | None:
        """What measuring an outcome again moves by chance, or None for what people do not have measured."""
        return next((chance for chance in self.chances if chance.outcome == outcome), None)


def build_report(simulation: Simulation) -> Report:
    """Put a report together.

    Parameters
    ----------
    simulation : Simulation
        Of one person.

    Returns
    -------
    Report
        For `calciroute.report.writer.write_outputs` and `calciroute.report.terminal.render`.
    """
    research = any(_antagonists(simulation))
    table = build_table(simulation, clotting_first=research)
    chances = chances_of(table, simulation.person)
    standing = standing_beside(table, simulation.person)
    own = own_data_of(simulation)
    pictures = _pictures(simulation, table, own, research=research)
    return Report(
        notice=stop_notice(simulation.person, simulation.plans),
        answer=build_answer(simulation, table),
        purpose=PURPOSE,
        standard_notice=STANDARD_NOTICE,
        table=table,
        pictures=tuple(with_chance(picture, chances, standing) for picture in pictures),
        assumptions=simulation.assumptions,
        notes=simulation.notes,
        failures=simulation.failures,
        research=research,
        population=population_of(simulation.person),
        by_hand=simulation.by_hand,
        not_for=not_for_of(simulation),
        chances=chances,
        standing=standing,
        own=own,
        labs=lab_rows(simulation.person, [one.field for one in simulation.narrowed]),
        narrowed=simulation.narrowed,
    )


def build_answer(simulation: Simulation, table: Table) -> Answer:
    """The answer in one sentence a plan, with the remarks that belong to its numbers.

    Parameters
    ----------
    simulation : Simulation
        Of one person.
    table : Table
        Its table.

    Returns
    -------
    Answer
        About INR alone where a vitamin K antagonist, or a medicine that may be one, is taken.
    """
    antagonist, unclear = _antagonists(simulation)
    sentences = _sentences(simulation, table, antagonist, unclear)
    return Answer(sentences, _remarks(simulation, research=bool(antagonist or unclear)))


def build_table(simulation: Simulation, *, clotting_first: bool = False) -> Table:
    """The table of outcomes with the trials beside them.

    Parameters
    ----------
    simulation : Simulation
        Of one person.
    clotting_first : bool, optional
        Where INR is what matters first.

    Returns
    -------
    Table
        One row for each outcome that is shown.
    """
    dataset = simulation.dataset
    days = _last_day(dataset)
    population = population_of(simulation.person)
    compared = compared_arms(simulation)
    not_for = not_for_of(simulation)
    rows = []
    for outcome in shown_outcomes(dataset):
        name = name_of(dataset, outcome)
        cells = [
            PlanCell(
                one.name,
                effect_of(dataset, outcome, name, one.name, ARM_NOW),
                trials_beside(outcome, one.trials_of, days, population),
            )
            for one in compared
        ]
        row = make_row(dataset, outcome, name, meaning_of(dataset, outcome), cells)
        rows.append(withheld_row(row, not_for))
    return Table(tuple(rows), tuple(one.name for one in compared), days, clotting_first)


def _last_day(dataset: xr.Dataset) -> float:
    return float(dataset.coords["time"].values[-1])


def _antagonists(simulation: Simulation) -> tuple[str, str]:
    """The antagonist taken, and a medicine that may be a blood thinner; each empty when there is none."""
    written = [*simulation.person.medicines.taken, *simulation.person.medicines.not_modelled]
    written += [medicine.name for plan in simulation.plans for medicine in plan.medicines]
    matches = recognise_each(written)
    sure = [match for match in matches if match.is_antagonist]
    unclear = [match for match in matches if not match.is_antagonist and match.shuts_gate]
    name = (sure[0].ingredients or sure[0].names or (sure[0].written,))[0] if sure else ""
    return name, unclear[0].written if unclear else ""


def _sentences(simulation: Simulation, table: Table, antagonist: str, unclear: str) -> tuple[str, ...]:
    dataset = simulation.dataset
    compared = compared_arms(simulation)
    if not compared:
        outcomes = ("INR",) if antagonist or unclear else (*STRUCTURES, VITAMIN_K_MARKERS[0])
        return (course_sentence(dataset, ARM_NOW, outcomes, not_for_of(simulation)),)
    sentences = []
    for place, one in enumerate(compared):
        if antagonist or unclear:
            sentences.append(_first_inr(simulation, one, antagonist, unclear))
            continue
        effects = {row.outcome: row.plans[place].effect for row in table.rows}
        if _without_effect(simulation, one):
            subject = f"{one.phrase[0].upper()}{one.phrase[1:]}"
            said = f"{subject} has no term in the model: this run says nothing of it"
            left_out = left_out_clause(effects, vitamin_k=one.moves_vitamin_k)
            sentences.append(f"{said}; {left_out}." if left_out else f"{said}.")
            continue
        sentences.append(
            plan_sentence(
                one.phrase, _last_day(dataset), effects, vitamin_k=one.moves_vitamin_k, sides=one.sides
            )
        )
    return tuple(sentences)


def _without_effect(simulation: Simulation, compared: Compared) -> bool:
    """Whether the model has no term for anything that an arm changes."""
    without = {one.field for one in simulation.assumptions if one.value in ("without effect", NOT_FOR_PERSON)}
    plan = compared.plan
    if plan is None:
        today = supplements_today(simulation.person)[0]
        return all(content.written in without for one in today for content in one.product.contents)
    if plan.supplements or plan.habits or plan.foods:
        return False
    return all(medicine.name in without for medicine in plan.medicines)


def _first_inr(simulation: Simulation, compared: Compared, antagonist: str, unclear: str) -> str:
    dataset, arm, phrase = simulation.dataset, compared.name, compared.phrase
    effect, day = None, None
    if "INR" in dataset:
        place = furthest_place(dataset, "INR", arm, ARM_NOW)
        effect = effect_of(dataset, "INR", name_of(dataset, "INR"), arm, ARM_NOW, place)
        reason = not_for_of(simulation).reason_in(arm, "INR", effect.group)
        if reason:
            effect = withheld_effect(effect, reason, whole=True)
        elif place < dataset.sizes["time"] - 1:
            day = float(dataset.coords["time"].values[place])
    if antagonist:
        return antagonist_sentence(phrase, effect, antagonist, day, compared.sides)
    return unnamed_sentence(phrase, effect, unclear)


def _remarks(simulation: Simulation, *, research: bool) -> tuple[str, ...]:
    dataset = simulation.dataset
    draws = int(dataset.sizes["draw"])
    remarks = []
    if draws < 2:
        remarks.append("No band yet: fewer than two draws were run.")
    else:
        rough = f", rough because only {draws} were run" if draws < _ROUGH_BELOW else ""
        remarks.append(
            f"In brackets: the 5th to 95th percentile over {draws} draws of what nobody knows{rough}. "
            f"How people differ from each other is not in it{_own_part(simulation)}."
        )
    compared = compared_arms(simulation)
    if compared and not research:
        level = "as now" if simulation.stop else "without the plan"
        remarks.append(f"A percent is of the level {level} on the same day.")
    if (
        compared
        and not research
        and "no_causal_effect" in dataset.coords.get("variant", xr.DataArray([])).values
    ):
        remarks.append(
            "Whether carboxylated MGP and osteocalcin protect artery and bone is not settled; the run "
            "without these links is dashed in every picture."
        )
    return tuple(remarks)


def _own_part(simulation: Simulation) -> str:
    if not simulation.narrowed:
        return ""
    parts = joined([one.quantity for one in simulation.narrowed])
    return f", but for what dated values leave open of this person's own {parts}"


def _pictures(
    simulation: Simulation, table: Table, own: OwnData | None = None, *, research: bool
) -> tuple[Picture, ...]:
    dataset = simulation.dataset
    compared = compared_arms(simulation)
    titles = [one.title for one in compared]
    order: Sequence[str] = HEADLINES
    if research:
        order = ("INR", *(name for name in HEADLINES if name != "INR"))
    # What was measured gets a picture, also where a short result would not show one.
    order = tuple(dict.fromkeys((*order, *(own.outcomes if own is not None else ()))))
    pictures = []
    for outcome in order:
        row = table.row(outcome)
        if row is not None and _has_course(dataset, outcome):
            pictures.append(outcome_picture(dataset, row, titles, research=research, own=own))
    label = now_label([one.name for one in compared])
    arms = [(ARM_NOW, "without the plan" if label == "without" else label)]
    arms += [(one.name, one.title) for one in compared]
    flow = flow_picture(dataset, arms, not_for_of(simulation))
    return (*pictures, flow) if flow is not None else tuple(pictures)


def _has_course(dataset: xr.Dataset, outcome: str) -> bool:
    return dataset.sizes["time"] > 1 and bool(np.isfinite(course(dataset, outcome, ARM_NOW)).any())
