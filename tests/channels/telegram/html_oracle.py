"""Telegram's HTML as its documentation describes it: what a message must hold to be taken."""

from __future__ import annotations

import re
from html import unescape

TOKEN = re.compile(
    r"<(?P<close>/?)(?P<tag>[a-z-]+)(?P<attributes>(?: [^<>]*)?)>"
    r"|(?P<entity>&(?:lt|gt|amp|quot|#[0-9]+|#x[0-9a-fA-F]+);)"
    r"|(?P<text>[^<>&]+)"
)
TAGS = {"b", "strong", "i", "em", "u", "s", "code", "pre", "blockquote", "tg-spoiler"}
ATTRIBUTES = {"blockquote": {"", " expandable"}}


class UnparsedError(ValueError):
    """The HTML is not what Telegram takes."""


def parse(html: str) -> str:
    """Give the text of a message without its tags; raises `UnparsedError` like Telegram."""
    opened: list[str] = []
    text: list[str] = []
    position = 0
    while position < len(html):
        token = TOKEN.match(html, position)
        if token is None:
            raise UnparsedError(f"unsupported character at {position}")
        if token["tag"]:
            _step(opened, token)
        else:
            text.append(unescape(token["entity"]) if token["entity"] else token["text"])
        position = token.end()
    if opened:
        raise UnparsedError(f"can't find end tag corresponding to {opened[-1]}")
    return "".join(text)


def utf16_units(text: str) -> int:
    """Give the length of a text as Telegram counts it."""
    return sum(2 if ord(character) > 0xFFFF else 1 for character in text)


def _step(opened: list[str], token: re.Match[str]) -> None:
    tag, attributes = token["tag"], token["attributes"]
    if token["close"]:
        if attributes or not opened or opened.pop() != tag:
            raise UnparsedError(f"unmatched end tag {tag}")
        return
    if tag not in TAGS or attributes not in ATTRIBUTES.get(tag, {""}):
        raise UnparsedError(f'unsupported start tag "{tag}{attributes}"')
    if tag == "blockquote" and tag in opened:
        raise UnparsedError("blockquotes cannot be nested")
    opened.append(tag)
