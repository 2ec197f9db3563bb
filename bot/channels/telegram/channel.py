"""The Telegram channel: starts and stops beside whatever else runs in the event loop."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable
from functools import partial

from telegram import Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import ApplicationBuilder

from bot.channels.telegram.discretion import silence_library_log, without_message
from bot.channels.telegram.handlers import AnyApplication, Handlers
from bot.channels.telegram.lanes import Lanes
from bot.channels.telegram.pace import Pace
from bot.channels.telegram.polling import CarefulRequest, Polling
from bot.errors import SettingsError
from bot.models.documents import Office
from bot.ports import Answering, Clock
from bot.telemetry import report_fault

OFFICIAL_API = "https://api.telegram.org/bot"
TOKEN = re.compile(r"[0-9]+:[0-9A-Za-z_-]+")
AT_ONCE = 16  # more is slower: 256 at once cost 4 times the CPU of 16
MOST_WAITING = 1000  # 10 polls of 100; what is not fetched is kept by Telegram for 24 hours
CONNECTIONS = 32  # 16 handlers at once, each with one call, and as many to spare
POOL_WAIT = 20.0  # seconds for a free connection; the library's 1 s fails in a burst
CALL_WAIT = 10.0  # seconds; an answer that comes after the wait is sent twice

log = logging.getLogger("policybot.telegram")


class TelegramChannel:
    """Answers people on Telegram by polling; to be started and stopped once.

    `base_url` is that of a Bot API server of one's own (with or without `/bot`), else empty.
    `office` and `edition` give the office and the name of the knowledge in service.
    """

    def __init__(
        self,
        token: str,
        answering: Answering,
        office: Callable[[], Office],
        clock: Clock,
        *,
        proxy: str = "",
        base_url: str = "",
        edition: Callable[[], str] = str,
        pace: Pace | None = None,
    ) -> None:
        self._token, self._proxy, self._base_url = token, proxy, base_url
        self._clock, self._pace = clock, pace or Pace()
        self._handlers = Handlers(answering, office, clock, edition, self._pace)
        self._lanes = Lanes(AT_ONCE, MOST_WAITING)
        self._application: AnyApplication | None = None
        self._polling: Polling | None = None
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start to poll in the background, also where Telegram cannot be reached yet.

        Raises `SettingsError` for a token, a proxy or an address that cannot work.
        """
        silence_library_log()
        application = self._build()
        await self._call_once(application)
        receive = partial(self._receive, application)
        self._application = application
        self._polling = Polling(application, receive, self._clock, self._pace)
        self._task = asyncio.create_task(self._polling.run(), name="telegram polling")

    async def stop(self) -> None:
        """Stop polling, let what is being answered be finished, and close; within 10 s."""
        if self._task is None or self._polling is None or self._application is None:
            return
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        await self._lanes.finish(self._pace.unfinished)
        await self._polling.confirm()
        await self._application.bot.shutdown()
        self._task = None

    async def _call_once(self, application: AnyApplication) -> None:
        """Find out now whether the token is right, where Telegram can be reached."""
        try:
            async with asyncio.timeout(self._pace.first_call):
                await application.initialize()
        except InvalidToken:
            await application.bot.shutdown()
            raise _wrong_token() from None  # the library's error says the token
        except (TelegramError, TimeoutError) as error:
            log.warning("Telegram cannot be reached (%s), trying on", type(error).__name__)

    async def _receive(self, application: AnyApplication, update: Update) -> None:
        """Put an update behind the earlier ones of its chat."""
        chat = update.effective_chat
        key = str(chat.id) if chat else ""
        await self._lanes.add(key, partial(self._handle, application, update))

    async def _handle(self, application: AnyApplication, update: Update) -> None:
        try:
            await application.process_update(update)
        except Exception as error:  # noqa: BLE001 - handlers catch theirs: this is the library's
            report_fault("channels.telegram", without_message(error))

    def _build(self) -> AnyApplication:
        if not TOKEN.fullmatch(self._token):
            raise _wrong_token()
        builder = ApplicationBuilder().token(self._token).updater(None).job_queue(None)
        builder = builder.base_url(_address_of(self._base_url))
        application = builder.request(self._request()).get_updates_request(self._request()).build()
        self._handlers.register(application)
        return application

    def _request(self) -> CarefulRequest:
        try:
            return CarefulRequest(
                connection_pool_size=CONNECTIONS,
                proxy=self._proxy or None,
                pool_timeout=POOL_WAIT,
                connect_timeout=CALL_WAIT,
                read_timeout=CALL_WAIT,
                write_timeout=CALL_WAIT,
            )
        except Exception:  # noqa: BLE001 - whatever httpx finds wrong may quote the password
            remedy = "写成 http://主机:端口（socks5:// 需要另装 httpx[socks]）"
            raise SettingsError("TELEGRAM_PROXY", "***", remedy) from None


def _address_of(base_url: str) -> str:
    """Give the address before the token, from one with or without `/bot` or a slash."""
    address = base_url.strip().rstrip("/")
    if not address:
        return OFFICIAL_API
    if not re.match(r"https?://[^/\s]+", address):
        remedy = "写成 http://主机:端口，不用时留空"
        raise SettingsError("TELEGRAM_BASE_URL", base_url, remedy)
    return address if address.endswith("/bot") else f"{address}/bot"


def _wrong_token() -> SettingsError:
    remedy = "Telegram 不接受，请填 @BotFather 给的令牌；用自己的服务器时核对 TELEGRAM_BASE_URL"
    return SettingsError("TELEGRAM_TOKEN", "***", remedy)
