"""What the names of one amount mean together: ``K2 (as MK-7)`` is MK-7, ``K1 and MK-7`` is a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from calciroute.tables.daily_values import read_salts
from calciroute.tables.label_words import LabelWord

VITAMERS = ("K1", "MK4", "MK7", "MK8", "MK9")
# Names that one amount may carry together: the first ones are families, the last one says more.
_FAMILIES = (
    ("K", "K2", "K1", "MK4", "MK7", "MK8", "MK9", "K3"),
    ("D", "D3", "D2"),
    ("A", "retinol", "beta-carotene"),
    ("E", "natural E", "synthetic E"),
    ("fish oil", "omega3", "EPA", "DHA"),
)


def families_of(names: Sequence[LabelWord]) -> set[str]:
    """Families that names belong to.

    Parameters
    ----------
    names : sequence of LabelWord
        Of one amount.

    Returns
    -------
    set of str
        First member of each family; a salt counts as its mineral.
    """
    found: set[str] = set()
    for name in names:
        meaning = read_salts()[name.meaning][0] if name.kind == "salt" else name.meaning
        found.add(next((family[0] for family in _FAMILIES if meaning in family), meaning))
    return found


@dataclass(frozen=True)
class Meant:
    """What the names of one amount mean.

    Parameters
    ----------
    substance : str
        Id of ``substances.csv``; K or K2 where the form is not named; empty when it has to be asked.
    salts : tuple of str
        Named salts.
    only_salt : bool
        Whether the mineral itself is not named.
    question : str
        Why it is not clear; empty when it is.
    """

    substance: str
    salts: tuple[str, ...] = ()
    only_salt: bool = False
    question: str = ""


def meaning_of(names: Sequence[LabelWord], part: bool = False) -> Meant:
    """What the names of one amount mean together.

    Parameters
    ----------
    names : sequence of LabelWord
        At least one.
    part : bool, optional
        Whether a share inside brackets says that a form is a part alone, ``as 50 % beta-carotene``.

    Returns
    -------
    Meant

    Examples
    --------
    >>> from calciroute.tables.label_words import find_label_words
    >>> meaning_of(find_label_words("vitamin k2 as mk-7", "substance")).substance
    'MK7'
    >>> meaning_of(find_label_words("k1 and mk-7", "substance")).question
    'one amount for K1 + MK7: the split is not given'
    """
    families = families_of(names)
    meanings = {name.meaning for name in names if name.kind == "substance"}
    salts = tuple(dict.fromkeys(name.meaning for name in names if name.kind == "salt"))
    if len(families) > 1:
        return Meant(
            "", salts, False, f"one amount for {' + '.join(sorted(families))}: which one is not clear"
        )
    family = next(iter(families))
    if salts:
        minerals = {read_salts()[salt][0] for salt in salts}
        return Meant(min(minerals), salts, not meanings)
    if family == "K":
        vitamers = [vitamer for vitamer in VITAMERS if vitamer in meanings]
        if "K3" in meanings:
            return Meant("K3")
        if len(vitamers) > 1:
            return Meant("", (), False, f"one amount for {' + '.join(vitamers)}: the split is not given")
        if vitamers == ["K1"] and "K2" in meanings:
            return Meant("", (), False, "one amount for K1 + K2: the split is not given")
        return Meant(vitamers[0] if vitamers else "K2" if "K2" in meanings else "K")
    if family == "D":
        if {"D2", "D3"} <= meanings:
            return Meant("", (), False, "one amount for D2 + D3: the split is not given")
        return Meant("D2" if "D2" in meanings else "D3")
    if family == "A":
        if {"retinol", "beta-carotene"} <= meanings or (part and "beta-carotene" in meanings):
            return Meant("", (), False, "one amount for retinol + beta-carotene: the split is not given")
        return Meant("beta-carotene" if "beta-carotene" in meanings else "A")
    if family == "E":
        if {"natural E", "synthetic E"} <= meanings:
            return Meant("", (), False, "one amount for natural E + synthetic E: the split is not given")
        return Meant(next((form for form in ("natural E", "synthetic E") if form in meanings), "E"))
    if family == "fish oil":
        if "omega3" in meanings or {"EPA", "DHA"} <= meanings:
            return Meant("omega3")
        return Meant(next((name for name in ("EPA", "DHA") if name in meanings), "fish oil"))
    return Meant(family)
