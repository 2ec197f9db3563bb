"""What a Telegram message asks the bot, who asks and where the reply goes; pure."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Chat, Message, MessageEntity, User
from telegram.constants import ChatType

from bot.models.questions import Asker

CHANNEL = "telegram"
GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reply goes: a chat, a topic of a forum, and the message it replies to."""

    chat_id: int
    thread_id: int | None = None
    reply_to: int | None = None


def is_from_person(message: Message) -> bool:
    """Tell whether a person wrote it: not a bot, not a channel's post copied into its group."""
    if message.is_automatic_forward or not message.from_user:
        return False
    # An administrator who writes anonymously comes as a bot, with the group as the sender.
    return not message.from_user.is_bot or message.sender_chat is not None


def is_group(chat: Chat) -> bool:
    """Tell whether others read along."""
    return chat.type in GROUPS


def person_of(message: Message) -> str:
    """Give the id of who wrote a message: a person, or a chat in whose name one writes."""
    sender = message.sender_chat or message.from_user
    return str(sender.id) if sender else ""


def asker_of(message: Message, person_id: str) -> Asker:
    """Give the conversation to which a question of this person at this message belongs."""
    thread = _topic(message)
    return Asker(CHANNEL, str(message.chat.id), "" if thread is None else str(thread), person_id)


def place_of(message: Message, *, replying: bool = False) -> Place:
    """Give where to reply; in a group always to the message, so that people see whose it is."""
    replies = replying or is_group(message.chat)
    return Place(message.chat.id, _topic(message), message.message_id if replies else None)


def words_for_bot(message: Message, bot: User) -> str | None:
    """Give what a message asks the bot, without mentions; None where the bot is not meant."""
    text = message.text or message.caption or ""
    mentions = tuple(_mentions(message, bot))
    if is_group(message.chat) and not mentions and not _replies_to(message, bot):
        return None
    return _without(text, mentions)


def words_of_command(message: Message) -> str:
    """Give what stands after a command."""
    return "".join((message.text or "").split(maxsplit=1)[1:])


def _topic(message: Message) -> int | None:
    """Give the topic of a forum; in other groups the same field only counts replies."""
    return message.message_thread_id if message.is_topic_message else None


def _replies_to(message: Message, bot: User) -> bool:
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created:  # a topic's first message is no message
        return False
    return replied.from_user is not None and replied.from_user.id == bot.id


def _mentions(message: Message, bot: User) -> list[MessageEntity]:
    marked = {**message.parse_entities(), **message.parse_caption_entities()}
    return [entity for entity, text in marked.items() if _names(entity, text, bot)]


def _names(entity: MessageEntity, text: str, bot: User) -> bool:
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == bot.id
    return entity.type == MessageEntity.MENTION and text.lower() == f"@{bot.username}".lower()


def _without(text: str, entities: tuple[MessageEntity, ...]) -> str:
    """Cut entities out of a text; their offsets count UTF-16 units, two bytes each."""
    units = text.encode("utf-16-le", "surrogatepass")
    for entity in sorted(entities, key=lambda entity: entity.offset, reverse=True):
        start, end = 2 * entity.offset, 2 * (entity.offset + entity.length)
        units = units[:start] + " ".encode("utf-16-le") + units[end:]
    return units.decode("utf-16-le", "surrogatepass").strip()
