"""Figures: one form for numerals and units, words left alone, traced to where they stood."""

from __future__ import annotations

import pytest
from cn2an import an2cn
from hypothesis import given
from hypothesis import strategies as st

from bot.text.figures import (
    figure_terms,
    figures_traced,
    searchable,
    traced,
    with_figures,
)
from bot.text.normalise import normalise

ODD = (
    "零〇一二两三四五六七八九十百千万亿0123456789.,点百分之第条章元块钱个工作日天月年号成折"
    "半多几余来至-¥(〔2024〕)[] 小时家人份周统%"
)
TEXTS = st.text(st.one_of(st.sampled_from(ODD), st.characters()))
DENSE = st.text(st.sampled_from(ODD))
PIECES = [
    "五个工作日",
    "百分之二十",
    "1.2万",
    "二〇二四年",
    "第3条",
    "三成五",
    "¥5,000",
    "三至五天",
]
PHRASES = st.lists(st.sampled_from([*PIECES, "补贴", "，", "多", "年", "一"])).map("".join)


@pytest.mark.parametrize(
    ("one", "form"),
    [
        ("五个工作日", "5个工作日"),
        ("三十工作日", "30个工作日"),
        ("百分之二十", "20%"),
        ("百分之一点五", "1.5%"),
        ("百分之百", "100%"),
        ("千分之三", "3‰"),
        ("20.0％", "20%"),
        ("二成", "20%"),
        ("三成五", "35%"),
        ("1.5成", "15%"),
        ("1.2万", "12000"),
        ("一点二万", "12000"),
        ("1.23456万", "12345.6"),
        ("一万二", "12000"),
        ("两千", "2000"),
        ("6千", "6000"),
        ("五千块", "5000元"),
        ("5,000元", "5000元"),
        ("３，０００万元", "30000000元"),
        ("5000.00元", "5000元"),
        ("￥5000", "5000元"),
        ("￥1.2万元", "12000元"),
        ("20块钱", "20元"),
        ("1.5亿元", "150000000元"),
        ("1亿2000万元", "120000000元"),
        ("3万5", "35000"),
        ("1万5千", "15000"),
        ("3.2万人", "32000人"),
        ("一百零五天", "105天"),
        ("三至五个工作日", "3至5个工作日"),
        ("24个小时", "24小时"),
        ("二〇二四年九月四日", "2024年9月4日"),
        ("二零二四年", "2024年"),
        ("2024年09月04日", "2024年9月4日"),
        ("2024-09-04", "2024年9月4日"),
        ("2024.9.4", "2024年9月4日"),
        ("9月4号", "9月4日"),
        ("二〇二四至二〇二五年", "2024至2025年"),
        ("[2024]12号", "〔2024〕12号"),
        ("（2024）12号", "〔2024〕12号"),
        ("〔二〇二四〕第十二号", "〔2024〕12号"),
        ("第3条", "第三条"),
        ("第120条", "第一百二十条"),
        ("八折", "8折"),
        ("2千,3千", "2000,3000"),
        ("七百,六百元", "700,六百元"),
        ("七十五平方米", "75平方米"),
        ("一个月", "1个月"),
    ],
)
def test_figures_that_mean_the_same_have_one_form(one: str, form: str) -> None:
    """However an amount, a share, a day or a number is written, it is searched as one."""
    assert searchable(one) == form
    assert searchable(f"规定{one}以内") == f"规定{form}以内"


WORDS = (
    "一级 二级能效 第三条 第十二章 一般 一次性 三农 万一 千万 一些 两会 十分 百姓 三星 四川 九江"
    " 五一 双十一 一点 一下 一起 一边 一个样 几个 红十字会 统一家电 统一个人 唯一人选 哪一年"
    " 一件事一次办 最多跑一次 三条件 一年级 九十年代 周三个 一成不变 3千瓦 三家电商 第十三人"
)
ROUGH = (
    "三五天 十几天 五六千 二十多万 几百万元 数十个 十来天 三年半 两个多月 3-5个工作日 110"
    " 0731-12345678 20个百分点 八五折"
)


