"""Every red flag, in every way that a person file can carry it: no plan, no dose sentence, no green mark.

    for case in cases():
        faults(case, folder)

Shared by the test and by the count (``validation/every_output.py``).
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from calciroute.purpose import PURPOSE
from calciroute.safety.notices import EMERGENCY_TITLE, STANDARD_NOTICE, STOP_TITLE, UNANSWERED_TITLE
from calciroute.tables.gates import Gate, read_gates
from calciroute.tables.medicine_names import read_medicine_names
from calciroute.tables.self_check import read_self_check
from guide.persons import HEAD, answers
from safety.every_output import call
from safety.forbidden import forbidden_in

_STOPPED = 3
_WOMEN = frozenset({"Q007", "Q066", "Q008"})
_BROUGHT = '\n[[supplement]]\nproduct = "MK-7 180 mcg softgel"\n'
_EGFR = 'eGFR = "85 mL/min"\n'
_QUOTED = re.compile(r"'[^'\n]*'|“[^”\n]*”|\"[^\"\n]*\"")
_DOSE = re.compile(r"\d\s*(mcg|ug|µg|μg|mg|IU|g)\b(?!/)|\bdose of\b|\bday 1\b", re.I)
_GREEN = re.compile(r"[✓✔✅☑🟢👍]|no rule of ours matched|every gate is passed", re.I)


@dataclass(frozen=True)
class Case:
    """One person with one red flag."""

    gate: str
    way: str
    text: str


def cases() -> tuple[Case, ...]:
    """Each gate by its answer, by each condition, value and class of medicine, and left unanswered."""
    return tuple(case for gate in read_gates() for case in _of(gate))


def red_flags_without_a_case() -> set[str]:
    """Items that the self-check marks as red flags and no case holds."""
    return {item.id for item in read_self_check().values() if item.red_flag} - {case.gate for case in cases()}


def faults(case: Case, folder: Path) -> list[str]:
    """What `plan` and `check` do wrong with one case."""
    path, out = folder / "me.toml", folder / "plan"
    path.write_text(case.text, encoding="utf-8")
    calls = [["plan", path, "--out", out]]
    if case.way == "answer":
        calls += [["plan", path, "--out", out, "--json"], ["check", path]]
    found = []
    for words in calls:
        code, said, err = call(*words)
        name = f"{case.gate} by {case.way}: {words[0]}{' --json' if '--json' in words else ''}"
        flat = " ".join(said.split())
        ours = _QUOTED.sub(" ", flat.replace(STANDARD_NOTICE, " ")) if "--json" not in words else ""
        plan = words[0] == "plan"
        found += [f"{name} says {hit}" for hit in forbidden_in(said)]
        checks = {
            f"ends with {code}: {err[:200]}": code != _STOPPED,
            "does not stop first": not flat.removeprefix(PURPOSE).lstrip().startswith(
                (STOP_TITLE, EMERGENCY_TITLE, UNANSWERED_TITLE, "{")
            ),
            "has no purpose line": PURPOSE not in flat,
            "has no standing notice": STANDARD_NOTICE not in flat,
            "wrote a plan": out.exists(),
            "speaks of a dose": plan and bool(_DOSE.search(ours)),
            "has a green mark": bool(_GREEN.search(ours)),
            "holds a plan": plan and '"sections"' in flat,
        }  # fmt: skip
        found += [f"{name} {words_of_it}" for words_of_it, wrong in checks.items() if wrong]
        if out.exists():
            shutil.rmtree(out)
    return found


def _of(gate: Gate) -> Iterator[Case]:
    head = HEAD.replace('"male"', '"female"').replace("62", "40") if gate.id in _WOMEN else HEAD
    denied = answers()
    yield Case(gate.id, "answer", head + answers(**{gate.id: True}) + _BROUGHT)
    # A condition, a value or a medicine counts although the question was answered with no.
    for name in gate.conditions:
        known = head.replace(_EGFR, "")  # an eGFR would contradict some, and answer others
        yield Case(gate.id, name, f"{known}{denied}\n[conditions]\n{name} = true\n{_BROUGHT}")
    for bound in gate.values:
        yield Case(gate.id, bound.name, _with_value(bound.name, bound.bound) + denied + _BROUGHT)
    if gate.with_answers:
        for other in gate.with_answers:
            said = head.replace("taken = []", 'taken = ["apixaban 5 mg"]')
            yield Case(gate.id, f"apixaban and {other}", said + answers(**{other: True}) + _BROUGHT)
        return
    for name in _names(gate.medicines):
        yield Case(gate.id, name, head.replace("taken = []", f'taken = ["{name}"]') + denied + _BROUGHT)
    if gate.answered_by != "medicines" and "adult" not in gate.not_asked:
        bare = '[person]\nsex = "female"\nage_years = 40\n[medicines]\ntaken = []\n'
        yield Case(gate.id, "no answer", bare + answers(**{gate.id: None}) + _BROUGHT)


def _with_value(name: str, bound: float) -> str:
    if name == "age_years":
        return HEAD.replace("age_years = 62", f"age_years = {bound - 1:g}")
    if name == "eGFR":
        return HEAD.replace("85 mL", f"{bound - 1:g} mL")
    pressure = f"{bound:g}/82" if name == "SBP" else f"150/{bound:g}"
    return HEAD.replace("138/82", pressure)


def _names(classes: tuple[str, ...]) -> list[str]:
    """Three names of each class, spread over the table; for the unrecognised one that nobody has."""
    found = []
    for word in classes:
        if word == "not_recognised":
            found += ["Zorblax", "qwertyuiop 5"]
            continue
        names = [row.name for row in read_medicine_names() if row.medicine_class == word]
        names = [name for name in dict.fromkeys(names) if '"' not in name and "\\" not in name]
        found += names[:: max(1, len(names) // 3)][:3]
    return found
