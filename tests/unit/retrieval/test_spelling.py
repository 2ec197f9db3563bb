"""Spelling: a slip becomes the term that the corpus knows; everything else stays as typed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.retrieval.edition import Edition
from bot.retrieval.spelling import Correction, corrected
from tests.unit.builders import document, edition_of

TRADE_IN = document(
    "trade-in",
    "家电以旧换新补贴办法",
    {
        "补贴标准": "购买一级能效的空调和洗衣机，按售价的20%补贴。",
        "申请材料": "申请补贴要提交发票和身份证。",
    },
    topics=("家电以旧换新",),
    also_called=("家电国补",),
)
REGISTRY = document(
    "registry",
    "不动产登记办理时限",
    {"办理时限": "不动产登记5个工作日办结，地理标志登记另行规定。", "投诉": "投诉请打电话。"},
    asks={"办理时限": ("不动产登记要几天", "抵押登记要几天")},
)
FUND = document("fund", "住房公积金提取办法", {"提取": "职工租房可以提取公积金，也可以网上申请。"})


def known() -> Edition:
    """Give an edition of three small documents."""
    return edition_of(TRADE_IN, REGISTRY, FUND, lexicon=("以旧换新", "地理标志", "不动产登记"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("以就换新补多少", "以旧换新补多少"),
        ("益阳不动产登几要几天", "益阳不动产登记要几天"),
        ("公鸡金怎么提取", "公积金怎么提取"),
        ("买空条有补贴吗", "买空调有补贴吗"),
        ("洗衣鸡能补吗", "洗衣机能补吗"),
        ("地里标志登记多久", "地理标志登记多久"),
        ("去哪里投述", "去哪里投诉"),
        ("申请要身份正吗", "申请要身份证吗"),
    ],
)
def test_a_homophone_becomes_the_term_that_the_corpus_knows(typed: str, meant: str) -> None:
    """One hanzi that sounds like the right one is put right, tones and zh or z aside."""
    assert corrected(typed, known()).text == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("yijiuhuanxin补多少", "以旧换新补多少"),
        ("yi jiu huan xin 补多少", "以旧换新 补多少"),
        ("gongjijin怎么提取", "公积金怎么提取"),
        ("GONGJIJIN怎么提取", "公积金怎么提取"),
        ("买xiyiji有补贴吗", "买洗衣机有补贴吗"),
        ("买洗yiji有补贴吗", "买洗衣机有补贴吗"),
    ],
)
def test_pinyin_becomes_the_term_that_it_spells(typed: str, meant: str) -> None:
    """A term may be typed in letters, in part or in syllables."""
    assert corrected(typed, known()).text == meant


def test_a_hanzi_that_looks_like_the_right_one_is_put_right() -> None:
    """What is misread from paper is as little known to the corpus as what is misheard."""
    edition = edition_of(document(sections={"奖励": "院士团队的专利可以优先审查。"}))
    assert corrected("院土团队可以优先审查吗", edition).text == "院士团队可以优先审查吗"


def test_words_of_taiwan_become_those_that_the_corpus_has() -> None:
    """A word of Traditional script is put in the mainland's form where only that is known."""
    correction = corrected("公積金可以網路申請嗎", edition_of(FUND, lexicon=("网络",)))
    assert correction.changes == ()
    online = document(sections={"申请": "可以通过网络申请。"})
    assert corrected("可以用網路申請嗎", edition_of(online)).changes == (("网路", "网络"),)
    both = document(sections={"申请": "可以通过网络申请，网路申请也可以。"})
    assert corrected("可以用網路申請嗎", edition_of(both)).changes == ()


def test_a_change_tells_what_was_typed_and_what_was_meant() -> None:
    """Each change is told, in order."""
    correction = corrected("空条的补帖按售价算要身份正吗", known())
    assert correction.text == "空调的补贴按售价算要身份证吗"
    assert correction.changes == (("空条", "空调"), ("补帖", "补贴"), ("身份正", "身份证"))


@pytest.mark.parametrize(
    "question",
    [
        "公鸡怎么养",  # a word of its own, though it sounds like the beginning of a term
        "大公鸡金色的羽毛",
        "照片贴不贴",
        "我想买一台空调能补多少",
        "这家店有补贴吗",
        "我叫申晴，怎么登记",  # a person
        "登机牌丢了怎么办",
        "补铁吃什么",
        "北京市怎么申请",
        "能补1000元吗",
        "what can women change",
        "",
        "？？",
    ],
)
def test_a_question_without_a_slip_stays_as_it_is(question: str) -> None:
    """Words, persons, places and numbers that are right are never touched."""
    assert corrected(question, known()) == Correction(question)


def test_what_the_corpus_does_not_know_is_no_correction() -> None:
    """A term can only be meant where the corpus speaks of it."""
    question = "公鸡金怎么提取"
    assert corrected(question, edition_of(TRADE_IN)) == Correction(question)


def test_what_the_corpus_writes_itself_is_right() -> None:
    """A spelling that the corpus has is not put right, whatever else it sounds like."""
    own = document(sections={"登录": "登陆网站后登录账号，登陆后可以申请补贴。"})
    question = "登陆后怎么申请补贴"
    assert corrected(question, edition_of(own)) == Correction(question)


def test_two_terms_that_fit_alike_leave_the_question_as_it_is() -> None:
    """Where it is open which of two was meant, none is taken."""
    both = document(sections={"办法": "办理登记要公函。办理登机要公函。"})
    question = "怎么办理登几"
    assert corrected(question, edition_of(both)) == Correction(question)


def test_every_ask_of_a_document_is_right_as_it_stands() -> None:
    """How staff say that people ask is never taken for a slip."""
    edition = known()
    for one in edition.corpus.passages:
        for ask in one.asks:
            assert corrected(ask, edition) == Correction(ask)


@settings(max_examples=200)
@given(st.text(st.one_of(st.sampled_from("补帖不动产登几公鸡金yiji 網路０１"), st.characters())))
def test_any_text_is_read(text: str) -> None:
    """No text is refused; without a change it stays as it was, and what is put right is right."""
    edition = known()
    correction = corrected(text, edition)
    assert correction.changes or correction.text == text
    assert not correction.changes or correction.text != text
