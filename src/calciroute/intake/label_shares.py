"""Shares of a daily value beside an amount: which daily value they fit, and whether they fit any."""

from __future__ import annotations

from calciroute.tables.daily_values import DailyValue, daily_values_of


def agrees_with_share(
    substance: str, amount: float, share: float, market: str | None, year: int | None
) -> bool | None:
    """Whether amount and share of a daily value fit any daily value that the label may mean.

    Parameters
    ----------
    substance : str
        Id of ``substances.csv``.
    amount : float
        In its own unit.
    share : float, %
        As printed.
    market : str or None
        Of the label.
    year : int or None
        Of the label.

    Returns
    -------
    bool or None
        None where there is nothing to compare.
    """
    rows = daily_values_of(substance, market, year)
    return any(near_share(amount, share, row) for row in rows) if rows else None


def near_share(value: float, share: float, row: DailyValue) -> bool:
    """Whether a share fits an amount but for rounding."""
    return abs(100.0 * value / row.value - share) <= max(1.0, 0.05 * share)


def far_from_share(value: float, share: float, rows: tuple[DailyValue, ...]) -> bool:
    """Whether amount and share are ten times or more apart for every daily value."""
    ratios = [100.0 * value / row.value / share for row in rows if share > 0]
    return bool(ratios) and all(ratio > 10 or ratio < 0.1 for ratio in ratios)


def years_of(row: DailyValue) -> str:
    """The years of a daily value, for a message."""
    if row.from_year is None:
        return f"to {row.to_year:.0f}" if row.to_year else "any year"
    return f"from {row.from_year:.0f}"
