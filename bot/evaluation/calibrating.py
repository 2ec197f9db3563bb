"""Where to refuse and where to hedge, from the knowledge's own `asks` and judgements.

A question is answerable where the passage that it belongs to is found first, and both thresholds
are quantiles of the cover of such questions: a given share of them may be refused, a larger one
refused or hedged. What must not be answered has no part in the choice, because each office knows
only a few such questions; it is measured, so that staff see what the choice costs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bot.answering.drafting import draft_of
from bot.answering.smalltalk import without_greeting
from bot.evaluation.measures import mean
from bot.models.calibration import NO_THRESHOLDS, Calibration
from bot.models.documents import Corpus, Passage
from bot.models.judgements import Judgement, PassageName
from bot.models.questions import FOUND, Outcome
from bot.retrieval.edition import Edition
from bot.text.normalise import readable

FOLDS = 5  # of the asks, and of the documents: each is left out once
MOST_REFUSED = 0.03  # of the answerable, by support; rules refuse one in a hundred more
MOST_HELD_BACK = 0.15  # refused or hedged: one in ten hears a caution that it did not need
STEP = 100  # thresholds have two decimals: a few hundred questions tell no finer
LEAST_ANSWERABLE = 40  # below, a threshold would rest on two questions

Build = Callable[[Corpus], Edition]


class Group(StrEnum):
    """Where a trial's question comes from, and whether it should be answered."""

    ASKS = "asks"  # an ask, with itself left out of the index
    ANSWERABLE = "answerable"  # of the judgements that are not kept, as are the next two
    NEAR_MISS = "near_miss"
    OFF_TOPIC = "off_topic"
    TAKEN_OUT = "taken_out"  # an ask, with its whole document left out


TO_BE_ANSWERED = frozenset({Group.ASKS, Group.ANSWERABLE})


@dataclass(frozen=True, slots=True)
class Trial:
    """A question answered without thresholds: its outcome and cover, and whether it was right.

    `right`: the passage shown first is one that answers.
    """

    group: Group
    outcome: Outcome
    cover: float
    right: bool

    def is_meant(self, group: Group) -> bool:
        """Tell whether this counts in the group; of answerable ones, only where it is right."""
        return self.group is group and (self.right or group not in TO_BE_ANSWERED)

    def refused_below(self, threshold: float) -> bool:
        """Tell whether a threshold refuses it, or a rule did."""
        return self.outcome not in FOUND or self.cover < threshold


def decided(outcome: Outcome, cover: float, calibration: Calibration) -> Outcome:
    """Give the outcome that a question without thresholds has with these ones.

    What rules refuse stays refused.
    """
    if outcome not in FOUND:
        return outcome
    if cover < calibration.refuse_below:
        return Outcome.NO_ANSWER
    return Outcome.HEDGED if cover < calibration.answer_from else outcome


def trials_of(
    corpus: Corpus, judgements: Iterable[Judgement], build: Build, day: date
) -> Iterator[Trial]:
    """Try every ask without itself and without its document, and every judgement not kept.

    `build` makes an edition of a corpus; it is called twice for each fold, and once. Asks of
    `not_stated` are left out: they are to be refused by what they say, not by support.
    """
    open_corpus = replace(corpus, calibration=NO_THRESHOLDS)
    for fold in range(FOLDS):
        yield from _asks_left_out(open_corpus, fold, build, day)
        yield from _documents_left_out(open_corpus, fold, build, day)
    edition = build(open_corpus)
    for one in judgements:
        if not one.kept and not one.after:  # a follow-up says nothing by itself
            group = Group(one.kind.value)
            yield _trial(group, one.question, one.answers, edition, one.asked_on)


