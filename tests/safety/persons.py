"""Persons of whom every gate is answered, so that one fact at a time can close one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from calciroute.people.person_model import Medicines, Person
from calciroute.tables.gates import read_gates


def answered_person(*medicines: str, answers: Mapping[str, bool] | None = None, **fields: Any) -> Person:
    """An adult who answers no to everything and takes these medicines."""
    said = {gate.id: False for gate in read_gates() if gate.answered_by != "medicines"}
    values: dict[str, Any] = {
        "sex": "male",
        "age_years": 60.0,
        "medicines": Medicines(taken=medicines),
        "answers": {**said, **(answers or {})},
    }
    return Person(**{**values, **fields})
