"""How large an expression is once it is written out, counted while it is built.

Functions that call each other twice double at every call: sixty of them are more terms than a machine can
hold, though each is one short line. So sizes are worked out before anything is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from calciroute.equations.expression import Expression, names_in

MOST_NODES = 200_000  # of one formula
MOST_NODES_TOGETHER = 2_000_000
MOST_HEIGHT = 400


class Sized(NamedTuple):
    """An expression, how many nodes it has when written out, and how high it stands."""

    expression: Expression
    nodes: int = 1
    height: int = 1


class Template(NamedTuple):
    """A function written out in its own arguments, and how often it reads each."""

    arguments: tuple[str, ...]
    body: Sized
    reads: Mapping[str, int]


def template(arguments: tuple[str, ...], body: Sized) -> Template:
    """A function of arguments.

    Parameters
    ----------
    arguments : tuple of str
        Names of the arguments.
    body : Sized
        In these names.

    Returns
    -------
    Template
        With counts.
    """
    reads: dict[str, int] = {}
    for name in names_in(body.expression):
        reads[name] = reads.get(name, 0) + 1
    return Template(arguments, body, reads)


def size_of_call(function: Template, given: Mapping[str, Sized]) -> tuple[int, int]:
    """Nodes and height of a call, before it is written out.

    Parameters
    ----------
    function : Template
        What is called.
    given : mapping of str to Sized
        What each argument stands for.

    Returns
    -------
    tuple of int
        Nodes, then height at most.

    Examples
    --------
    >>> double = Template(("x",), Sized("x + x", 3, 2), {"x": 2})
    >>> size_of_call(double, {"x": Sized("a long one", 10, 4)})
    (21, 5)
    """
    nodes = function.body.nodes + sum(
        count * (given[name].nodes - 1) for name, count in function.reads.items() if name in given
    )
    highest = max((given[name].height for name in function.reads if name in given), default=1)
    return nodes, function.body.height + highest - 1
