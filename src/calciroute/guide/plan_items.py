"""What a plan would hold for one person, before the gates are asked: lines of the table, brought products."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from calciroute.guide.brought import products_of
from calciroute.people.person_model import Person
from calciroute.safety.gate_result import PlannedItem
from calciroute.tables.people_text import read_people_text
from calciroute.tables.plan_lines import PlanLineRow, read_plan_lines
from calciroute.tables.product_holds import read_product_holds
from calciroute.tables.reference_intakes import read_reference_intakes, value_of

if TYPE_CHECKING:
    from calciroute.intake.plan import Plan
    from calciroute.intake.supplements import Supplement

# The self-check's word that calcium, vitamin D or vitamin K is prescribed.
PRESCRIBED = "Q075"
_CAN_BE_PRESCRIBED = frozenset({"K1", "K2", "D", "Ca"})
_DIARY_BYTES = 2_000_000
_VITAMIN_D_BODY = "EFSA"


@dataclass(frozen=True)
class BroughtProduct:
    """A product with what the rules look at.

    Parameters
    ----------
    supplement : Supplement
        As the person wrote it.
    item : PlannedItem
        What the gates are asked about.
    """

    supplement: Supplement
    item: PlannedItem


@dataclass(frozen=True)
class PlanDraft:
    """What a plan would hold.

    Parameters
    ----------
    person : Person
        Who.
    rows : tuple of PlanLineRow
        Lines that concern this person at all.
    products : tuple of BroughtProduct
        What the person brought; nothing is ever added.
    medicines : tuple of str
        Further medicines, of plan files.
    """

    person: Person
    rows: tuple[PlanLineRow, ...]
    products: tuple[BroughtProduct, ...]
    medicines: tuple[str, ...] = ()

    @property
    def items(self) -> tuple[PlannedItem, ...]:
        """What `calciroute.safety.gates.ask_gates` is to be asked about."""
        lines = [item for row in self.rows if (item := item_of(row)) is not None]
        return (*lines, *(product.item for product in self.products))


def item_of(row: PlanLineRow) -> PlannedItem | None:
    """A line as something that a rule may drop; None for one that is only words."""
    if row.kind == "text":
        return None
    return PlannedItem(kind=row.kind, name=row.title, holds=row.holds)  # type: ignore[arg-type]


def draft_plan(person: Person, plans: Sequence[Plan] = ()) -> PlanDraft:
    """Collect what a plan would hold.

    Parameters
    ----------
    person : Person
        Who.
    plans : sequence of Plan, optional
        Plan files of that person: their products and medicines count.

    Returns
    -------
    PlanDraft

    Raises
    ------
    InputError
        When a product is not understood or the diary cannot be read.

    Examples
    --------
    >>> draft = draft_plan(Person(sex="male", age_years=60.0))
    >>> draft.products, any(row.line == "smoking" for row in draft.rows)
    ((), False)
    """
    supplements = products_of(person, plans)
    held = [_holds(supplement) for supplement in supplements]
    d_total = sum(supplement.mean_per_day("D3") + supplement.mean_per_day("D2") for supplement in supplements)
    above = _vitamin_d_above(d_total)
    products = []
    for supplement, holds in zip(supplements, held, strict=True):
        words = holds | above if "D" in holds else holds
        prescribed = person.answers.get(PRESCRIBED, False) and not _CAN_BE_PRESCRIBED.isdisjoint(words)
        item = PlannedItem(
            kind="product", name=supplement.product.written, holds=words, prescribed=prescribed
        )
        products.append(BroughtProduct(supplement, item))
    brought = frozenset().union(*held) if held else frozenset()
    rows = tuple(row for row in read_plan_lines() if _concerns(row, person, plans, brought, bool(held)))
    medicines = tuple(medicine.name for plan in plans for medicine in plan.medicines)
    return PlanDraft(person, rows, tuple(products), medicines)


def _holds(supplement: Supplement) -> frozenset[str]:
    known = read_product_holds()
    words = [known.get(content.substance, frozenset()) for content in supplement.product.contents]
    return frozenset().union(*words)


def _vitamin_d_above(total_ug: float) -> frozenset[str]:
    """Whether all products together pass the reference intake or the upper level of vitamin D for adults."""
    words = set()
    for kind, word in (("AI", "D_above_reference"), ("UL", "D_above_level")):
        limits = [
            value
            for row in read_reference_intakes()
            if row.text("nutrient") == "vitamin D" and row.text("body") == _VITAMIN_D_BODY
            and row.text("value_type") == kind and not row.text("life_stage")
            and (row.number("age_max_y") or 0.0) > 100.0 and (value := value_of(row)) is not None
        ]  # fmt: skip
        if limits and total_ug > min(limits):
            words.add(word)
    return frozenset(words)


def _concerns(
    row: PlanLineRow, person: Person, plans: Sequence[Plan], brought: frozenset[str], any_product: bool
) -> bool:
    match row.only:
        case "":
            return True
        case "smoking":
            return person.habits.smoking == "current" or person.answers.get("Q038", False)
        case "brought:any":
            return any_product
        case "eats:natto":
            return _eats("natto", person, plans)
        case _:
            return row.only.removeprefix("brought:") in brought


def _eats(food: str, person: Person, plans: Sequence[Plan]) -> bool:
    if any(one.food == food for plan in plans for one in plan.foods):
        return True
    if person.diet.diary is None:
        return False
    diary = read_people_text(person.diet.diary, limit_bytes=_DIARY_BYTES, kind="a diary")
    return food in diary.text.casefold()
