"""The house rules that no other tool holds: what may stand in a file, what the papers at the door promise."""

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from calciroute.purpose import PURPOSE

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "calciroute"
ROOMS = ("src", "tests", "docs", "requirements", "validation", "benchmarks", "examples", ".ci")
BINARY = {".png", ".nc", ".omex", ".xz", ".pyc", ".gz", ".zip"}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


SETTINGS = tomllib.loads(read("pyproject.toml"))
PROJECT = SETTINGS["project"]

# Written in pieces, so that this file does not hold what it looks for.
ADDRESSES = [
    "pypi" + ".org",
    "python" + "hosted.org",
    "registry.npm" + "js.org",
    "npm" + "js.com",
    "deb" + ".debian.org",
    "crates" + ".io",
]
FOLDERS = ["root", "work", "home/[a-z]+", "Users/[a-z]+", "tm" + "p"]
MACHINE_PATH = re.compile(r"(?<![\w./<])/(?:" + "|".join(FOLDERS) + ")/")
LOCK_FILES = {"uv.lock", "pylock.toml", "poetry.lock", "Pipfile.lock", "package-lock.json"}


def files() -> list[Path]:
    """Every file of the project, without what runs and tools leave behind."""
    found = [path for path in ROOT.iterdir() if path.is_file() and path.name != ".venv.lock"]
    for room in ROOMS:
        found += [
            path for path in (ROOT / room).rglob("*") if path.is_file() and "__pycache__" not in path.parts
        ]
    return found


def texts() -> list[tuple[Path, str]]:
    # Some files of the bad-input corpus are in other encodings on purpose.
    return [
        (path, path.read_text(encoding="utf-8", errors="replace"))
        for path in files()
        if path.suffix not in BINARY
    ]


def found_in(pattern: "re.Pattern[str]", without: tuple[str, ...] = ()) -> list[str]:
    hits = []
    for path, text in texts():
        if path.name in without:
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            if pattern.search(line):
                hits.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:90]}")
    return hits


# ---- what may stand in a file


def test_no_file_names_the_address_of_a_package_registry():
    assert not found_in(re.compile("|".join(map(re.escape, ADDRESSES)), re.IGNORECASE))


def test_no_file_names_a_path_of_one_machine():
    assert not found_in(MACHINE_PATH)


def test_no_lock_file_with_addresses_in_it():
    assert not [path.name for path in files() if path.name in LOCK_FILES]


def test_no_file_is_past_four_hundred_lines():
    long = {
        str(path.relative_to(ROOT)): text.count("\n")
        for path, text in texts()
        if path.suffix in {".py", ".ant", ".md", ".toml"} and text.count("\n") >= 400
    }
    assert not long


def test_no_module_is_named_for_nothing():
    vague = {"utils", "util", "misc", "manager", "base", "helpers", "common"}
    assert not [str(path) for path in PACKAGE.rglob("*.py") if path.stem in vague]


# ---- the papers at the door


def where_rows() -> list[tuple[list[str], str]]:
    """Rows of the README's table: the files named, and the word to look for in the last of them."""
    table = read("README.md").partition("| where is … |")[2].partition("\n\n")[0]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines()[2:]]
    return [(re.findall(r"`(src/[^`]+)`", place), word.strip("`")) for _, place, word in rows]


