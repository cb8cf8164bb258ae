"""Machine code on disk: nothing is loaded that someone else may have written, and a run needs no disk."""

import os
import shutil
import stat
import subprocess
import sys
import textwrap
import warnings
from pathlib import Path

import numpy as np
import pytest

from calciroute.engine import stored
from calciroute.engine.lanes import Lanes
from calciroute.engine.program import compile_program
from calciroute.engine.solve import solve
from calciroute.engine.stored import CODE, NOTE, read_code, write_code
from engine.formula import written

TESTS, SOURCE = Path(__file__).resolve().parents[1], Path(__file__).resolve().parents[2] / "src"
DECAY = written({"k": 0.3}, {"A": (2, "-k * A")})
posix_only = pytest.mark.skipif(
    os.name == "nt", reason="owners and modes are POSIX; Windows closes the profile"
)


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "deep" / "machine_code"
    assert write_code(made, "key", b"\x00code\r\n\xff", "note\nof two lines")
    return made


def test_what_was_kept_comes_back(folder):
    assert read_code(folder, "key") == (b"\x00code\r\n\xff", "note\nof two lines")
    assert read_code(folder, "other") is None
    assert sorted(path.name for path in folder.iterdir()) == ["key.code", "key.json"]  # nothing half written


@posix_only
def test_the_folder_is_the_users_alone(folder):
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for path in folder.iterdir():
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077


@posix_only
@pytest.mark.parametrize("mode", [0o770, 0o707, 0o750, 0o701, 0o777])
def test_a_folder_open_to_others_is_not_read_and_is_closed_before_it_is_written(folder, mode):
    folder.chmod(mode)
    assert read_code(folder, "key") is None
    assert write_code(folder, "key", b"new", "")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert read_code(folder, "key") == (b"new", "")


@posix_only
@pytest.mark.parametrize("ending", [CODE, NOTE])
@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_a_file_that_others_can_write_is_not_read(folder, ending, mode):
    (folder / f"key{ending}").chmod(mode)
    assert read_code(folder, "key") is None


@posix_only
@pytest.mark.parametrize("ending", [CODE, NOTE])
def test_a_link_in_place_of_a_file_is_not_followed(folder, ending):
    path = folder / f"key{ending}"
    path.rename(folder / "elsewhere")
    path.symlink_to(folder / "elsewhere")
    assert read_code(folder, "key") is None


@posix_only
def test_a_link_in_place_of_the_folder_is_not_followed(folder, monkeypatch):
    monkeypatch.setattr(stored, "_WARNED", [folder])
    moved = folder.rename(folder.parent / "elsewhere")
    moved.chmod(0o755)
    folder.symlink_to(moved)
    assert read_code(folder, "key") is None
    assert not write_code(folder, "key", b"new", "")
    assert stat.S_IMODE(moved.stat().st_mode) == 0o755  # what a link points to is not touched


@posix_only
@pytest.mark.parametrize("ending", [CODE, NOTE])
def test_neither_a_pipe_nor_a_folder_is_read(folder, ending):
    path = folder / f"key{ending}"
    path.unlink()
    os.mkfifo(path)
    assert read_code(folder, "key") is None  # and does not wait for a writer
    path.unlink()
    path.mkdir()
    assert read_code(folder, "key") is None


@posix_only
@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can give files away")
@pytest.mark.parametrize("which", ["folder", CODE, NOTE])
def test_what_belongs_to_someone_else_is_not_read(folder, which):
    os.chown(folder if which == "folder" else folder / f"key{which}", 65534, -1)
    assert read_code(folder, "key") is None


@posix_only
@pytest.mark.parametrize("which", ["folder", "file"])
def test_what_belongs_to_someone_else_is_not_read_seen_by_another_user(folder, which, monkeypatch):
    """The same for a tester who is not root: the question who one is has another answer."""
    real, asked = os.getuid(), []

    def another():
        asked.append(1)
        return real if which == "file" and len(asked) == 1 else real + 1

    monkeypatch.setattr(os, "getuid", another)
    assert read_code(folder, "key") is None
    assert asked


@pytest.mark.parametrize("ending", [CODE, NOTE])
@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-1],
        lambda data: b"",
        lambda data: data[:3] + b"X" + data[4:],
        lambda data: data + b" ",
    ],
)
def test_changed_or_cut_bytes_are_not_read(folder, ending, damage):
    path = folder / f"key{ending}"
    path.write_bytes(damage(path.read_bytes()))
    assert read_code(folder, "key") is None


def test_bytes_that_are_no_text_in_the_note(folder):
    (folder / f"key{NOTE}").write_bytes(b"\xff\xfe")
    assert read_code(folder, "key") is None


@pytest.mark.parametrize("missing", [CODE, NOTE])
def test_half_a_pair_is_not_read(folder, missing):
    (folder / f"key{missing}").unlink()
    assert read_code(folder, "key") is None


def run_decay(cache):
    program = compile_program(DECAY, cache=cache, key="decay")
    return solve(program, Lanes(1), [1.0], outputs=["A"]).values[0, 0, 0]


def test_code_that_was_tampered_with_is_made_anew_and_put_right(tmp_path):
    cache = tmp_path / "machine_code"
    first = run_decay(cache)
    kept = {path: path.read_bytes() for path in cache.iterdir()}
    for path in cache.glob(f"*{CODE}"):
        path.write_bytes(b"\xcc" * len(kept[path]))  # would stop the process at once if it ran
    assert run_decay(cache) == first
    places = [path for path in kept if path.suffix == CODE and path.read_bytes() == kept[path]]
    assert places  # the system's code is back; the loop's was in this process already


