"""Laboratory values, scans, pressure and bone density as answers."""

from __future__ import annotations

from calciroute.errors import Problem
from calciroute.people.question_fields import read_amount_field
from calciroute.tables.answered import AskedBack, Context, Understood
from calciroute.tables.questions import Question


def read_lab_value(question: Question, text: str, context: Context) -> Understood | AskedBack | Problem:
    """Read the value of the test that a question names."""
    return read_amount_field(question, text, context)