def choose(trials: Iterable[Trial]) -> Calibration | None:
    """Choose the thresholds; None where too few answerable questions would decide.

    `refuse_below` is the highest threshold that refuses at most `MOST_REFUSED` of the
    answerable, `answer_from` the highest that holds back at most `MOST_HELD_BACK` of them: of the
    asks and of the judgements, each where there are enough. Staff's many ways of asking, found by
    those beside them, must not outvote what citizens ask.
    """
    right = answerable(trials)
    groups = [sorted(one.cover for one in right if one.group is group) for group in TO_BE_ANSWERED]
    enough = [covers for covers in groups if len(covers) >= LEAST_ANSWERABLE]
    if not enough:
        return None
    refuse_below = min(_highest(covers, MOST_REFUSED) for covers in enough)
    answer_from = min(_highest(covers, MOST_HELD_BACK) for covers in enough)
    return Calibration(refuse_below, max(refuse_below, answer_from))


def answerable(trials: Iterable[Trial]) -> tuple[Trial, ...]:
    """Give the trials that should be answered: right at first without thresholds."""
    return tuple(one for one in trials if one.right)


def share(trials: Iterable[Trial], group: Group, outcome: Outcome, at: Calibration) -> float:
    """Give the share of a group that ends so, 0 of nothing; of answerable groups the right ones.

    `NO_ANSWER` counts every kind of refusal.
    """
    meant = [one for one in trials if one.is_meant(group)]
    ended = [decided(one.outcome, one.cover, at) for one in meant]
    refused = outcome is Outcome.NO_ANSWER
    return mean([float(refused if one not in FOUND else one is outcome) for one in ended])


def _highest(covers: list[float], most: float) -> float:
    """Give the highest threshold, in hundredths, below which lie at most so many of the covers."""
    allowed = int(most * len(covers))
    return max(0.0, int(covers[allowed] * STEP) / STEP)


def _asks_left_out(corpus: Corpus, fold: int, build: Build, day: date) -> Iterator[Trial]:
    """Ask a fifth of the asks of each passage of an edition that lacks them."""
    out = [
        (passage, ask)
        for passage in _asked(corpus)
        for number, ask in enumerate(passage.asks)
        if _fold(passage, number) == fold
    ]
    if not out:
        return
    passages = tuple(_without(passage, fold) for passage in corpus.passages)
    edition = build(replace(corpus, passages=passages))
    for passage, ask in out:
        yield _trial(Group.ASKS, ask, (_name(passage),), edition, day)


def _documents_left_out(corpus: Corpus, fold: int, build: Build, day: date) -> Iterator[Trial]:
    """Ask the asks of a fifth of the documents of an edition that lacks these documents."""
    ids = {one.id for one in corpus.documents[fold::FOLDS]}
    out = [ask for one in _asked(corpus) if one.document.id in ids for ask in one.asks]
    documents = tuple(one for one in corpus.documents if one.id not in ids)
    if not out or not documents:
        return
    passages = tuple(one for one in corpus.passages if one.document.id not in ids)
    edition = build(replace(corpus, documents=documents, passages=passages))
    for ask in out:
        yield _trial(Group.TAKEN_OUT, ask, (), edition, day)


def _asked(corpus: Corpus) -> Iterator[Passage]:
    """Give one passage of each section: all parts of a section carry its asks."""
    return (one for one in corpus.passages if one.stated and not one.part)


def _fold(passage: Passage, number: int) -> int:
    """Give the fold of an ask; sections start in different ones, or most asks were in one."""
    return (number + len(passage.heading)) % FOLDS


def _without(passage: Passage, fold: int) -> Passage:
    asks = enumerate(passage.asks)
    kept = tuple(ask for number, ask in asks if _fold(passage, number) != fold)
    return replace(passage, asks=kept)


def _trial(
    group: Group, question: str, answers: tuple[PassageName, ...], edition: Edition, day: date
) -> Trial:
    draft = draft_of(without_greeting(readable(question)), edition, day)
    right = bool(draft.evidence) and _name(draft.evidence[0].hit.passage) in answers
    return Trial(group, draft.outcome, draft.cover, right)


def _name(passage: Passage) -> PassageName:
    return PassageName(passage.document.id, passage.heading)
