"""Messages → Telegram: what is tried again, what is given up, and as which error."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, NetworkError, RetryAfter, TelegramError

from bot.channels.telegram.pace import Pace
from bot.channels.telegram.reading import CHANNEL, Place
from bot.channels.telegram.rendering import Message
from bot.errors import DeliveryError

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
UNPARSED = "can't parse entities"


async def deliver(bot: Bot, place: Place, messages: tuple[Message, ...], pace: Pace) -> None:
    """Send messages one after the other; only the first is a reply to the question.

    Raises `DeliveryError` for the first message that cannot be delivered; the rest is not sent.
    """
    for number, message in enumerate(messages, start=1):
        try:
            place = await _send(bot, place, message, pace)
        except TelegramError as error:
            raise delivery_error(error, f"第{number}条，共{len(messages)}条", pace) from error
        place = replace(place, reply_to=None)


def delivery_error(error: TelegramError, what: str, pace: Pace) -> DeliveryError:
    """Say what could not be delivered, why, and after how many seconds it could be again."""
    cause = f"{what}（{type(error).__name__}{_reason(error)}）"
    if isinstance(error, RetryAfter):
        return DeliveryError(CHANNEL, cause, seconds_of(error.retry_after))
    passing = isinstance(error, NetworkError) and not isinstance(error, BadRequest)
    return DeliveryError(CHANNEL, cause, pace.longest_wait if passing else None)


def wait_before_retry(error: TelegramError, attempt: int, pace: Pace) -> float | None:
    """Give the seconds to wait before this attempt; None: it is given up."""
    if attempt > pace.tries or isinstance(error, BadRequest):
        return None
    if isinstance(error, RetryAfter):
        seconds = seconds_of(error.retry_after)
        return seconds if seconds <= pace.longest_flood_wait else None
    return pace.wait_before(attempt) if isinstance(error, NetworkError) else None


def seconds_of(period: int | timedelta) -> float:
    """Give the seconds of a period; the library is on its way from numbers to timedelta."""
    return period.total_seconds() if isinstance(period, timedelta) else float(period)


async def _send(bot: Bot, place: Place, message: Message, pace: Pace) -> Place:
    """Send one message, again where that can help; give the place where it went."""
    attempt, as_html = 1, True
    while True:
        try:
            await _send_once(bot, place, message, as_html=as_html)
        except ChatMigrated as error:
            if place.chat_id == error.new_chat_id:
                raise
            place = Place(error.new_chat_id)
        except BadRequest as error:
            if not as_html or UNPARSED not in error.message.lower():
                raise
            as_html = False
        except TelegramError as error:
            attempt += 1
            wait = wait_before_retry(error, attempt, pace)
            if wait is None:
                raise
            await asyncio.sleep(wait)
        else:
            return place


async def _send_once(bot: Bot, place: Place, message: Message, *, as_html: bool) -> None:
    rows = [[InlineKeyboardButton(b.label, callback_data=b.callback)] for b in message.buttons]
    await bot.send_message(
        place.chat_id,
        message.html if as_html else message.text,
        parse_mode=ParseMode.HTML if as_html else None,
        message_thread_id=place.thread_id,
        reply_parameters=_reply_to(place),
        reply_markup=InlineKeyboardMarkup(rows) if rows else None,
        link_preview_options=NO_PREVIEW,
    )


def _reply_to(place: Place) -> ReplyParameters | None:
    """Reply to the question, or without it where it was deleted meanwhile."""
    if place.reply_to is None:
        return None
    return ReplyParameters(place.reply_to, allow_sending_without_reply=True)


def _reason(error: TelegramError) -> str:
    """Give Telegram's own sentence for a refusal, unless it quotes the message."""
    if isinstance(error, BadRequest) and UNPARSED not in error.message.lower():
        return f"：{error.message}"
    return ""
