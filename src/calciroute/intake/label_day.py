"""Amounts of a day: each label times what is taken of it, summed and set beside upper levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from calciroute.intake.label import Label
from calciroute.intake.label_amounts import LabelAmount
from calciroute.intake.substance_amount import printed
from calciroute.tables.csv_table import Row
from calciroute.tables.reference_bodies import read_reference_bodies
from calciroute.tables.reference_intakes import NO_VALUE, read_reference_intakes
from calciroute.units.quantity import shown_unit

# Substances that count together, and their name in reference_intakes.csv.
_TOGETHER = {
    "K1": ("K1", "vitamin K"), "MK4": ("MK4", "vitamin K"), "MK7": ("MK7", "vitamin K"),
    "MK8": ("MK8", "vitamin K"), "MK9": ("MK9", "vitamin K"), "D3": ("vitamin D", "vitamin D"),
    "D2": ("vitamin D", "vitamin D"), "A": ("retinol", "retinol"), "EPA": ("EPA + DHA", ""),
    "DHA": ("EPA + DHA", ""), "omega3": ("EPA + DHA", ""), "natural E": ("vitamin E", ""),
    "synthetic E": ("vitamin E", ""), "E": ("vitamin E", ""),
}  # fmt: skip
_ADULT_YEARS = 19.0


@dataclass(frozen=True)
class ADay:
    """What one product brings a day.

    Parameters
    ----------
    label : int
        From 1.
    amount : LabelAmount
        As on the label.
    a_day : float or None
        In the unit of the amount; None where it cannot be worked out.
    assumed : str
        What was assumed; empty when the label says it.
    """

    label: int
    amount: LabelAmount
    a_day: float | None
    assumed: str = ""


@dataclass(frozen=True)
class DaySum:
    """One substance over all products.

    Parameters
    ----------
    name : str
        Such as ``MK-7`` or ``vitamin D``.
    amount : float
        A day, in `unit`.
    unit : str
        ug or mg.
    parts : tuple of ADay
        Where it comes from.
    level : float or None
        Upper level of the body, in `unit`; None where it set none or the table has none.
    level_row : str
        Id in ``reference_intakes.csv``; empty without a row.
    no_level : str
        Why there is no level.
    supplements_only : bool
        Whether the level leaves food out.
    """

    name: str
    amount: float
    unit: str
    parts: tuple[ADay, ...]
    level: float | None
    level_row: str
    no_level: str
    supplements_only: bool

    @property
    def over(self) -> bool:
        """Whether the sum is above the level."""
        return self.level is not None and self.amount > self.level * (1.0 + 1e-9)

    @property
    def not_counted(self) -> int:
        """How many products hold it in an amount a day that is not known."""
        return sum(part.a_day is None for part in self.parts)


def a_day(label: Label, amount: LabelAmount) -> tuple[float | None, str]:
    r"""One amount of a label for a whole day.

    Parameters
    ----------
    label : Label
        With its directions.
    amount : LabelAmount
        Of this label.

    Returns
    -------
    tuple of float or None and str
        In the unit of the amount, and what was assumed.

    Examples
    --------
    >>> from calciroute.intake.label import read_labels
    >>> label = read_labels("per capsule: MK-7 90 mcg\nTake 2 capsules daily")[0]
    >>> a_day(label, label.amounts[0])
    (180.0, '')
    """
    per, directions, serving = amount.per, label.servings.directions, label.servings.serving
    if per.kind.startswith("100"):
        grams = label.servings.serving_grams
        if grams is None or per.kind != "100 g":
            return None, ""
        return amount.amount * grams / 100.0, "one serving a day"
    if per.kind == "day":
        return amount.amount, ""
    count = per.count if per.kind != "unknown" else (serving.count if serving else None)
    if directions.pieces is None:
        what = "one " + (
            "serving" if per.kind in {"serving", "unknown"} or (count or 1.0) != 1.0 else per.piece
        )
        return amount.amount, f"{what} a day"
    if directions.piece == "serving":
        return amount.amount * directions.pieces, ""
    if count is None:
        # Amounts "per serving" without its size: the directions count pieces.
        return amount.amount, "one serving a day"
    return amount.amount / count * directions.pieces, ""


def sums_of(
    labels: Sequence[Label], body: str = "efsa", age_years: float | None = None
) -> tuple[DaySum, ...]:
    r"""Amounts of a day over all products.

    Parameters
    ----------
    labels : sequence of Label
        Products of one day.
    body : str, optional
        A word of ``reference_bodies.csv``.
    age_years : float, optional
        None takes the lowest level of an adult.

    Returns
    -------
    tuple of DaySum
        K1 and each menaquinone apart; only substances that a label names.

    Examples
    --------
    >>> from calciroute.intake.label import read_labels
    >>> text = "D3 2000 IU per capsule\n---\nper tablet vitamin D3 75 mcg"
    >>> total = sums_of(read_labels(text))[0]
    >>> total.name, total.amount, total.level, total.over
    ('vitamin D', 125.0, 100.0, True)
    """
    parts: dict[str, list[ADay]] = {}
    nutrients: dict[str, str] = {}
    for number, label in enumerate(labels, start=1):
        whole = label.amount_of("omega3")
        for amount in label.amounts:
            if whole is not None and amount.substance in {"EPA", "DHA"}:
                continue  # part of the omega-3 of the same label
            name, nutrient = _TOGETHER.get(amount.substance, (amount.substance, amount.substance))
            nutrients[name] = nutrient
            parts.setdefault(name, []).append(ADay(number, amount, *a_day(label, amount)))
    sums: list[DaySum] = []
    for name, found in parts.items():
        unit = found[0].amount.unit
        total = sum(part.a_day for part in found if part.a_day is not None)
        row, why = _level(nutrients[name], body_name(body), age_years)
        level = float(row.text("value")) if row is not None else None
        found_id = row.text("id") if row is not None else ""
        only = row is not None and row.text("value_type") == "UL_supplement"
        sums.append(DaySum(printed(name), total, unit, tuple(found), level, found_id, why, only))
    return tuple(sums)


def _level(nutrient: str, body: str, age_years: float | None) -> tuple[Row | None, str]:
    rows = [
        row
        for row in read_reference_intakes()
        if row.text("nutrient") == nutrient
        and row.text("body") == body
        and row.text("value_type").startswith("UL")
        and not row.text("life_stage")
        and _covers(row, age_years)
    ]
    numbers = [row for row in rows if row.text("value") not in ("", NO_VALUE)]
    if numbers:
        return min(numbers, key=lambda row: float(row.text("value"))), ""
    if nutrient == "vitamin K":
        # Rule S032: none in the US, the EU or Japan.
        return None, "no body has set an upper level for it, which is no proof of safety at any amount"
    if any(row.text("value") == NO_VALUE for row in rows):
        return None, f"{body} set no upper level, which is no proof of safety at any amount"
    return None, f"our table has no upper level of {body}"


def body_name(word: str) -> str:
    """Name of a body by the word of ``--body``.

    Parameters
    ----------
    word : str
        Such as ``efsa``.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        For a word that the table does not have.

    Examples
    --------
    >>> body_name("us")
    'NASEM'
    """
    known = {body.word: body.name for body in read_reference_bodies()}
    if word not in known:
        raise ValueError(f"body '{word}' is not known; expected one of {', '.join(known)}")
    return known[word]


def _covers(row: Row, age_years: float | None) -> bool:
    low, high = row.number("age_min_y") or 0.0, row.number("age_max_y") or 150.0
    if age_years is None:
        return high >= _ADULT_YEARS
    return low <= age_years < high + 1.0


def amount_words(amount: float, unit: str) -> str:
    """An amount with its unit as screens print it.

    Parameters
    ----------
    amount : float
        In `unit`.
    unit : str
        ug or mg.

    Returns
    -------
    str

    Examples
    --------
    >>> amount_words(180.0, "ug")
    '180 mcg'
    """
    return f"{amount:.4g} {shown_unit(unit)}" if amount < 10_000 else f"{amount:.0f} {shown_unit(unit)}"
