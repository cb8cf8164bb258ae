"""All that is known of one food: each vitamer apart, its spread, its source, and why a value is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from calciroute.intake.content import Content100g
from calciroute.intake.diary_missing import MISSING_WORDS, UnsplitTotal, missing_kind, unsplit_total
from calciroute.intake.food_names import is_food, name_of
from calciroute.intake.food_sources import NumberSource, source_of
from calciroute.intake.foods import contents_of
from calciroute.intake.portions import measures_of
from calciroute.tables.base_foods import Portion, base_food, is_base_food
from calciroute.tables.dishes import read_dishes
from calciroute.tables.foods import analyses_of

# Name in results -> printed name and unit, in the order of the card.
CARD_NUTRIENTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "K1": ("K1", "ug"),
        "dihydro_K1": ("dihydro-K1", "ug"),
        "MK4": ("MK-4", "ug"),
        "MK5": ("MK-5", "ug"),
        "MK6": ("MK-6", "ug"),
        "MK7": ("MK-7", "ug"),
        "MK8": ("MK-8", "ug"),
        "MK9": ("MK-9", "ug"),
        "calcium": ("calcium", "mg"),
        "magnesium": ("magnesium", "mg"),
        "phosphorus": ("phosphorus", "mg"),
        "sodium": ("sodium", "mg"),
        "D3": ("vitamin D", "ug"),
        "fat": ("fat", "g"),
    }
)
_LONG_FORMS = ("MK7", "MK8", "MK9")
BLIND = (
    "The US table holds K1, dihydro-K1 and MK-4 alone: longer menaquinones of this food are not known, "
    "which is not zero."
)


@dataclass(frozen=True)
class CardLine:
    """One nutrient of a food.

    Parameters
    ----------
    nutrient, printed, unit : str
        Key, printed name, unit per 100 g.
    content : Content100g or None
        None where it is not known.
    source : NumberSource or None
        Where the number is from.
    missing : str
        Why it is not known, in words; empty where it is.
    """

    nutrient: str
    printed: str
    unit: str
    content: Content100g | None
    source: NumberSource | None
    missing: str


@dataclass(frozen=True)
class FoodCard:
    """A food with all that the tables know of it.

    Parameters
    ----------
    food, name : str
        Key and printed name.
    table : str
        ``curated``, ``base`` or ``dish``.
    group : str
        Kind of food.
    region : str or None
        Which was asked for.
    regions : tuple of str
        Countries of its analyses.
    fermented : bool
        Whether the curated table calls it fermented.
    portion : Portion or None
        The usual one; a default of its group for curated foods.
    measures : tuple of Portion
        Household measures of the base table.
    lines : tuple of CardLine
        Every nutrient of `CARD_NUTRIENTS`.
    unsplit : UnsplitTotal or None
        A total that no source takes apart.
    remarks : tuple of str
        What to know before reading the numbers.
    """

    food: str
    name: str
    table: str
    group: str
    region: str | None
    regions: tuple[str, ...]
    fermented: bool
    portion: Portion | None
    measures: tuple[Portion, ...]
    lines: tuple[CardLine, ...]
    unsplit: UnsplitTotal | None
    remarks: tuple[str, ...]


def food_card(food: str, region: str | None = None) -> FoodCard:
    """All that is known of a food.

    Parameters
    ----------
    food : str
        Key, from `calciroute.intake.food_search.find_food`.
    region : str, optional
        Country of the food, two letters.

    Returns
    -------
    FoodCard

    Raises
    ------
    KeyError
        When no table has the food.

    Examples
    --------
    >>> card = food_card("sr28:16113")
    >>> [(line.printed, line.content.central) for line in card.lines if line.content][0]
    ('K1', 23.1)
    >>> next(line.missing for line in card.lines if line.printed == "MK-7")
    'the US base table holds K1, dihydro-K1 and, of some foods, MK-4 alone'
    """
    if not is_food(food):
        raise KeyError(food)
    held = contents_of(food, region)
    lines = tuple(
        CardLine(
            name,
            printed,
            unit,
            held.get(name),
            source_of(food, name, region),
            "" if name in held else MISSING_WORDS[missing_kind(food, name, region)],
        )
        for name, (printed, unit) in CARD_NUTRIENTS.items()
    )
    rows = analyses_of(food)
    measures = measures_of(food) if food not in read_dishes() else ()
    usual = measures[0] if measures else None
    if rows or food in read_dishes():
        grams = rows[0].portion_g if rows else read_dishes()[food].portion_g
        usual = Portion("usual portion", grams)
    return FoodCard(
        food=food,
        name=name_of(food, region),
        table="dish" if food in read_dishes() else "base" if is_base_food(food) else "curated",
        group=_group(food),
        region=region,
        regions=tuple(dict.fromkeys(row.region for row in rows if row.region)) or _regions(food),
        fermented=any(row.fermented for row in rows),
        portion=usual,
        measures=measures,
        lines=lines,
        unsplit=None if food in read_dishes() else unsplit_total(food, region),
        remarks=tuple(_remarks(food, region, held)),
    )


def _group(food: str) -> str:
    if food in read_dishes():
        return "dish"
    rows = analyses_of(food)
    return rows[0].group.replace("_", " ") if rows else base_food(food).group


def _regions(food: str) -> tuple[str, ...]:
    return ("US",) if is_base_food(food) else ()


def _remarks(food: str, region: str | None, held: Mapping[str, Content100g]) -> list[str]:
    remarks = []
    rows = analyses_of(food)
    if food in read_dishes():
        dish = read_dishes()[food]
        parts = ", ".join(
            f"{name_of(part.food, region)} {part.share:g} g ({part.low:g} to {part.high:g})"
            for part in dish.ingredients
        )
        remarks.append(f"A mixture, its recipe {dish.basis} ({dish.note}). In 100 g: {parts}.")
    blind = not any(name in held for name in _LONG_FORMS) and food not in read_dishes()
    sources = {row.source for row in rows if region is None or row.region == region}
    if blind and (is_base_food(food) or any(source.startswith("usda") for source in sources)):
        remarks.append(BLIND)
    if region and rows and not analyses_of(food, region):
        remarks.append(f"No analysis from {region}: those of other countries stand in.")
    elif region and is_base_food(food) and region != "US":
        remarks.append(f"No analysis from {region}: the US one stands in.")
    own = (analyses_of(food, region) if region else ()) or rows
    remarks += [f"Note of the table: {row.note}." for row in own[:1] if row.note]
    return remarks
