"""All closed-form pharmacokinetic cases, in a fixed order."""

from functools import cache

from engine.closed_forms import (
    bolus_cases,
    dose_time_cases,
    infusion_cases,
    lag_cases,
    metabolite_cases,
    oral_cases,
    reset_cases,
    saturable_cases,
    steady_state_cases,
    stiff_cases,
    unit_cases,
)

FAMILIES = (
    bolus_cases,
    oral_cases,
    infusion_cases,
    lag_cases,
    steady_state_cases,
    dose_time_cases,
    reset_cases,
    metabolite_cases,
    stiff_cases,
    unit_cases,
    saturable_cases,
)


@cache
def all_cases():
    """Every case with its family's name."""
    return tuple(
        (family.__name__.rsplit(".", 1)[-1].removesuffix("_cases"), case)
        for family in FAMILIES
        for case in family.cases()
    )
