"""Filtration from creatinine: CKD-EPI 2021, with the formula in words."""

from __future__ import annotations

from calciroute.tables.filtration_equation import filtration_equation


def filtration_of(creatinine_mg_dL: float, sex: str, age_years: float) -> tuple[float, str]:
    """Estimated glomerular filtration rate by CKD-EPI 2021.

    Parameters
    ----------
    creatinine_mg_dL : float, mg/dL
        In serum, > 0.
    sex : {"female", "male"}
        At birth.
    age_years : float, y
        Adults only.

    Returns
    -------
    tuple of float and str
        mL/min per 1.73 m2, and the formula with its numbers.

    Examples
    --------
    >>> value, formula = filtration_of(0.9, "female", 55.0)
    >>> round(value)
    75
    >>> print(formula)
    CKD-EPI 2021 (inker2021): 142 min(Scr/0.7, 1)^-0.241 max(Scr/0.7, 1)^-1.2 0.9938^age 1.012, Scr 0.9 ...
    """
    row = filtration_equation(sex)
    share = creatinine_mg_dL / row.kappa
    value = row.scale * min(share, 1.0) ** row.alpha * max(share, 1.0) ** row.beyond
    value *= row.year**age_years * row.factor
    formula = (
        f"CKD-EPI 2021 ({row.source}): {row.scale:g} min(Scr/{row.kappa:g}, 1)^{row.alpha:g} "
        f"max(Scr/{row.kappa:g}, 1)^{row.beyond:g} {row.year:g}^age"
        + (f" {row.factor:g}" if row.factor != 1.0 else "")
        + f", Scr {creatinine_mg_dL:.3g} mg/dL, age {age_years:g}"
    )
    return value, formula
