"""Names of foods as they are looked up: worked out once from the tables of words, then kept.

Some fifty thousand names, their singulars and their stems take a second to work out, which is more than all
else that a short command does. So they are kept, as a database of SQLite, under the hash of the tables and of
the code that made them; where nothing can be kept they are worked out in each process.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from calciroute.engine.stored import keep, read_code
from calciroute.intake.food_endings import has_endings, stems
from calciroute.intake.food_spelling import singular, spelled_out, words_in, words_in_each
from calciroute.sbml.cache import cache_folder, content_hash
from calciroute.tables.base_foods import base_names
from calciroute.tables.food_words import LANGUAGES, FoodWords, languages_of, read_food_words
from calciroute.tables.texts import data_text

Words = tuple[str, ...]
_LONG_VOWELS = re.compile("ou|oo|uu")
# How a name is looked up: as written, in any order and number, and by language without its endings.
_AS_WRITTEN, _SINGULAR = "written", "singular"
_BASE = "base"  # a word of a printed name of the base table
_TABLES = ("base_foods.csv", "food_words.csv", "food_words_more.csv", "word_endings.csv")
_CODE = ("food_entries.py", "food_spelling.py", "food_endings.py")
_SHAPE = """
CREATE TABLE foods (id INTEGER PRIMARY KEY, food TEXT, cooked TEXT, note TEXT, own TEXT);
CREATE TABLE names (id INTEGER PRIMARY KEY, row INTEGER, language TEXT, word TEXT, written TEXT);
CREATE TABLE base (id INTEGER PRIMARY KEY, food TEXT);
CREATE TABLE keys (kind TEXT, key TEXT, name INTEGER, PRIMARY KEY (kind, key, name)) WITHOUT ROWID;
"""


class Entry(NamedTuple):
    """A name of a food.

    Parameters
    ----------
    food, cooked : str
        Key of the food, and of its cooked form, which may be empty.
    note : str
        Choice that the row of the table makes; may be empty.
    own : str
        The first name of that row that means nothing else.
    language, word : str
        The name itself, as the table writes it.
    """

    food: str
    cooked: str
    note: str
    own: str
    language: str
    word: str


def entries_for(words: Words, region: str | None = None) -> tuple[Entry, ...]:
    """Names that are these words: as written, with ae for ä, in any number and order, in any case.

    Parameters
    ----------
    words : tuple of str
        From `calciroute.intake.food_spelling.words_in`.
    region : str, optional
        Two letters: whose endings and vowels count.

    Returns
    -------
    tuple of Entry
        In the order of the tables; of the first of these ways that meets any.

    Examples
    --------
    >>> entries_for(("natto",))[0].food
    'natto'
    >>> entries_for(("rotisserie",))
    ()
    """
    return (
        _named(_AS_WRITTEN, words)
        or _named(_AS_WRITTEN, spelled_out(words))
        or _named(_SINGULAR, singular(words))
        or _named(_SINGULAR, singular(spelled_out(words)))
        or _in_a_language(words, region)
    )


def all_names() -> list[str]:
    """Every name as it is compared, for a search by likeness.

    Returns
    -------
    list of str
        In the order of the tables; a name of several foods stands there several times.
    """
    return [name for (name,) in _database().execute("SELECT written FROM names ORDER BY id")]


def base_foods_with(word: str) -> tuple[str, ...]:
    """Foods of the base table whose printed name holds a word whole.

    Parameters
    ----------
    word : str
        One word, in English and the singular.

    Returns
    -------
    tuple of str
        Keys, in the order of the table.

    Examples
    --------
    >>> base_foods_with("natto")
    ('sr28:16113',)
    """
    found = _database().execute(
        "SELECT food FROM keys JOIN base ON base.id = name WHERE kind = ? AND key = ? ORDER BY name",
        (_BASE, word),
    )
    return tuple(food for (food,) in found)


def _in_a_language(words: Words, region: str | None) -> tuple[Entry, ...]:
    for language in languages_of(region):
        met = _named(language, stems(words, language)) if has_endings(language) else ()
        if not met and language == "ja":
            # Japanese in Latin letters without its long vowels: hourensou is horenso.
            met = _named(
                _AS_WRITTEN, tuple(_LONG_VOWELS.sub(lambda pair: pair[0][0], word) for word in words)
            )
        if met:
            return met
    return ()


@lru_cache(4096)
def _named(kind: str, words: Words) -> tuple[Entry, ...]:
    found = _database().execute(
        "SELECT food, cooked, note, own, language, word FROM keys JOIN names ON names.id = name "
        "JOIN foods ON foods.id = row WHERE kind = ? AND key = ? ORDER BY name",
        (kind, " ".join(words)),
    )
    return tuple(map(Entry._make, found))


@cache
def _database() -> sqlite3.Connection:
    """From the cache, else worked out and kept."""
    code = files("calciroute.intake")
    texts = [data_text(name).read_text("utf-8") for name in _TABLES]
    key = content_hash(*texts, *((code / name).read_text("utf-8") for name in _CODE))
    # Looked at by several threads, changed by none.
    database = sqlite3.connect(":memory:", check_same_thread=False)
    stored = read_code(cache_folder(), key)
    if stored is not None:
        database.deserialize(stored[0])
        return database
    _work_out(database, read_food_words())
    keep(cache_folder(), key, database.serialize(), "names of foods")
    return database


def _work_out(database: sqlite3.Connection, rows: tuple[FoodWords, ...]) -> None:
    names = [
        (row, language, word)
        for row, food in enumerate(rows)
        for language, cell in food.words.items()
        for word in cell
    ]
    written = words_in_each(tuple(word for _, _, word in names))
    means: dict[Words, set[str]] = {}
    for (row, _, _), words in zip(names, written, strict=True):
        means.setdefault(words, set()).add(rows[row].food)
    own: dict[int, tuple[int, str]] = {}
    order = {language: place for place, language in enumerate(LANGUAGES)}
    for (row, language, word), words in zip(names, written, strict=True):
        place = order[language]
        if len(means[words]) == 1 and (row not in own or place < own[row][0]):
            own[row] = (place, word)
    with database:
        database.executescript(_SHAPE)
        database.executemany(
            "INSERT INTO foods VALUES (?, ?, ?, ?, ?)",
            (
                (row, food.food, food.cooked, food.note, own[row][1] if row in own else food.food)
                for row, food in enumerate(rows)
            ),
        )
        database.executemany(
            "INSERT INTO names VALUES (?, ?, ?, ?, ?)",
            (
                (place, *name, " ".join(words))
                for place, (name, words) in enumerate(zip(names, written, strict=True))
            ),
        )
        database.executemany("INSERT INTO base VALUES (?, ?)", enumerate(base_names()))
        database.executemany("INSERT OR IGNORE INTO keys VALUES (?, ?, ?)", _keys(names, written))


def _keys(names: list[tuple[int, str, str]], written: list[Words]) -> Iterator[tuple[str, str, int]]:
    for place, ((_, language, _), words) in enumerate(zip(names, written, strict=True)):
        yield _AS_WRITTEN, " ".join(words), place
        yield _SINGULAR, " ".join(singular(words)), place
        if has_endings(language):
            yield language, " ".join(stems(words, language)), place
    for place, name in enumerate(base_names().values()):
        yield from ((_BASE, word, place) for word in singular(_told_in(name)))


def _told_in(name: str) -> Words:
    """Words of a base name, less what it says is not there (*without salt*)."""
    if "without" not in name:
        return words_in(name)
    return words_in(",".join(part for part in name.split(",") if not part.lstrip().startswith("without")))
