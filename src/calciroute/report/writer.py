"""The ``--out`` folder of a simulation: report, result and courses."""

from __future__ import annotations

from pathlib import Path

from calciroute.purpose import PURPOSE
from calciroute.report.build import Report
from calciroute.report.html import render_html
from calciroute.report.netcdf import write_netcdf
from calciroute.report.result_folder import COURSES, REPORT, RESULT, check_folder, write_folder
from calciroute.report.result_json import canonical, document_of
from calciroute.simulate.result import Simulation

SIDECAR = ".purpose.txt"


def write_outputs(report: Report, simulation: Simulation, out_dir: Path) -> list[Path]:
    """Write report, result and courses into a folder, whole or not at all.

    Parameters
    ----------
    report : Report
        From `calciroute.report.build.build_report`.
    simulation : Simulation
        The run it was built from.
    out_dir : Path
        Made, or replaced whole when it is a result folder of ours.

    Returns
    -------
    list of Path
        Report first.

    Raises
    ------
    InputError
        As `calciroute.report.result_folder.write_folder`.
    """
    final = Path(out_dir)
    check_folder(final)
    texts = {
        REPORT: render_html(report, simulation),
        RESULT: canonical(document_of(report, simulation)),
    }

    def fill(made: Path) -> None:
        for name, text in texts.items():
            (made / name).write_bytes(text.encode("utf-8", "surrogateescape"))
        write_netcdf(simulation, made / COURSES)

    write_folder(final, fill)
    return [final / name for name in (REPORT, RESULT, COURSES)]


def write_purpose_beside(table: Path) -> Path:
    """Write the purpose line beside a CSV file, which has no place for it.

    Parameters
    ----------
    table : Path
        The CSV file.

    Returns
    -------
    Path
        The sidecar: the same name with ``.purpose.txt`` behind it.
    """
    beside = table.with_name(table.name + SIDECAR)
    beside.write_text(PURPOSE + "\n", encoding="utf-8")
    return beside
