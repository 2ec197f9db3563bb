"""Corpus → catalogue: what answering must know of all documents, gathered once an edition.

A question then looks up what it needs; none walks over all documents or passages.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar

from bot.models.documents import Corpus, Document
from bot.text.figures import searchable
from bot.text.normalise import normalise

SHARED_END = 2  # hanzi that people leave off a long item: 审查 of 重特大项目审查
LONGEST_NAME = 80  # characters: nobody types a longer title in full
LONG_ITEM = 6  # hanzi: an item that names itself without its last two

Key = TypeVar("Key", int, str)


class Follower(NamedTuple):
    """A document that follows another one, and how.

    `counts_from` is the day from which it counts (YYYY-MM-DD), empty where it states none: as
    texts, days stand in their order and an empty one before them all.
    """

    document: str
    title: str
    how: str
    counts_from: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What is asked of all documents at once, by plain names, ids and ordinals.

    `topics` in order of documents. `subjects`: folded topics and what people call documents,
    one a line. `followers` by the id of what they follow. `past_names`, `past_months`: folded
    names that only followed documents have, and the months in which those were issued.
    `silent`: ordinals of `not_stated` passages by document id. `items`: folded spellings of
    what rules are about, with the ordinal of the first passage of each of their documents;
    `listed`: those of what benefits list, with the ids of their documents. `firsts`: the
    ordinal of each document's first passage by its id.
    """

    topics: tuple[str, ...]
    subjects: str
    followers: Mapping[str, tuple[Follower, ...]]
    past_names: frozenset[str]
    past_months: frozenset[int]
    silent: Mapping[str, tuple[int, ...]]
    items: Mapping[str, tuple[int, ...]]
    listed: Mapping[str, tuple[str, ...]]
    firsts: Mapping[str, int]


def catalogue_of(corpus: Corpus, synonyms: Mapping[str, tuple[str, ...]]) -> Catalogue:
    """Gather a catalogue; `synonyms` gives the other spellings of a folded word."""
    documents = corpus.documents
    followers = _followers(documents)
    past = tuple(one for one in documents if one.id in followers)
    others = (one for one in documents if one.id not in followers)
    topics = dict.fromkeys(topic for one in documents for topic in one.topics)
    subjects = dict.fromkeys(topics)
    subjects.update(dict.fromkeys(name for one in documents for name in one.also_called))
    return Catalogue(
        topics=tuple(topics),
        subjects=normalise("\n".join(subjects)),
        followers=followers,
        past_names=_own_names(past) - _own_names(others),
        past_months=frozenset(one.issued.month for one in past if one.issued and one.issued.month),
        silent=_silent(corpus),
        items=_by_name((at, item_names(one, synonyms)) for at, one in _firsts(corpus)),
        listed=_by_name((one.id, spellings(listed_items(one), synonyms)) for one in documents),
        firsts={one.id: at for at, one in _firsts(corpus)},
    )


def counts_from(document: Document) -> date | None:
    """Give the day from which a document counts, None where it states no date at all."""
    if document.effective_from:
        return document.effective_from
    if document.issued:
        return document.issued.last_day()
    return document.source.reported


def listed_items(document: Document) -> set[str]:
    """Give what the benefits of a document list, as it is written there."""
    return {item for benefit in document.benefits for item in benefit.items}


def item_names(document: Document, synonyms: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Give what the rules of a document are about, by all names that people use."""
    items = listed_items(document)
    for limit in document.time_limits:
        items |= {limit.item, *limit.also_called}
    return names_of(items, synonyms)


def names_of(items: set[str], synonyms: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Give all spellings of items; people leave off an end that all share (重特大项目审查)."""
    short = {item[:-SHARED_END] for item in items if len(item) >= LONG_ITEM}
    return spellings(items | short, synonyms)


def spellings(items: set[str], synonyms: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Give items folded, with their synonyms."""
    folded = {searchable(item) for item in items}
    return folded | {other for item in folded for other in synonyms.get(item, ())}


def named_in(text: str, names: Collection[str]) -> Iterator[str]:
    """Give the names that a text holds; the work depends on the text, not on the names.

    Shorter ones first at each place; a name that stands twice is given twice.
    """
    if not names:
        return
    for start in range(len(text)):
        for end in range(start + 1, min(len(text), start + LONGEST_NAME) + 1):
            if text[start:end] in names:
                yield text[start:end]


def _followers(documents: Iterable[Document]) -> dict[str, tuple[Follower, ...]]:
    found: dict[str, tuple[Follower, ...]] = {}
    for document in documents:
        start = counts_from(document)
        for one in document.supersedes:
            day = start.isoformat() if start else ""
            follower = Follower(document.id, document.title, one.how, day)
            found[one.document] = (*found.get(one.document, ()), follower)
    return found


def _own_names(documents: Iterable[Document]) -> frozenset[str]:
    own = (name for one in documents for name in (one.title, *one.also_called))
    return frozenset(map(normalise, own))


def _silent(corpus: Corpus) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for ordinal, passage in enumerate(corpus.passages):
        if not passage.stated:
            own = passage.document.id
            found[own] = (*found.get(own, ()), ordinal)
    return found


def _firsts(corpus: Corpus) -> Iterator[tuple[int, Document]]:
    """Give each document with the ordinal of its first passage."""
    before = ""
    for ordinal, passage in enumerate(corpus.passages):
        if passage.document.id != before:
            yield ordinal, passage.document
        before = passage.document.id


def _by_name(named: Iterable[tuple[Key, set[str]]]) -> dict[str, tuple[Key, ...]]:
    """Turn the names of each document into the documents of each name, both in order."""
    found: dict[str, list[Key]] = {}
    for document, names in named:
        for name in sorted(names):
            found.setdefault(name, []).append(document)
    return {name: tuple(documents) for name, documents in found.items()}
