"""What people press, and what they get."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.models.questions import Asker, Outcome
from tests.channels.fake_bot_api import GROUP, NEIGHBOUR, PRIVATE, FakeBotApi, Fault, Sent
from tests.channels.telegram.canned import (
    EDITION,
    CannedAnswering,
    SetClock,
    answer,
    block,
    evidence,
)

pytestmark = pytest.mark.usefixtures("channel")
OUTDATED = "知识库已更新，请重新提问"


async def asked(api: FakeBotApi, answering: CannedAnswering, **place: object) -> Sent:
    """Let the bot send an answer with a passage button and two choices."""
    shown = (evidence("标准", "甲。乙。", "甲。", ordinal=7),)
    answering.says["补多少"] = answer(
        block("20%"), outcome=Outcome.HEDGED, shown=shown, choices=("一级能效", "二级能效")
    )
    api.push_message("/ask 补多少", **place)  # type: ignore[arg-type]
    return (await api.wait_for_sent(1))[0]


async def test_a_passage_button_shows_the_passage_below_its_answer(
    api: FakeBotApi, answering: CannedAnswering
) -> None:
    """The whole passage comes as a new message that replies to the answer."""
    answering.passages[EDITION, 7] = answer(block("甲。乙。"))
    pressed = await asked(api, answering)
    api.push_press(pressed, f"p:{EDITION}:7")
    passage = (await api.wait_for_sent(2))[1]

    assert (passage.plain, passage.reply_to) == ("甲。乙。", pressed.message_id)
    assert answering.unfolded == [(EDITION, 7)]
    assert len(api.calls_of("answerCallbackQuery")) == 1


async def test_a_passage_of_an_edition_out_of_service_is_not_shown(
    api: FakeBotApi, answering: CannedAnswering
) -> None:
    """An old button never shows another passage than it promised."""
    pressed = await asked(api, answering)
    api.push_press(pressed, "p:old:7")

    assert (await api.wait_for_sent(2))[1].plain == OUTDATED


async def test_a_choice_asks_its_label_as_the_person_who_pressed(
    api: FakeBotApi, answering: CannedAnswering, clock: SetClock
) -> None:
    """In a group anyone may press; the question is theirs, at the time of the press."""
    clock.moment = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
    pressed = await asked(api, answering, chat=GROUP, message_thread_id=7, is_topic_message=True)
    api.push_press(pressed, "q:1", person=NEIGHBOUR)
    replied = (await api.wait_for_sent(2))[1]

    question = answering.asked[1]
    assert (question.text, question.asked_at) == ("二级能效", clock.moment)
    assert question.asker == Asker("telegram", "-1001", "7", "502")
    assert (replied.plain, replied.thread_id) == ("答：二级能效", 7)
    assert replied.reply_to == pressed.message_id


async def test_topics_of_the_welcome_can_be_pressed(
    api: FakeBotApi, answering: CannedAnswering
) -> None:
    """A first question is one tap away."""
    api.push_message("/start")
    (welcome,) = await api.wait_for_sent(1)
    api.push_press(welcome, "q:0")
    await api.wait_for_sent(2)

    assert [question.text for question in answering.asked] == ["一级能效补多少"]


async def test_a_button_whose_message_is_too_old_asks_to_ask_again(
    api: FakeBotApi, answering: CannedAnswering
) -> None:
    """Telegram no longer says what stood on it."""
    pressed = await asked(api, answering)
    api.push_press(pressed, "q:1", readable=False)

    assert (await api.wait_for_sent(2))[1].plain == OUTDATED
    assert len(answering.asked) == 1


async def test_a_passage_button_works_however_old_its_message_is(
    api: FakeBotApi, answering: CannedAnswering
) -> None:
    """The callback alone says which passage."""
    answering.passages[EDITION, 7] = answer(block("甲。乙。"))
    pressed = await asked(api, answering)
    api.push_press(pressed, f"p:{EDITION}:7", readable=False)
    passage = (await api.wait_for_sent(2))[1]

    assert (passage.plain, passage.chat_id) == ("甲。乙。", PRIVATE.id)


@pytest.mark.parametrize("callback", ["", "p:x", "q:7", "q:-1", "z:1", "p:e:1:2", "政" * 21])
async def test_a_callback_that_the_bot_did_not_write_does_nothing(
    api: FakeBotApi, answering: CannedAnswering, callback: str
) -> None:
    """Forged or malformed, it is acknowledged, and that is all."""
    pressed = await asked(api, answering)
    api.push_press(pressed, callback)
    api.push_message("之后")
    sent = await api.wait_for_sent(2)

    assert [each.plain for each in sent[1:]] == ["答：之后"]
    assert answering.unfolded == []
    assert len(api.calls_of("answerCallbackQuery")) == 1


async def test_a_press_on_no_message_of_a_chat_does_nothing(api: FakeBotApi) -> None:
    """A press with neither message nor chat has no place to reply to."""
    api.push(callback_query={"id": "1", "from": NEIGHBOUR, "chat_instance": "1", "data": "q:1"})
    api.push_message("之后")
    (sent,) = await api.wait_for_sent(1)

    assert sent.plain == "答：之后"


async def test_an_acknowledgement_that_fails_costs_nobody_the_answer(
    api: FakeBotApi, answering: CannedAnswering
) -> None:
    """Telegram refuses it after some seconds, and the answer still comes."""
    api.fail("answerCallbackQuery", Fault(400, "Bad Request: query is too old"))
    pressed = await asked(api, answering)
    api.push_press(pressed, "q:0")

    assert (await api.wait_for_sent(2))[1].plain == "答：一级能效"
