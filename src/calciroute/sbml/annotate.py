"""MIRIAM terms and the purpose line: what a species or number is, told to machines."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources.abc import Traversable

import libsbml

from calciroute.purpose import PURPOSE
from calciroute.tables.csv_table import Column, read_table
from calciroute.tables.texts import physiology_text

QUALIFIERS = {
    "is": libsbml.BQB_IS,
    "isVersionOf": libsbml.BQB_IS_VERSION_OF,
    "hasPart": libsbml.BQB_HAS_PART,
    "hasProperty": libsbml.BQB_HAS_PROPERTY,
    "isDescribedBy": libsbml.BQB_IS_DESCRIBED_BY,
}
# The collections of identifiers.org that occur here.
COLLECTIONS = frozenset({"chebi", "uniprot", "pubmed", "doi", "go", "pr"})
COLUMNS = (
    Column("id", required=True),
    Column("qualifier", required=True, allowed=frozenset(QUALIFIERS)),
    Column("collection", required=True, allowed=COLLECTIONS),
    Column("accession", required=True),
    Column("verified", required=True),
    Column("note"),
)


@dataclass(frozen=True)
class Annotation:
    """One term of one id.

    Parameters
    ----------
    id : str
        Species, parameter or reaction.
    qualifier : str
        How the term relates to it, a key of QUALIFIERS.
    collection, accession : str
        Such as ``chebi`` and ``CHEBI:29108``.
    verified : str
        Where the accession was read.
    where : str
        ``file:line``.
    """

    id: str
    qualifier: str
    collection: str
    accession: str
    verified: str
    where: str


def read_annotations(source: Traversable | None = None) -> list[Annotation]:
    """Terms of the shipped table.

    Parameters
    ----------
    source : Traversable, optional
        The table; ``physiology/annotations.csv`` by default.

    Returns
    -------
    list of Annotation
        In file order; a term that is only remembered has no place in the table.
    """
    rows = read_table(
        source or physiology_text("annotations.csv"), COLUMNS, key=("id", "collection", "accession")
    )
    return [
        Annotation(
            row.text("id"),
            row.text("qualifier"),
            row.text("collection"),
            row.text("accession"),
            row.text("verified"),
            row.where,
        )
        for row in rows
    ]


def annotate(model: libsbml.Model) -> None:
    """Put the terms that belong to ids of a model on them, and the purpose line into its notes.

    Parameters
    ----------
    model : libsbml.Model
        Changed in place; terms of ids it does not have are left out (a variant may lack a species).
    """
    model.setNotes(f'<body xmlns="http://www.w3.org/1999/xhtml"><p>{PURPOSE}</p></body>')
    for term in read_annotations():
        item = model.getElementBySId(term.id)
        if item is None:
            continue
        if not item.isSetMetaId():
            item.setMetaId(f"meta_{term.id}")
        entry = libsbml.CVTerm(libsbml.BIOLOGICAL_QUALIFIER)
        entry.setBiologicalQualifierType(QUALIFIERS[term.qualifier])
        # ChEBI's accessions carry their collection in front already.
        name = term.accession if term.collection == "chebi" else f"{term.collection}:{term.accession}"
        entry.addResource(f"https://identifiers.org/{name}")
        item.addCVTerm(entry)
