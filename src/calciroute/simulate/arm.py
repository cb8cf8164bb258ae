"""One arm: what is swallowed when, as doses and inputs of the model."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from calciroute.body.lanes import Column

Array = npt.NDArray[np.float64]

AS_NOW = "as_now"
STOP = "stop"


@dataclass(frozen=True)
class Swallowed:
    """An amount that reaches a state or input after a lag.

    Parameters
    ----------
    time_h : float
        Hours from the start of the run to the swallowing; below 0 for what may arrive after it.
    target : str
        Id of a state, or of an input that may change.
    amount : float
        In the unit declared for the target.
    lag : str
        Id of the number that holds the lag; empty for none.
    """

    time_h: float
    target: str
    amount: float
    lag: str = ""


@dataclass(frozen=True)
class Arm:
    """A regimen in the model's own words.

    Parameters
    ----------
    name : str
        ``as_now`` or the name of a plan.
    inputs : mapping of str to float
        Inputs of this arm from the start on, in declared units.
    swallowed : tuple of Swallowed
        In any order.
    blends : mapping of str to tuple
        Inputs that are weighted means over products: (weight, ids of numbers whose product counts).
    steady : mapping of str to float
        Inputs under which the start state is found, where doses of today stand as a constant flux.
    calcium_loads_mg : tuple of float
        Single doses of calcium outside meals.
    past : Past or None
        What was taken before day 0; the same in all arms of a person.
    """

    name: str
    inputs: Mapping[str, float] = field(default_factory=dict)
    swallowed: tuple[Swallowed, ...] = ()
    blends: Mapping[str, tuple[tuple[float, tuple[str, ...]], ...]] = field(default_factory=dict)
    steady: Mapping[str, float] = field(default_factory=dict)
    calcium_loads_mg: tuple[float, ...] = ()
    past: Past | None = None

    def values(self, numbers: Mapping[str, Column]) -> dict[str, Column]:
        """Inputs of this arm under the numbers of one draw or of many.

        Parameters
        ----------
        numbers : mapping of str to float or float array (set,)
            All numbers, in declared units.

        Returns
        -------
        dict of str to float or float array (set,)
            By id.
        """
        found: dict[str, Column] = dict(self.inputs)
        for name, parts in self.blends.items():
            total = sum(weight for weight, _ in parts)
            if total > 0.0:  # nothing of it is ever taken at an adherence of 0
                found[name] = sum(weight * _product(ids, numbers) for weight, ids in parts) / total
        return found

    def without(self, names: Collection[str]) -> Arm:
        """Leave some inputs to whoever has fixed them.

        Parameters
        ----------
        names : collection of str
            Inputs that were set by hand or by a variant.

        Returns
        -------
        Arm
            Doses stay.
        """
        return dataclasses.replace(
            self,
            inputs={name: value for name, value in self.inputs.items() if name not in names},
            blends={name: parts for name, parts in self.blends.items() if name not in names},
            steady={name: value for name, value in self.steady.items() if name not in names},
            past=self.past and dataclasses.replace(self.past, arm=self.past.arm.without(names)),
        )

    def dose_times_h(self, numbers: Mapping[str, Column], count: int) -> Array:
        """When each swallowed amount arrives, under the lags of many draws.

        Parameters
        ----------
        numbers : mapping of str to float or float array (set,)
            All numbers, in declared units.
        count : int
            Number of sets.

        Returns
        -------
        float array (set, dose)
            Hours from the start; doses in the order of `swallowed`. Below 0 for what arrived before it.
        """
        times = np.empty((count, len(self.swallowed)))
        for place, one in enumerate(self.swallowed):
            times[:, place] = one.time_h + (numbers[one.lag] if one.lag else 0.0)
        return times


@dataclass(frozen=True)
class Past:
    """The time before day 0, run from rest.

    Parameters
    ----------
    days : float
        Length, > 0.
    arm : Arm
        Its hours count from the beginning of the past; `steady` is what rest is found under.
    """

    days: float
    arm: Arm


def _product(ids: tuple[str, ...], numbers: Mapping[str, Column]) -> Column:
    product: Column = 1.0
    for name in ids:
        product = product * numbers[name]
    return product
