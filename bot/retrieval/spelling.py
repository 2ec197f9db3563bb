"""Question → what it was meant to say: misspelt terms of the corpus put right, and nothing else.

A word is only put right where the corpus does not know it as it is typed and knows one term
that it sounds or looks like.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.retrieval.analyzer import is_function_word
from bot.retrieval.doubts import is_likely
from bot.retrieval.edition import Edition
from bot.retrieval.regional import regional_slips
from bot.retrieval.slips import Slip, asked_of, slips_in
from bot.text.normalise import origins


@dataclass(frozen=True, slots=True)
class Correction:
    """A question as it was meant, and each change as (typed, meant); none for most questions."""

    text: str
    changes: tuple[tuple[str, str], ...] = ()


def corrected(text: str, edition: Edition) -> Correction:
    """Put right what is misspelt in a question; anything in doubt stays as it was typed."""
    asked = asked_of(text, edition)
    likely = [slip for slip in slips_in(asked) if is_likely(slip, asked)]
    chosen = _chosen([*likely, *regional_slips(text, asked)])
    if all(is_function_word(slip.meant) for slip in chosen):
        return Correction(text)  # English has words that read like 我们 in pinyin
    came_from = origins(text)
    meant = text
    for slip in reversed(chosen):
        start, end = came_from[slip.start], came_from[slip.end - 1] + 1
        meant = f"{meant[:start]}{slip.meant}{meant[end:]}"
    return Correction(meant, tuple((slip.typed, slip.meant) for slip in chosen))


def _chosen(slips: Iterable[Slip]) -> tuple[Slip, ...]:
    """Take the best slip of each stretch, in order; none where two are as good."""
    ranked = sorted(slips, key=_rank, reverse=True)
    settled: list[Slip] = []
    doubtful: set[Slip] = set()
    for slip in ranked:
        if any(_overlap(slip, other) for other in settled):
            continue
        settled.append(slip)
        alike = (other for other in ranked if _rank(other) == _rank(slip))
        if any(_overlap(slip, other) and slip.meant != other.meant for other in alike):
            doubtful.add(slip)
    kept = (slip for slip in settled if slip not in doubtful)
    return tuple(sorted(kept, key=lambda slip: slip.start))


def _rank(slip: Slip) -> tuple[int, int, bool]:
    """Prefer long terms, then few changes, then the very sound."""
    return len(slip.meant), -len(slip.changed), slip.exact


def _overlap(one: Slip, other: Slip) -> bool:
    return one.start < other.end and other.start < one.end
