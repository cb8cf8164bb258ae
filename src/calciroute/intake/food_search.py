"""Words of a diary to a food: whole words only, in several languages; what is not found is never guessed.

In this order: a key of a table; a name of ``food_words.csv``, mapped one by one; a printed name or alias of
the curated table. Then the same with words such as *fresh* left out and words such as *boiled* understood; at
last a name in a table that the person brought, then a printed name of the base table. What fits several foods
is asked; what fits none stays unmatched.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from calciroute.intake.food_entries import Entry, base_foods_with, entries_for
from calciroute.intake.food_names import is_food, name_of
from calciroute.intake.food_spelling import (
    in_other_script,
    singular,
    words_in,
)
from calciroute.intake.importers.in_use import from_table_words, imported_food, keys_meant
from calciroute.tables.base_foods import base_names, is_base_food
from calciroute.tables.food_spellings import food_spellings
from calciroute.tables.food_words import (
    FAR_LANGUAGES,
    LANGUAGE_NAMES,
    languages_of,
    read_food_marks,
)
from calciroute.tables.foods import analyses_of, foods_called

# More choices than fit on a screen are no help.
_MOST_CHOICES = 12
_LONGEST = 120
_MARK_WORDS = 4
_TOGETHER = frozenset({"and", "with", "&"})
_SHORTEST_FAR_WORD = 4
_ONLY_AT_HOME = FAR_LANGUAGES - {"in", "ja"}
_BEFORE_COOKING = frozenset({"raw", "dry"})
_ENGLISH = frozenset({"en", "gb", "us", "in"})


@dataclass(frozen=True)
class Choice:
    """A food that words may mean.

    Parameters
    ----------
    food : str
        Key of the curated table such as ``gouda``, of the base table such as ``sr28:18075``, or of a dish
        such as ``dish:miso_soup``; what `calciroute.intake.foods.contents_of` takes.
    name : str
        As a reader sees it, in English.
    word : str, optional
        What to write for it; its name where empty.
    """

    food: str
    name: str
    word: str = ""


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
    >>> find_food("Nattou").food, find_food("volkorenbrood").food
    ('natto', 'wholewheat_bread')
    >>> find_food("chips", "GB").food, find_food("chips", "US").food
    ('french_fries', 'potato_chips')
    >>> find_food("rotisserie", suggest=False)
    Unmatched(text='rotisserie', near=())
    """
    text = " ".join(text.split())
    if len(text) > _LONGEST:
        return Unmatched(text, ())
    key = text.casefold()
    if not key.isalpha() and is_food(key):
        # Keys that are plain words, such as "prunes", are read as words: they mean other foods elsewhere.
        return Found(key, name_of(key, region), text)
    words = words_in(text)
    if not words:
        return Unmatched(text, ())
    answer = _written(text, words, region) or _respelt(words, region) or _without_maker(words, region)
    if answer is not None:
        return answer
    if not suggest:
        return Unmatched(text, ())
    from calciroute.intake.food_near import near_foods

    return Unmatched(text, near_foods(text))


def _written(text: str, words: tuple[str, ...], region: str | None) -> Found | Asked | None:
    """The words as they stand."""
    called = _called(text, words, region)
    return (
        _analysed_here(called, words, region)
        or called
        or _marked(text, words, region)
        or _in_own_tables(text)
        or _in_base_names(text, words)
    )


def _respelt(words: tuple[str, ...], region: str | None) -> Found | Asked | None:
    """With misspelt and short words as the table of spellings has them; nothing else is corrected."""
    meant = food_spellings()
    if not any(word in meant for word in words):
        return None
    right = tuple(part for word in words for part in meant.get(word, (word,)))
    text = " ".join(right)
    answer = (_written(text, right, region) or _without_maker(right, region)) if right else None
    if not isinstance(answer, Found):
        return answer
    return replace(answer, note="; ".join(part for part in (answer.note, f"read as '{text}'") if part))


def _without_maker(words: tuple[str, ...], region: str | None) -> Found | Asked | None:
    """Without the name of a maker or shop: what is sold under many names is one food of the table."""
    bare, met = _without(words, _marks("maker"))
    if not met or not bare:
        return None
    answer = _written(" ".join(bare), bare, region)
    if not isinstance(answer, Found):
        return answer
    note = "counted as the food of that kind, whoever made it"
    return replace(answer, note="; ".join(part for part in (answer.note, note) if part))


def _analysed_here(answer: Found | Asked | None, words: tuple[str, ...], region: str | None) -> Found | None:
    """The curated food of the same words where the region has an analysis of it, in place of a base food."""
    # The base table knows no menaquinone beyond MK-4; an analysis of this country may.
    key = "_".join(words)
    if not isinstance(answer, Found) or not is_base_food(answer.food):
        return None
    if region is None or not analyses_of(key, region):
        return None
    if "cooked" in words_in(name_of(answer.food)) and analyses_of(key, region)[0].state in _BEFORE_COOKING:
        return None  # a raw grain is not what was on the plate
    return Found(key, name_of(key, region), answer.matched)


def _here(entries: tuple[Entry, ...], region: str | None) -> tuple[Entry, ...]:
    """Entries of the first language of the region that has any; all where it settles nothing."""
    for language in languages_of(region):
        mine = tuple(entry for entry in entries if entry.language == language)
        if mine:
            return mine
    if region is None:
        # Without a country a far language does not unsettle a word: roti is chapati, not Indonesian bread.
        entries = tuple(one for one in entries if one.language not in _ONLY_AT_HOME) or entries
    if region is None and {entry.language for entry in entries} <= _ENGLISH:
        # English words of no country come before what a country makes of them.
        return tuple(entry for entry in entries if entry.language == "en") or entries
    return entries if region is None else tuple(entry for entry in entries if not _too_short(entry))


