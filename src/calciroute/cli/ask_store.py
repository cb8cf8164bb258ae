"""``answers.toml``: what was answered, written whole after each answer, so that nothing is ever lost."""

from __future__ import annotations

import datetime
from pathlib import Path

from calciroute.errors import InputError, Problem
from calciroute.purpose import PURPOSE
from calciroute.sbml.whole_file import write_whole
from calciroute.tables.answered import toml_text
from calciroute.tables.located_toml import LocatedToml, parse_located_toml, read_located_toml
from calciroute.tables.people_files import shown_name

FILE_NAME = "answers.toml"
_VERSION = 1
_HEAD = (
    "# Answers to the questions of calciroute, as they were typed. The same command goes on from here:\n"
    "# calciroute new {folder} --ask\n"
    "# {purpose}\n"
)


class AnswerStore:
    """Answers of one folder.

    Parameters
    ----------
    folder : Path
        Made with the first answer.

    Raises
    ------
    InputError
        When the file that is there is none of ours.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / FILE_NAME
        self.began = datetime.date.today()
        self.texts: dict[str, str] = {}
        self._on_disk: bytes | None = None
        if folder.exists() and not folder.is_dir():
            raise InputError(
                [Problem(shown_name(folder), "this is a file", "a folder, or a name that is free")]
            )
        if self.path.exists():
            self._load()

    def keep(self, key: str, text: str) -> None:
        """Keep one answer: on disk before anything else happens.

        Parameters
        ----------
        key, text : str
            Which question, and what was typed.

        Raises
        ------
        InputError
            When the folder refuses, the file was changed by somebody else, or the text cannot be kept;
            what was kept before stays.
        """
        texts = {**self.texts, key: text}
        content = self._content(texts)
        parse_located_toml(content.decode("utf-8"), FILE_NAME)  # what cannot be read again is not written
        where = shown_name(self.path)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            there = self.path.read_bytes() if self.path.exists() else None
            if there != self._on_disk:
                found = "this file was changed meanwhile, perhaps by a second dialogue"
                raise InputError([Problem(where, found, "one dialogue at a time", "start the command again")])
            write_whole(self.path, content)
        except OSError as refused:
            reason = (refused.strerror or "it is refused").lower()
            found = f"the answer cannot be kept: {reason}"
            raise InputError([Problem(where, found, "a folder you may write to")]) from None
        self.texts, self._on_disk = texts, content

    def _content(self, texts: dict[str, str]) -> bytes:
        head = _HEAD.format(folder=shown_name(self.folder), purpose=PURPOSE)
        lines = [f"version = {_VERSION}", f"began = {self.began}", "", "[answers]"]
        lines += [f"{toml_text(key)} = {toml_text(text)}" for key, text in texts.items()]
        return (head + "\n".join(lines) + "\n").encode("utf-8")

    def _load(self) -> None:
        toml = read_located_toml(self.path, "the answers of an earlier dialogue")
        self._on_disk = self.path.read_bytes()
        began, answers = toml.values.get("began"), toml.values.get("answers", {})
        wrong = self._wrong(toml, began, answers)
        if wrong:
            raise InputError([wrong])
        assert isinstance(began, datetime.date)
        self.began, self.texts = began, dict(answers)

    def _wrong(self, toml: LocatedToml, began: object, answers: object) -> Problem | None:
        advice = f"mend the line, or give {FILE_NAME} another name and begin anew"
        if toml.values.get("version") != _VERSION:
            return Problem(toml.place("version"), "the version is not known", f"version = {_VERSION}", advice)
        if type(began) is not datetime.date:
            return Problem(toml.place("began"), "began is not a day", "began = 2026-03-01", advice)
        if not isinstance(answers, dict):
            return Problem(toml.place("answers"), "answers is not a section", "[answers]", advice)
        for key, text in answers.items():
            if not isinstance(text, str):
                return Problem(
                    toml.place("answers", key), f"'{key[:40]}' is not a text", "a text in quotes", advice
                )
        return None
