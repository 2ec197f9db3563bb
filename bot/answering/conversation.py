"""Follow-ups get their subject back: 「那洗衣机呢」 after 「一级能效冰箱补多少」."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.models.documents import Document
from bot.models.questions import Conversation
from bot.retrieval.edition import Edition
from bot.text.normalise import normalise
from bot.text.places import find_places, place_named

LONGEST_FOLLOW_UP = 14  # characters; what is longer names its subject itself
FOLLOW_UP = re.compile(r"(那么?|那要是|如果是|要是|换成|还有|另外).*|.*呢[?？!！。\s]*")
LEADING = re.compile(r"^(那么?|如果是|要是|换成|还有|另外)+[,，\s]*")
TRAILING = re.compile(r"呢?[?？!！。\s]*$")


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question as it is searched; `changed` tells that the conversation supplied a part."""

    text: str
    changed: bool = False


def resolve(question: str, conversation: Conversation, edition: Edition) -> Resolved:
    """Give a question that is a follow-up by its form the subject of the conversation.

    An item of a rule takes the place of the item that was asked about, and so does a thing
    that the document does not know, so that it is judged as the thing asked for; anything else
    is put in front of the question before it.
    """
    folded = normalise(question)
    follows = len(folded) <= LONGEST_FOLLOW_UP and FOLLOW_UP.fullmatch(folded)
    rest = TRAILING.sub("", LEADING.sub("", folded)).strip()
    if not (follows and conversation.subject and rest):
        return Resolved(question)
    subject = TRAILING.sub("", normalise(conversation.subject))
    return Resolved(_swapped(rest, subject, edition) or f"{rest}，{subject}", changed=True)


def _swapped(rest: str, subject: str, edition: Edition) -> str:
    """Put what the follow-up names where the subject names its like, empty where it does not."""
    if place_named(rest):
        named = find_places(subject)
        return f"{subject[: named[0].start]}{rest}{subject[named[0].end :]}" if named else ""
    for document in edition.corpus.documents:
        items = _items(document, edition)
        old = _first_in(subject, items)
        if old and (_is_item(rest, items) or _is_unknown(rest, document, edition)):
            return subject.replace(old, rest)
    return ""


def _is_item(rest: str, items: tuple[str, ...]) -> bool:
    """Tell whether a word is an item or the beginning of one (重特大项目 of 重特大项目审查)."""
    return any(item in rest or item.startswith(rest) for item in items)


def _first_in(text: str, names: tuple[str, ...]) -> str:
    return next((name for name in names if name in text), "")


def _is_unknown(rest: str, document: Document, edition: Edition) -> bool:
    """Tell whether the follow-up names a thing that the document does not speak of."""
    held = "".join(f"{section.heading}{section.text}" for section in document.sections)
    analyzer = edition.analyzer
    words = analyzer.analyze_query(rest).words
    return any(analyzer.is_noun(word) and word not in held for word in words)


def _items(document: Document, edition: Edition) -> tuple[str, ...]:
    """Give the items that the rules of a document are about, longest names first."""
    items = [item for benefit in document.benefits for item in benefit.items]
    for limit in document.time_limits:
        items += [limit.item, *limit.also_called]
    folded = [normalise(item) for item in items]
    spellings = {word for item in folded for word in (item, *edition.synonyms.get(item, ()))}
    return tuple(sorted(spellings, key=lambda word: (-len(word), word)))
