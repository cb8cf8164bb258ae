"""``result.nc``: every course of every draw, for xarray, R, Julia or a spreadsheet of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from calciroute.purpose import PURPOSE
from calciroute.report.result_json import canonical
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
    dataset = simulation.dataset.copy()
    record: dict[str, Any] = simulation.provenance
    dataset.attrs = {
        **dataset.attrs,
        "purpose": PURPOSE,
        "Conventions": "CF-1.11",
        "source": f"calciroute {record.get('model', {}).get('version', 'unknown')}",
        # What has a structure goes in as JSON: an attribute holds one text or one list of numbers.
        "model": canonical(record.get("model", {})).strip(),
        "packages": canonical(record.get("packages", {})).strip(),
        "notes": "\n".join(simulation.notes),
        "failures": "\n".join(simulation.failures),
        "assumptions": canonical(
            [[one.field, one.value, one.why, one.source] for one in simulation.assumptions]
        ).strip(),
    }
    for values in dataset.data_vars.values():
        values.attrs = {**values.attrs, "units": values.attrs.get("unit", "1")}
    squeezed = {str(name): dict(_SQUEEZED) for name, values in dataset.data_vars.items() if values.size}
    dataset.to_netcdf(path, engine="h5netcdf", encoding=squeezed)