@pytest.mark.parametrize(
    ("places", "word"), where_rows(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_the_where_is_table_leads_there(places, word):
    assert places
    holding = []
    for place in places:
        assert (ROOT / place).is_file(), f"{place} is gone"
        if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", read(place)):
            holding.append(place)
    assert holding, f"'{word}' is in none of {places}"


def test_the_table_is_really_read():
    assert len(where_rows()) >= 12


@pytest.mark.parametrize("name", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_lead_to_files(name):
    text = read(name)
    targets = re.findall(r"\]\(([^)#:]+)\)", text)
    assert not [target for target in targets if not (ROOT / target).exists()]


def test_the_code_map_names_every_package_and_only_places_that_exist():
    rows = re.findall(r"^\| (`.*?`) \|", read("CONTRIBUTING.md"), re.MULTILINE)
    named = {place for row in rows for place in re.findall(r"`([^`]+)`", row) if "/" in place or "." in place}
    assert not [place for place in named if not (ROOT / place).exists()]
    packages = {f"src/calciroute/{path.parent.name}/" for path in PACKAGE.glob("*/__init__.py")}
    assert packages <= named


def test_the_floors_name_every_package():
    floors = SETTINGS["tool"]["importlinter"]["contracts"][0]["layers"]
    placed = set(re.findall(r"\w+", " ".join(floors)))
    built = {path.stem for path in PACKAGE.glob("*.py")} | {
        path.parent.name for path in PACKAGE.glob("*/__init__.py")
    }
    assert built - {"__init__"} <= placed


def test_readme_gives_the_purpose_and_every_way_to_start():
    readme = read("README.md")
    for words in (PURPOSE, "python3 run.py demo", "python3 run.py test", "python run.py", "py run.py demo"):
        assert words in readme


def test_licences_and_version_agree():
    assert "Apache License" in read("LICENSE")[:200]
    assert "Attribution 4.0 International" in read("LICENSE-DATA")[:200]
    cited = read("CITATION.cff")
    assert f"version: {PROJECT['version']}\n" in cited
    assert PURPOSE in cited
    assert f"## {PROJECT['version']}" in read("CHANGELOG.md")


# ---- what is installed


def pins(name: str) -> dict[str, list[str]]:
    """Package -> pinned versions in one requirement file; each entry has to carry hashes."""
    entries = re.split(r"\n(?=\S)", read(f"requirements/{name}.txt").strip())
    found: dict[str, list[str]] = {}
    for entry in entries:
        pin = re.match(r"([A-Za-z0-9._-]+)==(\S+)", entry)
        assert pin, f"{name}.txt: not pinned: {entry[:60]}"
        assert "--hash=sha256:" in entry, f"{name}.txt: {pin[1]} carries no hash"
        found.setdefault(canonicalize_name(pin[1]), []).append(pin[2])
    return found


@pytest.mark.parametrize(
    ("name", "extras"),
    [("core", []), ("checkout", ["antimony", "test"]), ("dev", ["antimony", "test", "dev"])],
)
def test_requirement_files_agree_with_pyproject(name, extras):
    wanted = [
        *PROJECT["dependencies"],
        *(line for extra in extras for line in PROJECT["optional-dependencies"][extra]),
    ]
    held = pins(name)
    for requirement in map(Requirement, wanted):
        versions = held.get(canonicalize_name(requirement.name))
        assert versions, f"{name}.txt lacks {requirement.name}"
        assert all(requirement.specifier.contains(version) for version in versions), requirement


def test_the_build_backend_is_pinned_with_the_rest():
    build = SETTINGS["build-system"]["requires"]
    lines = read("requirements/build.in").splitlines()
    assert [line for line in lines if line and not line.startswith("#")] == build
    assert {canonicalize_name(Requirement(line).name) for line in build} <= set(pins("checkout"))


def test_one_version_of_a_package_in_all_requirement_files():
    whole = pins("dev")
    for name in ("core", "checkout"):
        assert {key: value for key, value in pins(name).items() if key in whole and value != whole[key]} == {}


def test_few_packages_at_run_time():
    assert len(pins("core")) < 45


def licence(package: str) -> str:
    """What a package says of its licence, in few words; else the head of its licence file."""
    told = metadata.metadata(package)
    classifiers = [line for line in told.get_all("Classifier") or [] if line.startswith("License ::")]
    short = (told.get("License") or "").strip().splitlines()[:1]
    said = " ; ".join([told.get("License-Expression") or "", *classifiers, *short]).strip(" ;")
    named = [file for file in metadata.files(package) or [] if file.name.upper().startswith("LICENSE")]
    return said or " ".join(str(file.read_text(encoding="utf-8"))[:400] for file in named)


def run_time_packages() -> set[str]:
    """The packages a plain install brings, by their own word, on this machine."""
    seen: set[str] = set()
    waiting = [Requirement(line) for line in PROJECT["dependencies"]]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name in seen or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        seen.add(name)
        waiting += map(Requirement, metadata.requires(name) or [])
    return seen


def test_no_gpl_or_agpl_at_run_time():
    said = {name: licence(name) for name in run_time_packages()}
    assert len(said) > 15
    assert not [name for name, text in said.items() if not text], "a package says nothing of its licence"
    copyleft = re.compile(r"(?<!L)(?<!Lesser )\b(?:A?GPL|(?:Affero )?General Public License)", re.IGNORECASE)
    assert not {name: text for name, text in said.items() if copyleft.search(text)}
