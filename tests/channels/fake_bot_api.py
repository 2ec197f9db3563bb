"""A Bot API server on loopback with a ledger of its own, for tests of the Telegram channel.

It takes what Telegram takes and refuses what Telegram refuses; it can be told to fail. Use it
in a test's event loop, also for a bot that runs in another process:

    async with FakeBotApi() as api:
        ...  # start a bot with api.base_url and api.token
        api.push_message("一级能效补多少")
        (sent,) = await api.wait_for_sent(1)
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import parse_qsl

from tests.channels.telegram.html_oracle import UnparsedError, parse, utf16_units

Json = dict[str, Any]
ENTITY = re.compile(r"(?P<bot_command>(?<!\S)/[a-z]+(?:@\w+)?)|(?P<mention>@\w{3,})")
TOKEN = "1000000001:made-up_token"  # noqa: S105 - no bot of Telegram has it
BOT: Json = {
    "id": 1000000001,
    "is_bot": True,
    "first_name": "政策问答",
    "username": "policy_test_bot",
}


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat as the server knows it: private, group or supergroup."""

    id: int = 501
    type: str = "private"
    title: str = ""


CITIZEN: Json = {"id": 501, "is_bot": False, "first_name": "李"}
NEIGHBOUR: Json = {"id": 502, "is_bot": False, "first_name": "王"}
PRIVATE = Chat()
GROUP = Chat(-1001, "supergroup", "邻里")


@dataclass(frozen=True, slots=True)
class Fault:
    """How one call goes wrong: an error code, a dropped connection, a slow or strange answer."""

    status: int = 200
    description: str = "fault"
    parameters: tuple[tuple[str, int], ...] = ()
    drop: bool = False
    delay: float = 0.0
    body: bytes = b""


def flood(seconds: int) -> Fault:
    """Give the fault 429 with the seconds to wait."""
    return Fault(429, "Too Many Requests", (("retry_after", seconds),))


