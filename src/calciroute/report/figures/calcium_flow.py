"""Where the calcium goes: ribbons as wide as their mg a day, the artery a hairline with its number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from calciroute.report.figures.canvas import HALO, canvas, svg_of
from calciroute.report.look import COLOURS, PICTURE_SMALL_TEXT, PICTURE_TEXT, PICTURE_WIDTH

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HEIGHT = 370.0
WIDEST = 62.0  # px of the largest flow; the rest follows
HAIRLINE = 0.8  # px, for a flow that to scale would be too thin to see
_TIP = 7.0
_ALPHA = 0.38
_BOX = 10.0
_GUT, _BLOOD, _RIGHT = 84.0, 206.0, 408.0  # left edges of the boxes, px
_FLOOR, _KIDNEY = 30.0, 68.0  # where stool and urine end, px from below


@dataclass(frozen=True)
class Flows:
    """Calcium flows of one run at one time, mg a day.

    Parameters
    ----------
    eaten, absorbed, stool, urine, to_bone, from_bone, artery, valve : float
        As the outcomes of the same meaning; absorbed is what reaches blood less what the gut gives off.
    """

    eaten: float
    absorbed: float
    stool: float
    urine: float
    to_bone: float
    from_bone: float
    artery: float
    valve: float

    @property
    def largest(self) -> float:
        """The flow that sets the scale."""
        return max(self.eaten, self.absorbed, self.stool, self.urine, self.to_bone, self.from_bone)

    @property
    def gut_left_over(self) -> float:
        """Eaten less absorbed less stool."""
        return self.eaten - self.absorbed - self.stool

    @property
    def blood_left_over(self) -> float:
        """What blood gets less what it gives: kept in blood and soft tissue."""
        return self.absorbed + self.from_bone - self.to_bone - self.urine - self.artery - self.valve


def drawn_width(flow: float, largest: float) -> float:
    """Width of a ribbon, to scale.

    Parameters
    ----------
    flow, largest : float, mg/d
        The flow, and the one that is drawn widest.

    Returns
    -------
    float, px
        Without any least width.
    """
    return WIDEST * max(flow, 0.0) / largest if largest > 0.0 else 0.0


def draw_flow(name: str, flows: Flows, words: Mapping[str, str], title: str, alternative: str) -> str:
    """Draw the flows.

    Parameters
    ----------
    name : str
        Of the picture.
    flows : Flows
        Of one run.
    words : mapping of str to str
        Printed number of each flow, by field of `Flows`.
    title, alternative : str
        Name and description of the picture.

    Returns
    -------
    str
        One SVG element.
    """
    width = {field: drawn_width(getattr(flows, field), flows.largest) for field in words}
    with canvas(name, PICTURE_WIDTH, HEIGHT) as figure:
        axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
        axes.set_xlim(0.0, PICTURE_WIDTH)
        axes.set_ylim(0.0, HEIGHT)
        axes.set_axis_off()
        # Heights, top down: two bone ribbons, the artery, the kidney; the gut stands level with its flows.
        top = HEIGHT - 50.0
        to_bone = top - width["to_bone"] / 2.0
        from_bone = top - width["to_bone"] - 26.0 - width["from_bone"] / 2.0
        bone_low = from_bone - width["from_bone"] / 2.0
        artery = bone_low - 34.0
        urine = artery - 14.0 - width["urine"] / 2.0
        blood_low = urine - width["urine"] / 2.0 - 4.0
        eaten = (top + blood_low) / 2.0
        gut_top = eaten + width["eaten"] / 2.0
        absorbed = gut_top - width["absorbed"] / 2.0
        stool = gut_top - width["absorbed"] - width["stool"] / 2.0
        gut_low = gut_top - max(width["eaten"], width["absorbed"] + width["stool"], 14.0)

        _ribbon(axes, 6.0, eaten, _GUT, eaten, width["eaten"], "quiet")
        _ribbon(axes, _GUT + _BOX, absorbed, _BLOOD, absorbed, width["absorbed"], "quiet")
        _ribbon(axes, _GUT + _BOX, stool, _BLOOD, _FLOOR, width["stool"], "quiet")
        _ribbon(axes, _BLOOD + _BOX, to_bone, _RIGHT, to_bone, width["to_bone"], "bone")
        _ribbon(axes, _RIGHT, from_bone, _BLOOD + _BOX, from_bone, width["from_bone"], "bone")
        _ribbon(axes, _BLOOD + _BOX, artery, _RIGHT, artery, width["artery"], "artery")
        _ribbon(axes, _BLOOD + _BOX, urine, _RIGHT, _KIDNEY, width["urine"], "liver")

        _box(axes, _GUT, gut_top, gut_low)
        _box(axes, _BLOOD, top, blood_low)
        _box(axes, _RIGHT, top, bone_low, "bone")
        _box(axes, _RIGHT, artery + 5.0, artery - 5.0, "artery")
        _box(axes, _RIGHT, _KIDNEY + 8.0, _KIDNEY - 8.0, "liver")
        _box(
            axes,
            _BLOOD,
            _FLOOR + max(width["stool"] / 2.0, 8.0),
            _FLOOR - max(width["stool"] / 2.0, 8.0),
            "quiet",
        )

        label = _Labels(axes)
        middle, right = (_BLOOD + _BOX + _RIGHT) / 2.0, _RIGHT + _BOX
        label.add(_GUT + _BOX / 2.0, gut_top + 7.0, "Gut", bold=True)
        label.add(_BLOOD + _BOX / 2.0, top + 7.0, "Blood", bold=True)
        label.add(right, top + 7.0, "Bone", side="right", bold=True, colour="bone")
        label.add(6.0, gut_top + 7.0, f"eaten\n{words['eaten']}", side="left")
        above = absorbed + width["absorbed"] / 2.0 + 7.0
        label.add((_GUT + _BLOOD + _BOX) / 2.0, above, f"absorbed\n{words['absorbed']}")
        label.add(middle, to_bone, f"into bone {words['to_bone']}", middle=True)
        label.add(middle, from_bone, f"out of bone {words['from_bone']}", middle=True)
        label.add(right, artery + 7.0, f"artery wall {words['artery']}", side="right", colour="artery")
        label.add(
            right, _KIDNEY - 11.0, f"kidney, urine {words['urine']}", side="right", colour="liver", up=False
        )
        label.add(_BLOOD + _BOX + 5.0, _FLOOR, f"stool {words['stool']}", side="left", middle=True)
        return svg_of(figure, name, title, alternative)


class _Labels:
    """Texts, numbered in the order in which they are added."""

    def __init__(self, axes: Axes) -> None:
        self.axes, self.count = axes, 0

    def add(
        self, x: float, y: float, text: str, *, side: str = "center", colour: str = "text",
        bold: bool = False, up: bool = True, middle: bool = False,
    ) -> None:  # fmt: skip
        size = PICTURE_TEXT if bold else PICTURE_SMALL_TEXT
        vertical = "center" if middle else "bottom" if up else "top"
        self.axes.text(
            x, y, text, fontsize=size, ha=side, va=vertical, color=COLOURS[colour].light,
            fontweight="bold" if bold else "normal", gid=f"{HALO}-{self.count}", linespacing=1.15, zorder=5,
        )  # fmt: skip
        self.count += 1


def _box(axes: Axes, left: float, top: float, bottom: float, colour: str = "text") -> None:
    from matplotlib.patches import Rectangle

    axes.add_patch(
        Rectangle((left, bottom), _BOX, top - bottom, color=COLOURS[colour].light, linewidth=0.0, zorder=3)
    )


def _ribbon(axes: Axes, x0: float, y0: float, x1: float, y1: float, width: float, colour: str) -> None:
    """A flow from one side to another, ending in a tip that points where it goes."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    shade = COLOURS[colour].light
    tip = _TIP if x1 > x0 else -_TIP
    middle, half, end = (x0 + x1) / 2.0, width / 2.0, x1 - tip
    if width < HAIRLINE:
        curve = Path([(x0, y0), (middle, y0), (middle, y1), (x1, y1)], [Path.MOVETO] + [Path.CURVE4] * 3)
        axes.add_patch(PathPatch(curve, fill=False, edgecolor=shade, linewidth=HAIRLINE, zorder=4))
        _tip(axes, x1, y1, tip, 3.0, shade)
        return
    points = [
        (x0, y0 + half), (middle, y0 + half), (middle, y1 + half), (end, y1 + half), (x1, y1),
        (end, y1 - half), (middle, y1 - half), (middle, y0 - half), (x0, y0 - half), (x0, y0 + half),
    ]  # fmt: skip
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    patch = PathPatch(Path(points, codes), facecolor=shade, alpha=_ALPHA, linewidth=0.0, zorder=2)
    axes.add_patch(patch)
    if width < 2.0 * abs(_TIP):
        _tip(axes, x1, y1, tip, max(half, 4.0), shade)


def _tip(axes: Axes, x: float, y: float, tip: float, half: float, shade: str) -> None:
    from matplotlib.patches import Polygon

    corners = [(x, y), (x - tip, y + half), (x - tip, y - half)]
    axes.add_patch(Polygon(corners, closed=True, facecolor=shade, linewidth=0.0, zorder=4))
