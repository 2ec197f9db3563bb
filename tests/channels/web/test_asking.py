"""Asking over HTTP: the answer, its conversation and its day."""

from __future__ import annotations

import re
from datetime import date

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.wire import answer_object
from bot.clock import SystemClock, day_of
from tests.channels.web.conftest import ASK, JSON, Recorder, asked
from tests.unit.answering.asking import ask, small

FIRST = "一级能效冰箱补多少"


async def test_a_question_is_answered(client: httpx.AsyncClient) -> None:
    """The answer is the object that every channel writes, in readable UTF-8."""
    today = day_of(SystemClock().now())
    written = await asked(client, question=FIRST, conversation="c1", date=today.isoformat())
    assert written == answer_object(ask(FIRST, small(), today))
    assert written["outcome"] == "answered"
    reply = await client.post(ASK, json={"question": FIRST})
    assert "补贴".encode() in reply.content


async def test_a_follow_up_goes_on_in_the_returned_conversation(client: httpx.AsyncClient) -> None:
    """Sending back the conversation's id keeps the subject, and the id."""
    first = await asked(client, question=FIRST)
    second = await asked(client, question="那洗衣机呢", conversation=first["conversation"])
    assert second["conversation"] == first["conversation"]
    assert "一级能效洗衣机补多少" in second["text"]


async def test_without_the_conversation_a_follow_up_has_no_subject(
    client: httpx.AsyncClient,
) -> None:
    """Who sends no conversation starts a new one."""
    await asked(client, question=FIRST)
    assert "一级能效" not in (await asked(client, question="那洗衣机呢"))["text"].split("\n")[0]


@pytest.mark.parametrize("sent", [{}, {"conversation": None}, {"conversation": ""}])
async def test_a_new_conversation_cannot_be_guessed(
    client: httpx.AsyncClient, sent: dict[str, str | None]
) -> None:
    """Every new conversation has an id of its own, long enough, which may be sent back."""
    ids = {(await asked(client, question=FIRST, **sent))["conversation"] for _ in range(20)}
    assert len(ids) == 20
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{16,64}", one) for one in ids)
    for one in ids:
        await asked(client, question=FIRST, conversation=one)


@pytest.mark.parametrize("name", ["a", "A-b_9", "x" * 64])
async def test_a_client_may_name_its_conversation(client: httpx.AsyncClient, name: str) -> None:
    """Letters, digits, - and _, up to 64, come back as they were sent."""
    written = await asked(client, question=FIRST, conversation=name)
    assert written["conversation"] == name


async def test_conversations_do_not_mix(client: httpx.AsyncClient) -> None:
    """Another conversation does not see the subject of this one."""
    await asked(client, question=FIRST, conversation="one")
    other = await asked(client, question="那洗衣机呢", conversation="two")
    assert "一级能效洗衣机补多少" not in other["text"]


async def test_the_date_is_honoured(client: httpx.AsyncClient, recorder: Recorder) -> None:
    """A question is answered as of the day that was sent, else of today."""
    question = "停车一小时多少钱"
    first_day = await asked(client, question=question, date="2025-01-01")
    assert first_day["passages"][0]["status"] == "in_force"
    before = await asked(client, question=question, date="2024-02-29")
    assert "in_force" not in [passage["status"] for passage in before["passages"]]
    await asked(client, question=question, date=None)
    await asked(client, question=question)
    days = [day for _, day in recorder.asked]
    assert days == [date(2025, 1, 1), date(2024, 2, 29), None, None]


async def test_the_same_question_gives_the_same_object(client: httpx.AsyncClient) -> None:
    """All but the conversation is equal, to the byte."""
    one, other = [await asked(client, question=FIRST) for _ in range(2)]
    assert one.pop("conversation") != other.pop("conversation")
    assert one == other


@pytest.mark.parametrize("question", ["", " ", "😀", "\u200b"])
async def test_an_empty_question_asks_what_is_meant(
    client: httpx.AsyncClient, question: str
) -> None:
    """A question without words is no error: it is answered with choices."""
    written = await asked(client, question=question)
    assert written["outcome"] == "too_vague"
    assert written["choices"]


async def test_a_very_long_question_is_asked_for_shorter(client: httpx.AsyncClient) -> None:
    """10,000 hanzi, escaped or not, reach answering, which asks for fewer."""
    long = "补" * 10_000
    assert (await asked(client, question=long))["outcome"] == "too_vague"
    escaped = '{"question":"' + "\\u8865" * 10_000 + '"}'
    reply = await client.post(ASK, content=escaped, headers=JSON)
    assert reply.status_code == 200
    assert reply.json()["outcome"] == "too_vague"


@pytest.mark.parametrize(
    "escape", [r"\ud800", r"\udfff\ud800", r"\u0000", r"\u202e", r"\ufffe", r"\ud83d\ude00"]
)
async def test_escapes_that_are_no_text_do_no_harm(client: httpx.AsyncClient, escape: str) -> None:
    """A lone surrogate or a NUL is left out of the question, which is answered all the same."""
    content = f'{{"question":"一级能效{escape}冰箱补多少"}}'.encode()
    reply = await client.post(ASK, content=content, headers=JSON)
    assert reply.status_code == 200
    assert reply.json()["outcome"] in {"answered", "hedged"}
    assert "\x00" not in reply.json()["question"]


async def test_the_process_says_that_it_lives(client: httpx.AsyncClient) -> None:
    """The health check answers without any answering."""
    reply = await client.get("/healthz")
    assert reply.status_code == 200
    assert reply.json() == {"status": "ok"}


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    text=st.text(max_size=60), conversation=st.from_regex(r"[A-Za-z0-9_-]{1,64}", fullmatch=True)
)
async def test_any_text_is_answered(
    client: httpx.AsyncClient, text: str, conversation: str
) -> None:
    """Whatever a citizen types, the reply is an answer."""
    written = await asked(client, question=text, conversation=conversation)
    assert written["outcome"]
    assert written["conversation"] == conversation
