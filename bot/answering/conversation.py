"""Follow-ups get their subject back: 「那洗衣机呢」 after 「一级能效冰箱补多少」."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.answering.validity import asks_for_past
from bot.models.documents import Document
from bot.models.questions import Conversation
from bot.retrieval.edition import Edition
from bot.text.normalise import normalise

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
    if not (follows and conversation.subject):
        return Resolved(question)
    rest = TRAILING.sub("", LEADING.sub("", question)).strip()
    subject = TRAILING.sub("", conversation.subject)
    for document in edition.corpus.documents:
        items = _items(document, edition)
        old = _first_in(subject, items)
        if old and (_first_in(rest, items) or _is_unknown(rest, document)):
            return Resolved(subject.replace(old, rest), changed=True)
    return Resolved(f"{rest}，{subject}", changed=True)


def _first_in(text: str, names: tuple[str, ...]) -> str:
    return next((name for name in names if name in text), "")


def _is_unknown(word: str, document: Document) -> bool:
    held = (f"{section.heading}{section.text}" for section in document.sections)
    return not asks_for_past(word) and not any(word in text for text in held)


def _items(document: Document, edition: Edition) -> tuple[str, ...]:
    """Give the items that the rules of a document are about, longest names first."""
    items = [item for benefit in document.benefits for item in benefit.items]
    for limit in document.time_limits:
        items += [limit.item, *limit.also_called]
    spellings = {word for item in items for word in (item, *edition.synonyms.get(item, ()))}
    return tuple(sorted(spellings, key=lambda word: (-len(word), word)))
