"""Clauses of a line: where one substance with its amount ends and the next one begins.

``Fish oil 1000 mg, biotin 50 µg, vitamin E 10 mg`` has three clauses. A clause about a substance that no row
knows keeps its amount to itself: it is never given to the name before or after it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from calciroute.intake.label_line import DOSED, Amount, Line, find_pieces
from calciroute.tables.label_words import LabelWord, find_label_words, plain_line
from calciroute.units.quantity import SPELLINGS

# A comma inside a number is none of these; a point ends a clause only before a capital.
_MARKS = re.compile(r"[;|、。•\t]|,(?![0-9])|\.\s+(?=[A-Z])|\s[·*-]\s(?=[A-Z0-9\u3000-\u9fff])")
_PLUS = re.compile(r"(?<=[^\W_)\]%])\s?(?:[+&]\s?(?=[^\W_])|/\s?(?=[^\W\d_]))")
_UNITS = {plain_line(word).lower() for word, unit in SPELLINGS.items() if unit in DOSED}
_NEUTRAL = (
    "piece", "per", "contains", "number", "day", "times", "serving", "facts",
    "from", "weight", "market", "trans", "oil", "coated", "liposomal", "equals", "qualifier", "filler",
    "natto", "allergen", "acid", "and", "ofwhich",
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]{3,}")
_SYMBOL = re.compile(
    r"(?<![^\W_])(?:Zn|Fe|Cu|Se|Mn|Cr|Mo|Na|Ca|Si|Sr|B[0-9]{1,2}|Q10|[ACEK](?=\s?:))(?![^\W_])"
)
# "(5.2 g) contains", "(300mg)中"
_OF_PACK = re.compile(r"\s?\)\s?(?:contain|provide|suppl|enthalt|bevat|contien|中|あたり|当たり)")
_KANA_TAIL = re.compile(r"\s*(?:あたり|当たり|中)")


@dataclass(frozen=True)
class Clause:
    """Part of a line.

    Parameters
    ----------
    start, end : int
        Place in the plain line.
    tokens : tuple of LabelWord or Amount
        Names and numbers, from left to right.
    equals : bool
        Whether it says the same once more: ``equivalent to 500 mg of calcium``.
    unsure : bool
        Whether its first amount may be that of the name in the cell before.
    """

    start: int
    end: int
    tokens: tuple[LabelWord | Amount, ...]
    equals: bool
    unsure: bool = False

    @property
    def names(self) -> tuple[LabelWord, ...]:
        """Its names."""
        return tuple(token for token in self.tokens if isinstance(token, LabelWord))

    @property
    def shares(self) -> tuple[Amount, ...]:
        """Its percentages."""
        return tuple(one for one in self.tokens if isinstance(one, Amount) and one.unit == "%")

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """Its numbers that have a unit of mass or IU."""
        return tuple(one for one in self.tokens if isinstance(one, Amount) and one.unit not in ("", "%"))


def clauses_of(line: Line, inside: list[int | None]) -> list[Clause]:
    """Part a line.

    Parameters
    ----------
    line : Line
        From ``read_line``.
    inside : list of int or None
        For each place the bracket around it; a line is never parted inside one.

    Returns
    -------
    list of Clause
        With at least one name or number each, or with words of something unknown.
    """
    known = [(name.start, name.end) for name in line.names]
    known += [(one.start, one.end) for one in line.amounts]
    cuts: dict[int, tuple[int, bool]] = {}
    for word in line.words("equals"):
        cuts[word.start] = (word.end, True)
    for mark in _MARKS.finditer(line.plain):
        cuts.setdefault(mark.start(), (mark.end(), False))
    # "MK-7 100 mcg + D3 25 mcg" has two parts, "D3 + K2 100 mcg" one.
    joins = [(mark.start(), mark.end()) for mark in _PLUS.finditer(line.plain)]
    joins += [
        (word.start, word.end)
        for word in line.words("and")
        if line.lower[word.start - 1 : word.start] == line.lower[word.end : word.end + 1] == " "
    ]
    for start, end in joins:
        named = any(0 <= name.start - end <= 2 for name in line.names)
        if any(one.end <= start for one in line.amounts) and (
            named or any(one.start >= end for one in line.amounts)
        ):
            cuts.setdefault(start, (end, False))
    tokens: list[LabelWord | Amount] = [name for name in line.names if name.kind != "other"]
    tokens = sorted([*tokens, *_counting(line)], key=lambda token: token.start)
    titled = _title_ends(line, tokens, inside)
    if titled is not None:
        cuts.setdefault(titled, (titled + 1, False))
    found: list[Clause] = []
    start, equals = 0, False
    for cut, (end, says_again) in [*sorted(cuts.items()), (len(line.plain), (len(line.plain), False))]:
        if cut < start or inside[cut] is not None or any(begin < cut < stop for begin, stop in known):
            continue
        part = tuple(token for token in tokens if start <= token.start < cut)
        if part or foreign(line, start, cut):
            found.append(Clause(start, cut, part, equals))
        start, equals = end, says_again or (equals and not part)
    return _cells(found, line, inside)


_JOINS = re.compile(r"[/+&•·\-]")


def _cells(clauses: list[Clause], line: Line, inside: list[int | None]) -> list[Clause]:
    """In a line of cells that ends in an amount, one at the start of a cell is that of the cell before."""
    tokens = [token for clause in clauses for token in clause.tokens if inside[token.start] is None]
    tokens = [token for token in tokens if isinstance(token, LabelWord) or token.unit not in ("", "%")]
    if not tokens:
        return clauses
    amount_last = isinstance(tokens[-1], Amount)
    made: list[Clause] = []
    for clause in clauses:
        first = next(
            (number for number, token in enumerate(clause.tokens) if isinstance(token, LabelWord)), None
        )
        cell = line.plain[: clause.start].rstrip(" ").endswith(("|", "\t", "-"))
        before = made[-1] if made else None
        if cell and before is not None and not before.amounts and clause.amounts:
            lead = clause.tokens[:first] if first is not None else clause.tokens
            amounts = [token for token in lead if isinstance(token, Amount) and token.unit]
            if amounts and not amount_last:
                if before.names and not {one.meaning for one in before.names} & {
                    one.meaning for one in clause.names
                }:
                    made.append(replace(clause, unsure=True))
                    continue
            elif amounts and amounts == list(lead) and not foreign(line, clause.start, lead[0].start):
                end = lead[-1].end
                joined = first is None or _JOINS.search(line.plain[end : clause.tokens[first].start])
                if not joined and not find_label_words(line.lower[end : clause.end], "and"):
                    # "| 250 mg calcium |" in a line that ends in an amount: either order may be meant.
                    made.append(replace(clause, unsure=True))
                    continue
                made.append(Clause(clause.start, end, lead, False))
                if clause.tokens[len(lead) :] or foreign(line, end, clause.end):
                    made.append(Clause(end, clause.end, clause.tokens[len(lead) :], clause.equals))
                continue
        made.append(clause)
    return made


def _title_ends(line: Line, tokens: list[LabelWord | Amount], inside: list[int | None]) -> int | None:
    """The colon of "Vitamin D3 + K2: 1 spray has 25 mcg D3": names before it have no amount there."""
    named = [token for token in tokens if isinstance(token, LabelWord)]
    starts = [piece.start for piece in find_pieces(line) if piece.count]
    starts += [word.start for word in line.words("per")]
    for start in starts:
        colon = line.plain.rfind(":", 0, start)
        if colon >= 0 and inside[colon] is None and start - colon <= 12:
            before = [token for token in tokens if token.start < colon]
            if before and before == named[: len(before)] and len(named) > len(before):
                return colon
    return None


def _counting(line: Line) -> list[Amount]:
    """Numbers that may be amounts of a substance: not "100 g" of "per 100 g", not "(3 g)" of a scoop."""
    pers = {word.end for word in line.words("per")}
    pieces = {word.end for word in line.words("piece", "serving")}
    weights = line.words("weight")
    return [
        one
        for one in (*line.amounts, *line.shares, *line.bare)
        if one.unit not in ("g", "mg") or not _weighs(one, line, pers, pieces, weights)
    ]


def _weighs(
    one: Amount, line: Line, pers: set[int], pieces: set[int], weights: tuple[LabelWord, ...]
) -> bool:  # fmt: skip
    """Whether it is the mass of the product: behind "per", before its Japanese word, behind a piece."""
    before = line.lower[max(0, one.start - 8) : one.start].rstrip()
    gap = len(line.lower[: one.start]) - len(line.lower[: one.start].rstrip(" "))
    # Japanese says per behind the count: what follows is content.
    behind = line.plain[one.start - gap - 1 : one.start - gap]
    if (one.start - gap in pers and behind < "\u3000") or _KANA_TAIL.match(line.lower, one.end):
        return True
    if before.endswith("("):
        bracket = one.start - gap - 1
        outside = len(line.lower[:bracket].rstrip(" "))
        if outside in pieces or _OF_PACK.match(line.lower, one.end):
            return True
    return any(word.start <= one.start < word.end for word in weights)


def foreign(line: Line, start: int, end: int) -> bool:
    """Whether words stand there that no row knows: they may name a substance.

    Parameters
    ----------
    line : Line
        Of a label.
    start, end : int
        Place in the plain line.

    Returns
    -------
    bool
    """
    text = list(line.lower[start:end])
    for word in (*line.names, *line.words(*_NEUTRAL)):
        first, last = max(word.start, start), min(word.end, end)
        if first < last:
            text[first - start : last - start] = " " * (last - first)
    if any(word not in _UNITS for word in _WORD.findall("".join(text))):
        return True
    known = [name.start for name in line.names]
    return any(found.start() not in known for found in _SYMBOL.finditer(line.plain, start, end))
