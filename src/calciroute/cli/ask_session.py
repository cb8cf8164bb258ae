"""The dialogue: ask, show what was understood, keep it, go on; back, help, list and quit at any question."""

from __future__ import annotations

from collections.abc import Mapping

from calciroute.cli.ask_console import Console
from calciroute.cli.ask_files import Written, problems_of, texts_of
from calciroute.cli.ask_readers import all_readers
from calciroute.cli.ask_store import FILE_NAME, AnswerStore
from calciroute.cli.ask_words import (
    COMMANDS,
    GREETING,
    ROUNDS,
    asked_back_words,
    help_words,
    problem_words,
    question_words,
    summary_words,
    understood_words,
)
from calciroute.errors import InputError, Problem
from calciroute.people.question_dates import TODAY
from calciroute.people.questions import Step, understand, walk
from calciroute.purpose import PURPOSE
from calciroute.safety.notices import RESEARCH_NOTICE
from calciroute.safety.stop import stop_notice
from calciroute.tables.answered import AskedBack, Understood
from calciroute.tables.questions import read_questions

_BACK, _QUIT, _HELP, _LIST = {"back", "b"}, {"quit", "exit"}, {"?", "help"}, {"list"}


class Left(Exception):
    """The person left, or the input ended."""

    def __init__(self, *, input_ended: bool) -> None:
        super().__init__("left")
        self.input_ended = input_ended


