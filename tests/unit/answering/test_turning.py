"""From which day on a document's status is another one."""

from __future__ import annotations

from datetime import date

from bot.answering.turning import turns_of
from bot.models.documents import Document, Supersession
from bot.models.questions import Status
from tests.unit.builders import catalogue, document

TODAY = date(2026, 11, 2)


def turns(one: Document, *others: Document) -> list[tuple[str, Status]]:
    """Give the turns of a document among others, from today on."""
    return [(str(turn.day), turn.status) for turn in turns_of(one, catalogue(one, *others), TODAY)]


def test_a_document_without_dates_never_turns() -> None:
    """Only today's status is given."""
    assert turns(document()) == [("2026-11-02", Status.UNCONFIRMED)]


def test_a_document_is_over_on_the_day_after_its_last() -> None:
    """Start and end, both to come, turn it twice."""
    dated = document(effective_from=date(2026, 12, 1), effective_until=date(2026, 12, 31))
    assert turns(dated) == [
        ("2026-11-02", Status.NOT_YET),
        ("2026-12-01", Status.IN_FORCE),
        ("2027-01-01", Status.EXPIRED),
    ]


def test_a_document_without_an_end_holds_until_its_review() -> None:
    """After the day by which it was to be reviewed, nobody vouches for it."""
    reviewed = document(effective_from=date(2026, 1, 1), review_by=date(2026, 12, 31))
    assert turns(reviewed) == [
        ("2026-11-02", Status.IN_FORCE),
        ("2027-01-01", Status.UNCONFIRMED),
    ]


def test_what_follows_counts_from_its_own_day() -> None:
    """A document is followed from the day on which the other one counts."""
    newer = document("b", effective_from=date(2027, 3, 1), supersedes=(Supersession("a", "取代"),))
    assert turns(document(), newer)[-1] == ("2027-03-01", Status.SUPERSEDED)
