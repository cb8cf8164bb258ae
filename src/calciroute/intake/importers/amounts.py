"""From a code and a cell to an amount: the code must bear its own name, the unit must be the expected one."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace

from calciroute.intake.importers.cells import Cell, CellError, read_cell
from calciroute.intake.importers.faults import Faults
from calciroute.intake.importers.imported import ImportedAmount
from calciroute.tables.food_table_layouts import (
    Layout,
    TableNutrient,
    food_table_layout,
    food_table_nutrients,
)

IU_PER_UG_OF_D = 40.0
_UNITS = {"µg": "ug", "ug": "ug", "mcg": "ug", "mg": "mg", "g": "g", "iu": "IU", "kcal": "kcal", "kj": "kJ"}


def plain_name(text: str) -> str:
    """A name for comparison: case, kinds of blanks and forms of a letter do not count.

    Parameters
    ----------
    text : str
        As printed.

    Returns
    -------
    str

    Examples
    --------
    >>> plain_name("Vitamin  K (Phylloquinone)") == plain_name("vitamin k (phylloquinone)")
    True
    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def plain_unit(text: str) -> str:
    """A unit in one spelling; unknown ones as they stand.

    Parameters
    ----------
    text : str
        Such as ``UG``, ``µg`` or ``mg/100 g``.

    Returns
    -------
    str

    Examples
    --------
    >>> plain_unit("UG"), plain_unit("µg/100 g"), plain_unit("RE (µg/100g)")
    ('ug', 'ug', 'RE (µg/100g)')
    """
    word = plain_name(text).replace("\u03bc", "µ").replace(" ", "").removesuffix("/100g")
    return _UNITS.get(word, text.strip())


@dataclass(frozen=True)
class Defined:
    """What a source's dictionary says of a code."""

    name: str
    unit: str
    line: int


class NutrientDictionary:
    """The source's own list of nutrients, held against the codes that we read.

    Parameters
    ----------
    layout : str
        Such as ``fdc``.
    where : str
        File of the list, for messages.
    """

    def __init__(self, layout: str, where: str) -> None:
        self._layout = layout
        self._where = where
        self._wanted = food_table_nutrients(layout)
        self._by_code = {one.code: one for one in self._wanted}
        self._by_number = {one.number: one for one in self._wanted if one.number}
        self._defined: dict[str, Defined] = {}
        self._twice: list[tuple[str, int]] = []

    def define(self, code: str, name: str, unit: str, line: int) -> None:
        """Take in one entry.

        Parameters
        ----------
        code, name, unit : str
            As printed.
        line : int
            Where.
        """
        if code in self._defined and code in self._by_code:
            self._twice.append((code, line))
        self._defined.setdefault(code, Defined(name, unit, line))

    def check(self, faults: Faults) -> None:
        """Hold names and units against ours.

        Parameters
        ----------
        faults : Faults
            Receives codes that are missing, bear another name or another unit, or stand twice.
        """
        for code, line in self._twice:
            faults.add(f"{self._where}:{line}", f"nutrient {code} stands there twice", "one entry")
        for one in self._wanted:
            entry = self._defined.get(one.code)
            known = " or ".join(f"'{name}'" for name in one.names)
            if entry is None:
                if one.required:
                    words = f"nutrient {one.code} is missing"
                    faults.add(self._where, words, f"{one.code} {known}".strip(), "download the file again")
                continue
            place = f"{self._where}:{entry.line}"
            if one.names and plain_name(entry.name) not in {plain_name(name) for name in one.names}:
                faults.add(place, f"nutrient {one.code} is called '{entry.name[:60]}'", known)
            if plain_unit(entry.unit) != one.unit:
                faults.add(place, f"nutrient {one.code} has the unit '{entry.unit[:30]}'", one.unit)

    def get(self, code: str) -> TableNutrient | None:
        """Nutrient of a code or of its older number; None for one that is not read."""
        return self._by_code.get(code) or self._by_number.get(code)


