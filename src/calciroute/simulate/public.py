"""The Dataset that Python users and ``result.nc`` get; docs/result_schema.md writes its dimensions down."""

from __future__ import annotations

import dataclasses
import json
import os
import re
import warnings
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from calciroute.body.assembly import process_files
from calciroute.body.variant import DEFAULT
from calciroute.errors import InputError, Problem
from calciroute.intake.plan import Plan
from calciroute.purpose import PURPOSE
from calciroute.simulate.not_for_marks import mark_not_for_person
from calciroute.simulate.observed import read_beside
from calciroute.simulate.read_inputs import PersonGiven, PlanGiven, read_inputs
from calciroute.simulate.residuals import comparison_of, with_observed
from calciroute.simulate.result import Simulation
from calciroute.simulate.run import DEFAULT_SEED, run_person
from calciroute.simulate.settings import Value
from calciroute.tables.parameters import read_parameters
from calciroute.tables.references import read_references
from calciroute.tables.renamed import read_renamed
from calciroute.tables.texts import physiology_text

if TYPE_CHECKING:
    import xarray as xr

_DEFINED = re.compile(r"^\s*(?:var\s+)?([A-Za-z_]\w*)\s*(?::=|'\s*=|=)", re.MULTILINE)


def simulate_person(
    person: PersonGiven,
    plans: PlanGiven | Sequence[PlanGiven] = (),
    *,
    set: Mapping[str, Value] | None = None,
    variant: str = DEFAULT,
    seed: int = DEFAULT_SEED,
    draws: int = 100,
    years: float = 3.0,
    stop: bool = False,
    observed: Any = None,
    settings: Mapping[str, Value] | None = None,
    **options: Any,
) -> xr.Dataset:
    """Outcome courses of one person, as now and with each plan: what ``calciroute simulate`` runs.

    Parameters
    ----------
    person : path, mapping or Person
        A person file; or a dict in its shape: ``{"person": {"sex": "female", "age_years": 62}}`` with more
        sections beside, and a list of dicts under ``supplement`` for ``[[supplement]]``. None stands for what
        is not known.
    plans : path, mapping or Plan, or a sequence of them, optional
        Plan files, or dicts in their shape: ``{"name": "mk7", "supplement": [{"product": ...}]}``; a dict
        without ``name`` is called ``plan_1``, ``plan_2`` ... by its place. Each is an arm beside ``as_now``.
    set : mapping of str to str or float, optional
        Numbers of the model replaced by hand, each as text with its unit, ``{"CL_MK7": "0.7 L/h"}``; a bare
        number where the unit is 1. They are the same in every draw.
    variant : str, optional
        Body that centre and draws run, a name of `calciroute.body.variant.variant_names`.
    seed : int, optional
        Seed of all random numbers, >= 0.
    draws : int, optional
        Draws of what nobody knows, 0 to 10,000. Draw i has the same bits however many there are.
    years : float, optional
        Length of the run, 0 < years <= 50.
    stop : bool, optional
        Whether to add the arm ``stop``, in which today's supplements end at day 0.
    observed : path, DataFrame, mapping or sequence of mappings, optional
        Measurements to compare with the run, as `calciroute.simulate.observed.read_observed` takes them. The
        attribute ``observed`` of the Dataset then holds, as JSON, what
        `calciroute.simulate.residuals.residuals_of` finds.
    settings : mapping, optional
        The old name of `set`, for one release.
    **options
        As for `calciroute.simulate.run_person`: variants, tolerances, progress.

    Returns
    -------
    xarray.Dataset
        Each outcome (person, arm, draw, time) in its display unit, and ``OUTCOME_central`` (person, variant,
        arm, time); units, long names and sources as attributes of all variables and coordinates, provenance
        and assumptions as attributes of the Dataset. docs/result_schema.md has it in full.

    Raises
    ------
    InputError
        For inputs that cannot be simulated, all at once; a problem of a dict names the path of its key.
    SolveError
        When not even the central course has a start.

    Examples
    --------
    >>> woman = {"person": {"sex": "female", "age_years": 62}, "labs": {"25OHD": "55 nmol/L"}}
    >>> mk7 = {"name": "mk7", "supplement": [{"product": "MK-7 180 mcg softgel"}]}
    >>> found = simulate_person(woman, [mk7], set={"beta_calcification": 0.3}, years=0.1, draws=2)
    >>> found.sizes["arm"], found.sizes["draw"], found["dp_ucMGP"].attrs["units"]
    (2, 2, 'pmol/L')
    """
    if settings is not None:
        warnings.warn(
            "settings= is called set= now; 0.2.0 no longer knows settings=", FutureWarning, stacklevel=2
        )
    if settings is not None and set is not None:
        raise InputError([Problem("set", "set= and settings= are both given", "set= alone")])
    chosen = set if settings is None else settings
    try:
        who, found, data = read_beside(lambda: read_inputs(person, _each(plans)), observed, stop=stop)
        simulation = run_person(
            who,
            found,
            stop=stop,
            years=years,
            draws=draws,
            seed=seed,
            settings=chosen,
            variant=variant,
            **options,
        )
    except InputError as wrong:
        # The same words as on the command line, where `set=` is `--set`.
        raise type(wrong)(
            dataclasses.replace(one, where=one.where.removeprefix("--")) for one in wrong.problems
        ) from None
    for name in chosen or {}:
        if renamed := read_renamed().get(name):
            warnings.warn(renamed.words, FutureWarning, stacklevel=2)
    return public_dataset(simulation if data is None else with_observed(simulation, data))


