"""A food diary as daily amounts: each vitamer and mineral by itself, with spread and how much is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from calciroute.errors import InputError
from calciroute.intake.diary_items import DiaryFoods, foods_of, open_problems, read_foods_of
from calciroute.intake.diary_sums import DailyAmount, Entry, daily_amounts, meal_shares

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
        CSV with the headings date, time, food, grams; or plain lines such as ``2 slices gouda``.
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
    return diary_of(read_foods_of(Path(path), region))


def parse_diary(text: str, region: str | None = None, where: str = "diary.csv") -> Diary:
    r"""Read a diary from text.

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
    return diary_of(foods_of(text, region, where))


def diary_of(foods: DiaryFoods) -> Diary:
    """Means over the days of a diary.

    Parameters
    ----------
    foods : DiaryFoods
        From `calciroute.intake.diary_items`.

    Returns
    -------
    Diary

    Raises
    ------
    InputError
        With every food that is not found: a simulation does not go on with less than was eaten.
    """
    if foods.open:
        raise InputError(open_problems(foods.open))
    entries = entries_of(foods)
    assumed = sum(one.weighed.assumed for one in foods.eaten)
    said = f"{assumed} of {len(entries)} foods are weighed by a usual portion or measure (assumed)."
    days = len({entry.date for entry in entries})
    sums = daily_amounts(entries, days, foods.region)
    return Diary(
        amounts=MappingProxyType(sums),
        days=days,
        items=len(entries),
        region=foods.region,
        calcium_shares=meal_shares(entries, foods.region),
        fermented_share=sum(entry.fermented for entry in entries) / len(entries),
        notes=(*foods.notes, *([said] if assumed else []), *_notes(sums, entries, days, foods.region)),
        source=foods.where,
    )


def entries_of(foods: DiaryFoods) -> list[Entry]:
    """The foods that were found, as the sums take them.

    Parameters
    ----------
    foods : DiaryFoods
        Of one diary.

    Returns
    -------
    list of Entry
        In file order.
    """
    return [Entry(one.written.date, one.written.clock_h, one.food, one.weighed.grams) for one in foods.eaten]


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
