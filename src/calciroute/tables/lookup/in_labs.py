"""Look-up of laboratory tests: by field or by any printed name, with units, factors and names."""

from __future__ import annotations

from collections.abc import Iterator

from calciroute.tables.lab_names import find_lab_name, read_lab_names
from calciroute.tables.lab_tests import LabTest, read_lab_tests
from calciroute.tables.lab_units import LabUnit, read_lab_units
from calciroute.tables.lookup.finding import Place
from calciroute.tables.people_fields import read_people_fields
from calciroute.tables.references import read_references
from calciroute.tables.rules import MEMORY
from calciroute.units.quantity import shown_unit

_NAMES_SHOWN = 12


def lab_places(word: str) -> Iterator[Place]:
    """Rows about a laboratory test, scan or pressure.

    Parameters
    ----------
    word : str
        Field of a person file, or a name as a report prints it.

    Yields
    ------
    Place
        Of the kind ``lab``.

    Examples
    --------
    >>> next(lab_places("Kreatinin")).title
    'creatinine: creatinine in serum, kept in umol/L'
    >>> next(lab_places("Quick")).title
    'Quick: not a test that is read'
    """
    known = find_lab_name(word)
    if known is None:
        return
    if not known.tests:
        yield Place("lab", known.where, f"{known.name}: not a test that is read", (known.not_this,))
    for name in known.tests:
        test = read_lab_tests()[name]
        field = read_people_fields("person_fields.csv")["labs"][name]
        title = f"{name}: {field.meaning}, kept in {field.unit}"
        yield Place("lab", test.where, title, tuple(_lines(test, field.band)))


def _lines(test: LabTest, band: str) -> Iterator[str]:
    yield f"people have {band} (assumed)"
    if test.reason:
        yield f"not used: {test.reason}"
    for unit in read_lab_units()[test.test].values():
        yield _unit_words(unit)
    names = [name.name for name in read_lab_names().values() if name.tests == (test.test,)]
    more = f" and {len(names) - _NAMES_SHOWN} more" if len(names) > _NAMES_SHOWN else ""
    yield f"names: {', '.join(names[:_NAMES_SHOWN])}{more}"


def _unit_words(unit: LabUnit) -> str:
    if unit.factor is None:
        return f"{shown_unit(unit.unit)}, {unit.where}: {unit.note}"
    plus = f" plus {unit.offset:g}" if unit.offset else ""
    sources = read_references()
    seen = sources[unit.source].citation if unit.source in sources else unit.basis
    remembered = " (remembered, not read)" if unit.verified == MEMORY else ""
    return f"{shown_unit(unit.unit)}, {unit.where}: times {unit.factor:g}{plus}, {seen}{remembered}"
