"""A product as one line, ``MK-7 180 mcg softgel``, or as contents with a form."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from calciroute.errors import InputError, Problem, near_names
from calciroute.intake.substance_amount import find_substance, printed, read_substance_amount
from calciroute.tables.nomenclature import folded
from calciroute.tables.products import ProductForm, read_product_forms, read_substances
from calciroute.units.expression import convert
from calciroute.units.quantity import shown_unit

_PART = re.compile(r"(?P<substance>.*?\S)\s+(?P<number>[0-9][0-9.,]*)\s*(?P<rest>[^\s0-9].*)?", re.DOTALL)
_NUMBER_FIRST = re.compile(r"(?P<amount>[0-9][0-9.,]*\s*[^\s\d]+)\s+(?P<substance>[^\d\s]\S*.*)", re.DOTALL)
# One amount, and behind it the name and the amount of the next substance.
_NEXT = re.compile(
    r"(?P<first>.*?\S\s+[0-9][0-9.,]*\s*[^\W\d_][^\s\d,;]*)\s*(?:[,;]|\s(?:and|und|et|en|y|e|og|och)\s|\s)\s*"
    r"(?P<substance>[^\W\d_].*?)\s+(?P<rest>[0-9][0-9.,]*\s*[^\W\d_].*)"
)
DEFAULT_FORM = "softgel"


@dataclass(frozen=True)
class Content:
    """One substance of a product.

    Parameters
    ----------
    substance : str
        Id of ``substances.csv``, such as ``MK7``.
    amount : float
        In one dose, in `unit`.
    unit : str
        ug or mg, the unit of the substance.
    written : str
        As on the label.
    modelled : bool
        Whether the model has a term for it; without one it runs without effect and is listed.
    """

    substance: str
    amount: float
    unit: str
    written: str
    modelled: bool

    @property
    def understood(self) -> str:
        """The amount as understood, for a person to compare with the label: ``180 mcg = 0.18 mg``."""
        first = f"{self.amount:.4g} {shown_unit(self.unit)}"
        if self.unit == "ug":
            return f"{first} = {convert(self.amount, 'ug', 'mg'):.3g} mg"
        return first


@dataclass(frozen=True)
class Product:
    """What one dose holds, and how it is made.

    Parameters
    ----------
    contents : tuple of Content
        At least one.
    form : ProductForm
        Decides how much is absorbed, and how fast.
    form_assumed : bool
        True where nobody named the form.
    written : str
        As the person wrote it.
    """

    contents: tuple[Content, ...]
    form: ProductForm
    form_assumed: bool
    written: str

    def amount_of(self, substance: str) -> float:
        """Amount in one dose in the substance's own unit; 0 when the product does not list it."""
        return sum(content.amount for content in self.contents if content.substance == substance)


def parse_product(text: str, where: str = "", not_modelled: Collection[str] = ()) -> Product:
    """Read a product from one line: substance, amount, form.

    Parameters
    ----------
    text : str
        Such as ``MK-7 180 mcg softgel``; several substances are joined by ``+``.
    where : str
        ``file:line`` for messages.
    not_modelled : collection of str
        Names without a row that may stay without effect.

    Returns
    -------
    Product

    Raises
    ------
    InputError
        With every problem: no unit, an unknown substance or form, an amount outside its band.

    Examples
    --------
    >>> parse_product("MK-7 180 mcg softgel").contents[0].understood
    '180 mcg = 0.18 mg'
    >>> parse_product("MK-7 180 mg softgel")
    Traceback (most recent call last):
    calciroute.errors.InputError: MK-7 '180 mg' is 180000 mcg in one dose. Expected: at most 10000 mcg. ...
    """
    problems: list[Problem] = []
    contents: list[Content] = []
    form: ProductForm | None = None
    joined = [piece.strip() for piece in re.split(r"\s*\+\s*|\s*&\s*", text.strip())]
    pieces = [part for piece in joined for part in _parts(piece)]
    for number, piece in enumerate(pieces):
        match = _PART.fullmatch(piece)
        if match is None:
            problems.append(_not_a_product(piece, text, where))
            continue
        # The last piece may end in the form; a unit word holds no blank except in "mcg RAE".
        unit, _, tail = (match["rest"] or "").partition(" ")
        if tail.strip() and number == len(pieces) - 1:
            form = _find_form(tail.strip(), where, problems)
        elif tail.strip():
            problems.append(_not_a_product(piece, text, where))
            continue
        content = read_content(
            match["substance"], f"{match['number']} {unit}".strip(), where, problems, not_modelled
        )
        contents += [content] if content else []
    if problems:
        raise InputError(problems)
    assumed = form is None
    return Product(tuple(contents), form or read_product_forms()[DEFAULT_FORM], assumed, text.strip())


