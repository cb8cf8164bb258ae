"""Spellings of laboratory values with what each must give, and the judge that sorts what came out.

Neither source looks into the tables of the package. The lines of ``reference/lab_spellings.csv`` are written
by hand, each with its value. The grid multiplies tests, names in several languages, units in several
spellings, decimal signs and limits; its values come from sums of atomic weights and from prefixes. Crossed
texts put every unit behind every test: what comes out is a number that weights and prefixes give, or none.
"""

from __future__ import annotations

import csv
import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from calciroute.people.lab_outcome import LabOutcome, LabQuestion, LabRefusal
from calciroute.people.lab_text import read_lab

HAND = Path(__file__).parent / "reference" / "lab_spellings.csv"
# Factors are printed with four digits; published tables differ from sums of weights by as much as this.
TOLERANCE = 0.004
WEIGHTS = {"C": 12.011, "H": 1.008, "N": 14.007, "O": 15.999, "Ca": 40.078, "Mg": 24.305, "P": 30.974}
PREFIXES = {"": 1.0, "m": 1e-3, "u": 1e-6, "n": 1e-9, "p": 1e-12}
LITRES = {"L": 1.0, "dL": 0.1, "mL": 1e-3}
GIVEN, ASKED, REFUSED = ("value", "limit", "kept"), "question", "refusal"


@dataclass(frozen=True)
class Spelling:
    """A text and what it must give: ``value``, ``limit``, ``kept``, ``question`` or ``refusal``."""

    name: str
    text: str
    expected: str
    field: str = ""
    value: float = 0.0
    unit: str = ""
    limit: str = ""
    where: str = "grid"


def formula(**atoms: int) -> float:
    """Molar mass, g/mol."""
    return sum(WEIGHTS[atom] * count for atom, count in atoms.items())


