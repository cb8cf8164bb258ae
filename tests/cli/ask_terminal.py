"""A person at a terminal: the real command in a pseudo-terminal, typed at and interrupted."""

import os
import re
import select
import signal
import subprocess
import sys
import time

# The command gets the terminal as its own, so that Ctrl-C is a key and not a call, and heeds it: the process
# that tests run in may have been started deaf to it.
_LAUNCH = (
    "import fcntl, os, signal, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
    "signal.signal(signal.SIGINT, signal.SIG_DFL); "
    "os.execv(sys.executable, [sys.executable, '-m', 'calciroute', *sys.argv[1:]])"
)
_PATIENCE_S = 120.0
CTRL_C, CTRL_D = "\x03", "\x04"


class Terminal:
    """One start of ``calciroute new FOLDER --ask``; everything that it shows goes to `shown`."""

    def __init__(self, folder, *options):
        import pty

        self._master, slave = pty.openpty()
        environment = {**os.environ, "TERM": "dumb", "NO_COLOR": "1", "COLUMNS": "100"}
        self._process = subprocess.Popen(
            [sys.executable, "-c", _LAUNCH, "new", str(folder), "--ask", *map(str, options)],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            env=environment,
        )
        os.close(slave)
        self.shown = ""
        self._read_to = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        os.close(self._master)

    def prompt(self):
        """What was shown since the last call, up to the next prompt."""
        return self._until(lambda new: new.endswith("\n> "))

    def type(self, text):
        """Type a line and give what is shown up to the next prompt."""
        self.send(text + "\n")
        return self.prompt()

    def send(self, keys):
        """Press keys; one line at a time, as a terminal takes it."""
        os.write(self._master, keys.encode("utf-8"))

    def until(self, words):
        """What was shown up to some words."""
        return self._until(lambda new: words in new)

    def end(self):
        """What was shown up to the end, and the exit code."""
        shown = self._until(None)
        return shown, self._process.wait(_PATIENCE_S)

    def interrupt(self):
        """Press Ctrl-C, again where half a minute passes in silence, and give what `end` gives.

        One that falls between a prompt and the reading of its answer is heeded at the next key only.
        """
        self.send(CTRL_C)
        shown = self._until(None, again=CTRL_C)
        code = self._process.wait(_PATIENCE_S)
        # Python that was in the midst of an import ends by the signal itself, which a shell shows as 130 too.
        return shown, 130 if code == -signal.SIGINT else code

    def kill(self):
        """End it without a chance to tidy up."""
        self._process.send_signal(signal.SIGKILL)
        return self.end()

    def _until(self, is_done, again=""):
        begun = time.monotonic()
        silent_s = 0
        while True:
            new = self.shown[self._read_to :]
            if is_done is not None and is_done(new):
                self._read_to = len(self.shown)
                return plain(new)
            assert time.monotonic() - begun < _PATIENCE_S, f"no prompt after:\n{new[-2000:]}"
            if not select.select([self._master], [], [], 1.0)[0]:
                silent_s += 1
                if again and silent_s % 30 == 0:
                    self.send(again)
                continue
            try:
                piece = os.read(self._master, 65536)
            except OSError:  # Linux: the other side is closed
                piece = b""
            if not piece:
                self._read_to = len(self.shown)
                assert is_done is None, f"it ended after:\n{new[-2000:]}"
                return plain(new)
            # A sign cut in two at the border of a piece is rare and of no weight here.
            self.shown += piece.decode("utf-8", "replace").replace("\r\n", "\n")


def plain(shown):
    """Text without folds and blanks at its ends, to look for words in."""
    return re.sub(r"\s+", " ", shown)
