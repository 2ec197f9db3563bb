"""What goes wrong on Telegram's side, on the way and on ours, and what people notice of it."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from datetime import timedelta

import pytest

from bot.channels.telegram.channel import TelegramChannel
from bot.errors import SettingsError
from bot.models.questions import BlockKind
from tests.channels.fake_bot_api import FakeBotApi, Fault, flood
from tests.channels.telegram.canned import (
    OFFICE,
    CannedAnswering,
    SetClock,
    answer,
    block,
)
from tests.channels.telegram.conftest import QUICK

DROPPED = Fault(drop=True)
PLANTED = "张三的身份证号430102199003071234"
NOT_JSON = f"<html>502 {PLANTED}</html>".encode()


@pytest.mark.parametrize("path", ["", "/", "/bot", "/bot/"])
async def test_the_address_is_taken_with_and_without_bot(
    api: FakeBotApi, answering: CannedAnswering, clock: SetClock, path: str
) -> None:
    """Nobody has to know how the address of a Bot API server ends."""
    address = api.base_url + path
    channel = TelegramChannel(
        api.token, answering, lambda: OFFICE, clock, base_url=address, pace=QUICK
    )
    await channel.start()
    api.push_message("补多少")
    await api.wait_for_sent(1)
    await channel.stop()


@pytest.mark.parametrize("token", ["1000000001:wrong", "", "with space:1", "line\n:1"])
async def test_a_wrong_token_ends_the_start_with_a_remedy(
    api: FakeBotApi, answering: CannedAnswering, clock: SetClock, token: str
) -> None:
    """The error names the setting and says what to do, never the token."""
    channel = TelegramChannel(token, answering, lambda: OFFICE, clock, base_url=api.base_url)
    with pytest.raises(SettingsError) as caught:
        await channel.start()

    assert (caught.value.name, caught.value.value) == ("TELEGRAM_TOKEN", "***")
    assert "@BotFather" in str(caught.value)
    assert not token or token not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("TELEGRAM_PROXY", {"proxy": "nonsense"}),
        ("TELEGRAM_PROXY", {"proxy": "ftp://u:secret@h:1"}),
        ("TELEGRAM_BASE_URL", {"base_url": "127.0.0.1:8081"}),
    ],
)
async def test_a_proxy_or_address_that_cannot_work_is_named(
    answering: CannedAnswering, clock: SetClock, name: str, settings: dict[str, str]
) -> None:
    """A setting that cannot work is found at the start; a proxy's password is not shown."""
    channel = TelegramChannel("1:a", answering, lambda: OFFICE, clock, **settings)  # type: ignore[arg-type]
    with pytest.raises(SettingsError) as caught:
        await channel.start()

    assert caught.value.name == name
    assert "secret" not in str(caught.value)


async def test_an_unreachable_telegram_does_not_stop_the_start(
    stopped: TelegramChannel, api: FakeBotApi
) -> None:
    """The channel starts without Telegram and answers as soon as it comes back."""
    await api.stop()
    await stopped.start()
    await api.start()
    api.push_message("补多少")
    await api.wait_for_sent(1)
    await stopped.stop()


async def test_a_silent_telegram_holds_up_the_start_only_briefly(
    stopped: TelegramChannel, api: FakeBotApi
) -> None:
    """The web pages wait for this start, so it does not wait for Telegram."""
    api.fail("getMe", Fault(delay=30))
    began = time.monotonic()
    await stopped.start()

    assert time.monotonic() - began < 3
    api.push_message("补多少")
    await api.wait_for_sent(1)
    await stopped.stop()


async def test_a_channel_that_never_reached_telegram_can_be_stopped(
    stopped: TelegramChannel, api: FakeBotApi
) -> None:
    """Stopping does not depend on the network, and twice is as good as once."""
    await api.stop()
    await stopped.start()
    await stopped.stop()
    await stopped.stop()


async def test_a_menu_that_cannot_be_set_is_not_fatal(
    stopped: TelegramChannel, api: FakeBotApi
) -> None:
    """Commands work without their menu."""
    api.fail_always("setMyCommands", Fault(500))
    await stopped.start()
    api.push_message("补多少")
    await api.wait_for_sent(1)
    await stopped.stop()


async def test_pending_updates_are_kept_and_only_handled_kinds_are_asked_for(
    stopped: TelegramChannel, api: FakeBotApi
) -> None:
    """What people wrote while the bot was down is answered."""
    api.push_message("昨晚问的")
    await stopped.start()
    await api.wait_for_sent(1)
    await stopped.stop()

    (taken_back,) = api.calls_of("deleteWebhook")
    polls = api.calls_of("getUpdates")
    assert taken_back.parameters.get("drop_pending_updates", "False").lower() == "false"
    assert polls[0].parameters["allowed_updates"] == '["message", "callback_query"]'
    assert "offset" not in polls[0].parameters


