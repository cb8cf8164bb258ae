"""The sources: ``references.bib``, one field a line, only what is really known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from calciroute.errors import Problem, TableError, near_names
from calciroute.tables.texts import data_text, shown_path

KINDS = frozenset({"article", "book", "misc", "phdthesis"})
FIELDS = (
    "author", "title", "journal", "year", "volume", "number", "pages",
    "howpublished", "doi", "pmid", "pmcid", "url", "note",
)  # fmt: skip
_ENTRY = re.compile(r"@(?P<kind>\w+)\{(?P<key>[^,\s{}]+),$")
_FIELD = re.compile(r"\s+(?P<name>\w+) = \{(?P<value>[^{}]*)\},$")


@dataclass(frozen=True)
class Reference:
    """One source.

    Parameters
    ----------
    key : str
        Such as ``knapen2015``: surname plus year where the surname is known.
    kind : str
        article, book, misc or phdthesis.
    fields : mapping of str to str
        Only the fields that somebody has seen.
    where : str
        ``file:line`` of the entry.
    """

    key: str
    kind: str
    fields: Mapping[str, str]
    where: str

    @property
    def link(self) -> str:
        """Address to read it at: DOI, PubMed, PubMed Central or page; empty when none is known."""
        prefixes = (
            ("doi", "https://doi.org/"),
            ("pmid", "https://pubmed.ncbi.nlm.nih.gov/"),
            ("pmcid", "https://pmc.ncbi.nlm.nih.gov/articles/"),
            ("url", ""),
        )
        return next((start + self.fields[name] for name, start in prefixes if name in self.fields), "")

    @property
    def citation(self) -> str:
        """One line for people: author or title, year, journal, place."""
        get = self.fields.get
        author = get("author", "").replace(" and others", " et al.")
        journal = " ".join(part for part in (get("journal", ""), get("volume", "")) if part)
        if "pages" in self.fields:
            journal += ":" + self.fields["pages"].replace("--", "-")
        year = get("year", "")
        first = [f"{author} {year}".strip(), get("title", "")] if author else [get("title", ""), year]
        parts = [*first, journal, get("howpublished", "")]
        shown = ", ".join(part for part in parts if part)
        return shown or self.link or self.key


@cache
def read_references(source: Traversable | None = None) -> Mapping[str, Reference]:
    """Read the sources.

    Parameters
    ----------
    source : Traversable, optional
        Another file of the same form; the shipped one by default.

    Returns
    -------
    mapping of str to Reference
        By key, in file order.

    Raises
    ------
    TableError
        For a line that is no entry, field or end, an unknown field or kind, a key that stands twice, or an
        entry without any field.

    Examples
    --------
    >>> read_references()["knapen2015"].link
    'https://doi.org/10.1160/TH14-08-0675'
    """
    file = source or data_text("references.bib")
    where = shown_path(file)
    problems: list[Problem] = []
    found: dict[str, Reference] = {}
    open_entry: tuple[str, str, dict[str, str], str] | None = None
    for line, text in enumerate(file.read_text("utf-8").splitlines(), start=1):
        place = f"{where}:{line}"
        if open_entry is None:
            if not text.strip() or text.startswith("%"):
                continue
            entry = _ENTRY.match(text)
            if entry is None:
                problems.append(Problem(place, f"'{text.strip()}' starts no entry", "@article{surname2020,"))
                continue
            open_entry = (entry["key"], entry["kind"], {}, place)
            problems.extend(_entry_problems(entry["key"], entry["kind"], found, place))
        elif text == "}":
            key, kind, fields, start = open_entry
            if not fields:
                problems.append(Problem(start, f"{key} has no field", "at least one of " + ", ".join(FIELDS)))
            found[key] = Reference(key, kind, MappingProxyType(fields), start)
            open_entry = None
        else:
            problems.extend(_field_problems(text, open_entry[2], place))
    if open_entry is not None:
        problems.append(Problem(open_entry[3], f"{open_entry[0]} is not closed", "a line with }"))
    if problems:
        raise TableError(problems)
    return MappingProxyType(found)


def _entry_problems(key: str, kind: str, found: Mapping[str, Reference], place: str) -> list[Problem]:
    problems = []
    if key in found:
        problems.append(Problem(place, f"{key} stands at {found[key].where} too", "one entry a source"))
    if kind not in KINDS:
        problems.append(Problem(place, f"kind '{kind}' is not known", ", ".join(sorted(KINDS))))
    return problems


def _field_problems(text: str, fields: dict[str, str], place: str) -> list[Problem]:
    match = _FIELD.match(text)
    if match is None:
        return [Problem(place, f"'{text.strip()}' is no field", "two blanks, then  name = {value},")]
    name, value = match["name"], match["value"].strip()
    if name not in FIELDS:
        near = near_names(name, FIELDS)
        return [
            Problem(place, f"field '{name}' is not known", ", ".join(FIELDS), f"'{near[0]}'" if near else "")
        ]
    problems = []
    if name in fields:
        problems.append(Problem(place, f"field '{name}' stands twice in this entry", "one line a field"))
    if not value:
        problems.append(Problem(place, f"field '{name}' is empty", "a value, or no line at all"))
    fields[name] = value
    return problems
