"""run.py on a fresh machine: which Python, which way, a set-up that mends itself. The tools are stand-ins."""

import ast
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]

# A uv that makes a hollow environment, and that sleeps or fails where it is told to.
FAKE_UV = """#!{python} -IS
import os, pathlib, sys, time
words = sys.argv[1:]
here = pathlib.Path.cwd()
with open(here / "uv.log", "a") as log:
    log.write(" ".join(words) + "\\n")
if words[0] == "venv":
    start = pathlib.Path(words[-1], "bin", "python")
    start.parent.mkdir(exist_ok=True)
    start.write_text('#!/bin/sh\\ncase "$*" in *pytest*) echo tests run in "$0";; esac\\n')
    start.chmod(0o755)
elif "--require-hashes" in words:
    (here / "installing").touch()
    time.sleep(float(os.environ.get("FAKE_UV_SLEEP", "0")))
    if os.environ.get("FAKE_UV_FAILS"):
        sys.exit(os.environ["FAKE_UV_FAILS"])
"""


@pytest.fixture
def run() -> ModuleType:
    """The functions of run.py."""
    spec = importlib.util.spec_from_file_location("run_under_test", ROOT / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder with run.py, what it reads, and a machine whose only tool is the stand-in for uv."""
    if os.name == "nt":
        pytest.skip("the stand-in tools are POSIX scripts")
    (tmp_path / "requirements").mkdir()
    for name in ("run.py", "pyproject.toml", "requirements/checkout.txt"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "tools").mkdir()
    uv = tmp_path / "tools" / "uv"
    uv.write_text(FAKE_UV.format(python=Path(sys.executable).resolve()))
    uv.chmod(0o755)
    return tmp_path


def start(clone: Path, *words: str, **more: str) -> "subprocess.Popen[str]":
    surroundings = {"PATH": f"{clone / 'tools'}:/usr/bin:/bin", "HOME": str(clone), **more}
    return subprocess.Popen(
        [sys.executable, "-I", str(clone / "run.py"), *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=surroundings,
        cwd=clone.parent,
    )


def finish(process: "subprocess.Popen[str]") -> tuple[int, str]:
    said, _ = process.communicate(timeout=60)
    return process.returncode, said


def wait_for(path: Path) -> None:
    for _ in range(600):
        if path.exists():
            return
        time.sleep(0.05)
    pytest.fail(f"{path.name} never came")


def installs(clone: Path) -> int:
    return (clone / "uv.log").read_text().count("--require-hashes")


# ---- which Python, which way


def test_no_python_in_range_is_one_clear_line(run, monkeypatch, capsys):
    monkeypatch.setattr(run, "OLDEST", (3, 98))
    monkeypatch.setattr(run, "NEWEST", (3, 99))
    monkeypatch.setattr(run.shutil, "which", lambda name: None if name == "uv" else sys.executable)
    monkeypatch.setattr(run, "is_ready", lambda folder: False)
    monkeypatch.setattr(run, "read_mark", lambda folder: "")
    with pytest.raises(run.SetupError) as refusal:
        run.choose(Path("nowhere"))
    text = str(refusal.value)
    assert "needs Python 3.98 to 3.99" in text
    assert "python3-venv" in text
    assert "\n" not in text


def test_neither_uv_nor_venv_nor_pip_names_what_to_install(run, monkeypatch):
    bare = run.Interpreter("/bare/python3", (3, 11, 2), venv=True, ensurepip=False, pip=0.0)
    monkeypatch.setattr(run, "find_interpreters", lambda: [bare])
    monkeypatch.setattr(run.shutil, "which", lambda name: None)
    with pytest.raises(run.SetupError, match=r"/bare/python3 is here.*sudo apt install python3-venv"):
        run.choose(Path("nowhere"))


def test_a_locked_python_without_ensurepip_uses_the_pip_outside(run, monkeypatch):
    monkeypatch.setattr(run.shutil, "which", lambda name: None)
    locked = run.Interpreter("/usr/bin/python3", (3, 11, 2), venv=True, ensurepip=False, pip=23.0)
    (way,) = run.ways(locked, Path(".venv"))
    assert "--without-pip" in way.create
    assert way.install[:4] == ["/usr/bin/python3", "-m", "pip", "--python"]
    assert not run.ways(locked._replace(pip=22.2), Path(".venv"))  # that pip knows no --python


def test_uv_comes_first_and_venv_stands_behind_it(run, monkeypatch):
    monkeypatch.setattr(run.shutil, "which", lambda name: "/tools/uv" if name == "uv" else None)
    whole = run.Interpreter("python", (3, 12, 1), venv=True, ensurepip=True, pip=24.0)
    assert [way.name for way in run.ways(whole, Path(".venv"))] == ["uv", "venv"]


def test_the_newest_python_that_can_be_set_up_is_taken(run, monkeypatch):
    found = {
        "a": run.Interpreter("a", (3, 11, 2), True, True, 23.0),
        "b": run.Interpreter("b", (3, 13, 0), True, False, 0.0),  # nothing there to set it up with
        "c": run.Interpreter("c", (3, 12, 1), True, True, 23.0),
    }
    monkeypatch.setattr(run, "places", lambda: [[name] for name in found])
    monkeypatch.setattr(run, "probe", lambda command: found[command[0]])
    monkeypatch.setattr(run.shutil, "which", lambda name: None)
    assert [one.executable for one in run.find_interpreters()] == ["b", "c", "a"]
    assert run.choose(Path(".venv"))[0] == "Python 3.12.1 (c)"


def test_an_environment_tells_of_the_python_behind_it(run):
    one = run.probe([sys.executable])
    assert one is not None
    assert one.version[:2] == sys.version_info[:2]
    assert one.executable == sys._base_executable


def test_windows_keeps_its_python_elsewhere(run, monkeypatch):
    monkeypatch.setattr(run, "WINDOWS", True)
    assert run.environment_python(Path("e")) == Path("e/Scripts/python.exe")
    assert ["py", "-3.13"] in list(run.places())


# ---- the set-up


def test_first_start_sets_up_and_later_ones_do_not(clone):
    code, said = finish(start(clone, "test"))
    assert code == 0, said
    assert "making .venv with uv" in said
    assert "tests run in" in said
    assert json.loads((clone / ".venv" / "calciroute-setup.json").read_text())["finished"]
    code, said = finish(start(clone, "test"))
    assert (code, installs(clone)) == (0, 1)
    assert "making" not in said
    log = (clone / "uv.log").read_text()
    assert "--no-deps --no-build-isolation -e ." in log


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_setup_that_was_cut_off_mends_itself(clone, how):
    first = start(clone, "test", FAKE_UV_SLEEP="1.5")
    wait_for(clone / "installing")
    first.send_signal(how)
    assert finish(first)[0] != 0
    if how == signal.SIGINT:
        assert not (clone / ".venv").exists()  # swept up at once
    code, said = finish(start(clone, "test"))
    assert code == 0, said
    assert installs(clone) == 2
    assert not list(clone.glob(".venv-old-*"))


def test_a_changed_requirement_file_is_set_up_anew(clone):
    finish(start(clone, "test"))
    with (clone / "requirements/checkout.txt").open("a") as text:
        text.write("# one more\n")
    code, said = finish(start(clone, "test"))
    assert (code, installs(clone)) == (0, 2)
    assert "what it needs has changed" in said


def test_two_starts_at_once_set_up_once(clone):
    both = [start(clone, "test", FAKE_UV_SLEEP="1") for _ in range(2)]
    ends = [finish(one) for one in both]
    assert [code for code, _ in ends] == [0, 0]
    assert installs(clone) == 1
    assert sum("waiting for it" in said for _, said in ends) == 1


@pytest.mark.parametrize(
    ("failure", "advice"),
    [
        ("error: could not connect, the network is unreachable", "Is this machine online"),
        ("error: Hash mismatch for numpy", "not the one that was pinned"),
        ("OSError: No space left on device", "disk is full"),
    ],
)
def test_a_failed_setup_leaves_nothing_and_says_why(run, clone, monkeypatch, failure, advice):
    uv = str(clone / "tools" / "uv")
    only = run.Way("uv", [uv, "venv", str(clone / ".venv")], [uv, "pip", "install"])
    monkeypatch.setattr(run, "HERE", clone)
    monkeypatch.setattr(
        run, "choose", lambda folder: ("a Python", [only])
    )  # the next way would ask a network
    monkeypatch.setenv("FAKE_UV_FAILS", failure)
    with pytest.raises(run.SetupError, match=advice) as refusal:
        run.ready_environment()
    assert failure in str(refusal.value)
    assert not (clone / ".venv").exists()


def test_a_folder_of_somebody_else_is_left_alone(clone):
    (clone / ".venv" / "mine").mkdir(parents=True)
    code, said = finish(start(clone, "test"))
    assert code == 1
    assert "was not made by run.py; move it away" in said
    assert (clone / ".venv" / "mine").exists()


# ---- the commands


def test_no_argument_is_the_demo(run, monkeypatch, tmp_path, capsys):
    asked = []
    monkeypatch.setattr(run, "HERE", tmp_path)
    monkeypatch.setattr(run, "ready_environment", lambda: tmp_path / "bin" / "python")
    monkeypatch.setattr(run, "follow", lambda command: asked.append(command) or 0)
    assert run.main([]) == 0
    assert [command[1] for command in asked] == ["new", "simulate"]
    assert "report.html" in capsys.readouterr().out


def test_an_unknown_command_says_what_there_is(run, capsys):
    assert run.main(["tset"]) == 2
    assert "demo|test" in capsys.readouterr().err


def test_the_exit_code_of_the_tests_is_passed_on(run, monkeypatch):
    monkeypatch.setattr(run, "ready_environment", lambda: Path("python"))
    monkeypatch.setattr(run, "follow", lambda command: 5)
    assert run.main(["test", "-k", "nothing"]) == 5


def test_it_needs_only_the_standard_library():
    tree = ast.parse((ROOT / "run.py").read_text(encoding="utf-8"))
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert "subprocess" in imported
    assert imported <= sys.stdlib_module_names


def test_an_old_python_can_still_read_it():
    tree = ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 7))
    assert any(isinstance(node, ast.FunctionDef) and node.name == "main" for node in tree.body)
