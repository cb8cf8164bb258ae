"""The order of a kernel: calls of the same function side by side, two by two or four by four.

exp and ln are chains in which each product waits for the one before, so a processor that follows one call is
idle for most of it. Two calls in one (``v_exp_2`` of `machine_math`) fill the gaps: a step of the published
model takes 15 % less, one of our own body 16 %. Where code works on half a row (`half_text`) it takes four.
Values and their bits stay as they were.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from calciroute.engine.instructions import Instruction

# Functions that machine code has for several arguments at once, and for how many.
PAIRED = ("exp", "ln_size")
AT_ONCE = (4, 2)


def side_by_side(instructions: list[Instruction], most: int = 2) -> list[Instruction]:
    """The same instructions in an order that puts calls of one function beside each other.

    From what is stored down to what it needs, as before; whoever needs a call takes along the first other
    calls of that function for which every call before them is done. So little waits in memory for later.

    Parameters
    ----------
    instructions : list of Instruction
        A kernel; its stores keep their order.
    most : int, optional
        Calls to go together, of `AT_ONCE`; a third without a fourth waits for the next.

    Returns
    -------
    list of Instruction
        With results renumbered.

    Examples
    --------
    >>> kernel = [Instruction("load", (0,), "state"), Instruction("exp", (0,)), Instruction("neg", (0,))]
    >>> kernel += [Instruction("mul", (1, 2)), Instruction("exp", (2,)), Instruction("add", (3, 4))]
    >>> [one.operator for one in side_by_side([*kernel, Instruction("store", (5, 0), "rate")])]
    ['load', 'neg', 'exp', 'exp', 'mul', 'add', 'store']
    """
    return _Order(instructions, most).found()


def together(instructions: list[Instruction], index: int, most: int = 2) -> int:
    """How many instructions from one on can go as one call.

    Parameters
    ----------
    instructions : list of Instruction
        A kernel.
    index : int
        The first of them.
    most : int, optional
        No more than so many.

    Returns
    -------
    int
        Of `AT_ONCE` for calls of one function of `PAIRED`, none of another's result; else 1.

    Examples
    --------
    >>> loads = [Instruction("load", (row,), "state") for row in range(2)]
    >>> together([*loads, Instruction("exp", (0,)), Instruction("exp", (1,))], 2)
    2
    >>> together([*loads, Instruction("exp", (0,)), Instruction("exp", (2,))], 2)
    1
    """
    first = instructions[index]
    if first.operator not in PAIRED:
        return 1
    for count in AT_ONCE:
        group = instructions[index : index + count]
        alike = len(group) == count <= most and all(one.operator == first.operator for one in group)
        if alike and all(one.arguments[0] < index for one in group):
            return count
    return 1


def results_of(instruction: Instruction) -> tuple[int, ...]:
    """Earlier results that an instruction reads.

    Parameters
    ----------
    instruction : Instruction
        Any.

    Returns
    -------
    tuple of int
        Rows of memory are left out.

    Examples
    --------
    >>> results_of(Instruction("store", (4, 17), "rate")), results_of(Instruction("load", (3,), "state"))
    ((4,), ())
    """
    if instruction.operator == "load":
        return ()
    return instruction.arguments[:1] if instruction.operator == "store" else instruction.arguments


class _Order:
    def __init__(self, instructions: list[Instruction], most: int) -> None:
        self._given = instructions
        self._most = most
        self._needs = [results_of(one) for one in instructions]
        self._place: dict[int, int] = {}
        self._ordered: list[Instruction] = []
        # Calls that each instruction waits for, and calls that are done, one bit each.
        self._before = [0] * len(instructions)
        self._done = 0
        self._waiting: dict[str, list[int]] = {name: [] for name in PAIRED}
        for index, one in enumerate(instructions):
            for need in self._needs[index]:
                own = 1 << need if instructions[need].operator in PAIRED else 0
                self._before[index] |= self._before[need] | own
            if one.operator in PAIRED:
                self._waiting[one.operator].append(index)

    def found(self) -> list[Instruction]:
        for index, one in enumerate(self._given):
            if one.operator == "store":
                self._make(index)
        return self._ordered

    def _make(self, wanted: int) -> None:
        stack = [wanted]
        while stack:
            top = stack[-1]
            missing = [need for need in self._needs[top] if need not in self._place]
            if top in self._place:
                stack.pop()
            elif missing:
                stack.extend(reversed(missing))
            else:
                stack.pop()
                self._call(top) if self._given[top].operator in PAIRED else self._put(top)

    def _call(self, first: int) -> None:
        waiting = self._waiting[self._given[first].operator]
        waiting.remove(first)
        ready = (other for other in waiting if not self._before[other] & ~self._done)
        group = [first, *islice(ready, self._most - 1)]
        if len(group) not in AT_ONCE:
            group = group[:2]
        for one in group[1:]:
            waiting.remove(one)
            for need in self._needs[one]:
                self._make(need)  # no call is among what it needs
        for one in group:
            self._put(one)
            self._done |= 1 << one

    def _put(self, index: int) -> None:
        one = self._given[index]
        count = len(self._needs[index])
        arguments = tuple(self._place[need] for need in one.arguments[:count]) + one.arguments[count:]
        self._place[index] = len(self._ordered)
        self._ordered.append(replace(one, arguments=arguments))