@pytest.mark.usefixtures("channel")
@pytest.mark.parametrize(
    "fault",
    [
        Fault(500),
        Fault(502, body=NOT_JSON),
        Fault(200, body=NOT_JSON),
        Fault(200, body=b"[]"),
        Fault(200, body=b'{"ok": true, "result": [{}]}'),
        Fault(409, "Conflict: terminated by other getUpdates request"),
        Fault(401, "Unauthorized"),
        Fault(404, "Not Found"),
        flood(1),
        DROPPED,
    ],
)
async def test_polling_goes_on_after_any_fault(api: FakeBotApi, fault: Fault) -> None:
    """No fault of a poll ends the polling, and none loses a message."""
    api.fail("getUpdates", fault, fault)
    api.push_message("补多少")

    await api.wait_for_sent(1)


@pytest.mark.usefixtures("channel")
async def test_an_update_that_cannot_be_read_does_not_stop_the_next(
    api: FakeBotApi, log: pytest.LogCaptureFixture
) -> None:
    """It is skipped and confirmed; otherwise it would come again for ever."""
    broken = api.push(message={"message_id": "x", "text": PLANTED})
    api.push_message("补多少")
    await api.wait_for_sent(1)
    await api.wait_for_confirmed(broken)

    assert "skipped" in log.text
    assert PLANTED not in log.text


@pytest.mark.usefixtures("channel")
async def test_a_second_poller_is_logged_once_a_minute_with_the_remedy(
    api: FakeBotApi, clock: SetClock, log: pytest.LogCaptureFixture
) -> None:
    """It may last for hours; the log says it once a minute, and polling goes on."""

    def lines() -> int:
        return sum("stop it" in record.getMessage() for record in log.records)

    api.fail("getUpdates", *[Fault(409, "Conflict")] * 4)
    api.push_message("一")
    await api.wait_for_sent(1)
    assert lines() == 1

    clock.moment += timedelta(seconds=61)
    api.fail("getUpdates", *[Fault(409, "Conflict")] * 2)
    api.push_message("二")
    await api.wait_for_sent(2)
    await api.wait_for(lambda: lines() == 2)


@pytest.mark.usefixtures("channel")
@pytest.mark.parametrize("fault", [Fault(500), Fault(502, body=NOT_JSON), DROPPED, flood(1)])
async def test_a_message_is_sent_again_after_a_passing_fault(
    api: FakeBotApi, fault: Fault
) -> None:
    """Two faults in a row cost time, not the answer; it arrives once."""
    began = time.monotonic()
    api.fail("sendMessage", fault, fault)
    api.push_message("补多少")
    await api.wait_for_sent(1)
    api.push_message("二")
    sent = await api.wait_for_sent(2)

    assert [each.plain for each in sent] == ["答：补多少", "答：二"]
    assert time.monotonic() - began >= 2 * dict(fault.parameters).get("retry_after", 0)


@pytest.mark.usefixtures("channel")
@pytest.mark.parametrize(
    "faults", [[Fault(500)] * 3, [flood(61)], [Fault(400, "Bad Request: chat not found")]]
)
async def test_what_cannot_be_delivered_is_given_up_and_logged(
    api: FakeBotApi, faults: list[Fault], log: pytest.LogCaptureFixture
) -> None:
    """After three tries, a refusal or too long a wait, the chat's next message is answered."""
    api.fail("sendMessage", *faults)
    api.push_message(PLANTED)
    api.push_message("二")
    (sent,) = await api.wait_for_sent(1)

    assert sent.plain == "答：二"
    assert "telegram 发送失败：第1条，共1条" in log.text
    assert PLANTED not in log.text


@pytest.mark.usefixtures("channel")
async def test_whoever_blocked_the_bot_is_given_up_quietly(
    api: FakeBotApi, log: pytest.LogCaptureFixture
) -> None:
    """That is a citizen's right and no fault; nothing is tried again."""
    api.fail("sendMessage", Fault(403, "Forbidden: bot was blocked by the user"))
    api.push_message("一")
    api.push_message("二")
    await api.wait_for_sent(1)

    assert len(api.calls_of("sendMessage")) == 2
    assert not [record for record in log.records if record.levelno >= logging.WARNING]


@pytest.mark.usefixtures("channel")
async def test_html_that_telegram_refuses_is_sent_as_plain_text(
    api: FakeBotApi, answering: CannedAnswering
) -> None:
    """Better an answer without bold than none; its buttons stay."""
    answering.says["补多少"] = answer(
        block("补20%<2级>", BlockKind.LEAD, (1, 4)), choices=("一级",)
    )
    api.fail("sendMessage", Fault(400, "Bad Request: can't parse entities: no idea"))
    api.push_message("补多少")
    (sent,) = await api.wait_for_sent(1)

    assert (sent.text, sent.buttons) == ("补20%<2级>", (("一级", "q:0"),))
    assert "parse_mode" not in sent.parameters


