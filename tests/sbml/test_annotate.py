"""Terms of identifiers.org stand on the ids they belong to, and only there."""

import re

import libsbml
import pytest

from calciroute.body.assembly import assemble
from calciroute.purpose import PURPOSE
from calciroute.sbml.annotate import read_annotations, sources_of

ACCESSIONS = {
    "chebi": r"CHEBI:[0-9]+",
    "uniprot": r"[OPQ][0-9][A-Z0-9]{3}[0-9]|[A-NR-Z][0-9][A-Z][A-Z0-9]{2}[0-9]",
    "taxonomy": r"[0-9]+",
}


@pytest.fixture(scope="module")
def model():
    document = libsbml.readSBMLFromString(assemble().sbml)
    yield document.getModel()
    del document


def resources(item):
    """Terms of one item by qualifier."""
    found = {}
    for term in (item.getCVTerm(index) for index in range(item.getNumCVTerms())):
        found.setdefault(term.getBiologicalQualifierType(), []).extend(
            term.getResourceURI(index) for index in range(term.getNumResources())
        )
    return found


def test_every_term_belongs_to_an_id_of_the_body(model):
    known = {model.getId()} | {item.getId() for item in model.getListOfAllElements() if item.getId()}
    assert sorted({term.id for term in read_annotations()} - known) == []


def test_every_accession_has_the_form_of_its_collection():
    for term in read_annotations():
        assert re.fullmatch(ACCESSIONS[term.collection], term.accession), term


def test_nothing_rests_on_memory():
    assert [term.id for term in read_annotations() if "memory" in term.verified.lower()] == []


def test_every_species_has_a_term(model):
    assert [item.getId() for item in model.getListOfSpecies() if item.getNumCVTerms() == 0] == []


def test_osteocalcin_and_menaquinone_7_carry_their_terms(model):
    version = resources(model.getParameter("ucOC"))[libsbml.BQB_IS_VERSION_OF]
    assert version == ["https://identifiers.org/uniprot:P02818"]
    assert "https://identifiers.org/CHEBI:44245" in resources(model.getSpecies("MK7_plasma"))[libsbml.BQB_IS]


def test_every_number_with_a_published_source_is_described_by_it(model):
    rows = {name: sources_of(row) for name, row in assemble().numbers.items()}
    described = {name: expected for name, expected in rows.items() if expected}
    assert len(described) > 100
    for name, expected in described.items():
        links = resources(model.getElementBySId(name))[libsbml.BQB_IS_DESCRIBED_BY]
        assert links == [
            f"https://identifiers.org/{collection}:{accession}" for collection, accession in expected
        ]


def test_notes_state_the_purpose(model):
    assert PURPOSE in model.getNotesString()
