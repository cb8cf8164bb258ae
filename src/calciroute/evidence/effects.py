"""From a table row to the effect it reports, with the interval it prints or that follows from its SD."""

from __future__ import annotations

import math

from calciroute.evidence.trial_point import Effect, Kind
from calciroute.tables.dose_response import DosePoint
from calciroute.tables.outcomes import Outcome

_PERCENT = "%"


def effect_of_outcome(row: Outcome, control: Outcome | None = None) -> Effect | None:
    """Effect that a row of ``outcomes.csv`` reports.

    Parameters
    ----------
    row : Outcome
        An arm that got vitamin K.
    control : Outcome, optional
        The control arm at the same time; needed where only end values were printed.

    Returns
    -------
    Effect or None
        None when the row has no size.
    """
    word = row.result_as
    if word == "percent_from_baseline" and row.percent_change is not None:
        low, high = _interval(row, row.percent_change, sd_counts=row.unit.startswith("percent change"))
        return Effect("percent_from_baseline", row.percent_change, low, high, _PERCENT)
    if word == "change_from_baseline" and row.change is not None:
        low, high = _interval(row, row.change, sd_counts=row.measure == "mean")
        return Effect(
            "change_from_baseline", row.change, low, high, plain_unit(row.unit), _computed(row, low)
        )
    if row.difference is not None and word in {"percent_vs_placebo", "difference_vs_placebo", "event_ratio"}:
        kind, unit = _BETWEEN_ARMS[word]
        shown = unit or plain_unit(row.unit)
        return Effect(kind, row.difference, row.difference_low, row.difference_high, shown)
    if word == "ratio_vs_placebo" and row.difference is not None:
        bounds = (row.difference_low, row.difference_high)
        low, high = (None if bound is None else _ratio_percent(bound) for bound in bounds)
        note = f"printed as a ratio of {row.difference:g}"
        return Effect("percent_vs_placebo", _ratio_percent(row.difference), low, high, _PERCENT, note)
    if word in {"fold_from_baseline", "fold_vs_placebo"} and row.value is not None:
        return _fold(word, row.value)
    if word == "baseline_and_value" and row.baseline is not None and row.value is not None:
        return _rise(row.baseline, row.value)
    if word == "level" and control is not None:
        return _end_values(row, control)
    return None


def effect_of_point(row: DosePoint) -> Effect | None:
    """Effect that a row of ``dose_response.csv`` reports.

    Parameters
    ----------
    row : DosePoint
        One marker at one dose.

    Returns
    -------
    Effect or None
        None when the row has no size, or is a kinetic value.
    """
    word = row.result_as
    if word == "percent_from_baseline" and row.percent_change is not None:
        return Effect("percent_from_baseline", row.percent_change, None, None, _PERCENT)
    if word == "percent_vs_placebo" and row.percent_change is not None:
        return Effect("percent_vs_placebo", row.percent_change, None, None, _PERCENT)
    if word == "change_from_baseline" and row.value is not None:
        low, high = _around(row.value, row.value_sd, row.n)
        unit = plain_unit(row.unit).removesuffix(" change")
        return Effect("change_from_baseline", row.value, low, high, unit)
    if word in {"fold_from_baseline", "fold_vs_placebo"} and row.value is not None:
        return _fold(word, row.value)
    if word == "baseline_and_value" and row.baseline is not None and row.value is not None:
        return _rise(row.baseline, row.value)
    return None


def plain_unit(unit: str) -> str:
    """A unit without the remark in parentheses behind it.

    Parameters
    ----------
    unit : str
        As the table has it.

    Returns
    -------
    str
        The unit alone.

    Examples
    --------
    >>> plain_unit("ng/mL (printed ng/dL)")
    'ng/mL'
    """
    return unit.split(" (")[0]


_BETWEEN_ARMS: dict[str, tuple[Kind, str]] = {
    "percent_vs_placebo": ("percent_vs_placebo", _PERCENT),
    "difference_vs_placebo": ("difference_vs_placebo", ""),
    "event_ratio": ("ratio_vs_placebo", "1"),
}


def _interval(row: Outcome, estimate: float, *, sd_counts: bool) -> tuple[float | None, float | None]:
    if row.change_low is not None and row.change_high is not None:
        return row.change_low, row.change_high
    return _around(estimate, row.change_sd if sd_counts else None, row.n)


def _computed(row: Outcome, low: float | None) -> str:
    return "interval computed from SD and n" if low is not None and row.change_low is None else ""


def _around(estimate: float, sd: float | None, n: float | None) -> tuple[float | None, float | None]:
    if sd is None or n is None or n < 2:
        return None, None
    half = _student(n - 1) * sd / math.sqrt(n)
    return _clean(estimate - half), _clean(estimate + half)


def _student(freedom: float) -> float:
    from scipy.special import stdtrit  # here: the tables are read without it

    return float(stdtrit(freedom, 0.975))


def _ratio_percent(ratio: float) -> float:
    return _clean(100 * (ratio - 1))


def _fold(word: str, fold: float) -> Effect:
    kind: Kind = "percent_from_baseline" if word == "fold_from_baseline" else "percent_vs_placebo"
    return Effect(kind, _ratio_percent(fold), None, None, _PERCENT, f"printed as {fold:g}-fold")


def _rise(baseline: float, value: float) -> Effect:
    note = f"from {baseline:g} to {value:g} as printed"
    return Effect("percent_from_baseline", _ratio_percent(value / baseline), None, None, _PERCENT, note)


def _end_values(row: Outcome, control: Outcome) -> Effect | None:
    if row.value is None or control.value is None or row.unit != control.unit:
        return None
    difference = _clean(row.value - control.value)
    half = _welch_half([(row.value_sd, row.n), (control.value_sd, control.n)])
    low, high = (None, None) if half is None else (_clean(difference - half), _clean(difference + half))
    note = f"difference of the end values {row.value:g} and {control.value:g}"
    return Effect("difference_vs_placebo", difference, low, high, plain_unit(row.unit), note)


def _welch_half(arms: list[tuple[float | None, float | None]]) -> float | None:
    # Two arms with spreads of their own: Welch's interval, with Satterthwaite's degrees of freedom.
    known = [(sd**2 / n, n - 1) for sd, n in arms if sd is not None and n is not None and n > 1]
    if len(known) < len(arms):
        return None
    total = sum(part for part, _ in known)
    freedom = total**2 / sum(part**2 / less_one for part, less_one in known)
    return _student(freedom) * math.sqrt(total)


def _clean(number: float) -> float:
    # Binary rounding such as -15.000000000000002 would be printed as if it were measured.
    return float(f"{number:.10g}")
