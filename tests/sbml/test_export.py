"""What is exported runs back in an independent reader: same states, same doses, no complaint from libSBML."""

import xml.etree.ElementTree as ET
import zipfile
from types import SimpleNamespace

import antimony
import libsbml
import numpy as np
import pytest
import roadrunner

from calciroute.body.solver import Dose, Lane, Tolerances, solve
from calciroute.errors import InputError
from calciroute.purpose import PURPOSE
from calciroute.sbml.consistency import libsbml_messages
from calciroute.sbml.dose_events import dose_series
from calciroute.sbml.export import export_antimony, export_omex, export_sbml
from calciroute.sbml.sedml import TimeCourse
from calciroute.sbml.unit_check import check_units
from physiology.vitamin_k_body import vitamin_k_body

DAY = 24.0
# Two products at different hours, a habit of the diet that changes on day 10, and one extra dose.
DOSES = [Dose(8.5 + DAY * day, "MK7_gut", 250.0) for day in range(28)]
DOSES += [Dose(20.0 + 7 * DAY * week, "K1_gut", 1000.0) for week in range(4)]
DOSES += [Dose(10.25 * DAY, "diet_K1", 50.0), Dose(0.0, "MK7_gut", 40.0)]
LANE = Lane({"age_start": 70.0, "diet_K1": 80.0, "V_MK7": 30.0}, {"ucOC": 4.0}, DOSES)
OUTPUTS = ["MK7_plasma", "MK7_gut", "K1_plasma", "ucOC", "cofactor_bone", "plasma_dp_ucMGP", "diet_K1"]
TIMES = np.arange(0.0, 28 * DAY + 1, DAY / 2)


def exported():
    return export_sbml(vitamin_k_body(), parameters=LANE.parameters, start=LANE.start, doses=LANE.doses)


def run_back(sbml):
    """The plain run of libRoadRunner, without anything of ours."""
    runner = roadrunner.RoadRunner(sbml)
    integrator = runner.integrator
    integrator.setValue("relative_tolerance", 1e-10)
    integrator.setValue("absolute_tolerance", 1e-12)
    integrator.setValue("stiff", True)
    runner.timeCourseSelections = ["time", *OUTPUTS]
    return np.array(runner.simulate(0.0, TIMES[-1], len(TIMES)))[:, 1:]


@pytest.fixture(scope="module")
def expected():
    lane = Lane(LANE.parameters, LANE.start, LANE.doses)
    solution = solve(vitamin_k_body(), [lane], TIMES, OUTPUTS, tolerances=Tolerances(1e-10, 1e-13))
    assert solution.status == ("",)
    return solution.values[0]


@pytest.mark.parametrize("form", ["sbml", "antimony"])
def test_a_lane_with_doses_runs_back(form, expected):
    if form == "sbml":
        sbml = exported()
    else:
        text = export_antimony(
            vitamin_k_body(), parameters=LANE.parameters, start=LANE.start, doses=LANE.doses
        )
        antimony.clearPreviousLoads()
        assert antimony.loadAntimonyString(text) >= 0, antimony.getLastError()
        sbml = antimony.getSBMLString(antimony.getMainModuleName())
    back = run_back(sbml)
    scale = np.abs(expected[1:]) + 1e-9 * np.max(np.abs(expected), axis=0)  # row 0 stands before the dose
    assert np.max(np.abs(back[1:] - expected[1:]) / scale) < 1e-6
    assert np.ptp(expected[:, OUTPUTS.index("diet_K1")]) == 50.0


def test_exported_sbml_is_as_clean_as_the_body():
    document = libsbml.readSBMLFromString(exported())
    assert [str(message) for message in libsbml_messages(document)] == []
    assert [str(problem) for problem in check_units(document.getModel())] == []


def test_a_regular_dose_is_one_event():
    model = libsbml.readSBMLFromString(exported()).getModel()
    assert model.getNumEvents() == 3


def test_without_a_lane_the_body_comes_out_as_it_is():
    assert export_sbml(vitamin_k_body()) == vitamin_k_body().sbml


@pytest.mark.parametrize(
    ("how", "words"),
    [
        (
            {"parameters": {"diet_K2": 1.0}},
            "'diet_K2' is not in the model. Expected: an id of it. Try: 'diet_K1'",
        ),
        ({"parameters": {"serum_K1": 1.0}}, "'serum_K1' is an equation or a state"),
        ({"start": {"diet_K1": 1.0}}, "'diet_K1' is not a state"),
        ({"doses": [Dose(1.0, "MK7gut", 1.0)]}, "'MK7gut' is not in the model"),
        ({"doses": [Dose(0.0, "MK7gut", 1.0)]}, "'MK7gut' is not in the model"),
        ({"doses": [Dose(1.0, "serum_K1", 1.0)]}, "'serum_K1' is an equation"),
    ],
)
def test_what_does_not_fit_is_named(how, words):
    with pytest.raises(InputError) as caught:
        export_sbml(vitamin_k_body(), **how)
    assert words in str(caught.value)


