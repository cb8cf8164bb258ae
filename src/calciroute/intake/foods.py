"""A food in one region: which analysis stands for it, and what a portion holds, vitamer by vitamer.

Missing is never zero. An unfermented plant food holds no menaquinone by nature; a K2 total is read as the
vitamer that its group is known for (assumed); an analysis that stopped at MK-4 is silent on longer forms.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType

from calciroute.errors import Problem
from calciroute.intake.content import Content100g, base_contents, dish_contents
from calciroute.intake.food_search import Asked, Found
from calciroute.intake.food_search import find_food as search_food
from calciroute.intake.importers.in_use import imported_contents, is_imported
from calciroute.tables.base_foods import PREFIX, SOURCE, is_base_food
from calciroute.tables.dishes import read_dishes
from calciroute.tables.food_nutrients import NutrientAmount, read_food_nutrients
from calciroute.tables.food_words import lenders
from calciroute.tables.foods import Food, analyses_of
from calciroute.tables.k2_groups import read_k2_groups

# Printed name in the food table -> name in person files and results.
NUTRIENTS: Mapping[str, str] = MappingProxyType(
    {
        "K1": "K1",
        "MK-4": "MK4",
        "MK-5": "MK5",
        "MK-6": "MK6",
        "MK-7": "MK7",
        "MK-8": "MK8",
        "MK-9": "MK9",
        "calcium": "calcium",
        "phosphorus": "phosphorus",
        "magnesium": "magnesium",
        "sodium": "sodium",
        "vitamin D": "D3",
    }
)
# Known beside what the model takes in.
OTHER_NUTRIENTS: Mapping[str, str] = MappingProxyType({"fat": "fat", "dihydro-K1": "dihydro_K1"})
MENAQUINONES = ("MK-4", "MK-5", "MK-6", "MK-7", "MK-8", "MK-9")
DAIRY = frozenset({"cheese", "fresh_cheese", "yogurt", "milk", "cream", "butter"})


def find_food(
    word: str, region: str | None, where: str, problems: list[Problem], *, suggest: bool = True
) -> str | None:
    """A food by exact name or alias; unknown or ambiguous words are problems.

    Parameters
    ----------
    word : str
        As written.
    region : str or None
        Two letters; settles a word that names several foods when only one is known there.
    where : str
        ``file:line`` for messages.
    problems : list of Problem
        Receives what is wrong.
    suggest : bool, optional
        Whether near names are looked for; they take time.

    Returns
    -------
    str or None
        Key of the food, or None.

    Examples
    --------
    >>> find_food("Nattou", None, "", [])
    'natto'
    """
    found = search_food(word, region, suggest=suggest)
    if isinstance(found, Found):
        return found.food
    shown = "".join(mark if mark.isprintable() else " " for mark in word)[:60]
    if isinstance(found, Asked):
        # Curated foods are asked for by their keys, which a file can hold; others by their full names.
        names = [one.name if ":" in one.food else one.food for one in found.choices]
        expected = f"one of {'; '.join(names) if any(' ' in name for name in names) else ', '.join(names)}"
        problems.append(Problem(where, f"food '{shown}' may be several foods", expected, f"'{names[0]}'"))
        return None
    near = [one.word for one in found.near]
    expected = f"a name of the food table{'; near: ' + ', '.join(near) if near else ''}"
    advice = f"'{near[0]}'" if near else "calciroute foods WORDS"
    problems.append(Problem(where, f"food '{shown}' is not known", expected, advice))
    return None


@cache
def contents_of(food: str, region: str | None = None) -> Mapping[str, Content100g]:
    """What 100 g of a food hold.

    Parameters
    ----------
    food : str
        Key of a food, such as ``gouda``, ``sr28:18075`` or ``dish:miso_soup``, or of a table in use.
    region : str or None
        Where it is from; None takes the preferred analysis with the spread of all of them.

    Returns
    -------
    mapping of str to Content100g
        By names such as ``MK7`` and ``calcium``; what nobody measured is absent. Beside the model's own
        nutrients: ``fat``, ``protein`` (g), ``energy`` (kcal), ``dihydro_K1``.

    Examples
    --------
    >>> natto = contents_of("natto", "NL")
    >>> natto["MK7"].central, natto["MK7"].low
    (998.0, 882.0)
    >>> contents_of("almond", "US")["MK7"].central
    0.0
    """
    if is_imported(food):
        return MappingProxyType(imported_contents(food, region))
    if food in read_dishes():
        return MappingProxyType(dish_contents(food, lambda part: contents_of(part, region)))
    if is_base_food(food):
        return MappingProxyType({**_lent(food, region), **base_contents(food, region)})
    here = analyses_of(food, region) if region else ()
    everywhere = analyses_of(food)
    found: dict[str, Content100g] = {}
    for printed, name in {**NUTRIENTS, **OTHER_NUTRIENTS}.items():
        # Menaquinones of one food differ up to forty times between regions: none are borrowed from another.
        rows = here or everywhere
        content = _combined(rows, printed, region)
        if content is None and here and printed not in MENAQUINONES:
            content = _combined(everywhere, printed, region)
        if content is not None:
            found[name] = content
    for name, content in _lent(food, region).items():
        found.setdefault(name, content)
    return MappingProxyType(found)


def lender_of(food: str) -> str:
    """The base food that fills what no analysis of a food holds.

    Parameters
    ----------
    food : str
        Key of a curated or base food.

    Returns
    -------
    str
        A key of the base table; empty where there is none.

    Examples
    --------
    >>> lender_of("gouda"), lender_of("natto")
    ('sr28:01022', 'sr28:16113')
    """
    own = (row.locator for row in analyses_of(food) if row.source == SOURCE)
    return lenders().get(food) or next((PREFIX + one.removeprefix("NDB ") for one in own), "")


def _lent(food: str, region: str | None) -> dict[str, Content100g]:
    """What the base table lends a curated food: never a menaquinone, and marked where it is another food."""
    lender = lender_of(food)
    if not is_base_food(lender):
        return {}
    return {
        name: replace(content, assumed=True) if food in lenders() else content
        for name, content in base_contents(lender, region).items()
        if not name.startswith("MK")
    }


def is_dairy(food: str) -> bool:
    """Whether a food is from milk, whose MK-7 is absorbed a little better."""
    if food in read_dishes():
        return any(is_dairy(part.food) for part in read_dishes()[food].ingredients)
    return any(row.group in DAIRY for row in analyses_of(food))


def _combined(rows: tuple[Food, ...], printed: str, region: str | None) -> Content100g | None:
    """The first analysis that has the nutrient gives the centre, all of them together give the spread."""
    known = [(row, value) for row in rows if (value := _in_analysis(row, printed)) is not None]
    if not known:
        return None
    first_row, first = known[0]
    low = min(value.low for _, value in known)
    high = max(value.high for _, value in known)
    elsewhere = region is not None and first_row.region not in {region, ""}
    return Content100g(low, first.central, high, first.unit, first.assumed or elsewhere)


def _in_analysis(food: Food, printed: str) -> Content100g | None:
    amounts = read_food_nutrients().get(food.food_id, {})
    if printed in amounts:
        return _range_of(amounts[printed])
    if printed not in MENAQUINONES:
        return None
    match food.k2_missing_rule, food.k2_basis:
        case "structural_zero", _:
            return Content100g(0.0, 0.0, 0.0, "ug", assumed=False)
        case "mk4_is_total", _:
            return Content100g(0.0, 0.0, 0.0, "ug", assumed=True)
        case "measured", "sum_of_reported_forms":
            # The total is the sum of the forms listed: the others were looked for and not found.
            return Content100g(0.0, 0.0, 0.0, "ug", assumed=True)
        case "measured", "reported_total":
            return _share_of_total(food, amounts, printed)
        case _:
            return None


def _share_of_total(food: Food, amounts: Mapping[str, NutrientAmount], printed: str) -> Content100g | None:
    """Read a K2 total as the vitamer of its group, less what was measured by itself."""
    bearer = read_k2_groups().get(food.group)
    total = _range_of(amounts["K2"]) if "K2" in amounts else None
    if bearer is None or total is None:
        return None
    if printed != bearer:
        return Content100g(0.0, 0.0, 0.0, "ug", assumed=True)
    own = [_range_of(amounts[form]) for form in MENAQUINONES if form in amounts]
    rest = sum(value.central for value in own)
    return Content100g(
        max(total.low - rest, 0.0),
        max(total.central - rest, 0.0),
        max(total.high - rest, 0.0),
        "ug",
        assumed=True,
    )


def _range_of(amount: NutrientAmount) -> Content100g:
    low, high = amount.low, amount.high
    value = amount.value
    if value is None:
        assert low is not None  # a rule of the table: a value, or both ends
        assert high is not None
        value = (low + high) / 2.0
    spread = 1.96 * amount.se if amount.se is not None else 0.0
    return Content100g(
        max(value - spread, 0.0) if low is None else min(low, value),
        value,
        value + spread if high is None else max(high, value),
        amount.unit,
        assumed=amount.value is None,
    )
