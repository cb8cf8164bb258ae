"""Food tables that a person named for one answer: which of their foods words mean, and what those hold.

A food of such a table bears a key with the table's hash, such as ``ciqual-ddc83859:25002``; a curated food
keeps its own key and is never replaced.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from calciroute.intake.content import Content100g
from calciroute.intake.food_spelling import singular, words_in
from calciroute.intake.importers.imported import ImportedAmount, ImportedFood, ImportedTable
from calciroute.intake.importers.kept_form import KeptFoods

_TWO_ENDS = 0.5
_TABLES: ContextVar[tuple[ImportedTable, ...]] = ContextVar("_TABLES", default=())
_INDEXES: dict[str, Mapping[str, tuple[str, ...]]] = {}


@contextmanager
def tables_in_use(tables: Sequence[ImportedTable]) -> Iterator[None]:
    """Let foods of these tables be found until the block ends.

    Parameters
    ----------
    tables : sequence of ImportedTable
        In the order in which they are asked.

    Yields
    ------
    None
        Nothing to hold.

    Examples
    --------
    >>> with tables_in_use([]):
    ...     tables_now()
    ()
    """
    mark = _TABLES.set(tuple(tables))
    try:
        yield
    finally:
        _TABLES.reset(mark)


def tables_now() -> tuple[ImportedTable, ...]:
    """The tables in use."""
    return _TABLES.get()


def imported_food(key: str) -> tuple[ImportedTable, ImportedFood] | None:
    """A food of a table in use.

    Parameters
    ----------
    key : str
        Such as ``ciqual-ddc83859:25002``.

    Returns
    -------
    tuple of ImportedTable and ImportedFood, or None
        None for a key of no table in use.

    Examples
    --------
    >>> imported_food("gouda") is None
    True
    """
    name, _, code = key.partition(":")
    for table in _TABLES.get():
        if code and table.key == name and code in table.foods:
            return table, table.foods[code]
    return None


def is_imported(key: str) -> bool:
    """Whether a key names a food of a table in use."""
    return imported_food(key) is not None


def from_table_words(table: ImportedTable) -> str:
    """What stands beside a food of a table that a person brought.

    Parameters
    ----------
    table : ImportedTable
        Whose food.

    Returns
    -------
    str
        Its title and file, and whether the layout was tried.
    """
    tried = f"; {table.tried}" if table.tried else ""
    return f"from your table {table.title} ({table.file}){tried}"


def keys_meant(text: str) -> tuple[str, ...]:
    """Foods of the tables in use that words mean.

    Parameters
    ----------
    text : str
        Words for one food, without an amount.

    Returns
    -------
    tuple of str
        Keys of the first table that has any. A name is met when all written words stand in it whole and its
        head, the part before the first comma, was written whole: *cod* is no *Cod liver oil*.

    Examples
    --------
    >>> keys_meant("gouda")
    ()
    """
    wanted = set(singular(words_in(text)))
    if not wanted:
        return ()
    for table in _TABLES.get():
        index = _index(table)
        together = set.intersection(*(set(index.get(word, ())) for word in wanted))
        exact, wide = [], []
        for code in (code for code in table.foods if code in together):
            fits = [_fit(name, wanted) for name in _names(table.foods[code])]
            if "exact" in fits:
                exact.append(code)
            elif "head" in fits:
                wide.append(code)
        if exact or wide:
            return tuple(f"{table.key}:{code}" for code in exact or wide)
    return ()


def codes_with(table: ImportedTable, text: str) -> tuple[str, ...]:
    """Foods of a table whose names hold all words whole.

    Parameters
    ----------
    table : ImportedTable
        Where to look.
    text : str
        Words.

    Returns
    -------
    tuple of str
        Codes; names that are just these words first, then those with the fewest others.
    """
    wanted = set(singular(words_in(text)))
    if not wanted:
        return ()
    index = _index(table)
    together = set.intersection(*(set(index.get(word, ())) for word in wanted))
    places = {code: place for place, code in enumerate(table.foods)}
    return tuple(sorted(together, key=lambda code: (_others(table.foods[code], wanted), places[code])))


def imported_contents(key: str, region: str | None) -> dict[str, Content100g]:
    """What 100 g of a food of a table in use hold.

    Parameters
    ----------
    key : str
        For which `is_imported` holds.
    region : str or None
        Country of the food; numbers of another one are marked as assumed.

    Returns
    -------
    dict of str to Content100g
        What the table weighs: an amount in equivalents, and a K2 total, are no vitamer and stay out. Less
        than a limit counts from 0 to the limit, half of it in the middle; traces count as 0; both assumed.
    """
    found = imported_food(key)
    assert found is not None  # asked before
    table, food = found
    elsewhere = region not in {None, table.region}
    return {
        name: _content(amount, elsewhere)
        for name, amount in food.amounts.items()
        if amount.basis == "mass" and name not in {"K2", "K_total"}
    }


def _content(amount: ImportedAmount, elsewhere: bool) -> Content100g:
    if amount.value is None:
        limit = amount.limit or 0.0
        return Content100g(0.0, _TWO_ENDS * limit, limit, amount.unit, assumed=True)
    low = amount.value if amount.low is None else min(amount.low, amount.value)
    high = amount.value if amount.high is None else max(amount.high, amount.value)
    return Content100g(low, amount.value, high, amount.unit, assumed=elsewhere or bool(amount.note))


def _names(food: ImportedFood) -> tuple[str, ...]:
    return (food.name, *food.other_names)


def _fit(name: str, wanted: set[str]) -> str:
    whole = set(singular(words_in(name)))
    if whole == wanted:
        return "exact"
    head = set(singular(words_in(name.split(",")[0])))
    return "head" if wanted <= whole and head and head <= wanted else ""


def _others(food: ImportedFood, wanted: set[str]) -> int:
    return min(len(set(singular(words_in(name))) - wanted) for name in _names(food))


def _index(table: ImportedTable) -> Mapping[str, tuple[str, ...]]:
    """Whole word to the foods whose names hold it."""
    if table.sha256 not in _INDEXES:
        found: dict[str, dict[str, None]] = {}
        kept = table.foods if isinstance(table.foods, KeptFoods) else None
        for code in table.foods:
            for name in kept.names(code) if kept is not None else _names(table.foods[code]):
                for word in singular(words_in(name)):
                    found.setdefault(word, {})[code] = None
        _INDEXES[table.sha256] = {word: tuple(codes) for word, codes in found.items()}
    return _INDEXES[table.sha256]
