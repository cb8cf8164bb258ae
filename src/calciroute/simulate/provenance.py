"""What a result was made from: versions, hashes, seed, solver, tolerances and the texts that were read."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from calciroute.body.assembly import Body
from calciroute.body.solver import Tolerances
from calciroute.intake.diary_text import KIND, LIMIT_BYTES
from calciroute.sbml.cache import content_hash
from calciroute.tables.people_text import read_people_text

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
    stop: bool = False,
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
    stop : bool, optional
        Whether the arm without today's supplements was run.

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
        "inputs": _inputs(person, plans, stop),
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


def _inputs(person: Person, plans: Sequence[Plan], stop: bool) -> dict[str, Any]:
    """Names and texts of the files a run was made from; empty for records made in Python."""
    return {
        "person": _file(_named(person.source, "person"), person.text, person.encoding),
        "diary": _diary(person.diet.diary),
        "plans": [_file(_named(plan.source, plan.name), plan.text, plan.encoding) for plan in plans],
        "stop": stop,
    }


def _named(source: str, name: str) -> str:
    # A dict has no file: it stands here as the file that says the same, named after its arm.
    return source if Path(source).suffix else f"{name}.toml"


def _file(name: str, text: str, encoding: str) -> dict[str, str] | None:
    """Name and text; also the encoding where it is not UTF-8, since a note of the result tells of it."""
    if not text:
        return None
    return {"name": Path(name).name, "text": text} | ({} if encoding == "utf-8" else {"encoding": encoding})


def _diary(path: Path | None) -> dict[str, str] | None:
    if path is None:
        return None
    file = read_people_text(path, limit_bytes=LIMIT_BYTES, kind=KIND)
    return _file(path.name, file.text, file.encoding)
