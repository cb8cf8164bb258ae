"""One look for everything a person sees: colours with one meaning each, type, line styles and sizes.

The report's style sheet, the pictures and the terminal all read from here, so a table on screen and a picture
in print are plainly the same thing. Contrast of each colour with the page is held by a test.
"""

from __future__ import annotations

from dataclasses import dataclass

LIGHT_PAGE, LIGHT_PANEL, DARK_PAGE, DARK_PANEL = "#ffffff", "#fbfaf7", "#14191d", "#1b2227"
FONTS = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif'
TERMINAL_WIDTH = 100

# A picture is drawn this wide (px) with this type, so that it still reads on a phone of 390 px.
PICTURE_WIDTH, PICTURE_HEIGHT = 430, 315
PICTURE_TEXT, PICTURE_SMALL_TEXT = 13.0, 12.0


@dataclass(frozen=True)
class Colour:
    """One meaning, in light and in dark.

    Parameters
    ----------
    meaning : str
        Where it is used.
    light, dark : str
        ``#rrggbb`` on the light and the dark page.
    terminal : str
        Digits of the nearest escape code of a terminal; empty leaves the terminal's own colour.
    """

    meaning: str
    light: str
    dark: str
    terminal: str = ""


COLOURS: dict[str, Colour] = {
    "text": Colour("text", "#1b2328", "#e8ecef"),
    "quiet": Colour("quiet text", "#56616a", "#a7b2ba", "2"),
    "plan": Colour("with the plan", "#0b6e69", "#4fc4bb", "36"),
    "without": Colour("without", "#56616a", "#a7b2ba"),
    "artery": Colour("artery", "#b4480f", "#f0a06b", "33"),
    "bone": Colour("bone", "#2f5d9b", "#8fb8ee", "34"),
    "liver": Colour("liver, clotting", "#6a4fa3", "#b9a3ea", "35"),
    "warning": Colour("warning", "#a3195b", "#f08bb8", "31;1"),
}

# Lines are told apart without colour too: dash patterns in line widths, solid is the run that draws the band.
DASHES: dict[str, tuple[float, ...]] = {
    "no_causal_effect": (5.0, 2.5),
    "vessel_fast": (1.0, 1.6),
    "vessel_curvature": (6.0, 2.0, 1.0, 2.0),
    "bone_curvature": (3.0, 1.5, 1.0, 1.5, 1.0, 1.5),
}
VARIANT_WORDS: dict[str, str] = {
    "no_causal_effect": "no causal effect",
    "vessel_fast": "vessel fast",
    "vessel_curvature": "vessel curvature",
    "bone_curvature": "bone curvature",
}
GROUP_WORDS: dict[str, str] = {
    "vitamin_k": "Vitamin K",
    "bone": "Bone",
    "artery": "Artery",
    "clotting": "Clotting",
    "minerals": "Minerals",
    "flow": "Calcium a day",
}
ARM_NOW = "as_now"


def css_properties(scheme: str) -> str:
    """Custom properties of one colour scheme.

    Parameters
    ----------
    scheme : str
        ``light`` or ``dark``.

    Returns
    -------
    str
        Declarations such as ``--plan: #0b6e69;``, one a line.

    Examples
    --------
    >>> css_properties("dark").splitlines()[0]
    '--page: #14191d;'
    """
    light = scheme == "light"
    page = {"page": LIGHT_PAGE if light else DARK_PAGE, "panel": LIGHT_PANEL if light else DARK_PANEL}
    named = page | {name: colour.light if light else colour.dark for name, colour in COLOURS.items()}
    return "\n".join(f"--{name}: {value};" for name, value in named.items())


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours as the accessibility guidelines count it.

    Parameters
    ----------
    first, second : str
        ``#rrggbb``.

    Returns
    -------
    float
        1 to 21.

    Examples
    --------
    >>> round(contrast("#000000", "#ffffff"))
    21
    """
    bright, dim = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255.0 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
