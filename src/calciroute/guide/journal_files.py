"""The whole journal as one file and back: JSON and CSV, with the history of every entry.

A cell that a spreadsheet would run as a formula gets an apostrophe in front, and loses it on the way back.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from calciroute.guide.journal_entry import READINGS_LIMIT, Entry, Revision
from calciroute.purpose import PURPOSE
from calciroute.safety.notices import STANDARD_NOTICE

FORMAT = "calciroute journal"
VERSION = 1
# First signs that make a spreadsheet run a cell; the apostrophe itself, so that taking it off is never wrong.
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")
READING_PARTS = ("name", "sign", "value", "unit", "remarks")
# Stands in every row of a CSV and says nothing of an entry; an import passes it over.
PURPOSE_COLUMN = "purpose"
COLUMNS = (
    "entry", "uid", "kind", "revision", "recorded", "state", "undoes", "date", "time", "text", "taken",
    "assay", "maker",
    *(f"{part}_{place}" for place in range(1, READINGS_LIMIT + 1) for part in READING_PARTS),
)  # fmt: skip


def as_document(entries: Iterable[Entry]) -> dict[str, Any]:
    """Entries as JSON holds them.

    Parameters
    ----------
    entries : iterable of Entry
        With those that count no longer, if nothing is to be lost.

    Returns
    -------
    dict
        purpose, notice, format, version and entries.
    """
    return {
        "purpose": PURPOSE,
        "standard_notice": STANDARD_NOTICE,
        "format": FORMAT,
        "version": VERSION,
        "entries": [entry_document(entry) for entry in entries],
    }


def entry_document(entry: Entry) -> dict[str, Any]:
    """One entry with its history, as JSON holds it.

    Parameters
    ----------
    entry : Entry
        From the journal.

    Returns
    -------
    dict
        entry, uid, kind and revisions.
    """
    return {
        "entry": entry.id,
        "uid": entry.uid,
        "kind": entry.kind,
        "revisions": [_revision_document(one) for one in entry.revisions],
    }


def _revision_document(one: Revision) -> dict[str, Any]:
    content = one.content
    return {
        "revision": one.number,
        "recorded": one.recorded,
        "state": one.state,
        "undoes": one.undoes,
        "date": content.day.isoformat(),
        "time": content.clock,
        "text": content.text,
        "taken": content.taken,
        "assay": content.assay,
        "maker": content.maker,
        "readings": [
            {"name": r.name, "sign": r.sign, "value": r.value, "unit": r.unit, "remarks": list(r.remarks)}
            for r in content.readings
        ],
    }


def as_json(entries: Iterable[Entry]) -> str:
    """All entries as JSON text.

    Parameters
    ----------
    entries : iterable of Entry
        As for `as_document`.

    Returns
    -------
    str
    """
    return json.dumps(as_document(entries), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def as_csv(entries: Iterable[Entry]) -> str:
    """All entries as CSV text, a row for each revision, safe to open in a spreadsheet.

    Parameters
    ----------
    entries : iterable of Entry
        As for `as_document`.

    Returns
    -------
    str
        With headings; line ends as RFC 4180 has them.

    Examples
    --------
    >>> import datetime
    >>> from calciroute.guide.journal_entry import Content
    >>> content = Content(datetime.date(2026, 3, 1), "", "=1+1")
    >>> revision = Revision(1, "2026-03-01 08:00:00", "kept", None, content)
    >>> "'=1+1" in as_csv([Entry(1, "a", "note", (revision,))])
    True
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow((*COLUMNS, PURPOSE_COLUMN))
    for entry in entries:
        for one in entry.revisions:
            content = one.content
            readings: list[str] = []
            for reading in content.readings:
                value = "" if reading.value is None else repr(reading.value)
                remarks = json.dumps(reading.remarks, ensure_ascii=False) if reading.remarks else ""
                words = (reading.name, reading.sign, value, reading.unit, remarks)
                readings += [word if word is value else safe(word) for word in words]
            readings += [""] * (len(READING_PARTS) * READINGS_LIMIT - len(readings))
            taken = "" if content.taken is None else ("taken" if content.taken else "missed")
            writer.writerow(
                [
                    entry.id,
                    safe(entry.uid),
                    entry.kind,
                    one.number,
                    one.recorded,
                    one.state,
                    "" if one.undoes is None else one.undoes,
                    content.day.isoformat(),
                    content.clock,
                    safe(content.text),
                    taken,
                    safe(content.assay),
                    safe(content.maker),
                    *readings,
                    PURPOSE,
                ]
            )
    return out.getvalue()


def safe(text: str) -> str:
    """A cell that no spreadsheet runs as a formula.

    Parameters
    ----------
    text : str
        What it should hold.

    Returns
    -------
    str
        With an apostrophe in front where it would be run; a text with one gets a second.

    Examples
    --------
    >>> safe("=HYPERLINK()"), safe("+ 1 walk"), safe("plain")
    ("'=HYPERLINK()", "'+ 1 walk", 'plain')
    """
    return f"'{text}" if text.startswith(_RISKY) else text


def as_diary(entries: Iterable[Entry]) -> str:
    """The foods that count as a diary in plain lines, as ``calciroute intake`` reads it.

    Parameters
    ----------
    entries : iterable of Entry
        Of the journal.

    Returns
    -------
    str
        The purpose as a remark, a heading for each day, a food a line, with its time where one is known.

    Examples
    --------
    >>> import datetime
    >>> from calciroute.guide.journal_entry import Content
    >>> eaten = Content(datetime.date(2026, 3, 1), "08:30", "50 g natto")
    >>> print(as_diary([Entry(1, "a", "food", (Revision(1, "2026-03-01 08:31:00", "kept", None, eaten),))]))
    # Education and research on populations; not for decisions about a patient.
    2026-03-01
    08:30 50 g natto
    <BLANKLINE>
    """
    foods = sorted((one for one in entries if one.kept and one.kind == "food"), key=lambda one: one.when)
    lines: list[str] = []
    for food in foods:
        day = food.content.day.isoformat()
        if day not in lines:
            lines.append(day)
        lines.append(f"{food.content.clock} {' '.join(food.content.text.split())}".strip())
    return "\n".join([f"# {PURPOSE}", *lines]) + "\n" if lines else ""
