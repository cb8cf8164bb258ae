"""Medicines by name: no antagonist is missed, no other blood thinner gets its warning."""

from __future__ import annotations

import pytest

from calciroute.people.medicine_words import comparable, split_entries, take_apart
from calciroute.people.medicines import ANTAGONIST, UNNAMED, recognise, recognise_each
from calciroute.tables.medicine_names import MedicineName, read_medicine_names

NAMES = read_medicine_names()
OTHER_THINNERS = {"direct_oral_anticoagulant", "heparin", "parenteral_anticoagulant", "antiplatelet"}
# Names that look alike and must stay apart.
PAIRS = [
    ("Coumadin", ("Cardura", "Kemadrin", "Avandia", "Comtan", "Cordarone")),
    ("Marevan", ("Marvelon",)),
    ("Marcumar", ("curcumin", "Marcaine", "Mircera")),
    ("Sintrom", ("Singulair", "Sinemet", "Synthroid", "Centrum")),
    ("Orfarin", ("Orfadin",)),
    ("Dindevan", ("Diovan",)),
    ("Jantoven", ("Januvia", "Janumet")),
    ("Miradon", ("Mirena", "Mirapex")),
    ("Previscan", ("Prevacid",)),
]


def of_class(*classes: str) -> list[MedicineName]:
    return [name for name in NAMES if name.medicine_class in classes]


def spellings(name: str) -> list[str]:
    return [
        name,
        name.upper(),
        name.lower(),
        f"  {name} 5 mg daily ",
        f"{name} 2,5 mg",
        f"atorvastatin 20 mg + {name}",
        f"{name}, apixaban",
        f"my {name} tablets",
    ]


def test_every_antagonist_shuts_the_gate_in_every_spelling() -> None:
    missed = [
        text
        for row in of_class(ANTAGONIST, UNNAMED)
        for text in spellings(row.name)
        if not recognise(text).shuts_gate
    ]
    assert len(of_class(ANTAGONIST)) >= 200
    assert missed == []


def test_a_typing_error_in_an_antagonist_never_becomes_harmless() -> None:
    opened = []
    for row in of_class(ANTAGONIST):
        if len(row.name) < 6 or not row.name.isascii():
            continue
        middle = len(row.name) // 2
        wrong = [
            row.name[:middle] + row.name[middle + 1 :],
            row.name[:middle] + row.name[middle] * 2 + row.name[middle + 1 :],
            row.name[: middle - 1] + row.name[middle] + row.name[middle - 1] + row.name[middle + 1 :],
        ]
        opened += [text for text in wrong if not recognise(text).shuts_gate]
    assert opened == []


def test_other_blood_thinners_get_no_vitamin_k_gate() -> None:
    wrongly = [row.name for row in of_class(*OTHER_THINNERS) if recognise(row.name).shuts_gate]
    assert wrongly == []


@pytest.mark.parametrize(("antagonist", "others"), PAIRS)
def test_names_that_look_alike_stay_apart(antagonist: str, others: tuple[str, ...]) -> None:
    assert recognise(antagonist).is_antagonist
    for other in others:
        match = recognise(other)
        assert match.recognised, other
        assert ANTAGONIST not in match.classes


@pytest.mark.parametrize(
    "known", ["phenytoin", "bemiparin", "phytomenadione", "chlortalidone", "Xarelto", "Zarator"]
)
def test_a_known_name_next_to_an_antagonist_is_itself(known: str) -> None:
    assert recognise(known).recognised
    assert not recognise(known).shuts_gate


def test_a_near_spelling_never_resolves_to_a_harmless_name() -> None:
    match = recognise("simvastattin 20 mg")
    assert match.status == "not_recognised"
    assert match.classes == frozenset()
    assert "simvastatin" in match.near


@pytest.mark.parametrize("word", ["coumarin", "cumarin", "coumarine"])
def test_coumarin_is_asked_about(word: str) -> None:
    assert recognise(word).status == "ask"
    assert recognise(word).shuts_gate


@pytest.mark.parametrize("text", ["", "5 mg", "???", "x" * 300, "war\u200bfarin", "ｗａｒｆａｒｉｎ"])
def test_odd_texts_keep_the_gate_shut(text: str) -> None:
    assert recognise(text).shuts_gate


