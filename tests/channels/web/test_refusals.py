"""Every refusal has one form, names the remedy in Chinese, and reveals nothing."""

from __future__ import annotations

import json
import logging
import re
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.channels.web.conftest import ASK, JSON, Recorder, refusal

QUESTION = "一级能效冰箱补多少"


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"{", b'{"question":"x"', b"{'question':'x'}", b'{"question":"x",}', b"question=x"),
        *(b"\xff\xfe", b'{"question":"\xff"}', b'{"question":"\x00"}', b'{"question":"x"}{}'),
        "{“question”：“x”}".encode(),
        '{"question":"补"}'.encode("gbk"),
        b"[" * 30_000,
        b'{"question":' + b"9" * 5_000 + b"}",
    ],
    ids=lambda content: ascii(content[:20]),
)
async def test_what_is_no_json_is_refused(
    client: httpx.AsyncClient, recorder: Recorder, content: bytes
) -> None:
    """A body that cannot be read is the client's mistake, never ours."""
    reply = await client.post(ASK, content=content, headers=JSON)
    assert reply.status_code in {400, 422}
    assert refusal(reply, reply.status_code)
    assert recorder.asked == []


@pytest.mark.parametrize("body", [None, [], [{"question": "x"}], "x", 1, True])
async def test_a_body_that_is_no_object_is_shown_one(
    client: httpx.AsyncClient, body: object
) -> None:
    """The message holds an example of a right body."""
    content = json.dumps(body).encode()
    reply = await client.post(ASK, content=content, headers=JSON)
    assert '"question"' in refusal(reply, 422)


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({}, ["question"]),
        ({"question": None}, ["question"]),
        ({"question": 1}, ["question"]),
        ({"question": ["x"]}, ["question"]),
        ({"question": {"text": "x"}}, ["question"]),
        ({"question": True}, ["question"]),
        ({"Question": "x"}, ["question", "Question"]),
        ({"question": "x", "text": "y"}, ["text"]),
        ({"question": "x", "a": 1, "b": 2}, ["a", "b"]),
        ({"question": "x", "date_": "2026-01-01"}, ["date_"]),
        ({"question": "x", "conversation": 5}, ["conversation"]),
        ({"question": "x", "conversation": ["c"]}, ["conversation"]),
        ({"question": 1, "conversation": 5, "date": "x"}, ["question", "conversation", "date"]),
    ],
    ids=ascii,
)
async def test_a_wrong_field_is_named(
    client: httpx.AsyncClient, recorder: Recorder, body: dict[str, Any], named: list[str]
) -> None:
    """Missing, unknown and mistyped fields are all named at once, and nothing is asked."""
    message = refusal(await client.post(ASK, json=body), 422)
    assert all(name in message for name in named)
    assert recorder.asked == []


@pytest.mark.parametrize(
    "name",
    ["a b", "x" * 65, "中文", "a/b", "a.b", "a\n", "\n", "<b>", "a;b", "\x00", "é", "../x", "a,b"],
    ids=ascii,
)
async def test_a_conversation_that_cannot_be_ours_is_refused(
    client: httpx.AsyncClient, recorder: Recorder, name: str
) -> None:
    """The id's form is told, and the id is not repeated."""
    message = refusal(
        await client.post(ASK, json={"question": QUESTION, "conversation": name}), 422
    )
    assert "conversation" in message
    assert recorder.asked == []


@pytest.mark.parametrize(
    "day",
    [
        *("2026-02-30", "2026-13-01", "2026-1-1", "2026/01/01", "2026年1月1日", "01-02-2026"),
        *("today", "", " ", "20260101", "26-01-01", "2026-11-22 ", "２０２６-01-01", "0000-01-01"),
        *("10000-01-01", "-2026-01-01", "2026-11-22T00:00:00", "2026-11-22T00:00:00Z", "86400"),
        *(True, 0, 86_400, -86_400, 20261122, 1.5, 1e18, [], {}),
    ],
    ids=ascii,
)
async def test_what_is_no_day_is_refused(
    client: httpx.AsyncClient, recorder: Recorder, day: object
) -> None:
    """A day is written YYYY-MM-DD; anything else is never taken for some other day."""
    message = refusal(await client.post(ASK, json={"question": QUESTION, "date": day}), 422)
    assert "YYYY-MM-DD" in message
    assert recorder.asked == []


