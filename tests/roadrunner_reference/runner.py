"""libRoadRunner behind a small face: set values, advance, add a dose, read outputs.

Written so that a lane's result depends on the lane alone: every value and every state is set anew, and the
integrator is restarted from scratch.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import roadrunner

from calciroute.body.assembly import Body
from roadrunner_reference.hoist import FORMULA, START, hoist_constants

Array = npt.NDArray[np.float64]
_RUNNERS: dict[str, Runner] = {}
_FIRST_STEP_H = 1e-8
_TRACE = 1e-5  # the smallest state that acts starts at 1.5e-4


class Runner:
    """One compiled body.

    Parameters
    ----------
    sbml : str
        SBML text.
    """

    def __init__(self, sbml: str) -> None:
        roadrunner.Logger.setLevel(roadrunner.Logger.LOG_ERROR)
        hoisted = hoist_constants(sbml)
        self._rr = roadrunner.RoadRunner(hoisted.sbml)
        self._model = self._rr.model
        self.parameters: list[str] = list(self._model.getGlobalParameterIds())
        self.compartments: list[str] = list(self._model.getCompartmentIds())
        self.species: list[str] = list(self._model.getFloatingSpeciesIds())
        ruled: list[str] = list(self._rr.getRateRuleIds())
        self.states: list[str] = ruled + self.species
        self._first_parameters: Array = np.array(self._model.getGlobalParameterValues())
        self._first_sizes: Array = np.array(self._model.getCompartmentVolumes())
        self._parameter_index = {name: index for index, name in enumerate(self.parameters)}
        self._state_index = {name: index for index, name in enumerate(self.states)}
        self._species_index = {name: index for index, name in enumerate(self.species)}
        self._size_index = {name: index for index, name in enumerate(self.compartments)}
        self._settable = self._constants()
        self._ruled = [self._parameter_index[name] for name in ruled]
        self._first_state: Array = self.state_vector()
        self._levels = [
            ([self._parameter_index[name] for name in names], self.reader([FORMULA + name for name in names]))
            for names in hoisted.levels
        ]
        self._starts = [name for name in hoisted.starts if name in self._state_index]
        integrator = self._rr.integrator
        integrator.setValue("stiff", True)
        integrator.setValue("maximum_num_steps", 200_000)
        integrator.setValue("variable_step_size", False)
        # After a dose into an empty state the solver's own first guess may be too small to move time at all.
        integrator.setValue("initial_time_step", _FIRST_STEP_H)

    def _constants(self) -> list[int]:
        """Indices of parameters without a rule: the only ones that may be set."""
        ruled = set(self._rr.getAssignmentRuleIds()) | set(self._rr.getRateRuleIds())
        return [index for index, name in enumerate(self.parameters) if name not in ruled]

    def state_vector(self) -> Array:
        """States now: parameters under rate rules, then species amounts, in the order of `states`."""
        ruled = self._model.getGlobalParameterValues(self._ruled) if self._ruled else []
        return np.concatenate(
            [np.asarray(ruled, dtype=float), np.array(self._model.getFloatingSpeciesAmounts())]
        )

    def set_state_vector(self, state: Array) -> None:
        """Set all states.

        Parameters
        ----------
        state : float array (state,)
            In the order of `states`.
        """
        split = len(self._ruled)
        if split:
            self._model.setGlobalParameterValues(self._ruled, state[:split])
        if len(state) > split:
            self._model.setFloatingSpeciesAmounts(state[split:])

    def set_values(self, parameters: Mapping[str, float]) -> None:
        """Set every constant and size, at time 0: the body's own value, or the one given.

        Parameters
        ----------
        parameters : mapping of str to float
            Values in declared units; an unknown id raises KeyError.
        """
        # What follows from constants may read the time, as age does: an earlier run must not show in it.
        self._model.setTime(0.0)
        values = self._first_parameters.copy()
        sizes = self._first_sizes.copy()
        for name, value in parameters.items():
            if name in self._size_index:
                sizes[self._size_index[name]] = value
            else:
                values[self._parameter_index[name]] = value
        self._model.setCompartmentVolumes(sizes)
        self._model.setGlobalParameterValues(self._settable, values[self._settable])
        self._find_constants()

    def _find_constants(self) -> None:
        """Equations of constants, level by level; needed again whenever a constant changes."""
        for places, read in self._levels:
            self._model.setGlobalParameterValues(places, read())

    def set_up(
        self, parameters: Mapping[str, float], start: Mapping[str, float], relative: float, absolute: float
    ) -> None:
        """Make a lane ready at time 0.

        Parameters
        ----------
        parameters : mapping of str to float
            As in `set_values`.
        start : mapping of str to float
            States; the others take their start formula under these parameters, else their first value.
        relative, absolute : float
            Tolerances; the absolute one is a share of each state's size.
        """
        self.set_values(parameters)
        state = self._first_state.copy()
        self.set_state_vector(state)
        formulas = [name for name in self._starts if name not in start]
        read = self.reader([START + name for name in formulas])
        places = [self._state_index[name] for name in formulas]
        for name, value in start.items():
            state[self._state_index[name]] = value
        for _ in range(2):  # a start formula may read another state
            self.set_state_vector(state)
            state[places] = read()
        self.set_state_vector(state)
        self._set_tolerances(state, relative, absolute)
        self.restart(0.0)

    def _set_tolerances(self, state: Array, relative: float, absolute: float) -> None:
        # A state's typical size: what it starts from; 1 for states that start empty or as a trace, such as a
        # vitamer hardly eaten: a share of a trace is an accuracy that no step gives once a dose arrives.
        size = np.abs(state)
        size[size < _TRACE] = 1.0
        integrator = self._rr.integrator
        integrator.setValue("relative_tolerance", relative)
        integrator.setValue("absolute_tolerance", [float(x) for x in absolute * size])

    def restart(self, time_h: float) -> None:
        """Tell the integrator that something jumped."""
        self._rr.integrator.restart(time_h)

    def advance(self, start_h: float, stop_h: float) -> None:
        """Integrate between two times.

        Parameters
        ----------
        start_h, stop_h : float
            Hours; RuntimeError when the solver gives up.
        """
        self._rr.integrator.integrate(start_h, stop_h - start_h)

    def add(self, target: str, amount: float) -> None:
        """Add an amount to a state or to an input.

        Parameters
        ----------
        target : str
            Id.
        amount : float
            In declared units.
        """
        if target in self._state_index:
            state = self.state_vector()
            state[self._state_index[target]] += amount
            self.set_state_vector(state)
        else:
            index = self._parameter_index[target]
            value = self._model.getGlobalParameterValues([index])[0]
            self._model.setGlobalParameterValues([index], [value + amount])
            self._find_constants()

    def state(self) -> dict[str, float]:
        """All states now, by id."""
        return dict(zip(self.states, (float(x) for x in self.state_vector()), strict=True))

    def value(self, name: str) -> float:
        """Value of any id now; a species as its amount."""
        return float(self.reader([name])()[0])

    def reader(self, names: Sequence[str]) -> Callable[[], Array]:
        """A fast reader for a fixed list of ids.

        Parameters
        ----------
        names : sequence of str
            Ids of parameters, equations, states, species or compartments.

        Returns
        -------
        callable
            Gives a float array in the order of the names.

        Raises
        ------
        KeyError
            For an unknown id.
        """
        picks: list[tuple[int, Callable[[list[int]], Array], int]] = []
        for place, name in enumerate(names):
            if name in self._parameter_index:
                picks.append((place, self._model.getGlobalParameterValues, self._parameter_index[name]))
            elif name in self._species_index:
                picks.append((place, self._model.getFloatingSpeciesAmounts, self._species_index[name]))
            elif name in self._size_index:
                picks.append((place, self._model.getCompartmentVolumes, self._size_index[name]))
            else:
                raise KeyError(name)
        groups: dict[Callable[[list[int]], Array], tuple[list[int], list[int]]] = {}
        for place, read, index in picks:
            places, indices = groups.setdefault(read, ([], []))
            places.append(place)
            indices.append(index)

        def read_all() -> Array:
            out = np.empty(len(names))
            for read, (places, indices) in groups.items():
                out[places] = read(indices)
            return out

        return read_all

    def rates(self, time_h: float, state: Array) -> Array:
        """Time derivative of the state vector.

        Parameters
        ----------
        time_h : float
            Hours.
        state : float array (state,)
            In the order of `states`.

        Returns
        -------
        float array (state,)
            Per hour.
        """
        self._model.setTime(time_h)
        self.set_state_vector(state)
        return np.array(self._rr.getRatesOfChange())

    def words(self, error: Exception) -> str:
        """The solver's message in one line."""
        return " ".join(str(error).split())[:160]


def runner_for(body: Body) -> Runner:
    """The compiled form of a body, made once per process.

    Parameters
    ----------
    body : Body
        From `assemble`.

    Returns
    -------
    Runner
        Shared: whoever uses it sets everything anew.
    """
    if body.model_hash not in _RUNNERS:
        _RUNNERS[body.model_hash] = Runner(body.sbml)
    return _RUNNERS[body.model_hash]
