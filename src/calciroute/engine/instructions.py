"""A kernel as a plain list of instructions, the same for every backend.

An instruction is one operator on earlier results. Nodes are visited from what is stored down to what it
needs, so a value is made shortly before it is used.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from calciroute.engine.graph import LEAVES, NUMBER_LEVEL, PARAMETER, Graph


@dataclass(frozen=True, slots=True)
class Instruction:
    """One operator.

    Parameters
    ----------
    operator : str
        Of `calciroute.engine.graph.ON_NUMBERS`, or ``number``, ``load``, ``store``, ``minus_product``.
    arguments : tuple of int
        Earlier results; for a load and a store the row comes last, for minus_product a - b * c.
    section : str, optional
        Of a load or store.
    value : float, optional
        Of a number.
    """

    operator: str
    arguments: tuple[int, ...] = ()
    section: str = ""
    value: float = 0.0


@dataclass
class Listing:
    """Instructions of one kernel in the making.

    Parameters
    ----------
    graph : Graph
        Nodes.
    constants : dict of int to int
        Node to its row in section ``constant``.
    state_section : str
        Where states are read from.
    """

    graph: Graph
    constants: dict[int, int]
    state_section: str = "state"
    instructions: list[Instruction] = field(default_factory=list)
    _results: dict[int, int] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)
    _finding_constants: bool = False

    def emit(self, operator: str, *arguments: int, section: str = "", value: float = 0.0) -> int:
        """Append an instruction.

        Parameters
        ----------
        operator : str
            As in `Instruction`.
        *arguments : int
            Results.
        section : str, optional
            As in `Instruction`.
        value : float, optional
            As in `Instruction`.

        Returns
        -------
        int
            Number of its result.
        """
        self.instructions.append(Instruction(operator, arguments, section, value))
        return len(self.instructions) - 1

    def load(self, section: str, row: int) -> int:
        """Read a row.

        Parameters
        ----------
        section : str
            Of the layout.
        row : int
            In the section.

        Returns
        -------
        int
            Result.
        """
        return self.emit("load", row, section=section)

    def store(self, result: int, section: str, row: int) -> None:
        """Write a row.

        Parameters
        ----------
        result : int
            What.
        section : str
            Of the layout.
        row : int
            In the section.
        """
        self.emit("store", result, row, section=section)

    def number(self, value: float) -> int:
        """A number.

        Parameters
        ----------
        value : float
            Any.

        Returns
        -------
        int
            Result.
        """
        key = value.hex()
        if key not in self._numbers:
            self._numbers[key] = self.emit("number", value=value)
        return self._numbers[key]

    def node(self, node: int) -> int:
        """Result of a node; what it needs is emitted first.

        Parameters
        ----------
        node : int
            Of the graph.

        Returns
        -------
        int
            Result.
        """
        stack = [node]
        while stack:
            top = stack[-1]
            if top in self._results:
                stack.pop()
                continue
            operator = self.graph.operators[top]
            if self._from_memory(top, operator):
                stack.pop()
                continue
            missing = [item for item in self.graph.arguments[top] if item not in self._results]
            if missing:
                stack.extend(reversed(missing))
                continue
            results = (self._results[item] for item in self.graph.arguments[top])
            self._results[top] = self.emit(operator, *results)
            stack.pop()
        return self._results[node]

    def _from_memory(self, node: int, operator: str) -> bool:
        if operator == "number":
            self._results[node] = self.number(self.graph.values[node])
        elif operator in LEAVES:
            section = self.state_section if operator == "state" else operator
            if operator == "parameter" and node in self.constants:
                self._results[node] = self.load("constant", self.constants[node])
            else:
                self._results[node] = self.load(section, self.graph.arguments[node][0])
        elif node in self.constants and not self._finding_constants:
            self._results[node] = self.load("constant", self.constants[node])
        else:
            return False
        return True


def needed_constants(graph: Graph, roots: list[int]) -> list[int]:
    """Nodes that follow from parameters alone and are read by something that moves, or are roots themselves.

    Parameters
    ----------
    graph : Graph
        Nodes.
    roots : list of int
        What kernels store.

    Returns
    -------
    list of int
        In the order of the graph; plain parameters and numbers are read where they stand.

    Examples
    --------
    >>> graph = Graph()
    >>> k, x = graph.leaf("parameter", 0), graph.leaf("state", 0)
    >>> rate = graph.apply("mul", graph.apply("exp", k), x)
    >>> [graph.text(node) for node in needed_constants(graph, [rate])]
    ['exp(parameter0)']
    """
    found: set[int] = set()
    seen: set[int] = set()
    stack = list(roots)
    while stack:
        node = stack.pop()
        if node in seen:
            continue
        seen.add(node)
        level, operator = graph.levels[node], graph.operators[node]
        if level == NUMBER_LEVEL or operator in LEAVES:
            continue
        if level == PARAMETER:
            found.add(node)
        else:
            stack.extend(graph.arguments[node])
    return sorted(found)


def list_constants(graph: Graph, constants: dict[int, int]) -> list[Instruction]:
    """The kernel that finds what follows from parameters.

    Parameters
    ----------
    graph : Graph
        Nodes.
    constants : dict of int to int
        Node to row.

    Returns
    -------
    list of Instruction
        Reads section ``parameter``, writes section ``constant``.
    """
    listing = Listing(graph, constants, _finding_constants=True)
    for node, row in constants.items():
        listing.store(listing.node(node), "constant", row)
    return listing.instructions
