"""One form for numerals and units: 五千块 = 5,000元 = 5000元, 百分之二十 = 二成 = 20%.

Works on text that `normalise` has folded. Only a numeral beside a unit, or one too large to be
part of another word, is rewritten: 三农, 万一, 一些 and grades (一级) stay, and so do ranges
and rough figures (三五天, 二十多万, 几十个). An ordinal takes the form of laws: 第3条 → 第三条.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bot.text.normalise import normalise, origins
from bot.text.numerals import (
    CHINESE,
    DIGITS,
    GROUPED,
    MIXED,
    NUMERALS,
    in_chinese,
    in_digits,
    in_year,
)

Edit = tuple[int, int, str]  # start and end in the folded text, and what stands there instead

ANY = re.compile(rf"[0-9{NUMERALS}]")
# Never the tail of a longer number, nor what 百分之 or ¥ before it could not take.
ALONE = rf"(?<![0-9{NUMERALS}])(?<![0-9{NUMERALS}][.点])(?<!分之)(?<!¥)(?<!¥ )"
WHOLE = rf"(?![0-9{NUMERALS}])(?![.点][0-9{NUMERALS}])"
NO_GROUP = r"(?!,[0-9]{3})"  # 六百,000 must not become a grouped number
ROUGH = r"(?![几余来]|多(?![少久长大]))"  # 十几, 二十多万, 百余; but 三天多久 asks how long
FIGURE = re.compile(
    rf"(?=[0-9{NUMERALS}〔\[(【第¥])(?:"  # most characters fail here, which is fast
    rf"[〔\[(【](?P<year>[0-9]{{4}}|[{NUMERALS}]{{4}})[〕\])】]第?(?P<number>[0-9]{{1,5}}|[{NUMERALS}]{{1,8}})号"
    rf"|(?<![0-9{NUMERALS}./点-])(?P<date>(?:19|20)[0-9]{{2}}(?P<mark>[-/.])(?:1[0-2]|0?[1-9])(?P=mark)"
    rf"(?:3[01]|[12][0-9]|0?[1-9]))(?![0-9{NUMERALS}./点-])(?!,[0-9¥])"
    rf"|{ALONE}(?P<share>[百千])分之(?P<shared>百|{DIGITS}|{CHINESE}){WHOLE}{ROUGH}"
    r"|第(?P<ordinal>[1-9][0-9]{0,2})(?=[条章节款项编篇批届次期位名类个])"
    rf"|第[{NUMERALS}]+"
    rf"|{ALONE}(?<![0-9],)(?<![至到~—-])"
    rf"¥ ?(?P<price>{GROUPED}{WHOLE}|{MIXED}{WHOLE}|{DIGITS}{WHOLE})"
    rf"(?! ?[¥-]|,[0-9¥]){ROUGH}(?=(?P<yuan>元)?)"
    rf"|{ALONE}(?:(?P<mixed>{MIXED}(?![瓦米克卡帕伏分货])){WHOLE}{NO_GROUP}{ROUGH}"
    rf"|(?P<digits>{GROUPED}|{DIGITS}){WHOLE}|(?P<chinese>{CHINESE}){WHOLE}{NO_GROUP}{ROUGH}))"
)
# After these 一 is part of a word (统一, 唯一), and any numeral of a name or a guess (周三).
BEFORE_ONE = frozenset("统唯惟专单同划归如合逐之其不哪这那某另任有")
BEFORE_ANY = frozenset("几数第初周期拜双")
AFTER_COMMA = re.compile(rf"[0-9{NUMERALS}],")
GROUP = 3  # digits; 七百,六百元 must not become 700,600元
LARGE = 100  # smaller bare numerals are too often part of a word (十分, 三星, 五一)

# Units that say how long, how much or how far; what follows tells 三家 from 家电, 一年 from 年级.
MEASURE = (
    r"元(?![化论素件旦帅首组结体方性社])|块钱?|个?工作日|个月|个?小时|分钟|天(?![津然赋才气下])|日(?![常本期程报用])"
    r"|月(?![球光亮])|年(?![级代货轻龄检审薪])|周岁|岁|周(?![边转期])|个?百分点|%|成|折(?!叠)|倍|平方公里|平方米"
    r"|平米|m2|亩|公里|米(?![粉饭线])|公斤|吨"
)
# Units that count; before them 一 is an article (一个, 一次, 一家) and no figure.
COUNT = (
    r"个(?!人|月|工作日|小时|百分点)|人次|人(?![民员才大口工气均类数材体格事士力性])|户(?![口籍型])|家(?![电庭长属具居乡政族里用])|件|台(?![湾阶账])"
    r"|套(?!餐)|次(?!方)|项(?!目)|条(?![件例款理])|份(?!额)|种(?![植子类养粮])|名(?![单额录称])|张(?!家)|辆|座(?![谈位])"
    r"|位(?!一体)|层|楼|页|批|倍"
)
END = r"(?!半|多(?![少久长大]))"  # 三年半, 两个多月: not the figure alone
MEASURED = re.compile(rf"(?:{MEASURE}){END}")
COUNTED = re.compile(rf"(?:{MEASURE}|{COUNT}){END}")
YEARS = re.compile(rf"(?:[至到~—-]{{1,2}}[{NUMERALS}]{{4}})?年")
RANGE = re.compile(
    rf"[至到~—-]{{1,2}}(?!(?:19|20)[0-9]{{2}})(?:{GROUPED}|{MIXED}|{DIGITS}|{CHINESE})(?![0-9{NUMERALS}])"
)
TENTHS = re.compile(
    rf"成(?P<more>[一二三四五六七八九])?(?![0-9{NUMERALS}])(?![员不立为功果就分熟品本人年长都绩效交型行风])"
)
UNIT_FORMS = {"块钱": "元", "工作日": "个工作日", "个小时": "小时"}
MOST_PASSES = 5  # two million made-up texts needed two at most
ALL = 100  # percent; 十成 and more is no share
MONEY_FROM = 10  # 三块 may be three pieces of anything, 五十块 is money
TERM = re.compile(
    r"〔[0-9]{4}〕[0-9]{1,5}号|[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日|[0-9]{4}年[0-9]{1,2}月|[0-9]{1,2}月[0-9]{1,2}日"
    r"|(?<![0-9.])[0-9]{1,16}(?:\.[0-9]{1,8})?(?:%|元|个工作日|天|日|个月|小时|分钟|周岁|岁)"
    r"|(?<![0-9.])[0-9]{1,2}年"
)


def with_figures(folded: str) -> str:
    """Write the numerals and units of a folded text in one form; twice is as good as once."""
    for edits in _passes(folded):
        folded = _applied(folded, edits)
    return folded


def figures_traced(folded: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Give `with_figures(folded)` and, for each of its characters, the range it came from.

    Each character of a rewritten numeral or unit came from all of what was rewritten.
    """
    ranges = [(index, index + 1) for index in range(len(folded))]
    for edits in _passes(folded):
        moved: list[tuple[int, int]] = []
        done = 0
        for start, end, new in edits:
            moved.extend(ranges[done:start])
            moved.extend([(ranges[start][0], ranges[end - 1][1])] * len(new))
            done = end
        ranges = moved + ranges[done:]
        folded = _applied(folded, edits)
    return folded, tuple(ranges)


