"""The wheel runs without Antimony: it carries SBML made from its own texts, and says so when they changed."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
WITHOUT_ANTIMONY = "import sys; sys.modules['antimony'] = None; "
ASSEMBLE = (
    WITHOUT_ANTIMONY
    + """
from calciroute.body.assembly import assemble
from calciroute.body.variant import variant_names
print(sum(len(assemble(name).sbml) > 100_000 for name in variant_names()), len(variant_names()))
"""
)


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    """The built wheel, unpacked as an installation would be."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, check=True, capture_output=True, cwd=ROOT)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(folder / "site")
    return folder / "site"


def python(site, cache, code):
    env = {**os.environ, "PYTHONPATH": str(site), "CALCIROUTE_CACHE": str(cache)}
    return subprocess.run([sys.executable, "-c", code], env=env, cwd=cache, capture_output=True, text=True)


def test_every_variant_has_its_sbml_in_the_wheel(unpacked, tmp_path):
    done = python(unpacked, tmp_path, ASSEMBLE)
    assert done.returncode == 0, done.stderr
    found, variants = done.stdout.split()
    assert found == variants
    assert not list(tmp_path.iterdir())  # nothing had to be made


def test_a_changed_text_asks_for_antimony_in_words(unpacked, tmp_path):
    text = unpacked / "calciroute/physiology/mgp.ant"
    whole = text.read_text("utf-8")
    text.write_text(whole + "\n// changed\n", "utf-8")
    try:
        words = ["import calciroute.cli as cli", "cli.main(['verify'])"]
        done = python(unpacked, tmp_path, WITHOUT_ANTIMONY + "; ".join(words))
    finally:
        text.write_text(whole, "utf-8")
    assert done.returncode == 2, done.stderr
    assert "Antimony" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_source_archive_carries_the_same_files(unpacked, tmp_path):
    import tarfile

    build = [sys.executable, "-m", "hatchling", "build", "--target", "sdist", "--directory", str(tmp_path)]
    subprocess.run(build, check=True, capture_output=True, cwd=ROOT)
    with tarfile.open(next(tmp_path.glob("*.tar.gz"))) as archive:
        names = {Path(name).name for name in archive.getnames() if "/physiology_sbml/" in name}
    assert names == {path.name for path in (unpacked / "calciroute/physiology_sbml").iterdir()}
    assert not (ROOT / "src/calciroute/physiology_sbml").exists()
