"""Unit words as reports of many countries print them, folded so that spellings of one unit are one text.

Reports disagree on case, on micro (``µ``, ``μ``, ``mc``, ``u``), on where the litre stands (``/L``, ``L-1``,
``pro l``) and on the alphabet. Case may be folded here: no laboratory reports megagrams, so ``MG/DL`` is
mg/dL.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# Other names of a unit; both sides are folded, blanks part the names.
_SAME = {
    "mmhg": "mm[hg] torr millimetersofmercury millimetresofmercury mmqs ммртст mmdehg mmdihg",
    "au": "agatston agatstonunits agatstonunit agatstonscore agatstoneinheiten agatston-einheiten "
    "agatstoneenheden agatstonenheder unitesagatston unidadesagatston unidadesdeagatston unitaagatston",
    "g/cm2": "gm/cm2 grams/cm2 g/sqcm g/qcm г/см2",
    "ml/min": "ml/min/1.73m2 ml/min/1.73 ml/min/1.73m ml/min/1.73sqm ml/min/1.73qm ml/min/(1.73m2) "
    "мл/мин/1.73м2 мл/мин",
    "ml/s": "ml/s/1.73m2 ml/sec ml/sec/1.73m2 мл/с",
    "m/s": "m/sec meter/s meters/s м/с m/seg meterspersecond m/sek",
    "cm/s": "cm/sec см/с",
    "mg/dl": "mg% mg/100ml mgs/dl мг/дл",
    "g/dl": "g% g/100ml gm/dl gms/dl г/дл",
    "ng/dl": "ng/100ml ng%",
    "ug/dl": "ug/100ml ug%",
    "meq/l": "mval/l mekv/l мэкв/л",
    "u/l": "iu/l ie/l e/l ui/l units/l ед/л",
    "ng/ml": "нг/мл ng/cc nanograms/ml",
    "pg/ml": "пг/мл picograms/ml",
    "ug/ml": "мкг/мл",
    "ug/l": "мкг/л micrograms/l microg/l",
    "ng/l": "нг/л",
    "mg/l": "мг/л",
    "g/l": "г/л",
    "nmol/l": "нмоль/л nm nanomol/l nmole/l nmoles/l",
    "pmol/l": "пмоль/л pm picomol/l pmole/l pmoles/l",
    "umol/l": "мкмоль/л um micromol/l mikromol/l umole/l umoles/l",
    "mmol/l": "ммоль/л mm millimol/l mmole/l mmoles/l",
    "mmol/mol": "ммоль/моль mmol/molhb",
    "mau/ml": "мае/мл",
    "%": "percent prozent procent pct pourcent porciento percento porcento %hb %(ngsp) %ngsp %(dcct) %dcct",
    "inr": "ratio",
    "kpa": "кпа",
}
# Units of laboratories that have no other name here.
_MORE = "mg/cm2 mm3 ug/g mg/g iu/ml u/ml mu/l ku/l au/ml mg/mmol g mg ug ng mmol umol cmhg"
_NAMES = {spelling: unit for unit, spellings in _SAME.items() for spelling in spellings.split()}
_DIVIDES = re.compile(r"(?<=[a-zа-я0-9%])\s*(?:\bper\b|\bpro\b|\bpar\b|\bpor\b|\bje\b)\s*(?=[a-zа-я0-9])")
_POWERED = re.compile(r"(?P<above>[a-z%]+)[.·*⋅]?(?P<below>l|dl|ml|s|mol|cm)-(?P<power>[12])$")


@cache
def fold_unit(text: str) -> str:
    """A unit word without the differences that carry no meaning.

    Parameters
    ----------
    text : str
        As printed.

    Returns
    -------
    str
        Lower case; equal for two spellings of one unit.

    Examples
    --------
    >>> fold_unit("µmol/l") == fold_unit("umol/L") == fold_unit("mcmol / L") == fold_unit("μmol·L⁻¹")
    True
    >>> fold_unit("mL/min/1,73 m²") == fold_unit("mL/min")
    True
    """
    # Full-width letters, the letters that hold a unit in one sign, and superscripts.
    word = unicodedata.normalize("NFKC", text.replace("\u00b2", "2").replace("^", ""))
    word = word.casefold().replace("\u00b5", "u").replace("\u03bc", "u").replace("−", "-")
    word = word.replace("ℓ", "l").replace("∕", "/").replace("⁄", "/").replace("／", "/").replace(",", ".")
    word = _DIVIDES.sub("/", word.strip().strip("."))
    word = re.sub(r"\s+", "", word)
    word = re.sub(r"^mc(?=g|mol)", "u", word)
    powered = _POWERED.match(word)
    if powered:
        word = f"{powered['above']}/{powered['below']}{powered['power'].replace('1', '')}"
    return _NAMES.get(word, word)


def known_units() -> frozenset[str]:
    """Folded units of laboratories that have another name too.

    Returns
    -------
    frozenset of str
        Folded; for messages about a unit that a test is not measured in.
    """
    return frozenset(_SAME) | frozenset(_MORE.split())
