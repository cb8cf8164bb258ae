"""Words of a diary to a food: whole words only, in several languages; what is not found is never guessed."""

from __future__ import annotations

from dataclasses import dataclass

from calciroute.tables.foods import analyses_of, food_words, foods_called


@dataclass(frozen=True)
class Choice:
    """A food that words may mean.

    Parameters
    ----------
    food : str
        Key of the curated table such as ``gouda``, or of the base table such as ``sr28:18075``; what
        `calciroute.intake.foods.contents_of` takes.
    name : str
        As a reader sees it, in English.
    """

    food: str
    name: str


@dataclass(frozen=True)
class Found:
    """Words that mean one food.

    Parameters
    ----------
    food, name : str
        As in `Choice`.
    matched : str
        Words of the table that were met.
    note : str
        A choice that was made, such as which bread plain "bread" is; empty where none was.
    """

    food: str
    name: str
    matched: str
    note: str = ""


@dataclass(frozen=True)
class Asked:
    """Words that may mean several foods; the person chooses.

    Parameters
    ----------
    text : str
        As written.
    choices : tuple of Choice
        At least two.
    """

    text: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Unmatched:
    """Words that no food is called by.

    Parameters
    ----------
    text : str
        As written.
    near : tuple of Choice
        Foods with a similar name, listed and never chosen; may be empty.
    """

    text: str
    near: tuple[Choice, ...]


def find_food(text: str, region: str | None = None, *, suggest: bool = True) -> Found | Asked | Unmatched:
    """Which food words mean.

    Parameters
    ----------
    text : str
        Words for one food, in any of the languages of ``food_words.csv``, without the amount.
    region : str, optional
        Country of the food, two letters. Settles words that mean different foods in different countries.
    suggest : bool, optional
        Whether near names are looked for when nothing is found; they take time.

    Returns
    -------
    Found, Asked or Unmatched
        One food; several to choose from; none, with near names.

    Examples
    --------
    >>> find_food("Nattou").food
    'natto'
    """
    foods = foods_called(text)
    if len(foods) > 1 and region is not None:
        foods = tuple(food for food in foods if analyses_of(food, region)) or foods
    if len(foods) == 1:
        return Found(foods[0], analyses_of(foods[0])[0].name, text)
    if foods:
        return Asked(text, tuple(Choice(food, analyses_of(food)[0].name) for food in foods))
    return Unmatched(text, _near(text) if suggest else ())


def _near(text: str) -> tuple[Choice, ...]:
    from rapidfuzz import process

    hits = process.extract(text, food_words(), limit=6, score_cutoff=70)
    foods = {food: None for word, _, _ in hits for food in foods_called(word)}
    return tuple(Choice(food, analyses_of(food)[0].name) for food in foods)
