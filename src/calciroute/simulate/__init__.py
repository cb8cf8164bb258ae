"""One person, simulated: from a person file and plans to outcome courses."""

from calciroute.simulate.public import public_dataset, simulate_person
from calciroute.simulate.result import Assumption, Simulation
from calciroute.simulate.run import run_person

__all__ = ["Assumption", "Simulation", "public_dataset", "run_person", "simulate_person"]
