"""An answer about labels as text of at most 100 columns, and as plain values."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from typing import Any

from calciroute.intake.label import Label
from calciroute.intake.label_amounts import LabelAmount
from calciroute.intake.label_day import DaySum, amount_words, body_name
from calciroute.intake.label_findings import Finding
from calciroute.intake.label_whole import FORM_NOT_NAMED
from calciroute.intake.substance_amount import printed
from calciroute.purpose import PURPOSE
from calciroute.report.cited import cited
from calciroute.report.label import LabelReport
from calciroute.report.look import TERMINAL_WIDTH
from calciroute.safety.notices import STANDARD_NOTICE
from calciroute.units.expression import convert

QUOTES = "Words between 'these marks' are those of the label."


def label_text(report: LabelReport) -> str:
    """What the command prints.

    Parameters
    ----------
    report : LabelReport
        From `calciroute.report.label.read_label`.

    Returns
    -------
    str
        A notice first where a person needs a clinician; lines of at most 100 signs.
    """
    lines: list[str] = []
    if report.notice is not None:
        lines += [*str(report.notice).split("\n"), ""]
    lines += [PURPOSE, STANDARD_NOTICE, QUOTES]
    for number, label in enumerate(report.labels, 1):
        lines += ["", *_label_lines(label, number)]
    lines += ["", *_finding_lines(report), *_sum_lines(report), *_interaction_lines(report)]
    return "\n".join(_folded(lines))


def quoted(text: str) -> str:
    """Words of a label in a marked quote, printable, at most 60 signs.

    Parameters
    ----------
    text : str
        As written.

    Returns
    -------
    str
    """
    return f"'{''.join(sign if sign.isprintable() else ' ' for sign in text)[:60]}'"


def name_words(substance: str) -> str:
    """A substance as a line begins: ``vitamin D3`` for ``D3``.

    Parameters
    ----------
    substance : str
        Id of ``substances.csv``.

    Returns
    -------
    str

    Examples
    --------
    >>> name_words("D3"), name_words("MK7"), name_words("DHA")
    ('vitamin D3', 'MK-7', 'DHA')
    """
    name = printed(substance)
    return f"vitamin {name}" if re.fullmatch(r"[ABCDEK][0-9]{0,2}", name) else name


def _label_lines(label: Label, number: int) -> list[str]:
    lines = [f"Label {number}: {quoted(label.title)}, line {label.first_line}", f"  {_per_words(label)}"]
    for one in (*label.amounts, *label.totals):
        lines.append(f"  {_amount_line(one, one in label.totals)}")
    if label.questions:
        lines.append("  Look at the pack; these amounts do not count until then:")
        lines += [f"  - {question.problem}" for question in label.questions]
    if label.unchecked:
        listed = ", ".join(f"{quoted(one.written.strip())} in line {one.line}" for one in label.unchecked)
        lines.append(f"  No rule of ours knows: {listed}.")
    return lines


def _per_words(label: Label) -> str:
    per = label.servings.per
    words = " | ".join(str(one) for one in per)
    held = f"Amounts per {words}" if per[0].kind != "unknown" else "Per what the amounts are is not said"
    directions = label.servings.directions
    if directions.pieces is None:
        return f"{held}. The label names no amount of a day."
    return f"{held}. A day: {directions.pieces:.3g} x {directions.piece} (line {directions.line})."


def _amount_line(one: LabelAmount, total: bool) -> str:
    share = f", {one.share:g} % of a daily value" if one.share is not None else ""
    notes = f" ({'; '.join(one.notes)})" if one.notes else ""
    whole = total and FORM_NOT_NAMED not in one.notes
    name = f"{name_words(one.substance)} in all" if whole else name_words(one.substance)
    return f"{name}: {one.understood} per {one.per}. Line {one.line} has {quoted(one.written)}{share}{notes}"


def _finding_lines(report: LabelReport) -> list[str]:
    rules = f"rule set of {report.rule_date.isoformat()}; {report.rules} rules"
    if not report.findings:
        return [f"No rule of ours matched ({rules})."]
    lines = [f"What rules found ({rules})"]
    return lines + [f"- {finding_words(one, len(report.labels))}" for one in report.findings]


def finding_words(one: Finding, labels: int = 1) -> str:
    """A finding in one paragraph.

    Parameters
    ----------
    one : Finding
        Of a label or of all together.
    labels : int, optional
        How many labels there are; with one it is not named.

    Returns
    -------
    str
    """
    place = [f"label {one.label}"] if labels > 1 and one.label else []
    place += [f"line {one.line}"] if one.line else []
    where = f" {', '.join(place)}" if place else ""
    severity = one.severity.replace("_", " ")
    said = f"{_sentence(one.found)} {_sentence(one.next_step)}"
    return f"{severity} ({one.rule}{where}): {said} Source: {cited(one.source, one.verified)}."


def _sum_lines(report: LabelReport) -> list[str]:
    if not report.sums:
        return []
    age = "" if report.age_known else ", lowest level of an adult as no age was given"
    lines = ["", f"A day of all products, beside upper levels of {body_name(report.body)}{age}"]
    return lines + [f"- {_sum_words(total)}" for total in report.sums]


def _sum_words(total: DaySum) -> str:
    amount = amount_words(total.amount, total.unit)
    assumed = sorted({part.assumed for part in total.parts if part.assumed})
    how = f" (assumed: {', '.join(assumed)})" if assumed else ""
    missing = (
        f"; {total.not_counted} product{'' if total.not_counted == 1 else 's'} not counted"
        if total.not_counted
        else ""
    )
    if total.level is None:
        return f"{total.name}: {amount}{how}{missing}. {_sentence(total.no_level)}"
    level = amount_words(total.level, total.unit)
    kind = "supplements alone" if total.supplements_only else "food comes on top"
    side = "above" if total.over else "not above"
    beside = f"{side} the upper level of {level} ({total.level_row}; {kind})"
    return f"{total.name}: {amount}{how}{missing}; {beside}."


# Words of the rules -> words of a reader.
_MEETS = {
    "K2": "vitamin K2", "K1": "vitamin K1", "Ca": "calcium", "Mg": "magnesium", "Fe": "iron", "Zn": "zinc",
    "D": "vitamin D", "A": "vitamin A", "E": "vitamin E", "P": "phosphorus", "green_powder": "a green powder",
}  # fmt: skip


def _interaction_lines(report: LabelReport) -> list[str]:
    if not report.interactions:
        return []
    lines = ["", "Rules about this person and what these products hold, for a doctor or pharmacist"]
    for one in report.interactions:
        about = ", ".join(_MEETS.get(word, word.replace("_", " ")) for word in one.meets)
        because = ", ".join(one.because) or "any person"
        head = f"{one.severity.replace('_', ' ')} ({one.rule}): {because} and {about}."
        lines.append(f"- {head} Source: {cited(one.source, one.verified)}.")
    return lines


def _sentence(words: str) -> str:
    text = words[:1].upper() + words[1:]
    return text if text.endswith((".", "?")) else f"{text}."


def _folded(lines: Iterable[str]) -> list[str]:
    folded: list[str] = []
    for line in lines:
        indent = line[: len(line) - len(line.lstrip(" "))]
        indent += "  " if line.lstrip(" ").startswith("- ") else ""
        folded += textwrap.wrap(line, TERMINAL_WIDTH, subsequent_indent=indent, break_on_hyphens=False) or [
            ""
        ]
    return folded


def label_document(report: LabelReport) -> dict[str, Any]:
    """The answer as plain values.

    Parameters
    ----------
    report : LabelReport
        From `calciroute.report.label.read_label`.

    Returns
    -------
    dict
        ``purpose`` first; ``docs/labels.md`` names the rest. Every amount has its unit beside it.
    """
    document: dict[str, Any] = {"purpose": PURPOSE, "notice": STANDARD_NOTICE, "kind": "label"}
    if report.notice is not None:
        document["stopped"] = {
            "kind": report.notice.kind,
            "text": str(report.notice),
            "gates": list(report.notice.gates),
        }
    document["rules"] = {"date": report.rule_date.isoformat(), "count": report.rules}
    document["labels"] = [_label_document(label) for label in report.labels]
    document["findings"] = [
        {"rule": one.rule, "severity": one.severity, "label": one.label or None, "line": one.line or None,
         "found": one.found, "next": one.next_step, "source": one.source or None,
         "checked": one.verified != "memory"}
        for one in report.findings
    ]  # fmt: skip
    document["body"] = body_name(report.body)
    document["a_day"] = [_sum_document(total) for total in report.sums]
    document["interactions"] = [
        {"rule": one.rule, "severity": one.severity, "because": list(one.because), "meets": list(one.meets),
         "before_h": one.before_h, "after_h": one.after_h, "source": one.source or None}
        for one in report.interactions
    ]  # fmt: skip
    return document


def _label_document(label: Label) -> dict[str, Any]:
    directions = label.servings.directions
    return {
        "title": label.title,
        "line": label.first_line,
        "market": label.market,
        "per": [str(one) for one in label.servings.per],
        "a_day": None
        if directions.pieces is None
        else {"pieces": directions.pieces, "piece": directions.piece, "line": directions.line},
        "contents": [_amount_document(one) for one in label.amounts],
        "totals": [_amount_document(one) for one in label.totals],
        "asked": [
            {"kind": one.kind or None, "line": one.line or None, "found": one.problem.found,
             "expected": one.problem.expected, "try": one.problem.advice}
            for one in label.questions
        ],
        "not_checked": [{"line": one.line, "written": one.written} for one in label.unchecked],
    }  # fmt: skip


def _amount_document(one: LabelAmount) -> dict[str, Any]:
    return {
        "substance": one.substance,
        "name": name_words(one.substance),
        "amount": one.amount,
        "unit": one.unit,
        "amount_mg": convert(one.amount, one.unit, "mg"),
        "understood": one.understood,
        "written": one.written,
        "line": one.line,
        "per": str(one.per),
        "share_percent": one.share,
        "salts": list(one.salts),
        "notes": list(one.notes),
    }


def _sum_document(total: DaySum) -> dict[str, Any]:
    return {
        "name": total.name,
        "amount": total.amount,
        "unit": f"{total.unit}/d",
        "upper_level": total.level,
        "upper_level_row": total.level_row or None,
        "no_level": total.no_level or None,
        "above": total.over if total.level is not None else None,
        "supplements_only": total.supplements_only if total.level is not None else None,
        "not_counted": total.not_counted,
        "parts": [
            {
                "label": part.label,
                "amount": part.a_day,
                "unit": f"{total.unit}/d",
                "assumed": part.assumed or None,
            }
            for part in total.parts
        ],
    }
