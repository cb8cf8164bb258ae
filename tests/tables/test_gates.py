"""The gates close on everything that the self-check marks, or the difference is named here."""

from __future__ import annotations

from calciroute.tables.gates import read_gates
from calciroute.tables.references import read_references
from calciroute.tables.self_check import read_self_check

# Closes a plan without a red flag: what is taken before an operation is the surgical team's matter.
WITHOUT_RED_FLAG = {"Q071"}


def test_every_red_flag_has_a_gate() -> None:
    flagged = {item.id for item in read_self_check().values() if item.red_flag}
    assert flagged == {gate.id for gate in read_gates()} - WITHOUT_RED_FLAG


def test_what_closes_a_plan_alone_is_no_sign_of_illness() -> None:
    of_a_plan = {gate.id for gate in read_gates() if gate.scope == "plan"}
    assert of_a_plan == {"Q011", "Q065", "Q067", "Q068", "Q071", "Q076"}
    assert not any(gate.kind == "emergency" for gate in read_gates() if gate.scope == "plan")


def test_every_gate_says_what_opens_it_and_can_be_answered() -> None:
    for gate in read_gates():
        assert gate.reopen
        assert gate.source in read_references()


def test_gates_never_explain_a_sign_or_promise_anything() -> None:
    for gate in read_gates():
        said = f"{gate.words} {gate.talk_to}".casefold()
        assert not any(word in said for word in ("deficien", "lack of", "safe", "cure", " take ", "dose"))
