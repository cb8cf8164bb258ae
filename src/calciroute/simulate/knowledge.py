"""One set of numbers per draw: drawn, then those that follow from them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache

from calciroute.body.assembly import Body
from calciroute.body.runner import Runner
from calciroute.body.units import declared_units
from calciroute.simulate.draws import draws
from calciroute.tables.texts import physiology_text
from calciroute.units.expression import convert


@cache
def followers() -> dict[str, str]:
    """Numbers that are found from an equation in every draw.

    Returns
    -------
    dict of str to str
        Number to the id of its equation.

    Examples
    --------
    >>> followers()
    {'IC_S': 'IC_S_for_reference'}
    """
    return dict(tomllib.loads(physiology_text("whole_body.toml").read_text("utf-8"))["follow"])


def knowledge_draws(
    body: Body, runner: Runner, fixed: Mapping[str, float], seed: int, count: int
) -> Iterator[dict[str, float]]:
    """Numbers of each draw, in declared units.

    Parameters
    ----------
    body : Body
        Whose tables are drawn from.
    runner : Runner
        The same body, loaded.
    fixed : mapping of str to float
        What the person, a variant or a setting has fixed; it wins over a draw.
    seed : int
        Seed of knowledge.
    count : int
        Number of draws.

    Yields
    ------
    dict of str to float
        Drawn numbers and their followers.
    """
    units = declared_units(body)
    columns = {
        name: [convert(float(value), body.numbers[name].unit, units[name]) for value in values]
        for name, values in draws(body.numbers.values(), seed, count).items()
        if name not in fixed
    }
    for index in range(count):
        values = {name: column[index] for name, column in columns.items()}
        for name, equation in followers().items():
            if name not in fixed and name in body.numbers:
                runner.set_values({**values, **fixed})
                values[name] = runner.value(equation)
        yield values
