"""Small SBML texts for tests: `model(parameters("k"), rules(assign("x", apply("exp", "k"))))`."""

LEVEL_3 = '<sbml xmlns="http://www.sbml.org/sbml/level3/version2/core" level="3" version="2"{more}>'
LEVEL_2 = '<sbml xmlns="http://www.sbml.org/sbml/level2/version5" level="2" version="5"{more}>'
MATH = '<math xmlns="http://www.w3.org/1998/Math/MathML">'
SYMBOLS = "http://www.sbml.org/sbml/symbols/"


def model(*parts, head=LEVEL_3, more="", attributes=""):
    return f"{head.format(more=more)}<model id='m' {attributes}>{''.join(parts)}</model></sbml>"


def term(item):
    """A number, an id, or MathML as it is."""
    if isinstance(item, int | float):
        return f"<cn>{item}</cn>"
    return item if item.startswith("<") else f"<ci>{item}</ci>"


def apply(operator, *arguments):
    return f"<apply><{operator}/>{''.join(map(term, arguments))}</apply>"


def call(function, *arguments):
    return f"<apply><ci>{function}</ci>{''.join(map(term, arguments))}</apply>"


def symbol(name, *arguments):
    head = f'<csymbol encoding="text" definitionURL="{SYMBOLS}{name}">{name}</csymbol>'
    return f"<apply>{head}{''.join(map(term, arguments))}</apply>" if arguments else head


TIME = symbol("time")


def math(item):
    return f"{MATH}{term(item)}</math>"


def parameters(**values):
    given = {id: "" if value is None else f'value="{value}"' for id, value in values.items()}
    rows = (f'<parameter id="{id}" constant="false" {value}/>' for id, value in given.items())
    return f"<listOfParameters>{''.join(rows)}</listOfParameters>"


def compartments(**sizes):
    rows = (
        f'<compartment id="{id}" size="{size}" spatialDimensions="3" constant="false"/>'
        for id, size in sizes.items()
    )
    return f"<listOfCompartments>{''.join(rows)}</listOfCompartments>"


def species(*rows):
    return f"<listOfSpecies>{''.join(rows)}</listOfSpecies>"


def one_species(id, compartment="C", counted=False, boundary=False, more='initialAmount="6"'):
    return (
        f'<species id="{id}" compartment="{compartment}" {more} constant="false" '
        f'hasOnlySubstanceUnits="{str(counted).lower()}" boundaryCondition="{str(boundary).lower()}"/>'
    )


def rules(*rows):
    return f"<listOfRules>{''.join(rows)}</listOfRules>"


def assign(id, item):
    return f'<assignmentRule variable="{id}">{math(item)}</assignmentRule>'


def moves(id, item):
    return f'<rateRule variable="{id}">{math(item)}</rateRule>'


def initial(**items):
    rows = (
        f'<initialAssignment symbol="{id}">{math(item)}</initialAssignment>' for id, item in items.items()
    )
    return f"<listOfInitialAssignments>{''.join(rows)}</listOfInitialAssignments>"


def functions(**bodies):
    """Each a tuple: arguments, then the body."""
    rows = (
        f'<functionDefinition id="{id}">{MATH}<lambda>'
        f"{''.join(f'<bvar><ci>{name}</ci></bvar>' for name in names)}{term(body)}</lambda></math>"
        "</functionDefinition>"
        for id, (*names, body) in bodies.items()
    )
    return f"<listOfFunctionDefinitions>{''.join(rows)}</listOfFunctionDefinitions>"


def reference(id, amount=1, name=""):
    named = f'id="{name}" ' if name else ""
    return f'<speciesReference {named}species="{id}" stoichiometry="{amount}" constant="false"/>'


def reaction(id, law, reactants=(), products=(), local="", more=""):
    sides = "".join(
        f"<listOf{side}>{''.join(rows)}</listOf{side}>"
        for side, rows in (("Reactants", reactants), ("Products", products))
        if rows
    )
    own = f"<listOfLocalParameters>{local}</listOfLocalParameters>" if local else ""
    law = f"<kineticLaw>{math(law)}{own}</kineticLaw>"
    return f'<reaction id="{id}" reversible="false" {more}>{sides}{law}</reaction>'


def reactions(*rows):
    return f"<listOfReactions>{''.join(rows)}</listOfReactions>"


def event(
    trigger, *assignments, id="E", delay=None, priority=None, at_trigger=True, persistent=True, before=True
):
    def flag(value):
        return str(value).lower()

    rows = "".join(
        f'<eventAssignment variable="{target}">{math(value)}</eventAssignment>'
        for target, value in assignments
    )
    return (
        f'<event id="{id}" useValuesFromTriggerTime="{flag(at_trigger)}">'
        f'<trigger initialValue="{flag(before)}" persistent="{flag(persistent)}">{math(trigger)}</trigger>'
        + (f"<priority>{math(priority)}</priority>" if priority is not None else "")
        + (f"<delay>{math(delay)}</delay>" if delay is not None else "")
        + f"<listOfEventAssignments>{rows}</listOfEventAssignments></event>"
    )


def events(*rows):
    return f"<listOfEvents>{''.join(rows)}</listOfEvents>"
