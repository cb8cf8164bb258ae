"""``calciroute where NAME``: prints what the look-up found."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

from calciroute.purpose import PURPOSE
from calciroute.tables.lookup.find import find
from calciroute.tables.lookup.finding import Finding

_HEADINGS = {
    "renamed": "Renamed",
    "equation": "Equation",
    "number": "Number",
    "name": "Name",
    "outcome": "Findings",
    "food": "Food",
    "study": "Study",
    "medicine": "Medicine",
    "left out": "Not in the model, for people",
    "source": "Source",
    "row": "Row",
    "measurement": "Measuring it",
    "lab": "On a laboratory report",
    "test": "Held by tests",
}
NOT_FOUND = 2


def run_where(name: str, as_json: bool) -> None:
    """Print every place of a name; exit code 2 when there is none.

    Parameters
    ----------
    name : str
        What to look for.
    as_json : bool
        JSON instead of text.

    Raises
    ------
    SystemExit
        With code 2 when the name is unknown.
    """
    finding = find(name)
    if as_json:
        print(json.dumps(as_document(finding), ensure_ascii=False, indent=2))
    elif finding.places:
        print(f"{as_text(finding)}\n\n{PURPOSE}")
    else:
        print(unknown_words(finding), file=sys.stderr)
    if not finding.places:
        raise SystemExit(NOT_FOUND)


def as_document(finding: Finding) -> dict[str, Any]:
    """The finding as JSON holds it.

    Parameters
    ----------
    finding : Finding
        From the look-up.

    Returns
    -------
    dict
        purpose, name, places and near names.
    """
    return {"purpose": PURPOSE, **asdict(finding)}


def as_text(finding: Finding) -> str:
    """The finding as a terminal shows it, grouped by kind.

    Parameters
    ----------
    finding : Finding
        With at least one place.

    Returns
    -------
    str
        Lines without a trailing newline.
    """
    lines: list[str] = []
    kind = ""
    for place in finding.places:
        if place.kind != kind:
            kind = place.kind
            lines += ["", _HEADINGS[kind]] if lines else [_HEADINGS[kind]]
        lines.append(f"  {place.where}  {place.title}")
        lines += [f"      {detail}" for detail in place.details]
    return "\n".join(lines)


def unknown_words(finding: Finding) -> str:
    """What to say when nothing was found.

    Parameters
    ----------
    finding : Finding
        Without places.

    Returns
    -------
    str
        One line.
    """
    near = f" Near: {', '.join(finding.near)}." if finding.near else ""
    return (
        f"'{finding.name}' is in no model text and no table."
        f"{near} Expected: an equation, number, food, study, outcome, medicine, source or row id."
    )
