"""Which line each key of a TOML text stands on: a small scanner that never fails.

It reads table headings, keys, strings, arrays and inline tables well enough to place them, also in a text
that is not valid TOML; what it cannot follow it skips to the end of the line.
"""

from __future__ import annotations

TomlPath = tuple[str | int, ...]
# A dotted name longer than this is placed by its beginning: whole, it would take quadratic time.
MOST_KEYS = 40


class KeyLines(dict[TomlPath, list[int]]):
    """Lines of each path, in order of appearance; also how deep brackets went, and where."""

    depth: int = 0
    deepest_line: int = 1


def find_key_lines(text: str) -> KeyLines:
    r"""Place every key and list entry.

    Parameters
    ----------
    text : str
        TOML, line ends ``\n``.

    Returns
    -------
    KeyLines
        Path to the lines where it is written; more than one line means a name written twice.

    Examples
    --------
    >>> find_key_lines('[a]\nx = [1,\n 2]')[("a", "x", 1)]
    [3]
    """
    return _Scanner(text).scan()


class _Scanner:
    """Walks the text once; `at` is the position, `line` the line it stands on."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.line = text, 0, 1
        self.found = KeyLines()
        self.array_sizes: dict[TomlPath, int] = {}
        self.table: TomlPath = ()

    def scan(self) -> KeyLines:
        while self.at < len(self.text):
            mark = self.text[self.at]
            if mark in " \t\n":
                self._step()
            elif mark == "#":
                self._skip_line()
            elif mark == "[":
                self._heading()
                self._skip_line()
            else:
                self._pair(self.table)
                self._skip_line()
        return self.found

    def _step(self) -> None:
        if self.at < len(self.text) and self.text[self.at] == "\n":
            self.line += 1
        self.at += 1

    def _peek(self) -> str:
        return self.text[self.at] if self.at < len(self.text) else ""

    def _skip_line(self) -> None:
        end = self.text.find("\n", self.at)
        self.at = len(self.text) if end < 0 else end

    def _skip_blank(self, *, lines: bool) -> None:
        while (mark := self._peek()) and (mark in " \t" or (lines and mark in "\n#")):
            if mark == "#":
                self._skip_line()
            else:
                self._step()

    def _note(self, path: TomlPath) -> None:
        self.found.setdefault(path, []).append(self.line)

    def _heading(self) -> None:
        double = self.text.startswith("[[", self.at)
        self.at += 2 if double else 1
        line = self.line
        path = self._resolve(self._dotted(), whole=not double)
        if double:
            self.array_sizes[path] = self.array_sizes.get(path, 0) + 1
            path = (*path, self.array_sizes[path] - 1)
        self.table = path
        self.found.setdefault(path, []).append(line)

    def _resolve(self, keys: list[str], *, whole: bool) -> TomlPath:
        """Put the position of the latest list entry behind each list name on the way."""
        path: TomlPath = ()
        for number, key in enumerate(keys, start=1):
            path = (*path, key)
            if path in self.array_sizes and (whole or number < len(keys)):
                path = (*path, self.array_sizes[path] - 1)
        return path

    def _pair(self, table: TomlPath) -> None:
        line = self.line
        keys = self._dotted()
        self._skip_blank(lines=False)
        path = (*table, *keys)
        if len(keys) > MOST_KEYS:
            self.found.setdefault(path, []).append(line)
        if self._peek() != "=" or not keys:
            return
        self._step()
        self.found.setdefault(path, []).append(line)
        self._skip_blank(lines=False)
        self._value(path, 0)

    def _dotted(self) -> list[str]:
        keys: list[str] = []
        while True:
            self._skip_blank(lines=False)
            mark = self._peek()
            if mark in ("'", '"'):
                keys.append(self._string())
            else:
                start = self.at
                while (mark := self._peek()) and (mark.isalnum() or mark in "_-"):
                    self.at += 1
                if self.at == start:
                    return keys
                keys.append(self.text[start : self.at])
            self._skip_blank(lines=False)
            if self._peek() != "." or len(keys) > MOST_KEYS:
                return keys
            self._step()

    def _value(self, path: TomlPath, depth: int) -> None:
        """Pass one value; without recursion past the limit, so a bracket bomb ends here too."""
        mark = self._peek()
        if mark in ("'", '"'):
            self._string()
        elif mark and mark in "[{":
            if depth + 1 > self.found.depth:
                self.found.depth, self.found.deepest_line = depth + 1, self.line
            if depth < 50:
                self._step()
                self._array(path, depth + 1) if mark == "[" else self._inline_table(path, depth + 1)
        else:
            while (mark := self._peek()) and mark not in ",]}#\n":
                self.at += 1

    def _array(self, path: TomlPath, depth: int) -> None:
        position = 0
        while True:
            self._skip_blank(lines=True)
            mark = self._peek()
            if mark in ("]", ""):
                self._step()
                return
            if mark == ",":
                self._step()
                position += 1
                continue
            before = self.at
            self._note((*path, position))
            self._value((*path, position), depth)
            if self.at == before:
                return

    def _inline_table(self, path: TomlPath, depth: int) -> None:
        while True:
            self._skip_blank(lines=True)
            mark = self._peek()
            if mark in ("}", ""):
                self._step()
                return
            if mark == ",":
                self._step()
                continue
            before = self.at
            keys = self._dotted()
            self._skip_blank(lines=False)
            if keys and self._peek() == "=":
                self._note((*path, *keys))
                self._step()
                self._skip_blank(lines=False)
                self._value((*path, *keys), depth)
            if self.at == before:
                return

    def _string(self) -> str:
        quote = self._peek()
        triple = self.text.startswith(quote * 3, self.at)
        ends = quote * 3 if triple else quote
        self.at += len(ends)
        start = self.at
        while self.at < len(self.text):
            if quote == '"' and self._peek() == "\\":
                self._step()
            elif self.text.startswith(ends, self.at):
                inside = self.text[start : self.at]
                self.at += len(ends)
                return inside
            elif self._peek() == "\n" and not triple:
                return self.text[start : self.at]
            self._step()
        return self.text[start:]
