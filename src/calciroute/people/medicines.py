"""Recognising a medicine by the name a person writes; fails closed.

An exact name wins before any near one. A near spelling of an antagonist or of an unnamed blood thinner is
asked about and keeps every gate shut; a near spelling never becomes a harmless name. What is not found is
*not recognised*.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from calciroute.people.close_names import close_names
from calciroute.people.medicine_index import rows_by_key, rows_by_rule, rows_of
from calciroute.people.medicine_sounds import SHORTEST, same_spelling, spellings_of
from calciroute.people.medicine_words import MedicineText, comparable, split_entries, take_apart
from calciroute.tables.medicine_names import MedicineName

ANTAGONIST = "vitamin_k_antagonist"
UNNAMED = "unknown_anticoagulant"
_BLOCKING = (ANTAGONIST, UNNAMED)
# The similarity from which a spelling is asked about; docs name the known neighbours at this value.
NEAR = 0.75
# A longer text is no name: what stands behind is looked up exactly, and asked about as a whole.
MOST_WORDS = 10

Status = Literal["exact", "ask", "not_recognised"]
_WORST: tuple[Status, ...] = ("not_recognised", "ask", "exact")


@dataclass(frozen=True)
class MedicineMatch:
    """What the table of names says about one text.

    Parameters
    ----------
    written : str
        As the person wrote it.
    status : {"exact", "ask", "not_recognised"}
        ``ask`` means near a name that shuts a gate, or a word with two meanings.
    names, ingredients : tuple of str
        Of the matching rows; ingredients may be empty for a class word.
    classes : frozenset of str
        Of the matching rows; for ``ask`` the classes that it may belong to.
    near : tuple of str
        Names that look like it, nearest first, for a text without an exact match.
    dose_mg, doses_per_day : float or None
        As written.
    languages : tuple of str
        Languages and regions of the matching rows, as in the table; for ``ask`` of the nearest one.
    parts : tuple of MedicineMatch
        One for each name when the text holds several; otherwise empty.
    """

    written: str
    status: Status
    names: tuple[str, ...] = ()
    ingredients: tuple[str, ...] = ()
    classes: frozenset[str] = frozenset()
    near: tuple[str, ...] = ()
    dose_mg: float | None = None
    doses_per_day: float | None = None
    languages: tuple[str, ...] = ()
    parts: tuple[MedicineMatch, ...] = ()

    @property
    def recognised(self) -> bool:
        """Whether every name in the text has a row of its own."""
        return self.status == "exact"

    @property
    def is_antagonist(self) -> bool:
        """Whether the text names a vitamin K antagonist."""
        return self.recognised and ANTAGONIST in self.classes

    @property
    def shuts_gate(self) -> bool:
        """Antagonist, unnamed blood thinner, a spelling near one of them, or a name without a row."""
        return not self.recognised or not self.classes.isdisjoint(_BLOCKING)


@lru_cache(maxsize=4096)
def recognise(text: str) -> MedicineMatch:
    """Look a text up in the table of medicine names.

    Parameters
    ----------
    text : str
        One entry of a medicine list, with or without dose; several names in one text are taken apart.

    Returns
    -------
    MedicineMatch
        For several names the worst of them, with all in ``parts``.

    Examples
    --------
    >>> recognise("Coumadin 5 mg daily").ingredients
    ('warfarin',)
    >>> recognise("warfrin 5 mg").status, recognise("Zorblax").status
    ('ask', 'not_recognised')
    >>> recognise("apixaban 5 mg").shuts_gate
    False
    """
    parts = split_entries(text)
    apart = take_apart(text)
    # Where signs part the text, words that come off could stand for a medicine of their own.
    if len(parts) < 2:
        return _look_up(text, apart)
    if (rows := _literal(apart)) and (whole := _matched(apart, rows)).status == "exact":
        return whole
    entries: list[MedicineText] = []
    for entry in map(take_apart, parts):
        if entry.name or not entries:
            entries.append(entry)
        else:
            # "acenocoumarol (Sintrom) 4 mg": what is left of the brackets is the dose of what stands before.
            entries[-1] = dataclasses.replace(
                entries[-1],
                dose_mg=entries[-1].dose_mg or entry.dose_mg,
                doses_per_day=entries[-1].doses_per_day or entry.doses_per_day,
            )
    if len(entries) < 2:
        return _look_up(text, entries[0])
    return _together(text, tuple(_look_up(entry.written, entry) for entry in entries))


def recognise_each(texts: Iterable[str]) -> tuple[MedicineMatch, ...]:
    """Look up a list; a text with several names gives several matches.

    Parameters
    ----------
    texts : iterable of str
        A person's list of medicines.

    Returns
    -------
    tuple of MedicineMatch
        Without parts.

    Examples
    --------
    >>> [match.names for match in recognise_each(["apixaban, atorvastatin 20 mg"])]
    [('apixaban',), ('atorvastatin',)]
    """
    found: list[MedicineMatch] = []
    for match in map(recognise, texts):
        found.extend(match.parts or (match,))
    return tuple(found)


def _together(text: str, parts: tuple[MedicineMatch, ...]) -> MedicineMatch:
    return MedicineMatch(
        written=text.strip(),
        status=min((part.status for part in parts), key=_WORST.index),
        names=tuple(name for part in parts for name in part.names),
        ingredients=tuple(name for part in parts for name in part.ingredients),
        classes=frozenset().union(*(part.classes for part in parts)),
        near=tuple(name for part in parts for name in part.near),
        languages=tuple(dict.fromkeys(name for part in parts for name in part.languages)),
        parts=parts,
    )


@cache
def _blocking_keys() -> tuple[str, ...]:
    return tuple(
        key for key, rows in rows_by_key().items() if any(row.medicine_class in _BLOCKING for row in rows)
    )


def _literal(text: MedicineText) -> tuple[MedicineName, ...]:
    return next(filter(None, map(rows_of, map(comparable, text.spellings))), ())


def _look_up(written: str, text: MedicineText) -> MedicineMatch:
    rows = _literal(text) or next(filter(None, map(rows_of, text.plain)), ())
    if rows:
        return _matched(text, rows)
    key = text.plain[-1] if text.plain else comparable(text.name)
    asked = list(dict.fromkeys(hit for name in (comparable(text.name), key) for hit in _near_blocking(name)))
    rows = next(filter(None, map(rows_by_rule, text.plain)), ())
    # A rule of spelling never makes a harmless name of what looks like an antagonist.
    if rows and (not asked or not {row.medicine_class for row in rows}.isdisjoint(_BLOCKING)):
        return _matched(text, rows)
    near = _near_names(key, asked)
    classes = {row.medicine_class for hit in asked for row in rows_by_key()[hit]}.intersection(_BLOCKING)
    return MedicineMatch(
        written=written.strip(),
        status="ask" if asked else "not_recognised",
        classes=frozenset(classes),
        near=near,
        dose_mg=text.dose_mg,
        doses_per_day=text.doses_per_day,
        languages=_languages(rows_by_key()[asked[0]]) if asked else (),
    )


def _matched(text: MedicineText, rows: tuple[MedicineName, ...]) -> MedicineMatch:
    # A flavour and a class of medicines share one word: the table says "ask" in the note of such rows.
    ask = any(row.note.endswith("ask before anything") for row in rows)
    return MedicineMatch(
        written=text.written,
        status="ask" if ask else "exact",
        names=tuple(dict.fromkeys(row.name for row in rows)),
        ingredients=tuple(dict.fromkeys(row.ingredient for row in rows if row.ingredient)),
        classes=frozenset(row.medicine_class for row in rows),
        dose_mg=text.dose_mg,
        doses_per_day=text.doses_per_day,
        languages=_languages(rows),
    )


def _languages(rows: tuple[MedicineName, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.language for row in rows if row.language))


def _near_blocking(key: str) -> list[str]:
    """Antagonist and blood-thinner words that a text looks like or holds as a whole word."""
    padded = f" {key} "
    held = [word for word in _blocking_keys() if len(word) > 2 and f" {word} " in padded]
    words = [word for word in key.split() if len(word) > 3][:MOST_WORDS]
    pieces = dict.fromkeys([key, key.replace(" ", ""), *words])
    close = [
        hit
        for piece in pieces
        # A word of the text that is a known harmless name by itself is not a misspelt antagonist.
        if piece not in rows_by_key()
        for hit in close_names(piece, _blocking_keys(), NEAR)
    ]
    return list(dict.fromkeys([*held, *close, *_near_in_other_letters(key)]))


def _near_in_other_letters(key: str) -> list[str]:
    """Antagonists that a name in Cyrillic or Greek letters sounds like."""
    if key.isascii() or not (forms := spellings_of(key)):
        return []
    words = _blocking_spellings()
    return [words[hit] for form in forms for hit in close_names(form, tuple(words), NEAR)]


@cache
def _blocking_spellings() -> dict[str, str]:
    keys = [key for key in _blocking_keys() if len(key) >= SHORTEST]
    return {form: key for form, key in zip(same_spelling(keys), keys, strict=True) if len(form) >= SHORTEST}


def _near_names(key: str, asked: list[str]) -> tuple[str, ...]:
    rows = rows_by_key()
    hits = [*asked, *close_names(key, tuple(rows), NEAR)]
    return tuple(dict.fromkeys(rows[hit][0].name for hit in hits))[:4]