def test_dose_and_rhythm_are_read() -> None:
    match = recognise("acenocoumarol (Sintrom) 4 mg once daily")
    assert match.is_antagonist
    match = recognise("warfarin 2,5 mg twice daily")
    assert (match.dose_mg, match.doses_per_day) == (2.5, 2.0)
    assert recognise("levothyroxine 75 mcg").dose_mg == 0.075
    assert recognise("insulin glargine 20 IU").dose_mg is None
    assert recognise("alendronic acid 70 mg weekly").doses_per_day == pytest.approx(1 / 7)


def test_several_names_in_one_text_are_taken_apart() -> None:
    assert split_entries("warfarin 2,5 mg; ramipril\nZorblax") == ["warfarin 2,5 mg", "ramipril", "Zorblax"]
    statuses = [match.status for match in recognise_each(["apixaban and Zorblax, warfrin"])]
    assert statuses == ["exact", "not_recognised", "ask"]
    assert recognise("apixaban and Zorblax").status == "not_recognised"


@pytest.mark.parametrize(
    ("first", "second"),
    [("Sintróm", "SINTROM"), ("الوارفارين", "وارفارين"), ("Co-Diovan®", "co diovan"), ("Straße", "strasse")],
)
def test_spellings_that_are_one_name(first: str, second: str) -> None:
    assert comparable(first) == comparable(second)


def test_japanese_sounds_stay_apart() -> None:
    assert comparable("ハ") != comparable("パ")


def test_the_short_way_of_plain_names_is_the_way_of_all_names() -> None:
    signs = [f"a{chr(code)}B 2" for code in range(128)]
    plain = [name for name in (*signs, *(row.name for row in NAMES)) if name.isascii()]
    assert len(plain) > 1000
    # One letter with an accent sends the whole name the long way.
    assert [comparable(f"{name} é") for name in plain] == [f"{comparable(name)} e" for name in plain]


def test_form_words_and_doses_are_no_part_of_a_name() -> None:
    assert take_apart("Marevan 3mg tablets 1x daily").name == "Marevan"


@pytest.mark.parametrize(
    "text",
    [
        "Маркумар 3 мг",
        "Sintrom 4 mg 1/4 comprimé",
        "Marcumar 3 mg 0-0-1",
        "ワーファリン錠1mg 1日1回夕食後",
        "Warfarinnatrium",
        "warfarina sódica 5 mg",
        "Σιντρόμ 4 mg",
        "Варфарин Никомед 2,5 мг по 1 таб вечером",
        "Phenprocoumon-ratiopharm 3mg nach INR",
        "Marcuphen",
    ],
)
def test_an_antagonist_with_everything_around_it_is_one(text: str) -> None:
    assert recognise(text).is_antagonist


@pytest.mark.parametrize(
    ("text", "ingredient"),
    [
        ("metoprololsuccinaat 50 mg mga 1dd1", "metoprolol"),
        ("Bisoprolol AbZ 2,5 1-0-1", "bisoprolol"),
        ("левотироксин натрия 50 мкг по 1 таб утром", "levothyroxine"),
        ("アムロジピンOD錠5mg「サワイ」", "amlodipine"),
        ("αμλοδιπίνη 10 mg το πρωί", "amlodipine"),
        ("Sertralin-HCl 50", "sertraline"),
        ("cloridrato de metformina", "metformin"),
        ("Doliprane 1000 si douleurs", "paracetamol"),
    ],
)
def test_a_name_is_known_without_what_stands_around_it(text: str, ingredient: str) -> None:
    match = recognise(text)
    assert match.recognised
    assert any(ingredient in found for found in match.ingredients)


@pytest.mark.parametrize(
    "text", ["cillostazol", "fluoxetinee", "Zorblax 5 mg au coucher", "2 tablets at night"]
)
def test_a_slip_or_an_unknown_name_stays_unknown(text: str) -> None:
    assert recognise(text).status == "not_recognised"


def test_short_words_behind_a_name_are_second_ingredients() -> None:
    for text, second in (("Telma AM", "amlodipine"), ("Pan D", "domperidone"), ("Telma 40 AM", "amlodipine")):
        assert any(second in found for found in recognise(text).ingredients)
