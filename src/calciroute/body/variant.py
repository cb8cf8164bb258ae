"""Named variants of the body: files and numbers replaced, nothing else."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field

from calciroute.errors import InputError, Problem, near_names
from calciroute.tables.renamed import current_name
from calciroute.tables.texts import physiology_text

DEFAULT = "calciroute"


@dataclass(frozen=True)
class Variant:
    """What a variant changes against the default body.

    Parameters
    ----------
    name : str
        File stem in ``physiology/variants``; ``calciroute`` is the default body itself.
    description : str
        One sentence.
    numbers : dict of str to tuple of float and str
        Value and unit by id.
    files : dict of str to str
        Process name to the text that stands in for it, path below ``physiology`` without ending; empty text
        drops the process.
    only_files : tuple of str
        When given, the body is made of these texts alone.
    """

    name: str
    description: str
    numbers: dict[str, tuple[float, str]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    only_files: tuple[str, ...] = ()


def variant_names() -> list[str]:
    """Names of all variants, sorted, the default first.

    Returns
    -------
    list of str
        At least ``calciroute``.

    Examples
    --------
    >>> "no_causal_effect" in variant_names()
    True
    """
    folder = physiology_text("variants")
    names = [file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml")]
    return [DEFAULT, *sorted(names)]


def read_variant(name: str) -> Variant:
    """Read one variant.

    Parameters
    ----------
    name : str
        From `variant_names`.

    Returns
    -------
    Variant
        Changes against the default body.

    Raises
    ------
    InputError
        For a name that does not exist, with near names.

    Examples
    --------
    >>> read_variant("calciroute").numbers
    {}
    """
    if name == DEFAULT:
        return Variant(DEFAULT, "the default body")
    known = variant_names()
    if name not in known:
        near = near_names(name, known)
        raise InputError(
            [
                Problem(
                    "", f"variant '{name}' does not exist", ", ".join(known), f"'{near[0]}'" if near else ""
                )
            ]
        )
    table = tomllib.loads(physiology_text(f"variants/{name}.toml").read_text("utf-8"))
    numbers = {
        current_name(key): (float(row["value"]), str(row["unit"]))
        for key, row in table.get("numbers", {}).items()
    }
    return Variant(
        name, table["description"], numbers, dict(table.get("files", {})), tuple(table.get("only_files", ()))
    )
