"""Update → question → answer → messages, for each kind of update that the bot handles."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from typing import Any

from telegram import CallbackQuery, Message, Update
from telegram.error import Forbidden, TelegramError
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.channels.telegram import phrases
from bot.channels.telegram.delivery import deliver
from bot.channels.telegram.discretion import without_message
from bot.channels.telegram.pace import Pace
from bot.channels.telegram.pressing import ChoicePress, PassagePress, press_of
from bot.channels.telegram.reading import (
    Place,
    asker_of,
    is_from_person,
    is_group,
    person_of,
    place_of,
    words_for_bot,
    words_of_command,
)
from bot.channels.telegram.rendering import Message as Reply
from bot.channels.telegram.rendering import messages_of, notice_of
from bot.errors import DeliveryError
from bot.models.documents import Office
from bot.models.questions import Question
from bot.ports import Answering, Clock
from bot.telemetry import report_fault

Context = ContextTypes.DEFAULT_TYPE
AnyApplication = Application[Any, Any, Any, Any, Any, Any]  # nothing is kept in its own stores
ALBUMS_REMEMBERED = 1000  # the photos of an album come within seconds of each other

log = logging.getLogger("policybot.telegram")


class _FromPerson(filters.MessageFilter):
    def filter(self, message: Message) -> bool:
        return is_from_person(message)


MESSAGES = filters.UpdateType.MESSAGE & _FromPerson()
PRIVATE = MESSAGES & filters.ChatType.PRIVATE
# In a group a bare /help may be meant for any of its bots; /help@name is meant for one.
FOR_US = PRIVATE | (MESSAGES & filters.Regex(r"^/\w+@"))


class Handlers:
    """What the bot does with each kind of update."""

    def __init__(
        self,
        answering: Answering,
        office: Callable[[], Office],
        clock: Clock,
        edition: Callable[[], str],
        pace: Pace,
    ) -> None:
        self._answering = answering
        self._office = office
        self._clock = clock
        self._edition = edition
        self._pace = pace
        self._albums: deque[str] = deque(maxlen=ALBUMS_REMEMBERED)

    def register(self, application: AnyApplication) -> None:
        """Tell an application which update goes to which handler; the first that fits."""
        application.add_handlers(
            [
                CallbackQueryHandler(self.press),  # first: the others cannot read its old messages
                CommandHandler("start", self.start, FOR_US),
                CommandHandler("help", self.help, FOR_US),
                CommandHandler("about", self.about, FOR_US),
                CommandHandler("ask", self.ask, MESSAGES),
                MessageHandler(PRIVATE & filters.COMMAND, self.help),  # there is no such command
                MessageHandler(MESSAGES & ~filters.COMMAND, self.message),
            ]
        )
        application.add_error_handler(self.fault)

    async def start(self, update: Update, context: Context) -> None:
        """Welcome a person; what a deep link carries is ignored."""
        if update.message:
            notice = notice_of(*phrases.welcome(self._office()), topics=self._office().hot_topics)
            await self._send(context, place_of(update.message), notice)

    async def help(self, update: Update, context: Context) -> None:
        """Say how to ask."""
        if update.message:
            notice = notice_of(*phrases.how_to_ask(self._office()))
            await self._send(context, place_of(update.message), notice)

    async def about(self, update: Update, context: Context) -> None:
        """Say who answers and on what ground."""
        if update.message:
            notice = notice_of(*phrases.about(self._office(), self._edition()))
            await self._send(context, place_of(update.message), notice)

    async def ask(self, update: Update, context: Context) -> None:
        """Answer what stands after /ask."""
        if update.message:
            await self._answer(update, context, update.message, words_of_command(update.message))

    async def message(self, update: Update, context: Context) -> None:
        """Answer a message that is meant for the bot; in a group, silence for all others."""
        message = update.message
        if message is None:
            return
        if message.text is None and message.caption is None:
            await self._only_text(context, message)
            return
        self._remember_album(message)
        words = words_for_bot(message, context.bot.bot)
        if words is not None:
            await self._answer(update, context, message, words)

    async def press(self, update: Update, context: Context) -> None:
        """Do what a button promises; a callback that the bot never wrote does nothing."""
        query = update.callback_query
        if query is None:
            return
        await self._acknowledge(query)
        press = press_of(query.data)
        if isinstance(press, PassagePress):
            await self._unfold(query, context, press)
        elif isinstance(press, ChoicePress):
            await self._choose(query, context)

    async def fault(self, update: object, context: Context) -> None:
        """Log an error and, where it is not the delivery itself that fails, apologise."""
        error = context.error
        if error is None:
            return
        if isinstance(error, DeliveryError):
            left = isinstance(error.__cause__, Forbidden)  # whoever blocks a bot is no fault
            log.log(logging.INFO if left else logging.WARNING, "%s", error)
            return
        reference = report_fault("channels.telegram", without_message(error))
        place = _place_of_update(update)
        if place is None:
            return
        try:
            await self._send(context, place, notice_of(phrases.apology(self._office(), reference)))
        except DeliveryError as undelivered:
            log.warning("apology %s: %s", reference, undelivered)
        except Exception as second:  # noqa: BLE001 - nobody else logs it: the library is silent
            report_fault("channels.telegram.apology", without_message(second))

    async def _answer(
        self, update: Update, context: Context, message: Message, words: str
    ) -> None:
        if not words:
            await self.help(update, context)
            return
        asker = asker_of(message, person_of(message))
        question = Question(words, asker, message.date, str(message.message_id))
        answer = self._answering.ask(question)
        await self._send(context, place_of(message), messages_of(answer))

    async def _unfold(self, query: CallbackQuery, context: Context, press: PassagePress) -> None:
        place = _place_of_press(query)
        if place is None:
            return
        answer = self._answering.unfold(press.edition, press.ordinal)
        messages = messages_of(answer) if answer else notice_of(phrases.OUTDATED)
        await self._send(context, place, messages)

    async def _choose(self, query: CallbackQuery, context: Context) -> None:
        """Ask the label of the pressed button, as this person."""
        message, place = query.message, _place_of_press(query)
        if place is None:
            return
        # Too old, Telegram no longer shows its buttons. The library's class does not tell that:
        # 22.8 makes an ordinary Message of it, with the date 0.
        if not isinstance(message, Message) or not message.is_accessible:
            await self._send(context, place, notice_of(phrases.OUTDATED))
            return
        label = _pressed_label(message, query.data)
        if not label:
            return
        asker = asker_of(message, str(query.from_user.id))
        now = self._clock.now()  # Telegram does not say when a button was pressed
        answer = self._answering.ask(Question(label, asker, now, str(message.message_id)))
        await self._send(context, place_of(message), messages_of(answer))

    async def _only_text(self, context: Context, message: Message) -> None:
        """Say, once an album and never in a group, that only text is understood."""
        if is_group(message.chat) or not message.effective_attachment:
            return
        if not self._remember_album(message):
            await self._send(context, place_of(message), notice_of(phrases.ONLY_TEXT))

    def _remember_album(self, message: Message) -> bool:
        """Remember the album of a message; tell whether it had been seen before."""
        album = message.media_group_id
        if album is None:
            return False
        seen = album in self._albums
        if not seen:
            self._albums.append(album)
        return seen

    async def _acknowledge(self, query: CallbackQuery) -> None:
        """Let the button stop turning; that this fails (too late, say) costs nobody the answer."""
        try:
            await query.answer()
        except TelegramError as error:
            log.info("a pressed button was not acknowledged: %s", type(error).__name__)

    async def _send(self, context: Context, place: Place, messages: tuple[Reply, ...]) -> None:
        await deliver(context.bot, place, messages, self._pace)


def _pressed_label(message: Message, callback: str | None) -> str:
    """Find the pressed button in its own message; empty where it is not there (forged)."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    labels = (button.text for row in rows for button in row if button.callback_data == callback)
    return next(labels, "")


def _place_of_press(query: CallbackQuery) -> Place | None:
    """Give where to reply to a pressed button, also where its message is too old to be read."""
    message = query.message
    if message is None:
        return None
    if isinstance(message, Message):
        return place_of(message, replying=True)
    return Place(message.chat.id, reply_to=message.message_id)


def _place_of_update(update: object) -> Place | None:
    if not isinstance(update, Update):
        return None
    if update.message:
        return place_of(update.message)
    return _place_of_press(update.callback_query) if update.callback_query else None
