"""Words of a plan that not everybody knows, each explained once at its end."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORDS = {
    "certainty": "how much further studies could still change what was found, from very low to high",
    "cohort": "people followed over years who decided for themselves what they did",
    "hazard, odds, relative risk": "how often something happens beside how often without: 1 is no difference",
    "in brackets": "the range that the source gives around its number",
    "mcg": "microgram: a thousandth of a milligram",
    "meta-analysis": "the results of several studies counted together",
    "mmHg": "millimetre of mercury, in which blood pressure is measured",
    "observational": "people were looked at as they live; other differences between them may be the reason",
    "pulse wave velocity": "how fast a heartbeat runs along an artery; it is faster in a stiff one",
    "RCT": "randomised controlled trial: chance decided who got what, so that the groups are alike otherwise",
    "single arm": "everybody got the same, so nobody is there to compare with",
    "standard deviations": "the spread between people, as a unit where studies measured in different ones",
}
_ALSO = {
    "hazard, odds, relative risk": ("hazard", "odds", "relative risk"),
    "in brackets": ("to",),
    "single arm": ("single arm", "single-arm", "uncontrolled"),
    "standard deviations": ("standard deviations",),
}


def words_in(texts: Iterable[str]) -> list[dict[str, str]]:
    """Words of the list that occur, with their meanings.

    Parameters
    ----------
    texts : iterable of str
        What is shown.

    Returns
    -------
    list of dict
        ``word`` and ``meaning``, in alphabetical order.

    Examples
    --------
    >>> [one["word"] for one in words_in(["upper blood pressure in mmHg; RCT, 26 people"])]
    ['mmHg', 'RCT']
    """
    said = "\n".join(texts)
    found = [
        word
        for word in _WORDS
        if any(re.search(rf"(?<!\w){re.escape(form)}(?!\w)", said) for form in _ALSO.get(word, (word,)))
    ]
    return [{"word": word, "meaning": _WORDS[word]} for word in sorted(found, key=str.casefold)]
