"""What is looked at before libSBML sees a text: size, depth, document types, root, packages.

libSBML would expand entities and walk any depth on the machine's own stack. So a plain XML parser goes first,
which counts and expands nothing.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from calciroute.errors import InputError, Problem
from calciroute.sbml.read.refusals import NotSupported

MOST_CHARACTERS = 50_000_000
MOST_DEPTH = 256
MOST_ELEMENTS = 5_000_000
# A formula of Level 1 is text, and a long sum in it becomes a deep tree.
MOST_FORMULA = 20_000
_CORE = re.compile(r"http://www\.sbml\.org/sbml/level(\d+)(?:/version(\d+)(?:/core)?)?")
_PACKAGE = re.compile(r"http://www\.sbml\.org/sbml/level3/version\d+/([A-Za-z0-9]+)/version\d+")
# Operators that later became part of SBML itself; libSBML reads them.
_KNOWN_PACKAGES = frozenset(("l3v2extendedmath",))
# Optional by their own word, yet without them the file does not say what is to be computed.
_DECISIVE = frozenset(("fbc",))
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")


def decode(data: bytes, name: str) -> str:
    """Text of a file, by its byte order mark or the encoding that its first line names.

    Parameters
    ----------
    data : bytes
        The whole file.
    name : str
        For messages.

    Returns
    -------
    str
        Without the mark.

    Raises
    ------
    InputError
        When the bytes are no text in that encoding.

    Examples
    --------
    >>> decode(b"<sbml/>", "model.xml")
    '<sbml/>'
    """
    encoding = "utf-8-sig"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif found := re.match(rb"<\?xml[^>]*encoding=[\"']([A-Za-z0-9._-]+)[\"']", data):
        named = found[1].decode("ascii")
        # The first line was readable as ASCII, so an encoding of two bytes a sign cannot be right.
        encoding = encoding if named.lower().startswith(("utf-8", "utf8", "utf-16", "utf-32")) else named
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise InputError([Problem(name, f"the file is not text in {encoding}", "UTF-8")]) from error


def guarded(text: str, name: str) -> str:
    """Check a text, and give what libSBML may read.

    Parameters
    ----------
    text : str
        SBML.
    name : str
        For messages, such as the file's name.

    Returns
    -------
    str
        The same without the XML declaration, whose encoding no longer holds for a text.

    Raises
    ------
    InputError
        When it is no XML, no SBML, too large or too deep, or brings a document type.
    NotSupported
        For a package that decides what is computed.
    """
    if len(text) > MOST_CHARACTERS:
        found = f"the file holds {len(text):,} characters"
        raise InputError([Problem(name, found, f"at most {MOST_CHARACTERS:,}")])
    if not text.strip():
        raise InputError([Problem(name, "the file is empty", "an SBML file")])
    text = _DECLARATION.sub("", text.removeprefix("\ufeff"), count=1)
    _Walk(name).over(text)
    return text


def _brackets(formula: str) -> int:
    """Deepest nesting of brackets."""
    deepest = open_now = 0
    for sign in formula:
        open_now += (sign == "(") - (sign == ")")
        deepest = max(deepest, open_now)
    return deepest


class _Walk:
    """One walk over the elements, nothing kept but where it stands."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.depth = 0
        self.count = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = self._doctype

    def over(self, text: str) -> None:
        try:
            self.parser.Parse(text.encode("utf-8", "surrogatepass"), True)
        except expat.ExpatError as error:
            found = f"the XML breaks off or is not well formed ({expat.ErrorString(error.code)})"
            where = f"{self.name}:{error.lineno}"
            raise InputError([Problem(where, found, "a whole SBML file")]) from error

    def _refuse(self, found: str, expected: str) -> None:
        where = f"{self.name}:{self.parser.CurrentLineNumber}"
        raise InputError([Problem(where, found, expected)])

    def _doctype(self, *_: object) -> None:
        self._refuse("the file brings a document type or entities", "SBML, which needs neither")

    def _start(self, element: str, attributes: dict[str, str]) -> None:
        if self.count == 0:
            self._root(element, attributes)
        self.count += 1
        self.depth += 1
        if self.depth > MOST_DEPTH:
            self._refuse(f"elements stand more than {MOST_DEPTH} deep", "a shallower file")
        if self.count > MOST_ELEMENTS:
            self._refuse(f"the file holds more than {MOST_ELEMENTS:,} elements", "a smaller file")
        formula = attributes.get("formula", "")
        if len(formula) > MOST_FORMULA or _brackets(formula) > MOST_DEPTH:
            expected = f"at most {MOST_FORMULA:,} characters and {MOST_DEPTH} brackets"
            self._refuse("a formula is too long or too deep", expected)

    def _end(self, _: str) -> None:
        self.depth -= 1

    def _root(self, element: str, attributes: dict[str, str]) -> None:
        namespace, _, tag = element.rpartition(" ")
        if tag != "sbml" or not _CORE.fullmatch(namespace):
            shown = f"{tag[:40]} of namespace {namespace[:60]}" if namespace else tag[:40]
            self._refuse(f"the outermost element is {shown}", "sbml of an SBML namespace")
        for attribute, value in attributes.items():
            package, _, word = attribute.rpartition(" ")
            if word != "required" or not package:
                continue
            found = _PACKAGE.fullmatch(package)
            short = found[1] if found else package
            if short in _DECISIVE or (value.strip() in ("true", "1") and short not in _KNOWN_PACKAGES):
                raise NotSupported(short, f"{self.name}:{self.parser.CurrentLineNumber}")
