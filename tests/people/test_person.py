"""Person files: what is read, what is refused, and that the tables behind them hold together."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from calciroute.errors import InputError
from calciroute.people.person import parse_person, read_person
from calciroute.people.person_model import Genotype, Person
from calciroute.tables.lab_units import read_lab_units
from calciroute.tables.people_fields import read_people_fields
from calciroute.tables.person_rules import read_conflicts, read_medicine_doses

HEAD = '[person]\nsex = "female"\nage_years = 62\n'
LABS = read_people_fields("person_fields.csv")["labs"]


def problems_of(text: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        parse_person(text)
    return [str(problem) for problem in caught.value.problems]


def test_the_smallest_person_knows_nothing_else() -> None:
    person = parse_person(HEAD)
    assert person.labs == {}
    assert person.weight_kg is None
    assert person.body_mass_index is None
    assert not person.has("diabetes")
    assert person.place("labs", "INR") == "person.toml"


def test_every_example_of_the_field_table_is_accepted() -> None:
    exclusive = {"diary"}
    sections = read_people_fields("person_fields.csv")
    for section, fields in sections.items():
        for field in fields.values():
            if section == "supplement" or field.field in exclusive:
                continue
            head = "" if section == "person" and field.field in {"sex", "age_years"} else HEAD
            if section == "person":
                lines = {"sex": 'sex = "female"', "age_years": "age_years = 62"}
                lines[field.field] = field.pattern
                text = "[person]\n" + "\n".join(lines.values())
            else:
                text = f"{head}[{section}]\n{field.pattern}"
            assert parse_person(text).text == text


def test_the_own_unit_of_each_lab_has_the_factor_one() -> None:
    for lab, units in read_lab_units().items():
        assert (units[LABS[lab].unit].factor, units[LABS[lab].unit].offset) == (1.0, 0.0)
    assert set(read_lab_units()) == set(LABS)


def test_a_mu_is_a_mu() -> None:
    for text in ("100 mcg", "100 ug", "100 µg", "100 μg", "0.1 mg", "0,1 mg", "100 mcg/day", "100 mcg a day"):
        assert parse_person(f'{HEAD}[diet]\nK1 = "{text}"').diet.amounts["K1"] == pytest.approx(100)
    assert parse_person(f'{HEAD}[diet]\nD3 = "400 IU"').diet.amounts["D3"] == 10


def test_places_lead_to_the_line() -> None:
    person = parse_person(HEAD + '[medicines]\ntaken = [\n  "aspirin",\n  "ramipril",\n]\n')
    assert person.place("medicines", "taken", 1) == "person.toml:7"
    assert person.place("person", "sex") == "person.toml:2"


def test_all_problems_come_at_once_and_in_order() -> None:
    text = '[person]\nsex = "f"\nage_years = 200\nweigth_kg = 66\n[labs]\nPTH = 4\n[oops]\n'
    places = [problem.split(": ")[0] for problem in problems_of(text)]
    assert places == [f"person.toml:{line}" for line in (2, 3, 4, 6, 7)]


def test_since_is_a_length() -> None:
    entry = '[[supplement]]\nproduct = "MK-7 180 mcg softgel"\n'
    assert parse_person(f'{HEAD}{entry}since = "6 months"').supplements[0].since_days == pytest.approx(
        182.625
    )
    dated = HEAD.replace("sex", "as_of = 2026-03-01\nsex") + entry + "since = 2026-01-30"
    assert parse_person(dated).supplements[0].since_days == 30


def test_a_person_made_in_python_is_strict_and_frozen() -> None:
    with pytest.raises(ValidationError):
        Person(sex="female", age_years="62")  # type: ignore[arg-type]
    with pytest.raises(ValidationError):
        Person(sex="female", age_years=float("nan"))
    with pytest.raises(ValidationError):
        Person(sex="female", age_years=62.0, shoe_size=40)  # type: ignore[call-arg]
    person = Person(sex="female", age_years=62.0)
    with pytest.raises(ValidationError):
        person.age_years = 63.0  # type: ignore[misc]


def test_alleles_are_counted() -> None:
    genes = Genotype(VKORC1="GA", CYP2C9="*2/*3")
    assert (genes.VKORC1_A_alleles, genes.CYP2C9_alleles(2), genes.CYP2C9_alleles(3)) == (1, 1, 1)
    assert Genotype().VKORC1_A_alleles is None


def test_every_conflict_speaks_of_known_fields() -> None:
    sections = read_people_fields("person_fields.csv")
    made = {"person.BMI", "diet.amounts"}
    for conflict in read_conflicts():
        for side in (conflict.first, conflict.second):
            section, name = side.field.split(".")
            assert side.field in made or name in sections[section], conflict.id


def test_dose_bands_are_bands() -> None:
    assert all(0 < low < high for low, high in read_medicine_doses().values())


def test_the_diary_stands_beside_the_file(tmp_path: Path) -> None:
    (tmp_path / "me.toml").write_text(HEAD + '[diet]\ndiary = "week.csv"\n', encoding="utf-8")
    assert read_person(tmp_path / "me.toml").diet.diary == tmp_path / "week.csv"


def test_windows_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "me.toml").write_bytes(b"\xef\xbb\xbf" + HEAD.replace("\n", "\r\n").encode())
    assert read_person(tmp_path / "me.toml").age_years == 62
