"""From libSBML's tree of a formula to an `Expression`: names resolved, functions of the file inlined."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import libsbml

from calciroute.equations.expression import TIME, Call, Expression, replace_names
from calciroute.errors import InputError, Problem, near_names
from calciroute.sbml.read.operators import NUMBERS, OPERATORS
from calciroute.sbml.read.refusals import NotSupported
from calciroute.sbml.read.sizes import (
    MOST_HEIGHT,
    MOST_NODES,
    MOST_NODES_TOGETHER,
    Sized,
    Template,
    size_of_call,
    template,
)

_CHAINED = (libsbml.AST_PLUS, libsbml.AST_TIMES)
# Inside a function, the rate of change of whatever its argument will be; no id has a space.
_RATE_OF = "rateOf "


class _Place(NamedTuple):
    """Where a formula is being read: element for messages, names of its own, functions it is inside of."""

    element: str
    local: Mapping[str, Sized]
    calls: tuple[str, ...]


class Formulas:
    """Reader of the formulas of one file.

    Parameters
    ----------
    name : str
        The file, for messages.
    functions : mapping of str to libsbml.ASTNode
        Function definitions by id.
    known : mapping of str to object
        Ids that a formula may read.
    rate_of : callable
        Gives what stands for the change per time of an id; the second argument is a place for messages.
    """

    def __init__(
        self,
        name: str,
        functions: Mapping[str, libsbml.ASTNode],
        known: Mapping[str, object],
        rate_of: Callable[[str, str], Expression],
    ) -> None:
        self.name = name
        self._functions = functions
        self.known = known
        self._rate_of = rate_of
        self._nodes = 0
        self._templates: dict[str, Template] = {}

    def read(
        self, node: libsbml.ASTNode, element: str, local: Mapping[str, Expression] | None = None
    ) -> Expression:
        """Expression of one formula.

        Parameters
        ----------
        node : libsbml.ASTNode
            The formula.
        element : str
            Where it stands, for messages, such as ``reaction R1``.
        local : mapping of str to Expression, optional
            Names with a meaning of their own here.

        Returns
        -------
        Expression
            In ids of the system.

        Raises
        ------
        InputError
            For unknown names, wrong numbers of arguments, recursion, or too much once written out.
        NotSupported
            For a delay or an operator outside SBML's mathematics.
        """
        own = {name: Sized(expression) for name, expression in (local or {}).items()}
        sized = self._walk(node, _Place(element, own, ()))
        self._nodes += sized.nodes
        self._check(sized.nodes, sized.height, element)
        return sized.expression

    def read_functions(self) -> None:
        """Read every function, also those that nothing calls.

        Raises
        ------
        InputError
            As in `read`.
        """
        for function in self._functions:
            self._template(function, _Place(f"function {function}", {}, ()))

    def where(self, element: str) -> str:
        """Place for a message."""
        return f"{self.name}, {element}" if self.name else element

    def wrong(self, element: str, found: str, expected: str = "", advice: str = "") -> InputError:
        """The error for something in an element."""
        return InputError([Problem(self.where(element), found, expected, advice)])

    def _check(self, nodes: int, height: int, element: str) -> None:
        if height > MOST_HEIGHT:
            raise self.wrong(element, f"a formula is more than {MOST_HEIGHT} deep", "a flatter one")
        if nodes > MOST_NODES or self._nodes + nodes > MOST_NODES_TOGETHER:
            found = f"with its functions written out a formula holds {nodes:,} terms or more"
            expected = f"at most {MOST_NODES:,}, and {MOST_NODES_TOGETHER:,} in the whole file"
            raise self.wrong(element, found, expected)

    def _walk(self, node: libsbml.ASTNode, place: _Place) -> Sized:
        kind = node.getType()
        if kind in NUMBERS:
            return Sized(float(node.getValue()))
        if kind == libsbml.AST_NAME:
            return self._name(node.getName(), place)
        if kind == libsbml.AST_NAME_TIME:
            return Sized(TIME)
        if kind == libsbml.AST_FUNCTION_DELAY:
            raise NotSupported("CSymbolDelay", self.where(place.element))
        if kind == libsbml.AST_FUNCTION_RATE_OF:
            return self._rate(list(_children(node)), place)
        arguments = [self._walk(child, place) for child in _children(node)]
        if kind == libsbml.AST_FUNCTION:
            return self._call(node.getName(), arguments, place)
        return self._operator(node, arguments, place)

    def _operator(self, node: libsbml.ASTNode, arguments: list[Sized], place: _Place) -> Sized:
        shown = node.getName() or node.getOperatorName() or f"operator {node.getType()}"
        if node.getType() not in OPERATORS:
            raise NotSupported("MathML", self.where(f"{place.element}, {shown}"))
        (least, most), build = OPERATORS[node.getType()]
        if not least <= len(arguments) <= most:
            expected = (
                f"{least}" if least == most else f"{least} to {most}" if most < 9 else f"{least} or more"
            )
            raise self.wrong(place.element, f"{shown} stands with {len(arguments)} arguments", expected)
        built = build(tuple(argument.expression for argument in arguments))
        # A chain of relations writes its inner arguments twice; others add an operator or two.
        times = 2 if isinstance(built, Call) and built.operator == "and" else 1
        nodes = 2 + times * sum(argument.nodes for argument in arguments)
        height = 2 + max((argument.height for argument in arguments), default=0)
        self._check(nodes, height, place.element)
        return Sized(built, nodes, height)

    def _name(self, name: str, place: _Place) -> Sized:
        if name in place.local:
            return place.local[name]
        if place.calls:
            found = f"the function reads '{name}', which is none of its arguments"
            raise self.wrong(place.element, found, "arguments and numbers only")
        if name in self.known:
            return Sized(name)
        near = near_names(name, self.known, 1)
        advice = f"did you mean {near[0]}?" if near else ""
        raise self.wrong(place.element, f"the formula reads '{name}', which nothing defines", "", advice)

    def _rate(self, children: list[libsbml.ASTNode], place: _Place) -> Sized:
        target: Expression = 0.0
        if len(children) == 1 and children[0].getType() == libsbml.AST_NAME:
            target = self._name(children[0].getName(), place).expression
        if not isinstance(target, str):
            raise self.wrong(place.element, "rateOf stands without an id", "one id")
        return Sized(_RATE_OF + target if place.calls else self._rate_of(target, place.element))

    def _call(self, function: str, arguments: list[Sized], place: _Place) -> Sized:
        if function not in self._functions:
            near = near_names(function, self._functions, 1)
            advice = f"did you mean {near[0]}?" if near else ""
            raise self.wrong(place.element, f"function '{function}' is not defined", "", advice)
        called = self._template(function, place)
        if len(called.arguments) != len(arguments):
            found = f"function '{function}' is called with {len(arguments)} arguments"
            raise self.wrong(place.element, found, str(len(called.arguments)))
        given = dict(zip(called.arguments, arguments, strict=True))
        nodes, height = size_of_call(called, given)
        self._check(nodes, height, place.element)

        def stands_for(name: str) -> Expression:
            if not name.startswith(_RATE_OF):
                return given[name].expression
            target = given[name.removeprefix(_RATE_OF)].expression
            if not isinstance(target, str):
                raise self.wrong(place.element, "rateOf of something that is no id", "one id")
            return _RATE_OF + target if place.calls else self._rate_of(target, place.element)

        return Sized(replace_names(called.body.expression, stands_for), nodes, height)

    def _template(self, function: str, place: _Place) -> Template:
        """A function written out in its own arguments."""
        if function in place.calls:
            raise self.wrong(
                place.element, f"function '{function}' calls itself", "functions without recursion"
            )
        if function not in self._templates:
            math = self._functions[function]
            last = math.getNumChildren() - 1
            names = tuple(str(math.getChild(index).getName()) for index in range(last))
            local = {name: Sized(name) for name in names}
            inside = _Place(f"function {function}", local, (*place.calls, function))
            if last < 0:
                raise self.wrong(inside.element, "the function has no body", "a lambda with a formula")
            self._templates[function] = template(names, self._walk(math.getChild(last), inside))
        return self._templates[function]


def _children(node: libsbml.ASTNode) -> Iterator[libsbml.ASTNode]:
    """Arguments; ((a + b) + c) + d as one sum of four: infix formulas of Level 1 nest to the left."""
    first = node
    tails = []
    while True:
        count = first.getNumChildren()
        tails.append([first.getChild(index) for index in range(1, count)])
        inner = first.getChild(0) if count else None
        if inner is None:
            break
        if node.getType() in _CHAINED and inner.getType() == node.getType() and inner.getNumChildren() > 1:
            first = inner
            continue
        yield inner
        break
    for tail in reversed(tails):
        yield from tail
