"""SED-ML Level 1 Version 4: one uniform time course, its outputs as a report and as figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

import libsbml

from calciroute.errors import InputError, Problem, near_names
from calciroute.purpose import PURPOSE

_NAMESPACE = "http://sed-ml.org/sed-ml/level1/version4"
_SBML = "http://www.sbml.org/sbml/level3/version2/core"
_LANGUAGE = "urn:sedml:language:sbml.level-3.version-2"
_CVODE = "KISAO:0000019"
_RELATIVE, _ABSOLUTE, _LARGEST_STEP = "KISAO:0000209", "KISAO:0000211", "KISAO:0000467"
_LISTS = {"Species": "species", "Parameters": "parameter", "Compartments": "compartment"}


@dataclass(frozen=True)
class TimeCourse:
    """A run to describe.

    Parameters
    ----------
    title : str
        One line.
    end_h : float
        Length, hours.
    steps : int
        Equal output steps.
    outputs : mapping of str to str
        Label by id of the model, in order.
    figures : mapping of str to sequence of str, optional
        Ids of the curves by title of a figure.
    relative, absolute : float, optional
        Tolerances of the solver.
    largest_step_h : float, optional
        Longest step of the solver, hours. Near rest a reader may take a step far beyond the minutes of the
        fastest hormone and guess a state below zero, which has no power. COPASI 4.48 stops on three years of
        daily doses, at other times in other runs: in each run with 6 h, in seven of eight with 1 h.
    """

    title: str
    end_h: float
    steps: int
    outputs: Mapping[str, str]
    figures: Mapping[str, Sequence[str]] = field(default_factory=dict)
    relative: float = 1e-10
    absolute: float = 1e-14
    largest_step_h: float = 1.0


def sedml_text(model: str, model_file: str, course: TimeCourse) -> str:
    """SED-ML of a run.

    Parameters
    ----------
    model : str
        SBML, read to find what kind of thing each output is.
    model_file : str
        Name of the model's file beside this one.
    course : TimeCourse
        The run.

    Returns
    -------
    str
        XML.

    Raises
    ------
    InputError
        For outputs the model does not have, and curves that are no output.
    """
    kinds = _kinds(libsbml.readSBMLFromString(model).getModel())
    curves = [name for names in course.figures.values() for name in names]
    _check(course.outputs, kinds, "an id of the model")
    _check(curves, course.outputs, "an output")
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<sedML xmlns="{_NAMESPACE}" xmlns:sbml="{_SBML}" level="1" version="4">',
        f'  <notes><p xmlns="http://www.w3.org/1999/xhtml">{escape(PURPOSE)}</p></notes>',
        "  <listOfModels>",
        f'    <model id="model" language="{_LANGUAGE}" source={quoteattr(model_file)}/>',
        "  </listOfModels>",
        "  <listOfSimulations>",
        '    <uniformTimeCourse id="run" initialTime="0" outputStartTime="0" '
        f'outputEndTime="{float(course.end_h)!r}" numberOfSteps="{course.steps}">',
        f'      <algorithm kisaoID="{_CVODE}">',
        "        <listOfAlgorithmParameters>",
        f'          <algorithmParameter kisaoID="{_RELATIVE}" value="{float(course.relative)!r}"/>',
        f'          <algorithmParameter kisaoID="{_ABSOLUTE}" value="{float(course.absolute)!r}"/>',
        f'          <algorithmParameter kisaoID="{_LARGEST_STEP}" value="{float(course.largest_step_h)!r}"/>',
        "        </listOfAlgorithmParameters>",
        "      </algorithm>",
        "    </uniformTimeCourse>",
        "  </listOfSimulations>",
        "  <listOfTasks>",
        '    <task id="task" modelReference="model" simulationReference="run"/>',
        "  </listOfTasks>",
        *_data_generators(course, kinds),
        *_outputs(course),
        "</sedML>",
    ]
    return "\n".join(lines) + "\n"


def _kinds(model: libsbml.Model) -> dict[str, str]:
    return {item.getId(): kind for kind in _LISTS for item in getattr(model, f"getListOf{kind}")()}


def _check(names: Sequence[str] | Mapping[str, str], known: Mapping[str, str], expected: str) -> None:
    problems = []
    for name in names:
        if name not in known:
            near = near_names(name, known)
            problems.append(
                Problem("", f"'{name}' cannot be shown", expected, f"'{near[0]}'" if near else "")
            )
    if problems:
        raise InputError(problems)


def _data_generators(course: TimeCourse, kinds: Mapping[str, str]) -> Iterator[str]:
    yield "  <listOfDataGenerators>"
    yield from _generator("time_h", "time, h", 'symbol="urn:sedml:symbol:time"', "<ci>var_time_h</ci>")
    for name, label in course.outputs.items():
        kind = kinds[name]
        target = f"/sbml:sbml/sbml:model/sbml:listOf{kind}/sbml:{_LISTS[kind]}[@id='{name}']"
        yield from _generator(name, label, f'target="{target}"', f"<ci>var_{name}</ci>")
    yield "  </listOfDataGenerators>"


def _generator(name: str, label: str, source: str, formula: str) -> Iterator[str]:
    yield f'    <dataGenerator id="data_{name}" name={quoteattr(label)}>'
    yield "      <listOfVariables>"
    yield f'        <variable id="var_{name}" taskReference="task" {source}/>'
    yield "      </listOfVariables>"
    yield f'      <math xmlns="http://www.w3.org/1998/Math/MathML">{formula}</math>'
    yield "    </dataGenerator>"


def _outputs(course: TimeCourse) -> Iterator[str]:
    yield "  <listOfOutputs>"
    yield f'    <report id="report" name={quoteattr(course.title)}>'
    yield "      <listOfDataSets>"
    for name in ("time_h", *course.outputs):
        yield f'        <dataSet id="set_{name}" label="{name}" dataReference="data_{name}"/>'
    yield "      </listOfDataSets>"
    yield "    </report>"
    for number, (title, names) in enumerate(course.figures.items(), start=1):
        yield f'    <plot2D id="figure_{number}" name={quoteattr(title)}>'
        yield f'      <xAxis id="figure_{number}_x" type="linear"/>'
        yield f'      <yAxis id="figure_{number}_y" type="linear"/>'
        yield "      <listOfCurves>"
        for name in names:
            yield (
                f'        <curve id="figure_{number}_{name}" name={quoteattr(course.outputs[name])} '
                f'type="points" xDataReference="data_time_h" yDataReference="data_{name}"/>'
            )
        yield "      </listOfCurves>"
        yield "    </plot2D>"
    yield "  </listOfOutputs>"
