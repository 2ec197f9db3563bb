"""Passage → excerpt: the window of sentences that answers, its key sentence, highlights.

A window is a run of whole sentences that fits the screen; windows slide by one sentence, also
over the passages beside the one that was found, in the same section. Each is scored by

    coverage + near / 2 - |centre - EARLY| / 2 + GIVEN (where the asked kind of figure is held)

coverage: share of the question's pairs that it holds; near: the same within 50 characters;
centre: where in the window the middle of all matches stands, from 0 to 1.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import mul

from bot.models.questions import Excerpt, Span
from bot.retrieval.cues import Cue
from bot.retrieval.matching import Matches, masses_near, matches_of
from bot.retrieval.tables import with_header
from bot.text.figures import searchable, traced
from bot.text.normalise import before_figure, normalise, origins, sentences

WINDOW = 300  # characters; a phone screen shows about 12 lines of 25
CUE_BONUS = 6.0  # about half of what one rare word says: decides only between like sentences
BIGRAM_SURPRISE = 3.0  # below any word's (5 to 18): pairs tell sentences apart, words decide
NEAR_SHARE = 0.5  # ncp: answer@1 lost .9 points without
EARLY = 0.2  # an answer follows what it answers: ncp, .35 lost .7 points, .5 more
CENTRE_SHARE = 0.5  # ncp: answer@1 lost 2.4 points without, 1.0 was the same within noise
GIVEN = 0.3  # ncp: answer@3 gained .5 points over .15 and over none
SOFT_ENDS = ("；", ";", "，", ",", "、", " ")  # where a sentence too long to show may be cut


@dataclass(frozen=True, slots=True)
class Sought:
    """What a query looks for in a text: terms with how much each says, pairs, and its kind.

    `terms` find the key sentence and the highlights, `pairs`, weighted by idf, the window;
    where there are none, the terms do.
    """

    terms: tuple[tuple[str, float], ...]
    cue: Cue | None = None
    pairs: tuple[tuple[str, float], ...] = ()

    def weigh(self, text: str) -> float:
        """Add up how much the distinct terms say that a text holds, and its cue."""
        searched = searchable(text)
        found = sum(weight for term, weight in self.terms if term in searched)
        if found and self.cue is not None and self.cue.given.search(searched):
            return found + CUE_BONUS
        return found


@dataclass(frozen=True, slots=True)
class Window:
    """A run of sentences, `text[start:end]`, with how well it answers (0 to about 2)."""

    start: int
    end: int
    score: float


def excerpt_of(text: str, sought: Sought, limit: int = WINDOW) -> Excerpt:
    """Choose the best run of whole sentences of at most `limit` characters.

    A sentence longer than the limit is cut at a comma, and where there is none around its
    first matched term. The key sentence is a span of the excerpt's text, as are the highlights.
    """
    window = best_window(text, sought, limit)
    return excerpt_at(text, window, sought, limit) if window else Excerpt(text="")


def excerpt_at(text: str, window: Window, sought: Sought, limit: int = WINDOW) -> Excerpt:
    """Show a window of a text, with the header of the table that it begins in."""
    start, end = _trimmed(text, window.start, window.end)
    units = [one for one in _units(text, limit) if start < one[1] and one[0] < end]
    if not units:
        return Excerpt(text="")
    key_start, key_end = max(units, key=lambda one: (sought.weigh(text[slice(*one)]), -one[0]))
    if end - start > limit:
        start, end = key_start, key_end = _around_first_match(text, (start, end), sought, limit)
        start, end = _trimmed(text, start, end)
    key_start, key_end = _trimmed(text, max(key_start, start), min(key_end, end))
    header, start, end = with_header(text, start, end, key_start, limit)
    shown = header + text[start:end]
    moved = len(header) - start
    key_end = min(key_end, end)
    sentence = Span(key_start + moved, max(key_start, key_end) + moved)
    return Excerpt(shown, highlights_of(shown, sought), sentence)


def best_window(
    text: str,
    sought: Sought,
    limit: int = WINDOW,
    own: Span | None = None,
    taken: Iterable[Span] = (),
) -> Window | None:
    """Find the best window that holds a part of `own` and nothing that is taken already."""
    covered = tuple(taken)
    windows = (
        one
        for one in _scored_windows(text, sought, limit, own or Span(0, len(text)))
        if all(one.end <= span.start or span.end <= one.start for span in covered)
    )
    return max(windows, key=lambda one: (one.score, -one.start), default=None)


@lru_cache(maxsize=64)  # ranking and showing look at the same few texts of one question
def _scored_windows(text: str, sought: Sought, limit: int, own: Span) -> tuple[Window, ...]:
    spans = [one for one in _windows(text, limit) if one[0] < own.end and own.start < one[1]]
    scores = _scores(text, spans, sought) if spans else []
    return tuple(Window(*span, score) for span, score in zip(spans, scores, strict=True))


def _units(text: str, limit: int) -> list[tuple[int, int]]:
    """Cut a text into sentences, and those that are longer than the limit at commas."""
    units = []
    for start, end in sentences(text):
        at = start
        while end - at > limit:
            cut = _soft_end(text, at, at + limit)
            if not cut:
                break
            units.append((at, cut))
            at = cut
        units.append((at, end))
    return units


def _soft_end(text: str, start: int, end: int) -> int:
    """Give where the last part of a sentence ends before `end`; 0 where none does."""
    return next((at + 1 for mark in SOFT_ENDS if (at := text.rfind(mark, start, end)) >= 0), 0)


def _windows(text: str, limit: int) -> list[tuple[int, int]]:
    """Give the longest run of sentences that fits from each sentence on."""
    units = _units(text, limit)
    windows: list[tuple[int, int]] = []
    last = 0
    for first, (start, _) in enumerate(units):
        last = max(last, first)
        while last + 1 < len(units) and len(text[start : units[last + 1][1]].strip()) <= limit:
            last += 1
        windows.append((start, units[last][1]))
        if last + 1 == len(units):
            break
    return windows


def _scores(text: str, spans: Sequence[tuple[int, int]], sought: Sought) -> list[float]:
    """Score windows by the formula of this file; zero where nothing that counts stands.

    A question's own figure does not count, and may be all that it says.
    """
    weighed = [one for one in (sought.pairs or sought.terms) if one[1] > 0]
    weighed = weighed or [one for one in sought.terms if one[1] > 0]
    weights = [weight for _, weight in weighed]
    folded = _aligned(text)
    matches = matches_of(folded, [term for term, _ in weighed])
    near = masses_near(matches, weights)
    given = [one.start() for one in sought.cue.given.finditer(folded)] if sought.cue else []
    scores = []
    for start, end in spans:
        inside = matches.within(start, end)
        if inside.start == inside.stop:
            scores.append(0.0)
            continue
        held = sum(weights[term] for term in set(matches.terms[inside]))
        score = (held + NEAR_SHARE * max(near[inside])) / sum(weights)
        centre = (_middle(matches, inside, weights) - start) / (end - start)
        score -= CENTRE_SHARE * abs(centre - EARLY)
        score += GIVEN * (bisect_left(given, start) < bisect_left(given, end))
        scores.append(score)
    return scores


def _middle(matches: Matches, inside: slice, weights: Sequence[float]) -> float:
    """Give the mean place of some matches, each by its weight."""
    found = [weights[term] for term in matches.terms[inside]]
    return float(sum(map(mul, found, matches.places[inside])) / sum(found))


def _aligned(text: str) -> str:
    """Fold a text so that each character keeps its place; one that becomes several keeps one."""
    folded = normalise(text)
    if len(folded) == len(text):
        return folded
    characters = [" "] * len(text)
    for character, place in zip(folded, origins(text), strict=True):
        characters[place] = character
    return "".join(characters)


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
    searched, came_from = traced(text)
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
