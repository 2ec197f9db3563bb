"""What the rooms need from the outside, as Protocols; `app.py` chooses who fulfils them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from bot.models.explanations import Explained
from bot.models.questions import Answer, Asker, Conversation, Question


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Give the present moment with its time zone."""


class Conversations(Protocol):
    """Keeps what is remembered of each asker, until it expires."""

    def load(self, asker: Asker, now: datetime) -> Conversation:
        """Give the asker's conversation, an empty one where none is alive."""

    def store(self, asker: Asker, conversation: Conversation, now: datetime) -> None:
        """Remember the conversation of this asker from now on."""


class Answering(Protocol):
    """Answers for the channels: the one door through which every question goes."""

    def ask(self, question: Question, day: date | None = None) -> Answer:
        """Answer a question within its asker's conversation; None: as of the day it is asked."""

    def explain(self, question: Question, day: date | None = None) -> Explained:
        """Answer a question as `ask` does, and explain the answer."""

    def unfold(self, edition: str, ordinal: int) -> Answer | None:
        """Show one whole passage; None where that edition is no longer in service."""
