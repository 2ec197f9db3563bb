"""Whether a question is about a thing or a business that a rule does not name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.answering.support import QUANTITY, share_held
from bot.models.documents import Document, Passage
from bot.retrieval.analyzer import is_function_word
from bot.retrieval.catalogue import listed_items, names_of, spellings
from bot.retrieval.edition import Edition, vocabulary_of
from bot.retrieval.retriever import Query
from bot.text.figures import searchable
from bot.text.normalise import normalise
from bot.text.places import place_named

RARE = 10.0  # surprise from which a noun names a thing of its own (自行车 10.6, 微波炉 13.5)
TIME_WORD = re.compile(r"工作[日天]|时间|时限|期限|小时|天数")
PAIR = 2  # hanzi
DIGITS = dict(zip("一二三四五", "12345", strict=True))
ASKED_GRADE = re.compile(
    r"(?<![\d一二三四五六七八九十])([零一二三四五六七八九特\d])级|等级是?为?([\d一二三四五])"
)
ONLY_MEASURES = {"扇"}  # jieba's dictionary knows it as a measure only, but there is 空调扇
# A thing stands right behind a word of buying, right before a word of paying, or behind its grade.
BOUGHT = re.compile(r"(买|购买|购置|换购|换|更换|入手)(了|个|台|部|件|辆|款)?")
PAID = re.compile(r"补|补贴|补助|补助金|津贴|国补|以旧换新|换新|减|返|便宜|优惠")
SUBSIDY = re.compile(r"(补贴|补助|补助金|津贴)$")
# 申请补贴 and 提高补贴 say what is done with it; 养老补贴 is another one.
ABOUT_SUBSIDY = re.compile(
    r"申请|申领|领取|享受|享受到|拿到|获得|得到|发放|给予|提供|参加|想要|办理|有关|相关|没有|不给"
    r"|在|不在|提高|增加|扩大|取消|停止|结束|继续|叠加|降低|减少|审核|拨付|公布|计算|最新|政策"
)
# What goes with a listed thing and is none: 空调扇, 洗衣机罩, 冰箱维修.
BESIDE = (
    r"(罩|贴|垫|架|包|袋|膜|柜|桌|套|被|扇|盒|支架|底座|配件|清洗|维修|修理|安装|回收|加氟|租赁)"
)
GRADE = re.compile(r"[一二三四五1-5]级|能效|水效|级")
BETWEEN = re.compile(
    r"[一二三四五1-5]级|能效|水效|级|最高|最多|上限|封顶|国家|政府|省里|标准|新|旧|各|款|牌子"
    r"|按|售价|价格|价钱|原价|现价|标价|总价|单价|一共|总共|合计|总计|共计|厂家|商家|商场|百分之几|比例|几成"
    r"|.*[年月日]|今年|去年"
)


def unlisted_item(query: Query, document: Document, edition: Edition) -> str:
    """Give the thing asked for that no rule of the document lists, empty where none is.

    Only documents with `benefits` have a closed list.
    """
    listed = spellings(listed_items(document), edition.synonyms)
    if not listed:
        return ""
    beside = re.search(f"({'|'.join(map(re.escape, listed))}){BESIDE}", normalise(query.text))
    if beside:
        return beside[0]
    known = listed | _vocabulary(document, edition)
    # A kind of what is listed (笔记本电脑) is not off the list; whether it is on it is not sure.
    things = (one for one in _things(query.tokens, edition) if not one.endswith(tuple(listed)))
    return next((thing for thing in things if _is_unknown(thing, known, edition)), "")


def outside_grade(query: Query, document: Document) -> str:
    """Say that no rate of the document is for the grades asked about, empty where one is."""
    paid = {
        value
        for benefit in document.benefits
        for rate in benefit.rates
        for name, value in rate.when
        if name == "等级"
    }
    found = ASKED_GRADE.finditer(normalise(query.text))
    asked = {DIGITS.get(one[1] or one[2], one[1] or one[2]) for one in found}
    if not paid or not asked or asked & paid:
        return ""
    grades = "、".join(f"{grade}级" for grade in sorted(asked))
    return f"{grades}不在补贴范围内，补贴的是{'、'.join(f'{grade}级' for grade in sorted(paid))}。"


def other_subsidy(query: Query, document: Document, edition: Edition) -> str:
    """Give what makes the subsidy that is asked for another one: 养老 of 养老补贴.

    It stands right before 补贴, and the document does not say it anywhere.
    """
    kinds = tuple(_kinds_of_subsidy(query.tokens, edition))
    if not kinds:
        return ""
    listed = spellings(listed_items(document), edition.synonyms)
    known = listed | _vocabulary(document, edition)
    return next((kind for kind, word in kinds if word not in known), "")


def _kinds_of_subsidy(tokens: tuple[str, ...], edition: Edition) -> Iterator[tuple[str, str]]:
    """Give what stands before 补贴, each with the word by which a document would know it."""
    for index, token in enumerate(tokens):
        subsidy = SUBSIDY.search(token)
        if subsidy is None:
            continue
        if subsidy.start():
            yield token[: subsidy.start()], token  # a word of its own: 住房补贴
            continue
        before = tokens[index - 1] if index else ""
        if _is_between(before) or ABOUT_SUBSIDY.fullmatch(before) or place_named(before):
            continue
        if len(before) > 1:
            yield before, before
            continue
        whole = tokens[index - 2] if index > 1 else ""
        pair = whole[-1:] + before
        if len(pair) != PAIR or any(_is_between(one) for one in pair):
            continue
        # jieba cuts a word that it does not know into hanzi (稳岗), and 领取暖 before 暖.
        if len(whole) == 1 or edition.analyzer.analyze_query(pair).tokens == (pair,):
            yield pair, pair


def other_business(query: Query, passage: Passage, edition: Edition) -> str:
    """Give the business asked for that is none of the passage's time limits (结婚登记).

    It ends like one of theirs (财产登记) and begins with what the passage does not hold, or none
    of the nouns is held (身份证), or it is an item of another document's rule (冰箱).
    """
    limits = [one for one in passage.document.time_limits if one.quote in passage.text]
    if not limits:
        return ""
    names = (passage.document.title, passage.document.region, passage.heading)
    held = searchable("\n".join((passage.text, *names, *passage.asks)))
    ends = {searchable(limit.item)[-2:] for limit in limits}
    before = ""
    for token in query.tokens:
        modifier = before if token in ends else token[:-2] if token[-2:] in ends else ""
        if modifier and not is_function_word(modifier) and modifier not in held:
            return modifier + token[-2:]
        before = token
    unheld = _unheld_business(query, held, edition)
    if unheld:
        return unheld
    return next(
        (word for word in _items_elsewhere(query, passage, edition) if word not in held), ""
    )


def _unheld_business(query: Query, held: str, edition: Edition) -> str:
    """Give a telling word that is not held, where none is held that could name the business."""
    words = [word for word in query.words if not TIME_WORD.fullmatch(word)]
    shares = {word: share_held(word, held, edition) for word in words if not place_named(word)}
    analyzer = edition.analyzer
    if any(
        share == 1 and (analyzer.is_noun(word) or len(word) > PAIR)
        for word, share in shares.items()
    ):
        return ""
    unheld = (word for word, share in shares.items() if not share and len(word) > 1)
    unheld = (word for word in unheld if len(word) > PAIR or analyzer.may_name_thing(word))
    return next((word for word in unheld if analyzer.surprise(word) >= RARE), "")


def items_of_rules(passage: Passage, edition: Edition) -> set[str]:
    """Give what the rules quoted in a passage are about, by all names that people use."""
    document = passage.document
    benefits = (one for one in document.benefits if one.quote in passage.text)
    items = {item for benefit in benefits for item in benefit.items}
    for limit in document.time_limits:
        if limit.quote in passage.text:
            items |= {limit.item, *limit.also_called}
    return names_of(items, edition.synonyms)


def _items_elsewhere(query: Query, passage: Passage, edition: Edition) -> Iterator[str]:
    """Give the words of a question that the benefits of another document list."""
    own = (passage.document.id,)
    listed = edition.catalogue.listed
    return (word for word in query.words if listed.get(word, own) != own)


def _vocabulary(document: Document, edition: Edition) -> frozenset[str]:
    """Give the words that the document says; `asks` may well name what it does not cover."""
    known = edition.vocabularies.get(document.id)
    return known or vocabulary_of(document, edition.analyzer, edition.synonyms)


def _is_unknown(thing: str, known: set[str], edition: Edition) -> bool:
    return thing not in known and edition.analyzer.surprise(thing) >= RARE


def _things(tokens: tuple[str, ...], edition: Edition) -> Iterator[str]:
    """Give the things that stand where the item of a rule stands in a question."""
    for index, token in enumerate(tokens):
        if PAID.fullmatch(token):
            yield from _thing_before(tokens, index, edition)
        if BOUGHT.fullmatch(token) or GRADE.fullmatch(token):
            yield from _thing_behind(tokens, index, edition)


def _thing_before(tokens: tuple[str, ...], index: int, edition: Edition) -> Iterator[str]:
    at = index - 1
    while at >= 0 and _is_between(tokens[at]):
        at -= 1
    if at >= 0:
        yield from _thing_ending(tokens, at, edition)


def _thing_behind(tokens: tuple[str, ...], index: int, edition: Edition) -> Iterator[str]:
    at = index + 1
    while at < len(tokens) and _is_between(tokens[at]):
        at += 1
    while at + 1 < len(tokens) and _is_nominal(tokens[at], edition):
        if _is_between(tokens[at + 1]) or not _is_nominal(tokens[at + 1], edition):
            break
        at += 1
    if at < len(tokens):
        yield from _thing_ending(tokens, at, edition)


def _thing_ending(tokens: tuple[str, ...], at: int, edition: Edition) -> Iterator[str]:
    """Give the noun at a place; one hanzi takes the word before it along (空调扇, 净水器)."""
    token = tokens[at]
    if not _is_nominal(token, edition):
        return
    if len(token) > 1:
        yield token
    elif at and (tokens[at - 1].isascii() or edition.analyzer.is_noun(tokens[at - 1])):
        yield tokens[at - 1] + token


def _is_between(token: str) -> bool:
    return bool(is_function_word(token) or QUANTITY.fullmatch(token) or BETWEEN.fullmatch(token))


def _is_nominal(word: str, edition: Edition) -> bool:
    return edition.analyzer.is_noun(word) or word in ONLY_MEASURES
