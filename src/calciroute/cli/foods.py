"""``calciroute foods WORDS``: what a food is and what is in it, each vitamer apart."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

from calciroute.intake.food_card import FoodCard, food_card
from calciroute.intake.food_search import Asked, Found, Unmatched, find_food
from calciroute.purpose import PURPOSE

NOT_FOUND = 2


def run_foods(words: list[str], region: str | None, as_json: bool) -> None:
    """Print a food, the foods that words may mean, or near names.

    Parameters
    ----------
    words : list of str
        One food, in any of the languages of ``food_words.csv``.
    region : str or None
        Country of the food, two letters.
    as_json : bool
        JSON instead of text.

    Raises
    ------
    SystemExit
        With code 2 when no food is called so.
    InputError
        When the region is not two letters.
    """
    region = _region(region)
    answer = find_food(" ".join(words), region)
    card = food_card(answer.food, region) if isinstance(answer, Found) else None
    if as_json:
        print(json.dumps(as_document(answer, card), ensure_ascii=False, indent=2))
    else:
        _print(answer, card)
    if isinstance(answer, Unmatched):
        raise SystemExit(NOT_FOUND)


def _print(answer: Found | Asked | Unmatched, card: FoodCard | None) -> None:
    from calciroute.report.food_text import asked_text, food_text, unmatched_text

    if isinstance(answer, Found) and card is not None:
        print(food_text(answer, card))
    elif isinstance(answer, Asked):
        print(asked_text(answer))
    elif isinstance(answer, Unmatched):
        print(unmatched_text(answer), file=sys.stderr)


def _region(region: str | None) -> str | None:
    from calciroute.errors import InputError, Problem

    if region is None or (len(region) == 2 and region.isalpha() and region.isascii()):
        return region.upper() if region else None
    shown = "".join(sign if sign.isprintable() else " " for sign in region)[:20]
    raise InputError([Problem("--region", f"'{shown}' is no country", "two letters", "--region NL")])


def as_document(answer: Found | Asked | Unmatched, card: FoodCard | None) -> dict[str, Any]:
    """The answer as JSON holds it.

    Parameters
    ----------
    answer : Found, Asked or Unmatched
        How the words were understood.
    card : FoodCard or None
        Of the food that was found.

    Returns
    -------
    dict
        purpose, kind (``found``, ``asked`` or ``unmatched``), and answer with card where there is one.
    """
    document: dict[str, Any] = {"purpose": PURPOSE, "kind": type(answer).__name__.lower()}
    document["answer"] = asdict(answer)
    document["food"] = asdict(card) if card is not None else None
    return document
