"""What libCombine and libSEDML read in an archive, as JSON; in a process of its own, apart from libSBML.

python validation/read_archive.py FILE.omex
"""

from __future__ import annotations

import json
import sys
import zipfile

import libcombine
import libsedml

# The archive's own formats by file; libCombine knows their stems and not every level and version.
STEMS = {"./model.xml": "sbml", "./simulation.sedml": "sed-ml"}


def read(path: str) -> dict[str, object]:
    """Problems, days and ids asked for."""
    problems = []
    archive = libcombine.CombineArchive()
    if not archive.initializeFromArchive(path):
        problems.append("libCombine does not read the archive")
    formats = {
        archive.getEntry(index).getLocation(): archive.getEntry(index).getFormat()
        for index in range(archive.getNumEntries())
    }
    for name, stem in STEMS.items():
        if not formats.get(name, "").startswith(libcombine.KnownFormats.lookupFormat(stem) + ".level-"):
            problems.append(f"{name} has the format {formats.get(name)!r}")
    master = archive.getMasterFile().getLocation() if archive.getMasterFile() else ""
    if master != "./simulation.sedml":
        problems.append(f"the master file is {master!r}")
    with zipfile.ZipFile(path) as file:
        document = libsedml.readSedMLFromString(file.read("simulation.sedml").decode())
    problems += [
        f"simulation.sedml: {document.getError(index).getMessage()}"
        for index in range(document.getNumErrors())
    ]
    run = document.getSimulation(0)
    targets = [
        document.getDataGenerator(index).getVariable(0).getTarget()
        for index in range(document.getNumDataGenerators())
    ]
    algorithm = run.getAlgorithm()
    settings = {
        algorithm.getAlgorithmParameter(index).getKisaoID(): float(
            algorithm.getAlgorithmParameter(index).getValue()
        )
        for index in range(algorithm.getNumAlgorithmParameters())
    }
    return {
        "problems": problems,
        "settings": settings,
        "end_h": run.getOutputEndTime(),
        "steps": run.getNumberOfSteps(),
        "ids": [target.split("@id='")[1].split("'")[0] for target in targets if target],
    }


if __name__ == "__main__":
    print(json.dumps(read(sys.argv[1])))
