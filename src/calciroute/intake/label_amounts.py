"""From names and printed amounts of one group to one amount of one substance, or to questions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from calciroute.errors import Problem
from calciroute.intake.label_groups import Group
from calciroute.intake.label_line import Amount, Line
from calciroute.intake.label_meaning import Meant
from calciroute.intake.label_serving import Per
from calciroute.intake.label_shares import far_from_share, near_share, years_of
from calciroute.intake.substance_amount import printed, read_substance_amount
from calciroute.tables.daily_values import daily_values_of, read_salts
from calciroute.tables.nomenclature import folded
from calciroute.tables.products import Substance, read_substances
from calciroute.units.expression import convert
from calciroute.units.quantity import format_quantity, shown_unit

# Two prints of one amount, "125 mcg (5000 IU)", are rounded apart by no more than this.
SAME = 0.05
_QUALIFIED = {"A": {"A", "beta-carotene"}, "E": {"E", "natural E", "synthetic E"}, "D": {"D3", "D2"}}


@dataclass(frozen=True)
class LabelAmount:
    """One substance of a label, as understood.

    Parameters
    ----------
    substance : str
        Id of ``substances.csv``.
    amount : float
        In `unit`, in what `per` names.
    unit : str
        ug or mg.
    written : str
        Amount as printed.
    line : int
        Where it stands.
    per : Per
        What holds this amount.
    printed_unit : str
        Unit as understood: ug, mg, g, IU, or % where it was worked out from a share.
    share : float or None, %
        Of a daily value, where printed.
    salts : tuple of str
        Salts that the label names for a mineral.
    notes : tuple of str
        What was understood beside the print.
    """

    substance: str
    amount: float
    unit: str
    written: str
    line: int
    per: Per
    printed_unit: str
    share: float | None = None
    salts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def understood(self) -> str:
        """The amount for a person to compare with the pack: ``180 mcg = 0.18 mg``."""
        first = f"{self.amount:.4g} {shown_unit(self.unit)}"
        if self.unit == "ug":
            return f"{first} = {convert(self.amount, 'ug', 'mg'):.3g} mg"
        return first


@dataclass
class Reading:
    """What one label tells about how its numbers are to be read, and what came out so far."""

    where: str
    market: str | None
    year: int | None
    confirmed: Collection[int]
    point_decimal: bool = False
    comma_decimal: bool = False
    problems: list[Problem] = field(default_factory=list)
    kinds: dict[Problem, str] = field(default_factory=dict)

    def ask(self, kind: str, problem: Problem) -> None:
        """Note a question with the rule behind it."""
        self.problems.append(problem)
        self.kinds[problem] = kind

    def place(self, line: Line) -> str:
        """``file:line`` of a line."""
        return f"{self.where}:{line.number}"


def substance_of(name: str) -> Substance:
    """The row of a substance id.

    Parameters
    ----------
    name : str
        Id.

    Returns
    -------
    Substance
    """
    return read_substances()[folded(name)]


def read_group(
    group: Group, meant: Meant, line: Line, columns: Sequence[Per], reading: Reading
) -> LabelAmount | None:
    """Read the amount of a group; what is not clear goes to ``reading.problems``.

    Parameters
    ----------
    group : Group
        With at least one amount or share.
    meant : Meant
        The substance, without a question.
    line : Line
        Where it stands.
    columns : sequence of Per
        What the columns of the table hold; the first one that is no weight is read.
    reading : Reading
        Convention, market, and the list of problems.

    Returns
    -------
    LabelAmount or None
    """
    substance = substance_of(meant.substance)
    where = reading.place(line)
    chosen = next((number for number, per in enumerate(columns) if not per.kind.startswith("100")), 0)
    amounts = _of_column(group.amounts, len(columns), chosen)
    shares = [share.readings[0] for share in group.shares if len(share.readings) == 1 and not share.odd]
    share = shares[0] if len(shares) == 1 else None
    if amounts is None:
        found = f"{printed(substance.id)} has {len(group.amounts)} amounts for {len(columns)} columns"
        reading.problems.append(
            Problem(where, found, "one amount a column", "keep the column of one capsule or serving")
        )
        return None
    if not amounts:
        return _from_share(substance, group, shares, line, columns[chosen], reading)
    if "IU" in substance.words and not substance.unit_per_iu:
        # The mass beside it says what the IU of an unnamed form cannot.
        amounts = [amount for amount in amounts if not _is_iu(amount)] or amounts
    values = [_values(substance, amount, line, reading) for amount in amounts]
    if any(not value for value in values):
        return None
    agreed = _agreed(substance, amounts, values, share, reading)
    if agreed is None:
        listed = " and ".join(f"'{amount.text}'" for amount in amounts)
        found = (
            f"{printed(substance.id)} {listed} do not agree"
            if len(amounts) > 1
            else _two_ways(substance, amounts[0], values[0])
        )
        expected = "one amount that can be read in one way"
        reading.problems.append(
            Problem(
                where,
                found,
                expected,
                f"write it without a mark, such as '1000 {shown_unit(substance.unit)}'",
            )
        )
        return None
    value, notes = agreed
    value_checked = _within(substance, amounts[0], value, line, columns[chosen], reading)
    if value_checked is None:
        return None
    if share is not None and far_from_share(
        value, share, daily_values_of(substance.id, reading.market, reading.year)
    ):
        both = f"'{amounts[0].text}' and its share {share:g} %"
        found = f"{printed(substance.id)} {both} are ten times or more apart"
        advice = "one of the two is misprinted or misread, often mcg for mg: look at the pack again"
        reading.problems.append(Problem(where, found, "an amount and a share that agree", advice))
        return None
    written = " = ".join(amount.text for amount in amounts)
    unit = "IU" if _is_iu(amounts[0]) else amounts[0].unit.replace("μ", "u")
    if amounts[0].qualifier == "A" and substance.id == "beta-carotene":
        notes = (*notes, "given as vitamin A activity, not as the mass of beta-carotene")
    if group.compound and meant.salts:
        notes = (*notes, _salt_words(meant, group.compound[0]))
    return LabelAmount(
        substance.id,
        value,
        substance.unit,
        written,
        line.number,
        columns[chosen],
        unit,
        share,
        meant.salts,
        notes,
    )


def _of_column(amounts: list[Amount], columns: int, chosen: int) -> list[Amount] | None:
    """The amounts of one column: a mass, an IU, or both as two prints of one amount."""
    if columns == 1:
        return amounts
    masses = [amount for amount in amounts if not _is_iu(amount)]
    units = [amount for amount in amounts if _is_iu(amount)]
    if {len(masses), len(units)} - {0, columns}:
        return None
    return [kind[chosen] for kind in (masses, units) if kind]


def _is_iu(amount: Amount) -> bool:
    return (
        amount.unit.replace(".", "").upper() in {"IU", "UI", "IE", "МЕ"}
        or amount.unit in {"国際単位"}
        or ("international" in amount.unit.casefold())
    )


def _values(substance: Substance, amount: Amount, line: Line, reading: Reading) -> list[float]:
    """Every way to read one printed amount, in the substance's unit; a problem when there is none."""
    where = reading.place(line)
    if amount.odd:
        found = f"{printed(substance.id)} '{amount.text}' is {amount.odd}"
        reading.problems.append(
            Problem(where, found, "one plain amount", f"'180 {shown_unit(substance.unit)}'")
        )
        return []
    if amount.qualifier and substance.id not in _QUALIFIED.get(amount.qualifier, ()):
        found = f"{printed(substance.id)} '{amount.text}' is counted in equivalents"
        reading.problems.append(Problem(where, found, "the mass of the substance itself"))
        return []
    values: list[float] = []
    for number in amount.readings:
        value = read_substance_amount(
            substance, _plain(number, amount), where, reading.problems, one_dose=False
        )
        if value is None:
            if _is_iu(amount):
                reading.kinds[reading.problems[-1]] = "iu"
            return []
        values.append(value)
    return values


