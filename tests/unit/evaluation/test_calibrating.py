"""Calibrating: what is tried, how thresholds are chosen, and that trials foretell outcomes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.drafting import draft_of
from bot.evaluation.calibrating import (
    LEAST_ANSWERABLE,
    MOST_HELD_BACK,
    MOST_REFUSED,
    Group,
    Trial,
    choose,
    decided,
    share,
    trials_of,
)
from bot.models.calibration import NO_THRESHOLDS, Calibration
from bot.models.documents import Corpus
from bot.models.judgements import Judgement, Kind, PassageName
from bot.models.questions import Outcome
from bot.retrieval.edition import Edition
from tests.unit import builders
from tests.unit.answering.asking import shipped

DAY = date(2026, 11, 22)
COVERS = st.lists(st.floats(0, 1), min_size=LEAST_ANSWERABLE, max_size=200)


def trial(cover: float, outcome: Outcome = Outcome.ANSWERED, group: Group = Group.ASKS) -> Trial:
    """Make a trial; of the groups that should be answered it was right."""
    right = group in {Group.ASKS, Group.ANSWERABLE} and outcome is not Outcome.NO_ANSWER
    return Trial(group, outcome, cover, right)


@given(COVERS)
def test_the_thresholds_keep_to_their_budgets(covers: list[float]) -> None:
    """Of the answerable no more are refused, and no more held back, than is allowed."""
    trials = tuple(map(trial, covers))
    chosen = choose(trials)
    assert chosen
    assert chosen.refuse_below <= chosen.answer_from
    refused = share(trials, Group.ASKS, Outcome.NO_ANSWER, chosen)
    assert refused <= MOST_REFUSED
    assert refused + share(trials, Group.ASKS, Outcome.HEDGED, chosen) <= MOST_HELD_BACK


@given(COVERS)
def test_the_thresholds_use_up_their_budgets(covers: list[float]) -> None:
    """One step of a hundredth higher would refuse more than is allowed."""
    trials = tuple(map(trial, covers))
    chosen = choose(trials)
    assert chosen
    higher = chosen.refuse_below + 0.01
    below = share(trials, Group.ASKS, Outcome.NO_ANSWER, Calibration(higher, higher))
    assert below > MOST_REFUSED or higher > 1


def test_too_few_questions_choose_nothing() -> None:
    """A threshold that would rest on one or two questions is not set."""
    assert choose([trial(0.5)] * (LEAST_ANSWERABLE - 1)) is None


def test_only_what_was_found_right_counts_as_answerable() -> None:
    """To refuse a question whose passage was not found is no loss."""
    wrong = replace(trial(0.0), right=False)
    found = [trial(0.9)] * LEAST_ANSWERABLE
    assert choose([*found, *[wrong] * 90]) == choose(found)


@pytest.mark.parametrize("outcome", [Outcome.NO_ANSWER, Outcome.TOO_VAGUE, Outcome.DECLINED])
def test_what_rules_refuse_stays_refused(outcome: Outcome) -> None:
    """No threshold brings back what another reason refused."""
    assert decided(outcome, 1.0, NO_THRESHOLDS) is outcome


def test_trials_foretell_what_thresholds_do() -> None:
    """Outcome and cover without thresholds tell the outcome with any, for every shipped ask."""
    corpus = shipped().corpus
    calibration = Calibration(0.6, 0.8)  # high, so that many outcomes change
    free = builders.edition(replace(corpus, calibration=NO_THRESHOLDS))
    strict = builders.edition(replace(corpus, calibration=calibration))
    questions = [f"{ask}，邻居家去过" for one in corpus.passages for ask in one.asks[:1]]
    changed = 0
    for question in questions:
        draft = draft_of(question, free, DAY)
        outcome = draft_of(question, strict, DAY).outcome
        assert outcome is decided(draft.outcome, draft.cover, calibration), question
        changed += outcome is not draft.outcome
    assert changed > len(questions) / 10


def build(corpus: Corpus) -> Edition:
    """Build the edition of a part of the corpus."""
    assert corpus.calibration == NO_THRESHOLDS
    return builders.edition(corpus)


def test_every_ask_is_tried_without_itself_and_without_its_document() -> None:
    """Each once in both ways; an ask that is nowhere else is found by its text alone."""
    asks = {"补贴标准": tuple(f"一级能效家电补贴{number}" for number in "甲乙")}
    trials = tuple(
        trials_of(
            builders.corpus(
                builders.document("a", asks=asks),
                builders.document("b", "道路名称", {"命名": "道路由民政部门命名。"}),
            ),
            (),
            build,
            DAY,
        )
    )
    groups = [one.group for one in trials]
    assert groups.count(Group.ASKS) == groups.count(Group.TAKEN_OUT) == 2
    for one in trials:
        assert one.right is (one.group is Group.ASKS)
        if one.right:
            assert one.cover < 1  # not as staff's own question, which needs no support


def test_judgements_are_tried_but_for_the_kept_ones() -> None:
    """Kept judgements only measure: a threshold never depends on them."""
    right = (PassageName("a", "补贴标准"),)
    asked = [
        Judgement("一级能效家电补贴多少", Kind.ANSWERABLE, right, DAY, kept=False),
        Judgement("手机补贴多少", Kind.NEAR_MISS, (), DAY, kept=False),
        Judgement("二级能效家电补贴多少", Kind.ANSWERABLE, right, DAY, kept=True),
    ]
    trials = tuple(trials_of(builders.corpus(builders.document()), asked, build, DAY))
    assert [(one.group, one.right) for one in trials] == [
        (Group.ANSWERABLE, True),
        (Group.NEAR_MISS, False),
    ]


def test_the_share_of_a_group_counts_every_refusal() -> None:
    """Too vague and declined are no answers either; nothing of nothing is 0."""
    near = [
        trial(0.2, Outcome.ANSWERED, Group.NEAR_MISS),
        trial(0.5, Outcome.ANSWERED, Group.NEAR_MISS),
        trial(0.9, Outcome.ANSWERED, Group.NEAR_MISS),
        trial(1.0, Outcome.TOO_VAGUE, Group.NEAR_MISS),
    ]
    at = Calibration(0.3, 0.6)
    ends = (Outcome.ANSWERED, Outcome.HEDGED, Outcome.NO_ANSWER)
    assert [share(near, Group.NEAR_MISS, one, at) for one in ends] == [0.25, 0.25, 0.5]
    assert share(near, Group.OFF_TOPIC, Outcome.ANSWERED, at) == 0
