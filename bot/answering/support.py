"""How well a passage carries a question: by its terms, never by its raw score."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.models.documents import Passage
from bot.retrieval.cues import is_asking
from bot.retrieval.edition import Edition, searched_text
from bot.retrieval.retriever import Query
from bot.text.normalise import normalise

COMMON = 7.0  # surprise up to which a word (买, 家, 时间) says nothing of a subject
CONTEXT = 0.3  # what a word counts in a clause that only tells the story around the question
# Amounts and counts are what a question brings along, not what it is about.
QUANTITY = re.compile(
    r"[\d.,]+|[\d.]*[一二两三四五六七八九十百千万亿几半]*(个|台|块|岁|件|次|样|条|份|道|成|种|类|点|元|天|月|年|日|家|位|项|万|亿)?"
)
CLAUSES = re.compile(r"[，。？！,?!；;\s]+")


@dataclass(frozen=True, slots=True)
class Support:
    """`cover`: the share (0 to 1) of what the question says that the passage holds too.

    `mass`: how much the held words say together (a rare word about 10). `missing`: the content
    words that neither the passage nor its document's names hold, the most telling first.
    """

    cover: float
    mass: float
    missing: tuple[str, ...]


def support_of(passage: Passage, query: Query, edition: Edition) -> Support:
    """Weigh each content word by how much it says; a part of a word counts as its share.

    Words of clauses that ask count in full, those of the story around them less, and amounts
    and dates not at all.
    """
    held = normalise(_held_text(passage))
    asked = _asking_clauses(query.text)
    cover = total = mass = 0.0
    missing = []
    for word in query.words:
        says = max(0.0, edition.analyzer.surprise(word) - COMMON)
        if QUANTITY.fullmatch(word):
            continue
        share = share_held(word, held, edition)
        weight = says if word in asked else says * CONTEXT
        total += weight
        cover += weight * share
        mass += says * share
        if share == 0:
            missing.append((-says, word))
    return Support(
        cover / total if total else 0.0, mass, tuple(word for _, word in sorted(missing))
    )


def _held_text(passage: Passage) -> str:
    document = passage.document
    names = (*document.also_called, *document.topics, document.region, document.issuer)
    return "\n".join((searched_text(passage), *passage.asks, *names))


def _asking_clauses(text: str) -> str:
    """Give the clauses that ask, the last one where none does by its form."""
    clauses = [clause for clause in CLAUSES.split(normalise(text)) if clause]
    asking = [clause for clause in clauses if is_asking(clause)]
    return "\n".join(asking or clauses[-1:])


def share_held(word: str, held: str, edition: Edition) -> float:
    """Give 1 where the word or a synonym is held, else the share of its bigrams that are."""
    if any(spelling in held for spelling in (word, *edition.synonyms.get(word, ()))):
        return 1.0
    pairs = [word[index : index + 2] for index in range(len(word) - 1)]
    if len(pairs) < 2:  # noqa: PLR2004  # a word of two hanzi is its own only pair
        return 0.0
    return sum(pair in held for pair in pairs) / len(pairs)