@pytest.mark.parametrize("text", [*WORDS.split(), *ROUGH.split()])
def test_words_and_rough_figures_stay(text: str) -> None:
    """What only looks like a figure, a grade, a range or a guess is not rewritten."""
    assert searchable(text) == text


@given(st.integers(100, 99_999_999), st.sampled_from(("元", "人", "平方米", "")))
def test_a_number_has_one_form_in_chinese_and_in_digits(number: int, unit: str) -> None:
    """Whatever number is said, its Chinese, plain and grouped spellings meet."""
    spoken = an2cn(number)
    assert with_figures(f"约{spoken}{unit}") == f"约{number}{unit}"
    if unit:
        assert with_figures(f"{number:,}{unit}") == with_figures(f"{number}{unit}")
    if number % 1000 == 0:
        assert with_figures(f"{number / 10_000:f}万{unit}") == f"{number}{unit}"


@given(st.integers(1, 99), st.sampled_from(("个工作日", "天", "%", "元", "岁", "小时")))
def test_a_small_number_has_one_form_beside_its_unit(number: int, unit: str) -> None:
    """Small numbers are figures where a unit says so."""
    spoken = f"百分之{an2cn(number)}" if unit == "%" else f"{an2cn(number)}{unit}"
    assert with_figures(spoken) == f"{number}{unit}"


@given(st.one_of(TEXTS, DENSE, PHRASES))
def test_twice_is_as_good_as_once(text: str) -> None:
    """A rewritten text stays as it is, since queries are analysed in parts again."""
    once = searchable(text)
    assert with_figures(once) == once


@given(st.one_of(TEXTS, DENSE, PHRASES))
def test_every_character_traces_back_to_where_it_stood(text: str) -> None:
    """There is one range a character, in order; what was not rewritten is itself."""
    searched, came_from = traced(text)
    assert searched == searchable(text)
    assert len(came_from) == len(searched)
    assert list(came_from) == sorted(came_from)
    assert [end for _, end in came_from] == sorted(end for _, end in came_from)
    assert all(0 <= start < end <= len(text) for start, end in came_from)
    folded = normalise(text)
    for character, (start, end) in zip(*figures_traced(folded), strict=True):
        assert end - start > 1 or folded[start] == character or folded[start] in ODD


@given(st.text(st.characters(exclude_characters=ODD, exclude_categories=("Nd", "No", "Nl"))))
def test_a_text_without_numerals_does_not_change(text: str) -> None:
    """Nothing is rewritten where there is no numeral."""
    folded = normalise(text)
    assert with_figures(folded) == folded or any(character in ODD for character in folded)


def test_a_rewritten_figure_traces_back_to_all_of_it() -> None:
    """Each character of a figure comes from the whole of what was written for it."""
    assert traced("补百分之二十")[1] == ((0, 1), (1, 6), (1, 6), (1, 6))
    assert traced("５千块")[1] == ((0, 2),) * 4 + ((2, 3),)


HOSTILE = [
    *("万", "一", "1", "1,", "1,000", "第", "百分之", "一点", "1.", "(2024)", "1万"),
    *("一至", "1亿1", "2024-", "¥1", "百分之2,", "2024-9-4,", "2千,", "七百,", "¥1,"),
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_texts_end(piece: str) -> None:
    """A text of a hundred thousand figures or half figures is read in time, however long."""
    searched = searchable(piece * 100_000)
    assert with_figures(searched[:1000]) == searched[:1000]
    assert len(figure_terms(searched)) <= len(searched)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("补贴百分之二十，最高五千块", ("20%", "5000元")),
        ("二〇二四年九月四日起", ("2024年9月4日",)),
        ("2024年9月印发", ("2024年9月",)),
        ("五个工作日内，最长30天", ("5个工作日", "30天")),
        ("湘政发（2024）12号", ("〔2024〕12号",)),
        ("家电补贴", ()),
        ("拨打12345", ()),
        ("三五天", ()),
    ],
)
def test_figures_that_stand_for_themselves_are_terms(text: str, terms: tuple[str, ...]) -> None:
    """Shares, amounts, days, durations and document numbers are searched as a whole."""
    assert figure_terms(searchable(text)) == terms
