"""What an edit of the knowledge changes: every question asked of two editions, side by side."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from bot.answering.service import ask
from bot.clock import SHANGHAI
from bot.evaluation.judging import Judged
from bot.models.judgements import Judgement, PassageName
from bot.models.questions import (
    FOUND,
    Answer,
    Asker,
    BlockKind,
    Conversation,
    Outcome,
    Question,
    Status,
)
from bot.retrieval.edition import Edition
from bot.text.figures import searchable

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?%?")


class Kind(StrEnum):
    """How an answer changed, the worst first; a question counts under the first that fits."""

    BROKEN = "broken"  # a judgement that passed fails
    LOST = "lost"  # answered, then refused
    FIGURE = "figure"  # the same passage with other figures
    ELSEWHERE = "elsewhere"  # another passage comes first
    STATUS = "status"  # the same passage holds no longer, or holds again
    CAUTION = "caution"  # answered straight, then with a caution
    GAINED = "gained"  # refused, then answered
    WORDING = "wording"  # the same passage in other words
    BETTER = "better"  # a judgement that failed passes, or a caution is gone


@dataclass(frozen=True, slots=True)
class Side:
    """One state of the knowledge: its edition and its judged questions."""

    edition: Edition
    judgements: tuple[Judgement, ...]


@dataclass(frozen=True, slots=True)
class Put:
    """A question to be put to both sides on a day, with what each side's judgement says of it."""

    question: str
    day: date
    before: Judgement | None = None
    after: Judgement | None = None

    @property
    def kept(self) -> bool:
        """Tell whether the question is kept from those who tune."""
        return any(one.kept for one in (self.before, self.after) if one)


@dataclass(frozen=True, slots=True)
class Said:
    """What one edition says: its outcome, its first passage as shown, and the sentence that leads.

    Without a passage the outcome alone counts. `right`: what the judgement of that side says;
    None where it has none.
    """

    outcome: Outcome
    document: str = ""
    title: str = ""
    heading: str = ""
    part: int = 0
    text: str = ""
    status: Status | None = None
    lead: str = ""
    right: bool | None = None

    @property
    def shows(self) -> bool:
        """Tell whether a citizen was shown a passage as an answer."""
        return self.outcome in FOUND


@dataclass(frozen=True, slots=True)
class Change:
    """A question whose answer differs, and how."""

    kind: Kind
    put: Put
    before: Said
    after: Said


@dataclass(frozen=True, slots=True)
class Group:
    """Questions whose answers changed alike; `kept` counts those that are not named."""

    kind: Kind
    before: Said
    after: Said
    questions: tuple[str, ...]
    kept: int


def puts_of(before: Side, after: Side, today: date) -> tuple[Put, ...]:
    """Gather the questions of both sides: judgements on their own day, `asks` today; each once."""
    old, new = ({one.question: one for one in side.judgements} for side in (before, after))
    judged = [
        Put(text, (new.get(text) or old[text]).asked_on, old.get(text), new.get(text))
        for text in dict.fromkeys((*new, *old))
    ]
    known = {(put.question, put.day) for put in judged}
    asks = dict.fromkeys((*_asks(after.edition), *_asks(before.edition)))
    return (*judged, *(Put(text, today) for text in asks if (text, today) not in known))


def _asks(edition: Edition) -> Iterator[str]:
    for document in edition.corpus.documents:
        yield from (ask for one in document.sections for ask in one.asks)
        yield from (ask for one in document.not_stated for ask in one.asks)


def change_of(put: Put, before: Edition, after: Edition) -> Change | None:
    """Put a question to both editions; None where the answers are alike."""
    old, new = _said(put, put.before, before), _said(put, put.after, after)
    judged_alike = old.right is new.right or None in {old.right, new.right}
    if _told(old) == _told(new) and judged_alike:
        return None
    return Change(kind_of(old, new), put, old, new)


