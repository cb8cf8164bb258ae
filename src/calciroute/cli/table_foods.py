"""``calciroute foods --table FILE WORDS``: rows of a table that a person brought, as printed there."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any

from calciroute.guide.food_tables import named_tables
from calciroute.intake.food_search import Found, find_food
from calciroute.intake.importers.imported import ImportedAmount, ImportedFood, ImportedTable
from calciroute.intake.importers.in_use import codes_with
from calciroute.purpose import PURPOSE
from calciroute.tables.nomenclature import find_name

NOT_FOUND = 2
_SHOWN = 12
_K2_WORDS = {
    "measured": "menaquinones that are not listed were looked for, or stand in the K2 total",
    "lower_bound": "longer menaquinones were not measured: not known, not 0",
    "upper_bound_includes_k1": "one total that includes K1; no menaquinone is known apart",
    "unknown": "no menaquinone is listed: not known, not 0",
}
_BASES = {
    "not_stated": "as the table prints it; whether mass or equivalents is not stated",
    "mk4_equivalents": "as MK-4 equivalents",
    "k1_equivalents_molar": "as molar K1 equivalents",
}


def run_table_foods(names: Sequence[str], words: str, as_json: bool) -> None:
    """Print the rows of named tables whose names hold all words.

    Parameters
    ----------
    names : sequence of str
        Files, folders, archives or kept tables.
    words : str
        One food.
    as_json : bool
        JSON instead of text.

    Raises
    ------
    SystemExit
        With code 2 when no table has such a row.
    InputError
        When a table cannot be read.
    """
    found = [(table, codes_with(table, words)) for table in named_tables(names)]
    curated = find_food(words, suggest=False)
    own = curated if isinstance(curated, Found) else None
    if as_json:
        tables = [_document(table, codes) for table, codes in found]
        document = {"purpose": PURPOSE, "words": words, "tables": tables, "calciroute_uses": own and own.food}
        print(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        for table, codes in found:
            print(_text(table, codes, words))
        if own is not None:
            print(f"Without --table, and in intake, '{words}' is {own.name} ({own.food}).")
        print(f"\n{PURPOSE}")
    if not any(codes for _, codes in found):
        print(f"No row of these tables holds '{words}' in whole words.", file=sys.stderr)
        raise SystemExit(NOT_FOUND)


def _text(table: ImportedTable, codes: Sequence[str], words: str) -> str:
    lines = [f"{table.title} ({table.file}), {len(codes)} of {len(table.foods)} foods hold '{words}'"]
    lines += [f"  {part}" for part in (table.attribution, table.licence, table.tried, *table.notes) if part]
    for code in codes[:_SHOWN]:
        food = table.foods[code]
        others = f" / {' / '.join(food.other_names)}" if food.other_names else ""
        lines.append(f"{food.name}{others}  [{table.key}:{code}]  in 100 g:")
        lines += [f"  {_name(name):<12} {_amount_words(amount)}" for name, amount in _in_order(food)]
        lines.append(f"  {_K2_WORDS[food.k2_rule]}")
    if len(codes) > _SHOWN:
        lines.append(f"... and {len(codes) - _SHOWN} more: write more words of the name.")
    return "\n".join(lines)


def _in_order(food: ImportedFood) -> list[tuple[str, ImportedAmount]]:
    """Forms of vitamin K first, as everywhere; the rest as the source has it."""
    forms = [name for name in food.amounts if name.startswith(("K", "MK", "dihydro"))]
    rest = [name for name in food.amounts if name not in forms]
    forms.sort(key=lambda name: (name.startswith("MK"), name != "K1", len(name), name))
    return [(name, food.amounts[name]) for name in [*forms, *rest]]


def _amount_words(amount: ImportedAmount) -> str:
    unit = "mcg" if amount.unit == "ug" else amount.unit
    match amount.reading:
        case "traces":
            words = "traces: found, not measured"
        case "below_limit":
            words = f"less than {amount.limit:g} {unit}"
        case _:
            words = f"{amount.value:g} {unit}"
    parts = [words]
    if amount.low is not None and amount.high is not None:
        parts.append(f"samples {amount.low:g} to {amount.high:g}")
    if amount.n is not None:
        parts.append(f"n = {amount.n:g}")
    if amount.printed_unit != amount.unit:
        parts.append(f"printed {amount.printed} {amount.printed_unit}")
    parts += [part for part in (_BASES.get(amount.basis, ""), amount.note) if part]
    return "; ".join(parts)


def _name(nutrient: str) -> str:
    printed = {"dihydro_K1": "dihydro-K1", "D3": "vitamin D", "K_total": "vitamin K", "MK10": "MK-10"}
    name = find_name(nutrient)
    return printed.get(nutrient) or (name.name if name is not None else nutrient)


def _document(table: ImportedTable, codes: Sequence[str]) -> dict[str, Any]:
    about = ("key", "title", "file", "sha256", "region", "licence", "attribution", "tried", "notes")
    return {
        **{name: getattr(table, name) for name in about},
        "foods": [_food_document(table, table.foods[code]) for code in codes],
    }


def _food_document(table: ImportedTable, food: ImportedFood) -> dict[str, Any]:
    amounts = {
        name: {key: value for key, value in vars(amount).items() if value not in (None, "")}
        for name, amount in food.amounts.items()
    }
    return {
        "key": f"{table.key}:{food.code}",
        "name": food.name,
        "other_names": food.other_names,
        "group": food.group,
        "per": "100 g",
        "amounts": amounts,
        "k2": food.k2_rule,
    }
