"""The composition root: settings → wired services; nothing happens at import."""

from __future__ import annotations

import asyncio
import errno
import signal
import socket
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING

from bot.answering import service
from bot.answering.drafts import Trace
from bot.answering.explaining import explain
from bot.clock import SystemClock, day_of
from bot.errors import SettingsError
from bot.models.documents import Corpus
from bot.models.explanations import Explained
from bot.models.questions import Answer, Question
from bot.ports import Clock, Conversations
from bot.reloading.lock import take_lock
from bot.reloading.opening import Place, open_served, origin_of
from bot.reloading.renewing import Renewal
from bot.retrieval.analysing import Progress, silent
from bot.retrieval.building import Origin, open_or_build
from bot.retrieval.edition import Edition
from bot.settings import Settings
from bot.storage.memory import ConversationsInMemory
from bot.telemetry import log

if TYPE_CHECKING:
    from bot.channels.telegram.channel import TelegramChannel

REMEMBERED = 2  # earlier editions whose buttons still work; each keeps its file mapped
DRAIN = 10  # seconds that requests under way get to finish when the service stops


@dataclass(frozen=True, slots=True)
class Served:
    """The edition in service, and by fingerprint the corpora of those before it, latest first."""

    edition: Edition
    earlier: tuple[tuple[str, Corpus], ...] = ()


class Delivery:
    """Fulfils `ports.Answering`: loads the conversation, asks, stores.

    The edition is taken once a question. `day` fixes the day that questions are asked on,
    None takes it from each question.
    """

    def __init__(
        self,
        edition: Edition,
        conversations: Conversations,
        clock: Clock,
        day: date | None = None,
    ) -> None:
        self._served = Served(edition)
        self._conversations = conversations
        self._clock = clock
        self._day = day

    @property
    def edition(self) -> Edition:
        """Give the edition in service; who needs it twice takes it once."""
        return self._served.edition

    def renew(self, edition: Edition) -> None:
        """Put another edition into service for the next question; any thread may do so."""
        before = self._served
        earlier = ((before.edition.fingerprint, before.edition.corpus), *before.earlier)
        self._served = Served(edition, earlier[:REMEMBERED])

    def ask(self, question: Question, day: date | None = None) -> Answer:
        """Answer a question within its asker's conversation; `day` overrides the day."""
        return self._traced(question, day).answer

    def explain(self, question: Question, day: date | None = None) -> Explained:
        """Answer a question as `ask` does, and explain the answer."""
        return explain(self._traced(question, day))

    def _traced(self, question: Question, day: date | None) -> Trace:
        now = question.asked_at
        before = self._conversations.load(question.asker, now)
        named = replace(before, id=question.asker.chat_id)
        asked_on = day or self._day or day_of(now)
        traced = service.trace(question, named, self.edition, asked_on)
        self._conversations.store(question.asker, traced.answer.conversation, now)
        return traced

    def unfold(self, edition: str, ordinal: int) -> Answer | None:
        """Show one whole passage; None where it no longer stands as it was shown.

        A passage of an edition that served lately is shown from the present one, where the
        same document has it under the same heading, word for word.
        """
        served = self._served
        corpora = dict((*served.earlier, (served.edition.fingerprint, served.edition.corpus)))
        shown = corpora.get(edition)
        if shown is None or not 0 <= ordinal < len(shown.passages):
            return None
        hit = service.same_passage(shown.passages[ordinal], served.edition)
        if hit is None:
            return None
        return service.unfold(hit, served.edition, self._day or day_of(self._clock.now()))


def open_edition(settings: Settings, progress: Progress = silent) -> Edition:
    """Map the edition of the knowledge folder; where the folder has changed, have it built.

    Raises `SettingsError` where there is no such folder, `KnowledgeError` with every problem
    of every file, and `EditionError`.
    """
    return open_at(origin_of(settings.knowledge), settings, progress)


def open_at(origin: Origin, settings: Settings, progress: Progress = silent) -> Edition:
    """Map or build the edition of any origin, kept in the data folder."""
    return open_or_build(origin, settings.data, cache_folder(settings.data), progress)