def _told(said: Said) -> tuple[object, ...]:
    """Give what counts as the answer; of a refusal only that it is one, not in which words."""
    if not said.shows:
        return (said.outcome,)
    passage = (said.document, said.heading, said.part, said.text)
    return (said.outcome, *passage, said.status, said.lead)


def kind_of(before: Said, after: Said) -> Kind:
    """Tell how an answer changed."""
    if before.right and after.right is False:
        return Kind.BROKEN
    if before.right is False and after.right:
        return Kind.BETTER
    if before.shows != after.shows:
        return Kind.LOST if before.shows else Kind.GAINED
    return _kind_of_shown(before, after) if before.shows else Kind.WORDING


def _kind_of_shown(before: Said, after: Said) -> Kind:
    if _is_elsewhere(before, after):
        return Kind.ELSEWHERE
    if _figures(before) != _figures(after):
        return Kind.FIGURE
    if before.status is not after.status:
        return Kind.STATUS
    if before.outcome is not after.outcome:
        return Kind.CAUTION if after.outcome is Outcome.HEDGED else Kind.BETTER
    return Kind.WORDING


def _is_elsewhere(before: Said, after: Said) -> bool:
    """Tell whether another passage comes first; one whose heading alone changed is the same."""
    if before.document != after.document:
        return True
    same_heading = (before.heading, before.part) == (after.heading, after.part)
    return not same_heading and before.text != after.text


def _figures(said: Said) -> tuple[Counter[str], frozenset[str]]:
    """Give the numbers of a passage, and those of the sentence that leads."""
    passage, lead = (_NUMBER.findall(searchable(text)) for text in (said.text, said.lead))
    return Counter(passage), frozenset(lead)


def _said(put: Put, judgement: Judgement | None, edition: Edition) -> Said:
    noon = datetime.combine(put.day, time(12), SHANGHAI)
    question = Question(put.question, Asker("evaluation", ""), noon)
    answer = ask(question, Conversation(), edition, put.day)
    right = None if judgement is None else not _judged(judgement, answer).missed
    if not answer.evidence:
        return Said(answer.outcome, right=right)
    first = answer.evidence[0]
    passage = first.hit.passage
    return Said(
        outcome=answer.outcome,
        document=passage.document.id,
        title=passage.document.title,
        heading=passage.heading,
        part=passage.part,
        text=passage.text,
        status=first.status,
        lead="\n".join(one.text for one in answer.blocks if one.kind is BlockKind.LEAD),
        right=right,
    )


def _judged(judgement: Judgement, answer: Answer) -> Judged:
    shown = (one.hit.passage for one in answer.evidence)
    names = tuple(PassageName(passage.document.id, passage.heading) for passage in shown)
    return Judged(judgement, answer.outcome, names)


def grouped(changes: Iterable[Change]) -> tuple[Group, ...]:
    """Put questions whose answers changed alike together, the worst first, then the most."""
    found: dict[tuple[object, ...], list[Change]] = {}
    for one in changes:
        key = (one.kind, _shown(one.before, one.after), _shown(one.after, one.before))
        found.setdefault(key, []).append(one)
    groups = [_group(alike) for alike in found.values()]
    order = list(Kind)
    return tuple(
        sorted(groups, key=lambda one: (order.index(one.kind), -len(one.questions) - one.kept))
    )


def _shown(said: Said, other: Said) -> tuple[object, ...]:
    """Give what is shown of a side: the lead only where nothing else tells the sides apart."""
    passage = (said.outcome, said.document, said.heading, said.part, said.text, said.status)
    others = (other.outcome, other.document, other.heading, other.part, other.text, other.status)
    return (*passage, said.lead) if passage == others else passage


def _group(alike: list[Change]) -> Group:
    first = alike[0]
    questions = dict.fromkeys(one.put.question for one in alike if not one.put.kept)
    kept = sum(one.put.kept for one in alike)
    return Group(first.kind, first.before, first.after, tuple(questions), kept)