@dataclass(frozen=True, slots=True)
class Call:
    """A call that the server received, at a moment of the monotonic clock."""

    method: str
    parameters: Json
    at: float


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that the server took from the bot; `plain` is its text without markup."""

    message_id: int
    chat_id: int
    text: str
    plain: str
    parameters: Json
    buttons: tuple[tuple[str, str], ...]
    message: Json = field(repr=False)

    @property
    def reply_to(self) -> int | None:
        """Give the id of the message that this one replies to."""
        replied: dict[str, int] = json.loads(self.parameters.get("reply_parameters", "{}"))
        return replied.get("message_id")

    @property
    def thread_id(self) -> int | None:
        """Give the topic into which it was sent."""
        thread = self.parameters.get("message_thread_id")
        return int(thread) if thread else None


class RefusedError(Exception):
    """The server refuses a call as Telegram would: status and description."""

    def __init__(self, status: int, description: str) -> None:
        self.status, self.description = status, description


class FakeBotApi:
    """The server; its ledger: `calls`, `sent`, `confirmed` and `pending` updates, by id."""

    def __init__(self, token: str = TOKEN, longest_poll: float = 0.3) -> None:
        self.token, self.longest_poll = token, longest_poll
        self.calls: list[Call] = []
        self.sent: list[Sent] = []
        self.confirmed: list[int] = []
        self.pending: dict[int, Json] = {}
        self.port = 0
        self._faults: dict[str, deque[Fault]] = {}
        self._always: dict[str, Fault] = {}
        self._update_id, self._message_id = 700_000, 10
        self._changed = asyncio.Condition()
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.Task[None]] = set()

    @property
    def base_url(self) -> str:
        """Give the address for TELEGRAM_BASE_URL."""
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Listen on the same port as before, at first on any that is free."""
        self._server = await asyncio.start_server(self._connect, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Drop all connections and listen no more."""
        if self._server is None:
            return
        self._server.close()
        for task in self._connections:
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)
        await self._server.wait_closed()
        self._server = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    # What a test tells the server

    def fail(self, method: str, *faults: Fault) -> None:
        """Let the next calls of a method go wrong, one fault each."""
        self._faults.setdefault(method, deque()).extend(faults)

    def fail_always(self, method: str, fault: Fault | None) -> None:
        """Let every call of a method go wrong; None: no more."""
        self._always.pop(method, None)
        if fault is not None:
            self._always[method] = fault

    def push(self, **content: Any) -> int:
        """Queue an update of any kind for the bot; give its id."""
        self._update_id += 1
        self.pending[self._update_id] = {"update_id": self._update_id, **content}
        self._notify()
        return self._update_id

    def push_message(
        self, text: str = "", *, chat: Chat = PRIVATE, person: Json | None = None, **extra: Any
    ) -> int:
        """Queue a person's message; `extra` are further fields. Gives the message's id."""
        message = self.message(text, chat=chat, person=person, **extra)
        self.push(message=message)
        return int(message["message_id"])

    def message(
        self, text: str = "", *, chat: Chat = PRIVATE, person: Json | None = None, **extra: Any
    ) -> Json:
        """Write a message as the server would show it, with its entities."""
        self._message_id += 1
        message: Json = {
            "message_id": self._message_id,
            "date": int(time.time()),
            "chat": {"id": chat.id, "type": chat.type, "title": chat.title},
            "from": person or CITIZEN,
        }
        if text:
            message |= {"text": text, "entities": entities_of(text)}
        return message | extra

    def push_press(
        self, sent: Sent, callback: str, *, person: Json | None = None, readable: bool = True
    ) -> int:
        """Queue a press on a button of a sent message; give the update's id."""
        message = sent.message
        if not readable:
            kept = {key: message[key] for key in ("chat", "message_id")}
            message = {**kept, "date": 0}
        query = {"id": str(self._update_id), "from": person or CITIZEN, "chat_instance": "1"}
        return self.push(callback_query={**query, "message": message, "data": callback})

    # What a test waits for

    async def wait_for(self, happened: Callable[[], bool], seconds: float = 5.0) -> None:
        """Wait until something is true of the ledger; raises `TimeoutError`."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(happened)

    async def wait_for_sent(self, count: int, seconds: float = 5.0) -> list[Sent]:
        """Wait until so many messages have been sent in all; give them."""
        await self.wait_for(lambda: len(self.sent) >= count, seconds)
        return self.sent

    async def wait_for_confirmed(self, update_id: int, seconds: float = 5.0) -> None:
        """Wait until an update was confirmed by a later offset."""
        await self.wait_for(lambda: update_id in self.confirmed, seconds)

    def calls_of(self, method: str) -> list[Call]:
        """Give the calls of one method, in order."""
        return [call for call in self.calls if call.method == method]

    # HTTP

    def _notify(self) -> None:
        async def notify() -> None:
            async with self._changed:
                self._changed.notify_all()

        task = asyncio.get_running_loop().create_task(notify())
        self._connections.add(task)
        task.add_done_callback(self._connections.discard)

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._connections.add(task)
            task.add_done_callback(self._connections.discard)
        try:
            while await self._serve(reader, writer):
                pass
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; false where the connection is to be dropped."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        length = re.search(r"(?i)content-length: *(\d+)", head)
        body = await reader.readexactly(int(length[1]) if length else 0)
        _, token, method = head.split(" ", 2)[1].split("/", 2)
        fault = self._next_fault(method)
        parameters = dict(parse_qsl(body.decode(), keep_blank_values=True))
        self.calls.append(Call(method, parameters, time.monotonic()))
        self._notify()
        await asyncio.sleep(fault.delay)
        if fault.drop:
            return False
        status, content = await self._reply(token, method, parameters, fault)
        writer.write(f"HTTP/1.1 {status} -\r\nContent-Length: {len(content)}\r\n\r\n".encode())
        writer.write(content)
        await writer.drain()
        return True

    def _next_fault(self, method: str) -> Fault:
        queue = self._faults.get(method)
        return queue.popleft() if queue else self._always.get(method, Fault())

    async def _reply(
        self, token: str, method: str, parameters: Json, fault: Fault
    ) -> tuple[int, bytes]:
        if fault.body:
            return fault.status, fault.body
        try:
            self._admit(token, fault)
            result = await self._call(method, parameters)
        except RefusedError as refused:
            content = {
                "ok": False,
                "error_code": refused.status,
                "description": refused.description,
            }
            if fault.parameters:
                content["parameters"] = dict(fault.parameters)
            return refused.status, json.dumps(content).encode()
        return 200, json.dumps({"ok": True, "result": result}).encode()

    def _admit(self, token: str, fault: Fault) -> None:
        if fault.status != 200:
            raise RefusedError(fault.status, fault.description)
        if token != f"bot{self.token}":
            raise RefusedError(401, "Unauthorized")

    # Methods of the Bot API

    async def _call(self, method: str, parameters: Json) -> Any:
        if method == "getUpdates":
            return await self._get_updates(parameters)
        if method == "sendMessage":
            return self._send_message(parameters)
        if method == "getMe":
            return BOT
        if method in {"deleteWebhook", "setMyCommands", "answerCallbackQuery", "sendChatAction"}:
            return True
        if method == "editMessageText":
            return self._edit_message_text(parameters)
        raise RefusedError(404, "Not Found")

    async def _get_updates(self, parameters: Json) -> list[Json]:
        offset = int(parameters.get("offset", 0))
        for update_id in [known for known in self.pending if known < offset]:
            del self.pending[update_id]
            self.confirmed.append(update_id)
        self._notify()
        seconds = min(float(parameters.get("timeout", 0)), self.longest_poll)
        try:
            await self.wait_for(lambda: bool(self.pending), seconds)
        except TimeoutError:
            return []
        return list(self.pending.values())[: int(parameters.get("limit", 100))]

    def _send_message(self, parameters: Json) -> Json:
        plain = _checked_text(parameters)
        markup = json.loads(parameters.get("reply_markup", "{}"))
        buttons = _checked_buttons(markup)
        chat_id = int(parameters["chat_id"])
        chat = Chat(chat_id) if chat_id > 0 else Chat(chat_id, "supergroup", "邻里")
        extra: Json = {"reply_markup": markup} if markup else {}
        if "message_thread_id" in parameters:
            thread = int(parameters["message_thread_id"])
            extra |= {"message_thread_id": thread, "is_topic_message": True}
        message = self.message(plain, chat=chat, person=BOT, **extra)
        number = int(message["message_id"])
        self.sent.append(
            Sent(number, chat_id, parameters["text"], plain, parameters, buttons, message)
        )
        self._notify()
        return message

    def _edit_message_text(self, parameters: Json) -> Json:
        edited = [s for s in self.sent if s.message_id == int(parameters["message_id"])]
        if not edited:
            raise RefusedError(400, "Bad Request: message to edit not found")
        return edited[0].message | {"text": _checked_text(parameters)}


def entities_of(text: str) -> list[Json]:
    """Mark commands and mentions as the server does, with offsets in UTF-16 units."""
    return [
        {
            "type": found.lastgroup,
            "offset": utf16_units(text[: found.start()]),
            "length": utf16_units(found[0]),
        }
        for found in ENTITY.finditer(text)
    ]


def _checked_text(parameters: Json) -> str:
    try:
        plain = parameters["text"]
        if parameters.get("parse_mode") == "HTML":
            plain = parse(plain)
    except UnparsedError as error:
        raise RefusedError(400, f"Bad Request: can't parse entities: {error}") from error
    if not plain.strip():
        raise RefusedError(400, "Bad Request: message text is empty")
    if utf16_units(plain) > 4096:
        raise RefusedError(400, "Bad Request: message is too long")
    return str(plain)


def _checked_buttons(markup: Json) -> tuple[tuple[str, str], ...]:
    buttons = [button for row in markup.get("inline_keyboard", ()) for button in row]
    for button in buttons:
        if not button["text"].strip():
            raise RefusedError(400, "Bad Request: text buttons must be non-empty")
        if not 0 < len(button["callback_data"].encode()) <= 64:
            raise RefusedError(400, "Bad Request: BUTTON_DATA_INVALID")
    return tuple((button["text"], button["callback_data"]) for button in buttons)
