"""What is offered beside an answer is answered, and is something else."""

from __future__ import annotations

from bot.answering.relating import MOST
from bot.models.questions import Outcome
from tests.unit.answering.asking import ask, shipped

FOUND = {Outcome.ANSWERED, Outcome.HEDGED, Outcome.NEEDS_DETAIL}


def test_what_is_related_is_never_refused() -> None:
    """Every question offered below the answer to any section's first ask is answered itself."""
    edition = shipped()
    asked = [one.asks[0] for one in edition.corpus.passages if one.stated and one.asks]
    offered = {question for text in asked for question in ask(text, edition).related}
    assert offered
    assert [text for text in sorted(offered) if ask(text, edition).outcome not in FOUND] == []


def test_related_questions_are_few_and_other_than_what_was_asked() -> None:
    """Three at most, none of them the question, and of sections that are not shown already."""
    edition = shipped()
    for passage in edition.corpus.passages:
        for text in passage.asks[:1]:
            answer = ask(text, edition)
            shown = {one.hit.passage.asks[0] for one in answer.evidence if one.hit.passage.asks}
            assert len(answer.related) <= MOST
            assert text not in answer.related
            assert not shown & set(answer.related)


def test_a_refusal_offers_nothing() -> None:
    """Where nothing was found there is nothing beside it."""
    assert ask("怎么提取公积金", shipped()).related == ()
