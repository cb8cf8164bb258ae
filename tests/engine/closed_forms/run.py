"""A case through the compiled lanes, as one lane or as some of many."""

import numpy as np

from calciroute.engine.lanes import Doses, Lanes
from calciroute.engine.solve import Tolerances, solve
from engine.closed_forms.case import scale
from engine.plain import Plain
from engine.ready import ready

RELATIVE = 1e-11

_programs = {}


def program_for(system, backend="machine"):
    """The compiled form of a system, made once."""
    key = (id(system), backend)
    if key not in _programs:
        # The system is kept beside it: an id is only as good as the object it belongs to.
        _programs[key] = (system, ready(system, backend=backend))
    return _programs[key][1]


def doses_of(lanes):
    """Doses of several lanes, each a sequence of (time, target, amount)."""
    rows = [(lane, *dose) for lane, doses in enumerate(lanes) for dose in doses]
    if not rows:
        return None
    targets = tuple(dict.fromkeys(target for _, _, target, _ in rows))
    return Doses(
        np.array([lane for lane, *_ in rows]),
        np.array([time for _, time, _, _ in rows]),
        np.array([targets.index(target) for _, _, target, _ in rows]),
        np.array([amount for *_, amount in rows]),
        targets,
    )


def tolerances_for(case, relative=RELATIVE):
    """Error bounds that fit a case: the absolute one is a share of the largest size that a state has had.

    What starts empty begins with a size of 1, which is much where a course is small.
    """
    begin = Plain(case.system, case.parameters, case.start).state
    shares = [
        (scale(case, name) or 1.0) / (abs(begin[name]) or 1.0) for name in case.expected if name in begin
    ]
    return Tolerances(relative, relative * min(1.0, *shares))


def engine_course(case, *, backend="machine", relative=RELATIVE):
    """Courses {id: values} of a case and the words of its lane, empty when it ran to the end."""
    program = program_for(case.system, backend)
    lanes = Lanes(1, case.parameters, case.start, doses_of([case.doses]))
    run = solve(
        program,
        lanes,
        np.array(case.times),
        outputs=tuple(case.expected),
        tolerances=tolerances_for(case, relative),
    )
    return {name: run.values[0, :, run.outputs.index(name)] for name in case.expected}, run.words[0]
