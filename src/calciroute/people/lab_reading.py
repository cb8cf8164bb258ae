"""One laboratory value, scan or pressure: as it was given and as it is used."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict


class LabReading(BaseModel):
    """A value from a report, with the words it was written in.

    Parameters
    ----------
    name : str
        Name of the field of ``person_fields.csv`` that it fills.
    written : str
        As it was given.
    value : float
        In `unit`.
    unit : str
        Unit of the field.
    limit : {"", "<", ">"}, optional
        A limit says on which side of `value` the truth lies; it is kept and never used as a value.
    date : date, optional
        Day of the measurement.
    assay, maker : str, optional
        Assay of a laboratory value, maker of a scanner.
    remarks : tuple of str, optional
        What was understood, in sentences: a unit taken for granted, a formula.
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", allow_inf_nan=False)

    name: str
    written: str
    value: float
    unit: str
    limit: Literal["", "<", ">"] = ""
    date: datetime.date | None = None
    assay: str = ""
    maker: str = ""
    remarks: tuple[str, ...] = ()
