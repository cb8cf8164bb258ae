"""A plan as a calendar: all-day events, no medicine and no product named, the purpose line in each."""

from __future__ import annotations

import datetime
from typing import Any

from calciroute.purpose import PURPOSE
from calciroute.safety.notices import STANDARD_NOTICE

_PRODUCER = "-//calciroute//30-day plan//EN"
# How often a line comes back: days of the week after the first, else every day.
_EVERY = {"fish": 3, "strength": 3}
_ONCE = {"diary", "labels", "smoking"}


def plan_calendar(document: dict[str, Any]) -> bytes:
    """Write a plan as iCalendar.

    Parameters
    ----------
    document : dict
        From `calciroute.report.plan_document.plan_document`.

    Returns
    -------
    bytes
        The same document gives the same bytes: ids and stamps follow from the first day.
    """
    from icalendar import Calendar, Event, vText

    start = datetime.date.fromisoformat(document["start"])
    stamp = datetime.datetime.combine(start, datetime.time(), datetime.UTC)
    calendar = Calendar()
    calendar.add("prodid", _PRODUCER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    # Without the type a comma would stand bare, and readers that split there lose what follows.
    calendar.add("x-wr-calname", vText("30 days: food, movement, rest"))
    calendar.add("x-wr-caldesc", vText(f"{PURPOSE} {STANDARD_NOTICE}"))
    for line in _lines(document):
        day = start + datetime.timedelta(days=int(line["day_from"]) - 1)
        event = Event()
        event.add("uid", f"{line['line']}-{start.isoformat()}@calciroute")
        event.add("dtstamp", stamp)
        event.add("summary", line["calendar"])
        event.add("description", _description(line))
        event.add("dtstart", day)
        event.add("dtend", day + datetime.timedelta(days=1))
        rule = _rule(line)
        if rule:
            event.add("rrule", rule)
        event.add("transp", "TRANSPARENT")
        event.add("class", "PRIVATE")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _lines(document: dict[str, Any]) -> list[dict[str, Any]]:
    lines = [line for section in document["sections"] for line in section["lines"] if line["calendar"]]
    return sorted(lines, key=lambda line: (line["day_from"], line["line"]))


def _rule(line: dict[str, Any]) -> dict[str, Any]:
    """How often it comes back between its first and its last day."""
    days = int(line["day_to"]) - int(line["day_from"]) + 1
    every = _EVERY.get(line["line"], 1)
    count = 1 if line["line"] in _ONCE else (days + every - 1) // every
    if line["line"] == "pressure":
        count = 3
    if count <= 1:
        return {}
    return {"freq": "daily", **({"interval": every} if every > 1 else {}), "count": count}


def _description(line: dict[str, Any]) -> str:
    # A calendar is often shared: what it is for, cautions and sources stay in the plan.
    where = f"Certainty: {line['certainty']}. What it is, cautions and sources stand in the plan."
    return f"{where}\n{PURPOSE}\n{STANDARD_NOTICE}"
