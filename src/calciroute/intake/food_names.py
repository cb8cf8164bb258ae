"""What a food is called in English, whichever table it is from."""

from __future__ import annotations

from calciroute.intake.importers.in_use import imported_food, is_imported
from calciroute.tables.base_foods import base_food, is_base_food
from calciroute.tables.dishes import PREFIX, read_dishes
from calciroute.tables.foods import analyses_of


def is_food(key: str) -> bool:
    """Whether a key names a food of the curated table, the base table, the dishes or a table in use.

    Parameters
    ----------
    key : str
        Such as ``gouda``, ``sr28:18075`` or ``dish:miso_soup``.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_food("gouda"), is_food("sr28:18075"), is_food("dish:miso_soup"), is_food("rotisserie")
    (True, True, True, False)
    """
    if key.startswith(PREFIX):
        return key in read_dishes()
    return bool(analyses_of(key)) or is_base_food(key) or is_imported(key)


def name_of(key: str, region: str | None = None) -> str:
    """Printed name of a food.

    Parameters
    ----------
    key : str
        A food for which `is_food` holds.
    region : str, optional
        Two letters; the analysis of that region gives the name where there is one.

    Returns
    -------
    str
        In English.

    Raises
    ------
    KeyError
        When no table has the food.

    Examples
    --------
    >>> name_of("sr28:01001"), name_of("dish:miso_soup")
    ('Butter, salted', 'Miso soup')
    """
    if key.startswith(PREFIX) and key in read_dishes():
        return read_dishes()[key].name
    if (own := imported_food(key)) is not None:
        return own[1].name
    rows = (analyses_of(key, region) if region else ()) or analyses_of(key)
    return rows[0].name if rows else base_food(key).name
