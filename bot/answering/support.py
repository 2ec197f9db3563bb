"""How well a passage carries a question: by its terms, never by its raw score."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.models.documents import Passage
from bot.retrieval.edition import Edition, searched_text
from bot.retrieval.retriever import Query
from bot.text.figures import searchable

# Amounts and counts are what a question brings along, not what it is about.
QUANTITY = re.compile(
    r"[\d.,]+|[\d.]*[一二两三四五六七八九十百千万亿几半]*(个|台|块|岁|件|次|样|条|份|道|成|种|类|点|元|天|月|年|日|家|位|项|万|亿)?"
)


@dataclass(frozen=True, slots=True)
class Support:
    """`cover`: the share (0 to 1) of what the question says that the passage holds too.

    `held` and `missing`: the content words that the passage or its document's names hold in
    full, and those of which they hold nothing.
    """

    cover: float
    held: tuple[str, ...]
    missing: tuple[str, ...]


def support_of(passage: Passage, query: Query, edition: Edition) -> Support:
    """Weigh each content word by how much it says; a part of a word counts as its share.

    Amounts and dates do not count: a question brings its own.
    """
    held = searchable(_held_text(passage))
    words = [word for word in query.words if not QUANTITY.fullmatch(word)]
    says = {word: edition.analyzer.surprise(word) for word in words}
    shares = {word: share_held(word, held, edition) for word in words}
    total = sum(says.values())
    return Support(
        cover=sum(says[word] * shares[word] for word in words) / total if total else 0.0,
        held=tuple(word for word in words if shares[word] == 1),
        missing=tuple(word for word in words if shares[word] == 0),
    )


def _held_text(passage: Passage) -> str:
    document = passage.document
    names = (*document.also_called, *document.topics, document.region, document.issuer)
    return "\n".join((searched_text(passage), *passage.asks, *names))


def share_held(word: str, held: str, edition: Edition) -> float:
    """Give 1 where the word or a synonym is held, else the share of its bigrams that are."""
    if any(spelling in held for spelling in (word, *edition.synonyms.get(word, ()))):
        return 1.0
    pairs = [word[index : index + 2] for index in range(len(word) - 1)]
    if len(pairs) < 2:  # noqa: PLR2004  # a word of two hanzi is its own only pair
        return 0.0
    return sum(pair in held for pair in pairs) / len(pairs)
