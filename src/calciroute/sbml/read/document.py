"""libSBML reads and checks a text; what it finds wrong, and what this reader does not do, ends here."""

from __future__ import annotations

import libsbml

from calciroute.errors import InputError, Problem
from calciroute.sbml.read.guard import guarded
from calciroute.sbml.read.refusals import NotSupported

_MOST_PROBLEMS = 10
# Units are a matter of warnings: many published files leave them out or mix them, and mean what they say.
_CHECKED = (
    libsbml.LIBSBML_CAT_IDENTIFIER_CONSISTENCY,
    libsbml.LIBSBML_CAT_MATHML_CONSISTENCY,
)
# References to units that do not exist, and units that do not fit.
_ABOUT_UNITS = frozenset((10311, 10313, *range(10501, 10600)))
_LEFT_OUT = (
    libsbml.LIBSBML_CAT_GENERAL_CONSISTENCY,  # see `references`
    libsbml.LIBSBML_CAT_UNITS_CONSISTENCY,
    libsbml.LIBSBML_CAT_SBO_CONSISTENCY,
    libsbml.LIBSBML_CAT_OVERDETERMINED_MODEL,
    libsbml.LIBSBML_CAT_MODELING_PRACTICE,
)


def read_document(text: str, name: str) -> libsbml.SBMLDocument:
    """A document with a model that libSBML could read.

    Parameters
    ----------
    text : str
        SBML of any level.
    name : str
        For messages.

    Returns
    -------
    libsbml.SBMLDocument
        Keep it as long as its model is in use.

    Raises
    ------
    InputError
        For a text that is no SBML, is cut off, hostile, or without a model.
    NotSupported
        For packages, algebraic rules and fast reactions.
    """
    document = libsbml.readSBMLFromString(guarded(text, name))
    _raise_errors(document, name)
    model = document.getModel()
    if model is None:
        raise InputError([Problem(name, "the file holds no model", "one model")])
    for index in range(model.getNumRules()):
        if model.getRule(index).isAlgebraic():
            raise NotSupported("AlgebraicRule", f"{name}, rule {index + 1}")
    for reaction in model.getListOfReactions():
        if reaction.isSetFast() and reaction.getFast():
            raise NotSupported("FastReaction", f"{name}, reaction {reaction.getId()}")
    return document


def check_document(document: libsbml.SBMLDocument, name: str) -> None:
    """Let libSBML check ids, references and mathematics.

    Called after our own reading, which has stopped what these checks could run away on, such as recursion.

    Parameters
    ----------
    document : libsbml.SBMLDocument
        From `read_document`.
    name : str
        For messages.

    Raises
    ------
    InputError
        With up to ten of its errors.
    """
    document.getErrorLog().clearLog()
    for category in _CHECKED:
        document.setConsistencyChecks(category, True)
    for category in _LEFT_OUT:
        document.setConsistencyChecks(category, False)
    document.checkConsistency()
    _raise_errors(document, name)


def _raise_errors(document: libsbml.SBMLDocument, name: str) -> None:
    log = document.getErrorLog()
    errors = [log.getError(index) for index in range(log.getNumErrors())]
    serious = [error for error in errors if _is_serious(error)]
    problems = [Problem(f"{name}:{error.getLine()}", _sentence(error)) for error in serious[:_MOST_PROBLEMS]]
    if len(serious) > _MOST_PROBLEMS:
        problems.append(Problem(name, f"and {len(serious) - _MOST_PROBLEMS} more of this kind"))
    if problems:
        raise InputError(problems)


def _is_serious(error: libsbml.SBMLError) -> bool:
    if error.getErrorId() in _ABOUT_UNITS:
        return False
    return bool(error.getSeverity() >= libsbml.LIBSBML_SEV_ERROR)


def _sentence(error: libsbml.SBMLError) -> str:
    """The heading of a message, and the words about this very element that follow its rule."""
    head = " ".join(error.getShortMessage().split()).removesuffix(".")
    _, _, own = error.getMessage().partition("Reference: ")
    own = " ".join(own.partition("\n")[2].split()).removesuffix(".")
    own = own if len(own) <= 300 else own[:297] + "..."
    return (
        f"{head}: {own} (libSBML {error.getErrorId()})" if own else f"{head} (libSBML {error.getErrorId()})"
    )
