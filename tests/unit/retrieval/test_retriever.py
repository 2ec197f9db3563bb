"""The retriever: which passages a question finds, and in what order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.models.questions import Hit, Retrieval
from bot.retrieval.edition import Edition, searched_text
from bot.retrieval.retriever import DEPTH, read_query, retrieve
from tests.unit.builders import document, edition_of

TRADE_IN = document(
    "trade-in",
    "家电以旧换新补贴办法",
    {
        "补贴标准": "一级能效的冰箱按售价的20%补贴。每件最高补贴2000元。",
        "申领流程": "消费者登录平台领取资格，购买时立减。",
        "背景": "为了扩大内需，开展家电以旧换新。",
    },
    asks={"申领流程": ("在哪领券", "怎么申请")},
)
REGISTRY = document(
    "registry", "不动产登记时限", {"办结时限": "财产登记2个工作日内办结。", "原文": "薴烯管理。"}
)
ABROAD = document("abroad", "Паспорт 指南", {"ไทย": "หนังสือเดินทาง 🏠 visa A380"})
TEXT = "".join(
    searched_text(passage) + "".join(passage.asks)
    for passage in edition_of(TRADE_IN, REGISTRY, ABROAD).corpus.passages
)


def small() -> Edition:
    """Give an edition of three small documents."""
    return edition_of(TRADE_IN, REGISTRY, ABROAD)


def found(question: str, edition: Edition | None = None, depth: int = DEPTH) -> Retrieval:
    """Search an edition, the small one where none is given."""
    searched = edition or small()
    return retrieve(read_query(question, searched), searched, depth)


def headings(hits: tuple[Hit, ...]) -> list[str]:
    """Give the headings of hits, best first."""
    return [hit.passage.heading for hit in hits]


def sharing(question: str, edition: Edition) -> set[int]:
    """Work out which passages share a term with a question, from their texts alone."""
    asked = edition.analyzer.analyze_query(question)
    shared = set()
    for ordinal, passage in enumerate(edition.corpus.passages):
        text = edition.analyzer.analyze(searched_text(passage))
        asks = edition.analyzer.analyze("\n".join(passage.asks))
        pairs = (
            (asked.content.words, text.words),
            (asked.content.bigrams, text.bigrams),
            (asked.whole.words, asks.words),
            (asked.whole.bigrams, asks.bigrams),
        )
        if any(set(one) & set(other) for one, other in pairs):
            shared.add(ordinal)
    return shared


@given(st.text(st.one_of(st.sampled_from(TEXT), st.characters()), max_size=60))
def test_hits_are_the_passages_that_share_a_term(question: str) -> None:
    """Where all fit into the depth, every such passage is found and no other."""
    hits = found(question).hits
    assert {hit.ordinal for hit in hits} == sharing(question, small())
    assert all(hit.matched_terms for hit in hits)


@given(st.text(st.sampled_from(TEXT), max_size=60))
def test_hits_come_best_first_and_ties_in_order(question: str) -> None:
    """Scores do not rise, and equal ones stand in the order of the passages."""
    hits = found(question).hits
    places = [(-hit.score, hit.ordinal) for hit in hits]
    assert places == sorted(places)
    assert all(hit.passage == small().corpus.passages[hit.ordinal] for hit in hits)


@given(st.text(st.sampled_from(TEXT), min_size=1, max_size=40))
def test_matched_terms_are_searched_terms(question: str) -> None:
    """What a hit says that it matched was searched for, and each term is named once."""
    retrieval = found(question)
    for hit in retrieval.hits:
        assert set(hit.matched_terms) <= set(retrieval.terms)
        assert len(set(hit.matched_terms)) == len(hit.matched_terms)


def test_every_character_of_a_corpus_can_be_asked_for() -> None:
    """A text of a single character, hanzi or not, is found by that character."""
    characters = sorted({one for one in TEXT if one.isalnum()})
    documents = (document(f"d{one}", "", {"": one}) for one in characters)
    edition = edition_of(*documents)
    lost = [
        character
        for ordinal, character in enumerate(characters)
        if ordinal not in {hit.ordinal for hit in found(character, edition).hits}
    ]
    assert lost == []


def test_a_question_of_every_character_is_searched() -> None:
    """A question may hold all characters of the corpus, sorted or as they stand."""
    for question in ("".join(sorted(set(TEXT))), TEXT):
        assert {hit.ordinal for hit in found(question).hits} == sharing(question, small())
    assert len(found(TEXT).hits) == small().index.size


def test_a_passage_is_found_by_what_people_ask() -> None:
    """An entry of `asks` finds its passage, though no word of it stands in the text."""
    assert headings(found("在哪领券").hits)[0] == "申领流程"


def test_the_passage_that_says_it_comes_first() -> None:
    """The plainest question finds its passage."""
    assert headings(found("一级能效冰箱补多少").hits)[0] == "补贴标准"
    assert headings(found("财产登记几天办结").hits)[0] == "办结时限"


@pytest.mark.parametrize(
    "question", ["Шымкент", "ខ្មែរ", "🚀🚀", "ქართული", "", "   ", "。？！", "\u200b"]
)
def test_unseen_scripts_find_nothing(question: str) -> None:
    """A question that shares no term has no hits, and that is no error."""
    hits = found(question, edition_of(TRADE_IN, REGISTRY)).hits
    assert hits == ()


@pytest.mark.parametrize("question", ["паспорт", "หนังสือ", "ＶＩＳＡ", "a380"])
def test_seen_scripts_are_found(question: str) -> None:
    """What stands in a text is found in whatever script, case and width it is typed."""
    assert headings(found(question).hits)[0] == "ไทย"


@pytest.mark.parametrize("question", ["一級能效冰箱補貼", "一级\u200b能效冰箱补贴"])
def test_the_form_of_the_typing_changes_no_score(question: str) -> None:
    """Traditional and invisible characters find the same hits with the same scores."""
    assert found(question).hits == found("一级能效冰箱补贴").hits


def test_a_question_of_five_hundred_characters_is_searched() -> None:
    """The longest question allowed finds what its words find."""
    question = ("冰箱补贴标准" * 84)[:500]
    assert headings(found(question).hits)[0] == "补贴标准"


def test_repeating_a_word_changes_nothing() -> None:
    """A term counts once a question, however often it is typed."""
    once, often = found("冰箱"), found("冰箱，冰箱，冰箱")
    assert once.hits == often.hits


def test_depth_limits_the_hits() -> None:
    """At most so many hits are given, and they are the best."""
    every = found("家电补贴标准").hits
    assert len(every) > 2
    assert found("家电补贴标准", depth=2).hits == every[:2]


def test_a_synonym_finds_what_the_word_would() -> None:
    """A question in the citizens' word finds the passage in the office's word."""
    documents = (TRADE_IN, REGISTRY)
    plain = edition_of(*documents)
    joined = edition_of(*documents, synonyms=(("冰箱", "雪柜"), ("办结", "搞掂")))
    assert found("雪柜", plain).hits == ()
    assert headings(found("雪柜", joined).hits) == ["补贴标准"]
    assert headings(found("搞掂", joined).hits) == ["办结时限"]


def test_the_typed_word_beats_its_synonym() -> None:
    """Of two passages alike but for the word, the one with the typed word comes first."""
    documents = (
        document("a", "甲", {"一": "领取补助款项"}),
        document("b", "乙", {"二": "领取补贴款项"}),
        *(document(f"x{number}", "丙", {"三": f"其他事项{number}"}) for number in range(4)),
    )
    edition = edition_of(*documents, synonyms=(("补贴", "补助"),))
    assert headings(found("补贴", edition).hits) == ["二", "一"]
    assert headings(found("补助", edition).hits) == ["一", "二"]


def test_an_edition_without_passages_finds_nothing() -> None:
    """An empty knowledge folder, and one of empty texts, are searched without an error."""
    assert found("补贴", edition_of()).hits == ()
    assert found("补贴", edition_of(document("a", "", {"": ""}))).hits == ()


def test_one_passage_alone_is_found() -> None:
    """With a single passage every score is below zero; it is found all the same."""
    edition = edition_of(document("a", "补贴办法", {"标准": "补贴20%。"}))
    assert headings(found("补贴", edition).hits) == ["标准"]


def test_alike_passages_come_in_order() -> None:
    """Passages that do not differ are all found, in the order of the corpus."""
    documents = (document(f"d{number}", "补贴办法", {"标准": "补贴"}) for number in range(5))
    assert [hit.ordinal for hit in found("补贴", edition_of(*documents)).hits] == [0, 1, 2, 3, 4]


def test_a_term_of_half_the_passages_is_found() -> None:
    """Where a term scores zero, the passages that hold it go before those that do not."""
    documents = (
        document(f"d{number}", f"文件{number}", {"正文": "登记" if number < DEPTH else "补贴"})
        for number in range(2 * DEPTH)
    )
    hits = found("补贴", edition_of(*documents)).hits
    assert [hit.ordinal for hit in hits] == list(range(DEPTH, 2 * DEPTH))


def test_a_figure_is_preferred_where_one_is_asked_for() -> None:
    """Of two passages of a small folder, the one with the amount answers 「补贴多少」."""
    edition = edition_of(
        document("a", "家电补贴办法", {"背景": "家电补贴意义重大。", "标准": "家电补贴20%。"})
    )
    assert headings(found("家电补贴多少", edition).hits) == ["标准", "背景"]
