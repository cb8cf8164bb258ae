"""Work-precision pictures as SVG: CPU seconds a person over key error, a line for each tool."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.curves import Point, envelope

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
MARKERS = "osDv^<>P"


def draw(points: Sequence[Point], case: str, title: str) -> Path:
    """One picture a case; what a point's own line beats is drawn faint."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot as plt

    mpl.rcParams["svg.hashsalt"] = "calciroute"  # the same points give the same file
    figure, axes = plt.subplots(figsize=(7.5, 4.8), layout="constrained")
    here = [point for point in points if point.case == case]
    for place, tool in enumerate(dict.fromkeys(point.tool for point in here)):
        own = [point for point in here if point.tool == tool]
        best = envelope(own)
        color, marker = f"C{place}", MARKERS[place % len(MARKERS)]
        axes.plot(
            [point.key_error for point in best], [point.cpu_s for point in best], color=color, marker=marker,
            label=tool, linewidth=2.2 if place < 2 else 1.2, markersize=5,
        )  # fmt: skip
        axes.scatter(
            [point.key_error for point in own], [point.cpu_s for point in own], color=color, marker=marker,
            s=10, alpha=0.35,
        )  # fmt: skip
    axes.set(xscale="log", yscale="log", title=title)
    axes.set_xlabel("largest relative error of key states")
    axes.set_ylabel("CPU seconds a person, three years")
    axes.invert_xaxis()
    axes.grid(which="major", linewidth=0.4, alpha=0.6)
    axes.legend(frameon=False, fontsize=9)
    path = FOLDER / f"work_precision_{case}.svg"
    figure.savefig(path, metadata={"Date": None, "Creator": None})
    plt.close(figure)
    return path
