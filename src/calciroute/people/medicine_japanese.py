"""Japanese names of medicines, which stand in one run with dose, form, salt and maker."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from calciroute.people.medicine_text import comparable
from calciroute.tables.medicine_words import read_medicine_words

_KANA = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uff66-\uff9f]")
# The maker stands in brackets of its own on boxes and prescriptions.
_BRACKETS = re.compile(r"[「『【〔][^」』】〕]*[」』】〕]?")
_NUMBERS = re.compile(
    r"分\s*\d|\d+(?:[.,]\d+)?\s*(?:mg|μg|µg|ug|mcg|g|ml|%|[x×]|万?単位|国際単位|錠|カプセル|包|回分?|日分?|時間毎?|週間?|滴|枚"
    r"|吸入|噴霧|プッシュ|t\b|c\b|p\b|tab|cap)?(?:/(?:日|回|\d*\s*ml|\d*\s*g))?",
    re.IGNORECASE,
)
_SHORTEST = 2


def is_japanese(text: str) -> bool:
    """Whether a text holds kana or Chinese characters.

    Parameters
    ----------
    text : str
        Anything.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_japanese("アムロジピン5mg"), is_japanese("amlodipine")
    (True, False)
    """
    return bool(_KANA.search(text))


def japanese_names(text: str) -> list[str]:
    """What is left when dose, times, form, salt and maker come off.

    Parameters
    ----------
    text : str
        One entry of a list, full or half width.

    Returns
    -------
    list of str
        In comparable form, longest first.

    Examples
    --------
    >>> japanese_names("アムロジピンOD錠5mg「サワイ」 1日1回朝食後")[-1]
    'アムロジピン'
    >>> japanese_names("メトホルミン塩酸塩錠250mg")[-1] == comparable("メトホルミン")
    True
    """
    name = _BRACKETS.sub(" ", unicodedata.normalize("NFKC", text))
    name = _NUMBERS.sub(" ", name)
    name = _schedule().sub(" ", name)
    name = re.sub(r"[\s・,、。.:/()-]+", " ", name).strip()
    name = _maker().sub("", name).strip()
    found = [name]
    for pattern in (_form(), _behind()):
        while (shorter := pattern.sub("", found[-1]).strip()) != found[-1] and len(shorter) >= _SHORTEST:
            found.append(shorter)
    return list(dict.fromkeys(comparable(name) for name in found if comparable(name)))


def _any_of(*kinds: str) -> str:
    words = read_medicine_words(unparted=True)
    longest = sorted((word for kind in kinds for word in words[kind]), key=len, reverse=True)
    return "|".join(re.escape(unicodedata.normalize("NFKC", word)) for word in longest)


@cache
def _schedule() -> re.Pattern[str]:
    return re.compile(_any_of("schedule"))


@cache
def _maker() -> re.Pattern[str]:
    return re.compile(rf"^(?:{_any_of('maker')})(?=\S{{2}})|(?<=\S\S)\s*(?:{_any_of('maker')})$")


@cache
def _form() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{_any_of('form')})$")


@cache
def _behind() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{_any_of('salt', 'release', 'form')})$")
