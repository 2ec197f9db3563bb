"""Question → purchases: which listed thing, of which grade, how many, at which price."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.models.documents import Benefit
from bot.retrieval.catalogue import spellings
from bot.text.figures import searchable
from bot.text.prices import Price, prices_in

NAMED_GRADE = re.compile(
    r"(?<![一二三四五六七八九十])(?P<level>[零一二三四五六七八九特]|(?<!\d)[1-9])级(?P<up>及?以上|或以上)?"
    r"|等级是?为?(?P<named>[一二三四五1-5])"
)
DIGITS = dict(zip("一二三四五六七八九", "123456789", strict=True))
COUNT = re.compile(r"(?P<count>一|[1-9]\d{0,3})[台件个套部]")
BETWEEN = re.compile(r"[，,；;、。和与跟及加再\s]|还有|以及|另外|外加|同时")
FOR_ALL = re.compile(r"都|均|全是|各|每台|每件|每个")
# 一共9000: one price for all; 一共补多少 asks for a sum, and says none.
IN_SUM = re.compile(
    r"(一共|总共|合计|总计|加起来|共计?|总价)(是|为|要|花了?|卖|才|:)*\s*[\d,.]+(?!台|件|个|套)"
)
# 不是一级, 低于二级, 一级以下, 超一级: not this grade, and not known which.
OTHER_GRADE = re.compile(
    r"(不是|并非|非|没有?(达到|到)?|未(达到|达|到)?|达不到|低于|高于|不到|不足|不够|超|准)(新|能效|水效)*[一二三四五1-5]级"
    r"|[一二三四五1-5]级(能效|水效)*(及|或)?以下"
)
UNKNOWN_GRADE = re.compile(
    r"(不知道|不清楚|不晓得|不了解|没看|忘了|不确定).{0,4}(级|能效)|(级|能效).{0,4}(不知道|不清楚|不晓得|不确定|忘了)"
)


UNSURE = "+"  # a grade that is not the one that was named


@dataclass(frozen=True, slots=True)
class Purchase:
    """One kind of thing that is bought: `item` as the rule lists it, empty where none is named.

    `grades` are all that were named; `together` tells that the prices are for all pieces.
    """

    item: str
    prices: tuple[Price, ...] = ()
    grades: tuple[str, ...] = ()
    count: int = 1
    together: bool = False


def purchases_in(
    text: str, benefit: Benefit, synonyms: Mapping[str, tuple[str, ...]]
) -> tuple[Purchase, ...]:
    """Read what a question says is bought, a purchase for each item in the order of the text.

    Without an item there is one purchase of an unnamed one. What is said for all (都是一级,
    各5000元) counts for each that says nothing of its own.
    """
    searched = searchable(text)
    named = _items_in(searched, benefit, synonyms)
    if not named:
        return (_purchase("", searched),)
    if len(named) > 1 and IN_SUM.search(searched):
        prices = prices_in(searched)
        return tuple(Purchase(item, prices, count=2, together=True) for _, _, item in named)
    cuts = _cuts(searched, named)
    parts = [searched[start:end] for start, end in pairwise(cuts)]
    read = [_purchase(item, part) for (_, _, item), part in zip(named, parts, strict=True)]
    return _shared(read, parts)


def without_grade(text: str) -> str:
    """Drop the grades from a question, so that another one can be put in."""
    return NAMED_GRADE.sub("", searchable(text)).strip(" ,，")


def knows_no_grade(text: str) -> bool:
    """Tell whether a question says that its grade is not known."""
    return UNKNOWN_GRADE.search(searchable(text)) is not None


def _items_in(
    searched: str, benefit: Benefit, synonyms: Mapping[str, tuple[str, ...]]
) -> list[tuple[int, int, str]]:
    """Find the items (start, end, as listed) that a text names; of two the longer one."""
    listed = {name: item for item in benefit.items for name in spellings({item}, synonyms)}
    if not listed:
        return []
    longest = sorted(listed, key=lambda name: (-len(name), name))
    pattern = re.compile("|".join(map(re.escape, longest)))
    found = [(one.start(), one.end(), listed[one[0]]) for one in pattern.finditer(searched)]
    return [one for place, one in enumerate(found) if not place or one[2] != found[place - 1][2]]


def _cuts(searched: str, named: list[tuple[int, int, str]]) -> list[int]:
    """Give where the words about each item begin and end.

    Between two items the last mark or 和 divides, else a count, else a grade where the first
    item has its grade before it; without them, what stands behind an item is about it, unless
    the question puts prices before the things.
    """
    before = _purchase("", searched[: named[0][0]])
    leads = bool(before.prices)
    cuts = [0]
    for (_, end, _), (start, _, _) in pairwise(named):
        marks = [one.end() for one in BETWEEN.finditer(searched, end, start)]
        heads = [one.start() for one in COUNT.finditer(searched, end, start)]
        if before.grades and not heads:
            heads = [one.start() for one in NAMED_GRADE.finditer(searched, end, start)]
        cuts.append(marks[-1] if marks else heads[-1] if heads else end if leads else start)
    return [*cuts, len(searched)]


def _purchase(item: str, part: str) -> Purchase:
    counts = COUNT.findall(part)
    grades = (
        DIGITS.get(level, level) + ("+" if one["up"] else "")
        for one in NAMED_GRADE.finditer(part)
        for level in (one["level"] or one["named"],)
    )
    return Purchase(
        item=item,
        prices=_distinct(prices_in(part)),
        grades=(UNSURE,) if OTHER_GRADE.search(part) else tuple(dict.fromkeys(grades)),
        count=1 if not counts or counts[0] == "一" else int(counts[0]),
        together=IN_SUM.search(part) is not None,
    )


def _distinct(prices: tuple[Price, ...]) -> tuple[Price, ...]:
    return tuple({(one.amount, one.exact): one for one in prices}.values())


def _shared(read: list[Purchase], parts: list[str]) -> tuple[Purchase, ...]:
    last = read[-1]
    if len(read) == 1 or not FOR_ALL.search(parts[-1]):
        return tuple(read)
    return tuple(
        replace(one, prices=one.prices or last.prices, grades=one.grades or last.grades)
        for one in read
    )
