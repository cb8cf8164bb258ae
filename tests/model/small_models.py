"""Small SBML files for tests of `calciroute.model`."""

from __future__ import annotations

from pathlib import Path

GOOD = Path(__file__).resolve().parent / "bad_models" / "good.xml"
OSCILLATOR = Path(__file__).resolve().parents[2] / "docs" / "examples" / "mitotic_oscillator.xml"


def sbml(inside: str, attributes: str = "") -> str:
    """A model of Level 3 with something inside."""
    return (
        '<sbml xmlns="http://www.sbml.org/sbml/level3/version2/core" level="3" version="2">'
        f'<model id="m" {attributes}>{inside}</model></sbml>'
    )


def parameter(name: str, value: float | str, constant: bool = True) -> str:
    return f'<parameter id="{name}" value="{value}" constant="{str(constant).lower()}"/>'


def rate_rule(name: str, formula: str) -> str:
    """A rate rule; the formula in MathML."""
    return f'<rateRule variable="{name}"><math xmlns="http://www.w3.org/1998/Math/MathML">{formula}</math></rateRule>'
