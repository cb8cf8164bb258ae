"""The body that a person can be simulated in."""

from __future__ import annotations

from calciroute.body.assembly import Body, assemble
from calciroute.body.variant import read_variant, variant_names
from calciroute.errors import InputError, Problem, near_names


def person_body(variant: str) -> Body:
    """Assemble a variant that holds a whole person.

    Parameters
    ----------
    variant : str
        Name of a variant.

    Returns
    -------
    Body
        With every input that a person file may set.

    Raises
    ------
    InputError
        For an unknown name, and for a variant made of texts of its own: the published core has neither
        vitamin K nor a person, and serves the checks.
    """
    usable = [name for name in variant_names() if not read_variant(name).only_files]
    if variant not in variant_names():
        near = " or ".join(f"'{name}'" for name in near_names(variant, usable))
        raise InputError([Problem("--variant", f"no body is called '{variant}'", ", ".join(usable), near)])
    if variant not in usable:
        found = f"'{variant}' is a model of its own for the checks, without vitamin K and without a person"
        advice = f"calciroute export --format sbml --variant {variant}"
        raise InputError([Problem("--variant", found, ", ".join(usable), advice)])
    return assemble(variant)
