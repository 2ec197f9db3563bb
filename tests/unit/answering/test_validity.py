"""Whether a document holds on a day, and in which order documents are preferred."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering.validity import asks_for_past, preferred, status_on, successor_of
from bot.models.documents import Document, PartialDate, Source, Supersession
from bot.models.questions import BlockKind, Hit, Outcome, Status
from bot.retrieval.catalogue import Catalogue, counts_from
from tests.unit import builders
from tests.unit.answering.asking import ask, small, texts_of

DAY = date(2026, 11, 22)
BEFORE = DAY - timedelta(days=1)
AFTER = DAY + timedelta(days=1)
LONG_AGO = date(2020, 1, 1)

# What a document states → its status on DAY where nothing follows it.
STATES: list[tuple[dict[str, Any], Status]] = [
    ({}, Status.UNCONFIRMED),
    ({"review_by": AFTER}, Status.UNCONFIRMED),
    ({"effective_until": AFTER}, Status.UNCONFIRMED),
    ({"effective_until": DAY}, Status.UNCONFIRMED),
    ({"effective_until": BEFORE}, Status.EXPIRED),
    ({"effective_until": AFTER, "review_by": AFTER}, Status.UNCONFIRMED),
    ({"effective_from": LONG_AGO}, Status.UNCONFIRMED),
    ({"effective_from": LONG_AGO, "review_by": BEFORE}, Status.UNCONFIRMED),
    ({"effective_from": LONG_AGO, "review_by": DAY}, Status.IN_FORCE),
    ({"effective_from": LONG_AGO, "review_by": AFTER}, Status.IN_FORCE),
    ({"effective_from": DAY, "review_by": AFTER}, Status.IN_FORCE),
    ({"effective_from": AFTER, "review_by": AFTER}, Status.NOT_YET),
    ({"effective_from": LONG_AGO, "effective_until": AFTER}, Status.IN_FORCE),
    ({"effective_from": LONG_AGO, "effective_until": DAY}, Status.IN_FORCE),
    ({"effective_from": DAY, "effective_until": DAY}, Status.IN_FORCE),
    ({"effective_from": LONG_AGO, "effective_until": BEFORE}, Status.EXPIRED),
    (
        {"effective_from": LONG_AGO, "effective_until": BEFORE, "review_by": AFTER},
        Status.EXPIRED,
    ),
    (
        {"effective_from": LONG_AGO, "effective_until": AFTER, "review_by": BEFORE},
        Status.IN_FORCE,
    ),
    ({"effective_from": AFTER, "effective_until": AFTER}, Status.NOT_YET),
    ({"issued": PartialDate(2020, 1, 1)}, Status.UNCONFIRMED),
    ({"issued": PartialDate(2026)}, Status.NOT_YET),
    ({"issued": PartialDate(2026, 11)}, Status.NOT_YET),
    ({"issued": PartialDate(2026, 11, 22)}, Status.UNCONFIRMED),
    ({"issued": PartialDate(2026, 11, 23)}, Status.NOT_YET),
    ({"issued": PartialDate(2026, 10)}, Status.UNCONFIRMED),
    ({"issued": PartialDate(2020, 1, 1), "effective_until": BEFORE}, Status.EXPIRED),
    ({"source": Source("报", reported=AFTER)}, Status.NOT_YET),
    ({"source": Source("报", reported=DAY)}, Status.UNCONFIRMED),
    ({"source": Source("报", published=AFTER)}, Status.UNCONFIRMED),
    ({"effective_from": AFTER, "issued": PartialDate(2020)}, Status.NOT_YET),
]


def followed_by(successor: Document | None, **states: Any) -> tuple[Document, Catalogue]:
    """Make a document, and a catalogue of it with the one that follows it."""
    document = builders.document("old", **states)
    others = (successor,) if successor else ()
    return document, builders.catalogue(document, *others)


@pytest.mark.parametrize(("states", "status"), STATES, ids=str)
def test_a_status_follows_from_the_stated_dates_alone(
    states: dict[str, Any], status: Status
) -> None:
    """Each combination of stated dates gives its one status on a day."""
    document, catalogue = followed_by(None, **states)
    assert status_on(document, catalogue, DAY) is status


@pytest.mark.parametrize(
    ("successor_states", "follows"),
    [
        ({"effective_from": DAY}, True),
        ({"effective_from": AFTER}, False),
        ({"effective_from": AFTER, "issued": PartialDate(2020)}, False),
        ({"issued": PartialDate(2026, 11)}, False),
        ({"issued": PartialDate(2026, 11, 22)}, True),
        ({"source": Source("报", reported=DAY)}, True),
        ({"source": Source("报", reported=AFTER)}, False),
        ({}, True),
    ],
    ids=str,
)
def test_a_document_is_superseded_from_the_day_its_successor_counts(
    successor_states: dict[str, Any], follows: bool
) -> None:
    """The day before its successor counts a document is as if nothing followed it."""
    successor = builders.document(
        "new", supersedes=(Supersession("old", "取代"),), **successor_states
    )
    document, catalogue = followed_by(successor, effective_from=LONG_AGO, effective_until=AFTER)
    expected = Status.SUPERSEDED if follows else Status.IN_FORCE
    assert status_on(document, catalogue, DAY) is expected
    assert (successor_of(document, catalogue, DAY) is not None) is follows


def test_an_expired_document_that_is_followed_counts_as_superseded() -> None:
    """What came after is of more use than that a period is over."""
    successor = builders.document("new", supersedes=(Supersession("old", "升级"),))
    document, catalogue = followed_by(successor, effective_until=BEFORE)
    assert status_on(document, catalogue, DAY) is Status.SUPERSEDED


@pytest.mark.parametrize(
    ("states", "day"),
    [
        ({"effective_from": DAY, "issued": PartialDate(2020)}, DAY),
        ({"issued": PartialDate(2024, 2)}, date(2024, 2, 29)),
        ({"issued": PartialDate(2023, 2)}, date(2023, 2, 28)),
        ({"issued": PartialDate(2023)}, date(2023, 12, 31)),
        ({"issued": PartialDate(2023), "source": Source("报", reported=DAY)}, date(2023, 12, 31)),
        ({"source": Source("报", reported=DAY)}, DAY),
        ({}, None),
    ],
    ids=str,
)
def test_an_undated_start_counts_from_the_end_of_what_is_stated(
    states: dict[str, Any], day: date | None
) -> None:
    """A document counts from its start, else from the end of its issue, else from its report."""
    assert counts_from(builders.document(**states)) == day


DAYS = st.dates(date(2023, 1, 1), date(2027, 12, 31))
PARTIAL = st.builds(
    lambda day, exact: PartialDate(*(day.year, day.month, day.day)[:exact]),
    DAYS,
    st.integers(1, 3),
)
STATED = st.fixed_dictionaries(
    {},
    optional={
        "effective_from": DAYS,
        "effective_until": DAYS,
        "review_by": DAYS,
        "issued": PARTIAL,
        "source": st.builds(Source, st.just("报"), reported=DAYS),
    },
)
ORDER = (
    Status.NOT_YET,
    Status.IN_FORCE,
    Status.UNCONFIRMED,
    Status.EXPIRED,
    Status.SUPERSEDED,
)


@settings(max_examples=200, deadline=None)
@given(STATED, STATED, DAYS)
def test_in_force_is_only_said_of_stated_dates(
    states: dict[str, Any], follows: dict[str, Any], day: date
) -> None:
    """In force needs a start that has come, an end or a review that has not, and no successor."""
    successor = builders.document("new", supersedes=(Supersession("old", "取代"),), **follows)
    document, catalogue = followed_by(successor, **states)
    status = status_on(document, catalogue, day)
    if status is Status.IN_FORCE:
        assert document.effective_from is not None
        assert document.effective_from <= day
        assert document.effective_until is None or day <= document.effective_until
        assert document.effective_until or (document.review_by and day <= document.review_by)
        assert (counts_from(successor) or day) > day
    if status is Status.EXPIRED:
        assert document.effective_until is not None
        assert document.effective_until < day


@settings(max_examples=200, deadline=None)
@given(STATED, STATED, DAYS, DAYS)
def test_a_status_never_goes_back_in_time(
    states: dict[str, Any], follows: dict[str, Any], one: date, other: date
) -> None:
    """From one day to a later one a document is never younger: expired never holds again."""
    successor = builders.document("new", supersedes=(Supersession("old", "取代"),), **follows)
    document, catalogue = followed_by(successor, **states)
    earlier, later = (
        ORDER.index(status_on(document, catalogue, day)) for day in sorted((one, other))
    )
    assert earlier <= later


def hit(score: float, **fields: Any) -> Hit:
    """Make a hit on a document's one passage."""
    return Hit(builders.passage("每件最高补贴800元。", **fields), 0, score, ("补贴",))


