"""Choosing: what is shown says something of its own, and reprints are named beside it."""

from __future__ import annotations

from bot.models.questions import Excerpt, Hit
from bot.retrieval.choosing import choose
from bot.retrieval.edition import Edition
from bot.retrieval.retriever import read_query, retrieve
from tests.unit.builders import document, edition_of

RULE = "一级能效的冰箱按成交价格的百分之二十给予补贴，每件补贴金额不超过2000元，先到先得。"
OTHER = {"时限": "财产登记自受理之日起2个工作日内办结。"}


def chosen(question: str, edition: Edition, wanted: int = 3) -> tuple[tuple[Hit, Excerpt], ...]:
    """Search an edition and choose what is shown."""
    query = read_query(question, edition)
    return choose(retrieve(query, edition).hits, query.sought, edition, wanted)


def names(one: Hit) -> list[str]:
    """Give the documents of a hit and its copies."""
    return [passage.document.id for passage in (one.passage, *one.copies)]


def test_a_reprint_is_named_beside_the_first() -> None:
    """The same words in another document, whatever their script and spaces, are one answer."""
    edition = edition_of(
        document("one", "补贴办法", {"标准": RULE}),
        document("two", "补贴办法转发", {"标准": RULE.replace("给予补贴", "給予 補貼")}),
        document("x", "登记", OTHER),
    )
    (only,) = (hit for hit, _ in chosen("一级能效冰箱补贴", edition))
    assert sorted(names(only)) == ["one", "two"]


def test_another_figure_is_no_reprint() -> None:
    """A local copy that differs in one amount is shown by itself."""
    edition = edition_of(
        document("one", "补贴办法", {"标准": RULE}),
        document("two", "补贴办法", {"标准": RULE.replace("2000", "1500")}),
        document("x", "登记", OTHER),
    )
    shown = [hit for hit, _ in chosen("一级能效冰箱补贴", edition)]
    assert [names(hit) for hit in shown] == [["one"], ["two"]]


def test_a_short_sentence_is_no_reprint() -> None:
    """「不予受理」 stands in many rules, each on its own matter."""
    edition = edition_of(
        document("one", "甲", {"受理": "材料不全的，不予受理。"}),
        document("two", "乙", {"受理": "材料不全的，不予受理。"}),
        document("x", "登记", OTHER),
    )
    assert [hit.copies for hit, _ in chosen("材料不全受理吗", edition, 2)] == [(), ()]


def test_a_corpus_of_duplicates_is_one_answer() -> None:
    """Where all documents say the same, one is shown and the others are its copies."""
    documents = (document(f"d{number}", "补贴办法", {"标准": RULE}) for number in range(5))
    (only,) = (hit for hit, _ in chosen("一级能效冰箱补贴", edition_of(*documents)))
    assert names(only) == ["d0", "d1", "d2", "d3", "d4"]


def test_excerpts_of_one_section_do_not_overlap() -> None:
    """Two passages of a long section are shown with different sentences."""
    text = "".join(f"第{number}条规定冰箱补贴标准为{number}00元。" for number in range(10, 80))
    edition = edition_of(document("long", "办法", {"标准": text}), document("x", "登记", OTHER))
    shown = [excerpt.text for _, excerpt in chosen("冰箱补贴标准", edition)]
    lines = [line for excerpt in shown for line in excerpt.split("。") if line]
    assert len(shown) > 1
    assert len(lines) == len(set(lines))
    assert all(excerpt in text and len(excerpt) <= 300 for excerpt in shown)


def test_an_excerpt_may_reach_into_the_next_passage() -> None:
    """A section is cut into passages for the index only: the answer after the cut is shown."""
    before = "为了扩大内需，支持消费，制定本办法。" * 21
    text = f"{before}冰箱的补贴标准如下。一级能效补贴为20%，最高2000元。{'另有安排。' * 60}"
    edition = edition_of(document("long", "", {"办法": text}), document("x", "登记", OTHER))
    hit, excerpt = chosen("冰箱补贴标准", edition)[0]
    assert "冰箱的补贴标准如下。一级能效补贴为20%，最高2000元。" in excerpt.text
    assert excerpt.text in text
    assert hit.passage.text != text


def test_a_title_that_the_text_repeats_is_not_shown_again() -> None:
    """The excerpt begins after it; the citation names the document anyway."""
    title = "湖南省家电以旧换新补贴实施办法"
    edition = edition_of(document("one", title, {"": f"{title} {RULE}"}), document("x", "", OTHER))
    _, excerpt = chosen("家电以旧换新补贴实施办法冰箱", edition)[0]
    assert excerpt.text == RULE


def test_at_most_the_wanted_number_is_shown() -> None:
    """Hits beyond it are looked at for reprints only."""
    documents = (
        document(f"d{number}", "办法", {"标准": f"冰箱补贴{number}元。"}) for number in range(9)
    )
    assert len(chosen("冰箱补贴", edition_of(*documents), wanted=2)) == 2
    assert choose((), read_query("冰箱", edition_of()).sought, edition_of(), 3) == ()
