"""References and scales of bone density: what a T-score counts from, and how the makers' g/cm2 compare.

``bone_density_references.csv`` holds the young adults that a T-score counts from; ``bone_density_scales.csv``
brings the g/cm2 of three makers to one standard. A reference that is only remembered is never used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable

from calciroute.errors import Problem
from calciroute.tables.csv_table import Column, Row
from calciroute.tables.rules import MEMORY, Rule, checked_rows, ordered, sourced, unit_known, words_of
from calciroute.tables.texts import data_text

_BASES = frozenset({"measured", "fitted", "borrowed", "assumed"})
_FIELD, _UNIT = Column("field", required=True), Column("unit", required=True, allowed=frozenset({"g/cm2"}))
_ORIGIN = (
    Column("source"),
    Column("locator"),
    Column("basis", required=True, allowed=_BASES),
    Column("verified", required=True),
    Column("note"),
)
REFERENCE_COLUMNS = (
    _FIELD,
    Column("maker"),
    Column("reference", required=True),
    Column("mean", "number", required=True),
    Column("sd", "number", required=True),
    _UNIT,
    Column("lowest_t", "number", required=True),
    Column("highest_t", "number", required=True),
    *_ORIGIN,
)
SCALE_COLUMNS = (
    _FIELD,
    Column("maker", required=True),
    Column("also_called"),
    Column("at", "number", required=True),
    Column("standard_at", "number", required=True),
    Column("slope", "number", required=True),
    _UNIT,
    *_ORIGIN,
)
# The scale of the model's own bone densities, which come from NHANES: its scanners were Hologic's.
MODEL_MAKER = "Hologic"


@dataclass(frozen=True)
class DensityReference:
    """Young adults that a T-score counts from.

    Parameters
    ----------
    field, maker : str
        Field of a person file; maker of the scanner, empty where one reference serves all.
    reference : str
        Who they are, in words.
    mean, sd : float, g/cm2
        Of them.
    lowest_t, highest_t : float
        Band outside which a T-score is not plausible.
    source, verified, where : str
        Key in ``references.bib``, where it was read, ``file:line``.
    """

    field: str
    maker: str
    reference: str
    mean: float
    sd: float
    lowest_t: float
    highest_t: float
    source: str
    verified: str
    where: str

    def density(self, t_score: float) -> float:
        """Density of a T-score.

        Parameters
        ----------
        t_score : float
            SD above the mean of the reference.

        Returns
        -------
        float, g/cm2
        """
        return self.mean + t_score * self.sd


@dataclass(frozen=True)
class DensityScale:
    """One maker's g/cm2 on the standard of three makers.

    Parameters
    ----------
    field, maker : str
        Field of a person file and maker.
    also_called : tuple of str
        Other names of the maker and its scanners.
    at, standard_at : float, g/cm2
        A density of this maker, and what the standard says there.
    slope : float
        Standard g/cm2 for one of this maker.
    source, where : str
        Key in ``references.bib``, ``file:line``.
    """

    field: str
    maker: str
    also_called: tuple[str, ...]
    at: float
    standard_at: float
    slope: float
    source: str
    where: str

    def to_standard(self, density: float) -> float:
        """Standard density of one that this maker prints, both g/cm2."""
        return self.standard_at + self.slope * (density - self.at)

    def from_standard(self, standard: float) -> float:
        """What this maker prints for a standard density, both g/cm2."""
        return self.at + (standard - self.standard_at) / self.slope


@cache
def read_density_references(source: Traversable | None = None) -> tuple[DensityReference, ...]:
    """Read the references of T-scores, those that are only remembered too.

    Parameters
    ----------
    source : Traversable, optional
        Another file of the same form; the shipped one by default.

    Returns
    -------
    tuple of DensityReference
        In file order.

    Raises
    ------
    TableError
        With every problem of the table.
    """
    rules = (sourced, unit_known("unit"), ordered("lowest_t", "highest_t"), _above_zero("mean", "sd"))
    rows = checked_rows(
        source or data_text("bone_density_references.csv"), REFERENCE_COLUMNS, ("field", "maker"), rules
    )
    return tuple(
        DensityReference(
            field=row.text("field"),
            maker=row.text("maker"),
            reference=row.text("reference"),
            mean=row.number("mean") or 0.0,
            sd=row.number("sd") or 0.0,
            lowest_t=row.number("lowest_t") or 0.0,
            highest_t=row.number("highest_t") or 0.0,
            source=row.text("source"),
            verified=row.text("verified"),
            where=row.where,
        )
        for row in rows
    )


@cache
def read_density_scales(source: Traversable | None = None) -> Mapping[tuple[str, str], DensityScale]:
    """Read the scales of the makers.

    Parameters
    ----------
    source : Traversable, optional
        Another file of the same form; the shipped one by default.

    Returns
    -------
    mapping of (field, maker) to DensityScale

    Raises
    ------
    TableError
        With every problem of the table.

    Examples
    --------
    >>> sorted({maker for _, maker in read_density_scales()})
    ['GE Lunar', 'Hologic', 'Norland']
    """
    rules = (sourced, unit_known("unit"), _above_zero("slope"))
    rows = checked_rows(
        source or data_text("bone_density_scales.csv"), SCALE_COLUMNS, ("field", "maker"), rules
    )
    scales = [
        DensityScale(
            field=row.text("field"),
            maker=row.text("maker"),
            also_called=words_of(row.text("also_called")),
            at=row.number("at") or 0.0,
            standard_at=row.number("standard_at") or 0.0,
            slope=row.number("slope") or 0.0,
            source=row.text("source"),
            where=row.where,
        )
        for row in rows
    ]
    return {(scale.field, scale.maker): scale for scale in scales}


def reference_for(field: str, maker: str = "") -> DensityReference | None:
    """The reference that turns a T-score into g/cm2.

    Parameters
    ----------
    field : str
        ``BMD_femoral_neck``, ``BMD_total_hip`` or ``BMD_lumbar``.
    maker : str, optional
        As `maker_called` spells it.

    Returns
    -------
    DensityReference or None
        None where the maker decides and is not known, or where nobody has read its reference.

    Examples
    --------
    >>> reference_for("BMD_femoral_neck").mean, reference_for("BMD_lumbar")
    (0.858, None)
    """
    return next(
        (
            one
            for one in read_density_references()
            if one.field == field and one.maker in {"", maker} and one.verified != MEMORY
        ),
        None,
    )


def maker_called(word: str) -> str:
    """The maker that a word from a report stands for.

    Parameters
    ----------
    word : str
        Name of a maker or of one of its scanners, case and hyphens free.

    Returns
    -------
    str
        Empty when it is not known.

    Examples
    --------
    >>> maker_called("lunar prodigy"), maker_called("HOLOGIC"), maker_called("Acme")
    ('GE Lunar', 'Hologic', '')
    """
    asked = _folded(word)
    for scale in read_density_scales().values():
        if asked in {_folded(name) for name in (scale.maker, *scale.also_called)}:
            return scale.maker
    return ""


def on_model_scale(field: str, density: float, maker: str) -> float:
    """A density as the scanners would print it that the model's own densities come from.

    Parameters
    ----------
    field : str
        Field of a person file.
    density : float, g/cm2
        As the report prints it.
    maker : str
        As `maker_called` spells it.

    Returns
    -------
    float, g/cm2
        On the scale of `MODEL_MAKER`.

    Examples
    --------
    >>> round(on_model_scale("BMD_femoral_neck", 1.038, "GE Lunar"), 3)
    0.858
    """
    scales = read_density_scales()
    standard = scales[(field, maker)].to_standard(density)
    return scales[(field, MODEL_MAKER)].from_standard(standard)


def _folded(word: str) -> str:
    return "".join(letter for letter in word.casefold() if letter.isalnum())


def _above_zero(*columns: str) -> Rule:
    def rule(row: Row) -> Iterable[Problem]:
        for name in columns:
            value = row.number(name) or 0.0
            if value <= 0.0:
                yield Problem(row.where, f"{name} {value:g} is not above 0", f"a {name} above 0")

    return rule
