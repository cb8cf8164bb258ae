"""The words and rows of an intake, shared by terminal and page."""

from __future__ import annotations

from calciroute.intake.beside import Reference
from calciroute.intake.diary_days import NutrientDays, Span
from calciroute.intake.diary_items import OpenFood
from calciroute.intake.diary_missing import MISSING_WORDS
from calciroute.report.amounts import NOT_KNOWN, amount
from calciroute.report.intake_answer import DAILY, IntakeAnswer, shown_nutrients
from calciroute.units.quantity import shown_unit

OPEN_END = (
    "+ ?: over 40 % of the lines have no value; the range is of those that have one, the rest comes on top."
)
_MOST_OPEN = 40
_ALIKE = 1e-9  # days that differ by less differ by rounding alone


def unit_words(one: NutrientDays) -> str:
    """Unit a day as people read it, such as ``mcg/d``."""
    return f"{shown_unit(one.unit)}/d"


def known_words(one: NutrientDays) -> str:
    """Of how many lines, and of how much of the weight, there is a value."""
    lines = f"{one.known} of {one.lines} lines"
    if one.grams <= 0.0:
        return lines
    return f"{lines}, {100.0 * one.grams_known / one.grams:.0f} % of the weight found"


def main_rows(answer: IntakeAnswer) -> list[tuple[str, str, str, str, str, str]]:
    """Rows of the main table: nutrient, unit, low, central, high, known.

    Parameters
    ----------
    answer : IntakeAnswer
        From `calciroute.report.intake_answer.diary_intake`.

    Returns
    -------
    list of tuple of str
        Where over 40 % of the lines are open there is no central value, and the range is of what is known.
    """
    rows = []
    for one in shown_nutrients(answer):
        known = known_words(one)
        if not one.known:
            rows.append((one.printed, unit_words(one), NOT_KNOWN, NOT_KNOWN, NOT_KNOWN, known))
            continue
        low, high = amount(one.mean.low), amount(one.mean.high)
        if one.has_centre:
            rows.append((one.printed, unit_words(one), low, amount(one.mean.central), high, known))
        else:
            rows.append((one.printed, unit_words(one), low, NOT_KNOWN, f"{high} + ?", known))
    return rows


def day_rows(answer: IntakeAnswer) -> tuple[list[str], list[list[str]]]:
    """Days against vitamers: low to high, and the central sum of what is known where it may stand.

    Parameters
    ----------
    answer : IntakeAnswer
        From `calciroute.report.intake_answer.diary_intake`.

    Returns
    -------
    tuple of list of str and list of list of str
        Headings; a row a day.
    """
    shown = [answer.intake.nutrients[name] for name in DAILY if answer.intake.nutrients[name].mean.high > 0]
    headings = ["day", *(f"{one.printed} {unit_words(one)}" for one in shown)]
    rows = []
    for place, day in enumerate(answer.intake.days):
        rows.append([day, *(_cell(one, one.by_day[place]) for one in shown)])
    return headings, rows


def _cell(one: NutrientDays, span: Span) -> str:
    return mean_words(span) if one.has_centre else f"{range_words(span)} + ?"


def range_words(span: Span) -> str:
    """Lowest and highest amount; one number where both print alike.

    Parameters
    ----------
    span : Span
        In one unit.

    Returns
    -------
    str

    Examples
    --------
    >>> range_words(Span(11.1, 11.2, 11.3)), range_words(Span(3.0, 5.0, 9.0))
    ('11', '3 to 9')
    """
    low, high = amount(span.low), amount(span.high)
    return low if low == high else f"{low} to {high}"


def mean_words(span: Span) -> str:
    """Central amount with its range in brackets; without them where no spread shows.

    Parameters
    ----------
    span : Span
        In one unit.

    Returns
    -------
    str

    Examples
    --------
    >>> mean_words(Span(329.0, 360.0, 407.0)), mean_words(Span(4.1, 4.1, 4.1))
    ('360 (329 to 407)', '4.1')
    """
    ends = range_words(span)
    return f"{amount(span.central)} ({ends})" if " to " in ends else ends


def steadiness_lines(answer: IntakeAnswer) -> list[str]:
    """How much the days differ, a sentence a vitamer.

    Parameters
    ----------
    answer : IntakeAnswer
        From `calciroute.report.intake_answer.diary_intake`.

    Returns
    -------
    list of str
        Empty for a diary of one day.
    """
    if len(answer.intake.days) < 2:
        return []
    lines = []
    for name in DAILY:
        one = answer.intake.nutrients[name]
        lowest, highest, spread = one.spread
        if highest <= 0.0:
            continue
        if spread < _ALIKE * highest:
            spread = 0.0
        known, unit = "" if one.has_centre else ", of what is known", shown_unit(one.unit)
        lines.append(
            f"{one.printed}: lowest day {amount(lowest)} {unit}, highest day {amount(highest)} {unit}, "
            f"standard deviation of the days {amount(spread)} {unit}{known}"
        )
    return lines


def contributor_lines(answer: IntakeAnswer) -> list[str]:
    """The foods that bring most, a line a vitamer.

    Parameters
    ----------
    answer : IntakeAnswer
        From `calciroute.report.intake_answer.diary_intake`.

    Returns
    -------
    list of str
        Of what is known.
    """
    lines = []
    for name in DAILY:
        one = answer.intake.nutrients[name]
        if one.contributors:
            foods = "; ".join(
                f"{food.name} {amount(food.amount)} ({share_words(food.share)})" for food in one.contributors
            )
            lines.append(f"{one.printed} ({unit_words(one)}): {foods}")
    return lines


