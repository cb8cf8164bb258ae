"""Files of a food table: a file, a folder, or a ZIP archive whose members are checked before one is read."""

from __future__ import annotations

import hashlib
import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from calciroute.errors import InputError, Problem
from calciroute.tables.people_files import found_path, read_people_file, shown_name

KIND = "a food table: a file, a folder or a ZIP archive"
LIMIT_BYTES = 300_000_000  # the whole download of FoodData Central is larger: its parts are enough
_MEMBERS = 2_000
_FOLDER_FILES = 2_000
_RATIO = 400  # text of numbers packs about 20 times; a bomb packs 1000 times
# What the standard library raises for archives that are damaged, locked or packed in an unknown way.
DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, NotImplementedError,
    RuntimeError, ValueError,
)  # fmt: skip
_ADVICE_LARGE = "for FoodData Central take the download of Foundation Foods or of SR Legacy"


@dataclass
class SourceFiles:
    """What can be read, by lower-case file name.

    Parameters
    ----------
    shown : str
        Name for messages.
    paths : mapping of str to Path
        Files on the disk.
    members : mapping of str to ZipInfo
        Members of an archive.
    archive : Path or None
        The archive.
    twice : frozenset of str
        Names that several members of the archive have: refused when one of them is to be read.
    read_hashes : dict of str to str
        Hash of every file that was read, filled on the way.
    """

    shown: str
    paths: Mapping[str, Path]
    members: Mapping[str, zipfile.ZipInfo]
    archive: Path | None
    twice: frozenset[str] = frozenset()
    read_hashes: dict[str, str] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """Lower-case names of all files, sorted."""
        return tuple(sorted({*self.paths, *self.members}))

    def where(self, name: str) -> str:
        """A file as messages name it."""
        own = self.paths[name].name if name in self.paths else self.members[name].filename.rsplit("/", 1)[-1]
        return own if self.shown == own else f"{self.shown}/{_plain(own)}"

    def read(self, name: str) -> bytes:
        """One file whole.

        Parameters
        ----------
        name : str
            Lower-case name.

        Returns
        -------
        bytes

        Raises
        ------
        InputError
            When it is too large, damaged or cannot be read.
        """
        if name in self.paths:
            content = read_people_file(self.paths[name], limit_bytes=LIMIT_BYTES, kind=KIND)
        elif name in self.twice:
            words = f"'{_plain(name)}' stands in it twice"
            raise InputError([Problem(self.shown, words, "one file of each name", "unpack one download")])
        else:
            content = self._member(name)
        self.read_hashes[name] = hashlib.sha256(content).hexdigest()
        return content

    def sha256(self) -> str:
        """Hash of what was read: of the one file, or of names and hashes of several."""
        if len(self.read_hashes) == 1:
            return next(iter(self.read_hashes.values()))
        lines = "".join(f"{name} {digest}\n" for name, digest in sorted(self.read_hashes.items()))
        return hashlib.sha256(lines.encode()).hexdigest()

    def _member(self, name: str) -> bytes:
        assert self.archive is not None  # members exist only with one
        info = self.members[name]
        where = self.where(name)
        try:
            with zipfile.ZipFile(self.archive) as archive, archive.open(info) as opened:
                # The size that the archive states may be a lie: no more than that is read.
                content = opened.read(info.file_size + 1)
        except DAMAGED:
            found = "this member of the archive is damaged, or packed in a way that cannot be read"
            raise InputError([Problem(where, found, "a whole archive", "download it again")]) from None
        if len(content) != info.file_size:
            raise InputError(
                [Problem(where, "this member is not as long as the archive states", "a whole archive")]
            )
        return content


