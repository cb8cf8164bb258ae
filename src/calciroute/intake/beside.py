"""Reference intakes and observed intakes that a diary may be read beside; neither is a verdict.

Vitamin K of every body is phylloquinone or a total of its own base, so K1 alone stands beside it where the
base is K1. For menaquinones no body gives a value: what people were seen to eat is shown, a distribution and
no target.
"""

from __future__ import annotations

from dataclasses import dataclass

from calciroute.errors import InputError, Problem, near_names
from calciroute.tables.csv_table import Row
from calciroute.tables.populations import read_populations
from calciroute.tables.reference_bodies import ReferenceBody, read_reference_bodies
from calciroute.tables.reference_intakes import read_reference_intakes

# What a person is advised to eat: neither upper levels nor derivations.
_ADVISED = frozenset({"AI", "RDA", "PRI", "recommended", "estimated value"})
_NUTRIENTS = {"vitamin K": "K1", "calcium": "calcium", "magnesium": "magnesium", "vitamin D": "D3"}
_TOTAL = "total K"
_YOUNGEST_Y = 18.0
_OBSERVED_KINDS = frozenset({"mean", "median", "mean range", "tertile cut upper"})
_OBSERVED_NUTRIENTS = frozenset({"K2", "total K", "MK-7", "MK-4"})


@dataclass(frozen=True)
class Reference:
    """A reference intake.

    Parameters
    ----------
    nutrient : str
        What of the diary stands beside it, such as ``K1``; empty where the base is another.
    printed : str
        As the body calls it, such as ``vitamin K``.
    value : float
        In `unit` a day.
    unit, kind, who, basis, row_id : str
        ug or mg; AI, RDA ...; age and sex; what the body counts; ids of its rows.
    verified : bool
        False where the number is only remembered.
    """

    nutrient: str
    printed: str
    value: float
    unit: str
    kind: str
    who: str
    basis: str
    row_id: str
    verified: bool


@dataclass(frozen=True)
class Observed:
    """What people were seen to eat.

    Parameters
    ----------
    printed, words, who, source : str
        Such as ``K2``; value with its spread; which people; key in references.bib.
    verified : bool
        False where the number is only remembered.
    """

    printed: str
    words: str
    who: str
    source: str
    verified: bool


def body_called(word: str | None, region: str | None = None) -> ReferenceBody | None:
    """The body of a word, or of a region where no word is given.

    Parameters
    ----------
    word : str or None
        As ``--body`` takes it, in any case.
    region : str, optional
        Country of the food, two letters.

    Returns
    -------
    ReferenceBody or None
        None where nothing is given and no body speaks for the region.

    Raises
    ------
    InputError
        For a word that no body has.

    Examples
    --------
    >>> body_called("EFSA").name, body_called(None, "JP").word, body_called(None, "NP")
    ('EFSA', 'jp', None)
    """
    bodies = read_reference_bodies()
    if word is None:
        return next((body for body in bodies if region in body.regions), None)
    for body in bodies:
        if word.strip().casefold() in {body.word, body.name.casefold()}:
            return body
    words = [body.word for body in bodies]
    near = near_names(word, words)
    raise InputError(
        [Problem("--body", f"'{word[:30]}' is no body", ", ".join(words), f"'{near[0]}'" if near else "")]
    )


def references_of(
    body: ReferenceBody, sex: str | None = None, age_years: float | None = None
) -> tuple[Reference, ...]:
    """Reference intakes of adults.

    Parameters
    ----------
    body : ReferenceBody
        Whose.
    sex : {"female", "male"}, optional
        Both are shown where it is left out.
    age_years : float, optional
        All adult ages are shown where it is left out.

    Returns
    -------
    tuple of Reference
        In the order of the table.

    Examples
    --------
    >>> [(one.nutrient, one.value) for one in references_of(body_called("us"), "male", 62.0)]
    [('K1', 120.0), ('calcium', 1000.0), ('magnesium', 420.0), ('D3', 15.0)]
    """
    found = []
    for row in read_reference_intakes():
        wanted = row.text("record_type") == "drv" and row.text("body") == body.name
        if not wanted or row.text("nutrient") not in _NUTRIENTS or row.text("value_type") not in _ADVISED:
            continue
        if row.text("life_stage") or not _fits(row, sex, age_years):
            continue
        found.append(row)
    order = list(_NUTRIENTS)
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in sorted(found, key=lambda row: order.index(row.text("nutrient"))):
        same = ("nutrient", "value", "value_type", "sex", "basis")
        groups.setdefault(tuple(row.text(column) for column in same), []).append(row)
    return tuple(_reference(rows) for rows in groups.values())


