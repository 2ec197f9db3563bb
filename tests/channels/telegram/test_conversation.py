"""What people write in a chat with the bot, or in a group, and what they get."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.models.questions import Asker
from tests.channels.fake_bot_api import BOT, GROUP, NEIGHBOUR, PRIVATE, Chat, FakeBotApi, flood
from tests.channels.telegram.canned import EDITION, OFFICE, CannedAnswering, answer, block

pytestmark = pytest.mark.usefixtures("channel")
NAME = f"@{BOT['username']}"
SENT_LONG_AGO = 1_700_000_000


async def silence(api: FakeBotApi, **update: object) -> None:
    """Check that the bot says nothing to an update, by the answer to the next question."""
    said = len(api.sent)
    api.push(**update)
    api.push_message("之后的问题")
    sent = await api.wait_for_sent(said + 1)
    assert [each.plain for each in sent[said:]] == ["答：之后的问题"]


async def test_text_in_a_private_chat_is_a_question(
    api: FakeBotApi, answering: CannedAnswering
) -> None:
    """A question carries who asks, where, when (with time zone) and in which message."""
    number = api.push_message("一级能效补多少", date=SENT_LONG_AGO)
    (sent,) = await api.wait_for_sent(1)

    (question,) = answering.asked
    assert question.text == "一级能效补多少"
    assert question.asker == Asker("telegram", "501", "", "501")
    assert question.asked_at == datetime.fromtimestamp(SENT_LONG_AGO, UTC)
    assert question.asked_at.tzinfo is not None
    assert question.message_id == str(number)
    assert (sent.chat_id, sent.plain, sent.reply_to) == (501, "答：一级能效补多少", None)


async def test_links_get_no_preview(api: FakeBotApi) -> None:
    """An address in an answer does not push the answer off the screen."""
    api.push_message("看 https://example.org")
    (sent,) = await api.wait_for_sent(1)

    assert sent.parameters["link_preview_options"] == '{"is_disabled": true}'


async def test_a_photos_caption_is_a_question(api: FakeBotApi) -> None:
    """Who sends a photo with a line asks that line."""
    api.push_message(photo=[], caption="这个能补吗")
    (sent,) = await api.wait_for_sent(1)

    assert sent.plain == "答：这个能补吗"


@pytest.mark.parametrize("kind", ["voice", "sticker", "photo", "location"])
async def test_other_kinds_get_one_polite_line(
    api: FakeBotApi, answering: CannedAnswering, kind: str
) -> None:
    """Whoever sends what the bot cannot read is told what it can read."""
    file = {"file_id": "f", "file_unique_id": "u"}
    size = {"width": 1, "height": 1}
    content: dict[str, Any] = {
        "voice": {**file, "duration": 1},
        "sticker": {**file, **size, "type": "regular", "is_animated": False, "is_video": False},
        "photo": [{**file, **size}],
        "location": {"longitude": 112.9, "latitude": 28.2},
    }
    api.push(message=api.message() | {kind: content[kind]})
    (sent,) = await api.wait_for_sent(1)

    assert "文字" in sent.plain
    assert answering.asked == []


async def test_an_album_gets_one_line_or_the_answer_to_its_caption(api: FakeBotApi) -> None:
    """Ten photos of one album are one message to whoever sent them."""
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    for album, caption in (("1", None), ("1", None), ("2", "补吗"), ("2", None)):
        api.push_message(photo=photo, media_group_id=album, caption=caption)
    api.push_message("完")
    sent = await api.wait_for_sent(3)

    assert [each.plain[:2] for each in sent] == ["目前", "答：", "答："]


async def test_start_welcomes_and_offers_the_hot_topics(
    api: FakeBotApi, answering: CannedAnswering
) -> None:
    """A first contact gets the welcome, the privacy line and topics to press; no question."""
    api.push_message("/start campaign-7")
    (sent,) = await api.wait_for_sent(1)

    assert sent.plain == f"{OFFICE.welcome}\n\n{OFFICE.privacy}"
    assert sent.buttons == (("一级能效补多少", "q:0"), ("不动产登记要几天", "q:1"))
    assert answering.asked == []


@pytest.mark.parametrize("command", ["/help", "/unknown", "/ask", "/help@other_bot", " "])
async def test_help_says_how_to_ask(api: FakeBotApi, command: str) -> None:
    """Whoever asks for help, or sends a command that there is not, learns how to ask."""
    api.push_message(command)
    (sent,) = await api.wait_for_sent(1)

    assert "一句话提问" in sent.plain
    assert "政务服务便民热线 12345" in sent.plain


async def test_about_says_who_answers_with_which_knowledge(api: FakeBotApi) -> None:
    """The office, its disclaimer, its privacy notice, its contact and the edition."""
    api.push_message("/about")
    (sent,) = await api.wait_for_sent(1)

    for stated in (OFFICE.name, OFFICE.disclaimer, OFFICE.privacy, "12345", EDITION):
        assert stated in sent.plain


async def test_a_command_menu_in_chinese_is_set(api: FakeBotApi) -> None:
    """People find the commands without knowing them."""
    api.push_message("问")
    await api.wait_for_sent(1)
    (call,) = api.calls_of("setMyCommands")

    assert '"start"' in call.parameters["commands"]


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        (f"{NAME} 补多少", "补多少"),
        (f"补多少 {NAME.upper()}", "补多少"),
        (f"😀😀{NAME} 补<多>少", "😀😀  补<多>少"),
        (f"/ask{NAME} 补多少\n一级", "补多少\n一级"),
        ("/ask 补多少", "补多少"),
    ],
)
async def test_in_a_group_the_bot_answers_who_calls_it(
    api: FakeBotApi, answering: CannedAnswering, written: str, asked: str
) -> None:
    """A mention (cut out of the question) or /ask calls the bot; it replies to that message."""
    number = api.push_message(written, chat=GROUP, person=NEIGHBOUR)
    (sent,) = await api.wait_for_sent(1)

    assert [question.text for question in answering.asked] == [asked]
    assert answering.asked[0].asker == Asker("telegram", "-1001", "", "502")
    assert (sent.chat_id, sent.reply_to) == (-1001, number)


async def test_in_a_group_only_the_first_part_of_a_long_answer_is_a_reply(
    api: FakeBotApi, answering: CannedAnswering
) -> None:
    """One question is notified once."""
    answering.says["长"] = answer(block("长" * 5000))
    number = api.push_message("/ask 长", chat=GROUP)
    sent = await api.wait_for_sent(2)

    assert [each.reply_to for each in sent] == [number, None]


async def test_in_a_group_a_reply_to_the_bot_is_a_question(api: FakeBotApi) -> None:
    """Who replies to the bot talks to it."""
    replied = api.message("答：…", chat=GROUP, person=BOT)
    api.push_message("那二级呢", chat=GROUP, reply_to_message=replied)
    (sent,) = await api.wait_for_sent(1)

    assert sent.plain == "答：那二级呢"


async def test_in_a_group_a_photos_caption_can_call_the_bot(api: FakeBotApi) -> None:
    """A mention in a caption counts like one in a text."""
    mention = {"type": "mention", "offset": 0, "length": len(NAME)}
    api.push_message(chat=GROUP, photo=[], caption=f"{NAME}这个补吗", caption_entities=[mention])
    (sent,) = await api.wait_for_sent(1)

    assert sent.plain == "答：这个补吗"


async def test_a_topic_of_a_forum_keeps_its_answers(
    api: FakeBotApi, answering: CannedAnswering
) -> None:
    """An answer goes into the topic of its question, and topics are separate conversations."""
    api.push_message(f"{NAME} 补多少", chat=GROUP, message_thread_id=77, is_topic_message=True)
    (sent,) = await api.wait_for_sent(1)

    assert sent.thread_id == 77
    assert answering.asked[0].asker.thread_id == "77"


async def test_a_thread_of_replies_outside_a_forum_is_no_topic(
    api: FakeBotApi, answering: CannedAnswering
) -> None:
    """Telegram refuses a topic in a group that has none."""
    api.push_message(f"{NAME} 补多少", chat=GROUP, message_thread_id=77)
    (sent,) = await api.wait_for_sent(1)

    assert sent.thread_id is None
    assert answering.asked[0].asker.thread_id == ""


@pytest.mark.parametrize(
    "written",
    ["补多少", "@other_bot 补多少", "/help", "/ask@other_bot 补多少", "/start", f"a{NAME}x 补吗"],
)
async def test_in_a_group_the_bot_is_silent_where_it_is_not_meant(
    api: FakeBotApi, written: str
) -> None:
    """People talk to each other in a group, and to other bots."""
    await silence(api, message=api.message(written, chat=GROUP))


async def test_in_a_group_the_bot_is_silent_about_stickers_and_news(api: FakeBotApi) -> None:
    """What is no text, or tells that someone joined, is not for the bot."""
    location = {"longitude": 1, "latitude": 1}
    replied = api.message("答", chat=GROUP, person=BOT)
    joined = api.message(chat=GROUP, new_chat_members=[NEIGHBOUR])
    await silence(api, message=joined)
    await silence(
        api, message=api.message(chat=GROUP, location=location, reply_to_message=replied)
    )


async def test_replies_in_a_topic_that_the_bot_opened_are_not_for_the_bot(
    api: FakeBotApi,
) -> None:
    """Every message of a topic replies to its first one, as far as Telegram says."""
    opened = api.message(
        chat=GROUP, person=BOT, forum_topic_created={"name": "补贴", "icon_color": 1}
    )
    await silence(api, message=api.message("闲聊", chat=GROUP, reply_to_message=opened))


async def test_bots_edits_and_channel_posts_are_ignored(api: FakeBotApi) -> None:
    """Only a person's new message is a question."""
    other_bot = {**NEIGHBOUR, "is_bot": True}
    await silence(api, message=api.message(f"{NAME} 补吗", chat=GROUP, person=other_bot))
    await silence(api, edited_message=api.message("补多少", edit_date=SENT_LONG_AGO))
    await silence(api, edited_message=api.message("/help", edit_date=SENT_LONG_AGO))
    await silence(api, channel_post=api.message("通知", chat=Chat(-1002, "channel", "公告")))
    await silence(api, message=api.message("补吗", is_automatic_forward=True))


