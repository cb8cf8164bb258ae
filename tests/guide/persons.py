"""Persons who pass every gate, as files: what a test changes stands in the test."""

from __future__ import annotations

from calciroute.tables.gates import read_gates
from calciroute.tables.self_check_questions import read_self_check_questions

HEAD = """# a person of a test
[person]
sex = "male"   # at birth
age_years = 62

[medicines]
taken = []

[labs]
blood_pressure = "138/82 mmHg"
eGFR = "85 mL/min"
"""
NATTO_WEEK = "date,time,food,grams\n2026-11-01,08:00,natto,45\n2026-11-02,08:00,gouda,30\n"


def answers(**changed: bool | str) -> str:
    """The section [answers]: everything denied but what is changed; None leaves one out."""
    ids = [question.id for question in read_self_check_questions().values() if question.round == "safety"]
    ids += [gate.id for gate in read_gates() if gate.id not in ids]
    values = {name: "false" for name in ids if name not in {"Q005", "Q006", "Q020", "Q061", "Q062"}}
    for name, value in changed.items():
        if value is None:
            values.pop(name)
        else:
            values[name] = f'"{value}"' if isinstance(value, str) else str(value).lower()
    return "\n[answers]\n" + "".join(f"{name} = {value}\n" for name, value in values.items())


def passing(extra: str = "", head: str = HEAD, **changed: bool | str) -> str:
    """Text of a person who passes every gate."""
    return f"{head}{answers(**changed)}\n{extra}"
