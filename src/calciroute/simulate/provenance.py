"""What a result was made from: versions, hashes, seed, solver, tolerances and the texts that were read."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from calciroute.body.assembly import Body
from calciroute.body.solver import Tolerances
from calciroute.sbml.cache import content_hash

if TYPE_CHECKING:
    from calciroute.intake.plan import Plan
    from calciroute.people.person_model import Person

_PACKAGES = ("calciroute", "llvmlite", "numpy", "scipy", "xarray", "python-libsbml")


def provenance(
    body: Body,
    fixed: Mapping[str, float],
    seed: int,
    draws: int,
    years: float,
    tolerances: Tolerances,
    settings: Mapping[str, str],
    person: Person,
    plans: Sequence[Plan],
) -> dict[str, Any]:
    """Record of a run.

    Parameters
    ----------
    body : Body
        The body of the draws.
    fixed : mapping of str to float
        Numbers that variant and settings replaced.
    seed, draws, years : int, int, float
        Arguments of the run.
    tolerances : Tolerances
        Of the solver.
    settings : mapping of str to str
        As given.
    person, plans : Person, sequence of Plan
        Their files are kept as text, so that a result can be run again.

    Returns
    -------
    dict
        ``model`` belongs to the result and is the same everywhere; ``platform`` and ``packages`` to the run.
    """
    numbers = sorted(
        (row.id, repr(row.value), row.unit, row.prior, repr(row.prior_params), row.lower, row.upper)
        for row in body.numbers.values()
    )
    return {
        "model": {
            "variant": body.variant.name,
            "model_hash": body.model_hash,
            "parameter_hash": content_hash(repr(numbers), repr(sorted(fixed.items()))),
            "solver": "calciroute engine, Rodas4",
            "relative_tolerance": tolerances.relative,
            "absolute_tolerance_share": tolerances.absolute,
            "seed": seed,
            "draws": draws,
            "years": years,
            "settings": dict(sorted(settings.items())),
            "version": _version("calciroute"),
        },
        "inputs": _inputs(person, plans),
        "platform": {
            "python": platform.python_version(),
            "machine": platform.machine(),
            "system": platform.system(),
        },
        "packages": {name: _version(name) for name in _PACKAGES},
    }


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "unknown"


def _inputs(person: Person, plans: Sequence[Plan]) -> dict[str, Any]:
    """Names and texts of the files a run was made from; empty for records made in Python."""
    return {
        "person": _file(person.source, person.text),
        "diary": _diary(person.diet.diary),
        "plans": [_file(plan.source, plan.text) for plan in plans],
    }


def _file(name: str, text: str) -> dict[str, str] | None:
    return {"name": Path(name).name, "text": text} if text else None


def _diary(path: Path | None) -> dict[str, str] | None:
    if path is None:
        return None
    # A diary may be in any encoding: what is not UTF-8 is kept byte by byte.
    return _file(path.name, path.read_bytes().decode("utf-8", errors="surrogateescape"))
