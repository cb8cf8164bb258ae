"""What only the whole label can tell: the form of a family, totals, salts, amounts that stand twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from calciroute.errors import Problem
from calciroute.intake.label_amounts import LabelAmount, Reading, read_group, salt_question, substance_of
from calciroute.intake.label_groups import Group, group_line
from calciroute.intake.label_line import Line
from calciroute.intake.label_meaning import VITAMERS, Meant, meaning_of
from calciroute.intake.label_serving import Servings, columns_of
from calciroute.intake.substance_amount import printed

FORM_NOT_NAMED = "the form is not named"
# A unit that no number stands before: "l00 mcg" of a scan.
_UNIT_WORD = re.compile(r"(?:mcg|[uµμ]g|mg|iu|i\.e\.)(?![^\W_])", re.IGNORECASE)


def families_of_k(
    families: list[tuple[Line, Group, Meant]], found: list[LabelAmount], block: Sequence[Line],
    servings: Servings, reading: Reading,
) -> list[LabelAmount]:  # fmt: skip
    """An amount of K2 or K: a total beside its members, or the one form that the label names elsewhere."""
    totals: list[LabelAmount] = []
    for line, group, meant in families:
        members = [
            one
            for one in found
            if one.substance in VITAMERS and (meant.substance == "K" or one.substance != "K1")
        ]
        if members:
            total = read_group(
                group,
                replace(meant, substance=members[0].substance),
                line,
                columns_of(line, servings),
                reading,
            )
            if total is None:
                continue
            if sum(one.amount for one in members if one.per == total.per) > 1.05 * total.amount:
                words = " + ".join(printed(one.substance) for one in members)
                text = f"{printed(meant.substance)} '{total.written}' is less than {words}"
                reading.problems.append(Problem(reading.place(line), text, "a total that holds its parts"))
                continue
            totals.append(replace(total, substance=meant.substance))
            continue
        named = _forms_named(block, meant.substance)
        if len(named) == 1:
            ((form, place),) = named.items()
            amount = read_group(
                group,
                replace(meant, substance=form),
                line,
                columns_of(line, servings),
                reading,
            )
            if amount is not None:
                note = f"{printed(form)} is named in line {place}"
                found.append(replace(amount, notes=(*amount.notes, note)))
            continue
        totals += _without_form(group, meant, line, servings, reading)
        shown = f"'{line.written.strip()[:60]}'"
        kind, words = "form", f"{shown} does not say which form it is"
        if named:
            kind, words = "split", f"{shown} is one amount for {' + '.join(map(printed, named))}"
        advice = "K1, MK-4 and MK-7 differ in dose and half-life: look for the form, or ask the maker"
        reading.ask(kind, Problem(reading.place(line), words, "MK-7, MK-4 or K1 with its amount", advice))
    return totals


def _without_form(
    group: Group, meant: Meant, line: Line, servings: Servings, reading: Reading
) -> list[LabelAmount]:
    """The amount of a family whose form is not named: shown, never added to that of any form."""
    # The band of MK-7 is the narrowest: milligrams of an unnamed form are a question alone.
    aside = replace(reading, problems=[], kinds={}, confirmed=())
    amount = read_group(group, replace(meant, substance="MK7"), line, columns_of(line, servings), aside)
    if amount is None or aside.problems:
        return []
    return [replace(amount, substance=meant.substance, notes=(*amount.notes, FORM_NOT_NAMED))]


def _forms_named(block: Sequence[Line], family: str) -> dict[str, int]:
    forms = VITAMERS if family == "K" else VITAMERS[1:]
    found: dict[str, int] = {}
    for line in block:
        if line.has("claim"):
            continue
        for name in line.names:
            if name.meaning in forms:
                found.setdefault(name.meaning, line.number)
    return found


def compounds_of(
    compounds: list[tuple[Line, Group, Meant]],
    found: list[LabelAmount],
    servings: Servings,
    reading: Reading,
) -> None:
    """A salt or an oil with its own amount: nothing to ask where mineral or omega-3 stands too."""
    known = {one.substance for one in found}
    for line, group, meant in compounds:
        if meant.substance == "fish oil":
            if not known & {"omega3", "EPA", "DHA"}:
                text = f"'{line.written.strip()[:60]}' is the mass of an oil"
                reading.problems.append(
                    Problem(
                        reading.place(line),
                        text,
                        "EPA and DHA with their amounts",
                        substance_of("fish oil").words,
                    )
                )
        elif meant.substance not in known and line.number in reading.confirmed:
            amount = read_group(
                group,
                replace(meant, only_salt=False),
                line,
                columns_of(line, servings),
                reading,
            )
            found += [amount] if amount else []
        elif meant.substance not in known and group.amounts:
            reading.ask("salt", salt_question(meant, group.amounts[0], reading.place(line)))


def each_once(found: list[LabelAmount], servings: Servings, reading: Reading) -> list[LabelAmount]:
    """One amount a substance; two that differ are a question and none of them is kept."""
    kept: list[LabelAmount] = []
    for substance in dict.fromkeys(one.substance for one in found):
        same = [one for one in found if one.substance == substance]
        if all(abs(one.amount - same[0].amount) <= 0.01 * same[0].amount for one in same):
            kept.append(same[0])
            continue
        listed = ", ".join(f"'{one.written}' in line {one.line}" for one in same)
        found_words = f"{printed(substance)} has several amounts: {listed}"
        advice = "keep the lines of one table"
        reading.problems.append(
            Problem(f"{reading.where}:{same[-1].line}", found_words, "one amount a substance", advice)
        )
    return kept


def without_amount(
    lonely: list[tuple[Line, Meant]],
    amounts: Sequence[LabelAmount],
    totals: Sequence[LabelAmount],
    in_table: bool,
    reading: Reading,
) -> None:
    """A bare number is asked for its unit, and a vitamin K of a table that has no amount for one."""
    known = {one.substance for one in (*amounts, *totals)}
    if known & set(VITAMERS):
        known |= {"K", "K2"}
    asked = {problem.where for problem in reading.problems}
    for line, meant in lonely:
        place, name = reading.place(line), printed(meant.substance)
        if meant.substance in known or place in asked:
            continue
        bare = meant.question
        if bare:
            advice = f"'{bare} mcg' or '{bare} mg', as the pack says"
            reading.ask("", Problem(place, f"{name} '{bare}' has no unit", "a number with its unit", advice))
        elif _UNIT_WORD.search(line.plain) and not line.amounts:
            advice = "a digit may be a letter here: write the number again"
            reading.ask(
                "", Problem(place, f"{name} stands beside a unit without a number", "its amount", advice)
            )
        elif (in_table and meant.substance in {"K", "K2", *VITAMERS}) or (
            # "D3 & K2 100 mcg": the amount stands with one of them; "Vitamin E" has a line for itself.
            amounts and _says_little(line) and meant.substance in _ASKED
        ):
            advice = "where the pack has none, nothing can be counted"
            reading.ask("", Problem(place, f"{name} is named without an amount", "its amount", advice))
        asked.add(place)


# Substances with an upper level or a rule of ours: none of them is left out in silence.
_ASKED = {"D3", "D2", "K", "K2", *VITAMERS, "A", "E", "natural E", "synthetic E", "calcium", "magnesium"}


def _says_little(line: Line) -> bool:
    """Whether a line holds digits beside its names, or nothing beside them: its amount got lost."""
    text = list(line.lower)
    for name in line.names:
        text[name.start : name.end] = " " * (name.end - name.start)
    rest = "".join(text)
    return bool(re.search(r"[0-9]", rest)) or not re.search(r"[^\W\d_]", rest)


def beside_table(
    block: Sequence[Line],
    counted: Sequence[Line],
    amounts: Sequence[LabelAmount],
    servings: Servings,
    reading: Reading,
) -> None:
    """An amount in the title that fits no count of pieces of the table is a question."""
    table = {line.number for line in counted}
    for line in block[:3]:
        if line.number in table or line.has("claim", "ends"):
            continue
        for group in group_line(line):
            if not group.names or not group.amounts:
                continue
            meant = meaning_of(group.names)
            known = next((one for one in amounts if one.substance == meant.substance), None)
            if known is None or meant.only_salt:
                continue
            aside = Reading(
                reading.where,
                reading.market,
                reading.year,
                (line.number,),
                reading.point_decimal,
                reading.comma_decimal,
            )
            title = read_group(group, meant, line, (known.per,), aside)
            if title is None:
                continue
            count = known.per.count or 1.0
            apart = [abs(title.amount * times - known.amount) for times in (1.0, count)]
            if min(apart) > 0.05 * known.amount:
                both = f"'{title.written}' stands in the title and '{known.written}' in line {known.line}"
                text = f"{printed(known.substance)} {both}"
                reading.problems.append(
                    Problem(
                        reading.place(line), text, "one amount", "look at the pack which of the two holds"
                    )
                )