@pytest.mark.usefixtures("channel")
async def test_a_group_that_moved_gets_its_answer_at_its_new_place(api: FakeBotApi) -> None:
    """A group that becomes a supergroup has a new id, and Telegram says which."""
    moved = Fault(400, "Bad Request: group chat was upgraded", (("migrate_to_chat_id", -1009),))
    api.fail("sendMessage", moved)
    api.push_message("补多少")
    (sent,) = await api.wait_for_sent(1)

    assert (sent.chat_id, sent.reply_to) == (-1009, None)


@pytest.mark.usefixtures("channel")
async def test_a_fault_of_ours_is_an_apology_with_a_reference(
    api: FakeBotApi, answering: CannedAnswering, log: pytest.LogCaptureFixture
) -> None:
    """A person gets a reference and a phone number, the log gets the traceback under it."""
    answering.says["补多少"] = RuntimeError("inner detail")
    api.push_message("补多少")
    (sent,) = await api.wait_for_sent(1)

    said = re.fullmatch(
        r"抱歉，出了点问题（编号 ([0-9a-f]{8})），请稍后再问，或拨打政务服务便民热线 12345",
        sent.plain,
    )
    assert said
    assert f"fault {said[1]}" in log.text
    assert "RuntimeError" in log.text
    assert "canned.py" in log.text


@pytest.mark.usefixtures("channel")
async def test_neither_words_nor_token_reach_the_log(
    api: FakeBotApi, answering: CannedAnswering, log: pytest.LogCaptureFixture
) -> None:
    """Whatever fails, the log holds neither what people wrote nor the token."""
    logging.getLogger("telegram").error("Received data was %r", PLANTED)
    answering.says[PLANTED] = ValueError(f"cannot read {PLANTED}")
    answering.says["链"] = _chained()
    api.fail("getUpdates", Fault(200, body=NOT_JSON), Fault(500, PLANTED), Fault(401), DROPPED)
    api.fail("sendMessage", Fault(400, f"Bad Request: can't parse entities: {PLANTED}"), DROPPED)
    api.fail("answerCallbackQuery", Fault(502, body=NOT_JSON))
    api.push_message(PLANTED)
    api.push_message("链")
    sent = await api.wait_for_sent(2)
    api.push_press(sent[1], PLANTED)
    api.push_message("完")
    await api.wait_for_sent(3)

    assert "fault " in log.text
    assert PLANTED not in log.text
    assert PLANTED[-12:] not in log.text
    assert api.token.split(":")[1] not in log.text


async def test_a_token_refused_at_the_start_is_not_in_the_log(
    api: FakeBotApi,
    answering: CannedAnswering,
    clock: SetClock,
    log: pytest.LogCaptureFixture,
) -> None:
    """The library's own error quotes the token; ours hides it, cause and all."""
    channel = TelegramChannel("1:planted", answering, lambda: OFFICE, clock, base_url=api.base_url)
    with pytest.raises(SettingsError) as caught:
        await channel.start()
    logging.getLogger("policybot").error("start failed", exc_info=caught.value)

    assert "planted" not in log.text


async def test_stopping_finishes_what_was_begun(stopped: TelegramChannel, api: FakeBotApi) -> None:
    """Messages that were fetched are answered and confirmed before the channel stops."""
    await stopped.start()
    api.fail("sendMessage", Fault(delay=0.4))
    number = api.push(message=api.message("补多少"))
    await api.wait_for(lambda: bool(api.calls_of("sendMessage")))
    await stopped.stop()

    assert [each.plain for each in api.sent] == ["答：补多少"]
    assert number in api.confirmed
    calls = len(api.calls)
    await asyncio.sleep(0.1)
    assert len(api.calls) == calls


async def test_stopping_confirms_what_the_last_poll_could_not(
    stopped: TelegramChannel, api: FakeBotApi
) -> None:
    """An answered message is not answered again after the next start."""
    number = api.push(message=api.message("补多少"))
    api.fail("getUpdates", Fault(), Fault(delay=60))
    await stopped.start()
    await api.wait_for_sent(1)
    await stopped.stop()

    assert number in api.confirmed


async def test_stopping_does_not_wait_for_ever(stopped: TelegramChannel, api: FakeBotApi) -> None:
    """What hangs is cut off in time."""
    await stopped.start()
    api.fail("sendMessage", Fault(delay=60))
    api.push_message("补多少")
    api.push_message("二")
    await api.wait_for(lambda: bool(api.calls_of("sendMessage")))
    began = time.monotonic()
    await stopped.stop()

    assert time.monotonic() - began < QUICK.unfinished + 1


def _chained() -> Exception:
    error = RuntimeError(PLANTED)
    error.__cause__ = KeyError(PLANTED)
    return error
