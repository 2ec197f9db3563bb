"""The analyzer: which terms a text and a query hold."""

from __future__ import annotations

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.retrieval.analyzer import Analyzer, is_function_word
from tests.unit.builders import analyzer, cache_folder

RULE = "一级能效的家电按售价的20%补贴，每件最高2000元。"


def test_words_are_those_of_search_mode() -> None:
    """A long word is found by its parts too, and punctuation is no word."""
    terms = analyzer().analyze("不动产登记，工作日！")
    assert {"不动产", "动产", "登记", "工作", "工作日"} <= set(terms.words)
    assert not {"，", "！"} & set(terms.words)


def test_a_name_unknown_to_the_dictionary_is_cut_into_characters() -> None:
    """Nothing is guessed (HMM is off): a guess would differ between a text and a query."""
    assert analyzer().analyze("伍嘉鑫").words == ("伍", "嘉", "鑫")
    assert analyzer().analyze_query("伍嘉鑫").words == ("伍", "嘉", "鑫")


@pytest.mark.parametrize("word", ["以旧换新补贴", "的是不了", "两新", "三电一脑", "伍嘉鑫"])
def test_an_added_word_stays_whole(word: str) -> None:
    """A word of the lexicon is one term, however common its characters are."""
    added = analyzer("以旧换新补贴", "的是不了", "两新", "三电一脑", "伍嘉鑫")
    assert word in added.analyze(f"关于{word}，有通知").words
    assert word in added.analyze_query(word).words


def test_an_added_word_is_folded() -> None:
    """Staff may write a word in Traditional or full-width characters."""
    added = analyzer("一網通辦ＡＰＰ")
    assert "一网通办app" in added.analyze("请下载一网通办App").words


def test_added_words_stay_with_their_analyzer() -> None:
    """Neither jieba's own tokenizer nor another analyzer learns a word."""
    analyzer("两新两重工程")
    assert "两新两重工程" not in analyzer().analyze("两新两重工程").words
    assert "两新两重工程" not in jieba.dt.FREQ
    assert "两新两重工程" not in jieba.lcut("两新两重工程", HMM=False)


def test_the_order_of_added_words_changes_nothing() -> None:
    """The same words, in whatever order and however often, give the same terms."""
    one = Analyzer(("补贴款", "补贴", "旧家电"), cache_folder())
    other = Analyzer(("旧家电", "补贴", "补贴款", "补贴"), cache_folder())
    text = "旧家电补贴款怎么领"
    assert one.analyze(text) == other.analyze(text)
    assert one.surprise("补贴") == other.surprise("补贴")


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("补贴标准", ("补贴", "贴标", "标准")),
        ("补贴，标准", ("补贴", "标准")),
        ("补贴20%标准", ("补贴", "标准")),
        ("補貼A標準", ("补贴", "标准")),
        ("补", ()),
        ("abc 123", ()),
        ("", ()),
    ],
)
def test_pairs_are_of_neighbouring_hanzi(text: str, pairs: tuple[str, ...]) -> None:
    """Nothing is paired across punctuation, digits or letters."""
    assert analyzer().analyze(text).bigrams == pairs


def test_the_same_text_in_another_form_gives_the_same_terms() -> None:
    """Traditional, full-width and zero-width characters do not change the terms."""
    typed = "一級\u200b能效的家電按售價的２０％補貼,每件最高２０００元。"
    assert analyzer().analyze(typed) == analyzer().analyze(RULE)


@given(st.text(st.one_of(st.characters(), st.sampled_from(RULE))))
def test_any_text_can_be_analysed(text: str) -> None:
    """Whatever is typed gives terms that are not blank, and a query's words are distinct."""
    found = analyzer().analyze_query(text)
    assert all(word.strip() for word in (*found.whole.words, *found.content.words))
    assert len(set(found.words)) == len(found.words)


@given(st.text(st.sampled_from(RULE + "吗呢怎么多少补什么三个")))
def test_content_is_part_of_the_whole(text: str) -> None:
    """Stripping function words adds no pair that the question does not hold."""
    found = analyzer().analyze_query(text)
    assert set(found.content.bigrams) <= set(found.whole.bigrams)


