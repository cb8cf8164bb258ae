"""The dialogue: ask, show what was understood, keep it, go on; back, help, list and quit at any question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from calciroute.cli.ask_console import Console
from calciroute.cli.ask_readers import all_readers
from calciroute.cli.ask_standing import Standing, remembering, stand
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
from calciroute.people.questions import Step, understand
from calciroute.purpose import PURPOSE
from calciroute.safety.notices import RESEARCH_NOTICE
from calciroute.safety.stop import stop_notice
from calciroute.tables.answered import AskedBack, Understood
from calciroute.tables.questions import read_questions

Choices = tuple[tuple[str, str], ...]
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
        self._readers = {kind: remembering(reader) for kind, reader in all_readers(store.folder).items()}
        self._gates: tuple[str, ...] = ()
        self._block = ""
        self._check_given()
        self.standing = self._stand(store.texts)

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
            steps = self.standing.steps
            place = next((place for place, step in enumerate(steps) if step.key == wanted), None)
            if place is None and self.standing.is_whole:
                wanted = self._summary(steps)
                if wanted is None:
                    return
                continue
            place = len(steps) - 1 if place is None else place
            went_back = self._ask(steps, place)
            wanted = self._before(steps, place) if went_back else None

    def _stand(self, answers: Mapping[str, str]) -> Standing:
        return stand({**answers, **self._given}, self._readers, self._store.began, self._store.folder)

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

    def _before(self, steps: Sequence[Step], place: int) -> str:
        """The key of the question before, among those that are asked here."""
        before = [step.key for step in steps[:place] if step.key not in self._given]
        if not before:
            self._console.say("This is the first question.", 4)
            return steps[place].key
        return before[-1]

    def _ask(self, steps: Sequence[Step], place: int) -> bool:
        """Ask one question until it is answered; True when the person wants to go back."""
        step = steps[place]
        self._head(step)
        self._console.say("\n".join(question_words(step, place)))
        offered = self._refuse(step.outcome)
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
            offered = self._refuse(outcome)

    def _refuse(self, outcome: Understood | AskedBack | Problem | None) -> Choices:
        """Say why an answer is not taken; the readings to choose from, where there are any."""
        if isinstance(outcome, AskedBack):
            self._console.say("\n".join(asked_back_words(outcome)), 4)
            return outcome.choices
        if isinstance(outcome, Problem):
            self._console.say(problem_words(outcome), 4)
        return ()

    def _take(self, step: Step, text: str) -> Problem | AskedBack | None:
        """Read and keep an answer; what is wrong with it, or None."""
        outcome = understand(step.question, text, step.context, self._readers)
        if not isinstance(outcome, Understood):
            return outcome
        then = self._stand({**self._store.texts, step.key: text})
        for problem in then.read[2]:
            # Each answer is good alone: what is new comes from two of them together.
            if problem not in self.standing.read[2]:
                expected = problem.advice or problem.expected
                other = "remove leaves this entry out" if step.number else "another answer here"
                # Lines of a file say nothing to somebody who answers questions.
                expected = "" if "=" in expected else expected
                return Problem("", problem.found, expected, f"{other}, or back to the earlier one")
        try:
            self._store.keep(step.key, text)
        except InputError as wrong:
            if any(problem.where.startswith(FILE_NAME) for problem in wrong.problems):
                return Problem("", wrong.problems[0].found, "letters, digits and signs", "type it again")
            raise
        self.standing = then
        self._console.say("\n".join(understood_words(outcome)), 4)
        self._tell_notice()
        return None

    def _tell_notice(self) -> None:
        """Show the notice of safety as soon as an answer calls for it, and again when it changes."""
        if len(self.standing.steps) < 3:  # sex and age are not both known yet
            return
        person, plans, _ = self.standing.read
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

    def _summary(self, steps: Sequence[Step]) -> str | None:
        """Show all answers; the key of the one to change, or None when they are confirmed."""
        self._block = ""
        self._console.say("\nWhat was understood")
        self._console.say("\n".join(summary_words(steps)))
        for problem in self.standing.read[2]:
            self._console.say(problem_words(problem))
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
                if not self.standing.read[2]:
                    return None
                self._console.say("Not written yet: change what is named above first.", 4)
                continue
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
