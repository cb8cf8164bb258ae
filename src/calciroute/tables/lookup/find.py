"""One question, all places."""

from __future__ import annotations

from pathlib import Path

from calciroute.errors import near_names
from calciroute.tables.foods import food_words
from calciroute.tables.lookup.finding import Finding, Place
from calciroute.tables.lookup.in_data import data_places
from calciroute.tables.lookup.in_model import model_names, model_places, output_ids
from calciroute.tables.lookup.in_tests import places_in_tests
from calciroute.tables.medicine_names import read_medicine_names
from calciroute.tables.nomenclature import find_name, folded, read_nomenclature
from calciroute.tables.references import read_references
from calciroute.tables.renamed import Renamed, read_renamed
from calciroute.tables.studies import read_studies


def find(name: str, root: Path | None = None) -> Finding:
    """Everything about a name: equation, number, food, study, outcome, medicine, source, tests.

    Parameters
    ----------
    name : str
        An id, a printed name, an alias or a row id. The model's own spelling is taken first; without a
        hit, case, hyphens and blanks are let go.
    root : Path, optional
        Checkout whose tests are read; found by itself when left out.

    Returns
    -------
    Finding
        Places, or near names when there are none.

    Examples
    --------
    >>> find("MGP_carboxylation").places[0].where.split(":")[0]
    'physiology/mgp.ant'
    >>> find("mgp carboxilation").near
    ('MGP_carboxylation', ...)
    """
    asked = name.strip()
    renamed = read_renamed().get(asked)
    spelt = _model_spelling(asked) if renamed is None else renamed.new
    places = [_renamed_place(renamed)] if renamed else []
    places += [*model_places(spelt), *data_places(asked)]
    reported = _reported_as(asked)
    if reported not in {"", spelt}:
        places += model_places(reported)
    places += (place for word in dict.fromkeys((spelt, reported)) for place in places_in_tests(word, root))
    if not places:
        return Finding(asked, (), tuple(near_names(asked, _all_names())))
    return Finding(asked, tuple(places))


def _renamed_place(row: Renamed) -> Place:
    return Place("renamed", row.where, row.words, (row.note,) if row.note else ())


def _reported_as(word: str) -> str:
    name = find_name(word, "outcome")
    return output_ids().get(name.id, "") if name else ""


def _model_spelling(name: str) -> str:
    names = model_names()
    if name in names:
        return name
    return next((known for known in names if folded(known) == folded(name)), name)


def _all_names() -> list[str]:
    words = [word for name in read_nomenclature().values() for word in name.words]
    medicines = [row.name for row in read_medicine_names()]
    return [*model_names(), *words, *food_words(), *read_studies(), *medicines, *read_references()]
