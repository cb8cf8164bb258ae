"""What a file asks for and this reader does not do: refused by a name that stays the same."""

from __future__ import annotations

from calciroute.errors import InputError, Problem

# Names of features as the public test cases of SBML tag them; packages go by their own short name.
WORDS = {
    "AlgebraicRule": "a value given only by an equation to solve",
    "CSymbolDelay": "a value from an earlier time (delay)",
    "FastReaction": "a fast reaction, which settles at once",
    "RandomEventExecution": "events due at one instant whose order matters and is not given",
    "DelayedConcentration": "a delayed concentration in a compartment whose size changes meanwhile",
    "KineticLawUnits": "a rate law in units of its own",
    "MathML": "an operator outside the mathematics of SBML",
    "Factorial": "the rate of change of a factorial",
}


class NotSupported(InputError):
    """A file that is right and asks for something this reader does not do.

    Parameters
    ----------
    feature : str
        Name of the feature: a key of `WORDS`, or the short name of a package of SBML.
    where : str
        File and the element.
    advice : str, optional
        The next step.

    Examples
    --------
    >>> NotSupported("FastReaction", "model.xml, reaction R1").feature
    'FastReaction'
    >>> print(NotSupported("AlgebraicRule", "model.xml"))
    model.xml: not supported: AlgebraicRule, a value given only by an equation to solve.
    """

    def __init__(self, feature: str, where: str, advice: str = "") -> None:
        self.feature = feature
        words = WORDS.get(feature, f"the SBML package {feature}")
        super().__init__([Problem(where, f"not supported: {feature}, {words}", "", advice)])
