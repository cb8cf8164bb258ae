"""bngsim: SUNDIALS with generated C and the analytic Jacobian; doses as SBML events.

A loop around its public call costs some 7 ms a dose before a step is taken; around its core it costs as much
as events do, because each start checks and parses anew. Deriving the Jacobian of a large model takes longer
than its default budget, which is lifted; its check of the Jacobian at each start is switched off.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.cases import Case
from benchmarks.rivals.face import Run
from benchmarks.rivals.volumes import volumes
from benchmarks.settled import Settled


@dataclass(frozen=True)
class BngsimC:
    """Generated C, with KLU or with dense elimination."""

    sparse: bool
    tool: str = "bngsim"

    @property
    def how(self) -> str:
        """Set-up in words."""
        return f"doses as events, generated C, analytic Jacobian, {'KLU' if self.sparse else 'dense'}"

    def version(self) -> str:
        """Of the package."""
        import bngsim

        return str(bngsim.__version__)

    def prepare(self, case: Case, settled: Settled, states: list[str]) -> Run:
        """Read, derive, compile."""
        import bngsim

        model = _derived(settled.events)
        # Below 50 states it takes dense elimination by itself, above it KLU; both are forced here.
        force = {"force_sparse_linear_solver": True} if self.sparse else {"force_dense_linear_solver": True}
        simulator = bngsim.Simulator(model, method="ode", codegen=True, **force)
        if simulator.codegen_backend != "cc" or simulator.jacobian_strategy != "analytical":
            raise RuntimeError(
                f"bngsim fell back: {simulator.codegen_backend}, {simulator.jacobian_strategy}"
            )
        own = list(model.species_names)
        order = [own.index(name) for name in states]
        # It holds and reports concentrations; amounts are wanted, and tolerances are of what it holds.
        factors = dict(zip(states, volumes(settled.events, states), strict=True))
        factor = np.array([factors[name] for name in states])
        times = [0.0, *case.times()]

        def run(relative: float) -> npt.NDArray[np.float64]:
            model.reset()
            absolute = settled.absolute(relative)
            vector = [absolute.get(name, 1e-2 * relative) / factors.get(name, 1.0) for name in own]
            result = simulator.run(sample_times=times, rtol=relative, atol=vector, max_steps=10_000_000)
            return np.asarray(result.species)[1:, order] * factor

        return run


@cache
def _derived(sbml: str) -> Any:
    """The model with its Jacobian, derived once for both kinds of elimination."""
    os.environ["BNGSIM_JAC_DERIV_BUDGET_S"] = "inf"
    os.environ["BNGSIM_JAC_NO_SELFCHECK"] = "1"
    import bngsim

    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "model.xml"
        file.write_text(sbml, "utf-8")
        model = bngsim.Model.from_sbml(str(file))
    model.prepare_analytical_jacobian()
    return model
