"""The compartment systems that the cases run: amounts in mg, rates per hour, a flow in mg per hour.

Numbers of a case are parameters, so one compiled system serves many cases.
"""

from engine.formula import written

ONE = written({"k": 0.1, "flow": 0.0}, {"central": (0, "flow - k * central")})

ORAL = written(
    {"ka": 1.0, "k": 0.1, "gut_flow": 0.0},
    {"gut": (0, "gut_flow - ka * gut"), "central": (0, "ka * gut - k * central")},
)

TWO = written(
    {"k": 0.2, "k12": 0.5, "k21": 0.3, "flow": 0.0},
    {
        "central": (0, "flow - (k + k12) * central + k21 * peripheral"),
        "peripheral": (0, "k12 * central - k21 * peripheral"),
    },
)

# Clearances and volumes instead of rates, and a concentration as an equation.
TWO_ORAL = written(
    {"ka": 1.0, "CL": 2.0, "V1": 10.0, "Q": 5.0, "V2": 20.0},
    {
        "gut": (0, "-ka * gut"),
        "central": (0, "ka * gut - (CL + Q) * concentration + Q / V2 * peripheral"),
        "peripheral": (0, "Q * concentration - Q / V2 * peripheral"),
    },
    {"concentration": "central / V1"},
)

# Parent and metabolite: a share fm of what is lost becomes metabolite.
METABOLITE = written(
    {"k": 0.3, "fm": 0.6, "km": 0.1},
    {"parent": (0, "-k * parent"), "metabolite": (0, "fm * k * parent - km * metabolite")},
)

GUT_TO_SECOND_METABOLITE = written(
    {"ka": 1.5, "k": 0.4, "km": 0.2, "km2": 0.05},
    {
        "gut": (0, "-ka * gut"),
        "parent": (0, "ka * gut - k * parent"),
        "metabolite": (0, "k * parent - km * metabolite"),
        "second": (0, "km * metabolite - km2 * second"),
    },
)

TRANSIT = written(
    {"ktr": 2.0},
    {
        "first": (0, "-ktr * first"),
        **{
            name: (0, f"ktr * ({before} - {name})")
            for before, name in zip(
                ("first", "second", "third", "fourth"), ("second", "third", "fourth", "fifth"), strict=True
            )
        },
    },
)

# Saturable elimination: no linear system, so no impulse.
SATURABLE = written({"Vmax": 5.0, "Km": 10.0}, {"central": (0, "-Vmax * central / (Km + central)")})

# Turnover of a marker whose making is held down by a factor that a dose changes.
TURNOVER = written(
    {"kin": 10.0, "kout": 0.2, "held": 0.0},
    {"marker": ("kin / kout", "kin * (1 - held) - kout * marker")},
)