NEW = hit(8.0, id="new", supersedes=(Supersession("old", "升级"),))
OLD = hit(9.0, id="old", effective_from=LONG_AGO)
EXPIRED = hit(10.0, id="expired", effective_until=BEFORE)
COMING = hit(11.0, id="coming", effective_from=AFTER)
HITS = (COMING, EXPIRED, OLD, NEW)
CATALOGUE = builders.catalogue(*(one.passage.document for one in HITS))


def names(hits: tuple[Hit, ...]) -> list[str]:
    """Give the ids of the documents in order."""
    return [one.passage.document.id for one in hits]


def test_documents_that_do_not_hold_come_last() -> None:
    """Expired, superseded and coming rules stand behind the one that holds, else in order."""
    assert names(preferred(HITS, CATALOGUE, DAY, past=False)) == [
        "new",
        "coming",
        "expired",
        "old",
    ]


def test_a_rule_of_the_past_comes_first_where_the_past_is_asked_for() -> None:
    """Asked for an earlier rule, what was superseded stands before what followed it."""
    ordered = names(preferred((NEW, OLD), CATALOGUE, DAY, past=True))
    assert ordered == ["old", "new"]


def test_a_rule_to_come_is_never_a_rule_of_the_past() -> None:
    """Asked for an earlier rule, one that is not yet in force does not come first."""
    holds = hit(8.0, id="holds", effective_from=LONG_AGO, review_by=AFTER)
    coming = hit(9.0, id="coming", effective_from=AFTER)
    catalogue = builders.catalogue(holds.passage.document, coming.passage.document)
    assert names(preferred((coming, holds), catalogue, DAY, past=True))[0] == "holds"


