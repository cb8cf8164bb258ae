"""Words that labels are written in: ``label_words.csv``, found in a line whatever their case and accents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from calciroute.tables.csv_table import Column
from calciroute.tables.rules import checked_rows, words_of
from calciroute.tables.texts import data_text

COLUMNS = (
    Column("kind", required=True),
    Column("meaning", required=True),
    Column("words", required=True),
    Column("note"),
)
_DASHES = str.maketrans(
    dict.fromkeys("‐‑‒–—―−－", "-")
    | {"’": "'", "ß": "ss", "œ": "oe", "æ": "ae", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"}
    # Signs that no one sees: a soft hyphen, blanks of no width, marks of direction.
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\u200e\u200f\ufeff")
)
# Marks that make another letter in Japanese: they stay with it.
_VOICED = "\u3099\u309a"
# A raised digit is a footnote or a power, never one more digit of the number before it.
_RAISED = str.maketrans(dict.fromkeys("⁰¹²³⁴⁵⁶⁷⁸⁹ªº⁺⁻", "^"))
_KANA = 0x3000
# A Latin word may be followed by Japanese.
_EDGE = r"(?![^\W_\u3000-\u9fff])"
_EDGE_OF_LETTERS = r"(?![^\W\d_\u3000-\u9fff])"
_WHOLE_LETTERS = 6
# One word for all languages before the letter of a vitamin, a scan's "rn" for "m" among them.
_VITAMIN = r"(?:[vw]ita(?:m|rn)in[aeiy]?|vita(?:m|rn)iini|витамин|vit\.?)"
_VITAMIN_KEY = re.compile(rf"{_VITAMIN}(?=[ -]?[a-ek](?![^\W\d_]))|[vw]ita(?:m|rn)in[ae](?=[ae]$)")
# "100mgVitaminE" lost two blanks: a capital begins the next word.
_GLUED = re.compile(
    r"(?<=[0-9])\s?(?:mg|mcg|[uμ]g|IE|IU|UI)(?=[A-Z][a-z]{2})"
    r"|(?<![^\W_])[VWvw]ita(?:m|rn)in[ae]?(?=[ADEK][0-9]?(?![^\W_]))"
)
# Two blanks are one; more of them part columns.
_TWO = re.compile(r"(?<=\S)[ \u00a0]{2}(?=\S)")
_THIN = re.compile(r"(?<=[0-9])[\u2007\u2009\u202f](?=[0-9]{3})")


@dataclass(frozen=True)
class LabelWord:
    """A known word in a line.

    Parameters
    ----------
    kind, meaning : str
        Of its row, such as ``substance`` and ``MK7``.
    start, end : int
        Place in the plain line.
    """

    kind: str
    meaning: str
    start: int
    end: int


def plain_line(line: str) -> str:
    """A line without accents and typographic variants; case stays, as units need it.

    Parameters
    ----------
    line : str
        As written.

    Returns
    -------
    str
        NFKC, raised digits as ``^``, thin spaces between groups of three digits as ``'``.

    Examples
    --------
    >>> plain_line("Ménaquinone‑7  25² ㎍")
    'Menaquinone-7  25^ μg'
    """
    marked = _TWO.sub(" ", _THIN.sub("'", line.translate(_RAISED)).translate(_DASHES))
    parted = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", marked))
    bare = "".join(sign for sign in parted if not unicodedata.combining(sign) or sign in _VOICED)
    return _GLUED.sub(r"\g<0> ", unicodedata.normalize("NFC", bare).translate(_DASHES))


def lower_line(plain: str) -> str:
    """The plain line in small letters, sign by sign, so that places stay.

    Parameters
    ----------
    plain : str
        From `plain_line`.

    Returns
    -------
    str
        Of the same length.

    Examples
    --------
    >>> lower_line("Vitamin K2")
    'vitamin k2'
    """
    return "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in plain)


@cache
def read_label_words(source: Traversable | None = None) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Read the words.

    Parameters
    ----------
    source : Traversable, optional
        Another file of the same form; the shipped one by default.

    Returns
    -------
    mapping of str to mapping of str to tuple of str
        Words by kind and meaning, in small letters without accents.

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> "gelules" in read_label_words()["piece"]["capsule"]
    True
    """
    kinds: dict[str, dict[str, tuple[str, ...]]] = {}
    for row in checked_rows(source or data_text("label_words.csv"), COLUMNS, ("kind", "meaning")):
        words = tuple(lower_line(plain_line(word)) for word in words_of(row.text("words")))
        kinds.setdefault(row.text("kind"), {})[row.text("meaning")] = words
    return MappingProxyType({kind: MappingProxyType(rows) for kind, rows in kinds.items()})


@cache
def _finder(kinds: tuple[str, ...]) -> tuple[re.Pattern[str], Mapping[str, tuple[str, str]]]:
    """One alternation of whole words, longest first: it never tries a place twice for one word."""
    owner: dict[str, tuple[str, str]] = {}
    for kind in kinds:
        for meaning, words in read_label_words()[kind].items():
            for word in words:
                owner.setdefault(_key(word), (kind, meaning))
    # Words that share their edges stand in one group, so that each edge is compiled once.
    groups: dict[tuple[str, str], list[str]] = {}
    for kind in kinds:
        for words in read_label_words()[kind].values():
            for word in words:
                groups.setdefault(_edges(word), []).append(word.strip("*"))
    parts = []
    for (before, after), words_of_group in sorted(groups.items(), key=lambda pair: pair[0][1] != ""):
        words_of_group.sort(key=len, reverse=True)
        parts.append(f"{before}(?:{'|'.join(map(_body, words_of_group))}){after}")
    if "salt" in kinds:
        parts.insert(0, _salt_pattern())
    return re.compile("|".join(parts)), MappingProxyType(owner)


