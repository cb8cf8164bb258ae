"""Outcomes whose level nobody can say for this person: their courses in percent of the level today.

A T-score of the spine without the maker of the scanner says nothing in g/cm2, and the level of the mean
person is not this person's. What is left is the relative course, which does not hang on the level.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calciroute.people.dxa import T_SCORE
from calciroute.people.person_model import Person
from calciroute.tables.person_inputs import read_person_inputs

if TYPE_CHECKING:
    import xarray as xr

PERCENT = "%"
WORDS = "in % of today"


def percent_only(person: Person, model_ids: dict[str, str]) -> tuple[str, ...]:
    """Outcomes that are shown in percent of today alone.

    Parameters
    ----------
    person : Person
        As read.
    model_ids : dict of str to str
        Id of the equation by outcome.

    Returns
    -------
    tuple of str
        Outcomes of which the file holds a score and no level.
    """
    scores = {reading.name for reading in person.lab_readings if reading.unit == T_SCORE}
    equations = {
        row.partner
        for row in read_person_inputs()
        if row.field.removeprefix("labs.") in scores - set(person.labs)
    }
    return tuple(outcome for outcome, equation in model_ids.items() if equation in equations)


def in_percent(dataset: xr.Dataset, person: Person, now: str) -> xr.Dataset:
    """The Dataset with such outcomes in percent of the level at day 0.

    Parameters
    ----------
    dataset : xarray.Dataset
        From `calciroute.simulate.dataset.as_dataset`.
    person : Person
        As read.
    now : str
        Name of the arm in which nothing changes; it is divided by, so that arms stay comparable.

    Returns
    -------
    xarray.Dataset
        The same object when the person has no such outcome.
    """
    ids = {
        str(name): str(values.attrs.get("model_id", ""))
        for name, values in dataset.data_vars.items()
        if "draw" in values.dims
    }
    changed = {}
    for outcome in percent_only(person, ids):
        for name in (outcome, f"{outcome}_central"):
            values = dataset[name]
            start = values.sel(arm=now).isel(time=0)
            shown = (100.0 * values / start).transpose(*values.dims)
            changed[name] = shown.assign_attrs(
                values.attrs | {"unit": PERCENT, "long_name": f"{values.attrs['long_name']}, {WORDS}"}
            ).drop_vars([label for label in shown.coords if label not in values.dims])
    return dataset.assign(changed) if changed else dataset
