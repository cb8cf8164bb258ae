"""What a journal shows: doses taken and missed, and whether readings moved by more than they scatter.

The first window stays where it is, so that a trend is never counted from a day that was chosen afterwards. A
day without an entry is not known: it counts neither as taken nor as missed.
"""

from __future__ import annotations

import datetime
import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, variance
from typing import Literal

from calciroute.guide.journal_entry import Entry, Reading
from calciroute.tables.journal_rules import JournalRule, read_journal_rules
from calciroute.tables.people_fields import read_people_fields
from calciroute.tables.repeatability import rule_for
from calciroute.units.quantity import shown_unit

NOT_ENOUGH: Literal["not enough data"] = "not enough data"
Verdict = Literal[
    "not enough data", "within what chance moves", "more than chance moves", "chance is not known", ""
]
_PLACE = {"coronary_calcium": "CAC_agatston", "BMD_lumbar": "BMD_lumbar_spine"}


@dataclass(frozen=True)
class Shown:
    """One line of the summary.

    Parameters
    ----------
    measure : str
        Product, reading or test.
    kind : {"dose", "reading", "lab"}
        What it is.
    verdict : str
        ``not enough data``, or where the difference lies beside chance; empty for doses.
    sentence : str
        For people.
    first, last : float or None
        Means of the first and the last window, or the first and last value, in `unit`.
    unit : str
        Of both; empty for doses.
    entries, days : int
        How many entries of how many days stand behind it.
    needed : str
        What would be enough, and why.
    """

    measure: str
    kind: Literal["dose", "reading", "lab"]
    verdict: Verdict
    sentence: str
    first: float | None
    last: float | None
    unit: str
    entries: int
    days: int
    needed: str


Value = tuple[datetime.date, float]


def summarise(entries: Iterable[Entry]) -> tuple[Shown, ...]:
    """What the entries of a journal show.

    Parameters
    ----------
    entries : iterable of Entry
        Those that count.

    Returns
    -------
    tuple of Shown
        Doses, then pressure and weight, then laboratory values and scans.

    Examples
    --------
    >>> summarise([])
    ()
    """
    kept = sorted((entry for entry in entries if entry.kept), key=lambda one: one.when)
    rules = read_journal_rules()
    shown = [*_doses([one for one in kept if one.kind == "dose"], rules["adherence"])]
    for name in ("SBP", "DBP", "weight"):
        kind = "weight" if name == "weight" else "pressure"
        values = _values(kept, kind, name)
        if values:
            shown.append(_windows(rules[name], values))
    for name in dict.fromkeys(r.name for one in kept if one.kind == "lab" for r in one.content.readings):
        shown.append(_test(rules["lab"], name, [one for one in kept if one.kind == "lab"]))
    return tuple(shown)


def _values(entries: Sequence[Entry], kind: str, name: str) -> list[Value]:
    return [
        (entry.content.day, reading.value)
        for entry in entries
        if entry.kind == kind
        for reading in entry.content.readings
        if reading.name == name and reading.value is not None and not reading.sign
    ]


def _doses(entries: Sequence[Entry], rule: JournalRule) -> Iterable[Shown]:
    by_name: dict[str, list[Entry]] = {}
    for entry in entries:
        key = " ".join(unicodedata.normalize("NFKC", entry.content.text).casefold().split())
        by_name.setdefault(key, []).append(entry)
    needed = f"{rule.least_entries} doses of {rule.least_days} days: {rule.note} ({rule.basis})"
    for mine in by_name.values():
        name, last = mine[-1].content.text, mine[-1].content.day
        start = max(last - datetime.timedelta(days=rule.window_days - 1), mine[0].content.day)
        window = [one for one in mine if one.content.day >= start]
        taken = sum(one.content.taken is True for one in window)
        days = {one.content.day for one in window}
        silent = (last - start).days + 1 - len(days)
        counts = f"{taken} of {len(window)} doses that were written down were taken, {start} to {last}"
        if silent:
            counts += (
                f"; {silent} {_days(silent)} without an entry {'is' if silent == 1 else 'are'} not known"
            )
        enough = len(window) >= rule.least_entries and len(days) >= rule.least_days
        share = f"{100.0 * taken / len(window):.0f} %" if enough else NOT_ENOUGH
        yield Shown(
            name, "dose", "" if enough else NOT_ENOUGH, f"“{name}”: {share}; {counts}.",
            None, taken / len(window) if enough else None, "", len(window), len(days), needed,
        )  # fmt: skip


