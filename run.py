#!/usr/bin/env python3
"""Run calciroute from a fresh clone: `python3 run.py demo`, `python3 run.py test`.

Standard library only, in syntax that an old Python still reads, so that it can say which one is needed.
The first start makes the folder .venv: the newest Python on this machine that the pinned packages support,
then the packages by their hashes. Later starts go straight to work. The mark in .venv says finished only at
the end: a set-up that was cut off is made anew at the next start.
"""

import contextlib
import glob
import hashlib
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Dict, Iterator, List, NamedTuple, Optional, Tuple

OLDEST, NEWEST = (3, 11), (3, 13)
HERE = Path(__file__).resolve().parent
WINDOWS = os.name == "nt"
MARK = "calciroute-setup.json"  # inside .venv: ours, and whether finished
USAGE = """Usage: python3 run.py [demo|test] [more arguments]     (Windows: py run.py)

  demo   simulate the example person and write a report (this is also what no argument does);
         more arguments go to `calciroute simulate`, for example --draws 20
  test   run the tests; more arguments go to pytest, for example -k warfarin
"""
INSTALL_HINT = (
    "To have it: Debian, Ubuntu `sudo apt install python3-venv`; macOS `brew install python@3.13`; \
Windows the installer of Python 3.13; anywhere uv. Then start this again."
)
# What an interpreter has to tell about itself before it may carry the environment.
PROBE = """
import importlib.util as u, json, os, platform, sys, sysconfig
try:
    import ctypes, ssl, zlib
    whole = True
except ImportError:
    whole = False
pip = 0.0
if u.find_spec("pip"):
    import pip as p
    pip = float(".".join(p.__version__.split(".")[:2]))
inside = sys.prefix != sys.base_prefix  # of an environment: the one to use is the Python behind it
print(json.dumps({
    "executable": sys.executable, "behind": getattr(sys, "_base_executable", "") if inside else "",
    "version": list(sys.version_info[:3]), "pip": pip,
    "venv": bool(u.find_spec("venv")), "ensurepip": bool(u.find_spec("ensurepip")),
    "usable": whole and platform.python_implementation() == "CPython" and sys.maxsize > 2**32
              and not sysconfig.get_config_var("Py_GIL_DISABLED")}))
"""


class SetupError(Exception):
    """Set-up cannot go on; the text is for the person at the terminal."""


class Interpreter(NamedTuple):
    """One Python found on this machine and what it can do."""

    executable: str
    version: Tuple[int, int, int]
    venv: bool
    ensurepip: bool
    pip: float


class Way(NamedTuple):
    """One way to make an environment: its name, and the commands that make it and install into it."""

    name: str
    create: List[str]
    install: List[str]


def say(text: str) -> None:
    """Print one line of progress."""
    print("run.py: " + text, flush=True)


def words(version: Tuple[int, ...]) -> str:
    """(3, 11) -> "3.11"."""
    return ".".join(str(part) for part in version)


# ----------------------------------------------------------------------------------------------- which Python


def places() -> Iterator[List[str]]:
    """Commands that may start a Python of ours, the one that runs this file first."""
    yield [sys.executable]
    pyenv = os.environ.get("PYENV_ROOT") or os.path.join(os.path.expanduser("~"), ".pyenv")
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        name = "3.%d" % minor
        if WINDOWS:
            yield ["py", "-" + name]
        yield ["python" + name]
        for pattern in ("versions/{}.*/bin/python", "pyenv-win/versions/{}.*/python.exe"):
            for path in sorted(glob.glob(os.path.join(pyenv, pattern.format(name))), reverse=True):
                yield [path]
        yield ["/Library/Frameworks/Python.framework/Versions/{}/bin/python3".format(name)]
    yield from (["python3"], ["/usr/bin/python3"])


def probe(command: List[str]) -> Optional[Interpreter]:
    """Facts of one Python, or None where it does not start or cannot carry the packages."""
    if not shutil.which(command[0]):
        return None
    try:
        told = subprocess.check_output([*command, "-I", "-c", PROBE], stderr=subprocess.DEVNULL, timeout=60)
        facts = json.loads(told.decode("utf-8"))
    except (OSError, ValueError, subprocess.SubprocessError):
        return None  # a pyenv shim without a version, a store placeholder on Windows, a broken install
    if facts["behind"] and command[0] != facts["behind"]:
        return probe([facts["behind"]])
    version = tuple(facts["version"])
    if not facts["usable"] or not OLDEST <= version[:2] <= NEWEST:
        return None
    return Interpreter(facts["executable"], version, facts["venv"], facts["ensurepip"], facts["pip"])


def find_interpreters() -> List[Interpreter]:
    """Every Python that the pinned packages support, newest first, each once."""
    found = {}  # type: Dict[str, Interpreter]
    for command in places():
        one = probe(command)
        if one:
            found.setdefault(os.path.realpath(one.executable), one)
    return sorted(found.values(), key=lambda one: one.version[:2], reverse=True)  # of equals the first found


# ---------------------------------------------------------------------------------------- which way to set up