def test_a_rule_of_the_past_on_another_subject_stays_behind() -> None:
    """Asking for the past does not pull up a document that is hardly about the question."""
    elsewhere = hit(1.0, id="expired", effective_until=BEFORE)
    assert names(preferred((NEW, elsewhere), CATALOGUE, DAY, past=True)) == ["new", "expired"]


@settings(max_examples=100, deadline=None)
@given(st.permutations(HITS), st.booleans())
def test_preferring_loses_no_hit(hits: list[Hit], past: bool) -> None:
    """The same hits come out, whatever holds."""
    ordered = preferred(hits, CATALOGUE, DAY, past)
    assert sorted(names(ordered)) == sorted(names(tuple(hits)))


def test_no_hits_are_preferred_to_none() -> None:
    """Without hits there is nothing to order."""
    assert preferred((), CATALOGUE, DAY, past=True) == ()


MONTHLY = builders.catalogue(
    builders.document("new", supersedes=(Supersession("june", "升级"),)),
    builders.document("june", issued=PartialDate(2024, 6)),
)


@pytest.mark.parametrize("question", ["以前补多少", "6月份那次补多少", "旧政策补多少", "上一版"])
def test_a_question_for_an_earlier_rule_is_recognised(question: str) -> None:
    """Words for an earlier rule ask for the past."""
    assert asks_for_past(question, MONTHLY)


@pytest.mark.parametrize("question", ["冰箱补多少", "旧冰箱怎么换", "买二月花要多少钱", "6个月"])
def test_a_question_for_today_is_not_one_for_the_past(question: str) -> None:
    """Old things and spans of time do not ask for an earlier rule."""
    assert not asks_for_past(question, MONTHLY)


def test_a_rule_that_is_over_is_never_a_plain_answer() -> None:
    """Where nothing that holds is found, what is shown carries a caution and brings no amount."""
    after = date(2031, 1, 1)
    answer = ask("路边停车每小时收费多少元", small(), after)
    assert answer.outcome is Outcome.HEDGED
    assert "没有找到现在适用的规定" in answer.blocks[0].text
    assert ask("路边停车每小时收费多少元", small(), date(2026, 1, 1)).outcome is Outcome.ANSWERED


def test_a_followed_rule_is_not_put_first_for_its_own_asks() -> None:
    """Staff's `asks` of a rule that was followed do not put it before the one that holds."""
    old = builders.document(
        "old",
        "高龄津贴发放办法（2021年）",
        {"发放标准": "八十岁以上老人每人每月发放高龄津贴30元。"},
        {"发放标准": ("八十岁老人补多少钱",)},
        effective_from=date(2021, 1, 1),
    )
    new = builders.document(
        "new",
        "高龄津贴发放办法（2024年）",
        {"发放标准": "八十岁以上老人每人每月发放高龄津贴50元。"},
        {"发放标准": ("高龄津贴一个月多少",)},
        effective_from=date(2024, 1, 1),
        supersedes=(Supersession("old", "废止"),),
    )
    edition = builders.edition_of(old, new)
    answer = ask("八十岁老人补多少钱", edition, date(2024, 6, 1))
    assert answer.evidence[0].hit.passage.document.id == "new"
    assert "50元" in texts_of(answer, BlockKind.LEAD)
