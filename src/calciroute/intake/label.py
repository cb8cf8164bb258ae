"""The text of supplement labels: substances, forms, amounts and per what; what is not clear is asked.

An amount is right or it is a question. A number never changes by a factor in silence: marks that may
part decimals or thousands, units in capitals, raised digits, ranges and two prints that disagree are all
questions.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from calciroute.errors import InputError, Problem
from calciroute.intake.label_amounts import LabelAmount, Reading, read_group, substance_of
from calciroute.intake.label_groups import Group, group_line, salt_alone, without_sources
from calciroute.intake.label_line import Amount, Line, find_pieces
from calciroute.intake.label_lines import PARTED, label_lines
from calciroute.intake.label_meaning import Meant, meaning_of
from calciroute.intake.label_serving import Servings, columns_of, read_servings
from calciroute.intake.label_whole import beside_table, compounds_of, each_once, families_of_k, without_amount
from calciroute.intake.substance_amount import printed
from calciroute.tables.label_words import find_label_words

LABELS_LIMIT = 30
_POINT = re.compile(
    r"(?<![0-9.,])(?:[0-9]+\.[0-9]{1,2}|0\.[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+)(?![0-9.,])"
)
_COMMA = re.compile(r"(?<![0-9.,])(?:[0-9]+,[0-9]{1,2}|0,[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+)(?![0-9.,])")
_DATE = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{2,4}|[0-9]{1,2}\.[0-9]{4}")
# Lines whose numbers are about the pack, not about a substance.
_PACK = re.compile(
    r"net (?:wt|weight|content)|nettof|netto|inhalt:|poids net|peso net|lot|charge|内容量|upc|ean"
)
_FLAGS = ("natto", "nattokinase", "redyeast", "green", "blend")


@dataclass(frozen=True)
class Unchecked:
    """A line with an amount of something that no rule of ours knows."""

    line: int
    written: str


@dataclass(frozen=True)
class Question:
    """What has to be looked at on the pack before an amount counts.

    Parameters
    ----------
    kind : str
        thousandfold, iu, share, salt, split, form, menadione, which; empty for any other reason.
    line : int
        Where it stands.
    problem : Problem
        What was found, what was expected, the next step.
    """

    kind: str
    line: int
    problem: Problem


@dataclass(frozen=True)
class Label:
    """One label as understood.

    Parameters
    ----------
    title : str
        Its first line, as written.
    first_line : int
        Line of the title.
    lines : tuple of Line
        All of them.
    servings : Servings
        Per what, and how many a day.
    amounts : tuple of LabelAmount
        In the order of the label, each substance once.
    totals : tuple of LabelAmount
        Totals of a family beside its members, such as K2 beside MK-7; never added to them.
    questions : tuple of Question
        What has to be looked at on the pack.
    unchecked : tuple of Unchecked
        Lines about other substances.
    market : str or None
        US, EU, or not known.
    """

    title: str
    first_line: int
    lines: tuple[Line, ...]
    servings: Servings
    amounts: tuple[LabelAmount, ...]
    totals: tuple[LabelAmount, ...]
    questions: tuple[Question, ...]
    unchecked: tuple[Unchecked, ...]
    market: str | None

    def amount_of(self, substance: str) -> LabelAmount | None:
        """The amount of one substance, or None."""
        return next((one for one in self.amounts if one.substance == substance), None)

    def has(self, *kinds: str) -> bool:
        """Whether words of a kind stand anywhere on the label."""
        return any(line.has(*kinds) for line in self.lines)


def read_labels(
    text: str,
    where: str = "label",
    market: str | None = None,
    year: int | None = None,
    confirmed: Collection[int] = (),
) -> tuple[Label, ...]:
    r"""Read one or several labels; a line of ``---`` parts them.

    Parameters
    ----------
    text : str
        At most 64 kB.
    where : str
        Name for messages.
    market : {"US", "EU"}, optional
        Whose daily values the shares mean.
    year : int, optional
        Of the label; daily values of the US changed in 2016.
    confirmed : collection of int, optional
        Lines whose amount a person has looked at again; what would be asked there is taken.

    Returns
    -------
    tuple of Label

    Raises
    ------
    InputError
        When the text, or one of its labels, holds nothing that can be read.

    Examples
    --------
    >>> label = read_labels("Vitamin K2 MK-7\nper capsule: vitamin K2 (MK-7) 180 mcg")[0]
    >>> label.amounts[0].understood, str(label.amounts[0].per)
    ('180 mcg = 0.18 mg', '1 capsule')
    >>> print(read_labels("MK-7 100 mg per capsule")[0].questions[0].problem.found)
    MK-7 '100 mg' is 100000 mcg in one dose
    """
    lines = label_lines(text, where)
    blocks: list[list[Line]] = [[]]
    for line in lines:
        if PARTED.fullmatch(line.written):
            blocks.append([])
        elif line.written.strip():
            blocks[-1].append(line)
    blocks = [block for block in blocks if block]
    if not blocks:
        blocks = [[line for line in lines if line.written.strip()]]
    problems: list[Problem] = []
    if len(blocks) > LABELS_LIMIT:
        raise InputError(
            [Problem(where, f"{len(blocks)} labels", f"at most {LABELS_LIMIT}", "give them in parts")]
        )
    labels: list[Label] = []
    for block in blocks:
        label = _read_block(block, Reading(where, market, year, confirmed))
        if not (label.amounts or label.totals or label.questions or label.has(*_FLAGS)):
            problems.append(_nothing(block, where))
        labels.append(label)
    if problems:
        raise InputError(problems)
    return tuple(labels)


def _nothing(block: Sequence[Line], where: str) -> Problem:
    named = next((line for line in block if line.names), None)
    place = f"{where}:{(named or block[0]).number}"
    expected = "a substance with its amount, such as 'Vitamin K2 (MK-7) 180 mcg'"
    if named is not None:
        return Problem(
            place,
            "a substance is named, but no amount with a unit is found",
            expected,
            "add the lines of the table",
        )
    return Problem(
        place, "no substance of a label is found here", expected, "type the table of the label, line by line"
    )


def _read_block(block: Sequence[Line], reading: Reading) -> Label:
    texts = [_DATE.sub(" ", line.plain) for line in block]
    us_table = any("supplement facts" in line.lower for line in block)
    reading.point_decimal = us_table or any(_POINT.search(text) for text in texts)
    reading.comma_decimal = any(_COMMA.search(text) for text in texts)
    if reading.market is None:
        markets = {word.meaning for line in block for word in line.words("market")}
        reading.market = "EU" if markets == {"EU"} else "US" if us_table else None
    servings = read_servings(block)
    counted = _counted(block)
    found: list[LabelAmount] = []
    families: list[tuple[Line, Group, Meant]] = []
    compounds: list[tuple[Line, Group, Meant]] = []
    unchecked: list[Unchecked] = []
    lonely: list[tuple[Line, Meant]] = []
    for line, group in _groups(counted, unchecked):
        meant = meaning_of(without_sources(group, line), group.part)
        place = reading.place(line)
        if (group.unsure and group.amounts) or group.loose:
            named = printed(meant.substance or group.names[0].meaning)
            shown = f"an amount and {named} beside words that are not known here"
            advice = "write each substance with its amount on a line of its own"
            reading.ask("which", Problem(place, shown, "one name and its amount", advice))
        elif meant.question:
            if group.amounts or group.shares:
                advice = "write the amount of each, as the table of the label gives them"
                kind = "split" if "split" in meant.question else "which"
                reading.ask(kind, Problem(place, meant.question, "one amount a substance", advice))
        elif meant.substance == "dihydro-K1":
            unchecked.append(Unchecked(line.number, line.written))
        elif group.compound and not group.amounts:
            shown = f"'{group.compound[0].text}' is the amount of a source of {printed(meant.substance)}"
            reading.ask("salt", Problem(place, shown, f"the mass of {printed(meant.substance)} itself"))
        elif not (group.amounts or group.shares):
            lonely.append((line, replace(meant, question=group.bare[0].text if group.bare else "")))
        elif meant.substance in ("K", "K2"):
            families.append((line, group, meant))
        elif meant.substance == "fish oil" or meant.only_salt or (meant.salts and salt_alone(group, line)):
            compounds.append((line, group, meant))
        elif substance_of(meant.substance).state == "refuse":
            words = f"'{line.written.strip()[:60]}' is no vitamin for people"
            advice = substance_of(meant.substance).words
            reading.ask("menadione", Problem(place, words, "a named form", advice))
        else:
            amount = read_group(group, meant, line, columns_of(line, servings), reading)
            found += [amount] if amount else []
    totals = families_of_k(families, found, block, servings, reading)
    compounds_of(compounds, found, servings, reading)
    amounts = each_once(found, servings, reading)
    without_amount(lonely, amounts, totals, any(line.has("facts") for line in counted), reading)
    beside_table(block, counted, amounts, servings, reading)
    return Label(
        block[0].written.strip(), block[0].number, tuple(block), servings, tuple(amounts), tuple(totals),
        tuple(_question(problem, reading) for problem in dict.fromkeys(reading.problems)),
        tuple(unchecked), reading.market,
    )  # fmt: skip


def _question(problem: Problem, reading: Reading) -> Question:
    line = problem.where.rpartition(":")[2]
    return Question(reading.kinds.get(problem, ""), int(line) if line.isdigit() else 0, problem)


def _counted(block: Sequence[Line]) -> list[Line]:
    """The lines whose amounts count: the table where there is one, else all but what follows it."""
    start = next((number for number, line in enumerate(block) if line.has("facts")), None)
    table = _until_end(block[start:]) if start is not None else []
    if any(line.names and (line.amounts or line.shares or line.bare) for line in table):
        return table
    return _until_end(block)


def _until_end(lines: Sequence[Line]) -> list[Line]:
    kept: list[Line] = []
    inside = True
    for line in lines:
        ends = [word for word in line.words("ends") if word.start <= 2]
        table = (
            (line.names and line.amounts)
            or (line.has("per") and line.has("piece", "day", "serving"))
            or (line.has("facts") and not line.has("free"))
        )
        if ends and not table:
            inside = False
        elif not inside and line.has("facts"):
            inside = True
        if inside:
            kept.append(line)
    return kept


def _groups(lines: Sequence[Line], unchecked: list[Unchecked]) -> list[tuple[Line, Group]]:
    """Groups with names; an amount alone on the next line belongs to the name before it."""
    found: list[tuple[Line, Group]] = []
    waiting: tuple[Line, Group] | None = None
    for line in lines:
        groups = group_line(line)
        pieces = find_pieces(line)
        if waiting and len(groups) == 1 and not groups[0].names and not pieces and not _letters(line):
            waiting[1].amounts += groups[0].amounts
            waiting[1].shares += groups[0].shares
            waiting = None
            continue
        named = [group for group in groups if group.names]
        if named:
            unchecked += [Unchecked(line.number, group.words) for group in groups if group.words]
        counts = {piece.start for piece in pieces}
        for group in named:
            group.bare = [one for one in group.bare if not _counts(one, counts, line)]
        found += [(line, group) for group in named]
        last = named[-1] if named else None
        alone = last is not None and not (last.amounts or last.shares or last.bare)
        waiting = (line, last) if last is not None and alone else None
        if (
            any(group.amounts for group in groups)
            and not named
            and not line.has("weight", "serving")
            and not pieces
            and not _PACK.search(line.lower)
            and _letters(line)
        ):
            unchecked.append(Unchecked(line.number, line.written))
    return found


def _counts(bare: Amount, pieces: set[int], line: Line) -> bool:
    """Whether a number counts pieces, as in "60 vegan capsules"; "500 per tablet" does not."""
    behind = [line.lower[bare.end : start] for start in pieces if 0 <= start - bare.end <= 16]
    return any(not find_label_words(between, "per") for between in behind)


def _letters(line: Line) -> bool:
    text = list(line.lower)
    for amount in (*line.amounts, *line.shares):
        text[amount.start : amount.end] = " " * (amount.end - amount.start)
    rest = re.sub(r"nrv|vnr|vrn|dv|rae", "", "".join(text))
    return len(re.findall(r"[^\W\d_]", rest)) > 2
