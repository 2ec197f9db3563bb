"""A passage with those beside it: a long section is cut into passages, an answer is not."""

from __future__ import annotations

from dataclasses import dataclass

from bot.models.documents import Corpus, Passage
from bot.models.questions import Span
from bot.text.normalise import normalise

REPEATED = 8  # characters of a title from which its repetition in the text tells nothing more


@dataclass(frozen=True, slots=True)
class Context:
    """A stretch of one section's text: `own` is the passage that was found, in `text`.

    `first` is the ordinal of the passage that the stretch begins in, and `starts` tells where
    each passage begins in it.
    """

    text: str
    own: Span
    first: int
    starts: tuple[int, ...]

    def place(self, at: int) -> tuple[int, int]:
        """Name a place in the text by a passage's ordinal and an offset in that passage."""
        number = max(index for index, start in enumerate(self.starts) if start <= at)
        return self.first + number, at - self.starts[number]

    def offset(self, place: tuple[int, int]) -> int:
        """Find a named place again; one outside is at the nearer end."""
        number = place[0] - self.first
        if number < 0:
            return 0
        if number >= len(self.starts):
            return len(self.text)
        return max(0, self.starts[number] + place[1])


def context_of(ordinal: int, corpus: Corpus) -> Context:
    """Give a passage with the one before it and the one after it in its section.

    An entry of `not_stated` has no text; what it is about and how people ask stands for it.
    A title that the document's text begins with is left out.
    """
    passage = corpus.passages[ordinal]
    if not passage.stated:
        return _alone(ordinal, "\n".join((passage.heading, *passage.asks)))
    before = corpus.passages[ordinal - 1] if passage.part else None
    after = _after(ordinal, passage, corpus)
    beside = [one for one in (before, passage, after) if one is not None]
    starts = [-_repeated_title(beside[0])]
    for one in beside:
        starts.append(starts[-1] + len(one.text))
    number = 1 if before else 0
    own = Span(max(0, starts[number]), starts[number + 1])
    text = "".join(one.text for one in beside)[-starts[0] :]
    return Context(text, own, ordinal - number, tuple(starts[:-1]))


def _alone(ordinal: int, text: str) -> Context:
    return Context(text, Span(0, len(text)), ordinal, (0,))


def _after(ordinal: int, passage: Passage, corpus: Corpus) -> Passage | None:
    """Give the next part of a passage's section, where there is one."""
    if ordinal + 1 == len(corpus.passages):
        return None
    other = corpus.passages[ordinal + 1]
    return other if other.part == passage.part + 1 else None


def _repeated_title(passage: Passage) -> int:
    """Count the characters with which a text repeats its document's title."""
    title, text = passage.document.title.strip(), passage.text
    start = len(text) - len(text.lstrip())
    if len(title) < REPEATED or not text.startswith(title, start):
        return 0
    end = start + len(title)
    rest = text[end:].lstrip()  # a few characters tell whether anything can be read there
    return end if normalise(rest[:REPEATED]).strip() or normalise(rest).strip() else 0
