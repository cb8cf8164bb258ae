"""Any SBML file as a `calciroute.equations.system.System`; what cannot be done is refused by name.

The path of a file: `guard` looks at the bare text, `document` lets libSBML read and check it, `mathml` turns
formulas into expressions with functions inlined, `draft` and `species` say what moves and what follows,
`reactions` adds up the rates, `events` says what happens at instants, and `circles` checks that nothing
defines itself.
"""

from calciroute.sbml.read.reading import Reading, read_file, read_system
from calciroute.sbml.read.refusals import NotSupported
from calciroute.sbml.read.species import SpeciesRole

__all__ = ["NotSupported", "Reading", "SpeciesRole", "read_file", "read_system"]