@pytest.mark.parametrize(
    "content",
    [
        rb'{"question":"x","conversation":"\ud800"}',
        rb'{"question":"x","date":"\ud800"}',
        rb'{"question":"x","\ud800":1}',
        rb'{"question":"x","a\udfff":1}',
        rb'{"\ud800\ud800":{}}',
    ],
)
async def test_a_lone_surrogate_in_a_field_is_a_refusal(
    client: httpx.AsyncClient, content: bytes
) -> None:
    """What cannot be written back does not break the message that refuses it."""
    refusal(await client.post(ASK, content=content, headers=JSON), 422)


@pytest.mark.parametrize("media", ["text/plain", "application/x-www-form-urlencoded"])
async def test_a_body_of_another_kind_is_refused(client: httpx.AsyncClient, media: str) -> None:
    """Only JSON that says that it is JSON is read."""
    content = b'{"question":"x"}'
    refusal(await client.post(ASK, content=content, headers={"content-type": media}), 422)


@pytest.mark.parametrize(
    "path", ["/", "/docs", "/redoc", "/docs/oauth2-redirect", "/api/v1", "/api/v2/ask", "/%ff%00"]
)
async def test_there_is_nothing_else(client: httpx.AsyncClient, path: str) -> None:
    """No other address exists, above all no page that loads scripts from elsewhere."""
    refusal(await client.get(path), 404)


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_asking_takes_post_alone(client: httpx.AsyncClient, method: str) -> None:
    """Another method is refused with the remedy, and with the one that is allowed."""
    reply = await client.request(method, ASK)
    assert "POST" in refusal(reply, 405)
    assert reply.headers.get("allow") == "POST"


async def test_a_head_request_is_refused_without_a_body(client: httpx.AsyncClient) -> None:
    """HEAD gets the status of a refusal."""
    assert (await client.head(ASK)).status_code == 405


@pytest.mark.parametrize(
    "fault", [RuntimeError("机密 secret-42"), KeyError("冰箱"), ValueError("\ud800"), OSError()]
)
async def test_a_fault_is_answered_with_its_reference_alone(
    client: httpx.AsyncClient,
    recorder: Recorder,
    caplog: pytest.LogCaptureFixture,
    fault: Exception,
) -> None:
    """The person gets a number to tell, the log the traceback under the same number."""
    recorder.fault = fault
    with caplog.at_level(logging.ERROR, "policybot"):
        reply = await client.post(ASK, json={"question": QUESTION})
    message = refusal(reply, 500)
    reference = re.search(r"[0-9a-f]{8}", message)
    assert reference
    [record] = [one for one in caplog.records if one.name == "policybot"]
    assert reference[0] in record.getMessage()
    assert record.exc_info
    assert record.exc_info[1] is fault
    assert not any(word in message for word in ("机密", "secret-42", "冰箱", "Error"))


async def test_after_a_fault_the_next_question_is_answered(
    client: httpx.AsyncClient, recorder: Recorder
) -> None:
    """One fault costs one answer."""
    recorder.fault = RuntimeError("once")
    refusal(await client.post(ASK, json={"question": QUESTION}), 500)
    recorder.fault = None
    assert (await client.post(ASK, json={"question": QUESTION})).status_code == 200


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
NAMES = st.sampled_from(["question", "conversation", "date"]) | st.text(max_size=5)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(body=st.dictionaries(NAMES, VALUES, max_size=4))
async def test_no_object_breaks_the_api(api: FastAPI, body: dict[str, Any]) -> None:
    """Any object, also with NaN, is answered or refused, never with a fault."""
    transport = httpx.ASGITransport(api)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        reply = await client.post(ASK, content=json.dumps(body).encode(), headers=JSON)
    assert reply.status_code == 200 or refusal(reply, 422)
