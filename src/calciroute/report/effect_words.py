"""What trials of a habit found, as one sentence with size, interval, number of people and certainty."""

from __future__ import annotations

from calciroute.report.amounts import THIN
from calciroute.report.cited import cited
from calciroute.tables.csv_table import Row

MINUS = "\u2212"
# Outcomes and units of lifestyle.csv as people read them.
_OUTCOMES = {
    "SBP": "upper blood pressure",
    "DBP": "lower blood pressure",
    "PWV": "pulse wave velocity",
    "central PWV": "central pulse wave velocity",
    "PWV effect size": "pulse wave velocity",
    "SBP effect size": "upper blood pressure",
    "cfPWV": "pulse wave velocity of the aorta",
    "IOP": "pressure in the eye",
    "IMT": "thickness of the artery wall",
    "CVD hazard": "hazard of heart and vessel disease",
    "MI relative risk on supplements": "relative risk of a heart attack on calcium products",
    "CAC change percent": "change of the coronary calcium score",
}
_UNITS = {
    "SMD": "standard deviations",
    "hazard ratio": "",
    "relative risk": "",
    "odds ratio": "",
    "percent": "%",
}


def effect_words(row: Row) -> str:
    """One row of ``lifestyle.csv`` in words.

    Parameters
    ----------
    row : Row
        Of `calciroute.tables.lifestyle.read_lifestyle`.

    Returns
    -------
    str
        An interval that includes no change says so; a row without a size says that none was found.

    Examples
    --------
    >>> import textwrap
    >>> from calciroute.tables.lifestyle import read_lifestyle
    >>> row = next(row for row in read_lifestyle() if row.text("id") == "L018")
    >>> print(textwrap.fill(effect_words(row), 84))
    aerobic endurance training (adults, 12 weeks): pulse wave velocity −0.67 m/s
    (−0.97 to −0.38); meta-analysis of RCT, 26 studies, 1\u202f654 people; moderate certainty;
    huang2016ex
    """
    weeks = row.number("duration_weeks")
    who = row.text("population") + (f", {weeks:g} weeks" if weeks else "")
    size = _size(row)
    parts = [f"{row.text('item')} ({who}): {size}", _studies(row)]
    parts += [f"{row.text('certainty')} certainty"] if row.text("certainty") else []
    if row.text("source"):
        parts.append(cited(row.text("source"), row.text("verified")))
    return "; ".join(part for part in parts if part)


def _size(row: Row) -> str:
    outcome = _OUTCOMES.get(row.text("outcome"), row.text("outcome"))
    effect, low, high = (row.number(name) for name in ("effect", "effect_low", "effect_high"))
    if effect is None:
        return f"{outcome}: no size was found"
    unit = _UNITS.get(row.text("unit"), row.text("unit"))
    shown = f"{outcome} {_number(effect)}{f' {unit}' if unit else ''}"
    if low is None or high is None:
        return f"{shown}, no interval"
    ratio = row.text("unit").endswith(("ratio", "risk"))
    nothing = low <= (1.0 if ratio else 0.0) <= high
    return f"{shown} ({_number(low)} to {_number(high)}{'; no change is among it' if nothing else ''})"


def _studies(row: Row) -> str:
    studies, people = row.number("n_studies"), row.number("n_people")
    parts = [row.text("design")]
    parts += [f"{_count(studies)} {'study' if studies == 1 else 'studies'}"] if studies else []
    parts += [f"{_count(people)} people"] if people else []
    return ", ".join(parts)


def _count(number: float) -> str:
    return f"{number:,.0f}".replace(",", THIN)


def _number(value: float) -> str:
    return f"{value:g}".replace("-", MINUS)
