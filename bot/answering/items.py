"""Whether a question is about an item that a rule with a closed list does not name."""

from __future__ import annotations

import re

from bot.answering.support import share_held
from bot.models.documents import Document
from bot.retrieval.edition import Edition
from bot.retrieval.retriever import Query
from bot.text.normalise import normalise

RARE = 11.0  # surprise from which a word names a thing of its own (平板 11.9, 洗碗机 16.5)
# A thing is bought, traded in or subsidised: it stands right behind or before such a word.
# 换 of 以旧换新 names the scheme, not what is bought; 六月补贴 is a time, not a thing.
BOUGHT = r"(?<!旧)(买|购买|购置|换购?|更换|入手)(了|个|新的?|一?[台部件辆款])*"
TIME = re.compile(r".*[年月日季]|.*(今年|去年|上次|这次)")
PAID = (
    r"(也|都|还)*(能不能|可不可以|有没有|能|可以|可|有|给|享受|参加|算)*"
    r"(国补|补|以旧换新|换新|减多少)"
)


def unlisted_item(query: Query, document: Document, edition: Edition) -> str:
    """Give the thing asked for that no rule of the document lists, empty where none is.

    Only documents with `benefits` have a closed list; a question that names a listed item too
    is not judged here.
    """
    items = [item for benefit in document.benefits for item in benefit.items]
    named = normalise(query.text)
    if not items or any(_names(item, named, edition) for item in items):
        return ""
    held = normalise(_all_text(document))
    for word in query.words:
        rare = len(word) > 1 and edition.analyzer.surprise(word) >= RARE
        rare = rare and not TIME.fullmatch(word)
        if rare and share_held(word, held, edition) == 0 and _is_thing(word, named):
            return word
    return ""


def _names(item: str, text: str, edition: Edition) -> bool:
    return any(spelling in text for spelling in (item, *edition.synonyms.get(item, ())))


def _all_text(document: Document) -> str:
    """Give what the document says; `asks` may well name what it does not cover."""
    sections = (f"{section.heading}\n{section.text}" for section in document.sections)
    return "\n".join((document.title, *document.also_called, *sections))


def _is_thing(word: str, text: str) -> bool:
    escaped = re.escape(word)
    return bool(re.search(f"{BOUGHT}{escaped}|{escaped}{PAID}", text))
