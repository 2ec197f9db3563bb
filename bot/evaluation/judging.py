"""Judgements × answering → measures, the tuned and the kept half apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from bot.answering.service import ask
from bot.clock import SHANGHAI
from bot.evaluation.measures import mean, recall_at, reciprocal_rank
from bot.models.judgements import Floors, Judgement, Kind, PassageName
from bot.models.questions import Answer, Asker, Conversation, Outcome, Question
from bot.retrieval.edition import Edition

ANSWERING = frozenset({Outcome.ANSWERED, Outcome.NEEDS_DETAIL})
REFUSING = frozenset({Outcome.NO_ANSWER, Outcome.TOO_VAGUE, Outcome.DECLINED})


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement with what the product said: its outcome and the passages it showed."""

    judgement: Judgement
    outcome: Outcome
    shown: tuple[PassageName, ...]

    @property
    def missed(self) -> bool:
        """Tell whether a person would call this wrong."""
        if self.judgement.kind is Kind.ANSWERABLE:
            refused = self.outcome in REFUSING
            return refused or recall_at(1, self.shown, self.judgement.answers) == 0
        return self.outcome in ANSWERING


@dataclass(frozen=True, slots=True)
class HalfMeasures:
    """The measures of one half, as shares; `questions` counts all of its judgements."""

    questions: int
    recall_at_1: float
    recall_at_3: float
    mrr: float
    answerable_refused: float
    answerable_hedged: float
    near_miss_answered: float
    near_miss_hedged: float
    off_topic_answered: float
    off_topic_hedged: float


def judge_all(judgements: Iterable[Judgement], edition: Edition) -> tuple[Judged, ...]:
    """Ask each question on its own day, after those that it follows."""
    return tuple(_judged(judgement, edition) for judgement in judgements)


def _judged(judgement: Judgement, edition: Edition) -> Judged:
    conversation = Conversation()
    for text in judgement.after:
        conversation = _asked(text, judgement, conversation, edition).conversation
    answer = _asked(judgement.question, judgement, conversation, edition)
    shown = (one.hit.passage for one in answer.evidence)
    names = tuple(PassageName(passage.document.id, passage.heading) for passage in shown)
    return Judged(judgement, answer.outcome, names)


def _asked(
    text: str, judgement: Judgement, conversation: Conversation, edition: Edition
) -> Answer:
    noon = datetime.combine(judgement.asked_on, time(12), SHANGHAI)
    question = Question(text, Asker("evaluation", ""), noon)
    return ask(question, conversation, edition, judgement.asked_on)


def measure(judged: Iterable[Judged]) -> HalfMeasures:
    """Work out the measures; those of answerable questions count refusals as not found."""
    every = tuple(judged)
    by_kind = {kind: [one for one in every if one.judgement.kind is kind] for kind in Kind}
    answerable = by_kind[Kind.ANSWERABLE]
    pairs = [(one.shown, one.judgement.answers) for one in answerable]
    return HalfMeasures(
        questions=len(every),
        recall_at_1=mean([recall_at(1, shown, right) for shown, right in pairs]),
        recall_at_3=mean([recall_at(3, shown, right) for shown, right in pairs]),
        mrr=mean([reciprocal_rank(shown, right) for shown, right in pairs]),
        answerable_refused=_share(answerable, REFUSING),
        answerable_hedged=_share(answerable, {Outcome.HEDGED}),
        near_miss_answered=_share(by_kind[Kind.NEAR_MISS], ANSWERING),
        near_miss_hedged=_share(by_kind[Kind.NEAR_MISS], {Outcome.HEDGED}),
        off_topic_answered=_share(by_kind[Kind.OFF_TOPIC], ANSWERING),
        off_topic_hedged=_share(by_kind[Kind.OFF_TOPIC], {Outcome.HEDGED}),
    )


def _share(judged: list[Judged], outcomes: Iterable[Outcome]) -> float:
    wanted = set(outcomes)
    return mean([float(one.outcome in wanted) for one in judged])


def broken_floors(measures: HalfMeasures, floors: Floors) -> tuple[str, ...]:
    """Name the floors that the measures do not hold, each with its figure."""
    broken = []
    if measures.recall_at_1 < floors.recall_at_1:
        broken.append(f"recall_at_1 {measures.recall_at_1:.3f} 低于 {floors.recall_at_1:.3f}")
    for name in ("off_topic_answered", "near_miss_answered", "answerable_refused"):
        found, most = getattr(measures, name), getattr(floors, name)
        if found > most:
            broken.append(f"{name} {found:.3f} 高于 {most:.3f}")
    return tuple(broken)