def cache_folder(data: Path) -> Path | None:
    """Make the folder for what can be worked out again; None where it cannot be written."""
    folder = data / "cache"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder


def open_delivery(settings: Settings, day: date | None = None) -> Delivery:
    """Wire everything that answering needs."""
    return Delivery(open_edition(settings), ConversationsInMemory(), SystemClock(), day)


async def serve(settings: Settings) -> None:
    """Run HTTP, and Telegram where a token is set, until SIGTERM or SIGINT; drain, then end.

    Raises `SettingsError` where the address is taken or Telegram refuses the token.
    """
    import uvicorn

    from bot.channels.web.routes import create_api

    listening = _listen(settings)
    lock = _lock(settings)
    delivery, renewal = _serving(settings, kept=lock is not None)
    api = create_api(delivery, SystemClock())
    config = uvicorn.Config(
        api, log_config=None, access_log=False, timeout_graceful_shutdown=DRAIN
    )
    server = uvicorn.Server(config)
    telegram = _telegram(settings, delivery)
    log.info("edition %s in service", delivery.edition.fingerprint)
    log.info("listening on http://%s:%d", *listening.getsockname()[:2])
    # uvicorn raises the signal again once it has drained; by then there is nothing left to end.
    signal.signal(signal.SIGTERM, _ignore)
    if telegram:
        await telegram.start()
    if renewal:
        renewal.start()
    try:
        await server.serve(sockets=[listening])
    finally:
        if renewal:
            await asyncio.to_thread(renewal.stop)
        if telegram:
            await telegram.stop()
        if lock:
            lock.close()
    log.info("stopped")


def _listen(settings: Settings) -> socket.socket:
    try:
        return socket.create_server((settings.host, settings.port))
    except OSError as error:
        address = f"{settings.host}:{settings.port}"
        if error.errno in {socket.EAI_NONAME, errno.EADDRNOTAVAIL}:
            remedy = "这台机器没有这个地址，请写本机的地址，如 127.0.0.1"
            raise SettingsError("POLICYBOT_HOST", settings.host, remedy) from error
        remedy = "这个端口不能用，请换一个端口或停掉占用它的程序"
        raise SettingsError("POLICYBOT_PORT", address, remedy) from error


def _lock(settings: Settings) -> IO[bytes] | None:
    """Take the data folder for this process; None where the folder cannot be written."""
    try:
        lock = take_lock(settings.data)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        log.warning("changes of the knowledge are not watched: no data folder (%s)", reason)
        return None
    if lock is None:
        remedy = "另一个 policybot serve 正在用这个数据文件夹，先停掉它，或另设一个"
        raise SettingsError("POLICYBOT_DATA", str(settings.data), remedy)
    return lock


def _serving(settings: Settings, *, kept: bool) -> tuple[Delivery, Renewal | None]:
    """Open what serves, and what renews it where the data folder can be written."""
    clock = SystemClock()
    place = Place(settings.knowledge, settings.data, cache_folder(settings.data))
    try:
        edition = open_served(place) if kept else open_edition(settings)
    except OSError as error:
        log.warning("changes of the knowledge are not watched: no copy (%s)", error.strerror)
        edition, kept = open_edition(settings), False
    delivery = Delivery(edition, ConversationsInMemory(), clock)
    return delivery, Renewal(place, edition, delivery.renew, clock) if kept else None


def _ignore(_signal: int, _frame: object) -> None:
    """Do nothing: the server has already stopped."""


def _telegram(settings: Settings, delivery: Delivery) -> TelegramChannel | None:
    """Wire the Telegram channel where a token is set; its library is loaded only then."""
    token = settings.telegram_token.get_secret_value()
    if not token:
        return None
    from bot.channels.telegram.channel import TelegramChannel

    return TelegramChannel(
        token=token,
        answering=delivery,
        office=lambda: delivery.edition.corpus.office,
        clock=SystemClock(),
        proxy=settings.telegram_proxy.get_secret_value(),
        base_url=settings.telegram_base_url,
        edition=lambda: delivery.edition.fingerprint,
    )