def _each(plans: PlanGiven | Sequence[PlanGiven]) -> Sequence[PlanGiven]:
    """One plan may stand without a list around it; a text is one path, not letters."""
    return [plans] if isinstance(plans, str | os.PathLike | Mapping | Plan) else list(plans)


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
    model = record.get("model", {})
    program = f"calciroute {model.get('version', 'unknown')}"
    dataset.attrs = {
        **simulation.dataset.attrs,
        "purpose": PURPOSE,
        "Conventions": "CF-1.11",
        "source": program,
        # What has a structure goes in as JSON: an attribute holds one text or one list of numbers.
        "model": json.dumps(model, sort_keys=True),
        "packages": json.dumps(record.get("packages", {}), sort_keys=True),
        "set_by_hand": "\n".join(simulation.by_hand),
        "notes": "\n".join(simulation.notes),
        "failures": "\n".join(simulation.failures),
        "assumptions": json.dumps(
            [[one.field, one.value, one.why, one.source] for one in simulation.assumptions]
        ),
    }
    compared = comparison_of(simulation)
    if compared is not None:
        dataset.attrs["observed"] = json.dumps(compared.document(), sort_keys=True)
    keys: dict[str, None] = {}
    for values in dataset.data_vars.values():
        equation = str(values.attrs.get("model_id", ""))
        sources = sources_of(equation)
        keys |= dict.fromkeys(sources)
        values.attrs["units"] = values.attrs.get("unit", "1")
        values.attrs["sources"] = ", ".join(sources)
        values.attrs["source"] = f"{program}, {_equation_words(equation)}"
    dataset.attrs["references"] = json.dumps(_references(keys), sort_keys=True, ensure_ascii=False)
    for label, attributes in _coordinates(program, model).items():
        if label in dataset.coords:
            dataset[label].attrs.update(attributes)
    mark_not_for_person(dataset, simulation)
    return dataset


def _coordinates(program: str, model: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Unit, name and origin of each coordinate; a label counts nothing, so its unit is 1."""
    seed = model.get("seed", "unknown")
    return {
        "person": {
            "units": "1",
            "long_name": "who, by the name of the file",
            "source": "the person that was given",
        },
        "arm": {
            "units": "1",
            "long_name": "what is done: as_now changes nothing, each other arm is called as its plan",
            "source": "the plans that were given",
        },
        "draw": {
            "units": "1",
            "long_name": "set of the numbers that nobody knows, the same in all arms",
            "source": f"{program}, priors and ranges of its tables, seed {seed}",
        },
        "time": {
            "units": "d",
            "long_name": "days from the start",
            "source": f"{program}: each 7th day to 84, each 28th after, the last",
        },
        "variant": {
            "units": "1",
            "long_name": "reading of the evidence, one run each at central values",
            "source": f"{program}, physiology/variants; main is the body of the run",
        },
    }


def _equation_words(name: str) -> str:
    process = _owners().get(name)
    return f"equation {name} of physiology/{process}.ant" if process else f"equation {name}"


def _references(keys: Iterable[str]) -> dict[str, str]:
    """Citations with their links, so that the file can be read without the program."""
    known = read_references()
    return {key: f"{known[key].citation} {known[key].link}".strip() for key in sorted(keys) if key in known}


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
