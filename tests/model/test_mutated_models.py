"""A good model with random damage: it still loads, or it ends in an InputError with words."""

from __future__ import annotations

import random
import re

import pytest

import calciroute
from calciroute.errors import InputError
from model.small_models import GOOD, OSCILLATOR

COUNT = 150


def damaged(content: bytes, rng: random.Random) -> bytes:
    kind = rng.randrange(5)
    if kind == 0:
        changed = bytearray(content)
        for _ in range(rng.randint(1, 3)):
            changed[rng.randrange(len(changed))] = rng.randrange(256)
        return bytes(changed)
    if kind == 1:
        return content[: rng.randrange(len(content))]
    pieces = re.findall(rb"\w+|\W+" if kind == 2 else rb"<[^>]+>|[^<]+", content)
    one, other = rng.randrange(len(pieces)), rng.randrange(len(pieces))
    if kind == 2:
        pieces[one], pieces[other] = pieces[other], pieces[one]
    elif kind == 3:
        del pieces[one : one + rng.randint(1, 3)]
    else:
        pieces[one:one] = pieces[other : other + rng.randint(1, 4)]
    return b"".join(pieces)


@pytest.mark.parametrize("source", [GOOD, OSCILLATOR], ids=lambda path: path.stem)
def test_random_damage_ends_in_words(source, tmp_path):
    rng = random.Random(20260101)
    content = source.read_bytes()
    file = tmp_path / "damaged.xml"
    told: list[str] = []
    for _ in range(COUNT):
        file.write_bytes(damaged(content, rng))
        try:
            calciroute.load_model(file)
        except InputError as wrong:
            told.append(str(wrong))
    assert len(told) > COUNT // 2
    assert all("damaged.xml" in words for words in told)
    assert max(len(line) for words in told for line in words.split("\n")) < 700
