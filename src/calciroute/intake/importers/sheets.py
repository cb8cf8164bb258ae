"""Sheets of a workbook: its size is looked at before anything is unpacked, then python-calamine reads it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from typing import IO

from calciroute.errors import InputError, Problem
from calciroute.intake.importers.cells import cell_text
from calciroute.intake.importers.source_files import DAMAGED

CELLS = 30_000_000
_UNPACKED = 600_000_000  # bytes
_RATIO = 400
_CHUNK = 1 << 20
_OLD = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_ROW = re.compile(rb'<row[^>]*? r="([0-9]{1,9})"')
_COLUMN = re.compile(rb'<c[^>]{0,200}? r="([A-Z]{1,4})[0-9]')
_SAVE = "open it in a spreadsheet program and save it as .xlsx again"


class Workbook:
    """A workbook whose sheets are read when they are asked for.

    Parameters
    ----------
    content : bytes
        The file.
    where : str
        Its name for messages.

    Raises
    ------
    InputError
        When it is no workbook, is locked, or would unpack to more than is allowed.
    """

    def __init__(self, content: bytes, where: str) -> None:
        self.where = where
        if content.startswith(_ZIP):
            _check_size(content, where)
        elif not content.startswith(_OLD):
            raise InputError([Problem(where, "this file is no workbook", "an .xlsx or .xls file", _SAVE)])
        from python_calamine import CalamineError, CalamineWorkbook

        try:
            self._book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        except CalamineError as broken:
            found = f"this workbook cannot be read: {_plain(broken)}"
            raise InputError(
                [Problem(where, found, "an .xlsx or .xls file without a password", _SAVE)]
            ) from None
        except BaseException as stopped:  # a fault inside the reader is no Exception
            error = _as_input_error(stopped, where)
            raise error from None
        self.sheets: tuple[str, ...] = tuple(self._book.sheet_names)

    def rows(self, sheet: str, decimal_mark: str = "point") -> Sequence[list[str]]:
        """Rows of a sheet as text.

        Parameters
        ----------
        sheet : str
            Its name.
        decimal_mark : {"point", "comma"}, optional
            How numbers are written; see `cell_text`.

        Returns
        -------
        sequence of list of str
            From the first row on, each as wide as the sheet.

        Raises
        ------
        InputError
            When the sheet cannot be read.
        """
        try:
            raw = self._book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        except BaseException as stopped:
            error = _as_input_error(stopped, self.where)
            raise error from None
        return [[cell_text(cell, decimal_mark) for cell in row] for row in raw]


def is_workbook(content: bytes) -> bool:
    """Whether bytes begin as those of a workbook or another ZIP archive do."""
    return content.startswith((_ZIP, _OLD))


def _check_size(content: bytes, where: str) -> None:
    """A workbook is a ZIP archive; one far cell makes a sheet of 17 thousand million."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = archive.infolist()
            total = sum(info.file_size for info in infos)
            bombs = [
                info for info in infos
                if info.file_size > 1_000_000 and info.file_size > _RATIO * max(info.compress_size, 1)
            ]  # fmt: skip
            if total > _UNPACKED or bombs or len(infos) > 2_000:
                words = f"this workbook unpacks to {total / 1e6:.0f} MB in {len(infos)} parts"
                raise InputError(
                    [Problem(where, words, "a workbook of a food table", "do not use this file")]
                )
            for info in infos:
                if info.filename.startswith("xl/worksheets/") and info.filename.endswith(".xml"):
                    with archive.open(info) as opened:
                        _check_sheet(opened, info.filename, where)
    except DAMAGED:
        raise InputError(
            [Problem(where, "this workbook is damaged or locked", "an .xlsx file", _SAVE)]
        ) from None


def _check_sheet(opened: IO[bytes], name: str, where: str) -> None:
    highest, widest, kept = 1, 1, b""
    while chunk := opened.read(_CHUNK):
        text = kept + chunk
        highest = max([highest, *(int(number) for number in _ROW.findall(text))])
        widest = max([widest, *(_place(letters) for letters in set(_COLUMN.findall(text)))])
        if highest * widest > CELLS:
            words = f"sheet {name.rsplit('/', 1)[-1]} reaches over {highest} rows and {widest} columns"
            raise InputError([Problem(where, words, f"at most {CELLS} cells", "do not use this file")])
        kept = text[-300:]


def _place(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place


def _as_input_error(stopped: BaseException, where: str) -> BaseException:
    if isinstance(stopped, (KeyboardInterrupt, SystemExit, MemoryError, InputError)):
        return stopped
    found = f"this workbook cannot be read: {_plain(stopped)}"
    return InputError([Problem(where, found, "a whole .xlsx or .xls file", _SAVE)])


def _plain(error: BaseException) -> str:
    return " ".join(str(error).split())[:120]
