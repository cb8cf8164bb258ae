"""A supplement as taken: product, times, adherence, and from when to when."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from calciroute.errors import InputError, Problem
from calciroute.intake.products import Product, parse_product, product_from_contents
from calciroute.intake.regimen import DEFAULT_TIMES, Times, parse_times


@dataclass(frozen=True)
class Supplement:
    """A product with its regimen.

    Parameters
    ----------
    product : Product
        What one dose holds.
    times : Times
        When it is swallowed.
    adherence : float
        Share of doses really taken, 0 to 1.
    start_day, stop_day : float or None
        Days of the plan; None is from its start, to its end.
    since_days : float or None
        For a product taken today: how long already; None is not known.
    assumed : tuple of str
        What the person did not say: form, rhythm, clock, meal, adherence.
    where : str
        ``file:line``.
    """

    product: Product
    times: Times
    adherence: float = 1.0
    start_day: float | None = None
    stop_day: float | None = None
    since_days: float | None = None
    assumed: tuple[str, ...] = ()
    where: str = ""

    def mean_per_day(self, substance: str) -> float:
        """Amount swallowed a day on the mean, missed doses taken off.

        Parameters
        ----------
        substance : str
            Id of ``substances.csv``.

        Returns
        -------
        float
            In the substance's own unit; 0 when the product does not hold it.

        Examples
        --------
        >>> read_supplement({"product": "MK-7 180 mcg softgel", "adherence": 0.5}).mean_per_day("MK7")
        90.0
        """
        return self.product.amount_of(substance) * self.times.doses_per_day * self.adherence


def read_supplement(
    fields: Mapping[str, Any], places: Mapping[str, str] | None = None, not_modelled: Collection[str] = ()
) -> Supplement:
    """Understand the fields of a ``[[supplement]]`` table.

    Parameters
    ----------
    fields : mapping
        ``product`` or ``contents`` with ``form``; ``times``, ``adherence``, ``start_day``, ``stop_day``,
        ``since_days`` may be left out or None.
    places : mapping of str to str, optional
        ``file:line`` by field; the empty name is the table itself.
    not_modelled : collection of str
        Names without a row that may stay without effect.

    Returns
    -------
    Supplement

    Raises
    ------
    InputError
        With every problem of the table.

    Examples
    --------
    >>> supplement = read_supplement({"contents": {"D3": "25 mcg"}, "form": "tablet"})
    >>> supplement.product.form.name, supplement.assumed
    ('tablet', ('rhythm', 'clock', 'meal', 'adherence'))
    """
    where = dict(places or {})
    here = where.get("", "")
    problems: list[Problem] = []
    product, contents = fields.get("product"), fields.get("contents")
    read: Product | None = None
    try:
        if (product is None) == (contents is None):
            found = (
                "product and contents are both given" if product else "neither product nor contents is given"
            )
            raise InputError([Problem(here, found, "one of them", 'product = "MK-7 180 mcg softgel"')])
        if product is not None:
            if fields.get("form") is not None:
                found = "form is given beside product"
                advice = 'leave it out: product = "MK-7 180 mcg softgel" names the form'
                problems.append(Problem(where.get("form", here), found, "form inside product", advice))
            read = parse_product(product, where.get("product", here), not_modelled)
        elif contents is not None:
            place = where.get("contents", here)
            read = product_from_contents(
                contents, fields.get("form"), place, where.get("form", ""), not_modelled
            )
    except InputError as wrong:
        problems.extend(wrong.problems)
    times = read_times(fields, where, problems)
    check_days(fields, where, problems)
    if problems or read is None:
        raise InputError(problems)
    adherence = fields.get("adherence")
    assumed = ("form",) * read.form_assumed + times.assumed + ("adherence",) * (adherence is None)
    return Supplement(
        product=read,
        times=times,
        adherence=1.0 if adherence is None else adherence,
        start_day=fields.get("start_day"),
        stop_day=fields.get("stop_day"),
        since_days=fields.get("since_days"),
        assumed=assumed,
        where=here,
    )


def read_times(fields: Mapping[str, Any], where: Mapping[str, str], problems: list[Problem]) -> Times:
    """The times of a table, or the default when they are not said; problems are collected."""
    if fields.get("times") is None:
        return DEFAULT_TIMES
    try:
        return parse_times(fields["times"], where.get("times", where.get("", "")))
    except InputError as wrong:
        problems.extend(wrong.problems)
        return DEFAULT_TIMES


def check_days(fields: Mapping[str, Any], where: Mapping[str, str], problems: list[Problem]) -> None:
    """A table must not stop before it starts; problems are collected."""
    start, stop = fields.get("start_day") or 0.0, fields.get("stop_day")
    if stop is not None and stop <= start:
        place = where.get("stop_day", where.get("", ""))
        found = f"stop_day {stop:g} is not after start_day {start:g}"
        problems.append(Problem(place, found, "the first day on which it is no longer taken"))
