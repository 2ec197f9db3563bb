"""The API over the small knowledge, and over an answering room that records or fails."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI

from bot.app import Delivery
from bot.channels.web.routes import create_api
from bot.clock import SystemClock
from bot.models.explanations import Explained
from bot.models.questions import Answer, Question
from bot.ports import Answering
from bot.storage.memory import ConversationsInMemory
from tests.unit.answering.asking import small

ASK = "/api/v1/ask"
JSON = {"content-type": "application/json"}


@dataclass
class Recorder:
    """Passes every question on, and keeps it with its day; raises `fault` where one is set."""

    answering: Answering
    fault: Exception | None = None
    asked: list[tuple[Question, date | None]] = field(default_factory=list)

    def ask(self, question: Question, day: date | None = None) -> Answer:
        """Keep a question, then answer it or fail."""
        self.asked.append((question, day))
        if self.fault:
            raise self.fault
        return self.answering.ask(question, day)

    def explain(self, question: Question, day: date | None = None) -> Explained:
        """Keep a question, then explain it or fail."""
        self.asked.append((question, day))
        if self.fault:
            raise self.fault
        return self.answering.explain(question, day)

    def unfold(self, edition: str, ordinal: int) -> Answer | None:
        """Pass it on."""
        return self.answering.unfold(edition, ordinal)


@pytest.fixture
def recorder() -> Recorder:
    """Give answering over the small knowledge, with a record of what was asked."""
    return Recorder(Delivery(small(), ConversationsInMemory(), SystemClock()))


@pytest.fixture
def api(recorder: Recorder) -> FastAPI:
    """Give the application."""
    return create_api(recorder, SystemClock())


@pytest_asyncio.fixture
async def client(api: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Give a client that reads what a fault is answered with, as over a real connection."""
    transport = httpx.ASGITransport(api, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


async def asked(client: httpx.AsyncClient, **fields: Any) -> dict[str, Any]:
    """Ask a question that must be answered, and give the object."""
    reply = await client.post(ASK, json=fields)
    assert reply.status_code == 200, reply.text
    assert reply.headers["content-type"] == "application/json"
    written: dict[str, Any] = reply.json()
    return written


def refusal(reply: httpx.Response, status: int) -> str:
    """Check that a reply is a refusal in the one form, in Chinese, and give its message."""
    assert reply.status_code == status, reply.text
    body: Mapping[str, Any] = json.loads(reply.content.decode())
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message"}
    message = body["error"]["message"]
    assert isinstance(message, str)
    assert any("\u4e00" <= character <= "\u9fff" for character in message)
    assert not any(word in message for word in ("Error", "Traceback", "Exception", "Input"))
    assert body["error"]["code"].isascii()
    return message
