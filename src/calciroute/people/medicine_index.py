"""The table of medicine names as it is looked up: by name, by national spelling, by several ingredients."""

from __future__ import annotations

from functools import cache

from calciroute.people.medicine_plain import without_salt
from calciroute.people.medicine_sounds import SHORTEST, letters_twice, same_spelling, spellings_of
from calciroute.people.medicine_text import comparable
from calciroute.tables.medicine_names import MedicineName, read_medicine_names

Rows = tuple[MedicineName, ...]
# "apixaban metformin amlodipine valsartan" is a list, not a name.
_MOST_PARTS = 4
# Words that only join two ingredients.
_JOINING = frozenset({"and", "y", "e", "i", "und", "et", "og", "och", "en", "ve", "и", "та", "с", "co"})


@cache
def rows_by_key() -> dict[str, Rows]:
    """Rows of every name in comparable form; what a brand contains is a name too.

    Returns
    -------
    dict of str to tuple of MedicineName
    """
    rows: dict[str, list[MedicineName]] = {}
    ingredients: dict[str, MedicineName] = {}
    for row in read_medicine_names():
        key = comparable(row.name)
        rows.setdefault(key, []).append(row)
        # "Co Diovan" and "CoDiovan" are one name.
        if " " in key:
            rows.setdefault(key.replace(" ", ""), []).append(row)
        ingredients[row.ingredient] = row
    for ingredient, row in ingredients.items():
        key = "" if "+" in ingredient else comparable(ingredient)
        if key and key not in rows:
            rows[key] = [row._replace(name=ingredient)]
    return {key: tuple(found) for key, found in rows.items()}


def rows_of(key: str) -> Rows:
    """Rows of one name, also where it is written with or without blanks.

    Parameters
    ----------
    key : str
        In comparable form.

    Returns
    -------
    tuple of MedicineName
        Empty for an unknown name.
    """
    rows = rows_by_key()
    return rows.get(key) or rows.get(key.replace(" ", "")) or ()


def rows_by_rule(key: str) -> Rows:
    """Rows of a name that the table holds in another spelling, or of several ingredients in one text.

    Parameters
    ----------
    key : str
        In comparable form, without doses and forms.

    Returns
    -------
    tuple of MedicineName
        Empty where no rule leads to exactly one medicine.

    Examples
    --------
    >>> rows_by_rule("bisoprololfumaraat")[0].ingredient
    'bisoprolol'
    >>> rows_by_rule("бисопролол")[0].ingredient, rows_by_rule("simvastattin")
    ('bisoprolol', ())
    """
    return _national(key) or _salted(key) or _several(key)


def _salted(key: str) -> Rows:
    *before, last = key.split()
    bare = without_salt(last)
    return () if not bare or before else _ingredient(bare) or _national(bare)


def _ingredient(key: str) -> Rows:
    rows = rows_of(key)
    return rows if any(row.kind == "ingredient" or comparable(row.ingredient) == key for row in rows) else ()


def _several(key: str) -> Rows:
    """Ingredients that stand side by side; a brand among them only beside what it contains."""
    words = [word for word in key.split() if word not in _JOINING]
    found: list[Rows] = []
    place = 0
    while place < len(words):
        for end in range(len(words), place, -1):
            piece = " ".join(words[place:end])
            rows = _ingredient(piece) or (_national(piece) if " " not in piece else ()) or _salted(piece)
            rows = rows or (rows_of(piece) if found or end < len(words) else ())
            if rows:
                break
        else:
            return ()
        found.append(rows)
        place = end
    whole = (
        len(found) > 1 and len(found) <= _MOST_PARTS and all(_stands_beside(rows, found) for rows in found)
    )
    return tuple(dict.fromkeys(row for rows in found for row in rows)) if whole else ()


def _stands_beside(rows: Rows, found: list[Rows]) -> bool:
    """An ingredient, or a brand beside an ingredient that it contains."""
    if any(row.kind == "ingredient" for row in rows):
        return True
    names = {word for other in found if other is not rows for row in other for word in row.ingredient.split()}
    return any(not names.isdisjoint(row.ingredient.split()) for row in rows)


def _national(key: str) -> Rows:
    index = _by_spelling(not key.isascii())
    hits = dict.fromkeys(row for form in spellings_of(key) for row in index.get(form, ()))
    # "amoxicilina" is Spanish for amoxicillin; "cillostazol" is a slip of the hand.
    if hits and letters_twice(key) > max(letters_twice(comparable(row.name)) for row in hits):
        return ()
    return tuple(hits) if len({(row.ingredient, row.medicine_class) for row in hits}) == 1 else ()


@cache
def _by_spelling(brands: bool) -> dict[str, Rows]:
    """Rows by common form: ingredients; brands too for a name in other letters than Latin."""
    kept = {
        key: rows
        for key, rows in rows_by_key().items()
        if len(key) >= SHORTEST and (brands or any(row.kind == "ingredient" for row in rows))
    }
    index: dict[str, list[MedicineName]] = {}
    for form, rows in zip(same_spelling(kept), kept.values(), strict=True):
        index.setdefault(form, []).extend(rows)
    return {form: tuple(rows) for form, rows in index.items()}
