"""Look-up of measurements: what a repeat moves by chance, percentiles, what a T-score counts from."""

from __future__ import annotations

from collections.abc import Iterator

from calciroute.tables.bone_density import DensityReference, read_density_references, read_density_scales
from calciroute.tables.lookup.finding import Place
from calciroute.tables.nomenclature import find_name
from calciroute.tables.percentiles import Distribution, read_percentiles
from calciroute.tables.references import read_references
from calciroute.tables.repeatability import Repeatability, read_repeatability
from calciroute.tables.rules import MEMORY


def measurement_places(word: str) -> Iterator[Place]:
    """Rows about measuring an outcome.

    Parameters
    ----------
    word : str
        Any spelling of an outcome, or a field of a person file.

    Yields
    ------
    Place
        Of the kind ``measurement``.

    Examples
    --------
    >>> [place.title for place in measurement_places("DBP")]
    []
    >>> next(measurement_places("CAC")).title
    'CAC_agatston, rescan below 1 AU: a difference of up to 11.6 AU by chance (95 %)'
    """
    name = find_name(word)
    outcome = name.id if name is not None else word
    for rule in read_repeatability():
        if rule.outcome == outcome:
            yield Place("measurement", rule.where, _rule_words(rule), (rule.who, _source(rule.source)))
    for one in read_percentiles():
        if one.outcome == outcome:
            yield Place("measurement", one.where, _percentile_words(one), (_source(one.source),))
    fields = {word, outcome, outcome.removesuffix("_spine")}
    for reference in read_density_references():
        if reference.field in fields:
            source = _source(reference.source)
            details = ("remembered, not read: not used",) if reference.verified == MEMORY else (source,)
            yield Place("measurement", reference.where, _reference_words(reference), details)
    for scale in read_density_scales().values():
        if scale.field in fields:
            title = (
                f"{scale.field}, {scale.maker}: standard g/cm2 = {scale.standard_at:g} + {scale.slope:g} "
                f"times (g/cm2 - {scale.at:g})"
            )
            yield Place("measurement", scale.where, title, (_source(scale.source),))


def _rule_words(rule: Repeatability) -> str:
    terms = [f"{rule.constant:g}"] if rule.constant else []
    for factor, what in (
        (rule.per_level, "level"),
        (rule.per_root_level, "root of level"),
        (rule.per_body_mass_index, "body mass index"),
    ):
        if factor:
            terms.append(f"{factor:g} {what}")
    inside = " + ".join(terms).replace("+ -", "- ")
    formula = inside if rule.factor == 1.0 else f"{rule.factor:g} times {inside}"
    span = "" if rule.level_to == float("inf") else f" below {rule.level_to:g} {rule.unit}"
    maker = f" of {rule.maker}" if rule.maker else ""
    what = f"{rule.outcome}, {rule.measurement}{maker}{span}"
    return f"{what}: a difference of up to {formula} {rule.unit} by chance (95 %)"


def _percentile_words(one: Distribution) -> str:
    levels = ", ".join(f"{percentile:g}th {value:g}" for percentile, value in one.points)
    people = f"{one.people} {one.sex} people of {one.age_from:g} to {one.age_to:g} years"
    return f"{one.outcome}, percentiles of {people} ({one.cohort}): {levels}"


def _reference_words(reference: DensityReference) -> str:
    maker = f", {reference.maker}" if reference.maker else ""
    return (
        f"{reference.field}{maker}: T 0 is {reference.mean:g} g/cm2, SD {reference.sd:g} g/cm2, "
        f"{reference.reference}"
    )


def _source(key: str) -> str:
    known = read_references().get(key)
    return known.citation if known is not None else key
