"""The shipped knowledge holds its floors, and every sample in the documentation is real."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from bot.answering.service import ask
from bot.channels.wire import plain_text
from bot.clock import SystemClock
from bot.evaluation.judging import HalfMeasures, broken_floors, judge_all, measure
from bot.knowledge.judgements import load_judgements
from bot.knowledge.loading import load
from bot.models.judgements import Judgements, Kind
from bot.models.questions import Asker, Conversation, Outcome, Question
from bot.retrieval.building import edition_in_memory
from bot.retrieval.edition import Edition

ROOT = Path(__file__).parents[2]
DAY = date(2026, 11, 2)


@pytest.fixture(scope="module")
def edition() -> Edition:
    """The shipped knowledge as an edition."""
    return edition_in_memory(load(ROOT / "knowledge"))


@pytest.fixture(scope="module")
def judgements(edition: Edition) -> Judgements:
    """The shipped judgements."""
    return load_judgements(ROOT / "knowledge", edition.corpus)


def test_the_kept_half_holds_its_floors(edition: Edition, judgements: Judgements) -> None:
    """What was never tuned on is answered and refused at least as well as the floors say."""
    kept = [one for one in judgements.questions if one.kept]
    assert broken_floors(measure(judge_all(kept, edition)), judgements.floors) == ()


def test_there_are_enough_judgements(judgements: Judgements) -> None:
    """At least 500 questions, a third kept, 60 unanswerable, half of these near misses.

    Of follow-ups there are at least 80, half of them kept.
    """
    questions = judgements.questions
    unanswerable = [one for one in questions if one.kind is not Kind.ANSWERABLE]
    follow_ups = [one for one in questions if one.after]
    assert len(questions) >= 500
    assert sum(one.kept for one in questions) * 3 >= len(questions)
    assert len(follow_ups) >= 80
    assert sum(one.kept for one in follow_ups) * 2 >= len(follow_ups)
    assert len(unanswerable) >= 60
    assert sum(one.kind is Kind.NEAR_MISS for one in unanswerable) * 2 >= len(unanswerable)


def test_every_hot_topic_is_answered(edition: Edition) -> None:
    """The questions that the office offers are answered without a caution."""
    for topic in edition.corpus.office.hot_topics:
        question = Question(topic, Asker("test", ""), SystemClock().now())
        assert ask(question, Conversation(), edition, DAY).outcome is Outcome.ANSWERED, topic


def test_the_sample_in_the_readme_is_what_the_product_says(edition: Edition) -> None:
    """The README's sample answer is the present one, word for word."""
    readme = (ROOT / "README.md").read_text("utf-8")
    sample = re.search(r"```\n\$ \S+ ask (\S+)\n(.*?)\n```", readme, re.DOTALL)
    assert sample
    question = Question(sample[1], Asker("test", ""), SystemClock().now())
    assert plain_text(ask(question, Conversation(), edition, DAY)) == sample[2]


def test_the_figures_in_the_readme_are_the_present_ones(
    edition: Edition, judgements: Judgements
) -> None:
    """The README's table of measures is what an evaluation gives now, both halves."""
    readme = (ROOT / "README.md").read_text("utf-8")
    table = re.findall(r"^\| `(\w+)` \| ([\d.]+) \| ([\d.]+) \|", readme, re.MULTILINE)
    judged = judge_all(judgements.questions, edition)
    halves = [
        measure(one for one in judged if one.judgement.kept is kept) for kept in (False, True)
    ]
    assert [name for name, _, _ in table] == [field.name for field in fields(HalfMeasures)]
    for name, *figures in table:
        for figure, half in zip(figures, halves, strict=True):
            assert float(figure) == pytest.approx(getattr(half, name), abs=0.0005), name
