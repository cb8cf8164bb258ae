"""One food of a diary before it is looked up; tables and plain lines both end in these."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from calciroute.intake.amount_words import SpokenAmount


@dataclass(frozen=True)
class WrittenFood:
    """One food of a diary before it is looked up.

    Parameters
    ----------
    where, day : str
        ``file:line``; the day as the diary names it.
    date : date
        Of the day.
    clock_h : float or None
        Time of day.
    text : str
        As written.
    amount : SpokenAmount
        Taken apart; a weight in grams has the measure ``g``.
    """

    where: str
    day: str
    date: datetime.date
    clock_h: float | None
    text: str
    amount: SpokenAmount
