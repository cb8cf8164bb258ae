"""The foods of a diary, each found in the tables and weighed; what is not found is kept, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from calciroute.errors import InputError, Problem
from calciroute.intake.amount_words import AmountError, SpokenAmount, spoken_amount
from calciroute.intake.diary_cells import rows_of_table
from calciroute.intake.diary_lines import diary_lines
from calciroute.intake.diary_text import KIND, LIMIT_BYTES, diary_text_from, is_table
from calciroute.intake.food_search import Asked, Choice, Found, Unmatched, find_food
from calciroute.intake.food_spelling import words_in
from calciroute.intake.foods_together import foods_together
from calciroute.intake.line_part import Part
from calciroute.intake.no_food import no_food
from calciroute.intake.portions import Weighed, measures_of, weigh
from calciroute.intake.second_look import is_supplement, second_look
from calciroute.intake.written_food import WrittenFood
from calciroute.tables.foods import analyses_of
from calciroute.tables.people_fields import read_people_fields
from calciroute.tables.people_text import decode_people_text, read_people_text

# Near names take time: the first unknown foods get them, the rest are named without.
SUGGESTIONS = 25
# A text with so many words that no food is called by is no diary; each takes a moment to look for.
_MOST_UNKNOWN = 500
_MOST_LOOKED_OVER = 150
# So many usual portions at once are kept and asked about.
_MANY_PORTIONS = 15.0


@dataclass(frozen=True)
class EatenFood:
    """One food of a diary, found and weighed.

    Parameters
    ----------
    written : WrittenFood
        Its line.
    food, name : str
        Key in the tables; English name.
    matched, note : str
        Words of the table that were met; a choice that was made.
    weighed : Weighed
        Grams and how they were found.
    """

    written: WrittenFood
    food: str
    name: str
    matched: str
    note: str
    weighed: Weighed


@dataclass(frozen=True)
class OpenFood:
    """One food of a diary that is not found, or not weighed.

    Parameters
    ----------
    written : WrittenFood
        Its line.
    kind : {"unknown", "several", "unweighed", "supplement"}
        No food is called so; several are; the food is known and nobody says what that much of it weighs; the
        line names a supplement.
    reason : str
        What is open, in words.
    choices : tuple of Choice
        Foods that may be meant, never chosen.
    advice : str
        The next step.
    """

    written: WrittenFood
    kind: Literal["unknown", "several", "unweighed", "supplement"]
    reason: str
    choices: tuple[Choice, ...]
    advice: str

    def as_problem(self, more: int = 0) -> Problem:
        """The same as a problem, for who cannot go on without the food.

        Parameters
        ----------
        more : int, optional
            Other lines with the same words.

        Returns
        -------
        Problem
        """
        near = ", ".join(choice.word or choice.name for choice in self.choices)
        expected = {
            "unknown": f"a name of the food table{'; near: ' + near if near else ''}",
            "several": f"one of {near}",
            "unweighed": "an amount in g, or in a measure that the tables weigh",
            "supplement": "foods alone",
        }[self.kind]
        again = f" (and in {more} more lines)" if more else ""
        return Problem(self.written.where, self.reason + again, expected, self.advice)


def open_problems(left: Sequence[OpenFood]) -> list[Problem]:
    """Open foods as problems, each wording once with its first line.

    Parameters
    ----------
    left : sequence of OpenFood
        In file order.

    Returns
    -------
    list of Problem
    """
    groups: dict[str, list[OpenFood]] = {}
    for one in left:
        groups.setdefault(one.reason.casefold(), []).append(one)
    return [group[0].as_problem(len(group) - 1) for group in groups.values()]


@dataclass(frozen=True)
class DiaryFoods:
    """All foods of a diary.

    Parameters
    ----------
    where : str
        The file.
    eaten : tuple of EatenFood
        Found, in file order.
    open : tuple of OpenFood
        Not found.
    notes : tuple of str
        What was understood on the way.
    region : str or None
        Where the food is from.
    """

    where: str
    eaten: tuple[EatenFood, ...]
    open: tuple[OpenFood, ...]
    notes: tuple[str, ...]
    region: str | None


def read_foods_of(path: Path, region: str | None = None) -> DiaryFoods:
    """Read a diary file, a table or plain lines.

    Parameters
    ----------
    path : Path
        CSV with headings, or text with a food a line; at most 1 MB.
    region : str, optional
        Country of the food, two letters.

    Returns
    -------
    DiaryFoods

    Raises
    ------
    InputError
        With every line that cannot be read; foods that are not found are no error here.
    """
    file = read_people_text(Path(path), limit_bytes=LIMIT_BYTES, kind=KIND)
    table = True if Path(path).suffix.casefold() in {".csv", ".tsv"} else None
    return foods_of(file.text, region, file.where, file.notes, table=table)


def foods_of_bytes(content: bytes, region: str | None = None, where: str = "standard input") -> DiaryFoods:
    """Read a diary that came through a pipe; see `read_foods_of`.

    Parameters
    ----------
    content : bytes
        The whole diary.
    region : str, optional
        Country of the food, two letters.
    where : str, optional
        Name for messages.

    Returns
    -------
    DiaryFoods

    Raises
    ------
    InputError
        As `read_foods_of`.
    """
    if len(content) > LIMIT_BYTES:
        found = f"{len(content)} bytes"
        raise InputError([Problem(where, found, f"at most {LIMIT_BYTES}: a diary of days to weeks")])
    file = decode_people_text(content, where, KIND)
    return foods_of(file.text, region, where, file.notes)


def foods_of(
    text: str,
    region: str | None = None,
    where: str = "diary",
    notes: Iterable[str] = (),
    *,
    table: bool | None = None,
) -> DiaryFoods:
    r"""Read a diary from text.

    Parameters
    ----------
    text : str
        A table with headings, or plain lines.
    region : str, optional
        Country of the food, two letters.
    where : str, optional
        Name for messages.
    notes : iterable of str, optional
        What was understood before.
    table : bool, optional
        Whether it is a table; the first line tells where this is left out.

    Returns
    -------
    DiaryFoods

    Raises
    ------
    InputError
        As `read_foods_of`.

    Examples
    --------
    >>> foods = foods_of("2 slices gouda\n50 g natto\n100 g zorblax", "NL")
    >>> [(one.food, one.weighed.grams) for one in foods.eaten], [one.written.text for one in foods.open]
    ([('gouda', 60.0), ('natto', 50.0)], ['100 g zorblax'])
    """
    problems: list[Problem] = []
    said = list(notes)
    if is_table(text) if table is None else table:
        rows = rows_of_table(diary_text_from(text, where), problems)
    else:
        lines = diary_lines(text.removeprefix("\ufeff"), where, problems)
        if lines and all(line.day == "day 1" for line in lines):
            said.append("No day is named in the diary: all lines count as one day.")
        rows = []
        for line in lines:
            try:
                amount = spoken_amount(line.text)
            except AmountError as wrong:
                if is_supplement(line.text):
                    # "1000 IU vitamin D" is no slip in the weight of a food.
                    amount = SpokenAmount(None, None, "", line.text, line.text)
                    rows.append(WrittenFood(line.where, line.day, line.date, line.clock_h, line.text, amount))
                    continue
                problems.append(Problem(line.where, wrong.found, wrong.expected, wrong.advice))
                continue
            rows.append(WrittenFood(line.where, line.day, line.date, line.clock_h, line.text, amount))
    eaten, left = _found(rows, region, problems)
    if problems:
        problems += open_problems(left)
        problems.sort(key=_line_of)
        raise InputError(problems)
    if not eaten:
        raise InputError(open_problems(left))
    return DiaryFoods(where, tuple(eaten), tuple(left), tuple(said), region)


def _line_of(problem: Problem) -> int:
    tail = problem.where.rsplit(":", 1)[-1]
    return int(tail) if tail.isdigit() else 0


def _found(
    rows: Iterable[WrittenFood], region: str | None, problems: list[Problem]
) -> tuple[list[EatenFood], list[OpenFood]]:
    eaten: list[EatenFood] = []
    left: list[OpenFood] = []
    answers: dict[str, Found | Asked | Unmatched] = {}
    unknown = 0
    for row in rows:
        if reason := no_food(row.text):
            left.append(OpenFood(row, "unknown", reason, (), "the name of what was eaten, or no line"))
            continue
        word = f"{row.amount.whole.casefold()}\n{row.amount.food.casefold()}"
        if word not in answers:
            if unknown > _MOST_UNKNOWN:
                found = f"more than {_MOST_UNKNOWN} foods are not known; from here on nothing was looked up"
                problems.append(
                    Problem(row.where, found, "a diary of days to weeks", "is this the right file?")
                )
                break
            answers[word] = _look_up(row.amount, region)
            unknown += isinstance(answers[word], Unmatched)
        answer = answers[word]
        if not isinstance(answer, Found) and (parts := _looked_over(row.amount, region, unknown)):
            for part in parts:
                text = f"{part.amount.food} (in '{row.text}')" if len(parts) > 1 else row.text
                taken = replace(row, text=text, amount=part.amount)
                _sort_in(_weighed(taken, part.found, part.weighed(region), problems), eaten, left)
            continue
        if not isinstance(answer, Found) and is_supplement(row.text):
            left.append(_supplement(row))
            continue
        if isinstance(answer, Unmatched) and len(left) < SUGGESTIONS and not answer.near:
            answer = answers[word] = find_food(row.amount.food, region)
        if isinstance(answer, Found):
            amount = row.amount
            weighed = weigh(answer.food, amount.count, amount.measure, amount.size, region)
            _sort_in(_weighed(row, answer, weighed, problems), eaten, left)
        else:
            left.append(_open(row, answer))
    return eaten, left


def _looked_over(amount: SpokenAmount, region: str | None, unknown: int) -> tuple[Part, ...]:
    """Several foods, or one behind words that are no food; a text full of unknown words is no diary."""
    parts = foods_together(amount, region)
    return parts if parts or unknown > _MOST_LOOKED_OVER else second_look(amount, region)


def _supplement(row: WrittenFood) -> OpenFood:
    reason = f"'{_shown(row.text)}' is a supplement: its amounts stand on its label, not in a food table"
    advice = "'calciroute label' for its text, and [[supplement]] in the person file"
    return OpenFood(row, "supplement", reason, (), advice)


def _sort_in(one: EatenFood | OpenFood | None, eaten: list[EatenFood], left: list[OpenFood]) -> None:
    if isinstance(one, EatenFood):
        eaten.append(one)
    elif one is not None:
        left.append(one)


def _look_up(amount: SpokenAmount, region: str | None) -> Found | Asked | Unmatched:
    """A food may be called like a measure: ``cup cake``, ``large egg``."""
    if amount.whole != amount.food:
        whole = find_food(amount.whole, region, suggest=False)
        if isinstance(whole, Found) and words_in(whole.matched) == words_in(amount.whole):
            return whole
    return find_food(amount.food, region, suggest=False)


def _open(row: WrittenFood, answer: Asked | Unmatched) -> OpenFood:
    shown = _shown(row.amount.food)
    if isinstance(answer, Asked):
        advice = f"'{answer.choices[0].word or answer.choices[0].name}'"
        return OpenFood(row, "several", f"food '{shown}' may be several foods", answer.choices, advice)
    advice = f"'{answer.near[0].word or answer.near[0].name}'" if answer.near else "calciroute foods WORDS"
    return OpenFood(row, "unknown", f"food '{shown}' is not known", answer.near, advice)


def _weighed(
    row: WrittenFood, answer: Found, weighed: Weighed | None, problems: list[Problem]
) -> EatenFood | OpenFood | None:
    amount = row.amount
    if weighed is None:
        measures = ", ".join(f"{one.words} ({one.grams:g} g)" for one in measures_of(answer.food)[:4])
        said = (amount.measure or "piece").replace("_", " ")
        reason = f"how much a {said} of '{_shown(amount.food)}' ({answer.name}) weighs is not known"
        choice = Choice(answer.food, answer.name)
        return OpenFood(
            row, "unweighed", reason, (choice,), f"grams{', or: ' + measures if measures else ''}"
        )
    field = read_people_fields("diary_fields.csv")["diary"]["grams"]
    assert field.lower is not None
    assert field.upper is not None
    if not field.lower <= weighed.grams <= field.upper:
        found = f"'{_shown(row.text)}' is {weighed.grams:.4g} g"
        problems.append(Problem(row.where, found, field.band, "the weight eaten, in g"))
        return None
    return EatenFood(row, answer.food, answer.name, answer.matched, answer.note, weighed)


def many_portions(eaten: EatenFood) -> bool:
    """Whether a line holds more of a food than anybody eats at once: a factor may have slipped.

    Parameters
    ----------
    eaten : EatenFood
        Found and weighed.

    Returns
    -------
    bool
        True above fifteen usual portions; a food without a usual portion is never asked about.
    """
    rows = analyses_of(eaten.food)
    return bool(rows) and eaten.weighed.grams > _MANY_PORTIONS * rows[0].portion_g


def _shown(text: str) -> str:
    return re.sub(r"\s+", " ", "".join(mark if mark.isprintable() else " " for mark in text))[:60]