def _windows(rule: JournalRule, values: Sequence[Value]) -> Shown:
    """The first days beside the last ones; the two never share a day."""
    length = datetime.timedelta(days=rule.window_days)
    begun, ended = values[0][0], values[-1][0]
    early = [one for one in values if one[0] < begun + length]
    late = [one for one in values if one[0] > ended - length and one[0] >= begun + length]
    needed = (
        f"{rule.least_entries} entries of {rule.least_days} days in the first {rule.window_days} days and "
        f"again in the last {rule.window_days} ({rule.basis}{f', {rule.source}' if rule.source else ''})"
    )
    days = len({day for day, _ in values})
    if not (_enough(rule, early) and _enough(rule, late)):
        counts = f"{_count(early)} in the first {rule.window_days} days, {_count(late)} in the last"
        sentence = f"{_headed(rule.title)}: {NOT_ENOUGH}: {counts}. Needed: {needed}."
        return Shown(
            rule.measure, "reading", NOT_ENOUGH, sentence, None, None, rule.unit, len(values), days, needed
        )
    first, first_error = _mean(early)
    last, last_error = _mean(late)
    wide = rule.factor * math.hypot(first_error, last_error)
    beyond = abs(last - first) > wide
    verdict: Verdict = "more than chance moves" if beyond else "within what chance moves"
    window, side = f"{rule.window_days} days", "more than" if beyond else "within"
    sentence = (
        f"{_headed(rule.title)}: {_number(first)} {rule.unit} in the first {window} from {begun} "
        f"({_count(early)}), {_number(last)} {rule.unit} in the last {window} to {ended} ({_count(late)}): "
        f"{_signed(last - first)} {rule.unit}, {side} what the scatter from day to day moves "
        f"(±{_number(wide)}). A journal does not tell why."
    )
    return Shown(
        rule.measure, "reading", verdict, sentence, first, last, rule.unit, len(values), days, needed
    )


def _test(rule: JournalRule, name: str, entries: Sequence[Entry]) -> Shown:
    """The first and the last value of one test, beside what a second measurement moves by chance."""
    fields = read_people_fields("person_fields.csv")["labs"]
    title = fields[name].meaning if name in fields else name
    dated: list[tuple[datetime.date, Reading, str]] = [
        (entry.content.day, reading, entry.content.maker)
        for entry in entries
        for reading in entry.content.readings
        if reading.name == name and reading.value is not None
    ]
    needed = f"{rule.least_entries} values of {rule.least_days} days ({rule.basis}): {rule.note}"
    days = len({day for day, _, _ in dated})
    read = [one for one in dated if not one[1].sign]
    units = {reading.unit for _, reading, _ in read}
    if len({day for day, _, _ in read}) < rule.least_days or len(units) > 1:
        why = (
            "two units" if len(units) > 1 else f"{len(read)} of {rule.least_entries} values that are no limit"
        )
        latest = f"; the last is {_as_read(dated[-1][1])} of {dated[-1][0]}" if dated else ""
        sentence = f"{_headed(title)}: {NOT_ENOUGH}: {why}{latest}."
        return Shown(name, "lab", NOT_ENOUGH, sentence, None, None, "", len(dated), days, needed)
    (begun, first, _), (ended, last, maker) = read[0], read[-1]
    assert first.value is not None
    assert last.value is not None
    unit = shown_unit(first.unit)
    moved = last.value - first.value
    chance = rule_for(_PLACE.get(name, name), first.value, None, maker)
    if chance is None or chance.unit != first.unit:
        verdict: Verdict = "chance is not known"
        words = "what chance moves between two measurements is not known here"
    else:
        limit = chance.limit(first.value)
        beyond = abs(moved) > limit
        verdict = "more than chance moves" if beyond else "within what chance moves"
        side = "more than" if beyond else "within"
        words = f"{side} what a {chance.measurement} moves (±{_number(limit)}, {chance.source})"
    before, after = (f"{_number(one)} {unit}" for one in (first.value, last.value))
    sentence = f"{_headed(title)}: {before} on {begun}, {after} on {ended}: {_signed(moved)} {unit}; {words}."
    return Shown(
        name, "lab", verdict, sentence, first.value, last.value, first.unit, len(dated), days, needed
    )


def _enough(rule: JournalRule, values: Sequence[Value]) -> bool:
    return len(values) >= rule.least_entries and len({day for day, _ in values}) >= rule.least_days


def _mean(values: Sequence[Value]) -> tuple[float, float]:
    """Mean of the days' means and its standard error: readings of one day go together."""
    by_day: dict[datetime.date, list[float]] = {}
    for day, value in values:
        by_day.setdefault(day, []).append(value)
    means = [fmean(mine) for mine in by_day.values()]
    return fmean(means), math.sqrt(variance(means) / len(means))


def _as_read(reading: Reading) -> str:
    assert reading.value is not None
    return f"{reading.sign}{_number(reading.value)} {shown_unit(reading.unit)}"


def _count(values: Sequence[Value]) -> str:
    days = len({day for day, _ in values})
    return f"{len(values)} {'entry' if len(values) == 1 else 'entries'} of {days} {_days(days)}"


def _days(count: int) -> str:
    return "day" if count == 1 else "days"


def _number(value: float) -> str:
    return f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"


def _signed(value: float) -> str:
    sign = "−" if value < 0 else "+"
    return f"{sign}{_number(abs(value))}"


def _headed(title: str) -> str:
    return title[:1].upper() + title[1:]