async def test_an_anonymous_administrator_is_a_person(
    api: FakeBotApi, answering: CannedAnswering
) -> None:
    """Telegram shows such an administrator as a bot who writes for the group."""
    group_bot = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    sender = {"id": GROUP.id, "type": "supergroup", "title": "邻里"}
    api.push_message(f"{NAME} 补吗", chat=GROUP, person=group_bot, sender_chat=sender)
    await api.wait_for_sent(1)

    assert answering.asked[0].asker.person_id == str(GROUP.id)


async def test_messages_of_one_chat_are_answered_in_order(
    api: FakeBotApi, answering: CannedAnswering
) -> None:
    """A slow delivery holds up its own chat, and no other."""
    answering.says["慢"] = answer(block("慢" * 4500))
    for text in ("慢", "二", "三"):
        api.push_message(text)
    api.push_message("旁", chat=Chat(502), person=NEIGHBOUR)
    sent = await api.wait_for_sent(5)

    assert [each.plain[:3] for each in sent if each.chat_id == PRIVATE.id] == [
        "慢慢慢",
        "慢慢慢",
        "答：二",
        "答：三",
    ]


async def test_other_chats_go_on_while_one_is_flooded(api: FakeBotApi) -> None:
    """A chat that must wait a second, with many messages behind it, costs the others nothing."""
    api.fail("sendMessage", flood(1))
    for number in range(40):
        api.push_message(f"洪{number}")
    api.push_message("旁", chat=Chat(502), person=NEIGHBOUR)
    first = (await api.wait_for_sent(1, 0.9))[0]

    assert first.plain == "答：旁"
    assert [each.plain for each in (await api.wait_for_sent(41))[1:]] == [
        f"答：洪{number}" for number in range(40)
    ]
