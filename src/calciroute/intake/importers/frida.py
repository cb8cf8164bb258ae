"""Frida, the Danish table: a workbook with the sheets Data_Normalised, Food and Parameter."""

from __future__ import annotations

from collections.abc import Iterator

from calciroute.intake.importers.amounts import NutrientDictionary, amount_of, plain_unit
from calciroute.intake.importers.delimited import placed_headings
from calciroute.intake.importers.faults import Faults
from calciroute.intake.importers.imported import ImportedAmount, ImportedFood, k2_rule_of
from calciroute.intake.importers.sheets import Workbook
from calciroute.intake.importers.source_files import SourceFiles
from calciroute.tables.food_table_layouts import food_table_layout

_PLAIN = frozenset({"ug", "mg", "g"})
_EMPTY = "NULL"


def read_frida(files: SourceFiles, faults: Faults) -> tuple[dict[str, ImportedFood], tuple[str, ...]]:
    """Read the workbook.

    Parameters
    ----------
    files : SourceFiles
        One workbook.
    faults : Faults
        Receives what is wrong; refuses the workbook before values are believed.

    Returns
    -------
    dict of str to ImportedFood, tuple of str
        Foods by FoodID, in file order; notes.
    """
    (name,) = files.names
    book = Workbook(files.read(name), files.where(name))
    wanted = food_table_layout("frida").sheets
    for sheet in wanted:
        if sheet not in book.sheets:
            has = ", ".join(f"'{other[:30]}'" for other in book.sheets[:12])
            faults.add(book.where, f"sheet '{sheet}' is missing; it has {has}", ", ".join(wanted))
    faults.refuse()
    dictionary, codes, bases = _parameters(book, faults)
    foods = _foods(book, faults)
    amounts = _amounts(book, dictionary, codes, bases, foods, faults)
    faults.refuse()
    found = {
        code: ImportedFood(code, name, other, group, held := amounts.get(code, {}), k2_rule_of(held))
        for code, (name, other, group) in foods.items()
    }
    notes = ["a 0 may mean that nothing was found or that nothing can be in it: the table does not say which"]
    if odd := sorted({f"{code} in {basis}" for code, basis in bases.items()}):
        notes.append(f"unit is no plain mass: {', '.join(odd[:5])}; shown and not counted")
    return found, tuple(notes)


def _parameters(book: Workbook, faults: Faults) -> tuple[NutrientDictionary, dict[str, str], dict[str, str]]:
    """The dictionary, EuroFIR code by ParameterID, and units that are no plain mass by code."""
    where, at, rows = _sheet(book, "Parameter", faults)
    dictionary = NutrientDictionary("frida", where)
    codes: dict[str, str] = {}
    bases: dict[str, str] = {}
    for line, row in rows:
        parameter, code, printed = (
            row[at[name]].strip() for name in ("ParameterID", "EurofirComponentID", "Unit")
        )
        if dictionary.get(code) is None or parameter in codes:
            continue
        unit = row[at["EurofirUnitID"]] if "EurofirUnitID" in at else ""
        if plain_unit(printed) not in _PLAIN:
            bases[code] = f"'{printed[:30]}'"
        dictionary.define(code, "", unit if plain_unit(unit) in _PLAIN else printed, line)
        codes[parameter] = code
    dictionary.check(faults)
    faults.refuse()
    return dictionary, codes, bases


def _foods(book: Workbook, faults: Faults) -> dict[str, tuple[str, tuple[str, ...], str]]:
    where, at, rows = _sheet(book, "Food", faults)
    found: dict[str, tuple[str, tuple[str, ...], str]] = {}
    for line, row in rows:
        code, name = row[at["FoodID"]].strip(), row[at["FoodName"]].strip()[:300]
        if not code and not name:
            continue
        if not code.isdigit() or not name or name == _EMPTY or code in found:
            faults.add(
                f"{where}:{line}",
                f"FoodID '{code[:20]}', FoodName '{name[:30]}'",
                "a number of its own and a name",
            )
            continue
        danish, group = (
            row[at[name]].strip()[:300] if name in at else "" for name in ("FødevareNavn", "FoodGroup")
        )
        found[code] = (
            name,
            (danish,) if danish not in {"", _EMPTY, name} else (),
            "" if group == _EMPTY else group,
        )
    if not found:
        faults.add(where, "no food", "rows with FoodID and FoodName")
    faults.refuse()
    return found


def _amounts(
    book: Workbook,
    dictionary: NutrientDictionary,
    codes: dict[str, str],
    bases: dict[str, str],
    foods: dict[str, tuple[str, tuple[str, ...], str]],
    faults: Faults,
) -> dict[str, dict[str, ImportedAmount]]:
    layout = food_table_layout("frida")
    where, at, rows = _sheet(book, "Data_Normalised", faults)
    cells_at = [at.get(name) for name in ("ResVal", "Min", "Max", "NumberOfDeterminations")]
    found: dict[str, dict[str, ImportedAmount]] = {}
    for line, row in rows:
        eurofir = codes.get(row[at["ParameterID"]].strip(), "")
        nutrient, code, place = dictionary.get(eurofir), row[at["FoodID"]].strip(), f"{where}:{line}"
        if nutrient is None:
            continue
        if code not in foods:
            faults.add(place, f"FoodID '{code[:20]}' is not in the sheet Food", "sheets of one release")
            continue
        held = found.setdefault(code, {})
        if nutrient.nutrient in held:
            faults.add(place, f"food {code} has {eurofir} twice", "one row")
            continue
        value, low, high, samples = ("" if place is None else row[place] for place in cells_at)
        borrowed = row[at["SourceFood"]].strip() if "SourceFood" in at else ""
        note = f"borrowed from food {borrowed[:20]}" if borrowed not in {"", _EMPTY, "0", code} else ""
        basis = "not_stated" if eurofir in bases else ""
        amount = amount_of(
            (value, low, high, samples), nutrient, layout, place, faults, basis=basis, note=note
        )
        if amount is not None:
            held[nutrient.nutrient] = amount
    return found


def _sheet(
    book: Workbook, sheet: str, faults: Faults
) -> tuple[str, dict[str, int], Iterator[tuple[int, list[str]]]]:
    where = f"{book.where}, sheet {sheet}"
    rows = book.rows(sheet)
    if not rows:
        faults.add(where, "the sheet is empty", "headings in its first row")
        faults.refuse()
    at = placed_headings(rows[0], where, "frida", sheet, faults)
    return where, at, enumerate(rows[1:], start=2)