def open_source(path: Path) -> SourceFiles:
    """Look at what a person named, and read nothing of it yet.

    Parameters
    ----------
    path : Path
        File, folder or ZIP archive. Files beside a named file count when they belong to one layout.

    Returns
    -------
    SourceFiles

    Raises
    ------
    InputError
        When it is missing, or an archive has members that lead out of it, unpack too large or repeat a name.

    Examples
    --------
    >>> try:
    ...     open_source(Path("no/such.zip"))
    ... except InputError as error:
    ...     print(error.problems[0].found)
    this file does not exist
    """
    shown, path = shown_name(Path(path.name or str(path))), found_path(path)
    if path.is_dir():
        return SourceFiles(shown, _folder(path, shown), {}, None)
    if path.suffix.lower() == ".zip":
        read_people_file(path, limit_bytes=LIMIT_BYTES, kind=KIND)  # tells what is wrong with the name
        members, twice = _members(path, shown)
        return SourceFiles(shown, {}, members, path, twice)
    if not path.is_file():
        read_people_file(path, limit_bytes=LIMIT_BYTES, kind=KIND)
    return SourceFiles(shown, {path.name.lower(): path}, {}, None)


def beside(files: SourceFiles) -> SourceFiles:
    """The same with all files of the folder that the one named file lies in."""
    (path,) = files.paths.values()
    return SourceFiles(shown_name(Path(path.parent.name or ".")), _folder(path.parent, files.shown), {}, None)


def _folder(folder: Path, shown: str) -> dict[str, Path]:
    """Files of a folder; of its only subfolder where it holds nothing else, as archives unpack."""
    try:
        inside = sorted(folder.iterdir())[: _FOLDER_FILES + 1]
        folders = [entry for entry in inside if entry.is_dir()]
        if len(folders) == 1 and len(inside) == 1:
            inside = sorted(folders[0].iterdir())[: _FOLDER_FILES + 1]
        found = {entry.name.lower(): entry for entry in inside if entry.is_file()}
    except OSError as refused:
        reason = (refused.strerror or "it is refused").lower()
        raise InputError([Problem(shown, f"this folder cannot be read: {reason}", KIND)]) from None
    if len(inside) > _FOLDER_FILES:
        words = f"this folder holds more than {_FOLDER_FILES} files"
        raise InputError([Problem(shown, words, "the folder of one food table", "name the folder itself")])
    return found


def _members(path: Path, shown: str) -> tuple[dict[str, zipfile.ZipInfo], frozenset[str]]:
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
    except DAMAGED:
        raise InputError(
            [Problem(shown, "this is no ZIP archive, or a damaged one", KIND, "download it again")]
        ) from None
    problems = [problem for info in infos[: _MEMBERS + 1] if (problem := _member_problem(info, shown))]
    if len(infos) > _MEMBERS:
        problems.append(Problem(shown, f"{len(infos)} members", f"at most {_MEMBERS}"))
    found: dict[str, zipfile.ZipInfo] = {}
    twice: set[str] = set()
    for info in infos[:_MEMBERS]:
        name = info.filename.rsplit("/", 1)[-1].lower()
        if info.is_dir() or not name:
            continue
        if name in found:
            twice.add(name)
        found[name] = info
    if problems:
        raise InputError(problems[:20])
    return found, frozenset(twice)


def _member_problem(info: zipfile.ZipInfo, shown: str) -> Problem | None:
    name = _plain(info.filename)
    parts = info.filename.replace("\\", "/").split("/")
    if ".." in parts or info.filename.startswith(("/", "\\")) or ":" in parts[0] or "\\" in info.filename:
        return Problem(
            shown, f"member '{name}' leads out of the archive", "names inside it", "do not use this file"
        )
    if stat.S_ISLNK(info.external_attr >> 16):
        return Problem(shown, f"member '{name}' is a link", "plain files", "do not use this file")
    if info.flag_bits & 0x1:
        return Problem(shown, f"member '{name}' is encrypted", "files without a password", "unpack it first")
    if info.file_size > LIMIT_BYTES:
        words = f"member '{name}' unpacks to {info.file_size / 1e6:.0f} MB"
        return Problem(shown, words, f"at most {LIMIT_BYTES / 1e6:.0f} MB", _ADVICE_LARGE)
    if info.file_size > 1_000_000 and info.file_size > _RATIO * max(info.compress_size, 1):
        words = f"member '{name}' unpacks to {info.file_size // max(info.compress_size, 1)} times its size"
        return Problem(shown, words, f"at most {_RATIO} times", "do not use this file")
    return None


def _plain(name: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in name)[:80]
