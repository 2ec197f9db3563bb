"""How well a passage carries a question: by its words and their pairs, never by its score."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.models.documents import Passage
from bot.retrieval.edition import Edition, searched_text
from bot.retrieval.retriever import Query
from bot.text.figures import searchable
from bot.text.normalise import normalise
from bot.text.places import find_places, place_named

# What all questions are taken to say beside their own words, in the unit of surprise, and no
# passage holds: one held word is little to go by. A word says 5 to 18.
UNSAID = 4.0
ELSEWHERE = 0.1  # what a place costs that is named and not held; .05 to .15 measured alike
PAIR = 2  # hanzi
HANZI = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
# Amounts and counts are what a question brings along, not what it is about.
QUANTITY = re.compile(
    r"[\d.,]+|[\d.]*[一二两三四五六七八九十百千万亿几半]*(个|台|块|岁|件|次|样|条|份|道|成|种|类|点|元|天|月|年|日|家|位|项|万|亿)?"
)


@dataclass(frozen=True, slots=True)
class Support:
    """`cover`: the share (at most 1) of what the question says that is held.

    `held` and `missing`: the content words that the passage or its document's names hold in
    full, and those of which they hold nothing.
    """

    cover: float
    held: tuple[str, ...]
    missing: tuple[str, ...]


def support_of(
    passage: Passage, query: Query, edition: Edition, beside: Iterable[Passage] = ()
) -> Support:
    """Weigh what of a question is held, by its words and by their pairs of hanzi.

    The cover is the mean of two shares, each weighed by how much a word says: of the content
    words, held by the passage or by those `beside` it (found in the same document), and of the
    pairs of neighbouring hanzi, held by the passage alone. Words that are held one here and one
    there make a document of the right subject; pairs make a sentence. Amounts and dates do not
    count: a question brings its own. A place that is named and not held costs, where no region
    says for whom the document speaks. Chosen by AUROC on public policy documents and on the
    shipped knowledge; CHANGELOG.md has the figures.
    """
    held = searchable(_held_text(passage))
    words = [word for word in query.words if not QUANTITY.fullmatch(word)]
    shares = {word: share_held(word, held, edition) for word in words}
    around = "\n".join((held, *(searchable(f"{one.heading}\n{one.text}") for one in beside)))
    cover = _share(_words(words, around, edition))
    pairs = tuple(_pairs(query, held, edition))
    if pairs:
        cover = (cover + _share(pairs)) / 2
    return Support(
        cover=cover - ELSEWHERE * _places_missing(passage, query, around),
        held=tuple(word for word in words if shares[word] == 1),
        missing=tuple(word for word in words if shares[word] == 0),
    )


def _share(parts: Iterable[tuple[float, float]]) -> float:
    """Give the mean of (weight, share) with what is unsaid."""
    every = tuple(parts)
    total = sum(weight for weight, _ in every) + UNSAID
    return sum(weight * share for weight, share in every) / total


def _words(words: Iterable[str], held: str, edition: Edition) -> Iterator[tuple[float, float]]:
    for word in words:
        yield edition.analyzer.surprise(word), share_held(word, held, edition)


def _pairs(query: Query, held: str, edition: Edition) -> Iterator[tuple[float, float]]:
    """Give the pairs of hanzi of content words, and those that join two of them.

    The pairs of a word say together what the word says; a joining pair the mean of its words.
    A word whose synonym is held is held with its pairs.
    """
    surprise = edition.analyzer.surprise
    content = set(query.words)
    before = ""
    for word in query.tokens:
        if word not in content or QUANTITY.fullmatch(word):
            before = ""
            continue
        if before and HANZI.match(before[-1]) and HANZI.match(word):
            says = (surprise(before) + surprise(word)) / 2
            yield says, float(before[-1] + word[0] in held)
        if len(word) > 1 and HANZI.match(word):
            yield surprise(word), pairs_held(word, held, edition)
        before = word


def _places_missing(passage: Passage, query: Query, held: str) -> float:
    """Give the share of the named places that are not held, 0 where regions decide."""
    if place_named(passage.document.region):
        return 0.0
    asked = normalise(query.text)
    named = find_places(asked)
    missing = [one for one in named if asked[one.start : one.end] not in held]
    if not missing:
        return 0.0
    mentioned = {one.place for one in find_places(held)}
    return sum(one.place not in mentioned for one in missing) / len(named)


def _held_text(passage: Passage) -> str:
    document = passage.document
    names = (*document.also_called, *document.topics, document.region, document.issuer)
    return "\n".join((searched_text(passage), *passage.asks, *names))


def share_held(word: str, held: str, edition: Edition) -> float:
    """Give 1 where the word or a synonym is held, else the share of its bigrams that are."""
    share = pairs_held(word, held, edition)
    # A word of two hanzi is its own only pair.
    return share if share == 1 or len(word) > PAIR else 0.0


def pairs_held(word: str, held: str, edition: Edition) -> float:
    """Give the share of a word's bigrams that are held, 1 where the word or a synonym is."""
    if any(spelling in held for spelling in (word, *edition.synonyms.get(word, ()))):
        return 1.0
    pairs = [word[index : index + PAIR] for index in range(len(word) - 1)]
    return sum(pair in held for pair in pairs) / len(pairs) if pairs else 0.0


def cover_told(cover: float) -> str:
    """Write a cover rounded down: one below a threshold of two decimals never looks like it."""
    return f"{math.floor(cover * 1000) / 1000:.3f}"
