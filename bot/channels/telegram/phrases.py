"""The sentences that the Telegram channel says itself; everything of an office comes from it."""

from __future__ import annotations

from bot.models.documents import Office

COMMANDS = (
    ("start", "开始使用"),
    ("help", "怎么提问"),
    ("ask", "提问，例如 /ask 补贴标准"),
    ("about", "关于本服务"),
)
OUTDATED = "知识库已更新，请重新提问"
ONLY_TEXT = "目前只能看懂文字，请把问题写成一句话发来。"


def contact_of(office: Office) -> str:
    """Say whom to call."""
    return f"{office.contact.name} {office.contact.phone}".strip()


def welcome(office: Office) -> tuple[str, ...]:
    """Say what this is, and what becomes of what people write."""
    return (office.welcome, office.privacy)


def how_to_ask(office: Office) -> tuple[str, ...]:
    """Say how to ask here, with an example from the office's own topics."""
    example = f"，例如：{office.hot_topics[0]}" if office.hot_topics else ""
    return (
        f"直接发一句话提问{example}。",
        "一次问一件事，写明事项和地区，回答会更准。",
        "在群里请@本机器人、回复它的消息，或者发送 /ask 加上问题。",
        f"人工咨询：{contact_of(office)}",
    )


def about(office: Office, edition: str) -> tuple[str, ...]:
    """Say who answers, on what ground, and with which edition of the knowledge."""
    lines = (
        office.name,
        office.disclaimer,
        office.privacy,
        f"人工咨询：{contact_of(office)}",
    )
    return (*lines, f"知识库版本：{edition}") if edition else lines


def apology(office: Office, reference: str) -> str:
    """Say that something went wrong, with the reference under which it is logged."""
    return f"抱歉，出了点问题（编号 {reference}），请稍后再问，或拨打{contact_of(office)}"
