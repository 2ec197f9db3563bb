"""Which parts of two texts differ, so that a changed figure strikes the eye."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

Part = tuple[str, bool]  # a piece of text, and whether the other text lacks it

_PIECE = re.compile(r"[0-9]+(?:[.,][0-9]+)*%?|[A-Za-z]+|.", re.DOTALL)  # figures stay whole
_ALIKE = 0.4  # of 1: of texts less alike, what they share is chance, and marks would confuse


def differing(before: str, after: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Cut two texts into parts that both have and parts that only one has; joined, each is whole.

    Nothing is marked where a text is missing or the two are about something else.
    """
    pieces: list[list[str]] = [_PIECE.findall(text) for text in (before, after)]
    matcher = SequenceMatcher(None, pieces[0], pieces[1], False)
    if matcher.ratio() < _ALIKE:
        return _unmarked(before), _unmarked(after)
    old: list[Part] = []
    new: list[Part] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        differs = tag != "equal"
        old.append(("".join(pieces[0][a:b]), differs))
        new.append(("".join(pieces[1][c:d]), differs))
    return tuple(part for part in old if part[0]), tuple(part for part in new if part[0])


def _unmarked(text: str) -> tuple[Part, ...]:
    return ((text, False),) if text else ()
