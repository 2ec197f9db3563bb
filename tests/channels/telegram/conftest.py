"""A channel that polls a fake Bot API server, quickly."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.pace import Pace
from bot.telemetry import start_logging
from tests.channels.fake_bot_api import FakeBotApi
from tests.channels.telegram.canned import EDITION, OFFICE, CannedAnswering, SetClock

QUICK = Pace(poll=1, first_call=1.0, first_wait=0.02, longest_wait=0.1, unfinished=1.0)


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Opt in to the library's coming types of periods (the old ones warn); use no proxy."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture(autouse=True)
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Log as the product does, and keep it for the test."""
    start_logging()
    caplog.set_level(logging.INFO)
    return caplog


@pytest.fixture
def answering() -> CannedAnswering:
    """Give an answering room that repeats the question."""
    return CannedAnswering()


@pytest.fixture
def clock() -> SetClock:
    """Give a clock that stands still."""
    return SetClock()


@pytest_asyncio.fixture
async def api() -> AsyncIterator[FakeBotApi]:
    """Give a running Bot API server."""
    async with FakeBotApi() as server:
        yield server


@pytest.fixture
def stopped(api: FakeBotApi, answering: CannedAnswering, clock: SetClock) -> TelegramChannel:
    """Give a channel that is not started yet."""
    return TelegramChannel(
        api.token,
        answering,
        lambda: OFFICE,
        clock,
        base_url=api.base_url,
        edition=lambda: EDITION,
        pace=QUICK,
    )


@pytest_asyncio.fixture
async def channel(stopped: TelegramChannel) -> AsyncIterator[TelegramChannel]:
    """Give a channel that is polling; it is stopped after the test."""
    await stopped.start()
    yield stopped
    await stopped.stop()
