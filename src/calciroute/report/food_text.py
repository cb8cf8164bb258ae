"""A food as the terminal shows it: numbers first, then where they are from and what is not known."""

from __future__ import annotations

import textwrap

from calciroute.intake.content import Content100g
from calciroute.intake.food_card import CardLine, FoodCard
from calciroute.intake.food_search import Asked, Choice, Found, Unmatched
from calciroute.intake.food_sources import NumberSource
from calciroute.purpose import PURPOSE
from calciroute.report.amounts import amount
from calciroute.tables.references import read_references
from calciroute.units.quantity import shown_unit

_WIDTH = 100
_NOT_KNOWN = "not known"
_MOST_MEASURES = 6
NOT_VERIFIED = "NOT verified: remembered, not read in its source"


def food_text(found: Found, card: FoodCard) -> str:
    """Write a food for a terminal.

    Parameters
    ----------
    found : Found
        How the words were understood.
    card : FoodCard
        What is known of the food.

    Returns
    -------
    str
        Lines of at most 100 columns, purpose line last, without a trailing newline.
    """
    lines = [*_wrapped(card.name), *_wrapped(_about(card))]
    if found.note:
        lines += _wrapped(f"'{found.matched}': {found.note}.")
    for remark in card.remarks:
        lines += _wrapped(remark)
    numbered = _numbered(card)
    lines += ["", *_table(card, numbered), "", "From"]
    for text, number in numbered.items():
        lines += _wrapped(f"  [{number}] {text}", "      ")
    if missing := _missing(card):
        lines += ["", "Not known, which is not zero"]
        for reason, names in missing.items():
            lines += _wrapped(f"  {', '.join(names)}: {reason}", "    ")
    if card.unsplit is not None:
        one = card.unsplit
        lines += _wrapped(f"  One total stands for them: {_spread(one)} mcg in 100 g, {one.holds}.", "    ")
    if card.measures:
        shown = "; ".join(f"{one.words} {amount(one.grams)} g" for one in card.measures[:_MOST_MEASURES])
        lines += ["", *_wrapped(f"Measures: {shown}", "  ")]
    return "\n".join([*lines, "", PURPOSE])


def asked_text(asked: Asked) -> str:
    """Write what words may mean.

    Parameters
    ----------
    asked : Asked
        With its choices.

    Returns
    -------
    str
        One line a choice, purpose line last.
    """
    lines = [f"'{_shown(asked.text)}' may be several foods. Write one of:"]
    return "\n".join([*lines, *_choices(asked.choices), "", PURPOSE])


def unmatched_text(missed: Unmatched) -> str:
    """Write that no food was found, for standard error.

    Parameters
    ----------
    missed : Unmatched
        With near names, if any.

    Returns
    -------
    str
        Lines without a trailing newline.
    """
    lines = [f"No food is called '{_shown(missed.text)}', as whole words."]
    if missed.near:
        lines += ["Near, and never chosen for you:", *_choices(missed.near)]
    else:
        lines += ["Expected: a food in English, Dutch, German, French, Italian, Spanish, Danish, Swedish,",
                  "Norwegian, Japanese or Indian words, without its amount."]  # fmt: skip
    return "\n".join(lines)


def _shown(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text)[:60]


def _choices(choices: tuple[Choice, ...]) -> list[str]:
    width = max(len(one.word or one.food) for one in choices)
    if width > _WIDTH // 2:
        return [f"  {one.name}  ({one.food})" for one in choices]
    return [f"  {(one.word or one.food).ljust(width)}  {one.name}"[:_WIDTH] for one in choices]


def _about(card: FoodCard) -> str:
    parts = [card.food, card.group]
    if card.fermented:
        parts.append("fermented")
    if card.regions:
        parts.append(f"analysed in {', '.join(card.regions)}")
    if card.region:
        parts.append(f"region asked for: {card.region}")
    return "; ".join(parts)


def _numbered(card: FoodCard) -> dict[str, int]:
    """Sources in the order in which the table meets them."""
    numbered: dict[str, int] = {}
    for line in card.lines:
        if line.source is not None:
            numbered.setdefault(source_words(line.source), len(numbered) + 1)
    return numbered


def source_words(source: NumberSource) -> str:
    """A source in one line: title or rule, place, how, verified or not.

    Parameters
    ----------
    source : NumberSource
        From `calciroute.intake.food_sources.source_of`.

    Returns
    -------
    str
        Such as ``USDA ... (2015), NDB 01022; verified``.
    """
    if not source.source and not source.locator:
        return source.how or "no source is named"
    reference = read_references().get(source.source)
    title = str(reference.fields.get("title", source.source)) if reference is not None else source.source
    parts = [f"{title} ({source.source})", source.locator, source.how]
    said = ", ".join(part for part in parts if part)
    return f"{said}; {'verified' if source.verified else NOT_VERIFIED}"


def _table(card: FoodCard, numbered: dict[str, int]) -> list[str]:
    portion = card.portion
    heading = ["", "unit", "in 100 g"]
    if portion is not None:
        heading.append(f"in {portion.words} ({amount(portion.grams)} g)"[:36])
    rows = [[*heading, "from"]]
    for line in card.lines:
        row = [line.printed, shown_unit(line.unit), _cell(line, 1.0)]
        if portion is not None:
            row.append(_cell(line, portion.grams / 100.0))
        rows.append([*row, f"[{numbered[source_words(line.source)]}]" if line.source else ""])
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]


def _cell(line: CardLine, share: float) -> str:
    if line.content is None:
        return _NOT_KNOWN
    one = line.content
    scaled = Content100g(one.low * share, one.central * share, one.high * share, one.unit, one.assumed)
    return _spread(scaled) + (" assumed" if one.assumed else "")


def _spread(one: object) -> str:
    low, central, high = (amount(float(getattr(one, end))) for end in ("low", "central", "high"))
    return central if low == high else f"{central} ({low} to {high})"


def _missing(card: FoodCard) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in card.lines:
        if line.content is None:
            found.setdefault(line.missing, []).append(line.printed)
    return found


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(text, _WIDTH, subsequent_indent=indent, break_on_hyphens=False) or [text]
