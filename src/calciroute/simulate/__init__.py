"""One person, simulated: from a person file and plans to outcome courses."""

from calciroute.simulate.result import Assumption, Simulation
from calciroute.simulate.run import simulate_person

__all__ = ["Assumption", "Simulation", "simulate_person"]
