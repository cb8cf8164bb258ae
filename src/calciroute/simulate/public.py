"""The Dataset that Python users and ``result.nc`` get; docs/result_schema.md writes its dimensions down."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from calciroute.body.assembly import process_files
from calciroute.purpose import PURPOSE
from calciroute.simulate.result import Simulation
from calciroute.simulate.run import run_person
from calciroute.tables.parameters import read_parameters
from calciroute.tables.texts import physiology_text

if TYPE_CHECKING:
    import xarray as xr

    from calciroute.intake.plan import Plan
    from calciroute.people.person_model import Person

_DEFINED = re.compile(r"^\s*(?:var\s+)?([A-Za-z_]\w*)\s*(?::=|'\s*=|=)", re.MULTILINE)


def simulate_person(person: Person, plans: Sequence[Plan] = (), **options: Any) -> xr.Dataset:
    """Outcome courses of one person, as now and with each plan.

    Parameters
    ----------
    person : Person
        From `calciroute.people.person.read_person`.
    plans : sequence of Plan, optional
        From `calciroute.intake.plan.read_plan`.
    **options
        As for `run_person`: years, draws, seed, settings, variant, variants, tolerances, progress.

    Returns
    -------
    xarray.Dataset
        Each outcome (person, arm, draw, time) in its display unit, and ``OUTCOME_central`` (person, variant,
        arm, time); units, long names and sources as attributes of the variables, provenance and assumptions
        as attributes of the Dataset.

    Raises
    ------
    InputError
        For inputs that cannot be simulated, all at once.
    SolveError
        When not even the central course has a start.
    """
    return public_dataset(run_person(person, plans, **options))


def public_dataset(simulation: Simulation) -> xr.Dataset:
    """The Dataset of a simulation with its person, sources and provenance.

    Parameters
    ----------
    simulation : Simulation
        From `run_person`.

    Returns
    -------
    xarray.Dataset
        As `simulate_person` describes it.
    """
    name = Path(simulation.person.source).stem or "person"
    dataset = simulation.dataset.expand_dims(person=[name])
    record = simulation.provenance
    dataset.attrs = {
        **simulation.dataset.attrs,
        "purpose": PURPOSE,
        "Conventions": "CF-1.11",
        "source": f"calciroute {record.get('model', {}).get('version', 'unknown')}",
        # What has a structure goes in as JSON: an attribute holds one text or one list of numbers.
        "model": json.dumps(record.get("model", {}), sort_keys=True),
        "packages": json.dumps(record.get("packages", {}), sort_keys=True),
        "notes": "\n".join(simulation.notes),
        "failures": "\n".join(simulation.failures),
        "assumptions": json.dumps(
            [[one.field, one.value, one.why, one.source] for one in simulation.assumptions]
        ),
    }
    for values in dataset.data_vars.values():
        values.attrs["units"] = values.attrs.get("unit", "1")
        values.attrs["sources"] = ", ".join(sources_of(str(values.attrs.get("model_id", ""))))
    return dataset


def sources_of(name: str) -> tuple[str, ...]:
    """Sources of the numbers beside the text that owns an equation.

    Parameters
    ----------
    name : str
        Id in the model.

    Returns
    -------
    tuple of str
        Keys of ``references.bib``, sorted; empty for an id that no text defines.

    Examples
    --------
    >>> "peterson2010" in sources_of("Ca_serum")
    True
    """
    process = _owners().get(name)
    table = physiology_text(f"{process}.csv")
    if process is None or not table.is_file():
        return ()
    return tuple(sorted({row.source for row in read_parameters(table).values() if row.source}))


@cache
def _owners() -> dict[str, str]:
    """Process that defines each id."""
    owners: dict[str, str] = {}
    for process in process_files():
        for match in _DEFINED.finditer(physiology_text(f"{process}.ant").read_text("utf-8")):
            owners.setdefault(match[1], process)
    return owners
