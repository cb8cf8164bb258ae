"""The self-check as text and as one JSON object."""

from __future__ import annotations

from typing import Any

from calciroute.guide.self_check import GROUPS, SIGNS, CheckedItem, SelfCheck
from calciroute.purpose import PURPOSE
from calciroute.report.cited import cited
from calciroute.report.folded import folded
from calciroute.safety.gate_result import ClosedGates
from calciroute.safety.notices import STANDARD_NOTICE
from calciroute.safety.stop import ASK_COMMAND

NO_DIAGNOSIS = "Nothing here is a diagnosis. Every number is one of a group, none is a risk of one person."
_CARE = frozenset({"Q028", "Q043", "Q050"})  # findings of care among the risk markers and red flags
_COUNTS = frozenset({"meds.count", "conditions.count"})  # that there is one says nothing to a reader
_HEADINGS = (
    ("groups", "Groups and habits that trials and cohorts looked at"),
    ("signs", "Signs that belong to a doctor, not to a vitamin"),
    ("cautions", "What a plan takes into account"),
    ("data", "How good the data are"),
)


def sections_of(check: SelfCheck) -> dict[str, tuple[CheckedItem, ...]]:
    """The items that hold, by what they are to a reader.

    Parameters
    ----------
    check : SelfCheck
        From `calciroute.guide.self_check.check_person`.

    Returns
    -------
    dict of str to tuple of CheckedItem
        groups, signs, cautions and data; all empty where something needs a clinician first.
    """
    if check.red_flag:
        return {name: () for name, _ in _HEADINGS}
    held = [one for one in check.items if one.state == "yes"]
    of_care = [one for one in held if one.item.group in SIGNS or one.item.id in _CARE]
    return {
        "groups": tuple(one for one in held if one.item.group in GROUPS and one not in of_care),
        "signs": tuple(of_care),
        "cautions": tuple(
            one
            for one in held
            if one.item.group in {"gate", "filter", "red_flag"}
            and one not in of_care
            and one.item.field not in _COUNTS
        ),
        "data": tuple(one for one in held if one.item.group == "data_quality"),
    }


def check_text(check: SelfCheck, command: str, plan: str = "") -> str:
    """What the command prints.

    Parameters
    ----------
    check : SelfCheck
        From `calciroute.guide.self_check.check_person`.
    command : str
        The command that asks what is open.
    plan : str, optional
        The command that makes a plan, named where no gate is closed.

    Returns
    -------
    str
        A notice first where a gate is closed; lines of at most 100 signs.
    """
    lines: list[str] = []
    if isinstance(check.gates, ClosedGates):
        lines += [str(check.gates.notice).replace(ASK_COMMAND, command), ""]
    lines += [PURPOSE, STANDARD_NOTICE]
    sections = sections_of(check)
    for name, heading in _HEADINGS:
        if sections[name]:
            lines += ["", heading]
            lines += [f"- {item_words(one)}" for one in sections[name]]
    if not check.red_flag:
        lines += ["", NO_DIAGNOSIS, f"Gates: {_gates_words(check)}."]
    if check.open and not check.red_flag:  # under a red flag the notice names the command
        count = f"{len(check.open)} {'question is' if len(check.open) == 1 else 'questions are'} open"
        lines += ["", f"{count}. One at a time, in plain words: {command}"]
    if plan and check.gates.passed:
        lines += ["", f"Next, if a plan of 30 days is wanted: {plan}"]
    return folded(lines)


def item_words(one: CheckedItem) -> str:
    """An item that holds, in one paragraph.

    Parameters
    ----------
    one : CheckedItem
        With the state ``yes``.

    Returns
    -------
    str
        What holds and why, what was published, whom to talk to, and the source.
    """
    first = f"{one.item.id} {one.question.holds} ({one.because})."
    talk = f"Talk to: {one.question.talk_to}." if one.question.talk_to else ""
    source = cited(one.item.source, one.item.verified)
    return " ".join(word for word in (first, one.question.found, talk, f"Source: {source}.") if word)


def check_document(check: SelfCheck) -> dict[str, Any]:
    """The self-check as plain values.

    Parameters
    ----------
    check : SelfCheck
        From `calciroute.guide.self_check.check_person`.

    Returns
    -------
    dict
        ``purpose`` first; ``docs/plan.md`` names the rest.
    """
    gates = check.gates
    document: dict[str, Any] = {"purpose": PURPOSE, "notice": STANDARD_NOTICE, "kind": "self-check"}
    if isinstance(gates, ClosedGates):
        document["stopped"] = _stopped(gates)
    document["rules"] = {"date": gates.rules.date.isoformat(), "count": gates.rules.count}
    for name, items in sections_of(check).items():
        document[name] = [_item_document(one) for one in items]
    document["open"] = [
        {"id": one.item.id, "question": one.question.question, "state": one.state} for one in check.open
    ]
    document["note"] = NO_DIAGNOSIS
    return document


def stopped_document(gates: ClosedGates) -> dict[str, Any]:
    """What stands in place of a plan when a gate is closed.

    Parameters
    ----------
    gates : ClosedGates
        From `calciroute.safety.gates.ask_gates`.

    Returns
    -------
    dict
        ``purpose`` first, then what closed the plan and what opens it again.
    """
    return {
        "purpose": PURPOSE,
        "notice": STANDARD_NOTICE,
        "kind": "no plan",
        "stopped": _stopped(gates),
        "rules": {"date": gates.rules.date.isoformat(), "count": gates.rules.count},
    }


def _stopped(gates: ClosedGates) -> dict[str, Any]:
    closed = [
        {
            "id": one.gate,
            "kind": one.kind,
            "found": one.found,
            "talk_to": one.talk_to,
            "reopen": list(one.reopen),
        }
        for one in gates.closed
    ]
    return {"kind": gates.notice.kind, "text": str(gates.notice), "gates": closed}


def _item_document(one: CheckedItem) -> dict[str, Any]:
    return {
        "id": one.item.id,
        "holds": one.question.holds,
        "because": one.because,
        "found_in_groups": one.question.found or None,
        "talk_to": one.question.talk_to or None,
        "source": one.item.source or None,
        "checked": not one.unverified,
    }


def _gates_words(check: SelfCheck) -> str:
    if isinstance(check.gates, ClosedGates):
        return "not all are answered, so no plan is shown yet"
    return check.gates.rules.nothing_matched if not check.gates.interactions else _met(check)


def _met(check: SelfCheck) -> str:
    ids = [one.rule for one in check.gates.interactions]
    rules = f"{len(ids)} {'rule is' if len(ids) == 1 else 'rules are'} met ({', '.join(ids)})"
    return f"none is closed; {rules}, told with a plan"
