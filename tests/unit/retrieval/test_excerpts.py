"""Excerpts: the sentences that answer, the key one among them, and what was matched."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.models.questions import Excerpt, Span
from bot.retrieval.excerpts import Sought, excerpt_of, highlights_of
from bot.retrieval.retriever import read_query
from bot.text.normalise import normalise, sentences
from tests.unit.builders import document, edition_of

ALPHABET = "补贴標準一级２０％ 元。！？\n；，\u200b㎡”"
TEXTS = st.text(st.one_of(st.sampled_from(ALPHABET), st.characters()), max_size=80)
TERMS = st.lists(
    st.tuples(
        st.text(st.sampled_from("补贴标准一级20%元"), min_size=1, max_size=3),
        st.floats(0.1, 18),
    ),
    max_size=4,
    unique_by=lambda term: term[0],
)
LIMITS = st.integers(1, 60)
LONG = "补贴" * 200


def sought(*terms: str) -> Sought:
    """Look for these terms, each saying as much as a plain noun."""
    return Sought(tuple((term, 10.0) for term in terms))


def cut(text: str, span: Span) -> str:
    """Give the characters of a span."""
    return text[span.start : span.end]


def key_of(excerpt: Excerpt) -> str:
    """Give the key sentence of an excerpt."""
    return cut(excerpt.text, excerpt.sentence)


@given(TEXTS, TERMS, LIMITS)
def test_an_excerpt_is_a_part_of_its_text(
    text: str, terms: list[tuple[str, float]], limit: int
) -> None:
    """It stands word for word in the text, within the limit, and has no blank ends."""
    excerpt = excerpt_of(text, Sought(tuple(terms)), limit)
    assert excerpt.text in text
    assert len(excerpt.text) <= limit
    assert excerpt.text == excerpt.text.strip()


@given(TEXTS, TERMS, LIMITS)
def test_the_key_sentence_lies_inside(
    text: str, terms: list[tuple[str, float]], limit: int
) -> None:
    """Its span is within the excerpt and has no blank ends."""
    excerpt = excerpt_of(text, Sought(tuple(terms)), limit)
    assert 0 <= excerpt.sentence.start <= excerpt.sentence.end <= len(excerpt.text)
    assert key_of(excerpt) == key_of(excerpt).strip()


@given(TEXTS, TERMS)
def test_no_sentence_says_more_than_the_key(text: str, terms: list[tuple[str, float]]) -> None:
    """Where every sentence fits, the key is the first of those that say the most."""
    wanted = Sought(tuple(terms))
    lines = [text[start:end] for start, end in sentences(text)]
    best = max(filter(str.strip, lines), key=wanted.weigh, default="")
    assert key_of(excerpt_of(text, wanted)) == best.strip()


@given(TEXTS, TERMS)
def test_highlights_are_what_was_matched(text: str, terms: list[tuple[str, float]]) -> None:
    """Spans are in order, apart and not empty, and every folded match is covered by them."""
    spans = highlights_of(text, Sought(tuple(terms)))
    ends = [0, *(end for span in spans for end in (span.start, span.end))]
    assert ends == sorted(ends)
    assert all(span.start < span.end <= len(text) for span in spans)
    assert all(one.end < other.start for one, other in pairwise(spans))
    marked = normalise("".join(cut(text, span) for span in spans))
    folded = normalise(text)
    assert all(term in marked for term, _ in terms if term in folded)


@pytest.mark.parametrize(
    ("text", "term", "marked"),
    [
        ("一级能效补贴20%。", "补贴", ["补贴"]),
        ("一級能效補貼２０％。", "补贴", ["補貼"]),
        ("一級能效補貼２０％。", "20", ["２０"]),
        ("补贴，补贴", "补贴", ["补贴", "补贴"]),
        ("补贴补贴", "补贴", ["补贴补贴"]),
        ("每㎡补贴", "m2", ["㎡"]),
        ("补\u200b贴", "补贴", ["补", "贴"]),
        ("一级能效", "补贴", []),
        ("", "补贴", []),
    ],
)
def test_highlights_stand_in_the_text_as_published(
    text: str, term: str, marked: list[str]
) -> None:
    """Matches are marked in the original, whatever its script and width."""
    assert [cut(text, span) for span in highlights_of(text, sought(term))] == marked


def test_the_key_sentence_says_most_of_what_is_asked() -> None:
    """The sentence with the most telling terms is the key, the first of equals."""
    text = "家电有补贴。一级能效的冰箱补贴20%。二级能效的冰箱补贴15%。"
    assert key_of(excerpt_of(text, sought("冰箱", "一级", "补贴"))) == "一级能效的冰箱补贴20%。"
    assert key_of(excerpt_of(text, sought("冰箱"))) == "一级能效的冰箱补贴20%。"
    assert key_of(excerpt_of(text, sought("电话"))) == "家电有补贴。"


def test_of_like_sentences_the_one_with_the_asked_figure_is_the_key() -> None:
    """A question for an amount is answered by the sentence that gives one."""
    edition = edition_of(document())
    text = "冰箱的补贴意义重大。冰箱的补贴为20%。"
    query = read_query("冰箱的补贴是多少", edition)
    assert key_of(excerpt_of(text, query.sought)) == "冰箱的补贴为20%。"


def test_a_short_text_is_shown_whole() -> None:
    """Nothing is cut off where everything fits."""
    text = "一级能效补贴20%。每件最高2000元。详询12345。"
    assert excerpt_of(text, sought("2000")).text == text


def test_an_excerpt_grows_to_the_side_that_says_more() -> None:
    """Around the key sentence whole sentences are added while they fit, the telling first."""
    text = "无关的一句话。冰箱在列。冰箱补贴20%。另有安排。"
    assert excerpt_of(text, sought("冰箱", "补贴"), 15).text == "冰箱在列。冰箱补贴20%。"


@pytest.mark.parametrize(
    ("limit", "shown"), [(16, "冰箱补贴20%。\n详询12345"), (15, "冰箱补贴20%。")]
)
def test_sentences_are_added_up_to_the_limit(limit: int, shown: str) -> None:
    """What fits exactly is shown, blank ends do not count, one character more is too much."""
    text = "\n冰箱补贴20%。\n详询12345\n\n"
    assert excerpt_of(text, sought("冰箱"), limit).text == shown


def test_a_sentence_longer_than_the_limit_is_cut_around_its_match() -> None:
    """A third of the limit stands before the first matched term, the rest after it."""
    text = "甲" * 500 + "补贴" + "乙" * 500 + "。"
    excerpt = excerpt_of(text, sought("补贴"), 100)
    assert len(excerpt.text) == 100
    assert excerpt.text.index("补贴") == 33
    assert [cut(excerpt.text, span) for span in excerpt.highlights] == ["补贴"]
    assert key_of(excerpt) == excerpt.text


@pytest.mark.parametrize("place", [0, 250, 500])
def test_a_match_is_shown_wherever_it_stands(place: int) -> None:
    """At the start, in the middle or at the end of a long sentence, the match is shown."""
    text = "甲" * place + "补贴" + "甲" * (500 - place)
    assert "补贴" in excerpt_of(text, sought("补贴"), 60).text


@pytest.mark.parametrize("gap", range(14, 24))
def test_a_figure_is_never_cut(gap: int) -> None:
    """Neither end of the part that is shown of a long sentence falls into an amount."""
    text = f"{'甲' * 60}987654元{'甲' * gap}补贴{'甲' * 2 * gap}456789元{'甲' * 60}"
    shown = excerpt_of(text, sought("补贴"), 60).text
    assert set(re.findall(r"[\d元]+", shown)) <= {"987654元", "456789元"}
    assert "补贴" in shown


def test_a_match_behind_a_figure_is_shown() -> None:
    """Where the start moves back to keep a figure whole, the match at the end is kept too."""
    text = "甲" * 100 + "1234567890元" + "甲" * 48 + "补贴"
    assert "补贴" in excerpt_of(text, sought("补贴"), 60).text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("补", "补"),
        ("。", "。"),
        ("  \n ", ""),
        ("\n\n补贴\n", "补贴"),
        ("无句号", "无句号"),
    ],
)
def test_the_smallest_texts_have_excerpts(text: str, shown: str) -> None:
    """Empty, blank and one-character texts, and texts without an end, are no error."""
    assert excerpt_of(text, sought("补贴")).text == shown


def test_without_anything_sought_the_text_is_shown_from_its_start() -> None:
    """An empty query marks nothing and shows the first sentences."""
    excerpt = excerpt_of("第一句。" + LONG, Sought(()), 10)
    assert (excerpt.text, excerpt.highlights, key_of(excerpt)) == ("第一句。", (), "第一句。")


def test_terms_of_a_question_are_marked_with_their_synonyms() -> None:
    """A reader sees why a passage was found, also where it uses another word."""
    edition = edition_of(document(), synonyms=(("补贴", "补助"),))
    query = read_query("家电有补贴吗", edition)
    text = "家電可申領補助。"
    marked = [cut(text, span) for span in highlights_of(text, query.sought)]
    assert marked == ["家電", "補助"]


@pytest.mark.parametrize(
    ("asked", "text", "marked"),
    [
        ("补五千块吗", "最高5,000元。", ["5,000元"]),
        ("补5000元吗", "最高五千块钱。", ["五千块钱"]),
        ("补20%吗", "按百分之二十计。", ["百分之二十"]),
        ("要30天吗", "在130天内办结。", ["天"]),
    ],
)
def test_a_figure_is_marked_however_it_is_written(
    asked: str, text: str, marked: list[str]
) -> None:
    """A figure in one form is marked as a whole in another, and never inside a longer one."""
    query = read_query(asked, edition_of(document(sections={"标准": text})))
    assert [cut(text, span) for span in highlights_of(text, query.sought)] == marked
