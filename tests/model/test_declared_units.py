"""Units are shown where a file declares them, and nowhere else."""

import libsbml
import pytest

import calciroute
from calciroute.model.declared_units import declared_units
from model.small_models import GOOD, sbml


def units(text):
    document = libsbml.readSBMLFromString(text)
    return declared_units(document.getModel())


def definition(name, *factors):
    listed = "".join(
        f'<unit kind="{kind}" exponent="{power}" scale="{scale}" multiplier="{size}"/>'
        for kind, size, scale, power in factors
    )
    return f'<unitDefinition id="{name}"><listOfUnits>{listed}</listOfUnits></unitDefinition>'


@pytest.mark.parametrize(
    ("factors", "shown"),
    [
        ([("second", 60, 0, 1)], "min"),
        ([("second", 6, 1, 1)], "min"),
        ([("second", 3600, 0, -1)], "1/h"),
        ([("mole", 1, -9, 1), ("litre", 1, 0, -1)], "nmol/L"),
        ([("mole", 1, -3, 1), ("second", 86400, 0, -2)], "mmol/d2"),
        ([("metre", 0.01, 0, 2)], "cm2"),
        ([("gram", 1, 3, 1)], "kg"),
        ([("litre", 2.5, 0, 1)], "(2.5 L)"),
        ([("dimensionless", 1, 0, 1)], "1"),
        ([("dimensionless", 1, -2, 1)], "(0.01)"),
        ([("item", 1, 0, 1), ("second", 1, 0, -1)], "item/s"),
    ],
)
def test_a_unit_is_printed_as_people_print_it(factors, shown):
    inside = f"<listOfUnitDefinitions>{definition('u', *factors)}</listOfUnitDefinitions>"
    listed = '<listOfParameters><parameter id="k" value="1" units="u" constant="true"/></listOfParameters>'
    assert units(sbml(inside + listed)).of == {"k": shown}


@pytest.mark.parametrize(
    ("size", "scale", "hour"),
    [(1, 0, 3600.0), (3600, 0, 1.0), (86400, 0, 1 / 24), (60, 0, 60.0), (1, -3, 3.6e6)],
)
def test_an_hour_in_the_unit_of_the_model(size, scale, hour):
    inside = f"<listOfUnitDefinitions>{definition('t', ('second', size, scale, 1))}</listOfUnitDefinitions>"
    assert units(sbml(inside, 'timeUnits="t"')).hour == pytest.approx(hour, rel=1e-12)


def test_a_default_of_sbml_is_no_declaration():
    level_2 = (
        '<sbml xmlns="http://www.sbml.org/sbml/level2/version4" level="2" version="4"><model id="m"/></sbml>'
    )
    for text in (sbml(""), level_2):
        found = units(text)
        assert (found.time, found.hour, found.of) == ("", None, {})


def test_a_unit_that_is_not_defined_is_noted_and_left_out(tmp_path):
    listed = (
        '<listOfParameters><parameter id="k" value="1" units="furlong" constant="true"/></listOfParameters>'
    )
    file = tmp_path / "furlong.xml"
    file.write_text(sbml(listed))
    model = calciroute.load_model(file)
    assert model.units.of == {}
    assert model.notes == ("units that the file does not define: furlong",)


def test_amounts_concentrations_and_rates_of_reactions():
    found = units(GOOD.read_text("utf-8")).of
    assert found["gut"] == found["amount:plasma"] == "umol"
    assert found["plasma"] == found["concentration:gut"] == "umol/L"
    assert found["absorption"] == "umol/h"
    assert "ka" not in found
