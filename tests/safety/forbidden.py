"""What our own sentences never say: a list of phrases, and how a text is held against it.

    from safety.forbidden import assert_allowed
    assert_allowed(page)

A person's own words are exempt where they stand in a marked quote ('...', ‘...’, “...” or <q>...</q>), the
standing notice and the purpose line by exact match. Markup is taken off first.
"""

from __future__ import annotations

import csv
import html
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from calciroute.purpose import PURPOSE
from calciroute.safety.notices import STANDARD_NOTICE, UNCHANGED

LIST = Path(__file__).with_name("forbidden_phrases.csv")
EXEMPT = (STANDARD_NOTICE, PURPOSE, UNCHANGED)
_NEGATION = re.compile(
    r"(?:\b(?:not|no|never|nor|none|neither|cannot|without|nothing|nobody)\b|n't\b|n’t\b)[^.;:!?]*$", re.I
)
_QUOTES = re.compile(r"(?<!\w)'[^'\n]{1,300}'(?!\w)|‘[^’\n]{1,300}’|“[^”\n]{1,300}”|<q\b[^>]*>.*?</q>", re.S)
_MARKUP = re.compile(r"<(?:style|script)\b.*?</(?:style|script)>|<[^>]+>", re.S | re.I)
_NEAR = 60


@dataclass(frozen=True)
class Phrase:
    """One row of the list."""

    id: str
    pattern: re.Pattern[str]
    negated_is_fine: bool
    example: str
    allowed: str


@cache
def phrases() -> tuple[Phrase, ...]:
    """The list, in file order."""
    with LIST.open(encoding="utf-8", newline="") as file:
        return tuple(
            Phrase(
                id=row["id"],
                pattern=re.compile(row["pattern"], re.I),
                negated_is_fine=row["negated"] == "not",
                example=row["example"],
                allowed=row["allowed"],
            )
            for row in csv.DictReader(file)
        )


def forbidden_in(text: str) -> list[str]:
    """What of a text is forbidden: id of the phrase and the words around it."""
    said = _QUOTES.sub(" ... ", text)
    said = html.unescape(_MARKUP.sub(" ", said))
    said = " ".join(said.replace("\\n", " ").split())
    for exempt in EXEMPT:
        said = said.replace(" ".join(exempt.split()), " ")
    found = []
    for phrase in phrases():
        for hit in phrase.pattern.finditer(said):
            before = said[max(0, hit.start() - _NEAR) : hit.start()]
            if phrase.negated_is_fine and (_NEGATION.search(before) or _NEGATION.search(hit.group())):
                continue
            found.append(f"{phrase.id}: ...{before}>>{hit.group()}<<{said[hit.end() : hit.end() + 30]}...")
    return found


def assert_allowed(text: str) -> None:
    """Fail with every forbidden phrase of a text."""
    found = forbidden_in(text)
    assert found == [], "\n".join(found)
