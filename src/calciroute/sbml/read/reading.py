"""One file in, one `System` out, with what a front end needs to know about its ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import libsbml

from calciroute.equations.system import System
from calciroute.errors import InputError, Problem
from calciroute.sbml.read.circles import check_circles
from calciroute.sbml.read.document import check_document, read_document
from calciroute.sbml.read.draft import Draft
from calciroute.sbml.read.event_order import check_event_order
from calciroute.sbml.read.events import add_events
from calciroute.sbml.read.guard import MOST_CHARACTERS, decode
from calciroute.sbml.read.reactions import add_reactions, add_stoichiometries
from calciroute.sbml.read.references import check_references
from calciroute.sbml.read.species import SpeciesRole, add_species, species_role
from calciroute.sbml.read.unit_words import time_unit_word, unit_ids


@dataclass(frozen=True)
class Reading:
    """A file as a system.

    Parameters
    ----------
    name : str
        The file, for messages.
    system : System
        Its equations.
    time_unit : str
        In words, such as ``hour``; empty when the file does not say.
    units : mapping of str to str
        Unit by id, as the file calls it; ids without one are left out.
    species : mapping of str to SpeciesRole
        What each species is in the system.
    reported : tuple of str
        Ids of the file that have a value: compartments, species, parameters, reactions, stoichiometries.
    notes : tuple of str
        What the file asks for and a run leaves out without changing a number.
    """

    name: str
    system: System
    time_unit: str
    units: Mapping[str, str]
    species: Mapping[str, SpeciesRole]
    reported: tuple[str, ...]
    notes: tuple[str, ...] = ()


def read_file(path: Path) -> Reading:
    """Read an SBML file.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    Reading
        Named by the path.

    Raises
    ------
    InputError
        When the file cannot be read or is wrong.
    """
    try:
        size = path.stat().st_size
        if size > 4 * MOST_CHARACTERS:
            found = f"the file holds {size:,} bytes"
            raise InputError([Problem(str(path), found, f"at most {4 * MOST_CHARACTERS:,}")])
        data = path.read_bytes()
    except OSError as error:
        words = error.strerror or type(error).__name__
        raise InputError(
            [Problem(str(path), f"the file cannot be read ({words})", "an SBML file")]
        ) from error
    return read_system(decode(data, str(path)), str(path))


def read_system(text: str, name: str = "model") -> Reading:
    """Read SBML of any level into equations.

    Parameters
    ----------
    text : str
        SBML.
    name : str, optional
        For messages, such as the file's name.

    Returns
    -------
    Reading
        The system and its ids.

    Raises
    ------
    InputError
        When the text is no SBML or its model is wrong.
    NotSupported
        When the model needs what this reader does not do.

    Examples
    --------
    >>> text = '''<sbml xmlns="http://www.sbml.org/sbml/level3/version2/core" level="3" version="2"><model>
    ... <listOfParameters><parameter id="k" value="2" constant="true"/></listOfParameters></model></sbml>'''
    >>> dict(read_system(text).system.parameters)
    {'k': 2.0}
    """
    name = name or "model"
    document = read_document(text, name)
    model = document.getModel()
    check_references(model, name)
    draft = Draft(model, name)
    draft.formulas.read_functions()
    for compartment in model.getListOfCompartments():
        draft.add_quantity(compartment.getId(), _size(compartment))
    for parameter in model.getListOfParameters():
        value = float(parameter.getValue()) if parameter.isSetValue() else None
        draft.add_quantity(parameter.getId(), value)
    add_stoichiometries(draft)
    gains = add_reactions(draft)
    for species in model.getListOfSpecies():
        add_species(draft, species, gains.get(species.getId(), []))
    add_events(draft)
    system = draft.finish()
    check_circles(system, name)
    check_document(document, name)
    check_event_order(system, name)
    return Reading(
        name=name,
        system=system,
        time_unit=time_unit_word(model),
        units=unit_ids(model),
        species={species.getId(): species_role(species) for species in model.getListOfSpecies()},
        reported=tuple(draft.formulas.known),
        notes=_notes(model),
    )


def _size(compartment: libsbml.Compartment) -> float | None:
    if compartment.isSetSize():
        return float(compartment.getSize())
    # A point has no size: what is in it is counted.
    return 1.0 if compartment.getSpatialDimensionsAsDouble() == 0 else None


def _notes(model: libsbml.Model) -> tuple[str, ...]:
    count = model.getNumConstraints()
    return (f"{count} constraints are not checked",) if count else ()