# What the fields are kept in, and the molar mass where a report may print masses.
OWN = {
    "25OHD": ("nmol/L", formula(C=27, H=44, O=2)),
    "calcitriol": ("pmol/L", formula(C=27, H=44, O=3)),
    "calcium": ("mmol/L", formula(Ca=1)),
    "calcium_ionised": ("mmol/L", formula(Ca=1)),
    "phosphate": ("mmol/L", formula(P=1)),
    "magnesium": ("mmol/L", formula(Mg=1)),
    "creatinine": ("umol/L", formula(C=4, H=7, N=3, O=1)),
    "PTH": ("pmol/L", 9400.0),
    "K1_plasma": ("nmol/L", formula(C=31, H=46, O=2)),
    "MK7_plasma": ("nmol/L", formula(C=46, H=64, O=2)),
    "triglycerides": ("mmol/L", formula(C=57, H=104, O=6)),
    "albumin": ("g/L", 0.0),
    "CRP": ("mg/L", 0.0),
    "ucOC": ("ng/mL", 0.0),
    "dp_ucMGP": ("pmol/L", 0.0),
    "CTX": ("ng/L", 0.0),
    "P1NP": ("ug/L", 0.0),
    "IL6": ("pg/mL", 0.0),
}
KEPT = {"calcium_ionised", "magnesium", "albumin", "CTX", "P1NP"}
# Field, names on reports, unit, spellings of the unit, a number that no mark gives two meanings.
GRID: list[tuple[str, tuple[str, ...], str, tuple[str, ...], float]] = [
    ("25OHD", ("25OHD", "25-OH-Vitamin D", "25-hydroxyvitamine D", "25-idrossivitamina D", "25-OHビタミンD"),
     "nmol/L", ("nmol/L", "nmol/l", "NMOL/L", "nmol per L"), 61.5),
    ("25OHD", ("Vitamin D, 25-OH, total", "25-hidroxivitamina D", "25-hydroxivitamin D"),
     "ng/mL", ("ng/mL", "ng/ml", "NG/ML"), 24.6),
    ("25OHD", ("25-Hydroxy-Vitamin D", "25-OH vitamine D"), "ug/L", ("µg/l", "μg/L", "ug/L", "mcg/L"), 24.6),
    ("calcitriol", ("Calcitriol", "1,25-dihydroxyvitamine D"), "pmol/L", ("pmol/L", "pmol/l"), 104.5),
    ("calcitriol", ("1,25(OH)2D", "Calcitriolo"), "pg/mL", ("pg/mL", "pg/ml"), 43.5),
    ("calcitriol", ("1,25-Dihydroxy-Vitamin D",), "ng/L", ("ng/L", "ng/l"), 43.5),
    ("calcium", ("Calcium", "Gesamtcalcium", "Calcio", "Кальций"), "mmol/L",
     ("mmol/L", "mmol/l", "mM"), 2.37),
    ("calcium", ("Total calcium", "Cálcio", "カルシウム"), "mg/dL", ("mg/dL", "mg/dl", "MG/DL", "mg%"), 9.5),
    ("calcium_ionised", ("Ionized calcium", "Ionisiertes Calcium", "Calcio iónico"), "mmol/L",
     ("mmol/L", "mmol/l"), 1.23),
    ("phosphate", ("Phosphat", "Fosfaat", "Phosphore"), "mmol/L", ("mmol/L", "mmol/l"), 1.12),
    ("phosphate", ("Phosphorus", "Fósforo", "无机磷"), "mg/dL", ("mg/dL", "mg/dl"), 3.4),
    ("magnesium", ("Magnesium", "Magnésium", "Magnesio"), "mmol/L", ("mmol/L", "mmol/l"), 0.84),
    ("magnesium", ("Mg", "マグネシウム"), "mg/dL", ("mg/dL", "mg/dl"), 2.1),
    ("creatinine", ("Kreatinin", "Creatinine", "Créatinine", "Creatinina"), "umol/L",
     ("umol/L", "µmol/l", "μmol/L", "mcmol/L", "micromol/L"), 78.5),
    ("creatinine", ("Serum creatinine", "Креатинин", "肌酐"), "mg/dL", ("mg/dL", "mg/dl"), 0.95),
    ("PTH", ("PTH", "Parathormon", "Hormona paratiroidea"), "pg/mL", ("pg/mL", "pg/ml", "PG/ML"), 47.5),
    ("PTH", ("Parathyroid hormone", "Parathormoon"), "ng/L", ("ng/L", "ng/l"), 47.5),
    ("PTH", ("Intact PTH", "副甲状腺ホルモン"), "pmol/L", ("pmol/L", "pmol/l"), 5.1),
    ("K1_plasma", ("Vitamin K1", "Vitamine K1"), "nmol/L", ("nmol/L",), 0.92),
    ("K1_plasma", ("Phylloquinone", "Phyllochinon"), "ng/mL", ("ng/mL", "ng/ml"), 0.42),
    ("MK7_plasma", ("MK-7", "Menachinon-7"), "nmol/L", ("nmol/L",), 3.5),
    ("MK7_plasma", ("Menaquinone-7",), "ug/L", ("µg/L", "ug/L", "mcg/L"), 2.3),
    ("triglycerides", ("Triglycerides", "Triglyzeride"), "mmol/L", ("mmol/L", "mmol/l"), 1.35),
    ("triglycerides", ("Trigliceridi", "中性脂肪"), "mg/dL", ("mg/dL", "mg/dl"), 118.5),
    ("albumin", ("Albumin", "Albumine", "Albúmina"), "g/L", ("g/L", "g/l"), 41.5),
    ("albumin", ("Serum albumin", "アルブミン"), "g/dL", ("g/dL", "g/dl"), 4.15),
    ("CRP", ("CRP", "C-reaktives Protein", "Protéine C-réactive"), "mg/L", ("mg/L", "mg/l"), 1.35),
    ("CRP", ("hs-CRP", "C反応性蛋白"), "mg/dL", ("mg/dL", "mg/dl"), 0.14),
    ("ucOC", ("ucOC", "Undercarboxylated osteocalcin"), "ng/mL", ("ng/mL", "ng/ml"), 3.45),
    ("ucOC", ("Untercarboxyliertes Osteocalcin",), "ug/L", ("µg/l", "mcg/L"), 3.45),
    ("dp_ucMGP", ("dp-ucMGP", "Inaktives MGP"), "pmol/L", ("pmol/L", "pmol/l", "pM"), 482.5),
    ("dp_ucMGP", ("dpucMGP",), "nmol/L", ("nmol/L",), 0.48),
    ("CTX", ("CTX", "Beta-Crosslaps"), "pg/mL", ("pg/mL", "pg/ml"), 352.5),
    ("CTX", ("Crosslaps",), "ng/mL", ("ng/mL", "ng/ml"), 0.35),
    ("P1NP", ("P1NP", "PINP"), "ug/L", ("µg/L", "mcg/L", "ng/mL"), 45.5),
    ("IL6", ("IL-6", "Interleukin 6"), "pg/mL", ("pg/mL", "ng/L"), 2.15),
]  # fmt: skip
# Every unit of a concentration that reports print, put behind every test.
UNITS = (
    *(f"{prefix}{kind}/{litre}" for kind in ("g", "mol") for prefix in PREFIXES for litre in LITRES),
    *["%", "mmHg", "m/s", "AU", "mL/min", "U/L", "mAU/mL", "g/cm2", "mEq/L", "mmol/mol", "kPa", "mm3", "INR"],
)
NUMBERS = (0.05, 0.9, 2.4, 9.6, 48.5, 350.5, 2500.5)
# Factors that no weight and no prefix gives, as printed by the sources that the tables name.
FURTHER = {
    ("calcium", "mEq/L"): 0.5,
    ("calcium_ionised", "mEq/L"): 0.5,
    ("magnesium", "mEq/L"): 0.5,
    ("osteocalcin", "nmol/L"): 5.8,
    ("osteocalcin", "pmol/L"): 0.0058,
    ("HbA1c", "mmol/mol"): 0.09148,
    ("SBP", "kPa"): 7.5006,
    ("DBP", "kPa"): 7.5006,
}
OFFSETS = {("HbA1c", "mmol/mol"): 2.152}
# Units that are kept as they are printed because they do not convert.
AS_PRINTED = {
    "dp_ucMGP": {"ug/L", "ng/mL"},
    "PIVKA2": {"mAU/mL", "ng/mL", "ug/L"},
    "BSAP": {"U/L"},
    "coronary_calcium": {"mm3"},
    "aortic_valve_calcium": {"mm3"},
}
# Fields whose own unit is no concentration, or whose masses and moles do not convert.
PLAIN = {
    "osteocalcin": "ng/mL", "cOC": "ng/mL", "PIVKA2": "%", "INR": "INR", "INR_without_antagonist": "INR",
    "BSAP": "ug/L", "HbA1c": "%", "coronary_calcium": "AU", "aortic_valve_calcium": "AU", "SBP": "mmHg",
    "DBP": "mmHg", "cfPWV": "m/s", "eGFR": "mL/min", "BMD_femoral_neck": "g/cm2", "BMD_lumbar": "g/cm2",
    "BMD_total_hip": "g/cm2",
}  # fmt: skip
LIMITS = {"": "", "< ": "<", "≤": "<", "unter ": "<", "less than ": "<", "> ": ">", "größer als ": ">"}


