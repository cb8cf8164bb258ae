"""Medicine names as people misspell them, made by rules: what each must give, against what comes out.

The names below were written for this list and the misspellings are made here; none is looked up in the
package. A misspelling that happens to stand in the table of names is left out: it would test the table only.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from calciroute.people.medicine_words import comparable
from calciroute.safety.gates import ask_gates
from calciroute.tables.medicine_names import read_medicine_names
from safety.persons import answered_person

Kind = Literal["antagonist", "other_thinner", "other_thinner_misspelt", "look_alike", "unknown"]
ANTAGONISTS = (
    "warfarin", "Coumadin", "Jantoven", "Marevan", "acenocoumarol", "Sintrom", "phenprocoumon", "Marcumar",
    "Falithrom", "fluindione", "Previscan", "phenindione", "Dindevan", "Orfarin", "Lawarin", "Waran",
    "Marcoumar", "Coumadine", "Warfarex", "dicoumarol",
)  # fmt: skip
OTHER_THINNERS = (
    "apixaban", "Eliquis", "rivaroxaban", "Xarelto", "edoxaban", "Lixiana", "Savaysa", "dabigatran",
    "Pradaxa", "enoxaparin", "Clexane", "Lovenox", "dalteparin", "Fragmin", "tinzaparin", "Innohep",
    "nadroparin", "heparin", "fondaparinux", "Arixtra", "clopidogrel", "Plavix", "prasugrel", "Efient",
    "ticagrelor", "Brilique", "Brilinta", "aspirin", "acetylsalicylic acid", "dipyridamole",
    "cilostazol", "ticlopidine", "argatroban", "bivalirudin", "danaparoid", "betrixaban", "vorapaxar",
    "bemiparin", "Ecotrin", "Pletal",
)  # fmt: skip
# Harmless for these rules, and near an antagonist to the eye or the ear.
LOOK_ALIKES = (
    "Cardura", "Kemadrin", "Avandia", "Comtan", "Cordarone", "Marvelon", "curcumin", "Marcaine",
    "Mircera", "Singulair", "Sinemet", "Synthroid", "Centrum", "Orfadin", "Diovan", "Januvia",
    "Janumet", "Mirena", "Mirapex", "Zarator", "Prevacid", "phenytoin", "chlortalidone", "Coreg",
    "Cozaar", "Combivent", "Concerta", "Cymbalta", "Mavik", "Motrin", "Sinequan", "Prevalite",
    "Premarin", "Precose", "Provera", "Pravachol", "fluoxetine", "fluvastatin", "felodipine",
    "phenobarbital", "promethazine", "paroxetine", "amiodarone", "acarbose", "metformin", "famotidine",
    "varenicline", "ramipril", "Warticon", "Norvasc", "Diamox", "Dilantin", "Duavee", "Travatan",
    "Feldene", "Strattera", "Symmetrel", "Simponi", "Sandimmun", "Marplan",
)  # fmt: skip
# One letter apart and both real: the research tables keep them apart by exact names.
KEPT_APART = {("orfarin", "orfadin")}
COMMON = (
    "atorvastatin 20 mg",
    "lisinopril 10 mg",
    "metformin 500 mg",
    "omeprazole 20 mg",
    "sertraline 50 mg",
)
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SOUNDS = (
    ("ph", "f"), ("th", "t"), ("ou", "u"), ("c", "k"), ("x", "ks"), ("y", "i"), ("v", "w"), ("w", "v"),
    ("ei", "ai"), ("i", "ee"), ("a", "ah"), ("e", "i"), ("o", "u"), ("r", "rr"),
)  # fmt: skip
_CYRILLIC = dict(zip("abcdefghijklmnopqrstuvwxyz", "абцдефгхийклмнопкрстуввксиз", strict=False)) | {
    " ": " ",
    "x": "кс",
    "y": "и",
    "z": "з",
    "w": "в",
    "v": "в",
    "q": "к",
}
_KANA = {
    "a": "アイウエオ", "k": "カキクケコ", "s": "サシスセソ", "t": "タチツテト",
    "n": "ナニヌネノ", "h": "ハヒフヘホ", "m": "マミムメモ", "y": "ヤイユエヨ",
    "r": "ラリルレロ", "g": "ガギグゲゴ", "z": "ザジズゼゾ", "d": "ダヂヅデド",
    "b": "バビブベボ", "p": "パピプペポ",
}  # fmt: skip
_KANA_OF = {"c": "k", "q": "k", "l": "r", "j": "z", "w": "b", "v": "b", "f": "h", "x": "k"}


@dataclass(frozen=True)
class SpelledPerson:
    """A synthetic person whose list holds one name that matters."""

    kind: Kind
    rule: str
    name: str
    written: str
    medicines: tuple[str, ...]


def dropped(name: str, draw: random.Random) -> str:
    """One letter left out, never the first."""
    place = draw.randrange(1, len(name))
    return name[:place] + name[place + 1 :]


def doubled(name: str, draw: random.Random) -> str:
    """One letter typed twice."""
    place = draw.randrange(len(name))
    return name[: place + 1] + name[place:]


def neighbouring(name: str, draw: random.Random) -> str:
    """One letter replaced by a key beside it."""
    places = [place for place, letter in enumerate(name.lower()) if letter in "".join(_KEYS)]
    place = draw.choice(places)
    row = next(row for row in _KEYS if name[place].lower() in row)
    key = row.index(name[place].lower())
    beside = [row[near] for near in (key - 1, key + 1) if 0 <= near < len(row)]
    return name[:place] + draw.choice(beside) + name[place + 1 :]


def phonetic(name: str, draw: random.Random) -> str:
    """One or two sounds written as they are heard."""
    fitting = [pair for pair in _SOUNDS if pair[0] in name.lower()]
    text = name.lower()
    for sound, heard in draw.sample(fitting, min(draw.choice((1, 2)), len(fitting))):
        text = text.replace(sound, heard, 1)
    return text


def cyrillic(name: str, draw: random.Random) -> str:
    """Letter by letter in Cyrillic, with one letter slipped."""
    return "".join(_CYRILLIC.get(letter, letter) for letter in dropped(name, draw).lower())


def japanese(name: str, draw: random.Random) -> str:
    """Syllable by syllable in katakana, as somebody would who never saw it written."""
    text, kana = neighbouring(name, draw).lower(), ""
    for place, letter in enumerate(text):
        if letter in "aiueo":
            before = text[place - 1] if place else ""
            row = "a" if before in {"", *"aiueo"} else _KANA_OF.get(before, before)
            kana += _KANA.get(row, _KANA["a"])["aiueo".index(letter)]
        elif letter == "n" and text[place + 1 : place + 2] not in {*"aiueo"}:
            kana += "ン"
        elif letter.isalpha() and text[place + 1 : place + 2] not in {*"aiueo"}:
            kana += _KANA.get(_KANA_OF.get(letter, letter), _KANA["a"])[2]
    return kana


RULES: dict[str, Callable[[str, random.Random], str]] = {
    "dropped": dropped,
    "doubled": doubled,
    "neighbouring": neighbouring,
    "phonetic": phonetic,
    "Cyrillic": cyrillic,
    "Japanese": japanese,
}


def persons(seed: int = 20261125) -> Iterator[SpelledPerson]:
    """300 persons: 120 on an antagonist, 60 on another blood thinner, 60 look-alikes, 60 unknown names."""
    draw = random.Random(seed)
    for rule in RULES:
        for name in ANTAGONISTS:
            yield _person("antagonist", rule, name, _misspelt(name, rule, draw), draw)
    for name in OTHER_THINNERS:
        yield _person("other_thinner", "exact", name, draw.choice((name, name.upper(), name.lower())), draw)
    for number in range(20):
        name, rule = draw.choice(OTHER_THINNERS), list(RULES)[number % len(RULES)]
        yield _person("other_thinner_misspelt", rule, name, _misspelt(name, rule, draw), draw)
    for name in LOOK_ALIKES:
        yield _person("look_alike", "exact", name, draw.choice((name, name.upper(), name.lower())), draw)
    for number in range(30):
        name, rule = draw.choice(LOOK_ALIKES), list(RULES)[number % len(RULES)]
        yield _person("unknown", rule, name, _misspelt(name, rule, draw), draw)
    for _ in range(30):
        invented = "".join(draw.choice("bdfglprstvz") + draw.choice("aeiou") for _ in range(4))
        yield _person("unknown", "invented", "", invented + draw.choice(("x", "mab", "nib", "ine")), draw)


def outcome(person: SpelledPerson) -> str:
    """What the gates make of a person: ``right``, or what is wrong."""
    result = ask_gates(answered_person(*person.medicines))
    gates = set() if result.passed else {one.gate for one in result.closed}
    said = "" if result.passed else str(result.notice)
    named = f"{person.written}" in said and "not recognised" in said
    warned = bool(gates & {"Q001", "Q061", "Q002"})
    match person.kind:
        case "antagonist":
            return "right" if gates & {"Q061", "Q002", "Q062"} else "not stopped"
        case "other_thinner":
            spoken = [rule for rule in result.interactions if {"K1", "K2"} & set(rule.meets)]
            return "right" if result.passed and not spoken else "warned of vitamin K or stopped"
        case "look_alike":
            return "right" if not gates & {"Q061", "Q002", "Q062"} else "stopped by its name"
        case "other_thinner_misspelt" | "unknown":
            if warned:
                return "warned of vitamin K"
            return "right" if gates == {"Q062"} and named else "not named as unknown"


def _person(kind: Kind, rule: str, name: str, written: str, draw: random.Random) -> SpelledPerson:
    dose = draw.choice(("", " 5 mg", " 2.5 mg daily", " tablets", " 1 mg once daily"))
    others = draw.sample(COMMON, draw.randrange(3))
    medicines = [*others, written + dose]
    draw.shuffle(medicines)
    return SpelledPerson(kind, rule, name, written, tuple(medicines))


@cache
def _known_names() -> frozenset[str]:
    return frozenset(comparable(row.name) for row in read_medicine_names())


def _misspelt(name: str, rule: str, draw: random.Random) -> str:
    known = _known_names()
    for _ in range(200):
        written = RULES[rule](name, draw)
        if comparable(written) not in known and comparable(written) != comparable(name):
            return written
    raise AssertionError(f"every {rule} spelling of {name} is in the table")
