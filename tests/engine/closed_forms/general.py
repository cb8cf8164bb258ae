"""All closed-form cases that are not about doses, in a fixed order."""

from functools import cache

from engine.closed_forms import event_cases, smooth_cases, stiff_reference_cases, switched_cases

FAMILIES = (smooth_cases, switched_cases, event_cases, stiff_reference_cases)


@cache
def all_cases():
    """Every case with its family's name."""
    return tuple(
        (family.__name__.rsplit(".", 1)[-1].removesuffix("_cases"), case)
        for family in FAMILIES
        for case in family.cases()
    )
