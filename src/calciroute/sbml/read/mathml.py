"""From libSBML's tree of a formula to an `Expression`: names resolved, functions of the file inlined."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import libsbml

from calciroute.equations.expression import TIME, Call, Expression
from calciroute.errors import InputError, Problem, near_names
from calciroute.sbml.read.operators import NUMBERS, OPERATORS
from calciroute.sbml.read.refusals import NotSupported

# Inlining may double at each call: what comes out is counted, not what stands in the file.
MOST_NODES = 3_000_000
MOST_HEIGHT = 400
_CHAINED = (libsbml.AST_PLUS, libsbml.AST_TIMES)


class _Sized(NamedTuple):
    """An expression, how many nodes it has when written out, and how high it stands."""

    expression: Expression
    nodes: int = 1
    height: int = 1


class _Place(NamedTuple):
    """Where a formula is being read: element for messages, names of its own, functions it is inside of."""

    element: str
    local: Mapping[str, _Sized]
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
        own = {name: _Sized(expression) for name, expression in (local or {}).items()}
        sized = self._walk(node, _Place(element, own, ()))
        self._nodes += sized.nodes
        self._check(sized, element)
        return sized.expression

    def where(self, element: str) -> str:
        """Place for a message."""
        return f"{self.name}, {element}" if self.name else element

    def wrong(self, element: str, found: str, expected: str = "", advice: str = "") -> InputError:
        """The error for something in an element."""
        return InputError([Problem(self.where(element), found, expected, advice)])

    def _check(self, sized: _Sized, element: str) -> None:
        if sized.height > MOST_HEIGHT:
            raise self.wrong(element, f"a formula is more than {MOST_HEIGHT} deep", "a flatter one")
        if self._nodes + sized.nodes > MOST_NODES:
            found = f"with its functions written out the file holds more than {MOST_NODES:,} terms"
            raise self.wrong(element, found, "a smaller model")

    def _walk(self, node: libsbml.ASTNode, place: _Place) -> _Sized:
        kind = node.getType()
        if kind in NUMBERS:
            return _Sized(float(node.getValue()))
        if kind == libsbml.AST_NAME:
            return self._name(node.getName(), place)
        if kind == libsbml.AST_NAME_TIME:
            return _Sized(TIME)
        if kind == libsbml.AST_FUNCTION_DELAY:
            raise NotSupported("CSymbolDelay", self.where(place.element))
        if kind == libsbml.AST_FUNCTION_RATE_OF:
            return self._rate(list(_children(node)), place)
        arguments = [self._walk(child, place) for child in _children(node)]
        if kind == libsbml.AST_FUNCTION:
            return self._call(node.getName(), arguments, place)
        return self._operator(node, arguments, place)

    def _operator(self, node: libsbml.ASTNode, arguments: list[_Sized], place: _Place) -> _Sized:
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
        sized = _Sized(built, nodes, 2 + max((argument.height for argument in arguments), default=0))
        self._check(sized, place.element)
        return sized

    def _name(self, name: str, place: _Place) -> _Sized:
        if name in place.local:
            return place.local[name]
        if place.calls:
            found = f"the function reads '{name}', which is none of its arguments"
            raise self.wrong(place.element, found, "arguments and numbers only")
        if name in self.known:
            return _Sized(name)
        near = near_names(name, self.known, 1)
        advice = f"did you mean {near[0]}?" if near else ""
        raise self.wrong(place.element, f"the formula reads '{name}', which nothing defines", "", advice)

    def _rate(self, children: list[libsbml.ASTNode], place: _Place) -> _Sized:
        target: Expression = 0.0
        if len(children) == 1 and children[0].getType() == libsbml.AST_NAME:
            target = self._name(children[0].getName(), place).expression
        if not isinstance(target, str):
            raise self.wrong(place.element, "rateOf stands without an id", "one id")
        return _Sized(self._rate_of(target, place.element))

    def _call(self, function: str, arguments: list[_Sized], place: _Place) -> _Sized:
        if function not in self._functions:
            near = near_names(function, self._functions, 1)
            advice = f"did you mean {near[0]}?" if near else ""
            raise self.wrong(place.element, f"function '{function}' is not defined", "", advice)
        if function in place.calls:
            raise self.wrong(
                place.element, f"function '{function}' calls itself", "functions without recursion"
            )
        body = self._functions[function]
        last = body.getNumChildren() - 1
        names = [body.getChild(index).getName() for index in range(last)]
        if len(names) != len(arguments):
            found = f"function '{function}' is called with {len(arguments)} arguments"
            raise self.wrong(place.element, found, str(len(names)))
        inner = dict(zip(names, arguments, strict=True))
        element = place.element if place.calls else f"{place.element}, function {function}"
        return self._walk(body.getChild(last), _Place(element, inner, (*place.calls, function)))


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
