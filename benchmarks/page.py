"""``docs/benchmarks.md``, written from the stored results: no figure there is typed by hand."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.curves import Point
from benchmarks.ratios import ALONE, ALONE_AT, LOOSE, POPULATION, TIGHT, cost, ratio, tools

PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
HEAD = """# How fast, against whom

This page is written by `python -m benchmarks targets --keep` from `benchmarks/results/rivals.json`; change
the run, not the page.

CPU time inside one process pinned to one core; every tool in every round, the least of the rounds counts,
since other work on the machine can only add. The error of a run is the largest over monthly times and key
states of

    |y - reference| / (|reference| + 0.001 size)

where the reference is libRoadRunner at 1e-11 and size the largest of start, course and dose. Every tool gets
the same person with all constants as plain numbers, absolute tolerances of a hundredth of the relative one
times each state's size, and doses both as events and in a loop around the solver where it allows both: the
faster counts. Ours runs 64 persons around that one in its vector lanes, and that one alone. Costs at equal
error lie on straight lines between two tolerances in logarithms; where even the loosest tolerance undercuts
an error, it costs what that tolerance costs. Ratios of one run hold on machines of one class; seconds do not.
"""


def write_page(result: Mapping[str, Any], titles: Mapping[str, str]) -> Path:
    """Write the page from a stored result."""
    points = [Point(**row) for row in result["points"]]
    machine = result["machine"]
    parts = [HEAD, "## Machine and versions\n", _machine(machine, result), "## Targets\n"]
    parts.append(
        _table(
            ("target", "asked", "reached", "", "how"),
            (
                (row["id"], row["asked"], row["reached"], _word(row["met"]), row["how"])
                for row in result["targets"]
            ),
        )
    )
    for case, title in titles.items():
        parts += [
            f"## {title[0].upper()}{title[1:]}\n",
            f"![Work against precision](pictures/work_precision_{case}.svg)\n",
        ]
        parts += ["How many times faster ours is at equal key error:\n", _ratio_table(points, case)]
        parts += ["Every run, CPU seconds a person (key error):\n", _point_table(points, case)]
    if result["failed"]:
        rows = ((row["case"], row["tool"], f"{row['relative']:g}", row["why"]) for row in result["failed"])
        parts += ["## Runs that stopped\n", _table(("case", "tool", "tolerance", "why"), rows)]
    parts += [
        "## Set-ups\n",
        _table(("case", "tool", "set-up", "ready after, s"), _prepared(result["prepared"])),
    ]
    parts += ["## Tried once\n", "\n".join(f"- {line}" for line in result["tried"]) + "\n"]
    PAGE.write_text("\n".join(parts), "utf-8")
    return PAGE


def _machine(machine: Mapping[str, Any], result: Mapping[str, Any]) -> str:
    lines = [f"- {name.replace('_', ' ')}: {value}" for name, value in machine.items()]
    if machine["vectors"] != "avx512f":
        lines.append("- AVX-512: not on this machine, so the figures asked for it are not measured here")
    lines.append(f"- {', '.join(f'{name} {version}' for name, version in result['versions'].items())}")
    lines.append(
        f"- rounds: {result['rounds']}; the slowest over the fastest round, median: {result['spread']:.2f}"
    )
    return "\n".join(lines) + "\n"


def _ratio_table(points: Sequence[Point], case: str) -> str:
    def rows() -> Iterable[tuple[str, ...]]:
        for tool in tools(points):
            yield (
                tool,
                *(
                    _ratio_cell(ratio(points, case, tool, error, who), cost(points, case, tool, error))
                    for who, error in ((POPULATION, LOOSE), (POPULATION, TIGHT), (ALONE, ALONE_AT))
                ),
            )
        yield (
            "ours",
            *(
                _seconds(cost(points, case, ours, error))
                for ours, error in ((POPULATION, LOOSE), (POPULATION, TIGHT), (ALONE, ALONE_AT))
            ),
        )

    heads = (f"population, {LOOSE:g}", f"population, {TIGHT:g}", f"one person, {ALONE_AT:g}")
    return _table(("tool", *heads), rows())


def _ratio_cell(times: float, seconds: float) -> str:
    return f"{times:.3g} ({_seconds(seconds)})" if math.isfinite(times) else "no run that good"


def _point_table(points: Sequence[Point], case: str) -> str:
    here = [point for point in points if point.case == case]
    ladder = sorted({point.relative for point in here}, reverse=True)

    def rows() -> Iterable[tuple[str, ...]]:
        for tool, how in dict.fromkeys((point.tool, point.how) for point in here):
            own = {point.relative: point for point in here if (point.tool, point.how) == (tool, how)}
            cells = [
                f"{own[relative].cpu_s:.3g} ({own[relative].key_error:.0e})" if relative in own else "-"
                for relative in ladder
            ]
            yield f"{tool}: {how}", *cells

    return _table(("tool and set-up", *(f"{relative:g}" for relative in ladder)), rows())


def _prepared(rows: Iterable[Mapping[str, Any]]) -> Iterable[tuple[str, ...]]:
    return ((row["case"], row["tool"], row["how"], f"{row['ready_after_s']:g}") for row in rows)


def _seconds(value: float) -> str:
    return f"{value:.3g} s" if value >= 0.1 else f"{value * 1e3:.3g} ms"


def _word(met: bool | None) -> str:
    return {True: "met", False: "**missed**", None: "not told"}[met]


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(heads)} |", f"| {' | '.join(['---'] * len(heads))} |"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(lines) + "\n"
