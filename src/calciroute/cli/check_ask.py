"""``check --ask``: the open questions one at a time, each answer on disk before the next one is asked."""

from __future__ import annotations

from pathlib import Path

from calciroute.cli.ask_console import Console
from calciroute.cli.ask_session import Left
from calciroute.errors import InputError, Problem
from calciroute.guide.public import self_check
from calciroute.guide.self_check import CheckedItem, SelfCheck
from calciroute.people.file_lines import keep_copy, put_back, write_value
from calciroute.people.person import NOT_KNOWN
from calciroute.people.person_model import Person
from calciroute.purpose import PURPOSE
from calciroute.safety.gate_result import ClosedGates
from calciroute.safety.notices import STANDARD_NOTICE
from calciroute.tables.answered import toml_text
from calciroute.tables.people_files import shown_name

_YES, _NO = {"yes", "y", "true", "1"}, {"no", "n", "false", "2"}
_NOT_KNOWN = {"dk", "don't know", "do not know", "i do not know", "i don't know", "not known", "3"}
_BACK, _QUIT, _HELP = {"back", "b"}, {"quit", "exit", "q"}, {"?", "help"}
COMMANDS = (
    "Answers: yes, no, or dk for I do not know. ? = help. back = the question before. "
    "quit = leave; every answer is kept."
)
MEDICINES = "medicines"
_MEDICINES_QUESTION = "Which medicines do you take? One at a time, the name as printed on the pack."
_MEDICINES_HELP = (
    "Prescribed or from a pharmacy, with the dose if you know it, such as: atorvastatin 20 mg. No near name "
    "is ever chosen for you. none = no medicine. Enter alone = no more."
)
_LONGEST = 100


class CheckDialogue:
    """One dialogue over one person file.

    Parameters
    ----------
    path : Path
        The file; it is changed line by line, and a copy of the old one is kept.
    console : Console
        Where the dialogue is shown and read.
    """

    def __init__(self, path: Path, console: Console) -> None:
        self._path, self._console = path, console
        self._asked: list[str] = []
        self._told: tuple[str, ...] = ()
        self.kept = 0
        self.check = self._read()

    def run(self) -> SelfCheck:
        """Ask until nothing is open.

        Returns
        -------
        SelfCheck
            Of the file as it stands then.

        Raises
        ------
        Left
            When the person leaves before, or the input ends.
        KeyboardInterrupt
            On Ctrl-C.
        InputError
            When the file cannot be read or written.
        """
        self._console.say(f"{PURPOSE}\n{STANDARD_NOTICE}\n{COMMANDS}")
        self._tell_notice()
        wanted: str | None = None
        while not self._ended:
            key = wanted or self._next()
            if key is None:
                break
            wanted = self._before() if self._ask(key) else None
        return self.check

    def _read(self) -> SelfCheck:
        return self_check(self._path)

    @property
    def _person(self) -> Person:
        return self.check.person

    @property
    def _ended(self) -> bool:
        """An emergency is not asked on about, and no answer opens a plan for somebody who is no adult."""
        gates = self.check.gates
        return isinstance(gates, ClosedGates) and (
            not gates.by_questions or any(one.kind == "emergency" for one in gates.closed)
        )

    def _next(self) -> str | None:
        if "taken" not in self._person.medicines.model_fields_set and MEDICINES not in self._asked:
            return MEDICINES
        return next((one.item.id for one in self.check.open if one.item.id not in self._asked), None)

    def _before(self) -> str | None:
        """The question before the last one that was shown; both are asked again."""
        del self._asked[-1:]
        if not self._asked:
            self._console.say("This is the first question of now.", 4)
            return None
        return self._asked.pop()

    def _ask(self, key: str) -> bool:
        """Ask one question until it is answered; True when the person wants to go back."""
        self._asked.append(key)
        if key == MEDICINES:
            return self._ask_medicines()
        one = next(one for one in self.check.items if one.item.id == key)
        left = sum(1 for other in self.check.open if other.item.id not in self._asked)
        more = f"{left} more" if left else "the last one"
        self._console.say(
            f"\n[{key}, {more}] {one.question.question}\nyes, no or dk{self._before_words(one)}"
        )
        while True:
            word = self._word()
            if word in _BACK:
                return True
            if word in _HELP:
                self._console.say("\n".join(text for text in (one.question.help, COMMANDS) if text), 4)
            elif not word and one.state != "unanswered":
                return False
            elif word in _YES | _NO | _NOT_KNOWN:
                value = "true" if word in _YES else "false" if word in _NO else toml_text(NOT_KNOWN)
                self._keep("answers", key, value, one.item.item)
                return False
            else:
                self._console.say(f"Not taken: '{word[:40]}'. Expected: yes, no, or dk.", 4)

    def _before_words(self, one: CheckedItem) -> str:
        if one.state == "unanswered":
            return ""
        shown = {"yes": "yes", "no": "no", "not_known": "I do not know"}[one.state]
        return f". Before: {shown}; Enter keeps it"

    def _ask_medicines(self) -> bool:
        self._console.say(f"\n[{MEDICINES}] {_MEDICINES_QUESTION}\n{_MEDICINES_HELP}")
        names: list[str] = []
        while True:
            text = self._text()
            word = text.casefold()
            if word in _BACK:
                return True
            if word in _HELP:
                self._console.say(f"{_MEDICINES_HELP}\n{COMMANDS}", 4)
            elif word in _NOT_KNOWN:
                self._console.say("The list stays open. A pharmacist, or the packs, give the names.", 4)
                return False
            elif not word or word in {"none", "no", "no more"}:
                if not names and not word:
                    self._console.say("none, a name, or dk.", 4)
                    continue
                self._keep("medicines", "taken", f"[{', '.join(toml_text(name) for name in names)}]", "")
                return False
            elif len(text) > _LONGEST:
                self._console.say(f"Not taken: a name has at most {_LONGEST} signs.", 4)
            else:
                names.append(text)
                self._console.say(f"Noted: '{text}'. Another one? Enter alone: no more.", 4)

    def _keep(self, section: str, key: str, value: str, remark: str) -> None:
        """On disk before anything else happens; what cannot be read again is taken back."""
        if not self.kept:
            copy = keep_copy(self._path)
            self._console.say(f"The file as it was is kept as {shown_name(copy)}.", 4)
        old = self._path.read_bytes()
        if write_value(self._path, section, key, value, remark) is None:
            return
        try:
            self.check = self._read()
        except InputError as wrong:
            put_back(self._path, old)
            found = wrong.problems[0].found
            raise InputError(
                [Problem(shown_name(self._path), found, "a file that reads with this answer")]
            ) from None
        self.kept += 1
        self._tell_notice()

    def _tell_notice(self) -> None:
        """A notice as soon as something needs a clinician, and again when that changes."""
        gates = self.check.gates
        closed = (
            [one for one in gates.closed if one.kind != "unanswered"]
            if isinstance(gates, ClosedGates)
            else []
        )
        ids = tuple(one.gate for one in closed)
        if ids and ids != self._told and isinstance(gates, ClosedGates):
            found = "\n".join(f"- {one.found} Talk to: {one.talk_to}." for one in closed)
            self._console.say(f"\n{gates.notice.title}\n{found}")
            if not self._ended:
                self._console.say("The questions go on.")
        self._told = ids

    def _word(self) -> str:
        return self._text().casefold()

    def _text(self) -> str:
        text = self._console.answer()
        if text is None or text.casefold() in _QUIT:
            raise Left(input_ended=text is None)
        return text
