"""The words of the dialogue around the questions."""

from __future__ import annotations

from collections.abc import Sequence

from calciroute.errors import Problem
from calciroute.intake.question_answers import shown_levers
from calciroute.people.question_conditions import shown_conditions
from calciroute.people.questions import Step
from calciroute.purpose import PURPOSE
from calciroute.tables.answered import AskedBack, Understood
from calciroute.tables.questions import Question

GREETING = (
    "A few questions about you, then some rounds that you may skip. From the answers come two files, "
    "person.toml and plan.toml, and a simulation of people like this."
)
COMMANDS = (
    "dk = I do not know (always allowed but for sex and age). ? = help. back = the question before. "
    "list = what was answered. quit = leave; every answer is kept."
)
ROUNDS = {
    "first": "The first round",
    "labs": "Laboratory values",
    "scans": "Scan of the heart's arteries",
    "bone": "Bone density",
    "diet": "Food in more detail",
    "more": "Rarer conditions",
    "run": "The simulation",
}


def question_words(step: Step, place: int) -> list[str]:
    """A question as it is shown, line by line.

    Parameters
    ----------
    step : Step
        The question in its place.
    place : int
        How many questions stand before it.

    Returns
    -------
    list of str
        Question with unit and example, then its choices, then what an empty answer means.
    """
    question = step.question
    again = " Another one?" if question.is_head and step.number > 1 else ""
    hint = f"{question.hint}; " if question.hint else ""
    first = f"[{place + 1}]{again} {question.question} ({hint}such as {question.example})"
    lines = [first]
    if question.kind in {"conditions"}:
        lines.append("; ".join(shown_conditions(question)))
    elif question.kind == "lever":
        lines.append("; ".join(shown_levers()))
    elif question.choices and question.kind not in {"gate", "flag", "number"}:
        lines.append(
            "; ".join(f"{number} {_choice(*choice)}" for number, choice in enumerate(question.choices, 1))
        )
    elif question.choices:
        lines.append(
            " or ".join(
                word if word == meaning else f"{word} = {meaning}" for word, meaning in question.choices
            )
        )
    if empty := _empty(step):
        lines.append(empty)
    return lines


def _choice(word: str, meaning: str) -> str:
    return meaning if word == meaning or word in {"end", "no", "dk"} or "_" in word else f"{word} = {meaning}"


def _empty(step: Step) -> str:
    if step.text is not None:
        return f"Before: {step.text or 'nothing'}. Enter keeps it."
    if step.question.is_head:
        return "Enter alone: no more."
    return f"Enter alone: {step.question.default}." if step.question.default else ""


def help_words(question: Question) -> list[str]:
    """What a question mark shows."""
    lines = [question.help, f"Such as: {question.example}"]
    if question.group:
        lines.append("remove = leave this entry of the list out.")
    return [*lines, COMMANDS]


def understood_words(understood: Understood) -> list[str]:
    """What was understood, with every remark."""
    return [f"Understood: {understood.shown}", *understood.remarks]


def problem_words(problem: Problem) -> str:
    """What is wrong with an answer, and what to type instead."""
    return f"Not taken: {problem}"


def asked_back_words(asked: AskedBack) -> list[str]:
    """What is unclear, with the readings to choose from."""
    lines = [f"Not taken yet: {asked.problem}"]
    return [*lines, *(f"{number} {words}" for number, (words, _) in enumerate(asked.choices, start=1))]


def summary_words(steps: Sequence[Step]) -> list[str]:
    """All answers, numbered, round by round."""
    lines: list[str] = []
    block = ""
    for number, step in enumerate(steps, start=1):
        if step.understood is None:
            continue
        if step.question.block != block:
            block = step.question.block
            lines.append(f"{ROUNDS[block]}:")
        entry = f" {step.number}" if step.number else ""
        lines.append(f"  {number:2d}  {step.question.title}{entry}: {step.understood.shown}")
    return lines


def left_words(command: str, kept: int, path: str) -> list[str]:
    """The last lines of a dialogue that was left."""
    count = (
        f"{kept} {'answer is' if kept == 1 else 'answers are'} kept in {path}. "
        if kept
        else "Nothing was answered yet. "
    )
    return [f"Left before the end. {count}Go on with: {command}", PURPOSE]
