"""The body as a program of the engine: its equations read once, its machine code kept between runs."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Sequence

from calciroute.body.assembly import Body
from calciroute.body.outputs import read_outputs
from calciroute.body.units import declared_units
from calciroute.engine.program import Program, compile_program
from calciroute.equations.system import System
from calciroute.sbml.cache import cache_folder, content_hash

# Raise it when reading the same SBML gives other equations.
_READER = "2"
# A few bodies are alive in a run at most: the default, and variants with texts of their own.
_PROGRAMS: dict[tuple[str, tuple[str, ...]], Program] = {}


def program_of(body: Body, means: Sequence[str] = ()) -> Program:
    """The compiled form of a body, made once per process.

    Parameters
    ----------
    body : Body
        From `assemble`.
    means : sequence of str, optional
        Ids whose mean over time is wanted, beside those that the catalogue of outcomes names as means.

    Returns
    -------
    Program
        Every id can be read, the rate of each state as `rate_id` names it, and ``integral:ID`` for each mean.

    Raises
    ------
    KeyError
        For a mean of an id that the body does not have.
    """
    usual = _catalogue_means(body)
    collectors = (*usual, *(name for name in dict.fromkeys(means) if name not in usual))
    key = (body.model_hash, collectors)
    if key not in _PROGRAMS:
        _PROGRAMS[key] = compile_program(
            lambda: _read(body.sbml),
            collectors=collectors,
            cache=cache_folder() / "machine_code",
            key=content_hash(_READER, body.sbml),
        )
    return _PROGRAMS[key]


def rate_id(state: str) -> str:
    """Id under which the rate of a state can be read.

    Parameters
    ----------
    state : str
        Id of a state.

    Returns
    -------
    str
        Change per hour, in the unit declared for the state.

    Examples
    --------
    >>> rate_id("Ca_plasma")
    'rate:Ca_plasma'
    """
    return f"rate:{state}"


def usable_cores() -> int:
    """Cores that this process may use.

    Returns
    -------
    int
        At least 1; fewer than the machine has where the system says so.
    """
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _catalogue_means(body: Body) -> tuple[str, ...]:
    """Ids of outcomes that are means: one program then serves starts, rest and runs."""
    known = declared_units(body)
    rows = read_outputs().values()
    return tuple(dict.fromkeys(row.id for row in rows if row.kind == "mean" and row.id in known))


def _read(sbml: str) -> System:
    # Imported here: a body whose code is in the cache needs no libSBML.
    from calciroute.sbml.read import read_system

    system = read_system(sbml, "body").system
    rates = {rate_id(name): state.rate for name, state in system.states.items()}
    return dataclasses.replace(system, equations={**system.equations, **rates})
