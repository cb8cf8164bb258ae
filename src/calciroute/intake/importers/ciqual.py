"""Ciqual: the table as a workbook or as delimited text, one row a food, in French or English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from calciroute.errors import near_names
from calciroute.intake.importers.amounts import amount_of, plain_name, plain_unit
from calciroute.intake.importers.delimited import placed_headings, read_lines
from calciroute.intake.importers.faults import Faults
from calciroute.intake.importers.imported import ImportedAmount, ImportedFood, k2_rule_of
from calciroute.intake.importers.sheets import Workbook, is_workbook
from calciroute.intake.importers.source_files import SourceFiles
from calciroute.tables.food_table_layouts import TableNutrient, food_table_layout, food_table_nutrients

SIGN = "alim_code"  # the heading that no other table has
_HEADING = re.compile(r"(?P<name>.*?)\s*\((?P<unit>[^()/]+)/\s*100\s*g\)")
_FOODS = 60_000


@dataclass(frozen=True)
class _Rows:
    where: str
    headings: list[str]
    rows: Iterable[tuple[int, list[str]]]


def named_unit(heading: str) -> tuple[str, str]:
    """Name and unit of a constituent.

    Parameters
    ----------
    heading : str
        Such as ``Vitamine K1 (µg/100 g)``.

    Returns
    -------
    tuple of str
        Folded name and unit; both empty for another heading.

    Examples
    --------
    >>> named_unit("Vitamine K1 (µg/100 g)"), named_unit("alim_code")
    (('vitamine k1', 'ug'), ('', ''))
    """
    match = _HEADING.fullmatch(" ".join(heading.split()))
    return (plain_name(match["name"]), plain_unit(match["unit"])) if match else ("", "")


def read_ciqual(files: SourceFiles, faults: Faults) -> tuple[dict[str, ImportedFood], tuple[str, ...]]:
    """Read a table.

    Parameters
    ----------
    files : SourceFiles
        One workbook or text file.
    faults : Faults
        Receives what is wrong; refuses the table before values are believed.

    Returns
    -------
    dict of str to ImportedFood, tuple of str
        Foods by alim_code, in file order; notes.
    """
    (name,) = files.names
    content = files.read(name)
    rows = (
        _of_workbook(content, files.where(name), faults)
        if is_workbook(content)
        else _of_text(files, name, faults)
    )
    at = placed_headings(rows.headings, rows.where, "ciqual", "table", faults)
    places = _nutrient_places(rows, faults)
    names = [heading for heading in ("alim_nom_eng", "alim_nom_fr") if heading in at]
    if not names:
        faults.add(rows.where, "no column with names", "alim_nom_fr or alim_nom_eng")
    faults.refuse()
    groups = [heading for heading in ("alim_grp_nom_eng", "alim_grp_nom_fr") if heading in at]
    found: dict[str, ImportedFood] = {}
    for line, row in rows.rows:
        place = f"{rows.where}:{line}"
        code, called = row[at[SIGN]].strip(), [row[at[name]].strip() for name in names]
        if not any(called) and not code:
            continue
        if not code.isdigit() or not called[0]:
            words = f"alim_code '{code[:20]}', name '{called[0][:30]}'"
            faults.add(place, words, "a number and a name")
            continue
        amounts = _amounts(row, places, place, faults)
        if code in found:
            amounts = _merged(found[code].amounts, amounts, code, place, faults)
        group = row[at[groups[0]]].strip() if groups else ""
        others = tuple(other[:300] for other in called[1:] if other)
        found[code] = ImportedFood(code, called[0][:300], others, group, amounts, k2_rule_of(amounts))
        if len(found) > _FOODS:
            faults.add(rows.where, f"more than {_FOODS} foods", f"at most {_FOODS}")
            faults.refuse()
    if not found:
        faults.add(rows.where, "no food", "rows with alim_code and a name")
    faults.refuse()
    return found, (
        "K2 is one total; several of its values repeat Dutch ones of 2000 and are no second analysis",
    )


def _amounts(
    row: list[str], places: list[tuple[int, TableNutrient]], where: str, faults: Faults
) -> dict[str, ImportedAmount]:
    layout = food_table_layout("ciqual")
    found = {}
    for column, nutrient in places:
        amount = amount_of((row[column], "", "", ""), nutrient, layout, where, faults)
        if amount is not None:
            found[nutrient.nutrient] = amount
    return found


def _merged(
    first: Mapping[str, ImportedAmount],
    second: Mapping[str, ImportedAmount],
    code: str,
    where: str,
    faults: Faults,
) -> dict[str, ImportedAmount]:
    """The release of 2020 lists wheat bran twice, once with empty cells: each row completes the other."""
    for nutrient in first.keys() & second.keys():
        if first[nutrient] != second[nutrient]:
            words = f"alim_code '{code}' for a second time, with another amount of {nutrient}"
            faults.add(where, words, "one row, or the same amounts")
    return {**second, **first}


def _nutrient_places(rows: _Rows, faults: Faults) -> list[tuple[int, TableNutrient]]:
    """Column of each constituent: the whole name has to agree, and the unit."""
    headed = [named_unit(heading) for heading in rows.headings]
    found = []
    for nutrient in food_table_nutrients("ciqual"):
        names = {plain_name(name) for name in nutrient.names}
        columns = [place for place, (name, _) in enumerate(headed) if name in names]
        expected = f"'{nutrient.names[0]} ({'µg' if nutrient.unit == 'ug' else nutrient.unit}/100 g)'"
        if not columns:
            by_name = {heading.split("(")[0].strip(): heading for heading in rows.headings if "(" in heading}
            near = near_names(nutrient.names[0], by_name, 1)
            beside = f"; it has '{by_name[near[0]][:60]}'" if near else ""
            faults.add(rows.where, f"no column of {nutrient.names[0]}{beside}", expected)
        elif len(columns) > 1:
            faults.add(rows.where, f"{len(columns)} columns of {nutrient.names[0]}", "one")
        elif headed[columns[0]][1] != nutrient.unit:
            faults.add(rows.where, f"column '{rows.headings[columns[0]][:60]}'", expected)
        else:
            found.append((columns[0], nutrient))
    return found


def _of_text(files: SourceFiles, name: str, faults: Faults) -> _Rows:
    lines = read_lines(files, name, faults)
    return _Rows(lines.where, lines.headings, lines.rows)


def _of_workbook(content: bytes, where: str, faults: Faults) -> _Rows:
    book = Workbook(content, where)
    seen = []
    for sheet in book.sheets[:12]:
        rows = book.rows(sheet, food_table_layout("ciqual").decimal_mark)
        if rows and SIGN in rows[0]:
            return _Rows(f"{where}, sheet {sheet}", rows[0], _numbered(rows[1:]))
        seen.append(f"'{sheet[:30]}' begins with {_first(rows)}")
    faults.add(where, f"no sheet has the heading {SIGN}: {'; '.join(seen[:5])}", "the sheet compo of Ciqual")
    faults.refuse()
    raise AssertionError("refused above")


def _first(rows: Sequence[list[str]]) -> str:
    return ", ".join(cell[:20] for cell in rows[0][:3]) if rows else "nothing"


def _numbered(rows: Iterable[list[str]]) -> Iterator[tuple[int, list[str]]]:
    yield from enumerate(rows, start=2)
