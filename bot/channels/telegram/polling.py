"""Fetches updates for as long as the channel is in service, whatever the network does."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from bot.channels.telegram.delivery import seconds_of
from bot.channels.telegram.discretion import without_message
from bot.channels.telegram.handlers import AnyApplication
from bot.channels.telegram.pace import Pace
from bot.channels.telegram.phrases import COMMANDS
from bot.ports import Clock
from bot.telemetry import report_fault

HANDLED = ("message", "callback_query")
SECOND_POLLER = "another process polls with this token: stop it, or give this one its own token"
WRONG_TOKEN = "Telegram refuses the token: check TELEGRAM_TOKEN (@BotFather) and restart"  # noqa: S105 - a sentence, no token

log = logging.getLogger("policybot.telegram")


class CarefulRequest(HTTPXRequest):
    """Reads the server's answers so that one that cannot be read does not stop the others."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Parse an answer; an update that the library cannot read keeps only its id.

        Raises `NetworkError` for what is no answer of the Bot API, e.g. a proxy's own page.
        """
        try:
            content = json.loads(payload.decode("utf-8", "replace"))
        except ValueError:
            content = None
        if not isinstance(content, dict):
            raise NetworkError("not an answer of the Bot API")
        if isinstance(content.get("result"), list):
            content["result"] = [_readable(entry) for entry in content["result"]]
        return content


class Polling:
    """Hands on every update once, in order, and confirms it with the next call."""

    def __init__(
        self,
        application: AnyApplication,
        receive: Callable[[Update], Awaitable[None]],
        clock: Clock,
        pace: Pace,
    ) -> None:
        self._application = application
        self._bot: Bot = application.bot
        self._receive = receive
        self._clock = clock
        self._pace = pace
        self._offset: int | None = None  # None: from the earliest that is not confirmed
        self._conflict_logged: datetime | None = None

    async def run(self) -> None:
        """Connect, then poll until cancelled; every failure is waited out."""
        await self._insist(self._application.initialize)
        await self._insist(self._use_polling)
        await self._show_commands()
        log.info("polling as @%s", self._bot.username)
        while True:
            await self._insist(self._poll)

    async def confirm(self) -> None:
        """Tell Telegram at the end what was handled, so that it is not handled again."""
        if self._offset is None:
            return
        try:
            async with asyncio.timeout(self._pace.last_call):
                await self._bot.get_updates(offset=self._offset, limit=1, timeout=0)
        except (TelegramError, TimeoutError) as error:
            log.warning("the last updates are not confirmed: %s", type(error).__name__)

    async def _poll(self) -> None:
        updates = await self._bot.get_updates(
            offset=self._offset, timeout=self._pace.poll, allowed_updates=HANDLED
        )
        for update in updates:
            await self._receive(update)
            self._offset = update.update_id + 1

    async def _use_polling(self) -> None:
        """Take back a webhook that was set earlier; what is pending stays pending."""
        await self._bot.delete_webhook(drop_pending_updates=False)

    async def _show_commands(self) -> None:
        try:
            await self._bot.set_my_commands(COMMANDS)
        except TelegramError as error:
            log.warning("the menu of commands is not set: %s", type(error).__name__)

    async def _insist(self, call: Callable[[], Awaitable[None]]) -> None:
        """Repeat a call until it succeeds, with growing waits."""
        attempt = 1
        while True:
            try:
                await call()
            except TelegramError as error:
                attempt += 1
                wait = wait_after(error, attempt, self._pace)
                self._log_fault(error, wait)
            except Exception as error:  # noqa: BLE001 - a bug here must not end the service
                attempt += 1
                wait = self._pace.wait_before(attempt)
                report_fault("channels.telegram.polling", without_message(error))
            else:
                return
            await asyncio.sleep(wait)

    def _log_fault(self, error: TelegramError, wait: float) -> None:
        if isinstance(error, InvalidToken):
            log.error("%s; next try in %.0f s", WRONG_TOKEN, wait)
        elif not isinstance(error, Conflict):
            log.warning("Telegram: %s; next try in %.1f s", type(error).__name__, wait)
        elif self._is_conflict_news():
            log.error("%s", SECOND_POLLER)

    def _is_conflict_news(self) -> bool:
        now, quiet = self._clock.now(), timedelta(seconds=self._pace.between_conflict_lines)
        if self._conflict_logged is not None and now - self._conflict_logged < quiet:
            return False
        self._conflict_logged = now
        return True


def wait_after(error: TelegramError, attempt: int, pace: Pace) -> float:
    """Give the seconds to wait before this attempt to poll."""
    if isinstance(error, RetryAfter):
        return min(seconds_of(error.retry_after), pace.longest_flood_wait)
    if isinstance(error, InvalidToken):
        return pace.longest_wait
    return pace.wait_before(attempt)


def _readable(entry: Any) -> Any:
    """Give an update as it is, or only its id where the library cannot read it."""
    if not isinstance(entry, dict) or "update_id" not in entry:
        return entry
    try:
        Update.de_json(dict(entry))
    except Exception as error:  # noqa: BLE001 - whatever is wrong with it, the next one is not
        log.warning("an update that cannot be read is skipped: %s", type(error).__name__)
        return {"update_id": entry["update_id"]}
    return entry
