"""Files spoilt by accident: the mutations that the suite and the bench make of real files."""

from __future__ import annotations

import random
from pathlib import Path

from tests.unit.knowledge.staff_files import DOCUMENT

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
SEED = 20261102
PUNCTUATION = tuple(
    text.encode()
    for text in (
        *(": ", "- ", "? ", "[", "]", "{", "}", ",", '"', "'", "|", ">", "#", "%", "@", "`", "\\"),
        *("&a ", "*a ", "*a : ", "!a ", "!!map ", "<<: ", "---\n", "...\n", "\n", "\n   ", "\r"),
        *("\t", "\0", "\x85", "：", "，", "\u200b", "\u2028", "\ufeff", '"\\x00"', "\U0001f600"),
        *("[" * 300, "{a: " * 300, "- " * 300, "\u3000", "\u00a0", "“", "、", " #", "｛", "－ "),
    )
)


def real_files() -> tuple[bytes, ...]:
    """Give the shipped documents and one that has every field."""
    shipped = sorted(KNOWLEDGE.glob("documents/*/*.yaml"))
    return (DOCUMENT.encode(), *(path.read_bytes() for path in shipped))


def mutate(content: bytes, chance: random.Random) -> bytes:
    """Spoil a file once: flip a byte, cut it off, delete, repeat or insert a piece."""
    spoilt = bytearray(content)
    place = chance.randrange(len(spoilt))
    kind = chance.choice(("flip", "truncate", "delete", "insert", "repeat"))
    if kind == "flip":
        spoilt[place] = chance.randrange(256)
    elif kind == "truncate":
        del spoilt[place:]
    elif kind == "delete":
        del spoilt[place : place + chance.randint(1, 30)]
    elif kind == "insert":
        spoilt[place:place] = chance.choice(PUNCTUATION)
    else:
        spoilt[place:place] = spoilt[place // 2 : place // 2 + chance.randint(1, 80)]
    return bytes(spoilt)
