"""What a diary holds, in the one or two sentences that stand first."""

from __future__ import annotations

from calciroute.intake.diary_days import NutrientDays
from calciroute.report.amounts import amount
from calciroute.report.intake_answer import MENAQUINONES, IntakeAnswer
from calciroute.report.intake_words import mean_words, range_words, share_words
from calciroute.units.quantity import shown_unit


def intake_sentence(answer: IntakeAnswer) -> str:
    """The answer first: K1, calcium and the largest menaquinone; under a notice how far the days differ.

    Parameters
    ----------
    answer : IntakeAnswer
        From `calciroute.report.intake_answer.diary_intake`.

    Returns
    -------
    str
        What has no value is said to be not known, never taken as zero; no target, no praise.

    Examples
    --------
    >>> from calciroute.intake.diary_items import foods_of
    >>> from calciroute.report.intake_answer import diary_intake
    >>> intake_sentence(diary_intake(foods_of("50 g natto", "NL"))).split(". ")[1][:41]
    'The menaquinone that it holds most of is '
    """
    if answer.notice is not None:
        return _steadiness(answer)
    nutrients = answer.intake.nutrients
    day = "On its one day" if len(answer.intake.days) == 1 else "On a mean day"
    return (
        f"{day} this diary holds {_held(nutrients['K1'])} and {_held(nutrients['calcium'])}. "
        f"{_menaquinone(answer)}"
    )


def _held(one: NutrientDays) -> str:
    unit = shown_unit(one.unit)
    if not one.known:
        return f"an amount of {one.printed} that is not known"
    if one.has_centre:
        shown = mean_words(one.mean)
        central, bracket, ends = shown.partition(" (")
        return f"{central} {unit} of {one.printed}{bracket}{ends}"
    lines = f"{one.known} of {one.lines} lines have a value"
    return f"at least {amount(one.mean.low)} {unit} of {one.printed} ({lines})"


def _menaquinone(answer: IntakeAnswer) -> str:
    most = max((answer.intake.nutrients[name] for name in MENAQUINONES), key=lambda one: one.mean.high)
    if most.mean.high <= 0.0:
        return "No amount of a menaquinone (MK-4 to MK-9) is known in it, which is not zero."
    unit = shown_unit(most.unit)
    if most.has_centre:
        shown = mean_words(most.mean)
        central, bracket, ends = shown.partition(" (")
        return (
            f"The menaquinone that it holds most of is {most.printed}, {central} {unit}{bracket}{ends}, "
            f"from {most.known} of {most.lines} lines with a value."
        )
    return (
        f"Of what is known of menaquinones most is {most.printed}, {range_words(most.mean)} {unit}; "
        f"{most.lines - most.known} of {most.lines} lines have no value of it."
    )


def _steadiness(answer: IntakeAnswer) -> str:
    one = answer.intake.nutrients["K1"]
    if not one.known:
        return "How even the days are cannot be told: K1 is not known of any line."
    unit = shown_unit(one.unit)
    if len(answer.intake.days) == 1:
        return (
            f"One day cannot show how even the days are: it holds {range_words(one.mean)} {unit} of K1, "
            "of what is known."
        )
    lowest, highest, _ = one.spread
    most = one.contributors[0] if one.contributors else None
    share = f"; {share_words(most.share)} of it comes from '{most.name}'" if most else ""
    days = len(answer.intake.days)
    return (
        f"Over its {days} days this diary holds from {amount(lowest)} to {amount(highest)} "
        f"{unit} of K1 a day, of what is known{share}. No target follows from that."
    )
