"""Judging: what the product said to each judgement, its measures and its floors."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from bot.evaluation.judging import (
    HalfMeasures,
    Judged,
    broken_floors,
    judge_all,
    measure,
)
from bot.models.judgements import Floors, Judgement, Kind, PassageName
from bot.models.questions import Outcome
from tests.unit.builders import document, edition_of

DAY = date(2026, 11, 2)
RIGHT, WRONG, OTHER = (PassageName("a", heading) for heading in ("对", "错", "别"))
FLOORS = Floors(
    recall_at_1=0.85, off_topic_answered=0.0, near_miss_answered=0.2, answerable_refused=0.05
)


def judged(kind: Kind, outcome: Outcome, *shown: PassageName) -> Judged:
    """Make a judged question; where it is answerable, `RIGHT` answers it."""
    answers = (RIGHT,) if kind is Kind.ANSWERABLE else ()
    return Judged(Judgement("问", kind, answers, DAY, kept=True), outcome, shown)


EVERY = (
    judged(Kind.ANSWERABLE, Outcome.ANSWERED, RIGHT, WRONG),
    judged(Kind.ANSWERABLE, Outcome.HEDGED, WRONG, RIGHT),
    judged(Kind.ANSWERABLE, Outcome.ANSWERED, WRONG, OTHER, RIGHT),
    judged(Kind.ANSWERABLE, Outcome.NO_ANSWER),
    judged(Kind.ANSWERABLE, Outcome.TOO_VAGUE),
    judged(Kind.NEAR_MISS, Outcome.ANSWERED, WRONG),
    judged(Kind.NEAR_MISS, Outcome.HEDGED, WRONG),
    judged(Kind.NEAR_MISS, Outcome.NO_ANSWER),
    judged(Kind.NEAR_MISS, Outcome.NO_ANSWER),
    judged(Kind.OFF_TOPIC, Outcome.HEDGED, WRONG),
    judged(Kind.OFF_TOPIC, Outcome.DECLINED),
)


def test_the_measures_are_those_worked_out_by_hand() -> None:
    """Each share is of its own kind of question; what was refused counts as not found."""
    found = measure(EVERY)
    assert found.questions == 11
    assert found.recall_at_1 == pytest.approx(1 / 5)
    assert found.recall_at_3 == pytest.approx(3 / 5)
    assert found.mrr == pytest.approx((1 + 1 / 2 + 1 / 3) / 5)
    assert found.answerable_refused == pytest.approx(2 / 5)
    assert found.answerable_hedged == pytest.approx(1 / 5)
    assert found.near_miss_answered == pytest.approx(1 / 4)
    assert found.near_miss_hedged == pytest.approx(1 / 4)
    assert found.off_topic_answered == 0
    assert found.off_topic_hedged == pytest.approx(1 / 2)


def test_the_measures_of_no_questions_are_zero() -> None:
    """A half without judgements is no error."""
    assert {getattr(measure(()), field.name) for field in fields(HalfMeasures)} == {0}


@pytest.mark.parametrize(
    ("one", "missed"),
    [
        (judged(Kind.ANSWERABLE, Outcome.ANSWERED, RIGHT), False),
        (judged(Kind.ANSWERABLE, Outcome.HEDGED, RIGHT), False),
        (judged(Kind.ANSWERABLE, Outcome.ANSWERED, WRONG, RIGHT), True),
        (judged(Kind.ANSWERABLE, Outcome.NO_ANSWER), True),
        (judged(Kind.ANSWERABLE, Outcome.TOO_VAGUE), True),
        (judged(Kind.ANSWERABLE, Outcome.DECLINED), True),
        (judged(Kind.NEAR_MISS, Outcome.ANSWERED, WRONG), True),
        (judged(Kind.NEAR_MISS, Outcome.NEEDS_DETAIL, WRONG), True),
        (judged(Kind.NEAR_MISS, Outcome.HEDGED, WRONG), False),
        (judged(Kind.OFF_TOPIC, Outcome.NO_ANSWER), False),
        (judged(Kind.OFF_TOPIC, Outcome.DECLINED), False),
    ],
)
def test_a_miss_is_what_a_person_would_call_wrong(one: Judged, missed: bool) -> None:
    """A wrong first passage, a refusal of what is known, an answer to what is not."""
    assert one.missed is missed


def test_floors_that_are_just_met_hold() -> None:
    """A measure may equal its floor."""
    met = replace(
        measure(()),
        recall_at_1=0.85,
        off_topic_answered=0.0,
        near_miss_answered=1 / 5,
        answerable_refused=1 / 20,
    )
    assert broken_floors(met, FLOORS) == ()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("recall_at_1", 0.84, "recall_at_1 0.840 低于 0.850"),
        ("off_topic_answered", 0.01, "off_topic_answered 0.010 高于 0.000"),
        ("near_miss_answered", 0.25, "near_miss_answered 0.250 高于 0.200"),
        ("answerable_refused", 0.1, "answerable_refused 0.100 高于 0.050"),
    ],
)
def test_a_broken_floor_is_named_with_its_figure(name: str, value: float, said: str) -> None:
    """Each floor fails by itself, and says what was found and what was wanted."""
    changes: dict[str, Any] = {"recall_at_1": 1.0, name: value}
    assert broken_floors(replace(measure(()), **changes), FLOORS) == (said,)


def test_every_broken_floor_is_named() -> None:
    """All floors that do not hold are told at once."""
    assert len(broken_floors(measure(EVERY), FLOORS)) == 3


@pytest.mark.parametrize("others", [1, 9])
def test_each_question_is_asked_on_its_own_day(others: int) -> None:
    """Of two rules alike the one that held on that day is shown first, in any size of folder.

    In a folder of three documents the terms that two of them share score below zero.
    """
    text = {"补贴标准": "一级能效的冰箱按售价的20%补贴。"}
    old = document("old", sections=text, effective_until=date(2025, 12, 31))
    new = document("new", sections=text, effective_from=date(2026, 1, 1))
    more = (document(f"x{n}", "其他办法", {"其他": f"事项{n}。"}) for n in range(others))
    edition = edition_of(old, new, *more)
    asked = [
        Judgement("一级能效冰箱补贴多少", Kind.ANSWERABLE, (), day, kept=False)
        for day in (date(2025, 6, 1), date(2026, 6, 1))
    ]
    first = [one.shown[0].document for one in judge_all(asked, edition)]
    assert first == ["old", "new"]


def test_judging_keeps_the_judgement_and_names_what_was_shown() -> None:
    """Passages are named by document and heading; what is refused shows none."""
    edition = edition_of(document())
    asked = [
        Judgement("一级能效家电补贴多少", Kind.ANSWERABLE, (RIGHT,), DAY, kept=True),
        Judgement("火星上有没有水母", Kind.OFF_TOPIC, (), DAY, kept=True),
    ]
    known, unknown = judge_all(asked, edition)
    assert known.judgement is asked[0]
    assert known.shown == (PassageName("a", "补贴标准"),)
    assert (unknown.outcome, unknown.shown) == (Outcome.NO_ANSWER, ())
