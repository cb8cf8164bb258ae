"""The gates close on everything that the self-check marks, or the difference is named here."""

from __future__ import annotations

from calciroute.tables.gates import read_gates
from calciroute.tables.self_check import read_self_check

# Red flags that leave things out of a plan and do not close it; they belong to the plan, not to a notice.
FILTERS = {"Q011", "Q065", "Q067", "Q068", "Q076"}


def test_every_red_flag_has_a_gate_or_is_a_filter() -> None:
    flagged = {item.id for item in read_self_check().values() if item.red_flag}
    assert flagged - {gate.id for gate in read_gates()} == FILTERS


def test_no_gate_stands_on_an_item_without_a_red_flag() -> None:
    items = read_self_check()
    assert all(items[gate.id].red_flag for gate in read_gates())


def test_gates_never_explain_a_sign_or_promise_anything() -> None:
    for gate in read_gates():
        said = f"{gate.words} {gate.talk_to}".casefold()
        assert not any(word in said for word in ("deficien", "lack of", "safe", "cure", " take ", "dose"))
