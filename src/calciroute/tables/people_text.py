"""Bytes of a file that a person gave, as text, whatever encoding and line ends its editor left.

One reader for all such files (person, plan, diary, measurements, tables of `run`): what opens in one place
opens in all. Nothing is guessed where two readings are possible.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from calciroute.errors import InputError, Problem
from calciroute.tables.people_files import read_people_file, shown_name

# The longer mark first: that of UTF-32 begins like that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", ""),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
# The editors of some countries write Latin-1 or Windows-1252; the second holds all letters of the first.
_LATIN = "cp1252"
_LATIN_NOTE = "read as Windows-1252 (Latin-1), since it is not UTF-8"
_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", _LATIN)
# Files that people take for text, by their first bytes.
_OTHER_KINDS = (
    (b"PK\x03\x04", "a spreadsheet, a document or a ZIP archive", "save the sheet as CSV"),
    (b"\xd0\xcf\x11\xe0", "an old spreadsheet or document", "save the sheet as CSV"),
    (b"{\\rtf", "a document with formats (RTF)", "save it as plain text"),
    (b"%PDF", "a PDF", "copy its numbers into a text file"),
    (b"\x89PNG", "a picture", "type its numbers into a text file"),
    (b"\xff\xd8\xff", "a picture", "type its numbers into a text file"),
    (b"\x1f\x8b", "a packed file", "unpack it"),
)
_WEB_PAGE = re.compile(rb"\s*<(?:!doctype html|html)", re.IGNORECASE)
_WHOLE_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_LOOKED_AT = 4_096  # bytes that tell UTF-16 without a mark, or no text at all
_MANY, _FEW = 0.5, 0.05  # zeros at every second byte: of the half that is high bytes, of the other half
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r\f\x1a")


@dataclass(frozen=True)
class PeopleText:
    """A file as text.

    Parameters
    ----------
    where : str
        The file's name as messages print it.
    text : str
        Without a byte-order mark; every line ends with a line feed.
    encoding : str
        Python's name of what it was written in; text written in it again reads the same.
    notes : tuple of str
        What was understood on the way, such as an encoding.
    """

    where: str
    text: str
    encoding: str = "utf-8"
    notes: tuple[str, ...] = ()


def read_people_text(path: Path, *, limit_bytes: int, kind: str) -> PeopleText:
    """Read a text file that a person gave.

    Parameters
    ----------
    path : Path
        What the person named; ``~`` at its start is the person's own folder.
    limit_bytes : int
        Larger files are refused before they are opened.
    kind : str
        What the file is to a reader, such as ``"a person file"``.

    Returns
    -------
    PeopleText

    Raises
    ------
    InputError
        When the file cannot be opened or is not text.
    """
    content = read_people_file(path, limit_bytes=limit_bytes, kind=kind)
    return decode_people_text(content, shown_name(path), kind)


def decode_people_text(content: bytes, where: str, kind: str) -> PeopleText:
    r"""Find out in which encoding bytes are text.

    Parameters
    ----------
    content : bytes
        The whole file: UTF-8, UTF-16 or UTF-32 with a mark, UTF-16 without one where every second byte shows
        it, else Windows-1252, which holds Latin-1.
    where : str
        Name for messages.
    kind : str
        What the file should be, for messages.

    Returns
    -------
    PeopleText

    Raises
    ------
    InputError
        For bytes that are no text, or UTF-8 with broken letters; with the line.

    Examples
    --------
    >>> decode_people_text("dose = '90 µg'\r\n".encode("utf-16"), "plan.toml", "a plan file").text
    "dose = '90 µg'\n"
    >>> decode_people_text("fromage râpé".encode("latin-1"), "week.csv", "a diary").notes
    ('read as Windows-1252 (Latin-1), since it is not UTF-8',)
    """
    for mark, encoding, name in _MARKS:
        if content.startswith(mark):
            if not name:
                return PeopleText(where, _whole_utf8(content[len(mark) :], where), encoding)
            return PeopleText(where, _decoded(content, encoding, name, where), encoding, (f"read as {name}",))
    if encoding := _wide_encoding(content):
        return PeopleText(where, _decoded(content, encoding, "UTF-16", where), encoding, ("read as UTF-16",))
    _refuse_other_kinds(content, where, kind)
    try:
        return PeopleText(where, _even_lines(content.decode("utf-8")))
    except UnicodeDecodeError as broken:
        start = broken.start
    if _is_broken_utf8(content):
        raise InputError([_broken_line(content, start, where, _HALF_LETTER)])
    try:
        text = content.decode(_LATIN)
    except UnicodeDecodeError as unknown:
        found = "these bytes are letters neither of UTF-8 nor of Windows-1252"
        raise InputError([_broken_line(content, unknown.start, where, found)]) from None
    return PeopleText(where, _even_lines(text), _LATIN, (_LATIN_NOTE,))


def encode_people_text(text: str, encoding: str) -> bytes:
    r"""Bytes that read as this text again.

    Parameters
    ----------
    text, encoding : str
        As `PeopleText` holds them.

    Returns
    -------
    bytes

    Raises
    ------
    InputError
        For an encoding that `decode_people_text` never gives.

    Examples
    --------
    >>> decode_people_text(encode_people_text("fer à cheval\n", "utf-16-le"), "a.csv", "a diary").encoding
    'utf-16-le'
    """
    if encoding not in _ENCODINGS:
        raise InputError([Problem("", f"encoding '{encoding[:40]}' is not known", ", ".join(_ENCODINGS))])
    return text.encode(encoding, errors="surrogateescape")


def _decoded(content: bytes, encoding: str, name: str, where: str) -> str:
    try:
        return _even_lines(content.decode(encoding))
    except UnicodeDecodeError:
        found = f"this file is not text in {name}, as which it begins"
        raise InputError([Problem(where, found, "a whole text file", _SAVE_AS)]) from None


def _whole_utf8(content: bytes, where: str) -> str:
    try:
        return _even_lines(content.decode("utf-8"))
    except UnicodeDecodeError as broken:
        raise InputError([_broken_line(content, broken.start, where, _HALF_LETTER)]) from None


_HALF_LETTER = "these bytes are not whole letters of UTF-8"
_SAVE_AS = "save the file again with the encoding UTF-8"


def _even_lines(text: str) -> str:
    """Windows ends lines with two signs, an old Mac with the first of them; joined files mix all."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _wide_encoding(content: bytes) -> str:
    """UTF-16 without a mark: letters of the West leave every second byte zero. Empty where unclear."""
    head = content[:_LOOKED_AT]
    if len(content) % 2 or len(head) < 4 or b"\x00" not in head:
        return ""
    even, odd = (head[start::2].count(0) / len(head[start::2]) for start in (0, 1))
    if odd >= _MANY and even <= _FEW:
        return "utf-16-le"
    return "utf-16-be" if even >= _MANY and odd <= _FEW else ""


def _refuse_other_kinds(content: bytes, where: str, kind: str) -> None:
    for start, words, advice in _OTHER_KINDS:
        if content.startswith(start):
            raise InputError([Problem(where, f"this file is not text but {words}", kind, advice)])
    if _WEB_PAGE.match(content):
        raise InputError(
            [Problem(where, "this file is a web page", kind, "save the file itself, not the page")]
        )
    head = content[:_LOOKED_AT]
    if len(head) - len(head.translate(None, _CONTROLS)) > _FEW * len(head):
        raise InputError([Problem(where, "this file is not text", kind, "check that this is the right file")])


def _is_broken_utf8(content: bytes) -> bool:
    """Whether most letters beyond ASCII are whole in UTF-8: then the rest is damage, not another encoding."""
    whole = len(_WHOLE_UTF8.findall(content))
    return whole > 0 and whole >= content.decode("utf-8", "replace").count("\ufffd")


def _broken_line(content: bytes, start: int, where: str, found: str) -> Problem:
    line = len(re.findall(rb"\r\n|\r|\n", content[:start])) + 1
    return Problem(f"{where}:{line}", found, "text in UTF-8", _SAVE_AS)
