"""Follow-ups get their subject back: 「那洗衣机呢」 after 「一级能效冰箱补多少」."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.answering.purchases import OTHER_GRADE
from bot.answering.validity import PRESENT
from bot.models.documents import Document
from bot.models.questions import Conversation
from bot.retrieval.catalogue import item_names, named_in
from bot.retrieval.cues import cue_of, is_asking
from bot.retrieval.edition import Edition
from bot.text.days import day_named
from bot.text.figures import searchable
from bot.text.normalise import normalise
from bot.text.places import find_places, place_named
from bot.text.prices import prices_in

LONGEST_FOLLOW_UP = 14  # characters; what is longer names its subject itself
FOLLOW_UP = re.compile(r"(那么?|那要是|如果是|要是|换成|还有|另外).*|.*呢[?？!！。\s]*")
# What was asked for and is said by itself: 一级, 5999元, 不知道.
DETAIL = re.compile(
    r"(是|就是|应该是|能效|水效)*[一二三四五1-5]级(能效|水效|的)*|(价格|售价|是)*[\d,.]+[元块]?钱?的?|(等级)?不(知道|清楚)"
)
GRADE = re.compile(r"[一二三四五1-5]级")
BEFORE = re.compile(r"以前|之前|过去|从前|原来|原先|早先")
LONG_VERB = 2  # hanzi; what is longer names a thing, whatever jieba's dictionary says
LEADING = re.compile(r"^(那么?|如果是|要是|换成|还有|另外)+[,，\s]*")
TRAILING = re.compile(r"呢?[?？!！。\s]*$")


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question as it is searched; `changed` tells that the conversation supplied a part.

    `subject` is what a next follow-up continues: never a chain of earlier follow-ups. `added`
    is what was put in front of the subject, which an answer must speak of.
    """

    text: str
    subject: str
    changed: bool = False
    added: str = ""


def resolve(question: str, conversation: Conversation, edition: Edition, day: date) -> Resolved:
    """Give a question that is a follow-up by its form the subject of the conversation.

    An item of a rule takes the place of the item that was asked about, and so does a thing
    that the document does not know, so that it is judged as the thing asked for; anything else
    is put in front of the question before it.
    """
    folded = normalise(question)
    rest = TRAILING.sub("", LEADING.sub("", folded)).strip()
    detail = DETAIL.fullmatch(rest) is not None
    follows = len(folded) <= LONGEST_FOLLOW_UP and (detail or FOLLOW_UP.fullmatch(folded))
    if not (follows and conversation.subject and rest):
        return Resolved(question, question)
    subject = TRAILING.sub("", normalise(conversation.subject))
    if detail:
        return _with_detail(rest, subject)
    if is_asking(rest) and any(named_in(rest, edition.catalogue.items)):
        return Resolved(question, question)
    past = PRESENT.sub(rest, subject, 1) if BEFORE.fullmatch(rest) else subject
    swapped = _on_another_day(rest, subject, day) or past
    if swapped == subject:
        swapped = _swapped(rest, subject, edition)
    if swapped:
        return Resolved(swapped, swapped, changed=True)
    return Resolved(f"{rest}，{subject}", subject, changed=True, added=rest)


def _on_another_day(rest: str, subject: str, day: date) -> str:
    """Put the day that a follow-up names where the subject names one, empty where it does not."""
    named, before = day_named(searchable(rest), day), day_named(subject, day)
    if named is None or before is None or named.several or before.several:
        return ""
    return subject.replace(before.said, named.said, 1)


def continued(question: str, conversation: Conversation, edition: Edition) -> Resolved | None:
    """Read a short question without a subject of its own as one about the subject before it.

    「在哪里领」 after 「一级能效冰箱补多少」 asks 「冰箱，在哪里领」; None where it is long, or
    nothing was asked before.
    """
    folded = TRAILING.sub("", normalise(question)).strip()
    if not conversation.subject or not folded or len(folded) > LONGEST_FOLLOW_UP:
        return None
    core = _core(normalise(conversation.subject), edition)
    if not core or core in folded:
        return None
    return Resolved(f"{core}，{folded}", conversation.subject, changed=True, added=folded)


def _core(subject: str, edition: Edition) -> str:
    """Give what a subject is about: the items that it names, else all but its way of asking."""
    items = sorted(set(named_in(subject, edition.catalogue.items)), key=subject.index)
    longest = [one for one in items if not any(one in other and one != other for other in items)]
    if longest:
        return "、".join(longest)
    cue = cue_of(subject)
    bare = cue.asked.sub("", subject) if cue else subject
    return TRAILING.sub("", bare).strip(" ，,")


def _with_detail(rest: str, subject: str) -> Resolved:
    """Put a grade or a price in the place of the subject's own, or in front of it."""
    grade, price = GRADE.search(rest), prices_in(searchable(rest))
    own = prices_in(subject)
    if grade and GRADE.search(subject):
        text = GRADE.sub(grade[0], subject)
    elif price and len(own) == 1:
        said = f"{price[0].amount:f}元"
        text = subject[: own[0].start] + said + subject[own[0].end :]
    elif price:
        text = f"{price[0].amount:f}元，{subject}"
    else:
        text = f"{rest if grade else '等级不知道'}，{subject}"
    return Resolved(text, text, changed=True)


def _documents(rest: str, subject: str, edition: Edition) -> tuple[Document, ...]:
    """Give the documents, in order, whose rules are about an item that is named."""
    items = edition.catalogue.items
    names = {*named_in(rest, items), *named_in(subject, items)}
    ordinals = sorted({ordinal for name in names for ordinal in items[name]})
    return tuple(edition.corpus.passages[ordinal].document for ordinal in ordinals)


def _swapped(rest: str, subject: str, edition: Edition) -> str:
    """Put what the follow-up names where the subject names its like, empty where it does not."""
    if place_named(rest):
        named = find_places(subject)
        return f"{subject[: named[0].start]}{rest}{subject[named[0].end :]}" if named else ""
    grade = None if OTHER_GRADE.search(rest) else GRADE.search(rest)
    if grade and GRADE.search(subject):
        return GRADE.sub(grade[0], subject)
    for document in _documents(rest, subject, edition):
        items = _items(document, edition)
        old, new = _first_in(subject, items), _first_in(rest, items)
        if old and (new or _is_like(rest, old) or _is_unknown(rest, document, edition)):
            return subject.replace(old, rest)
        cue = cue_of(subject)
        asked = cue.asked.search(subject) if cue else None
        if (
            new and asked and document.time_limits
        ):  # the subject names its item in other words: 重大项目几天
            return f"{rest}{asked[0]}"
    return ""


def _is_like(rest: str, item: str) -> bool:
    """Tell whether a word ends as the item does: 小项目 and 重特大项目."""
    return rest[-2:] == item[-2:]


def _first_in(text: str, names: tuple[str, ...]) -> str:
    return next((name for name in names if name in text), "")


def _is_unknown(rest: str, document: Document, edition: Edition) -> bool:
    """Tell whether the follow-up names a thing that the document does not speak of."""
    held = "".join(f"{section.heading}{section.text}" for section in document.sections)
    analyzer = edition.analyzer
    words = analyzer.analyze_query(rest).words
    return any(
        word not in held and (analyzer.may_name_thing(word) or len(word) > LONG_VERB)
        for word in words
    )


def _items(document: Document, edition: Edition) -> tuple[str, ...]:
    """Give the items that the rules of a document are about, longest names first."""
    names = item_names(document, edition.synonyms)
    return tuple(sorted(names, key=lambda word: (-len(word), word)))
