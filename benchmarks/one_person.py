"""One person for three years in a process of its own; prints the seconds of a second run inside it."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path


def main() -> None:
    """The example person with the example plan."""
    from calciroute.body.solver import Tolerances, solve
    from calciroute.intake.plan import read_plan
    from calciroute.people.examples import write_examples
    from calciroute.people.person import read_person
    from calciroute.simulate.central import central_lane

    with tempfile.TemporaryDirectory() as name:
        person, plan, _ = write_examples(Path(name) / "example")
        body, lane = central_lane(read_person(person), read_plan(plan), years=3.0)
    times = [730.0 * month for month in range(1, 37)]
    tolerances = Tolerances(1e-4, 1e-6)
    solve(body, [lane], times, ["dp_ucMGP", "BMD_lumbar"], tolerances=tolerances)
    began = time.perf_counter()
    solve(body, [lane], times, ["dp_ucMGP", "BMD_lumbar"], tolerances=tolerances)
    print(time.perf_counter() - began)


if __name__ == "__main__":
    main()
