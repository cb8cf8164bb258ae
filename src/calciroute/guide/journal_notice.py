"""Whether an entry of the journal has to be answered with a stop or emergency notice first.

The entry is kept all the same: what was measured or felt is what a doctor asks about.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from calciroute.errors import InputError
from calciroute.guide.journal_entry import Content, Entry, Kind
from calciroute.intake.products import parse_product
from calciroute.people.lab_reading import LabReading
from calciroute.people.lab_use import used_values
from calciroute.people.medicines import recognise
from calciroute.people.person_model import Medicines, Person
from calciroute.safety.notices import Notice
from calciroute.safety.stop import stop_notice
from calciroute.tables.people_fields import read_people_fields
from calciroute.tables.symptom_words import flags_in

# A medicine that was taken so lately counts as taken now.
LATELY = datetime.timedelta(days=31)


def notice_for(kind: Kind, content: Content, entries: Iterable[Entry] = ()) -> Notice | None:
    """The notice that an entry asks for.

    Parameters
    ----------
    kind : str
        Of the entry.
    content : Content
        What it says.
    entries : iterable of Entry, optional
        The journal: medicines that were taken in the month before count, so that a bleeding on a blood
        thinner is an emergency.

    Returns
    -------
    Notice or None
        None when no rule matched; that never means safe.

    Examples
    --------
    >>> day = datetime.date(2026, 3, 1)
    >>> notice_for("symptom", Content(day, "", "pain in the chest since noon")).kind
    'emergency'
    >>> notice_for("note", Content(day, "", "slept well")) is None
    True
    """
    lately = {
        entry.content.text
        for entry in entries
        if entry.kept and entry.kind == "dose" and content.day - LATELY <= entry.content.day <= content.day
    }
    taken = [content.text] if kind == "dose" else []
    taken += sorted(text for text in lately if _is_medicine(text) and recognise(text).recognised)
    readings = _lab_readings(content) if kind in ("lab", "pressure") else ()
    # Sex and age play no part in what a single entry can close.
    person = Person(
        sex="female",
        age_years=50.0,
        labs=used_values(readings),
        lab_readings=readings,
        medicines=Medicines(taken=tuple(name for name in dict.fromkeys(taken) if _is_medicine(name))),
        answers=dict.fromkeys(flags_in(content.text), True),
    )
    return stop_notice(person)


def _is_medicine(text: str) -> bool:
    """Whether a dose is one of a medicine, or of something that no table knows: a product is neither."""
    try:
        parse_product(text)
    except InputError:
        return True
    return False


def _lab_readings(content: Content) -> tuple[LabReading, ...]:
    fields = read_people_fields("person_fields.csv")["labs"]
    return tuple(
        LabReading(
            name=one.name,
            written=content.text,
            value=one.value,
            unit=one.unit,
            limit=one.sign,
            date=content.day,
        )
        for one in content.readings
        if one.name in fields and one.value is not None
    )
