"""One model text and its numbers, read into an SBML model of its own.

Unit definitions do not cross Antimony's ``import`` and submodels prefix every id, so each text is read alone
with the shared unit and function definitions put on its ``model`` line; line numbers stay true.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import ModuleType

import libsbml

from calciroute.errors import Problem, TableError
from calciroute.sbml.functions import antimony_function_block
from calciroute.tables.parameters import Parameter
from calciroute.units.model_units import antimony_unit_block

_MODEL_LINE = re.compile(
    r"^[ \t]*model[ \t]+(?P<name>[A-Za-z_]\w*)[ \t]*(?:\([ \t]*\))?[ \t]*;?[ \t]*$", re.MULTILINE
)


@dataclass(frozen=True)
class Part:
    """One process: its text and its numbers.

    Parameters
    ----------
    name : str
        File stem, such as ``mgp``.
    text : str
        Antimony.
    where : str
        File name for messages.
    numbers : dict of str to Parameter
        Rows of the table beside the text.
    """

    name: str
    text: str
    where: str
    numbers: dict[str, Parameter]


def read_part(part: Part) -> libsbml.SBMLDocument:
    """Translate one text to SBML.

    Parameters
    ----------
    part : Part
        Text with exactly one ``model NAME`` line.

    Returns
    -------
    libsbml.SBMLDocument
        Level 3 version 2, with all shared units and functions.

    Raises
    ------
    TableError
        With file and line when Antimony cannot read the text.
    """
    antimony = _antimony(part.where)
    match = _MODEL_LINE.search(part.text)
    if match is None:
        raise TableError([Problem(part.where, "no 'model NAME' line", "model NAME on a line of its own")])
    line = f"{antimony_function_block()} model {match['name']}; {antimony_unit_block()}"
    whole = part.text[: match.start()] + line + part.text[match.end() :]
    antimony.clearPreviousLoads()
    antimony.freeAll()
    if antimony.loadAntimonyString(whole) < 0:
        raise TableError([Problem(part.where, _antimony_words(antimony.getLastError()), "valid Antimony")])
    document = libsbml.readSBMLFromString(antimony.getSBMLString(match["name"]))
    antimony.freeAll()
    return document


def _antimony(where: str) -> ModuleType:
    """Antimony is an extra: an installed wheel carries the SBML of its texts and never comes here."""
    try:
        import antimony
    except ImportError:
        found = "this text has no SBML made from it yet, and Antimony, which makes it, is not installed"
        advice = "python -m pip install antimony, or take the text as it was released"
        raise TableError([Problem(where, found, "the texts of the wheel, or Antimony", advice)]) from None
    module: ModuleType = antimony
    return module


def _antimony_words(message: str) -> str:
    # The shared definitions make the quoted line very long; the line number says enough.
    return message.strip().replace("\n", " ")[:400]
