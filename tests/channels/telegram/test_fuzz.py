"""Whatever comes in, every person who can be answered is, and nothing breaks."""

from __future__ import annotations

import copy
import logging
import random
from typing import Any

import pytest

from bot.channels.telegram.phrases import how_to_ask
from tests.channels.fake_bot_api import Chat, FakeBotApi
from tests.channels.telegram.canned import OFFICE

pytestmark = pytest.mark.usefixtures("channel")
SEED = 20261122  # any; fixed so that a failure can be repeated
WORDS = ("补贴", "一级能效", "。", "\n\n", " ", "@x_bot", "😀", "１２", "p:e:1", "{token}", "%s")
MARKUP = ("<b>", "</b>", "<", ">", "&", "&amp;", '"', "\\")
ODD_CHARACTERS = ("\u202e", "\u200b", "\x00", "\ufffd", "e\u0301")
PIECES = (*WORDS, *MARKUP, *ODD_CHARACTERS)
STRANGE: tuple[Any, ...] = (None, "", "x", -1, 0, 2**63, 1.5, True, [], {}, [{}], {"id": 1})


async def test_every_fuzzed_text_is_answered_once_and_whole(
    api: FakeBotApi, log: pytest.LogCaptureFixture
) -> None:
    """Markup, control characters and long texts come back as text, in messages that are taken."""
    dice = random.Random(SEED)  # noqa: S311 - no secret
    asked = {}
    for chat_id in range(1, 501):
        pieces = dice.choices(PIECES, k=dice.choice((1, 3, 10, 40)))
        text = "".join(pieces) * dice.choice((1, 1, 1, 60))
        asked[chat_id] = text[:4096].strip()
        api.push_message(text[:4096], chat=Chat(chat_id))
    await api.wait_for(lambda: {sent.chat_id for sent in api.sent} == set(asked), 15)
    api.push_message("完", chat=Chat(501))
    await api.wait_for(lambda: api.sent[-1].chat_id == 501)

    for chat_id, text in asked.items():
        told = "".join(sent.plain for sent in api.sent if sent.chat_id == chat_id)
        assert _seen(told) == _seen(f"答：{text}" if text else "".join(how_to_ask(OFFICE)))
    assert not [record for record in log.records if record.levelno >= logging.WARNING]


async def test_updates_with_a_strange_or_missing_field_do_not_stop_the_next(
    api: FakeBotApi, log: pytest.LogCaptureFixture
) -> None:
    """Whatever field of an update is not as documented, the next person is answered."""
    dice = random.Random(SEED)  # noqa: S311 - no secret
    sound = api.message("补多少", reply_to_message=api.message("早"), chat=Chat(7))
    for _ in range(300):
        api.push(message=_damaged(sound, dice))
        query = {"id": "1", "from": sound["from"], "message": sound, "chat_instance": "1"}
        api.push(callback_query=_damaged(query | {"data": "p:e:1"}, dice))
    api.push_message("完", chat=Chat(8))
    await api.wait_for(lambda: any(sent.plain == "答：完" for sent in api.sent), 15)

    assert "补多少" not in log.text


def _seen(text: str) -> str:
    return "".join(text.replace("\x00", " ").split())


def _damaged(message: dict[str, Any], dice: random.Random) -> dict[str, Any]:
    """Give a copy in which one field, at any depth, is gone or strange."""
    damaged = copy.deepcopy(message)
    inside: Any = damaged
    while True:
        key = dice.choice(list(inside))
        if not isinstance(inside[key], dict) or not inside[key] or dice.random() < 0.3:
            break
        inside = inside[key]
    if dice.random() < 0.3:
        del inside[key]
    else:
        inside[key] = dice.choice(STRANGE)
    return damaged
