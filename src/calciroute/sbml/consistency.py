"""What libSBML itself says about a document, with every category of its checks switched on."""

from __future__ import annotations

import libsbml

from calciroute.errors import Problem

_CATEGORIES = (
    libsbml.LIBSBML_CAT_GENERAL_CONSISTENCY,
    libsbml.LIBSBML_CAT_IDENTIFIER_CONSISTENCY,
    libsbml.LIBSBML_CAT_UNITS_CONSISTENCY,
    libsbml.LIBSBML_CAT_MATHML_CONSISTENCY,
    libsbml.LIBSBML_CAT_SBO_CONSISTENCY,
    libsbml.LIBSBML_CAT_OVERDETERMINED_MODEL,
    libsbml.LIBSBML_CAT_MODELING_PRACTICE,
)


def libsbml_messages(document: libsbml.SBMLDocument) -> list[Problem]:
    """Every message of libSBML, errors and warnings alike.

    Parameters
    ----------
    document : libsbml.SBMLDocument
        Checked on a copy, so its own log stays as it was.

    Returns
    -------
    list of Problem
        Empty when libSBML has nothing to say.
    """
    copy = libsbml.readSBMLFromString(libsbml.writeSBMLToString(document))
    for category in _CATEGORIES:
        copy.setConsistencyChecks(category, True)
    copy.checkConsistency()
    log = copy.getErrorLog()
    return [
        Problem(
            f"line {error.getLine()}", f"{error.getErrorId()} {' '.join(error.getMessage().split())[:300]}"
        )
        for error in (log.getError(index) for index in range(log.getNumErrors()))
    ]
