"""How things stand after some answers: the questions, both files as text, and what their readers say."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from calciroute.cli.ask_files import Written, problems_of, texts_of
from calciroute.errors import Problem
from calciroute.intake.plan import Plan
from calciroute.people.person_model import Person
from calciroute.people.question_dates import TODAY
from calciroute.people.questions import Step, walk
from calciroute.tables.answered import AskedBack, Context, Reader, Understood
from calciroute.tables.questions import Question, read_questions


@dataclass(frozen=True)
class Standing:
    """What follows from some answers.

    Parameters
    ----------
    steps : tuple of Step
        The questions that stand, up to the first one without a good answer.
    day : date
        The day that the answers describe.
    folder : Path
        Where the files go.
    """

    steps: tuple[Step, ...]
    day: datetime.date
    folder: Path

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left to ask."""
        return self.steps[-1].understood is not None

    @cached_property
    def written(self) -> Written:
        """Person and plan as text."""
        return texts_of(self.steps, self.day)

    @cached_property
    def read(self) -> tuple[Person, tuple[Plan, ...], list[Problem]]:
        """Both texts as their readers understand them, and every problem."""
        return problems_of(self.written, self.folder)

    def says(self, key: str, word: str) -> bool:
        """Whether a question stands and was answered with a word."""
        understood = next((step.understood for step in self.steps if step.key == key), None)
        return understood is not None and understood.word == word


def stand(
    answers: Mapping[str, str], readers: Mapping[str, Reader], day: datetime.date, folder: Path
) -> Standing:
    """Follow the answers through the questions.

    Parameters
    ----------
    answers : mapping of str to str
        Texts by key.
    readers : mapping of str to callable
        By kind of question.
    day : date
        The day that the answers describe.
    folder : Path
        Where the files go.

    Returns
    -------
    Standing
    """
    today = Understood(str(day), str(day))
    return Standing(tuple(walk(read_questions(), answers, readers, {TODAY: today})), day, folder)


def remembering(reader: Reader) -> Reader:
    """A reader that reads a text in one place once, although each answer makes all earlier ones be read.

    Parameters
    ----------
    reader : callable
        Depends on nothing but question, text and the words of earlier answers.

    Returns
    -------
    callable
    """
    known: dict[object, Understood | AskedBack | Problem] = {}

    def read(question: Question, text: str, context: Context) -> Understood | AskedBack | Problem:
        place = (question.id, text, tuple((name, one.word, one.number) for name, one in context.items()))
        if place not in known:
            known[place] = reader(question, text, context)
        return known[place]

    return read
