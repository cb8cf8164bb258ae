"""The shipped body as SBML: what libSBML and the checks of units say, and how many ids carry terms.

    python validation/sbml_consistency.py

Bound: 0 messages of every category, errors and warnings alike; a term on every species.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "validation")]

import libsbml  # noqa: E402
from results import write_result  # noqa: E402

from calciroute.body.assembly import assemble  # noqa: E402
from calciroute.sbml.consistency import libsbml_messages  # noqa: E402
from calciroute.sbml.form_units import check_form_units  # noqa: E402
from calciroute.sbml.merge import formulas  # noqa: E402
from calciroute.sbml.unit_check import check_units  # noqa: E402


def main() -> int:
    """Check, print, store; 1 when anything is said."""
    document = libsbml.readSBMLFromString(assemble().sbml)
    model = document.getModel()
    messages = [str(message) for message in libsbml_messages(document)]
    units = [str(problem) for problem in check_units(model) + check_form_units(model)]
    species = list(model.getListOfSpecies())
    parameters = list(model.getListOfParameters())
    figures = {
        "libsbml_messages": len(messages),
        "unit_problems": len(units),
        "formulas": sum(1 for _ in formulas(model)),
        "species": len(species),
        "species_with_term": sum(item.getNumCVTerms() > 0 for item in species),
        "parameters": len(parameters),
        "parameters_with_term": sum(item.getNumCVTerms() > 0 for item in parameters),
        "reactions": model.getNumReactions(),
    }
    for name, value in figures.items():
        print(f"{name}: {value}")
    for line in messages + units:
        print(f"  {line}")
    write_result("sbml_consistency", figures, [{"message": line} for line in messages + units])
    return int(bool(messages or units) or figures["species"] != figures["species_with_term"])


if __name__ == "__main__":
    sys.exit(main())
