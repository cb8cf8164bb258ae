"""Rows of a diary table: date, time, and grams or an amount in words."""

from __future__ import annotations

import datetime
import re

from calciroute.errors import Problem
from calciroute.intake.amount_words import AmountError, SpokenAmount, spoken_amount
from calciroute.intake.diary_dates import read_dates
from calciroute.intake.diary_text import DiaryRow, DiaryText
from calciroute.intake.written_food import WrittenFood
from calciroute.tables.household import diary_words
from calciroute.tables.people_fields import read_people_fields
from calciroute.units.quantity import QuantityError, parse_number

_TIME = re.compile(r"(\d{1,2})[:.h](\d{2})(?::\d{2})?")
_BARE = re.compile(r"\d+(?:[.,]\d+)?")
_UNKNOWN_MEASURE = re.compile(r"(?:\d+(?:[.,]\d+)?|\d/\d|[½¼¾])\s*([^\W\d_][^\d,;]{1,30})")
# "150" without a unit is no count of pieces that anybody eats.
_MOST_PIECES = 31.0
_GRAMS_WORD = re.compile(r"(?<![^\W\d_])\s*(?:g|grams?)$", re.IGNORECASE)


def rows_of_table(text: DiaryText, problems: list[Problem]) -> list[WrittenFood]:
    """Understand the cells of a diary table.

    Parameters
    ----------
    text : DiaryText
        From `calciroute.intake.diary_text.read_diary_text`.
    problems : list of Problem
        Receives every wrong cell.

    Returns
    -------
    list of WrittenFood
        In file order. Where problems were found the rows are good for naming unknown foods alone.
    """
    dates = read_dates(
        [(row.where, row.cells["date"]) for row in text.rows], problems, day_first=text.local or None
    )
    found = []
    for row, date in zip(text.rows, dates, strict=True):
        clock_h = _clock(row, problems)
        amount = _amount(row, text.separator, problems)
        food = row.cells["food"]
        if food:
            # A row with a wrong cell is looked up all the same: its food is told in the same go.
            amount = amount or SpokenAmount(1.0, "g", "", food, food)
            day = date or datetime.date.min
            found.append(WrittenFood(row.where, day.isoformat(), day, clock_h, food, amount))
    return found


def _clock(row: DiaryRow, problems: list[Problem]) -> float | None:
    text = row.cells.get("time", "")
    if not text:
        meal = diary_words("meal").get(row.cells.get("meal", "").casefold())
        return float(meal) if meal else None
    if (named := diary_words("meal").get(text.casefold())) is not None:
        return float(named)
    match = _TIME.fullmatch(text)
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        problems.append(
            Problem(row.where, f"time '{text[:20]}' is not a time of day", "HH:MM or nothing", "07:30")
        )
        return None
    return int(match[1]) + int(match[2]) / 60.0


def _amount(row: DiaryRow, separator: str, problems: list[Problem]) -> SpokenAmount | None:
    food = row.cells["food"]
    if not food:
        problems.append(Problem(row.where, "the food is empty", "a name of the food table"))
    grams, words = row.cells.get("grams", ""), row.cells.get("amount", "")
    if unit := row.cells.get("unit", ""):
        words = f"{words or grams} {unit}" if words or grams else ""
        grams = ""
    if words and not grams:
        return _spoken(row, words, food, problems) if food else None
    weight = _grams(row, grams, separator, problems)
    if weight is None or not food:
        return None
    return SpokenAmount(weight, "g", "", food, food)


def _spoken(row: DiaryRow, words: str, food: str, problems: list[Problem]) -> SpokenAmount | None:
    try:
        amount = spoken_amount(f"{words} {food}")
    except AmountError as wrong:
        problems.append(Problem(row.where, wrong.found, wrong.expected, wrong.advice))
        return None
    if amount.measure is None and re.fullmatch(_BARE, words) and (amount.count or 0.0) >= _MOST_PIECES:
        found = f"amount '{words[:40]}' has no unit"
        problems.append(Problem(row.where, found, "a number and a measure", f"{words} g, if grams are meant"))
        return None
    if amount.food.casefold() != food.casefold() and not food.casefold().endswith(amount.food.casefold()):
        if (unknown := _UNKNOWN_MEASURE.fullmatch(words)) and amount.count is not None:
            # "2 fistfuls": a count of something that no table weighs; the food is told all the same.
            return SpokenAmount(amount.count, unknown[1].casefold(), "", food, food)
        found = f"amount '{words[:40]}' is not understood"
        problems.append(Problem(row.where, found, "a number and a measure", "150 g or 2 slices"))
        return None
    return SpokenAmount(amount.count, amount.measure, amount.size, food, food)


def _grams(row: DiaryRow, text: str, separator: str, problems: list[Problem]) -> float | None:
    field = read_people_fields("diary_fields.csv")["diary"]["grams"]
    if not text:
        problems.append(Problem(row.where, "grams is empty", f"{field.meaning}, {field.band}"))
        return None
    plain = _GRAMS_WORD.sub("", text)
    try:
        # Where the comma is the decimal mark, a point before three digits may part thousands.
        if separator == ";" and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", plain):
            raise QuantityError(f"'{text}' may be {plain.rstrip('0')} or {plain.replace('.', '')}")
        grams = parse_number(plain)
    except QuantityError as wrong:
        problems.append(Problem(row.where, f"grams {str(wrong)[:120]}", field.band, "digits, such as 150"))
        return None
    assert field.lower is not None
    assert field.upper is not None
    if not field.lower <= grams <= field.upper:
        problems.append(Problem(row.where, f"grams is {grams:.4g}", field.band, field.outside))
        return None
    return grams
