"""What a new version of a document has lost of the old one: pure, for whoever decides to hold it.

A half-written file often parses: of all beginnings of one file every second is YAML, and some
have all required fields. No schema can tell that something is missing; the old version can.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from bot.models.documents import Document


def share_lost(old: Document, new: Document) -> float:
    """Say what share of a document's text no longer stands in its new version, from 0 to 1.

    Counted in characters of all section texts together, spaces aside; a character still stands
    where it is followed by the same character as before, in any section, each place counted
    once. So moving or splitting sections loses nothing, a changed figure loses its few
    characters, a half-written file loses what is missing, and the text of another document
    loses most. What is added makes up for nothing. A document without text can lose none.
    """
    before, after = _pairs(old), _pairs(new)
    whole = before.total()
    return (before - after).total() / whole if whole else 0.0


def is_cut_short(old: bytes, new: bytes) -> bool:
    """Tell whether a file is the beginning of its old version, with the rest missing.

    That is what a save that was interrupted leaves, however little is missing; whoever takes
    away the end of a file on purpose can say so.
    """
    return len(new) < len(old) and old.startswith(new)


def _pairs(document: Document) -> Counter[tuple[str, str]]:
    """Count every character of the texts together with the one after it."""
    counted: Counter[tuple[str, str]] = Counter()
    for section in document.sections:
        text = "".join(section.text.split())
        counted.update(pairwise(f"{text}\n"))
    return counted
