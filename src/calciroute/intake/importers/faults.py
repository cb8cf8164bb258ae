"""Faults of a table, collected: the first ones are shown, the rest are counted."""

from __future__ import annotations

from dataclasses import dataclass, field

from calciroute.errors import InputError, Problem, near_names

SHOWN = 20
_STOP_AT = 200  # a file of a hundred thousand faults is not read to its end


@dataclass
class Faults:
    """Problems of one table.

    Parameters
    ----------
    problems : list of Problem
        The first ones.
    count : int
        All that were found.
    """

    problems: list[Problem] = field(default_factory=list)
    count: int = 0

    def add(self, where: str, found: str, expected: str = "", advice: str = "") -> None:
        """Note one; after many the table is refused at once.

        Parameters
        ----------
        where, found, expected, advice : str
            As in `Problem`.
        """
        self.count += 1
        if len(self.problems) < SHOWN:
            self.problems.append(Problem(where, found, expected, advice))
        if self.count >= _STOP_AT:
            self.refuse()

    def refuse(self) -> None:
        """Refuse the table if there is a fault.

        Raises
        ------
        InputError
            With the first problems and the number of all.
        """
        if not self.count:
            return
        more = self.count - len(self.problems)
        if more:
            rest = f"{'at least ' if self.count >= _STOP_AT else ''}{more} more of these"
            self.problems.append(Problem("", rest))
        raise InputError(self.problems)


def missing_headings(where: str, found: list[str], required: list[str], faults: Faults, source: str) -> None:
    """Note headings that a layout needs and a file lacks, with the nearest that it has.

    Parameters
    ----------
    where : str
        File, sheet or line.
    found, required : list of str
        Headings of the file and of the layout.
    faults : Faults
        Receives one fault a missing heading.
    source : str
        The layout's name for a reader.
    """
    for name in required:
        if name in found:
            continue
        near = near_names(name, [heading for heading in found if heading not in required], 1)
        shown = f"; it has '{near[0]}'" if near else f"; it has {_few(found)}"
        advice = f"download the file of {source} again: this one was changed, or is another release"
        faults.add(where, f"column '{name}' is missing{shown}", ", ".join(required), advice)


def _few(names: list[str]) -> str:
    shown = ", ".join(f"'{name[:40]}'" for name in names[:8])
    return f"{shown} and {len(names) - 8} more" if len(names) > 8 else shown or "no headings"