def _fits(row: Row, sex: str | None, age_years: float | None) -> bool:
    if sex is not None and row.text("sex") not in {"all", "F" if sex == "female" else "M"}:
        return False
    youngest, oldest = row.number("age_min_y"), row.number("age_max_y")
    if age_years is None:
        return oldest is None or oldest > _YOUNGEST_Y
    whole = int(age_years)
    return (youngest is None or whole >= youngest) and (oldest is None or whole <= oldest)


def _reference(rows: list[Row]) -> Reference:
    """One line for ages that a body gives the same value."""
    row = rows[0]
    total = row.text("basis").startswith(_TOTAL) or "as adult" in row.text("basis")
    sexes = {"all": "adults", "F": "women", "M": "men"}[row.text("sex")]
    youngest = min(one.number("age_min_y") or 0.0 for one in rows)
    oldest = max(one.number("age_max_y") or 120.0 for one in rows)
    ages = f"from {youngest:g} y" if oldest >= 100 else f"{youngest:g} to {oldest:g} y"
    return Reference(
        "" if row.text("nutrient") == "vitamin K" and total else _NUTRIENTS[row.text("nutrient")],
        row.text("nutrient"),
        float(row.text("value")),
        row.text("unit").removesuffix("/d"),
        row.text("value_type"),
        f"{sexes} {ages}",
        row.text("basis"),
        ", ".join(one.text("id") for one in rows),
        all(one.text("verified") != "memory" for one in rows),
    )


def observed_intakes(region: str | None = None) -> tuple[Observed, ...]:
    """Intakes of menaquinones that were seen in groups of people.

    Parameters
    ----------
    region : str, optional
        Unused rows are not dropped by it; it only brings the group of that country to the front.

    Returns
    -------
    tuple of Observed
        What a source printed, one row a number.

    Examples
    --------
    >>> observed_intakes("NL")[0].words
    'mean 29.1 (SD 12.8) mcg/d'
    """
    found = [
        Observed("K2", _level(row), row.text("who"), row.text("source"), row.text("verified") != "memory")
        for row in read_populations()
        if row.text("quantity") == "intake_k2"
    ]
    for row in read_reference_intakes():
        fits = row.text("record_type") == "observed_intake" and row.text("nutrient") in _OBSERVED_NUTRIENTS
        if not fits or row.text("value_type") not in _OBSERVED_KINDS or not row.text("unit").startswith("ug"):
            continue
        if any(row.text("source") == one.source for one in found):
            continue
        who = f"{row.text('body')}: {row.text('population')}"
        words = _observed_words(row)
        found.append(
            Observed(row.text("nutrient"), words, who, row.text("source"), row.text("verified") != "memory")
        )
    country = _COUNTRIES.get(region or "", "no country")
    return tuple(sorted(found, key=lambda one: country not in one.who))


_COUNTRIES = {"NL": "Dutch", "JP": "Japan", "DK": "Denmark", "KR": "Korea", "DE": "Germany"}


def _level(row: Row) -> str:
    value, spread = row.number("value"), row.number("sd")
    return f"{row.text('statistic')} {value:g}{f' (SD {spread:g})' if spread is not None else ''} mcg/d"


def _observed_words(row: Row) -> str:
    low, high = row.number("value_low"), row.number("value_high")
    unit = row.text("unit").replace("ug", "mcg", 1)
    if row.text("value_type") == "tertile cut upper":
        return f"a third below {low:g}, a third above {high:g} {unit}"
    note = row.text("basis")
    spread = f" ({note})" if note.startswith("SD") else ""
    ends = f" ({low:g} to {high:g})" if low is not None and high is not None else ""
    return f"{row.text('value_type')} {float(row.text('value')):g}{ends}{spread} {unit}"


def gap_of(region: str | None) -> str:
    """What is said where nobody published an intake of menaquinones of a country.

    Parameters
    ----------
    region : str or None
        Two letters.

    Returns
    -------
    str
        A sentence; empty where nothing has to be said.

    Examples
    --------
    >>> gap_of("IN")
    'No published intake of menaquinones in India was found.'
    """
    return "No published intake of menaquinones in India was found." if region == "IN" else ""
