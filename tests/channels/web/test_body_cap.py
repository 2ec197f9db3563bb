"""A body over the cap is refused before anything reads it."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from bot.channels.web.routes import LARGEST_BODY
from tests.channels.web.conftest import ASK, JSON, Recorder, refusal

PIECE = 8 * 1024


def body_of(size: int) -> bytes:
    """Make a right body of exactly so many bytes."""
    frame = json.dumps({"question": ""}).encode()
    return json.dumps({"question": "a" * (size - len(frame))}).encode()


class Connection:
    """An ASGI connection that hands out a body in pieces, and keeps what was sent back."""

    def __init__(self, pieces: list[bytes], *, broken: bool = False) -> None:
        """Take the pieces; a broken connection ends after them without saying that it ends."""
        self.pieces = pieces
        self.broken = broken
        self.taken = 0
        self.sent: list[dict[str, Any]] = []

    async def receive(self) -> dict[str, Any]:
        """Hand out the next piece, then say that the client has gone."""
        if self.taken >= len(self.pieces):
            return {"type": "http.disconnect"}
        piece = self.pieces[self.taken]
        self.taken += 1
        more = self.broken or self.taken < len(self.pieces)
        return {"type": "http.request", "body": piece, "more_body": more}

    async def send(self, message: dict[str, Any]) -> None:
        """Keep what is sent."""
        self.sent.append(message)

    def reply(self) -> httpx.Response:
        """Give what was sent as a response."""
        start, *rest = self.sent
        return httpx.Response(start["status"], content=b"".join(one["body"] for one in rest))


async def post(api: FastAPI, connection: Connection) -> None:
    """Post over a connection, without saying how long the body is."""
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": ASK,
        "raw_path": ASK.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"content-type", b"application/json"), (b"transfer-encoding", b"chunked")],
        "client": ("127.0.0.1", 1),
        "server": ("test", 80),
    }
    await api(scope, connection.receive, connection.send)  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [LARGEST_BODY + 1, 2 * LARGEST_BODY, 3_000_000])
async def test_a_body_over_the_cap_is_refused(
    client: httpx.AsyncClient, recorder: Recorder, size: int
) -> None:
    """It is refused with the remedy, and nothing is asked."""
    refusal(await client.post(ASK, content=body_of(size), headers=JSON), 413)
    assert recorder.asked == []


async def test_a_body_of_exactly_the_cap_is_read(
    client: httpx.AsyncClient, recorder: Recorder
) -> None:
    """The cap itself is allowed."""
    reply = await client.post(ASK, content=body_of(LARGEST_BODY), headers=JSON)
    assert reply.status_code == 200
    assert len(recorder.asked) == 1


async def test_an_endless_body_is_not_read_to_its_end(api: FastAPI, recorder: Recorder) -> None:
    """Without a length in its head, a body is read to the cap and no further."""
    connection = Connection([b"a" * PIECE] * 1_000)
    await post(api, connection)
    refusal(connection.reply(), 413)
    assert connection.taken <= LARGEST_BODY // PIECE + 1
    assert recorder.asked == []


async def test_a_body_in_many_pieces_is_put_together(api: FastAPI, recorder: Recorder) -> None:
    """A question that arrives byte by byte is the same question."""
    body = json.dumps({"question": "一级能效冰箱补多少"}, ensure_ascii=False).encode()
    connection = Connection([body[place : place + 1] for place in range(len(body))])
    await post(api, connection)
    assert connection.reply().status_code == 200
    assert [question.text for question, _ in recorder.asked] == ["一级能效冰箱补多少"]


async def test_a_client_that_goes_away_asks_nothing(api: FastAPI, recorder: Recorder) -> None:
    """Half a body is never taken for a whole one."""
    connection = Connection([b'{"question":"x"}'], broken=True)
    await post(api, connection)
    assert connection.sent == []
    assert recorder.asked == []


@pytest.mark.parametrize("path", ["/healthz", "/nowhere"])
async def test_the_cap_holds_on_every_address(client: httpx.AsyncClient, path: str) -> None:
    """No route takes a larger body than another."""
    refusal(await client.post(path, content=b"a" * (LARGEST_BODY + 1)), 413)
