"""Nothing may define itself: not at an instant, not at the start."""

from __future__ import annotations

from collections.abc import Mapping

from calciroute.equations.expression import Expression, names_in
from calciroute.equations.system import System
from calciroute.errors import InputError, Problem


def check_circles(system: System, name: str) -> None:
    """Check that equations, and all start formulas together, can be worked out one after the other.

    Parameters
    ----------
    system : System
        Every name in it is defined.
    name : str
        The file, for messages.

    Raises
    ------
    InputError
        Naming the circle.
    """
    starts = dict(system.parameters) | {id: state.start for id, state in system.states.items()}
    for what, graph in (("rules", system.equations), ("start values", starts | dict(system.equations))):
        if circle := find_circle(graph):
            shown = " -> ".join(circle if len(circle) <= 12 else [*circle[:10], "...", circle[-1]])
            found = f"{what} go in a circle: {shown}"
            raise InputError([Problem(name, found, "formulas that can be worked out one after the other")])


def find_circle(graph: Mapping[str, Expression]) -> list[str]:
    """A circle of definitions, the first name again at the end; empty when there is none.

    Parameters
    ----------
    graph : mapping of str to Expression
        What each name is made of.

    Returns
    -------
    list of str
        Ids.

    Examples
    --------
    >>> find_circle({"a": "b", "b": "a"})
    ['a', 'b', 'a']
    """
    done: set[str] = set()
    for first in graph:
        if first in done:
            continue
        path = [first]
        on_path = {first}
        waiting = [names_in(graph[first])]
        while path:
            following = next((name for name in waiting[-1] if name in graph and name not in done), None)
            if following is None:
                done.add(path[-1])
                on_path.discard(path.pop())
                waiting.pop()
            elif following in on_path:
                return [*path[path.index(following) :], following]
            else:
                path.append(following)
                on_path.add(following)
                waiting.append(names_in(graph[following]))
    return []
