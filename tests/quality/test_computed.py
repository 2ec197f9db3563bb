"""Computed questions: made by a script with its own arithmetic and its own calendar.

Nothing of what works amounts and days out is imported here: sums go in whole 分, and the days off
of 2026 stand below as the State Council's notice of November 2025 has them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from bot.models.documents import Benefit, Document, Limit, Rate, TimeLimit
from bot.models.questions import Answer
from bot.retrieval.edition import Edition
from tests.unit import builders
from tests.unit.answering.asking import ask, shipped

SEED = 20261122
OFF = [
    (date(2026, 1, 1), date(2026, 1, 3)),
    (date(2026, 2, 15), date(2026, 2, 23)),
    (date(2026, 4, 4), date(2026, 4, 6)),
    (date(2026, 5, 1), date(2026, 5, 5)),
    (date(2026, 6, 19), date(2026, 6, 21)),
    (date(2026, 9, 25), date(2026, 9, 27)),
    (date(2026, 10, 1), date(2026, 10, 7)),
]
WORKED = {
    *(date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28), date(2026, 5, 9)),
    *(date(2026, 9, 20), date(2026, 10, 10)),
}
SHIPPED_ITEMS = ("冰箱", "洗衣机", "电视", "空调", "电脑", "热水器", "家用灶具", "吸油烟机")
SHIPPED_DAYS = {"财产登记": 2, "高频事项": 5, "一般项目审查": 5, "重特大项目审查": 30}
WAYS = (
    "{price}的{grade}{item}能补多少",
    "{grade}{item}补多少，售价{price}",
    "买{price}的{grade}{item}补多少钱",
)
# Invented rules: place, item, hundredths of the price for grades 1 and 2, cap in yuan.
PLACES = (
    "永州市",
    "怀化市",
    "娄底市",
    "郴州市",
    "衡阳市",
    "邵阳市",
    "岳阳市",
    "常德市",
    "株洲市",
    "湘潭市",
)
THINGS = (
    "自行车",
    "沙发",
    "衣柜",
    "打印机",
    "净水器",
    "扫地机器人",
    "手表",
    "轮椅",
    "书桌",
    "眼镜",
)
BUSINESS = (
    "印章备案",
    "摊位登记",
    "养犬登记",
    "停车位审批",
    "招牌审批",
    "演出审批",
    "树木移植审批",
    "排水许可",
    "占道许可",
    "食品备案",
)


@dataclass(frozen=True, slots=True)
class Sum:
    """A question about money with the amount that is right, in 分; None where none may be told."""

    text: str
    cents: int | None


@dataclass(frozen=True, slots=True)
class Due:
    """A question about a day with the last day that is right."""

    text: str
    last: date


def cents_of(price: int, percent: int, cap: int) -> int:
    """Work out an amount in 分 from a price in 分: half a 分 counts as a whole one."""
    share = (price * percent * 2 + 100) // 200
    return min(share, cap * 100)


def is_worked(day: date) -> bool:
    """Tell whether a day of 2026 is worked."""
    off = any(first <= day <= last for first, last in OFF)
    return day in WORKED or (day.weekday() < 5 and not off)


def last_day(start: date, days: int) -> date:
    """Count working days from the day after a start."""
    while days:
        start += timedelta(days=1)
        days -= is_worked(start)
    return start


def written(price: int) -> str:
    """Write a price in 分 as people do."""
    yuan, rest = divmod(price, 100)
    return f"{yuan}.{rest:02d}元" if rest else f"{yuan}元"


def sums(
    items: tuple[str, ...], percents: dict[str, int], cap: int, place: str = ""
) -> Iterator[Sum]:
    """Ask for each thing in each grade, at a price below the cap and one far above it."""
    draw = random.Random(f"{SEED}{place}{items}")  # noqa: S311 - made questions
    for item in items:
        for grade, percent in percents.items():
            for most in (cap * 100 // percent * 100, 3_000_000):
                price = draw.randrange(10_000, max(most, 20_000))
                text = draw.choice(WAYS).format(
                    price=written(price), grade=f"{grade}级", item=item
                )
                yield Sum(place + text, cents_of(price, percent, cap))
        yield Sum(place + f"{draw.randrange(1000, 9000)}元的三级{item}能补多少", None)


def dues(days: dict[str, int], place: str = "") -> Iterator[Due]:
    """Ask for each business on some days of 2026 whose last day is in that year."""
    draw = random.Random(f"{SEED}{place}")  # noqa: S311 - made questions
    for business, count in days.items():
        for _ in range(9):
            start = date(2026, 1, 1) + timedelta(days=draw.randrange(300))
            said = f"2026年{start.month}月{start.day}日"
            way = draw.choice(("{day}受理，{what}哪天办完", "{what}{day}受理，什么时候办结"))
            yield Due(place + way.format(day=said, what=business), last_day(start, count))


def invented_benefit(number: int) -> Document:
    """Make a rule on money of one city for one thing."""
    place, thing = PLACES[number], THINGS[number]
    first, second, cap = 12 + number, 7 + number, 300 + 150 * number
    quote = (
        f"{place}居民购买{thing}，1级的按售价的{first}%补贴，2级的按售价的{second}%补贴，"
        f"每件最高补贴{cap}元。"
    )
    rates = tuple(
        Rate((("等级", grade),), Decimal(percent) / 100)
        for grade, percent in (("1", first), ("2", second))
    )
    rule = Benefit(
        f"{thing}补贴", (thing,), rates, quote, Decimal(cap), Limit("消费者", "每类", 1)
    )
    return builders.document(
        f"benefit-{number}",
        f"{place}{thing}补贴办法",
        {"补贴标准": quote},
        {},
        region=place,
        benefits=(rule,),
    )


def invented_limit(number: int) -> Document:
    """Make a time limit of one city for one business."""
    place, business, days = PLACES[number], BUSINESS[number], 1 + 3 * number
    quote = f"{place}的{business}，{days}个工作日内办结。"
    limit = TimeLimit(business, days, True, quote)
    return builders.document(
        f"limit-{number}",
        f"{place}{business}办事指南",
        {"办结时限": quote},
        {},
        region=place,
        time_limits=(limit,),
    )


@cache
def invented() -> Edition:
    """Give the edition of twenty invented rules."""
    numbers = range(len(PLACES))
    return builders.edition_of(*map(invented_benefit, numbers), *map(invented_limit, numbers))


def questions() -> Iterator[tuple[Edition, Sum | Due]]:
    """Ask for every rule that is shipped and the invented ones."""
    percents = {"一": 20, "二": 15}
    for one in (*sums(SHIPPED_ITEMS, percents, 2000), *dues(SHIPPED_DAYS)):
        yield shipped(), one
    for number, place in enumerate(PLACES):
        own = {"一": 12 + number, "二": 7 + number}
        for one in sums((THINGS[number],), own, 300 + 150 * number, place):
            yield invented(), one
        for due in dues({BUSINESS[number]: 1 + 3 * number}, place):
            yield invented(), due


def told(answer: Answer) -> tuple[object, ...]:
    """Give what was worked out: amounts in 分, and days."""
    return tuple(
        int(one.amount * 100) if one.amount is not None else one.day for one in answer.computed
    )


def test_every_amount_and_every_day_is_right() -> None:
    """Each question gets exactly the amount or the day, and none where the rule covers none."""
    every = list(questions())
    wrong = []
    for edition, one in every:
        wanted = one.last if isinstance(one, Due) else one.cents
        found = told(ask(one.text, edition, date(2026, 11, 22)))
        if found != (() if wanted is None else (wanted,)):
            wrong.append((one.text, wanted, found))
    assert len(every) >= 200
    assert wrong == []
