"""Which layout a file has: by file names and headings, never by a guess; else the difference is shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from calciroute.errors import InputError, Problem
from calciroute.intake.importers.amounts import layout_note
from calciroute.intake.importers.ciqual import SIGN, read_ciqual
from calciroute.intake.importers.ciqual_xml import PARTS, file_of, read_ciqual_xml
from calciroute.intake.importers.faults import Faults
from calciroute.intake.importers.fdc import read_fdc
from calciroute.intake.importers.frida import read_frida
from calciroute.intake.importers.imported import ImportedFood, ImportedTable
from calciroute.intake.importers.sheets import Workbook, is_workbook
from calciroute.intake.importers.source_files import SourceFiles, beside, open_source
from calciroute.intake.importers.sr import read_sr
from calciroute.tables.food_table_layouts import food_table_layout

Reader = Callable[[SourceFiles, Faults], tuple[dict[str, ImportedFood], tuple[str, ...]]]
_READERS: dict[str, Reader] = {
    "sr": read_sr,
    "fdc": read_fdc,
    "ciqual": read_ciqual,
    "ciqual_xml": read_ciqual_xml,
    "frida": read_frida,
}
_OF_FILES = ("sr", "fdc")
_TABLES = (".csv", ".txt", ".tsv", ".xls", ".xlsx")
KNOWN = (
    "SR (FOOD_DES.txt, NUT_DATA.txt, NUTR_DEF.txt), "
    "FoodData Central (food.csv, nutrient.csv, food_nutrient.csv), "
    "Ciqual (a table with the heading alim_code, or alim, const and compo as XML), "
    "Frida (a workbook with the sheets Data_Normalised, Food, Parameter)"
)


def read_food_table(path: Path) -> ImportedTable:
    """Read a food table that a person downloaded.

    Parameters
    ----------
    path : Path
        File, folder or ZIP archive, as the source gives it.

    Returns
    -------
    ImportedTable
        Its foods with K1, dihydro-K1 and each menaquinone apart, minerals, vitamin D and fat, per 100 g.

    Raises
    ------
    InputError
        When the layout is not known or a file differs from it: what was found beside what was expected.

    Examples
    --------
    >>> try:
    ...     read_food_table(Path("no/such.xlsx"))
    ... except InputError as error:
    ...     print(error.problems[0].found)
    this file does not exist
    """
    files = open_source(path)
    layout, files = identify(files)
    faults = Faults()
    foods, notes = _READERS[layout](files, faults)
    faults.refuse()
    about, digest = food_table_layout(layout), files.sha256()
    return ImportedTable(
        layout=layout,
        title=about.title,
        file=files.shown,
        sha256=digest,
        region=about.region,
        licence=about.licence,
        attribution=about.attribution,
        tried=layout_note(layout, digest, files.read_hashes),
        notes=notes,
        foods=foods,
    )


def identify(files: SourceFiles) -> tuple[str, SourceFiles]:
    """The layout of files, and which of them belong to it.

    Parameters
    ----------
    files : SourceFiles
        What a person named.

    Returns
    -------
    str, SourceFiles
        Key of the layout, and the files that it reads.

    Raises
    ------
    InputError
        When nothing fits, more than one thing does, or a file of a layout is missing.
    """
    if found := _layout_of_names(files):
        return found
    if len(files.names) == 1 and files.paths and _is_part(files.names[0]):
        around = beside(files)
        if found := _layout_of_names(around):
            return found
        raise InputError([_missing_part(around)])
    tables = [name for name in files.names if name.endswith(_TABLES)]
    if len(tables) == 1:
        one = _only(files, tables[0])
        return _layout_of_table(one), one
    if any(_is_part(name) for name in files.names):
        raise InputError([_missing_part(files)])
    named = ", ".join(name[:40] for name in files.names[:8]) or "no files"
    raise InputError(
        [Problem(files.shown, f"no food table was recognised; there is {named}", KNOWN, "name its file")]
    )


def _layout_of_names(files: SourceFiles) -> tuple[str, SourceFiles] | None:
    names = set(files.names)
    for layout in _OF_FILES:
        about = food_table_layout(layout)
        wanted = {name.lower() for name in about.files}
        if wanted <= names:
            return layout, _only(files, *wanted, *({name.lower() for name in about.optional_files} & names))
    parts = [file_of(part, files.names) for part in PARTS]
    if all(parts):
        return "ciqual_xml", _only(files, *(part for part in parts if part))
    return None


def _is_part(name: str) -> bool:
    of_files = {wanted.lower() for layout in _OF_FILES for wanted in food_table_layout(layout).files}
    return name in of_files or any(file_of(part, (name,)) for part in PARTS)


def _missing_part(files: SourceFiles) -> Problem:
    """Which file of which layout is missing, for the layout that lacks least."""
    names = set(files.names)
    lacks = {
        food_table_layout(layout).title: [
            name for name in food_table_layout(layout).files if name.lower() not in names
        ]
        for layout in _OF_FILES
        if names & {name.lower() for name in food_table_layout(layout).files}
    }
    if any(file_of(part, files.names) for part in PARTS):
        patterns = [f"{part.lower()}_*.xml" for part in PARTS if not file_of(part, files.names)]
        lacks[food_table_layout("ciqual_xml").title] = patterns
    title, missing = min(lacks.items(), key=lambda item: len(item[1]))
    advice = "put all files of the download into one folder and name the folder"
    return Problem(
        files.shown, f"{title}: {', '.join(missing)} is missing", "the files of one release", advice
    )


def _layout_of_table(files: SourceFiles) -> str:
    """Layout of one workbook or delimited file by its headings."""
    (name,) = files.names
    content, where = files.read(name), files.where(name)
    if is_workbook(content):
        sheets = Workbook(content, where).sheets
        of_frida = set(food_table_layout("frida").sheets) & set(sheets)
        # Ciqual's reader looks for its heading in every sheet and tells what it saw.
        return "frida" if of_frida else "ciqual"
    first = content[:4_000].replace(b"\x00", b"").split(b"\n")[0].decode("latin-1")
    if SIGN in first or "alim_" in first:
        return "ciqual"
    shown = " ".join("".join(sign if sign.isprintable() else " " for sign in first).split())[:120]
    advice = "name the file as it was downloaded, or its folder"
    raise InputError([Problem(where, f"the first line is '{shown}'", KNOWN, advice)])


def _only(files: SourceFiles, *names: str) -> SourceFiles:
    return SourceFiles(
        files.shown,
        {name: files.paths[name] for name in names if name in files.paths},
        {name: files.members[name] for name in names if name in files.members},
        files.archive,
        files.twice,
    )
