"""What citizens can find: every ask, judgement and hot question is put to the edition.

A section is reached where one of them shows it among the passages of its answer, or where its
document's title with its own heading brings it among the first three hits: who asks in the
document's own words and does not get it, cannot get it at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from bot.answering.drafting import SHOWN, draft_of
from bot.answering.drafts import Draft
from bot.answering.smalltalk import without_greeting
from bot.evaluation.reviewing.findings import Finding, Matter, Shelf
from bot.knowledge.reading import FieldPath
from bot.models.documents import Document
from bot.models.judgements import PassageName
from bot.models.questions import Hit
from bot.retrieval.edition import Edition
from bot.text.normalise import readable

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class _Asked:
    """The edition as questions are put to it, with what they have shown so far."""

    edition: Edition
    shown: set[PassageName] = field(default_factory=set)

    def ask(self, question: str, day: date) -> Draft:
        draft = draft_of(without_greeting(readable(question)), self.edition, day)
        self.shown.update(_name(one.hit) for one in draft.evidence)
        return draft


def reaching(shelf: Shelf, progress: Progress) -> Iterator[Finding]:
    """Put all questions, and name what does not find its own section and what nothing finds."""
    asked = _Asked(shelf.edition)
    yield from _hot(shelf, asked)
    for one in shelf.judgements:
        asked.ask(one.question, one.asked_on)
    documents = tuple(shelf.holding())
    for done, document in enumerate(documents, 1):
        yield from _asks(shelf, asked, document)
        progress(done, len(documents))
    for document in documents:
        yield from _unreached(shelf, asked, document)


def _hot(shelf: Shelf, asked: _Asked) -> Iterator[Finding]:
    """Name hot questions without an answer, and their sections without `asks`."""
    for place, question in enumerate(shelf.edition.corpus.office.hot_topics):
        draft = asked.ask(question, shelf.today)
        if not draft.evidence:
            what = f"热门问题“{question}”没有答案"
            remedy = "换一个答得了的问题，或给该回答它的段落写上 asks"
            yield from _in_office(shelf, ("hot_topics", place), what, remedy)
            continue
        passage = draft.evidence[0].hit.passage
        if not passage.asks:
            what = f"热门问题“{question}”由“{passage.heading}”回答，这一段没有 asks"
            remedy = "写上五到十条群众的说法，热门的段落最要紧"
            headings = [one.heading for one in passage.document.sections]
            path = ("sections", headings.index(passage.heading), "heading")
            note = shelf.reading(passage.document.id).problem(path, what, remedy)
            yield Finding(Matter.HOT, note)


def _in_office(shelf: Shelf, path: FieldPath, what: str, remedy: str) -> Iterator[Finding]:
    if shelf.read.office:
        yield Finding(Matter.HOT, shelf.read.office.reading.problem(path, what, remedy))


def _asks(shelf: Shelf, asked: _Asked, document: Document) -> Iterator[Finding]:
    """Name the asks that show another section first, or none.

    Those of `not_stated` must show none: the document does not say it.
    """
    for place, section in enumerate(document.sections):
        own = PassageName(document.id, section.heading)
        for number, ask in enumerate(section.asks):
            draft = asked.ask(ask, shelf.today)
            first = _name(draft.evidence[0].hit) if draft.evidence else None
            if first != own:
                found = f"先找到的是 {first.document} 的“{first.heading}”" if first else "被拒答"
                remedy = "换一个更贴近这一段的说法，或在正文里写上这些词；该由那一段回答的就移过去"
                path = ("sections", place, "asks", number)
                yield _ask(shelf, document, path, f"“{ask}”{found}", remedy)
    for place, silent in enumerate(document.not_stated):
        for number, ask in enumerate(silent.asks):
            draft = asked.ask(ask, shelf.today)
            if draft.evidence:
                first = _name(draft.evidence[0].hit)
                what = f"“{ask}”应当说没有写，却用 {first.document} 的“{first.heading}”回答了"
                path = ("not_stated", place, "asks", number)
                remedy = "换一个更贴近这件事的说法，或再写几条"
                yield _ask(shelf, document, path, what, remedy)


def _ask(shelf: Shelf, document: Document, path: FieldPath, what: str, remedy: str) -> Finding:
    return Finding(Matter.ASKS, shelf.reading(document.id).problem(path, what, remedy))


def _unreached(shelf: Shelf, asked: _Asked, document: Document) -> Iterator[Finding]:
    for place, section in enumerate(document.sections):
        own = PassageName(document.id, section.heading)
        if own in asked.shown:
            continue
        draft = asked.ask(f"{document.title}{section.heading}", shelf.today)
        if own not in {_name(hit) for hit in draft.hits[:SHOWN]}:
            what = f"没有问题能找到“{section.heading}”这一段"
            remedy = "写上 asks；和别的段落重复的就合并"
            path = ("sections", place, "heading")
            note = shelf.reading(document.id).problem(path, what, remedy)
            yield Finding(Matter.UNREACHED, note)


def _name(hit: Hit) -> PassageName:
    return PassageName(hit.passage.document.id, hit.passage.heading)
