"""The whole body with one more text, such as collectors of what came in and went out."""

from functools import cache

import libsbml

from calciroute.body.assembly import Body, process_files
from calciroute.body.variant import DEFAULT, read_variant
from calciroute.sbml.cache import cached_text, content_hash
from calciroute.sbml.merge import merge_parts
from calciroute.sbml.part import Part
from calciroute.tables.parameters import read_parameters
from calciroute.tables.texts import physiology_text


@cache
def body_with(extra):
    """The default body and one more Antimony model."""
    parts = []
    for name in process_files():
        text, table = physiology_text(f"{name}.ant"), physiology_text(f"{name}.csv")
        parts.append(Part(name, text.read_text("utf-8"), f"{name}.ant", read_parameters(table)))
    key = content_hash("with extra", extra, *(part.text + str(part.numbers) for part in parts))
    whole = [*parts, Part("extra", extra, "extra", {})]
    sbml = cached_text(key, ".xml", lambda: libsbml.writeSBMLToString(merge_parts(whole, "calciroute")))
    numbers = {name: row for part in parts for name, row in part.numbers.items()}
    return Body(read_variant(DEFAULT), sbml, numbers, key)
