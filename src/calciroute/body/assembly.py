"""From the list of texts to one SBML document: the single bridge between physiology and solver."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

from calciroute.body.shipped import shipped_text
from calciroute.body.variant import DEFAULT, Variant, read_variant
from calciroute.purpose import PURPOSE
from calciroute.sbml.cache import cached_text, content_hash
from calciroute.sbml.functions import antimony_function_block
from calciroute.tables.parameters import Parameter, read_parameters
from calciroute.tables.texts import data_text, physiology_text, shown_path
from calciroute.units.model_units import antimony_unit_block

if TYPE_CHECKING:
    from calciroute.sbml.part import Part

# Raise it when merging changes what comes out of the same texts.
_GENERATOR = "1"


@dataclass(frozen=True)
class Body:
    """The body as SBML, with the numbers it was made from.

    Parameters
    ----------
    variant : Variant
        Which body.
    sbml : str
        SBML Level 3 Version 2.
    numbers : dict of str to Parameter
        Every row of every table, by id.
    model_hash : str
        Hash of all texts and tables, 64 hexadecimal digits.
    file_key : str, optional
        Hash of everything the SBML was made from, its sources included.
    """

    variant: Variant
    sbml: str
    numbers: dict[str, Parameter]
    model_hash: str
    file_key: str = ""


@cache
def assemble(variant: str = DEFAULT) -> Body:
    """The body of a variant.

    Parameters
    ----------
    variant : str, optional
        Name of a variant; variants that replace numbers alone share the default's SBML, and the numbers are
        set by `variant_values`.

    Returns
    -------
    Body
        SBML and numbers.

    Raises
    ------
    InputError
        For an unknown variant.
    TableError
        When the texts or tables do not fit together.
    """
    chosen = read_variant(variant)
    texts = {name: _sources(path) for name, path in _files(chosen).items()}
    key = content_hash(
        _GENERATOR,
        PURPOSE,
        antimony_unit_block(),
        antimony_function_block(),
        _annotations().read_text("utf-8") if _annotations().is_file() else "",
        *(
            part
            for text, table in texts.values()
            for part in (text.read_text("utf-8"), _text_or_empty(table))
        ),
    )
    numbers: dict[str, Parameter] = {}
    for _, table in texts.values():
        if table.is_file():
            numbers.update(read_parameters(table))
    # The sources stand in the SBML and change no number: they renew the file, not the model's hash.
    file_key = content_hash(key, data_text("references.bib").read_text("utf-8"))
    sbml = shipped_text(file_key) or cached_text(file_key, ".xml", lambda: _build(texts))
    return Body(chosen, sbml, numbers, key, file_key)


def _files(variant: Variant) -> dict[str, str]:
    """Process name to path below ``physiology``, without ending."""
    if variant.only_files:
        return {path.rsplit("/", 1)[-1]: path for path in variant.only_files}
    whole = tomllib.loads(physiology_text("whole_body.toml").read_text("utf-8"))
    files = {name: name for name in whole["files"]} | variant.files
    return {name: path for name, path in files.items() if path}


def process_files() -> list[str]:
    """Names of the processes of the default body, in the order of ``whole_body.toml``.

    Returns
    -------
    list of str
        File stems.

    Examples
    --------
    >>> process_files()[0]
    'person'
    """
    return list(_files(read_variant(DEFAULT)))


def _sources(path: str) -> tuple[Traversable, Traversable]:
    return physiology_text(f"{path}.ant"), physiology_text(f"{path}.csv")


def _text_or_empty(table: Traversable) -> str:
    return table.read_text("utf-8") if table.is_file() else ""


def _annotations() -> Traversable:
    return physiology_text("annotations.csv")


def _build(texts: dict[str, tuple[Traversable, Traversable]]) -> str:
    # Imported here: a cached body needs neither Antimony nor the 0.3 s of libSBML's import.
    import libsbml

    from calciroute.sbml.annotate import annotate
    from calciroute.sbml.merge import merge_parts

    parts = list(_parts(texts))
    document = merge_parts(parts, "calciroute")
    annotate(document.getModel(), {name: row for part in parts for name, row in part.numbers.items()})
    return str(libsbml.writeSBMLToString(document))


def _parts(texts: dict[str, tuple[Traversable, Traversable]]) -> Iterable[Part]:
    from calciroute.sbml.part import Part

    for name, (text, table) in texts.items():
        numbers = read_parameters(table) if table.is_file() else {}
        yield Part(name, text.read_text("utf-8"), shown_path(text), numbers)


def variant_values(variant: Variant, body: Body) -> dict[str, float]:
    """Numbers that a variant replaces, in the unit that the text declares.

    Parameters
    ----------
    variant : Variant
        Whose numbers.
    body : Body
        Whose units.

    Returns
    -------
    dict of str to float
        Value by id.

    Raises
    ------
    KeyError
        When the body has no such id; a table test keeps this from happening.
    """
    from calciroute.body.units import declared_units
    from calciroute.units.expression import convert

    units = declared_units(body)
    return {name: convert(value, unit, units[name]) for name, (value, unit) in variant.numbers.items()}
