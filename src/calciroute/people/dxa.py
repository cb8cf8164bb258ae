"""Bone density as a report prints it: g/cm2 of some maker's scanner, a T-score, or a Z-score.

A T-score counts from young adults that the maker of the scanner chose: at the hip all makers take one
survey, at the spine each its own. A Z-score counts from people of the same age and gives no density. g/cm2
of two makers differ by more than years of bone loss, so they are brought to one scale where the maker is
known.
"""

from __future__ import annotations

import re
from typing import Literal

from calciroute.errors import near_names
from calciroute.people.lab_outcome import LabChoice, LabOutcome, LabQuestion, LabRefusal
from calciroute.people.lab_reading import LabReading
from calciroute.tables.bone_density import (
    MODEL_MAKER,
    DensityReference,
    maker_called,
    on_model_scale,
    read_density_references,
    read_density_scales,
    reference_for,
)
from calciroute.tables.people_fields import read_people_fields
from calciroute.units.quantity import QuantityError, parse_number

DENSITY_FIELDS = ("BMD_femoral_neck", "BMD_lumbar", "BMD_total_hip")
# Unit of a reading that gives no level: it is kept and shown, and no input of the model is set from it.
T_SCORE = "T-score"
_SITES = {
    "BMD_femoral_neck": "femoral neck",
    "BMD_lumbar": "lumbar spine",
    "BMD_total_hip": "total hip",
}
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-"})
_WORD = r"(?:[\s_-]*(?:score|wert|value|waarde))"
_SCORE = re.compile(
    rf"(?P<letter>[TZ]){_WORD}?\s*[:=]?\s*(?P<limit>[<>]?)\s*(?P<sign>[+-]?)\s*(?P<digits>[0-9.,]+)\s*(?:SD)?$",
    re.IGNORECASE,
)
_BEGINS = re.compile(rf"[TZ](?![a-z])|[TZ]{_WORD}", re.IGNORECASE)
_BARE = re.compile(r"(?P<sign>[+-]?)\s*(?P<digits>[0-9.,]+)\s*(?P<sd>SD)?$", re.IGNORECASE)


def read_score(name: str, written: str, maker: str = "") -> LabOutcome | None:
    """Read a T-score or Z-score.

    Parameters
    ----------
    name : str
        One of `DENSITY_FIELDS`.
    written : str
        As a report prints it: ``T -2.1``, ``T-Wert: -2,1``, ``-2.1 SD``.
    maker : str, optional
        Of the scanner, in any of its names.

    Returns
    -------
    tuple of LabReading, LabQuestion, LabRefusal, or None
        A reading in g/cm2 on the model's scale, or in `T_SCORE` where nothing turns it into g/cm2; None when
        the text is no score, so that g/cm2 may be read from it.

    Examples
    --------
    >>> read_score("BMD_femoral_neck", "T -2.1")[0].value
    0.606
    >>> read_score("BMD_lumbar", "T -1.8")[0].unit
    'T-score'
    >>> read_score("BMD_femoral_neck", "Z -1.0").advice
    'BMD_femoral_neck = "T -2.1", the T-score or the g/cm2 of the same report'
    """
    text = written.translate(_MINUS).strip()
    score = _SCORE.match(text)
    if score is None:
        return _without_letter(name, written, text)
    if score["letter"].upper() == "Z":
        return _z_refusal(name, written)
    value = _number(name, written, score["sign"], score["digits"])
    if isinstance(value, LabRefusal):
        return value
    if value and not score["sign"]:
        return _sign_question(name, written, value, maker)
    known = maker_called(maker)
    if maker and not known:
        return maker_refusal(name, written, maker)
    return _from_t(name, written, value, known, _limit(score["limit"]))