def _plain(number: float, amount: Amount) -> str:
    return f"{format_quantity(number, '').strip()} {amount.unit.replace('μ', 'µ')}"


def _agreed(
    substance: Substance,
    amounts: list[Amount],
    values: list[list[float]],
    share: float | None,
    reading: Reading,
) -> tuple[float, tuple[str, ...]] | None:
    """The value on which all prints of an amount agree; None when there is none or more than one."""
    first = list(values[0])
    for others in values[1:]:
        first = [value for value in first if any(_same(value, other) for other in others)]
    if len(first) > 1:
        by_share = [
            value
            for value in first
            if share is not None
            and any(
                near_share(value, share, row)
                for row in daily_values_of(substance.id, reading.market, reading.year)
            )
        ]
        if len(by_share) == 1:
            return by_share[0], (f"read by its share of {share:g} %",)
        if reading.point_decimal != reading.comma_decimal:
            decimal_mark = "." if reading.point_decimal else ","
            index = 0 if decimal_mark in amounts[0].number else 1
            sign = "point" if decimal_mark == "." else "comma"
            return first[index], (f"other numbers of this label have a decimal {sign}",)
        return None
    return (first[0], ()) if first else None


def _same(one: float, other: float) -> bool:
    return abs(one - other) <= SAME * max(abs(one), abs(other))


