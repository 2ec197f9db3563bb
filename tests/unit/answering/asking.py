"""Asking as a channel does, over the shipped knowledge and over a small made-up one."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

from bot.answering import service
from bot.channels.wire import plain_text
from bot.clock import SHANGHAI
from bot.knowledge.loading import load
from bot.models.documents import (
    Benefit,
    Document,
    NotStated,
    PartialDate,
    Rate,
    Source,
    Supersession,
    TimeLimit,
    Wording,
)
from bot.models.questions import Answer, Asker, BlockKind, Conversation, Question
from bot.retrieval.edition import Edition
from tests.unit import builders

KNOWLEDGE = Path(__file__).parents[3] / "knowledge"
DAY = date(2026, 11, 22)  # after every day that the shipped knowledge states
NOON = datetime(2026, 11, 22, 12, tzinfo=SHANGHAI)
ASKER = Asker("test", "c1")
AMOUNT = re.compile(r"\d[\d.,]*\s*(?:[万亿]?元|[%％])")
DAYS = re.compile(r"\d+个?(?:工作日|天)|(?<![月\d])\d+日")

RULE = "湖南省家电达到2级能效的，按售价的15%补贴；达到1级的，按售价的20%补贴；每件最高补贴2000元。"
OLD_RULE = "2023年的家电补贴，每件最高补贴800元。"
LIMITS = {"财产登记": 2, "重特大项目审查": 30}


def benefit(*items: str, quote: str = RULE) -> Benefit:
    """Make a rule with a closed list of items."""
    rates = (Rate((("等级", "1"),), Decimal("0.20")), Rate((("等级", "2"),), Decimal("0.15")))
    return Benefit("家电补贴", items, rates, quote, cap=Decimal(2000))


def small_documents() -> tuple[Document, ...]:
    """Make a rule with the one it follows, time limits of a city, and a published wording."""
    limits = {item: f"益阳市的{item}，{days}个工作日内办结。" for item, days in LIMITS.items()}
    return (
        builders.document(
            "trade-in",
            "湖南省家电以旧换新补贴办法",
            {"补贴标准": RULE, "补贴品类": "补贴的家电有3类：冰箱、洗衣机、空调。"},
            {"补贴标准": ("一级能效补多少",), "补贴品类": ("哪些家电可以补",)},
            region="湖南省",
            topics=("家电以旧换新",),
            also_called=("家电补贴",),
            source=Source("湖南日报", reported=date(2024, 9, 4)),
            supersedes=(Supersession("trade-in-2023", "升级"),),
            benefits=(benefit("冰箱", "洗衣机", "空调"),),
            not_stated=(NotStated("手机", ("买手机有补贴吗", "手机补多少")),),
        ),
        builders.document(
            "trade-in-2023",
            "湖南省家电补贴2023年办法",
            {"补贴标准": OLD_RULE},
            {"补贴标准": ("以前最多补多少",)},
            region="湖南省",
            issued=PartialDate(2023, 6),
        ),
        builders.document(
            "limits",
            "益阳市登记和审查时限",
            {"办结时限": "\n".join(limits.values())},
            {"办结时限": ("财产登记几天办好",)},
            region="益阳市",
            topics=("益阳登记办事",),
            time_limits=tuple(
                TimeLimit(item, days, True, limits[item]) for item, days in LIMITS.items()
            ),
        ),
        builders.document(
            "parking",
            "停车收费管理办法",
            {"收费标准": "路边停车每小时收费3元。当日最高收费20元。"},
            {"收费标准": ("停车一小时多少钱",)},
            region="湖南省",
            wording=Wording.ORIGINAL,
            effective_from=date(2025, 1, 1),
            effective_until=date(2030, 12, 31),
        ),
    )


@cache
def small() -> Edition:
    """Give the edition of the small made-up knowledge."""
    synonyms = (("补贴", "补助"), ("冰箱", "电冰箱"), ("一级", "1级"), ("二级", "2级"))
    return builders.edition_of(*small_documents(), synonyms=synonyms)


@cache
def shipped() -> Edition:
    """Give the edition of the knowledge that is shipped."""
    return builders.edition(load(KNOWLEDGE))


def ask(
    text: str, edition: Edition, day: date = DAY, conversation: Conversation | None = None
) -> Answer:
    """Ask one question, within a conversation where one is given."""
    question = Question(text, ASKER, NOON)
    return service.ask(question, conversation or Conversation("c1"), edition, day)


def talk(edition: Edition, *texts: str, day: date = DAY) -> Answer:
    """Ask one question after the other in one conversation, and give the last answer."""
    answer = ask(texts[0], edition, day)
    for text in texts[1:]:
        answer = ask(text, edition, day, answer.conversation)
    return answer


def texts_of(answer: Answer, kind: BlockKind) -> str:
    """Give the text of all blocks of a kind, empty where there is none."""
    return "\n".join(block.text for block in answer.blocks if block.kind is kind)


def told(answer: Answer) -> str:
    """Give what an answer says for itself: all but the line of what was understood."""
    return "\n".join(
        block.text for block in answer.blocks if block.kind is not BlockKind.UNDERSTOOD
    )


def shown(answer: Answer) -> str:
    """Give all that a citizen reads."""
    return plain_text(answer)
