"""USDA Standard Reference: text files without headings, fields parted by ``^``, texts between ``~``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from calciroute.intake.importers.amounts import NutrientDictionary, amount_of
from calciroute.intake.importers.faults import Faults
from calciroute.intake.importers.imported import ImportedAmount, ImportedFood, k2_rule_of
from calciroute.intake.importers.source_files import SourceFiles
from calciroute.tables.food_table_layouts import food_table_layout
from calciroute.tables.people_text import decode_people_text

# Fields of a record, as the documentation of the release lists them.
FIELDS = {"food_des.txt": 14, "nut_data.txt": 18, "nutr_def.txt": 6, "fd_group.txt": 2}
_VALUE, _SAMPLES, _SOURCE, _LOW, _HIGH = 2, 3, 5, 10, 11
_FOODS = 60_000


def records(text: str) -> Iterator[tuple[int, list[str]]]:
    r"""Records of one file of the release.

    Parameters
    ----------
    text : str
        The file; lines end as they like.

    Yields
    ------
    (int, list of str)
        Line, and its fields without the marks around texts.

    Examples
    --------
    >>> list(records("~01001~^~430~^7.0\r\n"))
    [(1, ['01001', '430', '7.0'])]
    """
    for line, record in enumerate(text.splitlines(), start=1):
        if record:
            yield line, fields_of(record)


def fields_of(record: str) -> list[str]:
    """Fields of one record.

    Parameters
    ----------
    record : str
        A line.

    Returns
    -------
    list of str
        Without the marks around texts.

    Examples
    --------
    >>> fields_of("~01001~^~Butter, salted~^^0")
    ['01001', 'Butter, salted', '', '0']
    """
    return [field.strip("~").strip() for field in record.split("^")]


def read_sr(files: SourceFiles, faults: Faults) -> tuple[dict[str, ImportedFood], tuple[str, ...]]:
    """Read a release.

    Parameters
    ----------
    files : SourceFiles
        With FOOD_DES.txt, NUT_DATA.txt and NUTR_DEF.txt.
    faults : Faults
        Receives what is wrong; refuses the release before values are believed.

    Returns
    -------
    dict of str to ImportedFood, tuple of str
        Foods by their number, in file order; no notes.
    """
    dictionary = NutrientDictionary("sr", files.where("nutr_def.txt"))
    for line, (code, unit, _, name, *_rest) in _records(files, "nutr_def.txt", faults):
        dictionary.define(code, name, unit, line)
    dictionary.check(faults)
    faults.refuse()
    groups = {}
    if "fd_group.txt" in files.names:
        groups = {code: name for _, (code, name) in _records(files, "fd_group.txt", faults)}
    described = {record[0]: record for _, record in _records(files, "food_des.txt", faults)}
    if not described or len(described) > _FOODS:
        faults.add(files.where("food_des.txt"), f"{len(described)} foods", f"1 to {_FOODS}")
    faults.refuse()
    amounts = _amounts(files, dictionary, described, faults)
    faults.refuse()
    return {
        code: ImportedFood(
            code, record[2], (), groups.get(record[1], ""), held := amounts.get(code, {}), k2_rule_of(held)
        )
        for code, record in described.items()
    }, ()


def _amounts(
    files: SourceFiles, dictionary: NutrientDictionary, described: Mapping[str, list[str]], faults: Faults
) -> dict[str, dict[str, ImportedAmount]]:
    layout, where = food_table_layout("sr"), files.where("nut_data.txt")
    found: dict[str, dict[str, ImportedAmount]] = {}
    for line, record in _records(files, "nut_data.txt", faults, dictionary):
        nutrient = dictionary.get(record[1])
        assert nutrient is not None  # only such records are given
        place = f"{where}:{line}"
        if record[0] not in described:
            faults.add(place, f"food '{record[0][:20]}' is not in FOOD_DES.txt", "files of one release")
            continue
        held = found.setdefault(record[0], {})
        if nutrient.nutrient in held:
            faults.add(place, f"food {record[0]} has nutrient {record[1]} twice", "one row")
            continue
        note = "assumed zero by the source" if record[_SOURCE] == "7" else ""
        cells = record[_VALUE], record[_LOW], record[_HIGH], record[_SAMPLES]
        amount = amount_of(cells, nutrient, layout, place, faults, note=note)
        if amount is not None:
            held[nutrient.nutrient] = amount
    return found


def _records(
    files: SourceFiles, name: str, faults: Faults, only: NutrientDictionary | None = None
) -> Iterator[tuple[int, list[str]]]:
    """Records of the right width; where a dictionary is given, of its nutrients alone."""
    where, width = files.where(name), FIELDS[name]
    text = decode_people_text(files.read(name), where, "a text file of SR")
    for line, record in enumerate(text.text.split("\n"), start=1):
        if not record:
            continue
        count = record.count("^") + 1
        if count == width:
            # Most of the 680,000 records are of other nutrients: those are not taken apart.
            if only is None or only.get(record.split("^", 2)[1].strip("~")) is not None:
                yield line, fields_of(record)
            continue
        others = [other for other, fields in FIELDS.items() if fields == count]
        hint = f", as {others[0].upper().replace('.TXT', '.txt')} has" if others else ""
        faults.add(f"{where}:{line}", f"{count} fields{hint}", f"{width} fields parted by ^")