# ---- whole processes

PERSON = """
import sys, warnings
import numpy as np
{before}
with warnings.catch_warnings(record=True) as told:
    warnings.simplefilter("always")
    from calciroute.engine.program import compile_program
    from calciroute.engine.solve import solve
    from calciroute.engine.lanes import Lanes
    from calciroute.sbml.cache import cache_folder
    from engine.formula import written
    DECAY = written({{"k": 0.3}}, {{"A": (2, "-k * A")}})
    cache = cache_folder() / "machine_code"
    for key in ("one", "two"):
        program = compile_program(DECAY, cache=cache, key=key)
        found = solve(program, Lanes(1), [1.0], outputs=["A"]).values[0, 0, 0]
print(found.hex(), len(told), *(str(one.message)[:40] for one in told), sep="|")
"""
NOTHING_WRITABLE = """
import os
def no_writing(event, arguments):
    flags = arguments[2] if event == "open" and isinstance(arguments[2], int) else 0
    if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) or event in ("os.mkdir", "os.rename", "os.remove"):
        raise PermissionError(13, "nothing can be written", str(arguments[0]))
sys.addaudithook(no_writing)
"""


def child(code, cache, **more):
    path = os.pathsep.join((str(SOURCE), str(TESTS)))
    env = {
        **os.environ,
        "PYTHONPATH": path,
        "PYTHONDONTWRITEBYTECODE": "1",
        "CALCIROUTE_CACHE": str(cache),
        **more,
    }
    env = {name: value for name, value in env.items() if value}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)], env=env, text=True, **pipes)


def words_of(process):
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return out.strip().splitlines()[-1].split("|")


def test_with_no_folder_that_can_be_written_it_runs_with_one_warning(tmp_path):
    usual = words_of(child(PERSON.format(before=""), tmp_path / "usual"))
    assert usual[1] == "0"
    bare = words_of(child(PERSON.format(before=NOTHING_WRITABLE), tmp_path / "bare"))
    assert bare[:2] == [usual[0], "1"]
    assert bare[2].startswith("machine code cannot be kept in")
    assert not (tmp_path / "bare").exists()


def test_a_cache_folder_that_cannot_exist(tmp_path):
    (tmp_path / "file").write_text("no folder")
    assert words_of(child(PERSON.format(before=""), tmp_path / "file" / "below"))[1] == "1"


@posix_only
@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="only root can become another user")
@pytest.mark.parametrize("user", [65534, 54321])
def test_a_user_without_a_home(user, tmp_path):
    """Nobody, and a number that no user has: neither has a folder of its own."""
    before = (
        "import os, difflib, engine.formula, calciroute.engine.solve, calciroute.sbml.cache; "
        "import calciroute.engine.control_rest, calciroute.engine.loop_text; "
        f"os.setgid({user}); os.setuid({user})"
    )
    found = words_of(child(PERSON.format(before=before), "", HOME="", XDG_CACHE_HOME=""))
    assert found[1] == "1"


def test_two_processes_at_once_agree_and_leave_a_whole_cache(tmp_path):
    code = PERSON.format(before="")
    running = [child(code, tmp_path) for _ in range(3)]
    results = {tuple(words_of(process)) for process in running}
    assert len(results) == 1
    assert {path.suffix for path in (tmp_path / "machine_code").iterdir()} == {CODE, NOTE}
    keys = {path.stem for path in (tmp_path / "machine_code").iterdir()}
    assert len(keys) == 3  # two systems and the loop
    assert all(read_code(tmp_path / "machine_code", key) for key in keys)


def test_a_start_from_the_cache_compiles_nothing(tmp_path):
    """Neither the translator of the loop nor what makes kernels is asked; no numba, no libSBML."""
    code = """
import sys
from calciroute.engine.program import compile_program
from calciroute.engine.solve import solve
from calciroute.engine.lanes import Lanes
from calciroute.sbml.cache import cache_folder
def system():
    from engine.formula import written
    return written({"k": 0.3}, {"A": (2, "-k * A")})
program = compile_program(system, cache=cache_folder() / "machine_code", key="one")
print(solve(program, Lanes(1), [1.0], outputs=["A"]).values[0, 0, 0])
heavy = ("numba", "libsbml", "antimony", "scipy", "xarray", "matplotlib", "sympy",
         "calciroute.engine.loop_text", "calciroute.engine.control", "engine.formula")
print("modules", *(name for name in heavy if name in sys.modules), sep="|")
"""
    first, second = words_of(child(code, tmp_path)), words_of(child(code, tmp_path))
    assert {"calciroute.engine.loop_text", "calciroute.engine.control"} <= set(first)
    assert second == ["modules"]


def test_a_foreign_folder_is_never_written(tmp_path, monkeypatch):
    """A cache that is not the user's own: nothing is put there, and that is told once."""
    monkeypatch.setattr(stored, "_WARNED", [])
    monkeypatch.setattr(stored, "_own_folder", lambda folder: False)
    with pytest.warns(RuntimeWarning, match="cannot be kept"):
        assert not write_code(tmp_path / "theirs", "key", b"code", "")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert not write_code(tmp_path / "theirs", "key", b"code", "")
    assert not list((tmp_path / "theirs").iterdir())


def test_a_cache_that_vanishes_between_runs(tmp_path):
    cache = tmp_path / "machine_code"
    first = run_decay(cache)
    shutil.rmtree(cache)
    assert run_decay(cache) == first
    assert np.isfinite(first)
