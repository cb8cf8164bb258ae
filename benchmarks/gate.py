"""Whether a run fell behind the stored one."""

from __future__ import annotations

from collections.abc import Mapping

WORST = 1.3


def fallen(stored: Mapping[str, float], found: Mapping[str, float]) -> list[str]:
    """Ratios that are more than 1.3 times worse than the stored ones, or gone, in words.

    Ratios of one run against each other hold on any machine of the class; seconds do not.
    """
    words = []
    for name, before in stored.items():
        now = found.get(name)
        if now is None:
            words.append(f"{name}: {before:.3g} before, not measured now")
        elif now * WORST < before:
            words.append(f"{name}: {before:.3g} before, {now:.3g} now")
    return words