@cache
def _pieces(kinds: tuple[str, ...]) -> frozenset[str]:
    """Of each word its longest piece that stands in every spelling of it: see `_body`."""
    words = {word for kind in kinds for row in read_label_words()[kind].values() for word in row}
    return frozenset(
        max(re.split(r"[ =m-]", _VITAMIN_KEY.sub("", word.strip("*"), count=1)), key=len) for word in words
    )


def _key(word: str) -> str:
    return re.sub(r"[\s=-]", "", _VITAMIN_KEY.sub("vitamin", word)).strip("*").replace("rn", "m")


def _body(word: str) -> str:
    # A blank, a hyphen or nothing; "=" is a hyphen and nothing else: K2-7 is MK-7, K2 7 mcg is an amount.
    # A scan takes "m" for "rn".
    loose = {" ": "[ -]?", "-": "[ -]?", "=": "-", "m": "(?:m|rn)"}
    named = _VITAMIN_KEY.match(word)
    rest = word[named.end() :] if named else word
    body = (_VITAMIN if named else "") + "".join(loose.get(sign, re.escape(sign)) for sign in rest)
    if named and rest.strip(" -") in ("a", "e"):
        # "vitamina e" holds no vitamin A.
        body = rf"(?:{_VITAMIN}[ -]|[vw]ita(?:m|rn)in[ae]){rest[-1]}"
    # In Japanese print K2 is not the start of K21; other words there have no edges.
    return body + "(?![0-9a-z])" if _is_kana(word) and word[-1].isascii() else body


def _is_kana(word: str) -> bool:
    return any(ord(sign) >= _KANA for sign in word)


def _edges(word: str) -> tuple[str, str]:
    stem = word.strip("*")
    if _is_kana(stem):
        return "", ""
    before = r"(?<![^\W_])" if stem[0].isalnum() else ""
    if word.startswith("*"):
        before += r"[^\W\d_]*?"
    after = r"[^\W\d_]*" if word.endswith("*") else (_EDGE if stem[-1].isalnum() else "")
    if after == _EDGE and stem.isalpha() and len(stem) >= _WHOLE_LETTERS:
        # "calcium120 mg" lost its blank.
        after = _EDGE_OF_LETTERS
    return before, after


@lru_cache(maxsize=4096)
def find_label_words(lower: str, *kinds: str) -> tuple[LabelWord, ...]:
    """Known words of a line, none inside another.

    Parameters
    ----------
    lower : str
        From `lower_line`.
    *kinds : str
        Kinds that are looked for; where two share a word the first one has it.

    Returns
    -------
    tuple of LabelWord
        From left to right.

    Examples
    --------
    >>> [word.meaning for word in find_label_words("vitamin k2 (as mk 7)", "substance")]
    ['K2', 'MK7']
    >>> find_label_words("silicon 10 mg", "substance")
    ()
    """
    if "salt" not in kinds and not any(piece in lower for piece in _pieces(kinds)):
        return ()  # most kinds are not in most labels, and their patterns take long to make
    pattern, owner = _finder(kinds)
    stems = _stems(kinds)
    found: list[LabelWord] = []
    for match in pattern.finditer(lower):
        key = _key(match.group())
        known = owner.get(key) or next((owner[stem] for stem in stems if stem in key), None)
        if known is None and "salt" in kinds:
            known = _salt_of(key)
        if known is not None:
            found.append(LabelWord(*known, match.start(), match.end()))
    return tuple(found)


@cache
def _salt_pattern() -> str:
    """A mineral beside its acid in either order: whatever salt it is, it is no mass of the mineral."""
    words = read_label_words()
    minerals = "|".join(sorted(_minerals(), key=len, reverse=True))
    acids = [word for row in words["acid"].values() for word in row]
    acid = "|".join(map(re.escape, sorted(acids, key=len, reverse=True)))
    fore = r"(?:l-|d-|di|tri|mono|bis|hydro(?:gen)?|glycero)*"
    return (
        rf"(?<![^\W_])(?:(?:di|tri)?(?:{minerals})[ -]?{fore}(?:{acid})(?:[ -](?:{acid}))?{_EDGE}"
        rf"|{fore}(?:{acid}) (?:de |di |do |d\')?(?:{minerals}){_EDGE})"
    )


@cache
def _minerals() -> Mapping[str, str]:
    words = read_label_words()["substance"]
    return {word: mineral for mineral in ("calcium", "magnesium") for word in words[mineral]
            if " " not in word and not _is_kana(word)}  # fmt: skip


def _salt_of(key: str) -> tuple[str, str] | None:
    mineral = next((owned for word, owned in _minerals().items() if word in key), None)
    if mineral is None:
        return None
    acids = read_label_words()["acid"]
    named = {meaning for meaning, row in acids.items() if any(_key(word) in key for word in row)}
    salt = f"{mineral} {min(named)}" if len(named) == 1 else f"{mineral} other"
    known = salt in read_label_words()["salt"]
    return "salt", salt if known else f"{mineral} other"


@cache
def _stems(kinds: tuple[str, ...]) -> tuple[str, ...]:
    words = [word for kind in kinds for row in read_label_words()[kind].values() for word in row]
    return tuple(sorted((_key(word) for word in words if "*" in word), key=len, reverse=True))