def share_words(share: float) -> str:
    """A share as whole percent.

    Parameters
    ----------
    share : float
        0 to 1.

    Returns
    -------
    str

    Examples
    --------
    >>> share_words(0.494), share_words(0.002)
    ('49 %', 'under 1 %')
    """
    return f"{100.0 * share:.0f} %" if share >= 0.005 else "under 1 %"


def missing_lines(answer: IntakeAnswer) -> list[str]:
    """Why lines have no value, each kind with the vitamers and how many lines.

    Parameters
    ----------
    answer : IntakeAnswer
        From `calciroute.report.intake_answer.diary_intake`.

    Returns
    -------
    list of str
        In the order of `MISSING_WORDS`.
    """
    lines = []
    for kind, words in MISSING_WORDS.items():
        counts: dict[int, list[str]] = {}
        for one in shown_nutrients(answer):
            if count := one.missing.get(kind, 0):
                counts.setdefault(count, []).append(one.printed)
        said = "; ".join(f"{', '.join(names)}: {count}" for count, names in sorted(counts.items()))
        if said:
            lines.append(f"{words} (lines: {said})")
    return lines


def open_lines(left: tuple[OpenFood, ...]) -> list[str]:
    """Lines that were not found, with near names that nobody chose.

    Parameters
    ----------
    left : tuple of OpenFood
        Of a diary.

    Returns
    -------
    list of str
        At most forty, then how many more.
    """
    lines = []
    for one in left[:_MOST_OPEN]:
        near = "; ".join(choice.word or choice.name for choice in one.choices)
        hint = f" Near, not chosen: {near}." if near and one.kind != "unweighed" else ""
        ask = f" Write: {one.advice}." if one.kind == "unweighed" else ""
        number = one.written.where.rsplit(":", 1)[-1]
        lines.append(f"line {number}, '{_quoted(one.written.text)}': {_quoted(one.reason, 160)}.{hint}{ask}")
    if len(left) > _MOST_OPEN:
        lines.append(f"and {len(left) - _MOST_OPEN} more")
    return lines


def _quoted(text: str, longest: int = 60) -> str:
    return "".join(mark if mark.isprintable() else " " for mark in text)[:longest]


def reference_lines(answer: IntakeAnswer) -> list[str]:
    """Each reference intake with the diary's own amount before it.

    Parameters
    ----------
    answer : IntakeAnswer
        From `calciroute.report.intake_answer.diary_intake`.

    Returns
    -------
    list of str
        Empty under a notice.
    """
    return [_reference_line(answer, one) for one in answer.references]


def _reference_line(answer: IntakeAnswer, one: Reference) -> str:
    mark = "" if one.verified else ", not verified"
    advised = f"{one.kind} {amount(one.value)} {shown_unit(one.unit)}/d, {one.who} ({one.row_id}{mark})"
    if not one.nutrient:
        return f"{one.printed}: {advised}. Its base is another, {one.basis}: nothing here stands beside it"
    days = answer.intake.nutrients[one.nutrient]
    base = f"; base: {shown_unit(one.basis)}" if one.nutrient == "K1" and one.basis else ""
    return f"{days.printed}: {_own(days)} in the diary; {advised}{base}"


def _own(days: NutrientDays) -> str:
    unit = unit_words(days)
    if not days.known:
        return "not known"
    if not days.has_centre:
        return f"{range_words(days.mean)} {unit} of what is known"
    return f"{mean_words(days.mean)} {unit}"


def observed_lines(answer: IntakeAnswer) -> list[str]:
    """What people were seen to eat of menaquinones.

    Parameters
    ----------
    answer : IntakeAnswer
        From `calciroute.report.intake_answer.diary_intake`.

    Returns
    -------
    list of str
        The diary's own sum first, named as such; empty under a notice.
    """
    if not answer.observed:
        return []
    own = [answer.intake.nutrients[name] for name in ("MK4", "MK5", "MK6", "MK7", "MK8", "MK9")]
    total = Span(*(sum(getattr(one.mean, end) for one in own) for end in ("low", "central", "high")))
    if all(one.has_centre for one in own):
        first = f"MK-4 to MK-9 added by mass, for this comparison alone: {mean_words(total)} mcg/d"
    else:
        first = (
            f"MK-4 to MK-9 of the foods with a value, by mass: {range_words(total)} mcg/d; more is not known"
        )
    rest = [
        f"{one.who}: {one.printed} {one.words} ({one.source}{'' if one.verified else ', not verified'})"
        for one in answer.observed
    ]
    return [f"this diary, {first}", *rest]


def meal_lines(answer: IntakeAnswer) -> list[str]:
    """Fat by meal and totals that no table takes apart.

    Parameters
    ----------
    answer : IntakeAnswer
        From `calciroute.report.intake_answer.diary_intake`.

    Returns
    -------
    list of str
    """
    lines = []
    fat = answer.intake.fat_by_meal
    if fat is not None:
        morning, midday, evening = (amount(grams) for grams in fat.grams)
        lines.append(
            f"Fat with meals: {morning} g/d before 11:00, {midday} g/d from 11:00 to 16:00, "
            f"{evening} g/d later ({fat.timed_lines} of {fat.lines} lines have a time)"
        )
    for holds, span in answer.intake.unsplit.items():
        lines.append(
            f"Beside the table, {holds}: {range_words(span)} mcg/d; "
            "no source takes it apart, so it is in no row above"
        )
    return lines
