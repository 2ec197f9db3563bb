"""Searchable text → prices: what a thing costs, told apart from years, sizes and subsidies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

# Not behind a letter, a figure or a power: BCD-500, 3.5.1, 10^12.
NUMBER = re.compile(
    r"(?<![\d.^a-z〔])(?<!\d[, ])(?<![a-z]-)(?P<minus>(?<!\d)-|负)?"
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<yuan>元)?"
)
# What a number without 元 counts or names, where it is no price: 55寸, 2024年, 3匹, 500升.
OTHER_UNIT = re.compile(
    r"\d|\^|[./:][\d]|[a-z]|%|‰|〕|[年月日号寸升匹台件级个天岁层路平米瓦度户人次斤吨公千克毫英吋类种折成小分项条位代款套部]"
)
NO_COST_BEFORE = re.compile(
    r"(补[满到足]?|补贴|补助|领取?|返还?|减|便宜|优惠|上限|封顶|最[高多]|顶多|第)(了|到|是|为|能|可以|补|共|约|:|的)*$"
    r"|(打|拨|电话|热线|号码)(是|:)?$"
)
NO_COST_AFTER = re.compile(r"(的)?(补贴|补助|上限|封顶|优惠|券)")
VAGUE_BEFORE = re.compile(
    r"\d[、~—-]$|(小|快|近|不到|不足|超过|低于|高于|大约|大概|约|差不多|将近|接近|起码|至少)$"
)
# Foreign money is no exact price in yuan either.
VAGUE_AFTER = re.compile(
    r"\+|不到|不足|美[元金]|刀|欧元|英镑|日元|港[币元]|韩元|usd|hkd|多|余|几|来元|出头|左右|上下|以内|以下|以上|往上|起(?!来)"
)
RANGE = re.compile(r"\s*[到至~—－-]+\s*")
LEAST = 100  # a smaller number without 元 is hardly the price of anything (55, 3)
YEARS = range(2015, 2036)  # without 元 these name a year (2025国补)


@dataclass(frozen=True, slots=True)
class Price:
    """What something costs, in yuan; `exact` unless it is a range or about so much."""

    start: int
    end: int
    amount: Decimal
    exact: bool = True


def prices_in(searched: str) -> tuple[Price, ...]:
    """Find the prices of a searchable text, in order.

    What is said to be paid out (补2000元, 上限2000元) is none.
    """
    found = list(_prices(searched))
    ranged = {
        place
        for first in range(len(found) - 1)
        if RANGE.fullmatch(searched, found[first].end, found[first + 1].start)
        for place in (first, first + 1)
    }
    return tuple(
        Price(one.start, one.end, one.amount, one.exact and place not in ranged)
        for place, one in enumerate(found)
    )


def _prices(searched: str) -> Iterator[Price]:
    for one in NUMBER.finditer(searched):
        amount = Decimal(one["number"].replace(",", ""))
        before, end = searched[: one.start()], one.end()
        if NO_COST_BEFORE.search(before) or NO_COST_AFTER.match(searched, end):
            continue
        if not one["yuan"] and (
            amount < LEAST or amount in YEARS or OTHER_UNIT.match(searched, end)
        ):
            continue
        vague = VAGUE_BEFORE.search(before) or VAGUE_AFTER.match(searched, end)
        yield Price(one.start(), end, -amount if one["minus"] else amount, exact=not vague)
