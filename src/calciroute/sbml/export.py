"""The body in forms that other tools read: SBML, Antimony, and a COMBINE archive with a run.

One lane can go with it: inputs, start state and doses. A body without a lane is exported as its texts say,
with the reference person's inputs; its calcium core then starts at the published baseline, not at rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

import libsbml

from calciroute.errors import CalcirouteError, InputError, Problem, near_names
from calciroute.sbml.dose_events import Dose, add_dose_events, dose_series
from calciroute.sbml.omex import ArchiveFile, archive_metadata, write_archive
from calciroute.sbml.sedml import TimeCourse, sedml_text

MODEL_FILE, SIMULATION_FILE = "model.xml", "simulation.sedml"
_SBML_FORMAT = "http://identifiers.org/combine.specifications/sbml.level-3.version-2"
_SEDML_FORMAT = "http://identifiers.org/combine.specifications/sed-ml.level-1.version-4"


class HasSBML(Protocol):
    """What an exported body must have; `calciroute.body.assembly.Body` does."""

    @property
    def sbml(self) -> str:
        """SBML Level 3 Version 2."""


def export_sbml(
    body: HasSBML,
    *,
    parameters: Mapping[str, float] | None = None,
    start: Mapping[str, float] | None = None,
    doses: Iterable[Dose] = (),
) -> str:
    """SBML of a body, with one lane's inputs, start and doses.

    Parameters
    ----------
    body : HasSBML
        From `calciroute.body.assembly.assemble`.
    parameters : mapping of str to float, optional
        Inputs and numbers that differ from the body's own, in declared units.
    start : mapping of str to float, optional
        States at time 0, in declared units; the others keep the start formula of the text.
    doses : iterable of Dose, optional
        Amounts added to states or inputs; those at time 0 become part of the start.

    Returns
    -------
    str
        SBML Level 3 Version 2.

    Raises
    ------
    InputError
        For ids that the body does not have, or that an equation sets.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> empty = SimpleNamespace(sbml=libsbml.writeSBMLToString(libsbml.SBMLDocument(3, 2)))
    >>> "level3/version2" in export_sbml(empty)
    True
    """
    document = libsbml.readSBMLFromString(body.sbml)
    model = document.getModel()
    if model is None:
        return str(body.sbml)
    problems = [
        problem for name, value in (parameters or {}).items() if (problem := _set_input(model, name, value))
    ]
    problems += [
        problem for name, value in (start or {}).items() if (problem := _set_state(model, name, value))
    ]
    if problems:
        raise InputError(problems)
    later = []
    for dose in doses:
        if dose.time_h > 0.0:
            later.append(dose)
        else:
            _add_to_start(model, dose)
    add_dose_events(model, dose_series(later))
    return str(libsbml.writeSBMLToString(document))


def _set_input(model: libsbml.Model, name: str, value: float) -> Problem | None:
    if model.getRule(name) is not None:
        return Problem("", f"'{name}' is an equation or a state", "an input or a number of the tables")
    if (compartment := model.getCompartment(name)) is not None:
        compartment.setSize(value)
    elif (parameter := model.getParameter(name)) is not None:
        parameter.setValue(value)
    else:
        return _unknown(model, name)
    return None


def _set_state(model: libsbml.Model, name: str, value: float) -> Problem | None:
    rule = model.getRule(name)
    if (species := model.getSpecies(name)) is not None:
        species.unsetInitialConcentration()
        species.setInitialAmount(value)
    elif rule is not None and rule.isRate():
        model.getParameter(name).setValue(value)
    elif model.getParameter(name) is None:
        return _unknown(model, name)
    else:
        return Problem("", f"'{name}' is not a state", "a state", "give it among the inputs")
    model.getListOfInitialAssignments().remove(name)
    return None


def _unknown(model: libsbml.Model, name: str) -> Problem:
    known = [item.getId() for item in (*model.getListOfParameters(), *model.getListOfSpecies())]
    near = near_names(name, known)
    return Problem("", f"'{name}' is not in the model", "an id of it", f"'{near[0]}'" if near else "")


def _add_to_start(model: libsbml.Model, dose: Dose) -> None:
    formula = model.getInitialAssignmentBySymbol(dose.target)
    if formula is not None:
        total = libsbml.ASTNode(libsbml.AST_PLUS)
        given = libsbml.ASTNode(libsbml.AST_REAL)
        given.setValue(dose.amount)
        item = model.getElementBySId(dose.target)
        given.setUnits(item.getSubstanceUnits() if isinstance(item, libsbml.Species) else item.getUnits())
        total.addChild(formula.getMath().deepCopy())
        total.addChild(given)
        formula.setMath(total)
    elif (species := model.getSpecies(dose.target)) is not None:
        species.setInitialAmount(species.getInitialAmount() + dose.amount)
    elif (parameter := model.getParameter(dose.target)) is not None:
        parameter.setValue(parameter.getValue() + dose.amount)
    else:
        raise InputError([_unknown(model, dose.target)])


def export_antimony(
    body: HasSBML,
    *,
    parameters: Mapping[str, float] | None = None,
    start: Mapping[str, float] | None = None,
    doses: Iterable[Dose] = (),
) -> str:
    """The body as one Antimony text with its numbers.

    Parameters
    ----------
    body, parameters, start, doses
        As in `export_sbml`.

    Returns
    -------
    str
        Antimony.

    Raises
    ------
    CalcirouteError
        When Antimony is not installed or refuses the model.
    """
    try:
        import antimony
    except ImportError as missing:
        raise CalcirouteError(
            "Antimony is not installed here. Try: pip install 'calciroute[antimony]', or export SBML."
        ) from missing
    antimony.clearPreviousLoads()
    sbml = export_sbml(body, parameters=parameters, start=start, doses=doses)
    if antimony.loadSBMLString(sbml) < 0:
        raise CalcirouteError(f"Antimony cannot write this model: {antimony.getLastError()}")
    text = str(antimony.getAntimonyString(antimony.getMainModuleName()))
    antimony.freeAll()
    return text


def export_omex(
    path: Path,
    body: HasSBML,
    course: TimeCourse,
    *,
    parameters: Mapping[str, float] | None = None,
    start: Mapping[str, float] | None = None,
    doses: Iterable[Dose] = (),
) -> Path:
    """A COMBINE archive: the model with one lane, and a SED-ML description of its run.

    Parameters
    ----------
    path : Path
        File to write, ending ``.omex``; written whole or not at all, the same bytes each time.
    body : HasSBML
        The body.
    course : TimeCourse
        Length, outputs and figures of the run.
    parameters, start, doses
        As in `export_sbml`.

    Returns
    -------
    Path
        The file.
    """
    model = export_sbml(body, parameters=parameters, start=start, doses=doses)
    files = [
        ArchiveFile(MODEL_FILE, _SBML_FORMAT, model),
        ArchiveFile(SIMULATION_FILE, _SEDML_FORMAT, sedml_text(model, MODEL_FILE, course), master=True),
        archive_metadata(course.title),
    ]
    return write_archive(path, files)
