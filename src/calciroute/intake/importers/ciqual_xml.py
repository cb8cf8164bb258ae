"""Ciqual as XML files, read by their tags: that of 2020 is no well-formed XML (``<`` stands unescaped)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from fnmatch import fnmatch

from calciroute.intake.importers.amounts import NutrientDictionary, amount_of
from calciroute.intake.importers.ciqual import named_unit
from calciroute.intake.importers.faults import Faults
from calciroute.intake.importers.imported import ImportedAmount, ImportedFood, k2_rule_of
from calciroute.intake.importers.source_files import SourceFiles
from calciroute.tables.food_table_layouts import food_table_layout
from calciroute.tables.people_text import decode_people_text

# Kind of record -> pattern of its file, fields it must have.
PARTS = {
    "CONST": ("const*.xml", ("const_code", "const_nom_fr")),
    "ALIM": ("alim[!_]*.xml;alim_[0-9]*.xml;alim_utf8.xml", ("alim_code", "alim_nom_fr")),
    "COMPO": ("compo*.xml", ("alim_code", "const_code", "teneur")),
}
_FIELD = re.compile(r"<(?P<tag>\w{1,40})>[ \t]*(?P<text>[^\n]{0,400}?)[ \t]*</(?P=tag)>")
_BLOCK = 20_000  # signs of one record
_ENTITIES = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def file_of(part: str, names: tuple[str, ...]) -> str | None:
    """The file of one kind of record.

    Parameters
    ----------
    part : str
        ``CONST``, ``ALIM`` or ``COMPO``.
    names : tuple of str
        Lower-case file names.

    Returns
    -------
    str or None
        None where there is none; the last by name where a folder holds several releases.

    Examples
    --------
    >>> file_of("ALIM", ("alim_2020_07_07.xml", "alim_grp_2020_07_07.xml", "compo_2020_07_07.xml"))
    'alim_2020_07_07.xml'
    """
    patterns = PARTS[part][0].split(";")
    found = [name for name in names if any(fnmatch(name, pattern) for pattern in patterns)]
    return found[-1] if found else None


def read_ciqual_xml(files: SourceFiles, faults: Faults) -> tuple[dict[str, ImportedFood], tuple[str, ...]]:
    """Read the three files.

    Parameters
    ----------
    files : SourceFiles
        With alim_*.xml, const_*.xml and compo_*.xml.
    faults : Faults
        Receives what is wrong; refuses the table before values are believed.

    Returns
    -------
    dict of str to ImportedFood, tuple of str
        Foods by alim_code, in file order; notes.
    """
    dictionary = NutrientDictionary("ciqual", files.where(file_of("CONST", files.names) or ""))
    for line, record in _records(files, "CONST", faults):
        name, unit = named_unit(record["const_nom_fr"])
        dictionary.define(record["const_code"], name or record["const_nom_fr"], unit, line)
    dictionary.check(faults)
    faults.refuse()
    described = {record["alim_code"]: record for _, record in _records(files, "ALIM", faults)}
    if not described:
        faults.add(files.shown, "no food", "records of ALIM")
    faults.refuse()
    amounts = _amounts(files, dictionary, described, faults)
    faults.refuse()
    found = {}
    for code, record in described.items():
        french, english = record["alim_nom_fr"], record.get("alim_nom_eng", "")
        held = amounts.get(code, {})
        others = (french,) if english else ()
        found[code] = ImportedFood(code, english or french, others, "", held, k2_rule_of(held))
    return found, (
        "K2 is one total; several of its values repeat Dutch ones of 2000 and are no second analysis",
    )


def _amounts(
    files: SourceFiles, dictionary: NutrientDictionary, described: dict[str, dict[str, str]], faults: Faults
) -> dict[str, dict[str, ImportedAmount]]:
    layout = food_table_layout("ciqual_xml")
    where = files.where(file_of("COMPO", files.names) or "")
    found: dict[str, dict[str, ImportedAmount]] = {}
    for line, record in _records(files, "COMPO", faults):
        nutrient, code, place = dictionary.get(record["const_code"]), record["alim_code"], f"{where}:{line}"
        if nutrient is None:
            continue
        if code not in described:
            faults.add(place, f"food '{code[:20]}' is not in the file alim", "files of one release")
            continue
        held = found.setdefault(code, {})
        if nutrient.nutrient in held:
            faults.add(place, f"food {code} has constituent {record['const_code']} twice", "one record")
            continue
        cells = record["teneur"], record.get("min", ""), record.get("max", ""), ""
        amount = amount_of(cells, nutrient, layout, place, faults)
        if amount is not None:
            held[nutrient.nutrient] = amount
    return found


def _records(files: SourceFiles, part: str, faults: Faults) -> Iterator[tuple[int, dict[str, str]]]:
    """Records with the line they begin in; no entity is ever resolved but the five of XML itself."""
    name = file_of(part, files.names)
    assert name is not None  # the layout was identified by it
    where = files.where(name)
    text = decode_people_text(files.read(name), where, "an XML file of Ciqual").text
    if _ENTITIES.search(text, 0, _BLOCK):
        faults.add(where, "the file declares entities of its own", "a file of Ciqual", "do not use this file")
        faults.refuse()
    before, *blocks = text.split(f"<{part}>")
    line = before.count("\n") + 1
    if not blocks:
        begins = " ".join(before[:80].split())
        faults.add(where, f"no record <{part}>; the file begins with {begins}", f"records <{part}>")
        faults.refuse()
    for block in blocks:
        body, closing, _ = block.partition(f"</{part}>")
        if not closing or len(body) > _BLOCK:
            faults.add(f"{where}:{line}", f"record <{part}> does not end", f"</{part}>")
        else:
            record = {field["tag"]: html.unescape(field["text"]) for field in _FIELD.finditer(body)}
            if missing := [field for field in PARTS[part][1] if not record.get(field)]:
                faults.add(
                    f"{where}:{line}", f"record <{part}> has no {missing[0]}", ", ".join(PARTS[part][1])
                )
            else:
                yield line, record
        line += block.count("\n")