def per_litre(unit: str, molar_mass: float) -> float:
    """Moles (or grams, without a molar mass) a litre in one of a unit."""
    above, below = unit.split("/")
    kind = "mol" if above.endswith("mol") else "g"
    amount = PREFIXES[above.removesuffix(kind)] / LITRES[below]
    return amount / molar_mass if molar_mass and kind == "g" else amount


def true_value(field: str, number: float, unit: str) -> float:
    """A number of a unit in the unit of the field, by weights and prefixes."""
    own, molar_mass = OWN[field]
    return number * per_litre(unit, molar_mass) / per_litre(own, molar_mass)


def grid(every: int = 1) -> Iterator[Spelling]:
    """The product of names, spellings of units, decimal signs and limits, or each n-th of it."""
    product = (
        (field, unit, number, *parts)
        for field, names, unit, spellings, number in GRID
        for parts in itertools.product(names, spellings, (".", ","), LIMITS)
    )
    for field, unit, number, name, spelling, mark, limit in itertools.islice(product, 0, None, every):
        text = f"{limit}{str(number).replace('.', mark)} {spelling}"
        expected = "limit" if LIMITS[limit] else "kept" if field in KEPT else "value"
        value = true_value(field, number, unit)
        yield Spelling(name, text, expected, field, value, OWN[field][0], LIMITS[limit])
    for field, names, _, _, number in GRID[::every]:
        yield Spelling(names[0], str(number), ASKED, field)


