"""MIRIAM terms and the purpose line: what a species or number is, told to machines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable

import libsbml

from calciroute.purpose import PURPOSE
from calciroute.tables.csv_table import Column, read_table
from calciroute.tables.parameters import Parameter
from calciroute.tables.references import read_references
from calciroute.tables.texts import physiology_text

QUALIFIERS = {
    "is": libsbml.BQB_IS,
    "isVersionOf": libsbml.BQB_IS_VERSION_OF,
    "hasPart": libsbml.BQB_HAS_PART,
    "hasProperty": libsbml.BQB_HAS_PROPERTY,
    "isPropertyOf": libsbml.BQB_IS_PROPERTY_OF,
    "hasTaxon": libsbml.BQB_HAS_TAXON,
    "isDescribedBy": libsbml.BQB_IS_DESCRIBED_BY,
}
# The collections of identifiers.org that occur here.
COLLECTIONS = frozenset({"chebi", "uniprot", "pubmed", "doi", "go", "pr", "taxonomy"})
# Field of a reference -> collection: the two kinds of source that identifiers.org knows.
_SOURCES = {"pmid": "pubmed", "doi": "doi"}
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


def annotate(model: libsbml.Model, numbers: Mapping[str, Parameter] | None = None) -> None:
    """Put terms and sources on the ids of a model, and the purpose line into its notes.

    Parameters
    ----------
    model : libsbml.Model
        Changed in place; terms of ids it does not have are left out (a variant may lack a species).
    numbers : mapping of str to Parameter, optional
        Rows of the tables; each whose source has a DOI or a PubMed number is described by it.
    """
    model.setNotes(f'<body xmlns="http://www.w3.org/1999/xhtml"><p>{PURPOSE}</p></body>')
    for term in read_annotations():
        item = model if term.id == model.getId() else model.getElementBySId(term.id)
        if item is not None:
            _add(item, term.id, term.qualifier, term.collection, term.accession)
    for row in (numbers or {}).values():
        item = model.getElementBySId(row.id)
        for collection, accession in sources_of(row):
            if item is not None:
                _add(item, row.id, "isDescribedBy", collection, accession)


def sources_of(row: Parameter) -> list[tuple[str, str]]:
    """Where a number was published, as identifiers.org names it.

    Parameters
    ----------
    row : Parameter
        With or without a source.

    Returns
    -------
    list of tuple of str
        Collection and accession; empty for a number without a source, or one that has neither.

    Examples
    --------
    >>> from calciroute.tables.parameters import read_parameters
    >>> sources_of(read_parameters(physiology_text("mgp.csv"))["dp_ucMGP_ref"])
    [('doi', '10.1161/HYPERTENSIONAHA.115.05177')]
    """
    reference = read_references().get(row.source)
    if reference is None:
        return []
    return [(name, reference.fields[field]) for field, name in _SOURCES.items() if field in reference.fields]


def _add(item: libsbml.SBase, name: str, qualifier: str, collection: str, accession: str) -> None:
    if not item.isSetMetaId():
        item.setMetaId(f"meta_{name}")
    entry = libsbml.CVTerm(libsbml.BIOLOGICAL_QUALIFIER)
    entry.setBiologicalQualifierType(QUALIFIERS[qualifier])
    # ChEBI's accessions carry their collection in front already.
    resource = accession if collection == "chebi" else f"{collection}:{accession}"
    entry.addResource(f"https://identifiers.org/{resource}")
    item.addCVTerm(entry)
