"""Per what the amounts of a label hold, and how many pieces a day its directions name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from calciroute.intake.label_line import Line, Piece, find_pieces, read_line
from calciroute.tables.label_words import find_label_words
from calciroute.units.expression import convert
from calciroute.units.quantity import SPELLINGS

_CONTAINER = re.compile(r"container|bottle|packung|contenant|verpakking|envase|confezione|boite|dose[^\w]*n")
# Every five days; once a week.
_RARE = re.compile(
    r"\b(?:alle|every|om de|tous les|cada|ogni)\s(?P<days>[1-9][0-9]?)\s"
    r"(?:tage|days|dagen|jours|dias|giorni)\b"
    r"|\b(?:a|per|pro|par|por|je|alla|every|each)\s?(?:week|woche|semaine|semana|settimana)\b"
    r"|\b(?:weekly|wochentlich|wekelijks)\b"
)
_UP_TO = re.compile(r"\b[0-9]\s?(?:-|to|or|bis|oder|ou|of|o)\s?[0-9]\b")


@dataclass(frozen=True)
class Per:
    """What one printed amount is an amount in.

    Parameters
    ----------
    kind : {"piece", "serving", "day", "100 g", "100 ml", "unknown"}
        A serving is what the label calls so.
    count : float or None
        Pieces in it; None is not known.
    piece : str
        Such as ``capsule``; empty when not named.
    line : int
        Where it stands; 0 when it stands nowhere.
    """

    kind: str
    count: float | None = None
    piece: str = ""
    line: int = 0

    def __str__(self) -> str:
        pieces = ""
        if self.piece:
            count = 1.0 if self.count is None else self.count
            pieces = f"{count:g} {self.piece if count == 1 else _plural(self.piece)}"
        if self.kind == "piece":
            return pieces or "1 piece"
        if self.kind == "unknown":
            return "not said"
        return f"{self.kind} of {pieces}" if pieces and self.kind in {"serving", "day"} else self.kind


def _plural(piece: str) -> str:
    return "gummies" if piece == "gummy" else f"{piece}s"


@dataclass(frozen=True)
class Directions:
    """What a label says about a day.

    Parameters
    ----------
    pieces : float or None
        Pieces or servings a day; None when it does not say.
    piece : str
        ``serving`` or a piece.
    line : int
        Where it stands; 0 when it stands nowhere.
    """

    pieces: float | None = None
    piece: str = ""
    line: int = 0


@dataclass(frozen=True)
class Servings:
    """Everything about quantities of the product itself.

    Parameters
    ----------
    per : tuple of Per
        One, or one a column.
    serving : Per or None
        What the label calls a serving.
    serving_grams : float or None
        Its mass where printed.
    directions : Directions
        A day.
    """

    per: tuple[Per, ...]
    serving: Per | None
    serving_grams: float | None
    directions: Directions


def read_servings(lines: Sequence[Line]) -> Servings:
    """Read what the amounts hold for.

    Parameters
    ----------
    lines : sequence of Line
        Of one label.

    Returns
    -------
    Servings
        ``per`` is unknown where nothing is said.

    Examples
    --------
    >>> from calciroute.intake.label_line import read_line
    >>> texts = ("Serving size: 2 capsules", "Amount per serving", "Take 2 capsules daily")
    >>> found = read_servings([read_line(number, text) for number, text in enumerate(texts, 1)])
    >>> str(found.per[0]), found.directions.pieces
    ('serving of 2 capsules', 2.0)
    """
    serving, grams = _serving_size(lines)
    columns: tuple[Per, ...] = ()
    cells = [_heading_cells(line) for line in lines]
    for line, heading in zip(lines, cells, strict=True):
        found = per_phrases(line, serving) or (heading if len(heading) > 1 else ())
        if len(found) > len(columns) or (found and not columns):
            columns = found
        if len(columns) > 1:
            break
    if not columns and serving is not None:
        columns = (serving,)
    columns = columns or next((heading for heading in cells if heading), ())
    return Servings(columns or (Per("unknown"),), serving, grams, _directions(lines))


def _serving_size(lines: Sequence[Line]) -> tuple[Per | None, float | None]:
    for whole in lines:
        line = _before_container(whole)
        if not line.has("serving") or _CONTAINER.search(line.lower):
            continue
        named = line.names[0].start if line.names else len(line.plain)
        pieces = [
            piece
            for piece in find_pieces(line)
            if piece.meaning != "serving" and piece.count and piece.start < named
        ]
        grams = next(
            (
                convert(one.readings[0], SPELLINGS[one.unit.replace("μ", "µ")], "g")
                for one in line.amounts
                if len(one.readings) == 1
                and not one.odd
                and one.unit in {"g", "mg"}
                and not line.names
                and not any(word.start <= one.start < word.end for word in line.words("weight"))
            ),
            None,
        )
        size = next(
            (word for word in line.words("serving") if "si" in line.lower[word.start : word.end]), None
        )
        opens = [word for word in line.words("serving") if word.start <= 2]
        told = pieces and opens and 0 <= pieces[0].start - opens[0].end <= 6
        if pieces and (not line.names or told or (size and size.start < pieces[0].start)):
            return Per("serving", pieces[0].count, pieces[0].meaning, line.number), grams
        if grams is not None:
            return Per("serving", None, "", line.number), grams
    return None, None


def per_phrases(line: Line, serving: Per | None) -> tuple[Per, ...]:
    """What a line says its amounts are in: ``per capsule``, ``pro Tagesdosis (2 Kapseln)``; each is a column.

    Parameters
    ----------
    line : Line
        Of a table, or its heading.
    serving : Per or None
        What the label calls a serving.

    Returns
    -------
    tuple of Per
        From left to right; empty where it says nothing.
    """
    line = _before_container(line)
    found: list[tuple[int, Per]] = []
    ends = []
    for word in line.words("weight"):
        found.append((word.start, Per(word.meaning, None, "", line.number)))
        ends.append((word.start, word.end))
    if _CONTAINER.search(line.lower):
        return tuple(per for _, per in found)
    pers = line.words("per", "contains")
    pieces = find_pieces(line)
    days = line.words("day")
    taken: set[int] = set()
    rhythms: list[tuple[int, Per]] = []
    for number, per in enumerate(pers):
        stop = pers[number + 1].start if number + 1 < len(pers) else len(line.lower)
        if any(start <= per.start < end for start, end in ends):
            continue
        day = next((day for day in days if per.end <= day.start < min(stop, per.end + 6)), None)
        # "pro Tag" is one word of the table and holds the "pro".
        day = day or next((day for day in days if day.start <= per.start < day.end), None)
        near = [piece for piece in pieces if per.end <= piece.start < stop and piece.start not in taken]
        if per.kind == "contains":
            # "5 drops contain 10 mcg, 5 ml are 135 drops"
            near = [
                one for one in near if not any(per.end <= one_of.start < one.start for one_of in line.amounts)
            ]
        if not near and per.start >= 1:
            # Japanese counts before it says per: 2 capsules each.
            near = [
                piece
                for piece in pieces
                if _BESIDE.fullmatch(line.lower[piece.end : max(per.start, piece.end)])
                and piece.end <= per.start
                and piece.start not in taken
            ]
        piece = next((one for one in near if one.meaning != "serving"), None)
        as_serving = any(one.meaning == "serving" for one in near)
        if day is not None and _names_dose(line.lower[day.start : day.end]):
            found.append((per.start, _of_pieces("day", piece, line)))
            if piece is not None and piece.end <= per.start and per.kind == "per":
                rhythms.append(found[-1])
        elif as_serving:
            if piece is None and serving is not None:
                found.append((per.start, Per("serving", serving.count, serving.piece, line.number)))
            else:
                found.append((per.start, _of_pieces("serving", piece, line)))
        elif piece is not None:
            found.append((per.start, _of_pieces("piece", piece, line)))
        elif per.kind == "per" and _WEIGHED.match(line.lower[per.end :]):
            found.append((per.start, Per("serving", None, "", line.number)))
        if near:
            taken.update(one.start for one in near)
    if line.names and len(found) > len(rhythms):
        # "1 tablet per day. Per tablet: calcium 100 mg"
        found = [one for one in found if one not in rhythms]
    if not found:
        found += _opening(line, pieces) or _behind_slash(line, pieces)
    columns = tuple(per for _, per in sorted(found, key=lambda pair: pair[0]))
    # "D3 400 IU per drop; K2 10 mcg per drop" has no columns; nor has "per capsule / pro Kapsel".
    return columns[:1] if len(set(columns)) == 1 else columns


def _before_container(line: Line) -> Line:
    """The line without "servings per container: 30" behind it."""
    found = _CONTAINER.search(line.lower)
    servings = [word.start for word in line.words("serving") if found and word.start < found.start()]
    if len(servings) < 2:
        return line
    return read_line(line.number, line.plain[: servings[-1]])


# A heading of more pieces than this counts those of the pack.
MOST_PIECES = 12
# "per 10 g": as much as the label calls a serving.
_WEIGHED = re.compile(r"\s*(?!100\s?(?:g|ml)(?![^\W\d_]))[0-9]+(?:[.,][0-9]+)?\s?(?:g|ml|gram)(?![^\W\d_])")
# Between a piece and what it contains: "stick pack (5.2 g) contains".
_BESIDE = re.compile(r".{0,12}|\s?(?:[^\W\d_]{2,12})?\s?\([^()]{0,30}\)\s?(?:[^\W\d_]{2,12})?\s?")
_SLASH = re.compile(r"/\s?(?:[0-9]{1,2}\s?)?$")
_SAYS = re.compile(r"\s?(?:[^\W\d_]{3,12}\s?)?(?:\([^()]{0,40}\)\s*)?[:=]")


def _opening(line: Line, pieces: Sequence[Piece]) -> list[tuple[int, Per]]:
    """``1 drop: vitamin D3 10 mcg``; ``Tagesdosis (2 Kapseln): Calcium 400 mg``."""
    if not (line.names and line.amounts) or not pieces:
        return []
    counted = [one for one in pieces if one.meaning != "serving" and one.count and one.count <= MOST_PIECES]
    piece = next((one for one in counted if _SAYS.match(line.lower[one.end :])), next(iter(counted), None))
    if piece is None or piece.start > line.amounts[0].start:
        return []
    day = next((word for word in line.words("day") if word.start <= 2), None)
    if day is not None and _names_dose(line.lower[day.start : day.end]) and piece.start - day.end <= 12:
        return [(day.start, _of_pieces("day", piece, line))]
    if _SAYS.match(line.lower[piece.end :]):
        return [(piece.start, _of_pieces("piece", piece, line))]
    return []


def _behind_slash(line: Line, pieces: Sequence[Piece]) -> list[tuple[int, Per]]:
    """``MK-7 100 mcg / tablet``."""
    if not (line.names and line.amounts):
        return []
    found = [one for one in pieces if one.meaning != "serving" and _SLASH.search(line.lower[: one.start])]
    return [(one.start, _of_pieces("piece", one, line)) for one in found[:1]]


def _heading_cells(line: Line) -> tuple[Per, ...]:
    """Columns of a heading without "per": ``| 1 capsule | 3 capsules | % NRV``."""
    if line.names or (line.amounts and not line.has("weight")) or not re.search(r"\||\t|\s{3,}", line.plain):
        return ()
    found: list[Per] = []
    for cell in re.split(r"\||\t|\s{3,}", line.plain):
        part = read_line(line.number, cell)
        pieces = [piece for piece in find_pieces(part) if piece.count and piece.meaning != "serving"]
        weights = part.words("weight")
        if part.has("market", "ends") or "%" in cell:
            continue
        if weights:
            found.append(Per(weights[0].meaning, None, "", line.number))
        elif len(pieces) == 1 and len(cell.strip()) <= 30 and (pieces[0].count or 0) <= MOST_PIECES:
            found.append(_of_pieces("piece", pieces[0], line))
    return tuple(found)


def columns_of(line: Line, servings: Servings) -> tuple[Per, ...]:
    """Per what the amounts of a line are; what the line says itself outranks the heading of the table.

    Parameters
    ----------
    line : Line
        With amounts.
    servings : Servings
        Of its label.

    Returns
    -------
    tuple of Per
        One a column.
    """
    return per_phrases(line, servings.serving) or servings.per


def _names_dose(word: str) -> bool:
    """A dose of a day, "Tagesdosis", is something that amounts stand per; "daily" alone is a rhythm."""
    return bool(
        re.search(
            r"dos|dage|dawk|porcj|porci|目安|分|portie|amount|serving|portion|menge|verzehr|empfehlung|1日|journali|diaria|giornalier|tag$|jour$|dag$|dia$|day$|giorno$",
            word,
        )
    )


def _of_pieces(kind: str, piece: Piece | None, line: Line) -> Per:
    if piece is None:
        return Per(kind, None, "", line.number)
    return Per(kind, 1.0 if piece.count is None else piece.count, piece.meaning, line.number)


# "Do not exceed 2 capsules a day" is a limit: it counts only where nothing else is said.
_AT_MOST = re.compile(r"exceed|uberschr|depasser|oversch?rijd|superar|\bmax")


def _directions(lines: Sequence[Line]) -> Directions:
    found = [(line, made) for line in lines if (made := _directions_of(line)).pieces is not None]
    said = [made for line, made in found if not _AT_MOST.search(line.lower)]
    return next(iter([*said, *(made for _, made in found)]), Directions())


def _directions_of(line: Line) -> Directions:
    days = find_label_words(line.lower, "times", "day")
    rare = _RARE.search(line.lower)
    if not (days or rare) or line.names or _UP_TO.search(line.lower):
        return Directions()
    times = next((float(day.meaning) for day in days if day.kind == "times"), 1.0)
    if rare is not None:
        times = 1.0 / (float(rare["days"]) if rare["days"] else 7.0)
    pieces = [piece for piece in find_pieces(line) if piece.count or piece.meaning != "serving"]
    if not pieces:
        return Directions()
    piece = next((one for one in pieces if one.meaning != "serving"), pieces[0])
    count = 1.0 if piece.count is None else piece.count
    return Directions(count * times, piece.meaning, line.number) if 0 < count <= 60 else Directions()