def environment_python(folder: Path) -> Path:
    """Where an environment keeps its Python."""
    return folder / ("Scripts/python.exe" if WINDOWS else "bin/python")


def ways(python: Interpreter, folder: Path) -> List[Way]:
    """What works with this Python, best first: uv, venv, venv without pip and the pip outside."""
    target = str(environment_python(folder))
    found = []
    uv = shutil.which("uv")
    if uv:
        create = [uv, "venv", "--quiet", "--allow-existing", "--python", python.executable, str(folder)]
        found.append(Way("uv", create, [uv, "pip", "install", "--quiet", "--python", target]))
    start = [python.executable, "-m"]
    quiet = ["install", "--quiet", "--disable-pip-version-check"]
    if python.venv and python.ensurepip:
        found.append(Way("venv", [*start, "venv", str(folder)], [target, "-m", "pip", *quiet]))
    elif python.venv and python.pip >= 22.3:  # the first pip with --python; Debian's locked Python comes here
        create = [*start, "venv", "--without-pip", str(folder)]
        found.append(Way("venv and the pip outside it", create, [*start, "pip", "--python", target, *quiet]))
    return found


def choose(folder: Path) -> Tuple[str, List[Way]]:
    """The Python to use, in words, and the ways to set it up; SetupError where there is none."""
    interpreters = find_interpreters()
    for python in interpreters:
        found = ways(python, folder)
        if found:
            return "Python {} ({})".format(words(python.version), python.executable), found
    if interpreters:
        lacks = (
            "{} is here, but nothing that makes an environment with it (uv, or the modules venv and pip). "
        )
        raise SetupError(lacks.format(interpreters[0].executable) + INSTALL_HINT)
    if shutil.which("uv"):  # uv may bring a Python of its own
        newest = Interpreter(words(NEWEST), (*NEWEST, 0), venv=False, ensurepip=False, pip=0.0)
        return "Python {} (fetched by uv)".format(words(NEWEST)), ways(newest, folder)
    lacks = "this needs Python {} to {}, 64 bit, and none was found (this file was started by {}). "
    raise SetupError(lacks.format(words(OLDEST), words(NEWEST), words(sys.version_info[:3])) + INSTALL_HINT)


# -------------------------------------------------------------------------------------------- the environment


def stamp() -> str:
    """Hash of all that decides what the environment holds; another place needs another one, too."""
    whole = hashlib.sha256(str(HERE).encode("utf-8"))
    for name in ("pyproject.toml", "requirements/checkout.txt"):
        whole.update((HERE / name).read_bytes())
    return whole.hexdigest()


def read_mark(folder: Path) -> Optional[str]:
    """The stamp an environment was finished with, "" if unfinished, None if it is not ours."""
    try:
        return str(json.loads((folder / MARK).read_text(encoding="utf-8"))["finished"])
    except (OSError, ValueError, KeyError, TypeError):
        return "" if not folder.exists() or not any(folder.iterdir()) or (folder / MARK).exists() else None


def write_mark(folder: Path, finished: str) -> None:
    """Say that the folder is ours and, with a stamp, that it is finished."""
    fresh = folder / (MARK + ".new")
    fresh.write_text(json.dumps({"made_by": "run.py", "finished": finished}), encoding="utf-8")
    os.replace(str(fresh), str(folder / MARK))  # there whole or not at all


def is_ready(folder: Path) -> bool:
    """Whether the environment is finished and up to date."""
    return read_mark(folder) == stamp() and environment_python(folder).exists()


def remove(folder: Path) -> None:
    """Move away first, in one step, then delete: a deletion cut short leaves nothing that looks like ours."""
    if folder.exists():
        folder.rename(folder.with_name("{}-old-{}".format(folder.name, os.getpid())))
    for old in folder.parent.glob(folder.name + "-old-*"):
        shutil.rmtree(str(old), ignore_errors=True)


def clean_surroundings() -> Dict[str, str]:
    """The environment variables without those that would send packages or imports elsewhere."""
    dropped = ("PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX", "VIRTUAL_ENV")
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    kept.update(PYTHONNOUSERSITE="1", PIP_USER="0", PYTHONUTF8="1")
    return kept


def step(command: List[str], lock: int) -> None:
    """Run one command of the set-up; its output is shown only where it fails."""
    with open(str(HERE / ".venv" / "setup.log"), "w+", encoding="utf-8", errors="replace") as log:
        work = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=str(HERE),
            env=clean_surroundings(),
            pass_fds=() if WINDOWS else (lock,),  # if we are killed, the next start waits for the installer
        )
        started = time.time()
        try:
            while True:
                try:
                    code = work.wait(timeout=15)
                    break
                except subprocess.TimeoutExpired:
                    say("... still at it after {:.0f} s".format(time.time() - started))
        except BaseException:
            work.kill()
            work.wait()
            raise
        if code:
            log.seek(0)
            raise SetupError("\n    ".join(["", *log.read().strip().splitlines()[-12:]]))


