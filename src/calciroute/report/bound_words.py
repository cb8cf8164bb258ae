"""Words that no line may part: names with a hyphen, dates, options of a command."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_WHOLE = re.compile(r"\b(?:MK-\d+(?:/\d)?|dp-ucMGP|PIVKA-II|\d{4}-\d{2}-\d{2})\b|--[a-z]+\b")


def bound(text: object) -> Markup:
    """Text of a page in which names such as MK-7, dates and options do not part at their hyphen.

    Parameters
    ----------
    text : object
        Text, or what prints as one.

    Returns
    -------
    Markup
        Escaped, with a span around each such word.

    Examples
    --------
    >>> str(bound("MK-7 & more"))
    '<span class="nobr">MK-7</span> &amp; more'
    >>> str(bound("from 2026-03-01"))
    'from <span class="nobr">2026-03-01</span>'
    """
    return Markup(_WHOLE.sub(r'<span class="nobr">\g<0></span>', str(escape(text))))
