"""Two documents in force that state different figures for the same item.

A false alarm costs more than a miss: staff who are called for nothing stop reading. So only
documents of the same region are compared, and only what is surely about the same thing:

- rules (`benefits` of one name or topic, `time_limits`, `services`) that name the same item;
- a sentence that names the item of another document's time limit and, within a few characters, the
  only duration that it states;
- two sentences that are alike to the last character but for figures, and name an item of a rule
  or are long and stand in documents of one topic. Years, months and days belong to the sentence:
  what was true of 2023 does not contradict 2024.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.evaluation.reviewing.findings import Finding, Matter, Shelf
from bot.knowledge.reading import FieldPath
from bot.models.documents import Document
from bot.retrieval.catalogue import listed_items, named_in
from bot.text.figures import searchable

_SENTENCE = re.compile(r"[^。；;！？\n]+")
_DURATION = re.compile(r"(?<![0-9.])([0-9]+(?:个工作日|日|天))")
_FIGURE = re.compile(r"(?<![0-9.])[0-9]+(?:\.[0-9]+)?(?![0-9.]|年|月|日)")
_NEAR = 8  # characters between an item and its figure: 财产登记，受理后…
_SHORTEST = 8  # characters of a sentence beside its figures: shorter ones fit any business
_LONG = 20  # from here on a sentence of the same topic says itself what it is about


@dataclass(frozen=True, slots=True)
class _Stated:
    """A figure that a document states of an item; `about` is what must be equal to compare."""

    document: Document
    path: FieldPath
    about: str
    item: str
    figure: str


def conflicts(shelf: Shelf) -> Iterator[Finding]:
    """Name each pair of places whose figures contradict each other, at the later document.

    Two documents of one title and region, as a second import leaves them, are named, too.
    """
    documents = tuple(shelf.holding())
    yield from _alike(documents, shelf)
    items = frozenset(searchable(item) for one in documents for item in listed_items(one))
    limited = frozenset(searchable(one.item) for other in documents for one in other.time_limits)
    first: dict[tuple[str, str], _Stated] = {}
    told: set[tuple[str, str, str]] = set()
    for document in documents:
        for one in (*_of_rules(document), *_of_texts(document, items | limited, limited)):
            other = first.setdefault((document.region, one.about), one)
            pair = (other.document.id, document.id, one.item)
            if other.document.id == document.id or other.figure == one.figure or pair in told:
                continue
            told.add(pair)
            yield _finding(shelf, one, other)


def _alike(documents: Sequence[Document], shelf: Shelf) -> Iterator[Finding]:
    first: dict[tuple[str, str], Document] = {}
    for document in documents:
        other = first.setdefault((document.region, searchable(document.title)), document)
        if other is not document:
            what = f"和 {other.id} 是同一地区、同一标题，两份都有效"
            remedy = f"重复的移走一份；新的取代旧的，用 policybot retire {other.id}"
            note = shelf.reading(document.id).problem(("title",), what, remedy)
            yield Finding(Matter.CONFLICT, note)


def _finding(shelf: Shelf, one: _Stated, other: _Stated) -> Finding:
    place = shelf.place(other.document.id, other.path)
    what = f"{one.item}写的是{one.figure}，{place} 写的是{other.figure}"
    remedy = "核对哪个对；旧的一份用 policybot retire 写明到期或被接替"
    return Finding(Matter.CONFLICT, shelf.reading(one.document.id).problem(one.path, what, remedy))


def _of_rules(document: Document) -> Iterator[_Stated]:
    """Give the figures that rules state, one for each item, grade and topic."""
    for place, benefit in enumerate(document.benefits):
        for item in benefit.items:
            for name in (benefit.name, *document.topics):
                about = f"{name}\n{searchable(item)}"
                for number, rate in enumerate(benefit.rates):
                    path: FieldPath = ("benefits", place, "rates", number)
                    share, grade = f"{_plain(rate.share * 100)}%", str(rate.when)
                    yield _Stated(document, path, f"{about}\n{grade}", f"{item}的补贴比例", share)
                if benefit.cap is not None:
                    path, cap = ("benefits", place, "cap"), f"{_plain(benefit.cap)}元"
                    yield _Stated(document, path, f"{about}\ncap", f"{item}的补贴上限", cap)
    for place, limit in enumerate(document.time_limits):
        figure = f"{limit.days}{'个工作日' if limit.working else '日'}"
        for item in (limit.item, *limit.also_called):
            path = ("time_limits", place, "within")
            yield _Stated(document, path, _limit(item), f"{item}的时限", figure)
    for place, service in enumerate(document.services):
        if service.time_limit:
            path, figure = ("services", place, "time_limit"), searchable(service.time_limit)
            yield _Stated(document, path, _limit(service.name), f"{service.name}的时限", figure)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _limit(item: str) -> str:
    return f"time limit\n{searchable(item)}"


def _of_texts(
    document: Document, items: frozenset[str], limited: frozenset[str]
) -> Iterator[_Stated]:
    """Give the figures of sentences; `limited` are the items of time limits, folded."""
    for place, section in enumerate(document.sections):
        path: FieldPath = ("sections", place, "text")
        for sentence in _SENTENCE.findall(searchable(section.text)):
            yield from _duration(document, path, sentence, limited)
            bare = _FIGURE.sub("…", sentence)
            size = len(bare.replace("…", ""))
            if "…" not in bare or size < _SHORTEST:
                continue
            named = any(named_in(sentence, items))
            for subject in ("",) if named else document.topics if size >= _LONG else ():
                figures = "、".join(_FIGURE.findall(sentence))
                yield _Stated(document, path, f"{subject}\n{bare}", f"“{bare}”", figures)


def _duration(
    document: Document, path: FieldPath, sentence: str, limited: frozenset[str]
) -> Iterator[_Stated]:
    """Give the duration that a sentence states right behind an item, where it states only one."""
    found = list(_DURATION.finditer(sentence))
    named = set(named_in(sentence, limited))
    if len(found) != 1 or len(named) != 1:
        return
    (item,) = named
    behind = sentence.index(item) + len(item)
    if 0 <= found[0].start() - behind <= _NEAR:
        yield _Stated(document, path, _limit(item), f"{item}的时限", found[0][1])