def searchable(text: str) -> str:
    """Give the form of any text in which it is searched and compared with terms."""
    return with_figures(normalise(text))


def traced(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Give `searchable(text)` and, for each of its characters, the half-open range it came from.

    Starts and ends never fall. To mark a found term, mark the ranges of all its characters.
    """
    searched, ranges = figures_traced(normalise(text))
    came_from = origins(text)
    return searched, tuple([(came_from[start], came_from[end - 1] + 1) for start, end in ranges])


def figure_terms(searched: str) -> tuple[str, ...]:
    """Find the figures of a searchable text that stand for themselves, in order, with repeats.

    Shares (20%), amounts (2000元), dates and months of a year, durations (5个工作日) and document
    numbers (〔2024〕12号).
    """
    return tuple(TERM.findall(searched)) if ANY.search(searched) else ()


def _passes(folded: str) -> Iterator[list[Edit]]:
    """Give the edits of one pass after another: in 百分之20,六百元 the second waits for 20%."""
    for _ in range(MOST_PASSES):
        edits = _edits(folded)
        if not edits:
            return
        yield edits
        folded = _applied(folded, edits)


def _applied(folded: str, edits: list[Edit]) -> str:
    pieces: list[str] = []
    done = 0
    for start, end, new in edits:
        pieces += folded[done:start], new
        done = end
    return "".join((*pieces, folded[done:]))


def _edits(folded: str) -> list[Edit]:
    if ANY.search(folded) is None:
        return []
    return [
        edit
        for found in FIGURE.finditer(folded)
        for edit in _rewritten(found, folded)
        if folded[edit[0] : edit[1]] != edit[2]
    ]


def _rewritten(found: re.Match[str], folded: str) -> Iterator[Edit]:
    """Decide what becomes of one candidate by what it is; most have to prove a unit first."""
    start, end = found.span()
    if found["number"]:
        year, number = _year(found["year"]), in_digits(found["number"])
        if year and number:
            yield start, end, f"〔{year}〕{number}号"
    elif found["date"]:
        year, month, day = found["date"].split(found["mark"])
        yield start, end, f"{year}年{int(month)}月{int(day)}日"
    elif found["share"]:
        number = "100" if found["shared"] == "百" else in_digits(found["shared"])
        if number:
            yield start, end, number + ("%" if found["share"] == "百" else "‰")
    elif found["ordinal"]:
        yield found.start("ordinal"), end, in_chinese(found["ordinal"])
    elif found["price"]:
        number = in_digits(found["price"])
        if number:
            yield start, end, number + ("" if found["yuan"] else "元")
    elif found["mixed"] or found["digits"] or found["chinese"]:
        yield from _beside_unit(found, folded)


def _beside_unit(found: re.Match[str], folded: str) -> Iterator[Edit]:
    """Rewrite a numeral and the unit after it, where both are sure."""
    start, end = found.span()
    before = folded[start - 1 : start]
    if before in BEFORE_ANY or (found[0][0] == "一" and before in BEFORE_ONE):
        return
    year = in_year(found[0]) if found["chinese"] else None
    if year and YEARS.match(folded, end):
        yield start, end, year
        return
    number = in_digits(found[0])
    if number is None or (len(number) == GROUP and AFTER_COMMA.match(folded, max(start - 2, 0))):
        return
    unit = (MEASURED if found[0] == "一" else COUNTED).match(folded, end)
    if before == "月" and folded.startswith("号", end):
        yield start, end + 1, f"{number}日"
    elif unit:
        yield from _with_unit(start, unit, number, folded)
    elif found["mixed"] or (found["chinese"] and _stands_alone(number, folded, end)):
        yield start, end, number


def _stands_alone(number: str, folded: str, end: int) -> bool:
    """Tell whether a numeral in Chinese is a figure without a unit: large, or 三 of 三至五天."""
    far = RANGE.match(folded, end)
    return Decimal(number) >= LARGE or bool(far and COUNTED.match(folded, far.end()))


def _with_unit(start: int, unit: re.Match[str], number: str, folded: str) -> Iterator[Edit]:
    end, name = unit.start(), unit[0]
    if name == "成":
        yield from _tenths(start, end, number, folded)
        return
    yield start, end, number
    if name == "块" and Decimal(number) >= MONEY_FROM:
        yield end, unit.end(), "元"
    elif name in UNIT_FORMS:
        yield end, unit.end(), UNIT_FORMS[name]


def _tenths(start: int, end: int, number: str, folded: str) -> Iterator[Edit]:
    """Rewrite 三成 and 三成五 as a percentage, where 成 is no part of a word."""
    tenths = TENTHS.match(folded, end)
    share = Decimal(number) * 10
    if tenths and share < ALL:
        share += int(in_digits(tenths["more"]) or 0) if tenths["more"] else 0
        yield start, tenths.end(), f"{in_digits(str(share))}%"


def _year(written: str) -> str | None:
    return written if written.isascii() else in_year(written)
