"""Which question comes next, and what an answer that any question may get stands for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from calciroute.errors import Problem
from calciroute.tables.answered import END, LEFT_OUT, UNKNOWN, AskedBack, Context, Reader, Understood
from calciroute.tables.questions import Clause, Question

MOST_ENTRIES = 20
_UNKNOWN_WORDS = frozenset({
    "dk", "i do not know", "i don't know", "i dont know", "do not know", "don't know", "dont know", "idk",
    "unknown", "not known", "no idea", "not sure", "i am not sure",
})  # fmt: skip
_END_WORDS = frozenset({
    "", "no", "none", "no more", "nothing", "nothing more", "done", "end", "that is all", "that's all",
})  # fmt: skip
_REMOVE_WORDS = frozenset({"remove", "delete", "leave out"})


@dataclass(frozen=True)
class Step:
    """A question in its place.

    Parameters
    ----------
    key : str
        Name of the answer: the id, with ``#2`` for the second entry of a list.
    question : Question
        What is asked.
    number : int
        Entry of a list, from 1; 0 outside of lists.
    context : mapping of str to Understood
        Earlier answers.
    text : str or None
        The answer as given; None when there is none.
    outcome : Understood, AskedBack, Problem or None
        What came of it; None without an answer.
    """

    key: str
    question: Question
    number: int
    context: Context = field(repr=False)
    text: str | None = None
    outcome: Understood | AskedBack | Problem | None = None

    @property
    def understood(self) -> Understood | None:
        """The outcome, where the answer was understood."""
        return self.outcome if isinstance(self.outcome, Understood) else None


def walk(
    questions: Sequence[Question],
    answers: Mapping[str, str],
    readers: Mapping[str, Reader],
    given: Context | None = None,
) -> list[Step]:
    """The questions that stand, in order, up to the first one without a good answer.

    Parameters
    ----------
    questions : sequence of Question
        In the order of the table.
    answers : mapping of str to str
        Texts by key; those of questions that do not stand any more are left alone.
    readers : mapping of str to callable
        By kind of question.
    given : mapping of str to Understood, optional
        What is known before the first question, such as the day.

    Returns
    -------
    list of Step
        All but the last are answered; the last is too when nothing is left to ask.

    Examples
    --------
    >>> from calciroute.people.question_answers import PERSON_READERS
    >>> from calciroute.tables.questions import read_questions
    >>> [step.key for step in walk(read_questions(), {"sex": "male", "age_years": "70"}, PERSON_READERS)]
    ['sex', 'age_years', 'weight_kg']
    """
    steps: list[Step] = []
    context: dict[str, Understood] = dict(given or {})
    for members in _groups(questions):
        entries = _list_entries if members[0].group else _single
        for step in entries(members, answers, readers, context):
            steps.append(step)
            if step.understood is None:
                return steps
    return steps


def _groups(questions: Sequence[Question]) -> Iterator[list[Question]]:
    waiting: list[Question] = []
    for question in questions:
        if waiting and (not question.group or question.group != waiting[0].group):
            yield waiting
            waiting = []
        waiting.append(question)
    if waiting:
        yield waiting


def _single(
    members: Sequence[Question],
    answers: Mapping[str, str],
    readers: Mapping[str, Reader],
    context: dict[str, Understood],
) -> Iterator[Step]:
    (question,) = members
    if _stands(question, context):
        step = _step(question.id, question, 0, answers, readers, context)
        if step.understood:
            context[question.id] = step.understood
        yield step


def _list_entries(
    members: Sequence[Question],
    answers: Mapping[str, str],
    readers: Mapping[str, Reader],
    context: dict[str, Understood],
) -> Iterator[Step]:
    together: dict[str, frozenset[str]] = {}
    if not _stands(members[0], context):
        return
    for number in range(1, MOST_ENTRIES + 1):
        mine = dict(context)
        for question in members:
            if not _stands(question, mine):
                continue
            step = _step(f"{question.id}#{number}", question, number, answers, readers, mine)
            yield step
            if step.understood is None:
                return
            mine[question.id] = step.understood
            if step.understood.word in {END, LEFT_OUT}:
                break
            seen = together.get(question.id, frozenset())
            together[question.id] = seen | step.understood.tags | {step.understood.word}
        # Conditions of later questions see what any entry of the list said.
        for name, words in together.items():
            context[name] = Understood("several", "", tags=words)
        if members[0].id not in mine or mine[members[0].id].word == END:
            return


def _step(
    key: str,
    question: Question,
    number: int,
    answers: Mapping[str, str],
    readers: Mapping[str, Reader],
    context: Context,
) -> Step:
    before = dict(context)
    text = answers.get(key)
    outcome = None if text is None else understand(question, text, before, readers)
    return Step(key, question, number, before, text, outcome)


def _stands(question: Question, context: Context) -> bool:
    return all(_holds(clause, context.get(clause.question)) for clause in question.when)


def _holds(clause: Clause, answer: Understood | None) -> bool:
    if clause.test in {"is", "is not"}:
        said = answer is not None and (
            clause.value == answer.word
            or clause.value in answer.tags
            or (clause.value == "number" and answer.number is not None)
        )
        return said == (clause.test == "is")
    if answer is None or answer.number is None:
        return False
    return answer.number < float(clause.value) if clause.test == "<" else answer.number >= float(clause.value)


def understand(
    question: Question, text: str, context: Context, readers: Mapping[str, Reader]
) -> Understood | AskedBack | Problem:
    """Read one answer.

    Parameters
    ----------
    question : Question
        What was asked.
    text : str
        As typed.
    context : mapping of str to Understood
        Earlier answers.
    readers : mapping of str to callable
        By kind of question.

    Returns
    -------
    Understood, AskedBack or Problem
        Words that fit every question (I do not know, no more, remove) are read here.
    """
    plain = " ".join(text.split())
    folded = plain.casefold().replace("\u2019", "'").rstrip(".")
    if question.is_head and folded in _END_WORDS and not _is_choice(question, folded):
        return Understood(END, "no more")
    if question.group and folded in _REMOVE_WORDS:
        return Understood(LEFT_OUT, "left out")
    if not plain and question.default:
        plain = question.default
    if not plain:
        return Problem("", "nothing was typed", "an answer, or dk for: I do not know", question.example)
    if folded == "dk" and (named := _named_dk(question)):
        # Denmark is DK in the list of countries: neither meaning is chosen for the person.
        problem = Problem(
            "", f"'{plain}' may be {named} or: I do not know", "one of the two", "the whole word"
        )
        return AskedBack(problem, ((named, named), ("I do not know", "I do not know")))
    if folded in _UNKNOWN_WORDS:
        if any(word == "dk" for word, _ in question.choices):
            return readers[question.kind](question, "dk", context)
        return _unknown(question, readers)
    return readers[question.kind](question, plain, context)


def _is_choice(question: Question, folded: str) -> bool:
    return any(word != END and folded == word for word, _ in question.choices)


def _named_dk(question: Question) -> str:
    return next((meaning for word, meaning in question.choices if word == "DK"), "")


def _unknown(question: Question, readers: Mapping[str, Reader]) -> Understood | AskedBack | Problem:
    if question.needed == "yes":
        found = f"{question.title.lower()} is needed: nothing can be simulated without it"
        return Problem("", found, question.hint or " or ".join(word for word, _ in question.choices), "")
    if question.needed == "entry":
        return Understood(LEFT_OUT, "not known: this entry is left out, and the result does not hold it")
    if question.default:
        shown = f"not known: {question.default} is taken"
        read = readers[question.kind](question, question.default, {})
        if isinstance(read, Understood):
            return Understood(read.word, shown, read.lines, read.number, read.remarks, read.tags)
    if question.is_head:
        return Understood(UNKNOWN, "not known")
    return Understood(UNKNOWN, "not known: left open; the result lists what is taken instead")
