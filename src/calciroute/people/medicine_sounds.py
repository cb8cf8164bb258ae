"""National spellings of one name, by rule: ``amlodipino``, ``amlodypina``, ``амлодипин`` and ``amlodipine``.

Names of ingredients are the same word in most languages and differ by a few habits of spelling. Both the name
that was written and those of the table are brought to one form; only the same form counts, never a near one.
Letters that one writes twice by a slip of the hand stay twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# Shorter forms say too little: two names may share one by chance.
SHORTEST = 5
_GREEK_PAIRS = (
    ("ου", "u"), ("αι", "e"), ("ει", "i"), ("οι", "i"), ("τσ", "s"),
)  # fmt: skip
# Two letters for one foreign sound, or two sounds.
_GREEK_STOPS = (("ντ", ("nt", "d", "nd")), ("μπ", ("mp", "b", "mb")), ("γκ", ("g", "nk")), ("β", ("v", "b")))
_LETTERS = (
    str.maketrans("абвгґдеєжзиіїйклмнопрстуфхцчшщыэюя", "abvggdeejsiiiiklmnoprstufkscssieua")
    | {ord(silent): None for silent in "ъь"}
    | str.maketrans("αβγδεζηθικλμνοπρσςτυφχω", "avgdesitiklmnoprsstifko")
    | {ord("ξ"): "ks", ord("ψ"): "ps"}
)
# What languages write for one sound, in this order.
_PAIRS = (
    ("sch", "s"), ("ph", "f"), ("th", "t"), ("rh", "r"), ("ae", "e"), ("oe", "e"), ("ou", "u"), ("ii", "i"),
    ("y", "i"), ("ch", "k"), ("sce", "se"), ("sci", "si"), ("ts", "s"), ("x", "ks"), ("qu", "k"), ("q", "k"),
    ("w", "v"),
)  # fmt: skip
_SOFT_C = re.compile("c(?=[eiy])")
# Dutch and Finnish long vowels; "chloro" and "chloor" before another part; the silent h of Romance languages.
_LONG = re.compile("(?:aa(?=[tlnrm])|oo(?=[rnl])|uu(?=[rl]))")
_CHLORO = re.compile("klor?o(?=[tkp])")
# Polish "kw" for "qu" and "metylo" for "methyl", Finnish "tti" at an end.
_HABITS = (("kv", "k"), ("metilo", "metil"), ("tti\n", "t\n"))
_TWICE = re.compile(r"(?:ll|mm|nn|ff|ss|kk|pp(?=\w)|ii)")
_ENDING = re.compile(r"(?:[aeiou]*u[ms]|[aeiou]+)$")
_GREEK_SOFT_K = re.compile("κ(?=[ειηυ])")
_SLIP = re.compile(r"([aeou])\1$")
_STARTING_ES = re.compile(r"^es(?=[ptk])")


def same_spelling(keys: Iterable[str]) -> list[str]:
    """The common form of each name.

    Parameters
    ----------
    keys : iterable of str
        Names in comparable form, any of Latin, Cyrillic or Greek letters.

    Returns
    -------
    list of str
        One form for each name, in the same order.

    Examples
    --------
    >>> same_spelling(["amlodipine", "amlodipino", "amlodypina", "амлодипин", "αμλοδιπινη"])
    ['amlodipin', 'amlodipin', 'amlodipin', 'amlodipin', 'amlodipin']
    >>> same_spelling(["hydrochlorothiazide", "idroclorotiazide", "hydrochloorthiazide"])
    ['idroklortiasid', 'idroklortiasid', 'idroklortiasid']
    >>> same_spelling(["simvastattin"]) == same_spelling(["simvastatin"])
    False
    """
    # One long text is changed at once: a call for each of some thousand names would be felt.
    text = _written_alike("\n".join(keys))
    return [_TWICE.sub(lambda found: found[0][0], line) for line in _endless(text)]


def letters_twice(key: str) -> int:
    """How many consonants a name has twice that some languages write once.

    Parameters
    ----------
    key : str
        A name in comparable form.

    Returns
    -------
    int

    Examples
    --------
    >>> letters_twice("amoxicillin"), letters_twice("amoxicilina")
    (1, 0)
    """
    return len(_TWICE.findall(_written_alike(key)))


def _endless(text: str) -> list[str]:
    return [
        " ".join(_ENDING.sub("", word, count=1) or word for word in line.split()) for line in text.split("\n")
    ]


def spellings_of(key: str) -> tuple[str, ...]:
    """The forms that a written name may have.

    Parameters
    ----------
    key : str
        A name in comparable form.

    Returns
    -------
    tuple of str
        Several where one letter stands for two: Cyrillic g for g and h, Greek nt for nt and d.

    Examples
    --------
    >>> spellings_of("гидрохлоротиазид")[-1], spellings_of("espironolactona")[-1]
    ('idroklortiasid', 'spironolakton')
    """
    # Nobody ends a name so: a slip of the hand.
    if _SLIP.search(key):
        return ()
    keys = [key]
    for pair, letters in _GREEK_STOPS if any("α" <= letter <= "ω" for letter in key) else ():
        keys = [form.replace(pair, letter) for form in keys for letter in letters] if pair in key else keys
    forms = same_spelling([*keys, *(_GREEK_SOFT_K.sub("σ", form) for form in keys)])
    if any(letter in "гґγ" for letter in key):
        silent = key.replace("г", "").replace("ґ", "").replace("γ", "")
        forms += same_spelling([silent, re.sub("^[гґγ]", "", key)])
    forms += [_STARTING_ES.sub("s", form) for form in forms]
    return tuple(form for form in dict.fromkeys(forms) if len(form) >= SHORTEST)


def _written_alike(text: str) -> str:
    for pair, letter in _GREEK_PAIRS:
        text = text.replace(pair, letter)
    text = text.translate(_LETTERS)
    for pair, letter in _PAIRS:
        text = text.replace(pair, letter)
    text = _SOFT_C.sub("s", text).replace("c", "k")
    text = text.replace("z", "s").replace("j", "i").replace("h", "")
    text = _LONG.sub(lambda found: found[0][0], text)
    text = _CHLORO.sub("klor", text)
    for pair, letter in _HABITS:
        text = f"{text}\n".replace(pair, letter)[:-1]
    return text
