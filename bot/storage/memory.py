"""Conversations in memory: enough for one process, gone with it."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from bot.models.questions import Asker, Conversation

LIFETIME = timedelta(minutes=30)  # after a pause this long a person has turned to other things
MOST = 10_000  # conversations at once: a few MB; the one unused for longest goes first


@dataclass(frozen=True, slots=True)
class _Kept:
    conversation: Conversation
    until: datetime


class ConversationsInMemory:
    """Fulfils `ports.Conversations`; safe to call from several threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Asker, _Kept] = OrderedDict()
        self._lock = Lock()

    def load(self, asker: Asker, now: datetime) -> Conversation:
        """Give the asker's conversation, an empty one where none is alive."""
        with self._lock:
            kept = self._kept.get(asker)
        return kept.conversation if kept and now < kept.until else Conversation()

    def store(self, asker: Asker, conversation: Conversation, now: datetime) -> None:
        """Remember the conversation for half an hour from now."""
        with self._lock:
            self._kept[asker] = _Kept(conversation, now + LIFETIME)
            self._kept.move_to_end(asker)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
