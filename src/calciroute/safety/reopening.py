"""A stop is never a dead end: what opens a gate again, above all for a name that is not recognised."""

from __future__ import annotations

import re
from collections.abc import Sequence

from calciroute.people.medicines import MedicineMatch
from calciroute.safety.shown import quoted
from calciroute.tables.gates import Gate

_AMOUNT = re.compile(r"[0-9.,]*(?:[mµμu]?c?g|iu|ie|tablets?|capsules?|softgels?|drops)?", re.IGNORECASE)
# What people write for an empty list; as a name of the list it is unknown, and stays so.
_NO_MEDICINE = frozenset(
    {"none", "nothing", "no", "nil", "n/a", "na", "-", "no medicine", "no medicines", "no medication"
     }
)  # fmt: skip


def reopening(gate: Gate, matches: Sequence[MedicineMatch]) -> tuple[str, ...]:
    """What would open a gate again.

    Parameters
    ----------
    gate : Gate
        One that is closed.
    matches : sequence of MedicineMatch
        The person's medicines.

    Returns
    -------
    tuple of str
        The way of the table; for an unknown name also its near names and the word of a pharmacist or doctor.

    Examples
    --------
    >>> from calciroute.people.medicines import recognise
    >>> from calciroute.tables.gates import read_gates
    >>> unknown = next(gate for gate in read_gates() if gate.id == "Q062")
    >>> reopening(unknown, [recognise("Zqxwvu")])[1]
    "'Zqxwvu': no name of the table is near it"
    """
    ways = [gate.reopen]
    if "not_recognised" in gate.medicines:
        for match in dict.fromkeys(matches):
            if not match.recognised:
                ways += _of_unknown(match)
    return tuple(ways)


def _of_unknown(match: MedicineMatch) -> list[str]:
    name = quoted(match.written)
    if match.written.strip(" .").casefold() in _NO_MEDICINE:
        return [f"{name}: if it means that no medicine is taken, an empty list says so: taken = []"]
    near = ", ".join(match.near)
    ways = [
        f"{name}: near names, none of them chosen: {near}"
        if near
        else f"{name}: no name of the table is near it"
    ]
    if _is_a_substance(match.written):
        ways.append(
            f"{name}: what was bought without a prescription stands under [[supplement]], as product = ..."
        )
    keys = "name, by, date and ingredient" if match.status == "ask" else "name, by and date"
    ways.append(
        f"{name}: a pharmacist's or doctor's word that it is no anticoagulant, written as "
        f"[[medicines.confirmed]] with {keys}; it opens this gate alone and is printed on the plan"
    )
    return ways


def _is_a_substance(text: str) -> bool:
    """Whether a text is a vitamin or mineral of labels with an amount, and nothing else."""
    from calciroute.intake.substance_amount import find_substance  # asked of unknown names alone

    words = text.split()
    return any(
        find_substance(" ".join(words[:count])) and all(_AMOUNT.fullmatch(word) for word in words[count:])
        for count in range(1, len(words) + 1)
    )
