"""``calciroute export``: the model for other tools."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

import typer

from calciroute.body.assembly import assemble, variant_values
from calciroute.errors import InputError, Problem, near_names
from calciroute.purpose import PURPOSE
from calciroute.sbml.whole_file import write_whole

FORMATS = {"sbml": ".xml", "antimony": ".ant", "omex": ".omex"}
_YEARS = 3.0


def run_export(format_name: str, variant: str, out: Path | None, as_json: bool = False) -> None:
    """Write the model.

    Parameters
    ----------
    format_name : str
        sbml, antimony or omex; the archive holds the example person's run with every dose taken.
    variant : str
        Which body.
    out : Path or None
        File to write; ``calciroute`` with the format's ending by default.
    as_json : bool, optional
        Print one JSON object instead of words.

    Raises
    ------
    InputError
        For an unknown format, for a file that exists, and for a folder that refuses it.
    """
    if format_name not in FORMATS:
        near = near_names(format_name, FORMATS)
        advice = f"'{near[0]}'" if near else ""
        raise InputError([Problem("--format", f"'{format_name}'", ", ".join(FORMATS), advice)])
    path = out or Path(f"calciroute{FORMATS[format_name]}")
    if os.path.exists(path):  # a name that is too long makes Path.exists raise
        raise InputError([Problem(str(path), "the file exists", "a new name", "--out another-name")])
    if not os.path.isdir(path.parent):
        raise InputError([Problem(str(path.parent), "no such folder", "a folder that exists")])
    try:
        if format_name == "omex":
            _write_archive(path, variant)
        else:
            write_whole(path, _text(format_name, variant).encode("utf-8"))
    except OSError as refused:
        reason = (refused.strerror or "it is refused").lower()
        raise InputError(
            [
                Problem(
                    str(path), f"cannot be written: {reason}", "a folder you may write to", "--out elsewhere"
                )
            ]
        ) from None
    if as_json:
        document = {"purpose": PURPOSE, "format": format_name, "variant": variant, "written": [str(path)]}
        typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        typer.echo(f"Written: {path}\n{PURPOSE}")


def _text(format_name: str, variant: str) -> str:
    from calciroute.sbml.export import export_antimony, export_sbml

    body = assemble(variant)
    export = export_sbml if format_name == "sbml" else export_antimony
    return export(body, parameters=variant_values(body.variant, body))


def _write_archive(path: Path, variant: str) -> None:
    from calciroute.body.outputs import read_outputs
    from calciroute.body.units import declared_units
    from calciroute.intake.plan import read_plan
    from calciroute.people.examples import write_examples
    from calciroute.people.person import read_person
    from calciroute.sbml.export import export_omex
    from calciroute.sbml.sedml import TimeCourse
    from calciroute.simulate.central import central_lane

    with tempfile.TemporaryDirectory() as folder:
        person, plan, _ = write_examples(Path(folder))
        body, lane = central_lane(read_person(person), read_plan(plan), years=_YEARS, variant=variant)
    units = declared_units(body)
    shown = {row.id: row.label for row in read_outputs().values() if row.id in units}
    figures = {row.label: [row.id] for row in read_outputs().values() if row.outcome in _FIGURES}
    days = int(_YEARS * 365.25)
    title = "calciroute: a woman of 62 with MK-7 180 mcg a day for three years"
    course = TimeCourse(title, days * 24.0, days, shown, figures)
    export_omex(path, body, course, parameters=lane.parameters, start=lane.start, doses=lane.doses)


_FIGURES = frozenset({"dp_ucMGP", "uc_c_OC_ratio", "BMD_lumbar_spine", "CAC_agatston", "cfPWV"})
