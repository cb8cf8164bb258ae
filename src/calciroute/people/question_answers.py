"""The readers of answers about a person, by kind of question."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from calciroute.people.question_conditions import read_conditions, read_one_condition
from calciroute.people.question_dates import read_date, read_since_when
from calciroute.people.question_fields import (
    read_amount_field,
    read_choice,
    read_flag,
    read_gate,
    read_number_field,
)
from calciroute.people.question_labs import read_lab_answer, read_lab_value, read_maker
from calciroute.people.question_medicines import read_medicine, read_medicine_use
from calciroute.people.question_sizes import read_size
from calciroute.tables.answered import Reader

PERSON_READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "amount": read_amount_field,
        "choice": read_choice,
        "conditions": read_conditions,
        "date": read_date,
        "flag": read_flag,
        "gate": read_gate,
        "lab": read_lab_answer,
        "lab_value": read_lab_value,
        "maker": read_maker,
        "medicine": read_medicine,
        "medicine_use": read_medicine_use,
        "number": read_number_field,
        "one_condition": read_one_condition,
        "since": read_since_when,
        "size": read_size,
    }
)