def test_function_words_are_stripped_from_content_only() -> None:
    """What only asks or joins is not searched in texts, but in `asks`, where it counts."""
    found = analyzer().analyze_query("请问补贴的标准是什么呢")
    assert found.words == ("补贴", "标准")
    assert found.content.bigrams == ("补贴", "标准")
    assert {"请问", "是", "什么", "呢"} <= set(found.whole.words)


@pytest.mark.parametrize("asked", ["是什么呢", "怎么", "的了吗呢", "有没有"])
def test_a_query_of_only_function_words_keeps_them_all(asked: str) -> None:
    """There is always something to search for where anything was typed."""
    found = analyzer().analyze_query(asked)
    assert found.content == found.whole
    assert "".join(found.words) == asked


@pytest.mark.parametrize("asked", ["", "   ", "。？！", "🏠📄"])
def test_a_query_without_words_has_no_terms(asked: str) -> None:
    """Punctuation and pictures alone are nothing to search for."""
    found = analyzer().analyze_query(asked)
    assert (found.words, found.content.words, found.content.bigrams) == ((), (), ())


@pytest.mark.parametrize("count", ["三个", "几台", "两样", "一件", "两块", "三部", "3台"])
def test_counts_are_stripped(count: str) -> None:
    """A count is what a question brings along, not what it is about."""
    assert analyzer().analyze_query(f"买了{count}冰箱").words == ("买", "冰箱")


@pytest.mark.parametrize("grade", ["一级", "二级", "三级"])
def test_grades_are_kept(grade: str) -> None:
    """A grade decides which rule applies."""
    assert grade in analyzer().analyze_query(f"{grade}冰箱有补贴吗").words


@pytest.mark.parametrize(
    ("asked", "word"),
    [("A级纳税人有什么好处", "a"), ("B级纳税人有什么好处", "b"), ("12306 App怎么用", "app")],
)
def test_letters_are_content(asked: str, word: str) -> None:
    """Latin letters name a grade or a product: only the listed Chinese words are stripped."""
    assert word in analyzer().analyze_query(asked).content.words


@pytest.mark.parametrize("word", ["补贴", "申请", "时间", "电话", "材料", "地点", "一级", "家电"])
def test_names_of_things_and_acts_are_no_function_words(word: str) -> None:
    """What names a thing or an act is always searched for."""
    assert not is_function_word(word)


def test_rare_words_say_more_than_common_ones() -> None:
    """Surprise grows as a word gets rarer, and adding a word does not make it common."""
    plain, added = analyzer(), analyzer("两新", "冰箱")
    assert plain.surprise("的") < plain.surprise("时间") < plain.surprise("冰箱")
    assert added.surprise("冰箱") == plain.surprise("冰箱")
    assert added.surprise("两新") == plain.surprise("没有这个词")


def test_tokens_are_all_words_of_a_query_in_order() -> None:
    """Cut once, nothing is lost of what was typed, in its folded form."""
    found = analyzer().analyze_query("請問，一級能效冰箱補貼是２０％嗎？")
    assert "".join(found.tokens) == "请问,一级能效冰箱补贴是20%吗?"
    assert set(found.words) <= set(found.tokens)


@pytest.mark.parametrize(
    ("word", "noun", "place"),
    [
        ("冰箱", True, False),
        ("长沙", False, True),
        ("申请", False, False),
        ("没有这个词", False, False),
        ("", False, False),
    ],
)
def test_the_dictionary_tells_things_from_places_and_acts(
    word: str, noun: bool, place: bool
) -> None:
    """A thing is a noun that is no place; what the dictionary does not know is neither."""
    assert (analyzer().is_noun(word), analyzer().is_place(word)) == (noun, place)


@pytest.mark.parametrize(
    ("typed", "written"),
    [("补五千块", "补5,000元"), ("百分之二十", "20%"), ("五个工作日", "5个工作日")],
)
def test_figures_have_one_form_in_texts_and_queries(typed: str, written: str) -> None:
    """However a figure is typed, it gives the terms of the figure as it is written."""
    assert analyzer().analyze(typed) == analyzer().analyze(written)
    assert analyzer().analyze_query(typed) == analyzer().analyze_query(written)


def test_a_figure_is_a_term_of_its_own() -> None:
    """A share or an amount is found as a whole, beside its parts."""
    assert {"20%", "2000元"} <= set(analyzer().analyze(RULE).words)