def on_one_scale(reading: LabReading) -> LabReading | LabRefusal:
    """A density in g/cm2 on the scale of the model, with what was done to it.

    Parameters
    ----------
    reading : LabReading
        Of one of `DENSITY_FIELDS`, in g/cm2 as printed; its maker may be empty.

    Returns
    -------
    LabReading or LabRefusal
        Converted where the maker is known; as printed, with a remark, where it is not.

    Examples
    --------
    >>> name, written = "BMD_femoral_neck", "0.9 g/cm2"
    >>> lunar = LabReading(name=name, written=written, value=0.9, unit="g/cm2", maker="Lunar")
    >>> round(on_one_scale(lunar).value, 3)
    0.739
    """
    if reading.maker and not maker_called(reading.maker):
        return maker_refusal(reading.name, reading.written, reading.maker)
    maker = maker_called(reading.maker)
    if maker == MODEL_MAKER:
        return reading
    if not maker:
        others = sorted(
            name for field, name in read_density_scales() if field == reading.name and name != MODEL_MAKER
        )
        remark = (
            f"Taken as g/cm2 of a {MODEL_MAKER} scanner; {' and '.join(others)} print other g/cm2 for "
            "the same bone, so the maker or the T-score is worth adding."
        )
        return reading.model_copy(update={"remarks": (*reading.remarks, remark)})
    value = on_model_scale(reading.name, reading.value, maker)
    outside = _outside_band(reading.name, reading.written, value, f"on the scale of {MODEL_MAKER}")
    if outside is not None:
        return outside
    remark = (
        f"{reading.value:.3f} g/cm2 of a {maker} scanner is {value:.3f} g/cm2 on the scale of a "
        f"{MODEL_MAKER} scanner, which the model uses (equations of "
        f"{read_density_scales()[(reading.name, maker)].source})."
    )
    return reading.model_copy(update={"value": value, "maker": maker, "remarks": (*reading.remarks, remark)})


def counted_from(reading: LabReading) -> str:
    """Who the young adults are that a T-score was counted from.

    Parameters
    ----------
    reading : LabReading
        Any.

    Returns
    -------
    str
        In words; empty where the reading was no T-score, or gives no level.

    Examples
    --------
    >>> counted_from(read_score("BMD_femoral_neck", "T -2.1")[0])
    'white women of 20 to 29 years, NHANES III'
    """
    if reading.name not in DENSITY_FIELDS or reading.unit == T_SCORE:
        return ""
    reference = reference_for(reading.name, reading.maker)
    is_score = _SCORE.match(reading.written.translate(_MINUS).strip())
    return reference.reference if is_score and reference is not None else ""


def comparable(name: str, density: float, maker: str) -> float:
    """A printed density on the scale that T-scores are counted on here.

    Parameters
    ----------
    name : str
        Any field; those that are no density stay as they are.
    density : float, g/cm2
        As printed.
    maker : str
        Of the scanner, in any of its names; empty when not given.

    Returns
    -------
    float
        As given where the maker is not known.

    Examples
    --------
    >>> round(comparable("BMD_femoral_neck", 0.891, "GE"), 3), comparable("CRP", 1.5, "")
    (0.731, 1.5)
    """
    known = maker_called(maker)
    return on_model_scale(name, density, known) if name in DENSITY_FIELDS and known else density


def maker_refusal(name: str, written: str, maker: str) -> LabRefusal:
    """A maker that no table knows.

    Parameters
    ----------
    name, written, maker : str
        Field, value as written, maker as written.

    Returns
    -------
    LabRefusal
        With the makers that are known.
    """
    known = sorted({scale.maker for scale in read_density_scales().values()})
    likely = (near_names(maker, known) or known)[0]
    return LabRefusal(
        name,
        written,
        f"maker '{maker}' of {name} is not known",
        ", ".join(known),
        f'maker = "{likely}"; without a maker a T-score of the spine gives changes in percent only',
    )


def _from_t(
    name: str, written: str, value: float, maker: str, limit: Literal["", "<", ">"]
) -> tuple[LabReading, ...] | LabRefusal:
    band = next(one for one in read_density_references() if one.field == name)
    reference = reference_for(name, maker)
    if not band.lowest_t <= value <= band.highest_t:
        expected = f"{band.lowest_t:g} to {band.highest_t:g}"
        return LabRefusal(name, written, f"{name} is T {value:g}", expected, f'{name} = "T -2.1"')
    if reference is None:
        remark = _no_level(name, maker)
        reading = LabReading(
            name=name, written=written, value=value, unit=T_SCORE, limit=limit, maker=maker, remarks=(remark,)
        )
        return (reading,)
    density = round(reference.density(value), 4)
    outside = _outside_band(name, written, density, f"for T {value:g}")
    if outside is not None:
        return outside
    reading = LabReading(
        name=name,
        written=written,
        value=density,
        unit="g/cm2",
        limit=limit,
        maker=maker,
        remarks=(_counted(name, value, density, reference),),
    )
    return (reading,)


