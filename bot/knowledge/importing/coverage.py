"""Count that no character of a file is lost on its way into drafts. Knows nothing of the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many characters a file has, and which of them neither drafts nor the list have.

    `invented` are those that drafts have and nobody accounts for.
    """

    characters: int
    lost: str
    invented: str

    @property
    def is_whole(self) -> bool:
        """Tell whether every character is accounted for, none lost and none invented."""
        return not self.lost and not self.invented

    @property
    def share(self) -> float:
        """Give the share of the file's characters that are accounted for; 1 of an empty one."""
        return 1 - len(self.lost) / self.characters if self.characters else 1.0


def cover(
    source: str, kept: Iterable[str], dropped: Iterable[str], added: Iterable[str]
) -> Coverage:
    """Compare a file's characters with what became of them, whitespace aside.

    Each character must be found in drafts or among the dropped as often as the file, or what was
    `added` on the way (copies of headings, signs between cells), has it.
    """
    had = _count((source,))
    wanted = had + _count(added)
    found = _count(kept) + _count(dropped)
    return Coverage(
        characters=had.total(),
        lost="".join((wanted - found).elements()),
        invented="".join((found - wanted).elements()),
    )


def _count(texts: Iterable[str]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for text in texts:
        counted.update("".join(text.split()))
    return counted