def _too_short(entry: Entry) -> bool:
    """Whether a word of a far language has so few letters that it may be another one's: *su*, *cha*, *et*."""
    short = len(entry.word) < _SHORTEST_FAR_WORD and not in_other_script(entry.word)
    return short and entry.language in FAR_LANGUAGES


def _called(text: str, words: tuple[str, ...], region: str | None) -> Found | Asked | None:
    """By the words table, else by a name or alias of the curated one."""
    entries = _here(entries_for(words, region), region)
    by_food = {entry.food: entry for entry in reversed(entries)}  # the first of each food
    if len(by_food) > 1 and region is not None:
        # A foreign word of two foods means the one that was analysed here, if only one was.
        here = {food: entry for food, entry in by_food.items() if analyses_of(food, region)}
        by_food = here if len(here) == 1 else by_food
    if len(by_food) > 1 and not text.isascii():
        # Words that differ by accents alone: dừa is coconut, dưa melon.
        exact = {food: one for food, one in by_food.items() if one.word.casefold() == text.casefold()}
        by_food = exact if len(exact) == 1 else by_food
    if len(by_food) == 1:
        return _found(next(iter(by_food.values())), region)
    if by_food:
        return Asked(text, tuple(_choice(food, entry) for food, entry in by_food.items()))
    foods = foods_called(text)
    if len(foods) > 1 and region is not None:
        foods = tuple(food for food in foods if analyses_of(food, region)) or foods
    if len(foods) == 1:
        return Found(foods[0], name_of(foods[0], region), text)
    return Asked(text, tuple(Choice(food, name_of(food), food) for food in foods)) if foods else None


def _found(entry: Entry, region: str | None, food: str = "", note: str = "") -> Found:
    food = food or entry.food
    foreign = entry.language not in {*languages_of(region), "en"}
    read_as = f"read as {LANGUAGE_NAMES[entry.language]}" if region and foreign else ""
    notes = "; ".join(part for part in (entry.note, note, read_as) if part)
    return Found(food, name_of(food, region), entry.word, notes)


def _choice(food: str, entry: Entry) -> Choice:
    return Choice(food, name_of(food), entry.own)


@cache
def _marks(kind: str) -> frozenset[tuple[str, ...]]:
    return frozenset(words_in(word) for word in read_food_marks()[kind])


def _without(words: tuple[str, ...], marks: frozenset[tuple[str, ...]]) -> tuple[tuple[str, ...], bool]:
    """Words without those of a kind, and whether any stood there; longer marks first."""
    kept: list[str] = []
    place, met = 0, False
    while place < len(words):
        length = next((size for size in range(_MARK_WORDS, 0, -1) if words[place : place + size] in marks), 0)
        if not length:
            kept.append(words[place])
        place += length or 1
        met = met or bool(length)
    return tuple(kept), met


def _marked(text: str, words: tuple[str, ...], region: str | None) -> Found | Asked | None:
    """With words of cooking understood and words that change nothing left out."""
    bare, dropped = _without(words, _marks("dropped"))
    plain, cooked = _without(bare, _marks("cooked"))
    plain, raw = _without(plain, _marks("raw"))
    if not plain or not (dropped or cooked or raw):
        return None
    if dropped and (cooked or raw) and (answer := _called(" ".join(bare), bare, region)):
        return answer
    entries = _here(entries_for(plain, region), region)
    by_food = {entry.food: entry for entry in entries}
    if len(by_food) != 1:
        return _called(" ".join(plain), plain, region)
    entry = entries[0]
    if cooked and entry.cooked:
        return _found(entry, region, entry.cooked)
    return _found(entry, region, note="the form in the table stands in" if cooked or raw else "")


def _in_own_tables(text: str) -> Found | Asked | None:
    """A food of a table that the person named for this answer; the answer says so."""
    keys = keys_meant(text)
    if len(keys) == 1:
        own = imported_food(keys[0])
        assert own is not None  # a key of a table in use
        return Found(keys[0], name_of(keys[0]), own[1].name, from_table_words(own[0]))
    choices = tuple(Choice(key, name_of(key), key) for key in keys[:_MOST_CHOICES])
    return Asked(text, choices) if keys else None


def _in_base_names(text: str, words: tuple[str, ...]) -> Found | Asked | None:
    """A base food of which every word and the whole head of its name were written."""
    wanted = set(singular(words))
    first, *others = (base_foods_with(word) for word in wanted)
    together = [food for food in first if all(food in group for group in others)]
    foods = [food for food in together if _head_of(base_names()[food]) <= wanted]
    exact = [food for food in foods if set(singular(words_in(base_names()[food]))) == wanted]
    if not exact and wanted & _TOGETHER:
        return None  # "bread and egg" is no cornbread that was made with milk and eggs
    foods = exact or foods
    if len(foods) == 1:
        return Found(foods[0], name_of(foods[0]), base_names()[foods[0]], "by the name that the USDA prints")
    if not foods:
        return None
    return Asked(text, tuple(Choice(food, name_of(food), name_of(food)) for food in foods[:_MOST_CHOICES]))


def _head_of(name: str) -> set[str]:
    """Words that say what a food is: the first part of its name that is no mere kind (*Spices, ...*)."""
    parts = [words_in(part) for part in name.split(",")]
    heads = [part for part in parts if part and part not in _marks("category")]
    return set(singular(heads[0])) if heads else {""}
