"""What was worked out for a question, before it is put beside its source and validity."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.models.questions import Block, Choice, Computed, Excerpt, Hit, Outcome, Span


@dataclass(frozen=True, slots=True)
class Working:
    """An answer's first lines, with the passage and the words in it that they rest on.

    `missing` tells that something has to be said before all can be worked out.
    """

    lines: tuple[Block, ...]
    hit: Hit
    excerpt: Excerpt
    computed: tuple[Computed, ...] = ()
    choices: tuple[Choice, ...] = ()
    missing: bool = False

    @property
    def outcome(self) -> Outcome:
        """Tell how a question ends with this."""
        return Outcome.NEEDS_DETAIL if self.missing else Outcome.ANSWERED


def holder_of(quote: str, hits: Iterable[Hit], document: str) -> Hit | None:
    """Find the hit of a document that holds a rule's quote; without one nothing is worked out."""
    own = (hit for hit in hits if hit.passage.document.id == document)
    return next((hit for hit in own if quote in hit.passage.text), None)


def excerpt_of(quote: str) -> Excerpt:
    """Show the rule's own words."""
    return Excerpt(quote, sentence=Span(0, len(quote)))
