"""A system compiled for a test: its code is made anew, the control loop is taken from the cache."""

from calciroute.engine.program import compile_program
from calciroute.sbml.cache import cache_folder


def ready(system, backend="machine", **options):
    """As `compile_program`; without a key nothing of the system itself is kept."""
    return compile_program(system, backend=backend, cache=cache_folder() / "machine_code", **options)