def build(folder: Path, way: Way, lock: int) -> None:
    """Make the environment in one way; the mark of a finished one is written last."""
    remove(folder)
    folder.mkdir()
    write_mark(folder, "")
    say("making {} with {}".format(folder.name, way.name))
    step(way.create, lock)
    write_mark(folder, "")  # some tools empty the folder first
    say("installing the packages, each checked by its hash (about 250 MB, only this once)")
    hashed = ["--require-hashes", "--only-binary", ":all:", "-r", "requirements/checkout.txt"]
    step([*way.install, *hashed], lock)
    step([*way.install, "--no-deps", "--no-build-isolation", "-e", "."], lock)
    step([str(environment_python(folder)), "-c", "import antimony, h5py, libsbml, llvmlite, scipy"], lock)
    write_mark(folder, stamp())


@contextlib.contextmanager
def one_at_a_time() -> Iterator[int]:
    """Hold the lock of this folder; the system frees it when its holders end, however they end."""
    with open(str(HERE / ".venv.lock"), "a") as lock:
        for tried in itertools.count():
            try:
                if sys.platform == "win32":
                    import msvcrt

                    msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
                else:
                    import fcntl

                    fcntl.flock(lock.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError:
                if not tried:
                    say("another start of run.py is setting up here; waiting for it")
                time.sleep(1)
        yield lock.fileno()


def ready_environment() -> Path:
    """The Python of a finished environment, made first where it is missing, unfinished or out of date."""
    folder = HERE / ".venv"
    if is_ready(folder):
        return environment_python(folder)
    with one_at_a_time() as lock:
        if is_ready(folder):  # made by the start we waited for
            return environment_python(folder)
        mark = read_mark(folder)
        if mark is None:
            raise SetupError("{} was not made by run.py; move it away and start again.".format(folder))
        if folder.exists():
            say("what it needs has changed" if mark else "the set-up here was cut off; starting it anew")
        python, found = choose(folder)
        say("using " + python)
        failures = []
        for way in found:
            try:
                build(folder, way, lock)
                say("ready")
                return environment_python(folder)
            except SetupError as problem:
                say("it did not work with " + way.name)
                failures.append("with {}:{}".format(way.name, problem))
                remove(folder)
            except KeyboardInterrupt:
                remove(folder)
                raise
    failed = "\n  ".join(["the set-up failed; nothing of it was left behind.", *failures])
    raise SetupError(failed + advice(failed))


def advice(failed: str) -> str:
    """One line that names what to do about a failed set-up."""
    text = failed.lower()
    if re.search(r"hash mismatch|do not match the hashes", text):
        return "\nA package is not the one that was pinned; do not go on before you know why."
    if re.search(r"no space left|disk quota", text):
        return "\nThe disk is full: about 900 MB are needed."
    if re.search(r"connect|network|offline|timed? ?out|dns|certificate|find a version|no solution", text):
        return "\nThe packages could not be fetched. Is this machine online (64-bit Linux, macOS, Windows)?"
    return "\nThe lines above say what stopped it."


# ----------------------------------------------------------------------------------------------- the commands


def follow(command: List[str]) -> int:
    """Run a command in the open and give its exit code; Ctrl-C is its own to answer."""
    work = subprocess.Popen(command, cwd=str(HERE), env=clean_surroundings())
    while True:
        try:
            return work.wait()
        except KeyboardInterrupt:
            continue


def demo(python: Path, more: List[str]) -> int:
    """Simulate the example person with and without the plan; the files stay for a next try."""
    calciroute = str(python.with_name("calciroute.exe" if WINDOWS else "calciroute"))
    folder = HERE / "calciroute-demo"
    if not (folder / "person.toml").exists():
        code = follow([calciroute, "new", str(folder)])
        if code:
            return code
    result = folder / "result"
    simulate = [calciroute, "simulate", str(folder / "person.toml"), "--plan", str(folder / "plan.toml")]
    code = follow([*simulate, "--out", str(result), *more])
    if code == 0:
        say("the report: " + (result / "report.html").as_uri())
        say("now edit person.toml or plan.toml in {} and start the demo again".format(folder))
    return code


def test(python: Path, more: List[str]) -> int:
    """Run the tests inside, in a process a core, each file in one of them (`-n 0`: all in one)."""
    return follow([str(python), "-m", "pytest", "-n", "auto", "--maxprocesses=8", "--dist=loadfile", *more])


def main(arguments: List[str]) -> int:
    """Read the command, see to the environment, run."""
    commands = {"demo": demo, "test": test}
    name, more = (arguments[0], arguments[1:]) if arguments else ("demo", [])
    if name in ("-h", "--help", "help"):
        print(USAGE)
        return 0
    if name not in commands:
        print("run.py: '{}' is no command here.\n{}".format(name, USAGE), file=sys.stderr)
        return 2
    try:
        return commands[name](ready_environment(), more)
    except SetupError as problem:
        print("run.py: {}".format(problem), file=sys.stderr)
    except OSError as problem:
        print("run.py: a file could not be read or written: {}".format(problem), file=sys.stderr)
    except KeyboardInterrupt:
        print("run.py: stopped; nothing half-made was left behind.", file=sys.stderr)
        return 130
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