def _parts(piece: str) -> list[str]:
    """``MK-7 100 mcg D3 1000 IU drops`` is two substances: each name behind an amount has its own amount."""
    found = _NEXT.fullmatch(piece)
    if found is None or find_substance(found["substance"]) is None:
        return [piece]
    return [found["first"], *_parts(f"{found['substance']} {found['rest']}")]


def product_from_contents(
    contents: Mapping[str, str],
    form: str | None,
    where: str = "",
    form_where: str = "",
    not_modelled: Collection[str] = (),
) -> Product:
    """Read a product from its contents and form.

    Parameters
    ----------
    contents : mapping of str to str
        Substance to amount with unit.
    form : str or None
        A form of ``product_forms.csv``; None is read as a softgel and listed as assumed.
    where, form_where : str
        ``file:line`` for messages.
    not_modelled : collection of str
        Names without a row that may stay without effect.

    Returns
    -------
    Product

    Raises
    ------
    InputError
        With every problem.

    Examples
    --------
    >>> product = product_from_contents({"MK7": "180 mcg", "D3": "1000 IU"}, "softgel")
    >>> product.amount_of("D3")
    25.0
    """
    problems: list[Problem] = []
    found = [read_content(name, amount, where, problems, not_modelled) for name, amount in contents.items()]
    if not contents:
        problems.append(Problem(where, "contents is empty", 'such as { MK7 = "180 mcg" }'))
    known = _find_form(form, form_where or where, problems) if form else None
    if problems:
        raise InputError(problems)
    written = " + ".join(f"{name} {amount}" for name, amount in contents.items())
    return Product(
        tuple(content for content in found if content),
        known or read_product_forms()[DEFAULT_FORM],
        form is None,
        f"{written} {form or ''}".strip(),
    )


def read_content(
    name: str, amount: str, where: str, problems: list[Problem], not_modelled: Collection[str] = ()
) -> Content | None:
    """Read one substance with its amount.

    Parameters
    ----------
    name, amount : str
        Such as ``MK-7`` and ``180 mcg``.
    where : str
        ``file:line`` for messages.
    problems : list of Problem
        Receives what is wrong.
    not_modelled : collection of str
        Names without a row that may stay without effect.

    Returns
    -------
    Content or None
        None when something is wrong.
    """
    substance = find_substance(name)
    if substance is None and folded(name) in {folded(word) for word in not_modelled}:
        return Content(name.strip(), 0.0, "", f"{name} {amount}".strip(), modelled=False)
    if substance is None:
        known = list(dict.fromkeys(printed(row.id) for row in read_substances().values()))
        near = near_names(name, known)
        inside = [word for word in name.split() if find_substance(word) is not None]
        advice = f"'{near[0]}'" if near else f'not_modelled = ["{name.strip()}"] under [medicines]'
        if inside and not near:
            advice = f"'{inside[0]}', with the mass of {inside[0]} alone as the label gives it"
        problems.append(
            Problem(where, f"substance '{name.strip()[:40]}' is not known", ", ".join(known), advice)
        )
        return None
    if substance.state in {"ask", "refuse"}:
        found = f"'{name.strip()}' does not say which form it is"
        if substance.state == "refuse":
            found = f"'{name.strip()}' is not simulated"
        problems.append(Problem(where, found, "a named form with its amount", substance.words))
        return None
    value = read_substance_amount(substance, amount, where, problems)
    if value is None:
        return None
    written = f"{name.strip()} {amount}"
    return Content(substance.id, value, substance.unit, written, substance.state == "modelled")


def _find_form(text: str, where: str, problems: list[Problem]) -> ProductForm | None:
    forms = read_product_forms()
    form = forms.get(folded(text))
    if form is None:
        names = list(dict.fromkeys(found.name for found in forms.values()))
        near = near_names(text, names)
        advice = f"'{near[0]}'" if near else ""
        if text[:1].isdigit():
            advice = 'one amount a substance, such as "D3 25 mcg softgel"'
        elif re.search(r"[0-9]", text) or find_substance(text) is not None:
            advice = "'+' between two substances, each with its amount: \"MK-7 100 mcg + D3 1000 IU softgel\""
        problems.append(Problem(where, f"form '{text[:40]}' is not known", ", ".join(names), advice))
    return form


def _not_a_product(piece: str, text: str, where: str) -> Problem:
    first = _NUMBER_FIRST.fullmatch(piece)
    advice = '"MK-7 180 mcg softgel"'
    if first:
        substance, _, form = first["substance"].partition(" ")
        advice = f'"{substance} {first["amount"]} {form}"'.replace(' "', '"')
    return Problem(
        where,
        f"product '{text[:60]}' is not understood",
        "substance, amount with unit, form, in this order",
        advice,
    )
