"""The words of notices; each stands here once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# On every output of intake, label, check, plan and journal, and on reports, beside the purpose line.
STANDARD_NOTICE = (
    "Information for education. Not a diagnosis, not a prescription, not medical advice. "
    "Estimates are uncertain. Do not start, stop or change a medicine or supplement because of this output; "
    "ask a doctor or pharmacist, above all with a blood thinner, kidney disease, a heart valve, pregnancy or "
    "a child."
)
STOP_TITLE = (
    "The programme stops here. The answers include something that needs a clinician. No plan is shown."
)
# A simulation is research and goes on under a notice; it must not read as a plan.
RESEARCH_NOTICE = (
    "What follows is research on a simulated group. It shows arms side by side and proposes none of them."
)
# Nothing was found; what would have to be known before a plan is not.
UNANSWERED_TITLE = "The programme stops here. Questions that decide it are not answered. No plan is shown."
EMERGENCY_TITLE = "These signs can be an emergency. Call the local emergency number now."
# Stands beside every notice that is not English.
UNCHECKED = "not yet checked by a speaker"
# The last line of every notice: a gate must never read as advice about a medicine.
UNCHANGED = "Keep every medicine as prescribed until you have talked it over."


@dataclass(frozen=True)
class Notice:
    """Why a programme stops.

    Parameters
    ----------
    kind : {"stop", "emergency"}
        Emergency outranks stop.
    title : str
        One of the two titles.
    lines : tuple of str
        What was found, one sentence each, and the closing line.
    who_to_talk_to : tuple of str
        Each once, most urgent first.
    gates : tuple of str
        Ids of ``gates.csv`` that closed.
    reopen : tuple of str
        What would open them again, for a plan.
    languages : tuple of (str, str)
        Language and text of the notice where a medicine was named in it; not yet checked by a speaker.
    """

    kind: Literal["stop", "emergency"]
    title: str
    lines: tuple[str, ...]
    who_to_talk_to: tuple[str, ...]
    gates: tuple[str, ...]
    reopen: tuple[str, ...] = ()
    languages: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        talk = [f"Talk to: {who}." for who in self.who_to_talk_to]
        ways = [f"What opens it again: {way}." for way in self.reopen]
        said = [f"{text} ({language}, {UNCHECKED})" for language, text in self.languages]
        return "\n".join([self.title, *(f"- {line}" for line in self.lines), *talk, *ways, *said])
