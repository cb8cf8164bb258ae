"""What calciroute keeps of a person, as a list and as one archive."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from calciroute.errors import InputError, Problem
from calciroute.guide.journal import open_journal
from calciroute.guide.journal_files import as_csv, as_json
from calciroute.guide.journal_schema import FILE_NAME
from calciroute.people.data_folder import KeptFile, own_files, refused_problem, write_private
from calciroute.purpose import PURPOSE
from calciroute.safety.notices import STANDARD_NOTICE
from calciroute.tables.people_files import shown_name

# Every archive of the same content has the same bytes.
_STAMP = (1980, 1, 1, 0, 0, 0)
# Exactly what calciroute writes there, so that a folder which others use too loses nothing of theirs.
_SBML, _CODE = re.compile(r"[0-9a-f]{64}\.xml"), re.compile(r"[0-9a-f]{64}\.(?:code|json)")


def export_data(folder: Path, archive: Path) -> tuple[str, ...]:
    """Write everything that is kept into one ZIP archive.

    Parameters
    ----------
    folder : Path
        The data folder.
    archive : Path
        The file to write, for its owner alone; one that exists is never overwritten.

    Returns
    -------
    tuple of str
        Names in the archive: the journal as JSON and CSV with all histories, and all other files as they are.

    Raises
    ------
    InputError
        When nothing is kept, the archive exists or cannot be written, or the journal cannot be read.
    """
    files = own_files(folder)
    if not files:
        raise InputError([Problem(shown_name(folder), "nothing is kept here", "a journal, or another file")])
    contents = {"README.txt": f"What calciroute kept for you.\n{PURPOSE}\n{STANDARD_NOTICE}\n".encode()}
    if any(file.path.name == FILE_NAME for file in files):
        with open_journal(folder) as journal:
            entries = journal.entries(removed=True)
        contents["journal.json"] = as_json(entries).encode("utf-8")
        contents["journal.csv"] = as_csv(entries).encode("utf-8")
    for file in files:
        if "journal" not in file.path.name and not file.path.is_symlink():
            contents[file.path.name] = file.path.read_bytes()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, content in contents.items():
            whole.writestr(zipfile.ZipInfo(name, _STAMP), content, zipfile.ZIP_DEFLATED)
    write_new(archive, buffer.getvalue())
    return tuple(contents)


def write_new(path: Path, content: bytes) -> None:
    """Write an export whole, for its owner alone, never over a file that is there.

    Parameters
    ----------
    path : Path
        A name that is free.
    content : bytes
        The whole of it.

    Raises
    ------
    InputError
        When the name is taken or the folder refuses.
    """
    where = shown_name(path)
    try:
        if path.exists() or path.is_symlink():
            raise InputError([Problem(where, "this file exists and is left as it is", "a name that is free")])
        write_private(path, content)
    except OSError as refused:
        raise InputError([refused_problem(where, "the file cannot be written", refused)]) from None


def cache_files(cache: Path) -> tuple[KeptFile, ...]:
    """What calciroute has in its cache: SBML and machine code under names that are hashes.

    Parameters
    ----------
    cache : Path
        `calciroute.sbml.cache.cache_folder`; it may be missing.

    Returns
    -------
    tuple of KeptFile
        By name.
    """
    own = [path for path in cache.glob("*.xml") if _SBML.fullmatch(path.name)]
    own += [path for path in (cache / "machine_code").glob("*") if _CODE.fullmatch(path.name)]
    return tuple(KeptFile(path, path.lstat().st_size) for path in sorted(own) if path.is_file())


def erase_cache(cache: Path) -> tuple[KeptFile, ...]:
    """Remove what `cache_files` lists; it is made anew when it is needed.

    Parameters
    ----------
    cache : Path
        The folder.

    Returns
    -------
    tuple of KeptFile
        What was there.

    Raises
    ------
    InputError
        When a file refuses.
    """
    files = cache_files(cache)
    try:
        for file in files:
            file.path.unlink(missing_ok=True)
    except OSError as refused:
        raise InputError([refused_problem(shown_name(cache), "the cache is not erased", refused)]) from None
    return files
