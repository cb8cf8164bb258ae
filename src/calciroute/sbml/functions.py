"""Function definitions that every model text may call: smooth forms and set-point curves."""

from __future__ import annotations

# u + |u| over 2 keeps softplus free of overflow and of an if; tanh keeps the step so.
ANTIMONY_FUNCTIONS: dict[str, str] = {
    "softplus": "function softplus(u, w) (u + abs(u))/2 + w*ln(1 + exp(-abs(u)/w)); end",
    "smooth_step": "function smooth_step(u, w) (1 + tanh(u/(2*w)))/2; end",
    "rising_curve": "function rising_curve(y, a, E, g, v0) a + E*y^g/(y^g + E/(v0 - a) - 1); end",
    "falling_curve": "function falling_curve(y, a, b, g, v0) "
    "a - (a - b)*y^g/(y^g + (a - b)/(a - v0) - 1); end",
}


def antimony_function_block() -> str:
    """All function definitions on one line, to stand in front of ``model``.

    Returns
    -------
    str
        Antimony statements without a line break.

    Examples
    --------
    >>> antimony_function_block().startswith("function softplus")
    True
    """
    return " ".join(ANTIMONY_FUNCTIONS.values())
