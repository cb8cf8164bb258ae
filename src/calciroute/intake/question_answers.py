"""Answers about products, times, foods and habits, read by the readers of plan files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from calciroute.errors import InputError, Problem
from calciroute.intake.foods import find_food
from calciroute.intake.habits import find_lever, read_lever_amount
from calciroute.intake.products import Product, parse_product
from calciroute.intake.regimen import Times, parse_times
from calciroute.intake.substance_amount import find_substance, printed
from calciroute.tables.answered import Context, Line, Reader, Understood, toml_text
from calciroute.tables.levers import Lever, read_levers
from calciroute.tables.nomenclature import folded
from calciroute.tables.questions import Question
from calciroute.units.quantity import QuantityError, parse_number

_KEEP = re.compile(r"keep\s+(?P<name>.+)", re.IGNORECASE)
_NUMBER_FIRST = re.compile(
    r"(?P<amount>[0-9][0-9.,]*\s*[^\s\d]+)\s+(?:of\s+)?(?P<substance>[^\d\s]\S*)(?P<form>.*)"
)
_OF_TEN = re.compile(r"(?P<number>[0-9]+)\s*(?:of|out of|/)\s*(?P<all>[0-9]+)")
_LONGEST = 200


def read_product(question: Question, text: str, context: Context) -> Understood | Problem:
    """Read a product as its label has it.

    Parameters
    ----------
    question : Question
        Fills ``supplement.product``.
    text : str
        Substance, amount, form; an amount may stand first. ``keep PRODUCT`` lets substances without a row
        run without effect.
    context : mapping of str to Understood
        Not used.

    Returns
    -------
    Understood or Problem

    Examples
    --------
    >>> from calciroute.tables.questions import read_questions
    >>> product = next(question for question in read_questions() if question.id == "change_product")
    >>> read_product(product, "180 mcg MK-7 softgel", {}).shown
    'MK-7 180 mcg = 0.18 mg in one dose, softgel'
    >>> print(read_product(product, "180 mg MK-7", {}))
    MK-7 '180 mg' is 180000 mcg in one dose. Expected: at most 10000 mcg. Try: check the label: ...
    """
    if len(text) > _LONGEST:
        return Problem(
            "",
            f"a product of {len(text)} signs",
            f"at most {_LONGEST}, one product at a time",
            question.example,
        )
    keep = _KEEP.fullmatch(text)
    plain = " + ".join(_turned(piece) for piece in re.split(r"\s*[+&]\s*", keep["name"] if keep else text))
    left_out: list[str] = []
    try:
        product = parse_product(plain)
    except InputError as wrong:
        if not keep:
            return _first(wrong, text)
        left_out = _unknown_substances(plain)
        try:
            product = parse_product(plain, "", left_out)
        except InputError as still_wrong:
            return _first(still_wrong, text)
    lines = [Line(question.file, question.section, question.field, toml_text(plain))]
    lines += [Line("person", "medicines", "not_modelled", toml_text(name)) for name in left_out]
    return Understood(plain, _product_words(product), tuple(lines), remarks=tuple(_product_remarks(product)))


def _turned(piece: str) -> str:
    """An amount that stands before its substance, turned round: ``180 mcg MK-7`` is ``MK-7 180 mcg``."""
    match = _NUMBER_FIRST.fullmatch(piece.strip())
    if match is None:
        return piece.strip()
    words = f"{match['substance']}{match['form']}".split()
    # "1000 IU vitamin D3 tablet": the longest beginning that is a known name is the substance.
    for count in range(len(words), 0, -1):
        if find_substance(" ".join(words[:count])) is not None:
            return " ".join([*words[:count], match["amount"], *words[count:]])
    return " ".join([words[0], match["amount"], *words[1:]])


def _unknown_substances(plain: str) -> list[str]:
    names = [re.split(r"\s+[0-9]", piece)[0].strip() for piece in plain.split(" + ")]
    return [name for name in names if name and find_substance(name) is None]


def _product_words(product: Product) -> str:
    known = [
        f"{printed(content.substance)} {content.understood}" if content.unit else content.written
        for content in product.contents
    ]
    return f"{' + '.join(known)} in one dose, {product.form.name}"


def _product_remarks(product: Product) -> list[str]:
    remarks = [
        f"{printed(content.substance)} is not in the model: it runs without effect and is listed."
        for content in product.contents
        if not content.modelled
    ]
    if product.form_assumed:
        remarks.append(f"No form was named: {product.form.name} is assumed.")
    return remarks


def read_times(question: Question, text: str, context: Context) -> Understood | Problem:
    """Read when something is taken or eaten."""
    try:
        times = parse_times(text)
    except InputError as wrong:
        return _first(wrong, text)
    return Understood(text, _times_words(times), (_line(question, text),))


def _times_words(times: Times) -> str:
    rhythm = {1: "daily", 7: "weekly"}.get(times.every_days, f"every {times.every_days} days")
    clock = ", ".join(f"{int(hour)}:{round(hour % 1 * 60):02d}" for hour in times.clock_h)
    meal = {"meal with fat": "with a meal that has fat", "meal": "with a meal"}.get(times.meal, times.meal)
    return f"{rhythm} at {clock}, {meal}{' (assumed where not said)' if times.assumed else ''}"


def read_share(question: Question, text: str, context: Context) -> Understood | Problem:
    """Read the share of doses that is really taken: ``9 of 10``, ``90 %`` or ``0.9``.

    Parameters
    ----------
    question : Question
        Fills ``adherence``.
    text : str
        As typed.
    context : mapping of str to Understood
        Not used.

    Returns
    -------
    Understood or Problem

    Examples
    --------
    >>> from calciroute.tables.questions import read_questions
    >>> share = next(question for question in read_questions() if question.id == "change_adherence")
    >>> read_share(share, "9 of 10", {}).number
    0.9
    """
    expected = "0 to 1, 0 % to 100 %, or such as 9 of 10"
    try:
        value = _share(text.casefold())
    except (QuantityError, ZeroDivisionError):
        return Problem("", f"'{text[:60]}' is not a share", expected, question.example)
    if not 0.0 <= value <= 1.0:
        return Problem("", f"'{text[:60]}' is not between none and all", expected, "90 % if you mean 90")
    line = Line(question.file, question.section, question.field, f"{value:.4g}")
    return Understood(text, f"{value * 100:.3g} % of the doses", (line,), value)


def _share(text: str) -> float:
    if match := _OF_TEN.fullmatch(text):
        return int(match["number"]) / int(match["all"])
    if text in {"all", "always"}:
        return 1.0
    if text.endswith("%"):
        return parse_number(text[:-1].strip()) / 100.0
    return parse_number(text)


def read_food(question: Question, text: str, context: Context) -> Understood | Problem:
    """Read a food of the food table; near names are shown, none is taken."""
    region = context["region"].word if "region" in context else None
    problems: list[Problem] = []
    food = find_food(text, region if region and region.isupper() else None, "", problems)
    if food is None:
        return problems[0]
    return Understood(food, text if text == food else f"{text} ({food})", (_line(question, text),))


def shown_levers() -> list[str]:
    """The habits that may change, numbered, each with how its amount is written."""
    return [
        f"{place} {lever.name.replace('_', ' ')} ({lever.example.strip(chr(34))})"
        for place, lever in enumerate(_levers(), start=1)
    ]


def _levers() -> list[Lever]:
    return list({lever.name: lever for lever in read_levers().values()}.values())


def read_lever(question: Question, text: str, context: Context) -> Understood | Problem:
    """Read the name of a habit, or its number in the list."""
    if text.isdecimal() and 1 <= int(text) <= len(_levers()):
        text = _levers()[int(text) - 1].name
    problems: list[Problem] = []
    lever = find_lever(text, "", problems)
    if lever is None:
        return problems[0]
    return Understood(lever.name, lever.meaning, (_line(question, lever.name),))


def read_amount_of_lever(question: Question, text: str, context: Context) -> Understood | Problem:
    """Read how far the habit just named would move."""
    lever = read_levers()[folded(context["change_lever"].word)]
    problems: list[Problem] = []
    value = read_lever_amount(lever, text, "", problems)
    if value is None:
        wrong = problems[0]
        return Problem("", wrong.found, wrong.expected, wrong.advice.removeprefix("amount = ").strip('"'))
    shown = f"{text} of {lever.name.replace('_', ' ')}" if any(mark.isdigit() for mark in text) else text
    remarks = ("More than the trials tried counts as what they tried.",) if lever.most == value else ()
    return Understood(text, shown, (_line(question, text),), value, remarks)


def _line(question: Question, text: str) -> Line:
    return Line(question.file, question.section, question.field, toml_text(text))


def _first(wrong: InputError, text: str) -> Problem:
    """The first problem, its advice freed of TOML."""
    problem = wrong.problems[0]
    advice = problem.advice.strip("'\"")
    if advice.startswith("not_modelled"):
        advice = f"a name of the list, or: keep {text[:80]} (runs without effect)"
    return Problem("", problem.found, problem.expected, advice)


INTAKE_READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "product": read_product,
        "times": read_times,
        "share": read_share,
        "food": read_food,
        "lever": read_lever,
        "lever_amount": read_amount_of_lever,
    }
)