def _two_ways(substance: Substance, amount: Amount, values: list[float]) -> str:
    ways = " or ".join(f"{value:.6g}" for value in values)
    return f"{printed(substance.id)} '{amount.text}' may be {ways} {shown_unit(substance.unit)}"


def _within(
    substance: Substance, amount: Amount, value: float, line: Line, per: Per, reading: Reading
) -> float | None:
    """The amount once more, now against the band of one dose."""
    if _is_iu(amount) and substance.unit_per_iu:
        number = value / substance.unit_per_iu
    else:
        number = next(
            (one for one in amount.readings if _same_number(substance, amount, one, value)),
            amount.readings[0],
        )
    plain = _plain(number, amount)
    within = read_substance_amount(
        substance, plain, reading.place(line), reading.problems,
        confirmed=line.number in reading.confirmed, one_dose=not per.kind.startswith("100"),
    )  # fmt: skip
    if within is None and len(amount.readings) == 1:
        # The label's own print is quoted, not ours of the same number.
        asked = reading.problems.pop()
        reading.problems.append(replace(asked, found=asked.found.replace(f"'{plain}'", f"'{amount.text}'")))
    if within is None and amount.unit in ("mg", "g") and substance.unit == "ug":
        reading.kinds[reading.problems[-1]] = "thousandfold"
    return within


def _same_number(substance: Substance, amount: Amount, number: float, value: float) -> bool:
    unused: list[Problem] = []
    found = read_substance_amount(substance, _plain(number, amount), "", unused, one_dose=False)
    return found is not None and _same(found, value)


def _from_share(
    substance: Substance, group: Group, shares: list[float], line: Line, per: Per, reading: Reading
) -> LabelAmount | None:
    rows = daily_values_of(substance.id, reading.market, reading.year)
    name, where = printed(substance.id), reading.place(line)
    if len(shares) != 1 or len(rows) != 1:
        known = ", ".join(
            f"{row.market} {years_of(row)}: {row.value:g} {shown_unit(row.unit)}" for row in rows
        )
        found = f"{name} is given as a share of a daily value alone"
        advice = f"name market and year of the label ({known})" if known else "write its amount"
        reading.ask("share", Problem(where, found, f"an amount in {shown_unit(substance.unit)}", advice))
        return None
    value = convert(shares[0] / 100.0 * rows[0].value, rows[0].unit, substance.unit)
    whole = f"{rows[0].value:g} {shown_unit(rows[0].unit)}"
    note = f"{shares[0]:g} % of {whole} ({rows[0].market} {years_of(rows[0])})"
    text = format_quantity(value, substance.unit)
    checked = read_substance_amount(
        substance, text, where, reading.problems, confirmed=line.number in reading.confirmed
    )
    if checked is None:
        return None
    return LabelAmount(
        substance.id,
        value,
        substance.unit,
        group.shares[0].text,
        line.number,
        per,
        "%",
        shares[0],
        (),
        (note,),
    )


def _salt_words(meant: Meant, amount: Amount) -> str:
    return f"from {amount.text} of {meant.salts[0]}"


def salt_question(meant: Meant, amount: Amount, where: str) -> Problem:
    """What is asked where a label gives a salt and not its mineral.

    Parameters
    ----------
    meant : Meant
        With the salt.
    amount : Amount
        As printed.
    where : str
        ``file:line``.

    Returns
    -------
    Problem
    """
    salt = meant.salts[0]
    mineral, share = read_salts()[salt]
    shown = "a salt of it" if salt.endswith("other") else salt
    advice = f"write '{mineral} ...' with the mass of {mineral} alone"
    if share is not None and len(amount.readings) == 1 and not amount.odd:
        part = f"{share * amount.readings[0]:.3g} {amount.unit.replace('μ', 'µ')}"
        advice = f"if it is the mass of the salt, that is about {part} of {mineral}: {advice}"
    return Problem(
        where, f"'{amount.text}' may be the mass of {shown} or of {mineral}", f"the mass of {mineral}", advice
    )
