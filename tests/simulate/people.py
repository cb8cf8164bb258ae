"""Persons and plans for tests, as text."""

from calciroute.intake.plan import parse_plan
from calciroute.people.person import parse_person

WOMAN = """
[person]
sex = "female"
age_years = 62
final_menstrual_period_age_years = 51
weight_kg = 66
height_cm = 165
[labs]
"25OHD" = "55 nmol/L"
coronary_calcium = "45 AU"
[medicines]
taken = ["atorvastatin 20 mg"]
"""
MK7 = """
[[supplement]]
product = "MK-7 180 mcg softgel"
times = "daily 08:00 with a meal that has fat"
adherence = 1.0
"""


def woman(more=""):
    return parse_person(WOMAN + more)


def plan(text=MK7, name="mk7"):
    return parse_plan(text, f"{name}.toml")
