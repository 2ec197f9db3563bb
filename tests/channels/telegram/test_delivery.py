"""Every error of the library has its place: tried again, given up, and what is said of it."""

from __future__ import annotations

import inspect

import pytest
from telegram import error as library

from bot.channels.telegram.delivery import delivery_error, seconds_of, wait_before_retry
from bot.channels.telegram.pace import Pace
from bot.channels.telegram.polling import wait_after

PACE = Pace()


def errors() -> dict[str, tuple[library.TelegramError, float | None, float | None]]:
    """Give one error of each class, its wait before the second try, and its later retry."""
    table: list[tuple[library.TelegramError, float | None, float | None]] = [
        (library.TelegramError("?"), None, None),
        (library.BadRequest("Bad Request: chat not found"), None, None),
        (library.ChatMigrated(-1009), None, None),
        (library.Conflict("Conflict"), None, None),
        (library.EndPointNotFound("Not Found"), None, None),
        (library.Forbidden("Forbidden: bot was blocked by the user"), None, None),
        (library.InvalidToken(), None, None),
        (library.NetworkError("Bad Gateway"), PACE.first_wait, PACE.longest_wait),
        (library.PassportDecryptionError("?"), None, None),
        (library.RetryAfter(7), 7.0, 7.0),
        (library.TimedOut(), PACE.first_wait, PACE.longest_wait),
    ]
    return {type(error).__name__: (error, wait, later) for error, wait, later in table}


def test_every_error_of_the_library_is_mapped() -> None:
    """A class that a later version of the library adds fails this test until it is placed."""
    classes = inspect.getmembers(library, inspect.isclass)
    known = {name for name, each in classes if issubclass(each, library.TelegramError)}

    assert set(errors()) == known


def test_every_error_becomes_a_delivery_error() -> None:
    """It says the channel, what could not be delivered, why, and when it could be."""
    for name, (error, _, later) in errors().items():
        mapped = delivery_error(error, "第2条，共3条", PACE)

        assert (mapped.channel, mapped.retry_after) == ("telegram", later)
        assert "第2条，共3条" in mapped.cause
        assert name in mapped.cause


def test_only_passing_errors_are_tried_again_and_not_for_ever() -> None:
    """A refusal is final; a passing fault is final after the last try."""
    for error, wait, _ in errors().values():
        assert wait_before_retry(error, 2, PACE) == wait
        assert wait_before_retry(error, PACE.tries + 1, PACE) is None


def test_a_flood_wait_longer_than_a_minute_is_given_up() -> None:
    """What may be sent after two minutes answers nobody."""
    minute, longer = library.RetryAfter(60), library.RetryAfter(61)

    assert wait_before_retry(minute, 2, PACE) == 60.0
    assert wait_before_retry(longer, 2, PACE) is None
    assert delivery_error(longer, "", PACE).retry_after == 61.0


def test_waits_between_polls_grow_to_half_a_minute() -> None:
    """A short fault is short, a long outage does not load the network."""
    waits = [wait_after(library.NetworkError("x"), attempt, PACE) for attempt in range(2, 12)]

    assert waits[:3] == [0.5, 1.0, 2.0]
    assert waits[-1] == wait_after(library.NetworkError("x"), 10_000, PACE) == 30.0
    assert wait_after(library.InvalidToken(), 2, PACE) == 30.0
    assert wait_after(library.RetryAfter(600), 2, PACE) == 60.0


@pytest.mark.parametrize("opted_in", ["true", "false"])
@pytest.mark.filterwarnings("ignore:.*retry_after:DeprecationWarning")
def test_periods_are_seconds_before_and_after_the_librarys_change(
    monkeypatch: pytest.MonkeyPatch, opted_in: str
) -> None:
    """The library gives whole seconds today and a timedelta tomorrow."""
    monkeypatch.setenv("PTB_TIMEDELTA", opted_in)

    assert seconds_of(library.RetryAfter(9).retry_after) == 9.0


def test_a_refusal_that_quotes_the_message_is_not_repeated() -> None:
    """Telegram's other refusals are fixed sentences, which help to find the cause."""
    quoting = library.BadRequest("Bad Request: can't parse entities: <张三>")
    fixed = library.BadRequest("Bad Request: chat not found")

    assert "张三" not in str(delivery_error(quoting, "", PACE))
    assert "Chat not found" in str(delivery_error(fixed, "", PACE))
