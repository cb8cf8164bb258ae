"""Two small parts for tests: a drug in plasma, and a rate per year that borrows from it."""

from calciroute.sbml.part import Part
from calciroute.tables.parameters import Parameter

PLASMA = """// plasma.ant
model plasma
  compartment V_drug;  V_drug has litre;
  substanceOnly species drug_plasma in V_drug;  drug_plasma has nmol;
  drug_elimination: drug_plasma => ; CL_drug/V_drug*drug_plasma;
  CL_drug has L_per_hour;
  C_drug := drug_plasma/V_drug;  C_drug has nM;
  drug_plasma = 3;
  excess_drug := softplus(C_drug - C_limit, width_limit);  excess_drug has nM;
  C_limit has nM;
  width_limit has nM;
  effect_drug := excess_drug/C_limit;  effect_drug has dimensionless;
end
"""
GROWTH = """model growth
  $effect_drug has dimensionless;
  plaque' = k_plaque/hours_per_year*plaque*effect_drug;
  plaque = 1;
  plaque has dimensionless;
  k_plaque has per_year;
  hours_per_year has hour_per_year;
end
"""


def row(name, value, unit, where="plasma.csv:2"):
    return Parameter(name, value, unit, "assumed", "", "", "fixed", (), None, None, None, "", "test", where)


def plasma(text=PLASMA, **units):
    numbers = [
        row("V_drug", 2.0, units.get("V_drug", "L")),
        row("CL_drug", 1.0, units.get("CL_drug", "L/h")),
        row("C_limit", 1.0, units.get("C_limit", "umol/L")),
        row("width_limit", 1.0, units.get("width_limit", "nmol/L")),
    ]
    return Part("plasma", text, "plasma.ant", {number.id: number for number in numbers})


def growth(text=GROWTH):
    numbers = [row("k_plaque", 2.0, "1/y"), row("hours_per_year", 8766.0, "h/y")]
    return Part("growth", text, "growth.ant", {number.id: number for number in numbers})
