"""The model texts as a whole: which file defines, declares and uses which id, and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable

from calciroute.tables.model_statements import Statement, read_statements
from calciroute.tables.texts import physiology_text, shown_path


@dataclass(frozen=True)
class ModelText:
    """One model text.

    Parameters
    ----------
    name : str
        Path below ``physiology`` without ending, such as ``mgp``.
    where : str
        File for messages.
    statements : tuple of Statement
        In file order.
    strange : tuple of (int, str)
        Lines that have no known form.
    """

    name: str
    where: str
    statements: tuple[Statement, ...]
    strange: tuple[tuple[int, str], ...]

    def of_kind(self, *kinds: str) -> dict[str, Statement]:
        """First statement of these kinds for each id."""
        found: dict[str, Statement] = {}
        for statement in self.statements:
            if statement.kind in kinds:
                found.setdefault(statement.id, statement)
        return found

    @property
    def units(self) -> Mapping[str, Statement]:
        """Ids that this text declares as its own, with their unit statement."""
        return self.of_kind("unit")

    @property
    def formulas(self) -> Mapping[str, Statement]:
        """Ids that get their value from a formula here."""
        return self.of_kind("assignment", "rate of change", "start value", "reaction")

    @property
    def places(self) -> Mapping[str, Statement]:
        """Compartments and species of this text, borrowed ones too."""
        return {key.lstrip("$"): statement for key, statement in self.of_kind("place").items()}

    @property
    def used(self) -> frozenset[str]:
        """Every word that stands in a formula of this text."""
        return frozenset().union(*(statement.words for statement in self.statements))


def read_model_text(file: Traversable, name: str) -> ModelText:
    """Read one model text.

    Parameters
    ----------
    file : Traversable
        The ``.ant`` file.
    name : str
        Path below ``physiology`` without ending.

    Returns
    -------
    ModelText
        Its statements.

    Examples
    --------
    >>> text = read_model_text(physiology_text("mgp.ant"), "mgp")
    >>> text.formulas["MGP_carboxylation"].kind
    'assignment'
    """
    statements, strange = read_statements(file.read_text("utf-8"))
    return ModelText(name, shown_path(file), statements, strange)


@cache
def shipped_model_texts() -> tuple[ModelText, ...]:
    """Every text of the physiology folder, variants too.

    Returns
    -------
    tuple of ModelText
        Sorted by name.

    Examples
    --------
    >>> "mgp" in {text.name for text in shipped_model_texts()}
    True
    """
    found = [read_model_text(file, name) for name, file in texts_below(physiology_text(""))]
    return tuple(sorted(found, key=lambda text: text.name))


def texts_below(folder: Traversable, path: str = "") -> Iterator[tuple[str, Traversable]]:
    """Model texts of a folder and the folders in it.

    Parameters
    ----------
    folder : Traversable
        Where to look.
    path : str, optional
        What the names begin with.

    Yields
    ------
    tuple of (str, Traversable)
        Name without ending, and file.
    """
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from texts_below(entry, f"{path}{entry.name}/")
        elif entry.name.endswith(".ant"):
            yield path + entry.name.removesuffix(".ant"), entry