def by_dimension(field: str, number: float, unit: str) -> tuple[float, str] | None:
    """What a number of any unit is in a field, by weights and prefixes; None where it cannot be."""
    own, molar_mass = OWN.get(field, (PLAIN.get(field, ""), 0.0))
    if unit == own:
        return number, own
    if unit in AS_PRINTED.get(field, ()):
        return number, unit
    if (field, unit) in FURTHER:
        return number * FURTHER[field, unit] + OFFSETS.get((field, unit), 0.0), own
    if "/" not in unit or "/" not in own or {unit, own} & {"m/s", "mL/min", "g/cm2", "mmol/mol", "mAU/mL"}:
        return None
    if any(part.startswith(("U", "mEq")) for part in (unit, own)):
        return None
    same_kind = ("mol" in unit) == ("mol" in own)
    if not (same_kind or molar_mass):
        return None
    return number * per_litre(unit, molar_mass) / per_litre(own, molar_mass), own


def crossed(every: int = 1) -> Iterator[tuple[str, float, str]]:
    """Every field with every unit and several numbers, or each n-th of them."""
    product = itertools.product((*OWN, *PLAIN), UNITS, NUMBERS)
    for field, unit, number in itertools.islice(product, 0, None, every):
        yield field, number, unit


def crossed_verdict(field: str, number: float, unit: str) -> str:
    """``value``, ``question``, ``refusal``, or ``wrong`` for a number that neither gives."""
    outcome = read_lab(field, f"{number} {unit}", sex="female", age_years=62.0)
    if isinstance(outcome, LabQuestion):
        return ASKED
    if isinstance(outcome, LabRefusal):
        return REFUSED
    true = by_dimension(field, number, unit)
    reading = outcome[0]
    if true is None or reading.unit != true[1] or reading.name != field or reading.limit:
        return "wrong"
    return "value" if abs(reading.value - true[0]) <= TOLERANCE * abs(true[0]) else "wrong"


def by_hand() -> list[Spelling]:
    """The written cases."""
    with HAND.open(encoding="utf-8", newline="") as table:
        return [
            Spelling(
                row["name"], row["text"], row["expected"], row["field"], float(row["value"] or 0.0),
                row["unit"], row["limit"], f"{HAND.name}:{line}",
            )
            for line, row in enumerate(csv.DictReader(table), start=2)
        ]  # fmt: skip


def read(spelling: Spelling) -> LabOutcome:
    """What the package makes of it."""
    return read_lab(spelling.name, spelling.text, sex="female", age_years=62.0)


def verdict(spelling: Spelling, outcome: LabOutcome) -> str:
    """What came out, and ``wrong`` where it is a number that it must not be."""
    if isinstance(outcome, LabQuestion):
        return ASKED
    if isinstance(outcome, LabRefusal):
        return REFUSED
    reading = outcome[0]
    if spelling.expected not in GIVEN:
        return "wrong"
    right = abs(reading.value - spelling.value) <= TOLERANCE * abs(spelling.value)
    right &= (reading.name, reading.unit, reading.limit) == (spelling.field, spelling.unit, spelling.limit)
    if not right:
        return "wrong"
    said = " ".join(reading.remarks)
    if reading.limit:
        return "limit" if "never used as a value" in said else "wrong"
    kept = "not used by the model" in said or reading.unit == "T-score"
    return "kept" if kept else "value"


def confusion(spellings: list[Spelling]) -> tuple[Counter[tuple[str, str]], list[tuple[Spelling, str]]]:
    """How often each expectation met each outcome, and every spelling that met another one."""
    counted: Counter[tuple[str, str]] = Counter()
    missed = []
    for spelling in spellings:
        found = verdict(spelling, read(spelling))
        counted[spelling.expected, found] += 1
        if found != spelling.expected:
            missed.append((spelling, found))
    return counted, missed


def silently_wrong(counted: Counter[tuple[str, str]]) -> int:
    """A number where none may come out, another number, or a number that lost its limit or its note."""
    return sum(
        count
        for (expected, found), count in counted.items()
        if found == "wrong" or (found in GIVEN and found != expected)
    )


def printed(counted: Counter[tuple[str, str]]) -> list[str]:
    """The table of confusion as lines."""
    kinds = (*GIVEN, ASKED, REFUSED)
    head = f"{'expected':10s}" + "".join(f"{kind:>10s}" for kind in (*kinds, "wrong"))
    return [head] + [
        f"{expected:10s}" + "".join(f"{counted[expected, found]:10d}" for found in (*kinds, "wrong"))
        for expected in kinds
    ]