def test_series_are_the_doses_again():
    series = dose_series(DOSES)
    again = sorted((one.first_h + i * one.interval_h, one.target) for one in series for i in range(one.count))
    assert [target for _, target in again] == [dose.target for dose in sorted(DOSES, key=lambda d: d.time_h)]
    assert np.allclose([time for time, _ in again], sorted(dose.time_h for dose in DOSES), rtol=0, atol=1e-9)


def test_two_doses_at_one_time_become_one():
    pair = [SimpleNamespace(time_h=8.0, target="gut", amount=1.0)] * 2
    assert [(one.amount, one.count) for one in dose_series(pair)] == [(2.0, 1)]


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    course = TimeCourse(
        "four weeks of MK-7",
        TIMES[-1],
        len(TIMES) - 1,
        {name: name for name in OUTPUTS},
        {"MK-7": OUTPUTS[:2]},
    )
    path = tmp_path_factory.mktemp("omex") / "demo.omex"
    how = {"parameters": LANE.parameters, "start": LANE.start, "doses": LANE.doses}
    return export_omex(path, vitamin_k_body(), course, **how), course, how


def test_archive_names_every_file_with_its_format(archive):
    with zipfile.ZipFile(archive[0]) as file:
        manifest = ET.fromstring(file.read("manifest.xml"))
        inside = set(file.namelist())
    formats = {entry.get("location"): entry.get("format").rsplit("/", 1)[-1] for entry in manifest}
    assert formats == {
        ".": "omex",
        "./manifest.xml": "omex-manifest",
        "./model.xml": "sbml.level-3.version-2",
        "./simulation.sedml": "sed-ml.level-1.version-4",
        "./metadata.rdf": "omex-metadata",
    }
    assert {"./" + name for name in inside} == set(formats) - {"."}
    assert [entry.get("location") for entry in manifest if entry.get("master")] == ["./simulation.sedml"]


def test_archive_states_purpose_and_licence_and_no_person(archive):
    with zipfile.ZipFile(archive[0]) as file:
        about = file.read("metadata.rdf").decode()
        assert PURPOSE in about
        assert "creativecommons.org/licenses/by/4.0" in about
        assert "creator" not in about
        assert PURPOSE in file.read("simulation.sedml").decode()


def test_archive_is_the_same_bytes_each_time(archive, tmp_path):
    path, course, how = archive
    again = export_omex(tmp_path / "again.omex", vitamin_k_body(), course, **how)
    assert again.read_bytes() == path.read_bytes()
    assert [entry.name for entry in tmp_path.iterdir()] == ["again.omex"]


def test_simulation_asks_for_ids_of_the_model(archive):
    with zipfile.ZipFile(archive[0]) as file:
        sedml = ET.fromstring(file.read("simulation.sedml"))
        model = ET.fromstring(file.read("model.xml"))
    core = {"sbml": "http://www.sbml.org/sbml/level3/version2/core"}
    targets = [entry.get("target") for entry in sedml.iter() if entry.get("target")]
    assert len(targets) == len(OUTPUTS)
    for target in targets:
        # ElementTree searches from the root element itself.
        assert len(model.findall(target.replace("/sbml:sbml/", "./"), core)) == 1, target
    assert (sedml.get("level"), sedml.get("version")) == ("1", "4")
    run = sedml.find("{*}listOfSimulations/{*}uniformTimeCourse")
    assert float(run.get("outputEndTime")) == TIMES[-1]
    asked = {entry.get("kisaoID"): float(entry.get("value")) for entry in run.iter() if entry.get("value")}
    assert asked == {"KISAO:0000209": 1e-10, "KISAO:0000211": 1e-14, "KISAO:0000467": 1.0}


def test_an_output_that_is_not_there_is_named(tmp_path):
    course = TimeCourse("run", 24.0, 2, {"MK7_plasm": "MK-7"})
    with pytest.raises(InputError, match="'MK7_plasm' cannot be shown"):
        export_omex(tmp_path / "x.omex", vitamin_k_body(), course)
    assert list(tmp_path.iterdir()) == []
