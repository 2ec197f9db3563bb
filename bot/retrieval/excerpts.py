"""Passage → excerpt: the window of sentences that answers, its key sentence, highlights."""

from __future__ import annotations

from dataclasses import dataclass

from bot.models.questions import Excerpt, Span
from bot.retrieval.cues import Cue
from bot.text.figures import searchable, searchable_origins
from bot.text.normalise import before_figure, sentences

WINDOW = 300  # characters; a phone screen shows about 12 lines of 25
CUE_BONUS = 6.0  # about half of what one rare word says: decides only between like sentences
BIGRAM_SURPRISE = 3.0  # below any word's (5 to 18): pairs tell sentences apart, words decide


@dataclass(frozen=True, slots=True)
class Sought:
    """What a query looks for in a text: terms with how much each says, and its kind."""

    terms: tuple[tuple[str, float], ...]
    cue: Cue | None = None

    def weigh(self, text: str) -> float:
        """Add up how much the distinct terms say that a text holds, and its cue."""
        searched = searchable(text)
        found = sum(weight for term, weight in self.terms if term in searched)
        if found and self.cue is not None and self.cue.given.search(searched):
            return found + CUE_BONUS
        return found


def excerpt_of(text: str, sought: Sought, limit: int = WINDOW) -> Excerpt:
    """Choose the best run of whole sentences of at most `limit` characters.

    A sentence longer than the limit is cut around its first matched term. The key sentence
    is a span of the excerpt's text, as are the highlights.
    """
    ranges = sentences(text)
    if not ranges:
        return Excerpt(text="")
    weights = [sought.weigh(text[start:end]) for start, end in ranges]
    key = max(range(len(ranges)), key=lambda index: (weights[index], -index))
    start, end = _window(text, ranges, weights, key, limit)
    key_start, key_end = ranges[key]
    if key_end - key_start > limit:
        start, end = key_start, key_end = _around_first_match(text, ranges[key], sought, limit)
    start, end = _trimmed(text, start, end)
    shown = text[start:end]
    key_start, key_end = _trimmed(text, max(key_start, start), min(key_end, end))
    sentence = Span(key_start - start, key_end - start)
    return Excerpt(shown, highlights_of(shown, sought), sentence)


def _window(
    text: str,
    ranges: tuple[tuple[int, int], ...],
    weights: list[float],
    key: int,
    limit: int,
) -> tuple[int, int]:
    """Grow from the key sentence to whichever neighbour says more, while it fits."""
    first = last = key
    while True:
        before = weights[first - 1] if first > 0 else -1.0
        after = weights[last + 1] if last + 1 < len(ranges) else -1.0
        grown = (first - 1, last) if before > after else (first, last + 1)
        fits = (
            grown[0] >= 0
            and grown[1] < len(ranges)
            and len(text[ranges[grown[0]][0] : ranges[grown[1]][1]].strip()) <= limit
        )
        if not fits:
            return ranges[first][0], ranges[last][1]
        first, last = grown


def _around_first_match(
    text: str, span: tuple[int, int], sought: Sought, limit: int
) -> tuple[int, int]:
    """Cut a long sentence a third of the limit before its first match, no figure in two."""
    places = highlights_of(text[span[0] : span[1]], sought)
    first = places[0].start if places else 0
    start = span[0] + max(0, min(first - limit // 3, span[1] - span[0] - limit))
    end = before_figure(text, start + limit, start)
    while start < end - 1 and start > span[0] and text[start - 1].isdigit():
        start += 1  # forward, so that nothing is lost at the end; half a figure is left out
    return start, end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    start += len(part) - len(part.lstrip())
    return start, start + len(part.strip())


def highlights_of(text: str, sought: Sought) -> tuple[Span, ...]:
    """Find the matched terms in a text; spans are in order and do not touch."""
    searched = searchable(text)
    came_from = searchable_origins(text)
    marked = [False] * len(text)
    for term, _ in sought.terms:
        at = searched.find(term)
        while at >= 0:
            if not searched[at : at + 1].isdigit() or not searched[at - 1 : at].isdigit():
                for start, end in came_from[at : at + len(term)]:  # 30天 is not in 130天
                    marked[start:end] = [True] * (end - start)
            at = searched.find(term, at + 1)
    return _runs(marked)


def _runs(marked: list[bool]) -> tuple[Span, ...]:
    spans = []
    start = None
    for index, is_marked in enumerate([*marked, False]):
        if is_marked and start is None:
            start = index
        elif not is_marked and start is not None:
            spans.append(Span(start, index))
            start = None
    return tuple(spans)
