"""Responses of compartments to a unit dose, from their textbook formulas.

All give amounts. Rates are per hour; a double root has its own formula, for the common one divides by zero.
"""

from decimal import Decimal

from engine.closed_forms.impulse import Term, exact, many_digits


def bolus(k):
    """One compartment, dose straight into it."""
    return (Term(Decimal(1), exact(k)),)


def oral(ka, k):
    """One compartment behind a gut with first-order absorption."""
    with many_digits():
        return _after(bolus(k), ka)


def two_compartment(k, k12, k21):
    """Central and peripheral amounts of two compartments, dose into the central one."""
    with many_digits():
        k, k12, k21 = exact(k), exact(k12), exact(k21)
        total = k + k12 + k21
        root = (total * total - 4 * k * k21).sqrt()
        alpha, beta = (total + root) / 2, 2 * k * k21 / (total + root)
        central = (Term((alpha - k21) / root, alpha), Term((k21 - beta) / root, beta))
        peripheral = (Term(-k12 / root, alpha), Term(k12 / root, beta))
    return central, peripheral


def two_compartment_oral(ka, k, k12, k21):
    """Central and peripheral amounts, dose into a gut before the central compartment."""
    central, peripheral = two_compartment(k, k12, k21)
    with many_digits():
        return _after(central, ka), _after(peripheral, ka)


def chain(rates, shares=()):
    """Last of a row of compartments with these outflows, dose into the first; shares of what is passed on."""
    with many_digits():
        impulse = bolus(rates[-1])
        for index in range(len(rates) - 2, -1, -1):
            impulse = _after(impulse, rates[index])
            if shares:
                impulse = tuple(Term(c * exact(shares[index]), rate, n) for c, rate, n in impulse)
    return impulse


def equal_chain(k, length):
    """Last of a row of compartments with one outflow: Erlang's form (k t)^(n-1) / (n-1)! exp(-k t)."""
    with many_digits():
        c = Decimal(1)
        for index in range(1, length):
            c = c * exact(k) / index
        return (Term(c, exact(k), length - 1),)


def _after(impulse, ka):
    """The response when the dose first leaves a compartment at rate ka: convolved with ka exp(-ka t)."""
    ka, terms, own = exact(ka), [], Decimal(0)
    for c, rate, n in impulse:
        if n:
            raise ValueError("only plain exponentials are convolved")
        if rate == ka:
            terms.append(Term(c * ka, ka, 1))
        else:
            share = c * ka / (ka - rate)
            terms.append(Term(share, rate))
            own -= share
    return (*terms, Term(own, ka)) if own else tuple(terms)