class Session:
    """One dialogue over one folder.

    Parameters
    ----------
    store : AnswerStore
        What was answered so far.
    console : Console
        Where it is shown and read.
    given : mapping of str to str
        Answers that options of the command gave; they are not asked and not kept.
    """

    def __init__(self, store: AnswerStore, console: Console, given: Mapping[str, str]) -> None:
        self._store, self._console, self._given = store, console, dict(given)
        self._readers = all_readers(store.folder)
        self._gates: tuple[str, ...] = ()
        self._block = ""
        self._check_given()

    def run(self) -> None:
        """Ask until all is answered and the summary is confirmed.

        Raises
        ------
        Left
            When the person leaves before that.
        KeyboardInterrupt
            On Ctrl-C.
        """
        self._greet()
        wanted: str | None = None
        while True:
            steps = self.steps()
            place = self._place_of(wanted, steps)
            if place is None and steps[-1].understood is not None:
                wanted = self._summary(steps)
                if wanted is None:
                    return
                continue
            place = len(steps) - 1 if place is None else place
            went_back = self._ask(steps, place)
            wanted = self._before(steps, place) if went_back else None

    def steps(self) -> list[Step]:
        """The questions that stand, answered as far as they are."""
        today = Understood(str(self._store.began), str(self._store.began))
        answers = {**self._store.texts, **self._given}
        return walk(read_questions(), answers, self._readers, {TODAY: today})

    def texts(self) -> Written:
        """Person and plan as the answers have them now."""
        return texts_of(self.steps(), self._store.began)

    def says(self, key: str, word: str) -> bool:
        """Whether a question stands and was answered with a word."""
        return any(
            step.key == key and step.understood and step.understood.word == word for step in self.steps()
        )

    def _check_given(self) -> None:
        for question in read_questions():
            if question.id in self._given:
                read = understand(question, self._given[question.id], {}, self._readers)
                if isinstance(read, Problem):
                    raise InputError([Problem(f"--{question.id}", read.found, read.expected, read.advice)])

    def _greet(self) -> None:
        self._console.say(f"{PURPOSE}\n{GREETING}\n{COMMANDS}")
        kept = len(self._store.texts)
        if kept:
            count = f"{kept} {'answer is' if kept == 1 else 'answers are'}"
            self._console.say(f"Taken up again: {count} kept in {self._store.path}. list shows them.")
        self._tell_notice()

    def _place_of(self, key: str | None, steps: list[Step]) -> int | None:
        return next((place for place, step in enumerate(steps) if step.key == key), None)

    def _before(self, steps: list[Step], place: int) -> str:
        """The key of the question before, among those that are asked here."""
        before = [step.key for step in steps[:place] if step.key not in self._given]
        if not before:
            self._console.say("This is the first question.", 4)
            return steps[place].key
        return before[-1]

    def _ask(self, steps: list[Step], place: int) -> bool:
        """Ask one question until it is answered; True when the person wants to go back."""
        step = steps[place]
        self._head(step)
        self._console.say("\n".join(question_words(step, place)))
        if isinstance(step.outcome, Problem):
            self._console.say(problem_words(step.outcome), 4)
        offered: tuple[tuple[str, str], ...] = ()
        while True:
            text = self._console.answer()
            if text is None:
                raise Left(input_ended=True)
            word = text.casefold()
            if word in _QUIT:
                raise Left(input_ended=False)
            if word in _BACK:
                return True
            if word in _HELP:
                self._console.say("\n".join(help_words(step.question)), 4)
                continue
            if word in _LIST:
                self._console.say("\n".join(summary_words(steps)) or "Nothing yet.", 4)
                continue
            if offered and text.isdecimal() and 1 <= int(text) <= len(offered):
                text = offered[int(text) - 1][1]
            elif not text and step.text is not None:
                text = step.text
            outcome = self._take(step, text)
            if outcome is None:
                return False
            offered = outcome.choices if isinstance(outcome, AskedBack) else ()
            words = asked_back_words(outcome) if isinstance(outcome, AskedBack) else [problem_words(outcome)]
            self._console.say("\n".join(words), 4)

    def _take(self, step: Step, text: str) -> Problem | AskedBack | None:
        """Read and keep an answer; what is wrong with it, or None."""
        outcome = understand(step.question, text, step.context, self._readers)
        if not isinstance(outcome, Understood):
            return outcome
        clash = self._clash(step.key, text)
        if clash is not None:
            return clash
        try:
            self._store.keep(step.key, text)
        except InputError as wrong:
            if any(problem.where.startswith(FILE_NAME) for problem in wrong.problems):
                return Problem("", wrong.problems[0].found, "letters, digits and signs", "type it again")
            raise
        self._console.say("\n".join(understood_words(outcome)), 4)
        self._tell_notice()
        return None

    def _clash(self, key: str, text: str) -> Problem | None:
        """What the readers of files have against an answer that is good alone, beside the earlier ones."""
        before = self._problems(self._store.texts)
        for problem in self._problems({**self._store.texts, key: text}):
            if problem not in before:
                advice = "another answer here, or back to the earlier one"
                return Problem("", problem.found, problem.advice or problem.expected, advice)
        return None

    def _problems(self, answers: Mapping[str, str]) -> list[Problem]:
        today = Understood(str(self._store.began), str(self._store.began))
        steps = walk(read_questions(), {**answers, **self._given}, self._readers, {TODAY: today})
        written = texts_of(steps, self._store.began)
        return problems_of(written, self._store.folder)[2]

    def _tell_notice(self) -> None:
        """Show the notice of safety as soon as an answer calls for it, and again when it changes."""
        steps = self.steps()
        if len(steps) < 3:  # sex and age are not both known yet
            return
        person, plans, _ = problems_of(self.texts(), self._store.folder)
        notice = stop_notice(person, plans)
        gates = notice.gates if notice else ()
        if notice and gates != self._gates:
            self._console.say(f"\n{notice}\n{RESEARCH_NOTICE} The questions go on.\n")
        self._gates = gates

    def _head(self, step: Step) -> None:
        if step.question.block != self._block:
            self._block = step.question.block
            self._console.say(f"\n{ROUNDS[self._block]}")
        self._console.say()

    def _summary(self, steps: list[Step]) -> str | None:
        """Show all answers; the key of the one to change, or None when they are confirmed."""
        self._block = ""
        self._console.say("\nWhat was understood")
        self._console.say("\n".join(summary_words(steps)))
        for name in ("person.toml", "plan.toml"):
            if (self._store.folder / name).exists():
                self._console.say(
                    f"{name} stands there already; an old content that differs is kept beside it."
                )
        self._console.say(
            "Enter alone: write the files and simulate. A number: change that answer. "
            "quit: leave, all is kept."
        )
        while True:
            text = self._console.answer()
            if text is None or text.casefold() in _QUIT:
                raise Left(input_ended=text is None)
            if not text or text.casefold() in {"write", "yes", "y", "ok"}:
                return None
            if (
                text.isdecimal()
                and 1 <= int(text) <= len(steps)
                and steps[int(text) - 1].key not in self._given
            ):
                return steps[int(text) - 1].key
            if text.casefold() in _BACK:
                return self._before(steps, len(steps))
            self._console.say(
                f"Not taken: '{text[:40]}' is no number of the list. Enter, a number, or quit.", 4
            )
