"""The command line: words in, exit codes out; no science."""

from __future__ import annotations

import codecs
import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from calciroute.errors import CalcirouteError, CheckError, InputError

EXIT_DONE, EXIT_CHECK_FAILED, EXIT_BAD_INPUT, EXIT_STOPPED, EXIT_SOME_FAILED, EXIT_INTERRUPTED = (
    0,
    1,
    2,
    3,
    4,
    130,
)


# Commands that read tables, answer and end.
_SHORT = frozenset({"foods", "intake", "label", "check", "plan", "journal", "data"})
_OBJECTS_BETWEEN_LOOKS = 100_000
_PLAIN_SIGNS = "calciroute-plain-signs"


def main(arguments: list[str] | None = None) -> None:
    """Run calciroute and leave with its exit code.

    Parameters
    ----------
    arguments : list of str, optional
        Words after ``calciroute``; those of the process by default.

    Raises
    ------
    SystemExit
        Always: 0 done, 1 a check failed, 2 bad input, 3 stopped by a safety gate, 4 some persons failed,
        130 interrupted.
    """
    # Windows consoles of old code pages cannot print a true minus or a thin space.
    codecs.register_error(_PLAIN_SIGNS, _plain_signs)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=_PLAIN_SIGNS)
    try:
        code = _run(sys.argv[1:] if arguments is None else arguments)
    except KeyboardInterrupt:  # before or after a command had it in hand
        print("calciroute: interrupted", file=sys.stderr)
        code = EXIT_INTERRUPTED
    sys.exit(code)


def _plain_signs(refused: UnicodeError) -> tuple[str, int]:
    """Plain signs of the same meaning for what a console cannot print, else a question mark."""
    if not isinstance(refused, UnicodeEncodeError):
        raise refused
    from calciroute.report.amounts import for_plain_terminals

    plain = for_plain_terminals(refused.object[refused.start : refused.end])
    return plain.encode("ascii", "replace").decode("ascii"), refused.end


def _run(arguments: list[str]) -> int:
    # Our records need no plugin of another package; to look for one reads about all that is installed.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from calciroute.cli.app import app

    try:
        # Usage errors and Ctrl-C leave through SystemExit with 2 and 130 by themselves.
        with _seldom_collected(arguments):
            app(args=[_at_home(word) for word in arguments], prog_name="calciroute")
    except InputError as wrong:
        _complain(wrong)
        return EXIT_BAD_INPUT
    except CheckError as failed:
        print(f"calciroute: {failed}", file=sys.stderr)
        return EXIT_CHECK_FAILED
    except CalcirouteError as stopped:
        print(f"calciroute: {stopped}", file=sys.stderr)
        return EXIT_SOME_FAILED
    return EXIT_DONE


@contextmanager
def _seldom_collected(arguments: list[str]) -> Iterator[None]:
    """Tables are kept to the end: to look them over for garbage is some of what a short command costs."""
    before = gc.get_threshold()
    if _SHORT.intersection(arguments[:1]):
        gc.set_threshold(_OBJECTS_BETWEEN_LOOKS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _at_home(word: str) -> str:
    """``--plan=~/a.toml`` and every shell of Windows leave the person's own folder to the program."""
    option, _, value = word.rpartition("=") if word.startswith("--") else ("", "", word)
    if not value.startswith(("~/", "~\\")) or os.path.lexists(value):
        return word
    return f"{option}={os.path.expanduser(value)}" if option else os.path.expanduser(value)


def _complain(wrong: InputError) -> None:
    count = len(wrong.problems)
    print(f"calciroute: {count} {'problem' if count == 1 else 'problems'} in what was given", file=sys.stderr)
    for problem in wrong.problems:
        print(str(problem), file=sys.stderr)
