"""The body as a program of the engine: its equations read once, its machine code kept between runs."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from calciroute.body.assembly import Body
from calciroute.body.outputs import read_outputs
from calciroute.body.plans import rest_plan, whole_plan
from calciroute.body.units import declared_units
from calciroute.engine.program import Program, compile_program
from calciroute.equations.system import System
from calciroute.sbml.cache import cache_folder, content_hash

# Raise it when reading the same SBML gives other equations.
_READER = "1"
# A few bodies are alive in a run at most: the default, and variants with texts of their own.
_PROGRAMS: dict[tuple[str, tuple[str, ...], tuple[str, ...]], Program] = {}


def program_of(body: Body, means: Sequence[str] = (), rest: Sequence[str] = ()) -> Program:
    """The compiled form of a body, made once per process.

    Parameters
    ----------
    body : Body
        From `assemble`.
    means : sequence of str, optional
        Ids whose mean over time is wanted, beside those that the catalogue of outcomes names as means.
    rest : sequence of str, optional
        States that have to come to rest; by default those of `whole_plan`. As many of them do: the slow
        states follow the core and feed nothing back.

    Returns
    -------
    Program
        Every id can be read, and ``integral:ID`` for each mean.

    Raises
    ------
    KeyError
        For a mean of an id that the body does not have.
    """
    usual = _catalogue_means(body)
    collectors = (*usual, *(name for name in dict.fromkeys(means) if name not in usual))
    usual_rest = _usual_rest(body)
    resting = usual_rest if set(rest) <= set(usual_rest) and _with_core(rest) else tuple(rest)
    key = (body.model_hash, collectors, resting)
    if key not in _PROGRAMS:
        system, text = equations_of(body)
        _PROGRAMS[key] = compile_program(
            system, collectors=collectors, rest=resting, cache=cache_folder() / "machine_code", key=text
        )
    return _PROGRAMS[key]


def equations_of(body: Body) -> tuple[Callable[[], System], str]:
    """The equations of a body, to be read when they are needed, and what tells them from others.

    Parameters
    ----------
    body : Body
        From `assemble`.

    Returns
    -------
    tuple of callable and str
        What gives the system, and a key for its machine code.
    """
    return lambda: _read(body.sbml), content_hash(_READER, body.sbml)


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


def _usual_rest(body: Body) -> tuple[str, ...]:
    """States of `whole_plan` when the body has them all: one program then serves every start."""
    known, states = declared_units(body), whole_plan().states
    return states if all(name in known for name in states) else ()


def _with_core(rest: Sequence[str]) -> bool:
    """Whether nothing, or the whole core, is asked for: the slow states may then come to rest beside it."""
    return not rest or set(rest_plan().states) <= set(rest)


def _catalogue_means(body: Body) -> tuple[str, ...]:
    """Ids of outcomes that are means: one program then serves starts, rest and runs."""
    known = declared_units(body)
    rows = read_outputs().values()
    return tuple(dict.fromkeys(row.id for row in rows if row.kind == "mean" and row.id in known))


def _read(sbml: str) -> System:
    # Imported here: a body whose code is in the cache needs no libSBML.
    from calciroute.sbml.read import read_system

    return read_system(sbml, "body").system