def amount_of(
    cells: tuple[str, str, str, str],
    nutrient: TableNutrient,
    layout: Layout,
    where: str,
    faults: Faults,
    *,
    basis: str = "",
    note: str = "",
) -> ImportedAmount | None:
    """An amount from its cells.

    Parameters
    ----------
    cells : tuple of str
        Value, lowest, highest and number of samples, as printed.
    nutrient : TableNutrient
        Whose.
    layout : Layout
        How its cells are written.
    where : str
        For messages.
    faults : Faults
        Receives cells that cannot be read, and values beyond the band.
    basis : str, optional
        Where a row says other than its nutrient.
    note : str, optional
        Remark on the value.

    Returns
    -------
    ImportedAmount or None
        None where nothing is known.
    """
    cell = _cell(cells[0], nutrient, layout, where, faults)
    if cell is None:
        return None
    low, high = (_sample(text, nutrient, layout, where, faults) for text in cells[1:3])
    if low is not None and high is not None and low > high:
        low = high = None  # some rows have them crossed: neither is believed
    samples = _samples(cells[3])
    amount = ImportedAmount(
        value=cell.number if cell.reading == "value" else None,
        unit=nutrient.unit,
        reading=cell.reading,
        limit=cell.number if cell.reading == "below_limit" else None,
        low=low,
        high=high,
        n=samples,
        basis=basis or nutrient.basis,
        printed=cells[0].strip()[:40],
        printed_unit=nutrient.unit,
        note=note,
    )
    return _from_iu(amount) if nutrient.unit == "IU" else amount


def _cell(text: str, nutrient: TableNutrient, layout: Layout, where: str, faults: Faults) -> Cell | None:
    try:
        cell = read_cell(text, layout)
    except CellError as wrong:
        mark = f"digits with a decimal {layout.decimal_mark}"
        faults.add(where, f"{nutrient.nutrient}: {wrong}", f"{mark}, a limit such as <0.5, or nothing")
        return None
    if cell is not None and cell.number is not None and cell.number > nutrient.highest:
        words = f"{nutrient.nutrient}: {cell.number:g} {nutrient.unit} in 100 g"
        faults.add(where, words, f"at most {nutrient.highest:g}", "look whether decimal marks were lost")
        return None
    return cell


def _sample(text: str, nutrient: TableNutrient, layout: Layout, where: str, faults: Faults) -> float | None:
    cell = _cell(text, nutrient, layout, where, faults)
    return cell.number if cell is not None and cell.reading == "value" else None


def _samples(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if 0 < number < 1e6 else None


def _from_iu(amount: ImportedAmount) -> ImportedAmount:
    """40 IU of vitamin D are 1 ug; what was printed stays beside it."""
    value, limit, low, high = (
        None if number is None else number / IU_PER_UG_OF_D
        for number in (amount.value, amount.limit, amount.low, amount.high)
    )
    note = "from IU; 40 IU are 1 ug"
    return replace(amount, unit="ug", note=note, value=value, limit=limit, low=low, high=high)


def layout_note(layout: str, sha256: str, parts: dict[str, str]) -> str:
    """The sentence on whether a real file was tried.

    Parameters
    ----------
    layout : str
        Such as ``ciqual``.
    sha256 : str
        Of what was read.
    parts : dict of str to str
        Hashes of its files.

    Returns
    -------
    str
        Empty only for a file that was itself tried; a sentence otherwise.

    Examples
    --------
    >>> layout_note("frida", "0" * 64, {})
    'layout not tried on a real file: look at a few values before you rely on them'
    """
    about = food_table_layout(layout)
    if not about.tried:
        return "layout not tried on a real file: look at a few values before you rely on them"
    if sha256 in about.tried_sha256 or set(parts.values()) & set(about.tried_sha256):
        return ""
    return f"layout tried on another file ({about.tried_on}), not on this one"
