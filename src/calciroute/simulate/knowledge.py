"""One set of numbers per draw: drawn, then those that follow from them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

import numpy as np
import numpy.typing as npt

from calciroute.body.assembly import Body
from calciroute.body.units import declared_units
from calciroute.body.values import values_at_start
from calciroute.engine.lanes import Lanes
from calciroute.simulate.draws import draws
from calciroute.tables.texts import physiology_text
from calciroute.units.expression import convert

Array = npt.NDArray[np.float64]


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


def knowledge_draws(body: Body, fixed: Mapping[str, float], seed: int, count: int) -> dict[str, Array]:
    """Numbers of all draws, in declared units.

    Parameters
    ----------
    body : Body
        Whose tables are drawn from.
    fixed : mapping of str to float
        What the person, a variant or a setting has fixed; it wins over a draw.
    seed : int
        Seed of knowledge.
    count : int
        Number of draws.

    Returns
    -------
    dict of str to float array (draw,)
        Drawn numbers and their followers.
    """
    units = declared_units(body)
    columns = {
        name: values * convert(1.0, body.numbers[name].unit, units[name])
        for name, values in draws(body.numbers.values(), seed, count).items()
        if name not in fixed
    }
    for name, equation in followers().items():
        if name not in fixed and name in body.numbers:
            lanes = Lanes(count, {**columns, **fixed})
            columns[name] = values_at_start(body, lanes, [equation])[:, 0]
    return columns
