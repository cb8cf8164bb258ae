"""Every id of the whole body says what it is and in which unit."""

import libsbml
import pytest

from calciroute.body.assembly import assemble


@pytest.fixture(scope="module")
def document():
    return libsbml.readSBMLFromString(assemble().sbml)


def test_every_id_has_a_meaning_beyond_its_own_name(document):
    model = document.getModel()
    items = [
        item
        for kind in ("Compartments", "Species", "Parameters", "Reactions")
        for item in getattr(model, f"getListOf{kind}")()
    ]
    assert len(items) > 700
    assert [item.getId() for item in items if item.getName() in ("", item.getId())] == []


def test_every_quantity_has_a_unit(document):
    model = document.getModel()
    assert [item.getId() for item in model.getListOfParameters() if not item.isSetUnits()] == []
    assert [item.getId() for item in model.getListOfSpecies() if not item.isSetSubstanceUnits()] == []
    assert [item.getId() for item in model.getListOfCompartments() if not item.isSetUnits()] == []
