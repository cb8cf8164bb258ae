"""Units of the model texts: the name used after ``has`` and what it means.

Antimony wants a name for each unit, SBML a definition; both come from here. Unit names and ids share one
namespace in SBML, so a unit is ``hour_per_day`` and the number of hours is ``hours_per_day``.
"""

from __future__ import annotations

from calciroute.units.expression import WORDS, parse_unit

# Names that SBML itself gives a meaning: the model's amount, time and volume.
SUBSTANCE, TIME, VOLUME = "nmol", "h", "L"

# One unit a line, alphabetical; add what a text needs.
MODEL_UNITS: dict[str, str] = {
    "cm": "cm",
    "day": "d",
    "day_per_mg": "d/mg",
    "day_per_ug": "d/ug",
    "g_per_cm2": "g/cm2",
    "hour": "h",
    "hour_per_day": "h/d",
    "hour_per_week": "h/week",
    "hour_per_year": "h/y",
    "kg": "kg",
    "L_per_hour": "L/h",
    "L_per_nmol": "L/nmol",
    "m_per_s": "m/s",
    "m_per_s_per_year": "m/s/y",
    "m_per_s_per_year2": "m/s/y2",
    "mg": "mg",
    "mg_per_day": "mg/d",
    "mg_per_L": "mg/L",
    "mg_per_nmol": "mg/nmol",
    "mL_per_min": "mL/min",
    "mL_per_min_per_L_per_hour": "mL/min per L/h",
    "mL_per_min_per_year": "mL/min/y",
    "mm3": "mm3",
    "mmHg": "mmHg",
    "mmHg_per_kg": "mmHg/kg",
    "mmHg_per_mL_per_min": "mmHg per mL/min",
    "mmHg_per_year": "mmHg/y",
    "mmol_per_day": "mmol/d",
    "ng_per_mL": "ng/mL",
    "ng_per_nmol": "ng/nmol",
    "nM": "nmol/L",
    "nmol": "nmol",
    "nmol_per_day": "nmol/d",
    "nmol_per_hour": "nmol/h",
    "nmol_per_hour2": "nmol/h2",
    "per_day": "1/d",
    "per_hour": "1/h",
    "per_mmHg": "1 per mmHg",
    "per_nM": "L/nmol",
    "per_ug": "1/ug",
    "per_year": "1/y",
    "pg_per_mL": "pg/mL",
    "pM": "pmol/L",
    "ug": "ug",
    "ug_per_day": "ug/d",
    "ug_per_nmol": "ug/nmol",
    "year": "y",
}
PLAIN = "dimensionless"


def declared_expression(name: str) -> str:
    """Unit expression behind a name used after ``has``.

    Parameters
    ----------
    name : str
        A key of MODEL_UNITS, ``dimensionless`` or ``litre``.

    Returns
    -------
    str
        Such as ``nmol/L``; ``1`` for a plain number.

    Examples
    --------
    >>> declared_expression("nM")
    'nmol/L'
    """
    if name == PLAIN:
        return "1"
    return {"litre": "L", "substance": SUBSTANCE, "volume": VOLUME, "time_unit": TIME}.get(
        name
    ) or MODEL_UNITS[name]


def antimony_unit_block() -> str:
    """Unit definitions of all model texts, on one line.

    Returns
    -------
    str
        Antimony statements; one line, so that line numbers of a text stay true behind it.

    Examples
    --------
    >>> "unit nM = 1e-09 mole/litre;" in antimony_unit_block()
    True
    """
    fixed = ["unit substance = 1e-9 mole;", "unit extent = 1e-9 mole;", "unit time_unit = 3600 second;",
             "unit volume = 1 litre;"]  # fmt: skip
    return " ".join(fixed + [f"unit {name} = {_antimony(text)};" for name, text in MODEL_UNITS.items()])


# Antimony's base words: each printed word becomes a factor times these.
_BASE = {
    "s": "second", "min": "second", "h": "second", "d": "second", "week": "second", "y": "second",
    "m": "metre", "cm": "metre", "mm": "metre", "L": "litre", "dL": "litre", "mL": "litre",
    "kg": "gram", "g": "gram", "mg": "gram", "ug": "gram", "ng": "gram", "pg": "gram",
    "mol": "mole", "mmol": "mole", "umol": "mole", "nmol": "mole", "pmol": "mole",
}  # fmt: skip


def _antimony(text: str) -> str:
    from calciroute.units.expression import _FACTOR, _signed_parts

    upper: list[str] = []
    lower: list[str] = []
    for sign, part in _signed_parts(text):
        match = _FACTOR.match(part)
        assert match is not None
        word, power = match["word"], sign * int(match["power"] or 1)
        if word == "1":
            continue
        if word == "mmHg":
            up = "133.322387415 kilogram", ["metre", "second", "second"]
            (upper if power > 0 else lower).append(up[0])
            (lower if power > 0 else upper).extend(up[1])
            continue
        base = _BASE[word]
        size = WORDS[word][1] / {"second": 1.0, "metre": 1.0, "litre": 1e-3, "gram": 1e-3, "mole": 1.0}[base]
        piece = base if size == 1.0 else f"({_short(size)} {base})"
        (upper if power > 0 else lower).extend([piece] * abs(power))
    top = "*".join(upper) or "dimensionless"
    if len(upper) == 1 and not lower:
        return top.strip("()")
    if len(upper) == 1 and lower == ["litre"]:
        return f"{top.strip('()')}/litre"
    return f"{top}/({'*'.join(lower)})" if lower else top


def _short(size: float) -> str:
    return f"{parse_unit('1').factor * size:.10g}"
