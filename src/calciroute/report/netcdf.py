"""``result.nc``: every course of every draw, for xarray, R, Julia or a spreadsheet of one's own."""

from __future__ import annotations

from pathlib import Path

from calciroute.simulate import public_dataset
from calciroute.simulate.result import Simulation

_SQUEEZED = {"zlib": True, "complevel": 4}


def write_netcdf(simulation: Simulation, path: Path) -> None:
    """Write the Dataset of a simulation with its purpose and provenance.

    Parameters
    ----------
    simulation : Simulation
        Of one person.
    path : Path
        File to write.
    """
    dataset = public_dataset(simulation)
    squeezed = {str(name): dict(_SQUEEZED) for name, values in dataset.data_vars.items() if values.size}
    dataset.to_netcdf(path, engine="h5netcdf", encoding=squeezed)
