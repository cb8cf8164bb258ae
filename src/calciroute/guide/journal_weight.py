"""The newest weight of the journal in a person file: one value, with its day beside it.

A person file holds one weight, and the body that is simulated has one. The day stands in a comment, and what
the file had before too.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from calciroute.guide.journal_entry import Entry
from calciroute.people.file_lines import with_value
from calciroute.tables.located_toml import LocatedToml
from calciroute.tables.toml_lines import find_key_lines

FIELD = "weight_kg"


@dataclass(frozen=True)
class DatedWeight:
    """A weight and its day.

    Parameters
    ----------
    day : date
        Of the entry.
    kilograms : float, kg
        As read when it was kept.
    """

    day: datetime.date
    kilograms: float


def newest_weight(entries: Iterable[Entry]) -> DatedWeight | None:
    """The last weight of a journal; of one day the last that was written down.

    Parameters
    ----------
    entries : iterable of Entry
        Those that count no longer are passed over.

    Returns
    -------
    DatedWeight or None
        None where there is no weight.
    """
    kept = sorted((one for one in entries if one.kept and one.kind == "weight"), key=lambda one: one.when)
    values = [
        DatedWeight(one.content.day, reading.value)
        for one in kept
        for reading in one.content.readings
        if reading.value is not None
    ]
    return values[-1] if values else None


def goes_over(weight: DatedWeight, toml: LocatedToml, as_of: datetime.date | None, notes: list[str]) -> bool:
    """Whether a weight is newer than what the file has; where it is not, a note says so.

    Parameters
    ----------
    weight : DatedWeight
        The newest of the journal.
    toml : LocatedToml
        The person file.
    as_of : date or None
        The day that the file describes.
    notes : list of str
        Receives what was decided.

    Returns
    -------
    bool
    """
    if ("person", FIELD) not in toml.lines or as_of is None or weight.day >= as_of:
        return True
    notes.append(
        f"{FIELD} of the file is of {as_of}, after the {weight.kilograms:g} kg of {weight.day}: it stays"
    )
    return False


def with_weight(text: str, weight: DatedWeight, notes: list[str]) -> str:
    r"""Text of a person file with a weight.

    Parameters
    ----------
    text : str
        TOML, line ends ``\n``.
    weight : DatedWeight
        What is to stand there.
    notes : list of str
        Receives what was decided.

    Returns
    -------
    str

    Raises
    ------
    InputError
        When ``[person]`` is written in a way into which no line fits.

    Examples
    --------
    >>> weight = DatedWeight(datetime.date(2026, 3, 1), 66.0)
    >>> print(with_weight("[person]\nweight_kg = 70", weight, []))
    [person]
    weight_kg = 66  # the journal's newest, of 2026-03-01; was 70
    """
    old = find_key_lines(text).get(("person", FIELD))
    said = f"the journal's newest, of {weight.day}"
    written = with_value(text, "person", FIELD, f"{weight.kilograms:g}", said)
    if old is None:
        notes.append(f"{FIELD} is {weight.kilograms:g}, {said}")
        return written
    number = old[0] - 1
    before = text.split("\n")[number].split("#")[0].split("=", 1)[1].strip()
    lines = written.split("\n")
    lines[number] = f"{lines[number]}  # {said}; was {before}"
    notes.append(f"{FIELD} is {weight.kilograms:g}, {said}; it was {before}")
    return "\n".join(lines)
