"""A COMBINE archive: a zip file whose manifest names the format of each file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from calciroute.purpose import PURPOSE
from calciroute.sbml.whole_file import write_whole

# Readers compare these words letter by letter.
_ARCHIVE = "http://identifiers.org/combine.specifications/omex"
_MANIFEST = "http://identifiers.org/combine.specifications/omex-manifest"
_METADATA = "http://identifiers.org/combine.specifications/omex-metadata"
_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_ANY_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest a zip file can name: the same content gives the same bytes


@dataclass(frozen=True)
class ArchiveFile:
    """One file of an archive.

    Parameters
    ----------
    name : str
        Path inside the archive.
    format : str
        Address that names the format.
    text : str
        Content.
    master : bool, optional
        Whether a reader should begin here.
    """

    name: str
    format: str
    text: str
    master: bool = False


def archive_metadata(title: str) -> ArchiveFile:
    """What the archive is, what it is for and under which licence: no names, no times.

    Parameters
    ----------
    title : str
        One line.

    Returns
    -------
    ArchiveFile
        RDF.

    Examples
    --------
    >>> PURPOSE in archive_metadata("a run").text
    True
    """
    text = f"""<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcterms="http://purl.org/dc/terms/">
  <rdf:Description rdf:about=".">
    <dcterms:title>{escape(title)}</dcterms:title>
    <dcterms:description>{escape(PURPOSE)}</dcterms:description>
    <dcterms:license rdf:resource={quoteattr(_LICENCE)}/>
  </rdf:Description>
</rdf:RDF>
"""
    return ArchiveFile("metadata.rdf", _METADATA, text)


def write_archive(path: Path, files: Sequence[ArchiveFile]) -> Path:
    """Write an archive, whole or not at all.

    Parameters
    ----------
    path : Path
        File to write; replaced when it exists.
    files : sequence of ArchiveFile
        At most one is the master.

    Returns
    -------
    Path
        The file.
    """
    lines = [_entry(".", _ARCHIVE, master=False), _entry("./manifest.xml", _MANIFEST, master=False)]
    lines += [_entry(f"./{file.name}", file.format, master=file.master) for file in files]
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<omexManifest xmlns="http://identifiers.org/combine.specifications/omex-manifest">\n'
        + "\n".join(lines)
        + "\n</omexManifest>\n"
    )
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, text in [("manifest.xml", manifest), *((file.name, file.text) for file in files)]:
            archive.writestr(_member(name), text.encode("utf-8"))
    write_whole(path, whole.getvalue())
    return path


def _entry(location: str, format_name: str, *, master: bool) -> str:
    mark = ' master="true"' if master else ""
    return f"  <content location={quoteattr(location)} format={quoteattr(format_name)}{mark}/>"


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _ANY_DAY)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = 0o644 << 16
    return member
