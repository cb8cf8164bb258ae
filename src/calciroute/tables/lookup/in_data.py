"""Look-up in the data tables: names, foods, studies, outcomes, medicines, sources and numbered rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from calciroute.tables.base_foods import SOURCE, VERIFIED, base_food, is_base_food
from calciroute.tables.claims import read_claims
from calciroute.tables.csv_table import Row
from calciroute.tables.dishes import read_dishes
from calciroute.tables.food_nutrients import NutrientAmount, read_food_nutrients
from calciroute.tables.foods import Food, analyses_of, foods_called
from calciroute.tables.interactions import read_interactions
from calciroute.tables.lifestyle import read_lifestyle
from calciroute.tables.lookup.finding import Place
from calciroute.tables.lookup.in_labs import lab_places
from calciroute.tables.lookup.in_measurements import measurement_places
from calciroute.tables.medicine_names import read_medicine_names
from calciroute.tables.nomenclature import find_name, folded
from calciroute.tables.not_for_person import read_not_for_person
from calciroute.tables.protocol import read_protocol
from calciroute.tables.reference_intakes import read_reference_intakes
from calciroute.tables.references import read_references
from calciroute.tables.self_check import read_self_check_rows
from calciroute.tables.self_check_questions import read_self_check_question_rows
from calciroute.tables.studies import Study, read_studies
from calciroute.tables.supplements import read_supplements
from calciroute.tables.table_links import findings

# Tables whose rows carry a number of their own, such as I040, with the column that people know them by.
_NUMBERED: tuple[tuple[Callable[[], tuple[Row, ...]], str, str], ...] = (
    (read_claims, "claim_id", "claim"),
    (read_supplements, "id", "item"),
    (read_interactions, "id", "subject"),
    (read_lifestyle, "id", "item"),
    (read_protocol, "id", "item"),
    (read_reference_intakes, "id", "nutrient"),
    (read_self_check_rows, "id", "item"),
    (read_self_check_question_rows, "id", "question"),
)
_MINERALS = frozenset({"calcium", "magnesium", "phosphorus", "sodium", "fat"})


def data_places(name: str) -> Iterator[Place]:
    """Rows of the data tables about a name.

    Parameters
    ----------
    name : str
        Any spelling of a thing, a food, a study id, a medicine, a source key or a row id.

    Yields
    ------
    Place
        By kind.

    Examples
    --------
    >>> sorted({place.kind for place in data_places("knapen2015")})
    ['source', 'study']
    """
    yield from _name_places(name)
    yield from _food_places(name)
    yield from _study_places(name)
    yield from _medicine_places(name)
    yield from _source_places(name)
    yield from _row_places(name)
    yield from _left_out_places(name)
    yield from measurement_places(name)
    yield from lab_places(name)


def _name_places(word: str) -> Iterator[Place]:
    name = find_name(word)
    if name is None:
        return
    aliases = f"also called: {', '.join(name.aliases)}" if name.aliases else ""
    kinds = f"kind: {', '.join(sorted(name.kinds))}"
    unit = f"default unit: {name.unit}" if name.unit not in {"", "1"} else ""
    title = f"{name.name} ({name.id}): {name.meaning}"
    yield Place("name", name.where, title, tuple(line for line in (kinds, unit, aliases) if line))
    if name.kinds & {"outcome", "kinetic"}:
        rows = [(where, study) for where, study, outcome in findings() if outcome == name.id]
        if rows:
            yield Place("outcome", rows[0][0], f"{len(rows)} findings about {name.id}", tuple(_grouped(rows)))


def _grouped(rows: list[tuple[str, str]]) -> Iterator[str]:
    by_study: dict[tuple[str, str], list[str]] = {}
    for where, study in rows:
        file, line = where.rsplit(":", 1)
        by_study.setdefault((study, file), []).append(line)
    for (study, file), lines in by_study.items():
        yield f"{study}: {file}:{','.join(lines)}"


def _food_places(word: str) -> Iterator[Place]:
    for key in foods_called(word):
        for food in analyses_of(key):
            yield _food(food)
    if is_base_food(word):
        yield _base_food(word)
    if word in read_dishes():
        dish = read_dishes()[word]
        parts = [
            f"{one.food}: {one.share:g} g, {one.low:g} to {one.high:g}, in 100 g" for one in dish.ingredients
        ]
        yield Place("food", dish.where, f"{dish.key}: {dish.name}; recipe {dish.basis}", tuple(parts))


def _base_food(key: str) -> Place:
    food = base_food(key)
    details = [f"{name} {one.value:g} {one.unit} in 100 g" for name, one in food.amounts.items()]
    source = _source(SOURCE, VERIFIED)
    return Place("food", food.where, f"{food.key}: {food.name}", (*details, f"{food.locator}: {source}"))


def _food(food: Food) -> Place:
    region = f", {food.region}" if food.region else ""
    first = "; taken when no region is known" if food.preferred else ""
    title = f"{food.food_id}: {food.name}{region}{first}"
    amounts = read_food_nutrients().get(food.food_id, {})
    details = [
        f"{_amount(a)}, {a.where}: {_source(a.source, a.verified)}" for a in _vitamins_first(amounts.values())
    ]
    details.append(f"a missing K2 value here means: {food.k2_missing_rule}")
    if food.note:
        details.append(f"note: {food.note}")
    return Place("food", food.where, title, tuple(details))


def _vitamins_first(amounts: object) -> list[NutrientAmount]:
    listed = [amount for amount in amounts if isinstance(amount, NutrientAmount)]  # type: ignore[attr-defined]
    return sorted(listed, key=lambda amount: amount.nutrient in _MINERALS)


def _amount(amount: NutrientAmount) -> str:
    span = f"{amount.low:g} to {amount.high:g}" if amount.low is not None and amount.high is not None else ""
    if amount.value is None:
        return f"{amount.nutrient} {span} {amount.unit} per 100 g"
    band = f" ({span})" if span else ""
    return f"{amount.nutrient} {amount.value:g} {amount.unit} per 100 g{band}"


def _source(key: str, verified: str) -> str:
    known = read_references()
    words = known[key].citation if key in known else key or "no source"
    return f"{words} (remembered, not read)" if verified == "memory" else words


def _study_places(name: str) -> Iterator[Place]:
    study = read_studies().get(name)
    if study is not None:
        yield Place("study", study.where, study.citation, tuple(_study_lines(study)))


def _study_lines(study: Study) -> Iterator[str]:
    yield f"design: {study.design}; {study.population}"
    if study.results_withheld:
        yield "results withheld: the model predicts them before anyone looks"
    rows = [(where, outcome) for where, study_id, outcome in findings() if study_id == study.study_id]
    for where, outcome in rows:
        yield f"{outcome}: {where}"
    for row in read_claims():
        cells = row.text("best_evidence_for") + ";" + row.text("best_evidence_against_or_null")
        if study.study_id in cells.split(";"):
            yield f"claim {row.text('claim_id')}: {row.where}"


def _medicine_places(name: str) -> Iterator[Place]:
    for row in read_medicine_names():
        if folded(row.name) == folded(name) or (row.ingredient and folded(row.ingredient) == folded(name)):
            title = f"{row.name}: {row.kind}, {row.medicine_class}"
            what = f"ingredient: {row.ingredient}" if row.ingredient else ""
            used = f"used in: {row.language}" if row.language else ""
            yield Place("medicine", row.where, title, tuple(line for line in (what, used) if line))


def _source_places(name: str) -> Iterator[Place]:
    reference = read_references().get(name)
    if reference is not None:
        link = (reference.link,) if reference.link else ()
        yield Place("source", reference.where, reference.citation, link)


def _left_out_places(name: str) -> Iterator[Place]:
    meant = {(folded(row.name), "name", row.name) for row in read_medicine_names()}
    meant |= {(folded(row.name), "ingredient", row.ingredient) for row in read_medicine_names()}
    meant |= {(folded(row.name), "class", row.medicine_class) for row in read_medicine_names()}
    named = {(kind, word) for spelling, kind, word in meant if spelling == folded(name)}
    for row in read_not_for_person():
        words = {row.id, *row.conditions, *(word for _, word in row.medicines)}
        if folded(name) in {folded(word) for word in words} or not named.isdisjoint(row.medicines):
            touched = [*(f"all of {group}" for group in sorted(row.groups)), *sorted(row.outcomes)]
            sources = [_source(key, row.verified) for key in row.sources] or [f"{row.basis}: {row.locator}"]
            title = f"not for a person with {row.cause}: {row.reason}"
            yield Place("left out", row.where, title, (f"touches: {', '.join(touched)}", *sources))


def _row_places(name: str) -> Iterator[Place]:
    for reader, key, what in _NUMBERED:
        for row in reader():
            if row.text(key) == name:
                filled = (f"{column}: {row.text(column)}" for column in row.cells if row.text(column))
                yield Place("row", row.where, f"{name}: {row.text(what)}", tuple(filled))
