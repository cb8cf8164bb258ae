"""A food diary as daily amounts: each vitamer and mineral by itself, with spread and how much is known."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from calciroute.errors import InputError, Problem
from calciroute.intake.diary_dates import read_dates
from calciroute.intake.diary_sums import DailyAmount, Entry, daily_amounts, meal_shares
from calciroute.intake.diary_text import DiaryRow, DiaryText, diary_text_from, read_diary_text
from calciroute.intake.foods import find_food
from calciroute.tables.people_fields import read_people_fields
from calciroute.units.quantity import QuantityError, parse_number

_TIME = re.compile(r"(\d{1,2})[:.h](\d{2})(?::\d{2})?")
_GRAMS_WORD = re.compile(r"\s*(?:g|grams?)$", re.IGNORECASE)
# Near names take time: the first unknown foods get them, the rest are named without.
_SUGGESTIONS = 25
# Fewer days say little about a person's usual diet.
FEW_DAYS = 3


@dataclass(frozen=True)
class Diary:
    """What a person ate, as means over the days that the diary covers.

    Parameters
    ----------
    amounts : mapping of str to DailyAmount
        By K1, MK4, MK5, MK6, MK7, MK8, MK9, MK89 (MK-8 and MK-9 together, the model's input), D3 (ug/d),
        calcium, phosphorus, magnesium, sodium (mg/d).
    days, items : int
        Days with an entry; entries.
    region : str or None
        Where the food is from.
    calcium_shares : tuple of float or None
        Shares of the day's calcium in morning, midday and evening; None where times are missing.
    fermented_share : float
        Share of entries that are fermented foods.
    notes : tuple of str
        What was understood or assumed.
    source : str
        The file.
    """

    amounts: Mapping[str, DailyAmount]
    days: int
    items: int
    region: str | None
    calcium_shares: tuple[float, float, float] | None
    fermented_share: float
    notes: tuple[str, ...]
    source: str

    def known_amounts(self) -> dict[str, float]:
        """Central amounts that the diary itself gives, MK-7 from dairy apart from other MK-7.

        Returns
        -------
        dict of str to float
            By K1, MK4, MK7, MK7_dairy, MK8, MK9, D3 (ug/d) and the minerals (mg/d); what too few foods tell
            is absent, and `reasons` says why.
        """
        known = {
            name: amount.central
            for name, amount in self.amounts.items()
            if not amount.assumed and amount.central is not None and name != "MK89"
        }
        if self.amounts["MK89"].assumed:
            known = {name: value for name, value in known.items() if name not in {"MK8", "MK9"}}
        if "MK7" in known:
            known["MK7_dairy"] = known["MK7"] * self.amounts["MK7"].dairy_share
            known["MK7"] -= known["MK7_dairy"]
        return known

    def reasons(self) -> dict[str, str]:
        """Why a nutrient is absent from `known_amounts`.

        Returns
        -------
        dict of str to str
            By nutrient, one sentence each.
        """
        unknown = self.amounts["MK89"].assumed
        reasons = {name: amount.words for name, amount in self.amounts.items() if amount.assumed}
        if unknown:
            reasons |= dict.fromkeys(("MK8", "MK9"), self.amounts["MK89"].words)
        return reasons


def read_diary(path: Path, region: str | None = None) -> Diary:
    """Read a diary file.

    Parameters
    ----------
    path : Path
        CSV with the headings date, time, food, grams.
    region : str, optional
        Country of the food, two letters; without it the spread over all regions is shown.

    Returns
    -------
    Diary

    Raises
    ------
    InputError
        With every problem of the file.
    """
    return diary_from_text(read_diary_text(Path(path)), region)


def parse_diary(text: str, region: str | None = None, where: str = "diary.csv") -> Diary:
    r"""Read a diary from CSV text.

    Parameters
    ----------
    text : str
        As in a diary file.
    region : str, optional
        Country of the food, two letters.
    where : str
        Name for messages.

    Returns
    -------
    Diary

    Raises
    ------
    InputError
        With every problem of the text.

    Examples
    --------
    >>> text = "date,time,food,grams\n2026-03-02,08:00,natto,40\n2026-03-03,12:00,tofu,100"
    >>> diary = parse_diary(text, "NL")
    >>> round(diary.amounts["MK7"].central, 1), diary.amounts["MK7"].known, diary.amounts["MK7"].items
    (199.6, 2, 2)
    """
    return diary_from_text(diary_text_from(text, where), region)


def diary_from_text(text: DiaryText, region: str | None) -> Diary:
    """Understand the cells of a diary; see `read_diary`.

    Parameters
    ----------
    text : DiaryText
        From `read_diary_text`.
    region : str or None
        Country of the food.

    Returns
    -------
    Diary

    Raises
    ------
    InputError
        With every problem of the file.
    """
    problems: list[Problem] = []
    dates = read_dates([(row.where, row.cells["date"]) for row in text.rows], problems)
    foods = _foods(text.rows, region, problems)
    entries = []
    for row, date in zip(text.rows, dates, strict=True):
        clock_h = _clock(row, problems)
        grams = _grams(row, text.separator, problems)
        food = foods.get(row.cells["food"].casefold())
        if date is not None and grams is not None and food is not None:
            entries.append(Entry(date, clock_h, food, grams))
    if problems:
        problems.sort(key=lambda problem: int(problem.where.rsplit(":", 1)[-1]))
        raise InputError(problems)
    days = len({entry.date for entry in entries})
    sums = daily_amounts(entries, days, region)
    notes = [*text.notes, *_notes(sums, entries, days, region)]
    return Diary(
        amounts=MappingProxyType(sums),
        days=days,
        items=len(entries),
        region=region,
        calcium_shares=meal_shares(entries, region),
        fermented_share=sum(entry.fermented for entry in entries) / len(entries),
        notes=tuple(notes),
        source=text.where,
    )


def _foods(rows: tuple[DiaryRow, ...], region: str | None, problems: list[Problem]) -> dict[str, str]:
    """Each word once: an unknown food is told with its first line and how often it stands there."""
    lines: dict[str, list[DiaryRow]] = {}
    for row in rows:
        lines.setdefault(row.cells["food"].casefold(), []).append(row)
    foods: dict[str, str] = {}
    for word, found in lines.items():
        mine: list[Problem] = []
        if not word:
            mine.extend(Problem(row.where, "the food is empty", "a name of the food table") for row in found)
            problems.extend(mine)
            continue
        food = find_food(
            found[0].cells["food"], region, found[0].where, mine, suggest=len(problems) < _SUGGESTIONS
        )
        if food is not None:
            foods[word] = food
        for problem in mine:
            again = f" (and in {len(found) - 1} more lines)" if len(found) > 1 else ""
            problems.append(Problem(problem.where, problem.found + again, problem.expected, problem.advice))
    return foods


def _clock(row: DiaryRow, problems: list[Problem]) -> float | None:
    text = row.cells.get("time", "")
    if not text:
        return None
    match = _TIME.fullmatch(text)
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        problems.append(
            Problem(row.where, f"time '{text[:20]}' is not a time of day", "HH:MM or nothing", "07:30")
        )
        return None
    return int(match[1]) + int(match[2]) / 60.0


def _grams(row: DiaryRow, separator: str, problems: list[Problem]) -> float | None:
    field = read_people_fields("diary_fields.csv")["diary"]["grams"]
    text = row.cells["grams"]
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


def _notes(sums: Mapping[str, DailyAmount], entries: list[Entry], days: int, region: str | None) -> list[str]:
    notes = []
    if days < FEW_DAYS:
        notes.append(f"The diary covers {days} day{'s' if days > 1 else ''}: low confidence.")
    if region is None:
        notes.append("The region of the food is not known: the spread over all regions is shown.")
    span = (max(entry.date for entry in entries) - min(entry.date for entry in entries)).days + 1
    if span > days:
        notes.append(f"{span - days} days between the first and the last have no entry and are left out.")
    notes += [amount.words for name, amount in sums.items() if amount.assumed and name not in {"MK8", "MK9"}]
    return notes
