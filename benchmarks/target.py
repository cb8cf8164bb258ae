"""One target: what is asked, what was reached, and how it was measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Target:
    """A row of the table; ``met`` is None where this machine or this version cannot tell."""

    id: str
    asked: str
    reached: str
    met: bool | None
    how: str

    def row(self) -> dict[str, Any]:
        """For the stored file."""
        # A comparison of NumPy's numbers is no bool that a file can hold.
        return {**self.__dict__, "met": None if self.met is None else bool(self.met)}

    def line(self) -> str:
        """For the terminal."""
        return f"{self.id:>3}  {self.word:<8}  {self.asked}\n              {self.reached}  ({self.how})"

    @property
    def word(self) -> str:
        """Whether it was met."""
        return {True: "met", False: "missed", None: "not told"}[self.met]
