"""What stands in a button's callback, and how it is read back; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

PASSAGE = re.compile(r"p:([0-9A-Za-z_-]{1,48}):([0-9]{1,9})")
CHOICE = re.compile(r"q:([0-9]{1,3})")


@dataclass(frozen=True, slots=True)
class PassagePress:
    """Someone wants to read a whole passage of an edition."""

    edition: str
    ordinal: int


@dataclass(frozen=True, slots=True)
class ChoicePress:
    """Someone wants to ask what stands on the button."""

    index: int


def passage_callback(edition: str, ordinal: int) -> str:
    """Write the callback of a button that shows a passage."""
    return f"p:{edition}:{ordinal}"


def choice_callback(index: int) -> str:
    """Write the callback of a button that asks its own label."""
    return f"q:{index}"


def press_of(callback: str | None) -> PassagePress | ChoicePress | None:
    """Read a callback; None for one that this bot never writes."""
    passage = PASSAGE.fullmatch(callback or "")
    if passage:
        return PassagePress(passage[1], int(passage[2]))
    choice = CHOICE.fullmatch(callback or "")
    return ChoicePress(int(choice[1])) if choice else None
