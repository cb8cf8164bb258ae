"""What a simulation of one person gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import xarray as xr

    from calciroute.intake.plan import Plan
    from calciroute.people.person_model import Person
    from calciroute.simulate.narrowed import Narrowed
    from calciroute.simulate.observed import Observed


@dataclass(frozen=True)
class Assumption:
    """A value that the person did not give.

    Parameters
    ----------
    field : str
        What it stands for, in the words of the person file.
    value : str
        With its unit, as used.
    why : str
        Why this value.
    source : str
        Key in ``references.bib``, or empty.
    """

    field: str
    value: str
    why: str
    source: str = ""


@dataclass(frozen=True)
class Simulation:
    """Outcome courses of one person, arm by arm.

    Parameters
    ----------
    dataset : xarray.Dataset
        Each outcome id has dimensions (arm, draw, time), days, in its display unit; ``OUTCOME_central`` has
        (variant, arm, time). Attributes of a variable: unit, long_name, group, digits.
    assumptions : tuple of Assumption
        Every default that was used.
    notes : tuple of str
        What a reader has to know: inputs set to a bound, an interrupted run, variants left out.
    failures : tuple of str
        One line per lane that did not run to its end.
    provenance : dict
        Versions, model and parameter hashes, seed, solver, tolerances.
    person : Person
        As read.
    plans : tuple of Plan
        As read; the arm of a plan has its name.
    interrupted : bool
        Whether the run was stopped before all draws and variants were done.
    by_hand : tuple of str
        What makes this another run than the default: numbers that were set, another body.
    stop : bool
        Whether the arm ``stop``, without today's supplements, was run.
    narrowed : tuple of Narrowed
        What dated readings have said of this person, and by how much.
    observed : Observed, optional
        Measurements to lay over the courses.
    """

    dataset: xr.Dataset
    assumptions: tuple[Assumption, ...]
    notes: tuple[str, ...]
    failures: tuple[str, ...]
    provenance: dict[str, Any]
    person: Person
    plans: tuple[Plan, ...]
    interrupted: bool = False
    by_hand: tuple[str, ...] = ()
    stop: bool = False
    narrowed: tuple[Narrowed, ...] = ()
    observed: Observed | None = None
