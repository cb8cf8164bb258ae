"""Amounts as people and labels write them: 400 spellings for each of 12 substances, each with what it means.

Nothing here looks into the tables of the package: what a number or a unit means is written down by hand. None
means that no reader can know: such a spelling has to be asked about.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from calciroute.errors import InputError
from calciroute.intake.label import read_labels
from calciroute.intake.products import parse_product

# As written -> the one number that it means in every country, or None.
NUMBERS: dict[str, float | None] = {
    "180": 180.0, "45": 45.0, "1.5": 1.5, "0,5": 0.5, "12,5": 12.5, "1.25": 1.25, "0.125": 0.125,
    "100.0": 100.0, "2 000": 2000.0, "1'000": 1000.0, "1,234.5": 1234.5, "1.234,5": 1234.5,
    "１００": 100.0, "10\u202f000": 10_000.0, "1,500": None, "1.500": None, "½": None, "10²": None,
    "50-100": None, "<25": None,
}  # fmt: skip
# As written -> micrograms in one, IU, or None where no reader can know.
UNITS: dict[str, float | str | None] = {
    "mcg": 1.0, "µg": 1.0, "\u03bcg": 1.0, "ug": 1.0, "㎍": 1.0, "MCG": 1.0, "Mcg": 1.0, "microgrammes": 1.0,
    "Mikrogramm": 1.0, "マイクログラム": 1.0, "mg": 1000.0, "㎎": 1000.0, "g": 1e6, "IU": "IU", "I.E.": "IU",
    "UI": "IU", "MG": None, "Mg": None, "mgs": None, "": None,
}  # fmt: skip
# Name on the label, its id, micrograms in one of its unit, micrograms in one IU.
SUBSTANCES: tuple[tuple[str, str, float, float | None], ...] = (
    ("MK-7", "MK7", 1.0, None), ("MK-4", "MK4", 1.0, None), ("vitamin K1", "K1", 1.0, None),
    ("MK-9", "MK9", 1.0, None), ("vitamin D3", "D3", 1.0, 0.025), ("vitamin D2", "D2", 1.0, 0.025),
    ("calcium", "calcium", 1000.0, None), ("magnesium", "magnesium", 1000.0, None),
    ("retinyl palmitate", "A", 1.0, 0.3), ("vitamin E", "E", 1000.0, None),
    ("d-alpha-tocopherol", "natural E", 1000.0, 670.0), ("zinc", "zinc", 1000.0, None),
)  # fmt: skip


@dataclass(frozen=True)
class Spelling:
    """One written amount of one substance; ``meant`` is in the substance's unit, None has to be asked."""

    name: str
    substance: str
    written: str
    meant: float | None


def spellings() -> Iterator[Spelling]:
    for name, substance, unit_size, iu in SUBSTANCES:
        for number, value in NUMBERS.items():
            for unit, size in UNITS.items():
                factor = iu if size == "IU" else size
                known = isinstance(factor, float) and value is not None
                meant = value * factor / unit_size if known else None  # type: ignore[operator]
                yield Spelling(name, substance, f"{number} {unit}".strip(), meant)


def as_product(spelling: Spelling) -> float | None:
    """What the reader of products and plans makes of it; None when it asks."""
    try:
        product = parse_product(f"{spelling.name} {spelling.written} softgel".replace("  ", " "))
    except InputError:
        return None
    return product.amount_of(spelling.substance)


def as_label(spelling: Spelling) -> float | None:
    """What the reader of labels makes of it; None when it asks."""
    try:
        label = read_labels(f"Amount per capsule\n{spelling.name} {spelling.written}")[0]
    except InputError:
        return None
    found = label.amount_of(spelling.substance)
    return None if found is None else found.amount


def verdict(spelling: Spelling, found: float | None) -> str:
    """right, asked, or silent: read with another meaning than the one that was written."""
    if found is None:
        return "asked"
    right = spelling.meant is not None and abs(found - spelling.meant) <= 1e-9 * abs(spelling.meant)
    return "right" if right else "silent"