def _outside_band(name: str, written: str, density: float, what: str) -> LabRefusal | None:
    field = read_people_fields("person_fields.csv")["labs"][name]
    if (field.lower or 0.0) <= density <= (field.upper or density):
        return None
    found = f"{name} is {density:.3g} g/cm2 {what}"
    return LabRefusal(name, written, found, field.band, field.outside or field.pattern)


def _counted(name: str, value: float, density: float, reference: DensityReference) -> str:
    sign = "minus" if value < 0.0 else "plus"
    return (
        f"T {value:g} at the {_SITES[name]} is {density:.3f} g/cm2: {reference.mean:g} {sign} "
        f"{abs(value):g} times {reference.sd:g} g/cm2, the mean and SD of {reference.reference} "
        f"({reference.source}); "
        "women are the reference for men too (iscd2013)."
    )


def _no_level(name: str, maker: str) -> str:
    whose = f"the reference data of {maker} for it were not read" if maker else "the maker is not given"
    return (
        f"A T-score of the {_SITES[name]} counts from the reference data of the scanner's maker, and "
        f"{whose}: changes in percent only, no level in g/cm2."
    )


def _z_refusal(name: str, written: str) -> LabRefusal:
    return LabRefusal(
        name,
        written,
        f"{name} '{written}' is a Z-score, which compares with people of the same age and gives no density",
        "a T-score or g/cm2",
        f'{name} = "T -2.1", the T-score or the g/cm2 of the same report',
    )


def _sign_question(name: str, written: str, value: float, maker: str) -> LabQuestion:
    """Reports print a plus or nothing above the mean, and people drop a minus: never decided here."""
    words = [_in_words(name, number, maker) for number in (-value, value)]
    return LabQuestion(
        name,
        written,
        f"{name} '{written}' has no sign",
        f"Is it {words[0]} or {words[1]}?",
        tuple(
            LabChoice(word, name, f"T {sign}{value:g}") for word, sign in zip(words, ("-", "+"), strict=True)
        ),
    )


def _without_letter(name: str, written: str, text: str) -> LabOutcome | None:
    if _BEGINS.match(text):
        found = f"{name} '{written}' begins like a score and is none"
        return LabRefusal(name, written, found, "T and one number", f'{name} = "T -2.1"')
    bare = _BARE.match(text)
    if bare is None or not (bare["sign"] or bare["sd"]):
        return None
    value = _number(name, written, bare["sign"], bare["digits"])
    if isinstance(value, LabRefusal):
        return value
    signed = (value,) if bare["sign"] or not value else (-value, value)
    choices = tuple(LabChoice(_in_words(name, number, ""), name, f"T {number:+g}") for number in signed)
    return LabQuestion(
        name,
        written,
        f"{name} '{written}' does not say whether it is a T-score or a Z-score",
        f"Is it a T-score, that is {' or '.join(choice.words for choice in choices)}? "
        "A Z-score gives no density: take the T-score or the g/cm2 of the same report.",
        choices,
    )


def _in_words(name: str, value: float, maker: str) -> str:
    reference = reference_for(name, maker_called(maker))
    level = f" ({reference.density(value):.3f} g/cm2)" if reference else ""
    return f"T {value:+g}{level}"


def _number(name: str, written: str, sign: str, digits: str) -> float | LabRefusal:
    try:
        return parse_number(f"{sign}{digits}")
    except QuantityError as wrong:
        return LabRefusal(name, written, f"{name} {wrong}", "a T-score", f'{name} = "T -2.1"')


def _limit(sign: str) -> Literal["", "<", ">"]:
    return "<" if sign == "<" else ">" if sign == ">" else ""
