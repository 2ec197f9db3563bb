"""Cutting sections into passages: nothing is lost, and sentences stay whole."""

from __future__ import annotations

import re
import time

from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.passages import LONGEST_PASSAGE, passages_of
from bot.models.documents import Document, NotStated, Passage, Section, Source, Wording

TEXTS = st.text(st.sampled_from("甲乙丙，。！？；\n ”）\u3000\t")).map(lambda text: text * 40)
ANY_TEXTS = st.one_of(st.text(), st.text(min_size=1000, max_size=3000), TEXTS)


def document_of(*sections: Section, not_stated: tuple[NotStated, ...] = ()) -> Document:
    """Make a document of these sections."""
    source = Source("某报")
    return Document("d", "某办法", Wording.ORIGINAL, source, sections, not_stated=not_stated)


def parts_of(text: str) -> list[str]:
    """Give the passages' texts of a document with one section."""
    return [passage.text for passage in passages_of(document_of(Section("节", text)))]


@given(ANY_TEXTS)
def test_every_character_of_a_section_is_in_its_passages(text: str) -> None:
    """The texts of a section's passages, joined, are its text, character for character."""
    assert "".join(parts_of(text)) == text


@given(ANY_TEXTS)
def test_no_passage_is_longer_than_can_be_read_in_a_chat(text: str) -> None:
    """Whatever the text is, each part holds to the limit, and a text within it stays whole."""
    parts = parts_of(text)
    assert all(len(part) <= LONGEST_PASSAGE for part in parts)
    assert (len(parts) == 1) == (len(text) <= LONGEST_PASSAGE)


@given(st.lists(st.text("甲乙，、（“", max_size=LONGEST_PASSAGE - 4), min_size=1))
def test_a_text_is_cut_only_at_ends_of_sentences(beginnings: list[str]) -> None:
    """A part ends with the end of a sentence and the quotes and line ends that belong to it."""
    text = "".join(beginning + end for beginning in beginnings for end in ("。”\n",))
    assert all(re.search(r"[。！？；\n][”’」』）】》\s]*$", part) for part in parts_of(text))


@given(st.integers(LONGEST_PASSAGE + 1, 5 * LONGEST_PASSAGE), st.integers(0, 300))
def test_a_sentence_beyond_the_limit_is_cut_hard(length: int, before: int) -> None:
    """Only a sentence that is longer than a passage is cut inside, and then into full parts."""
    first = "乙" * before + "。"
    parts = parts_of(first + "甲" * length)
    assert parts[0] == first
    assert all(part == "甲" * LONGEST_PASSAGE for part in parts[1:-1])


def test_a_passage_takes_as_many_sentences_as_fit() -> None:
    """A text of 500 characters in sentences of 50 is 8 sentences and 2."""
    sentence = "甲" * 49 + "。"
    assert parts_of(sentence * 10) == [sentence * 8, sentence * 2]


def test_parts_are_numbered_and_share_what_people_ask() -> None:
    """Each part has its section's heading and asks; parts count from 0 in each section."""
    sentence = "甲" * 299 + "。"
    document = document_of(Section("一", sentence * 3, ("怎么办",)), Section("二", "乙"))
    assert passages_of(document) == (
        Passage(document, "一", sentence, ("怎么办",), part=0),
        Passage(document, "一", sentence, ("怎么办",), part=1),
        Passage(document, "一", sentence, ("怎么办",), part=2),
        Passage(document, "二", "乙", (), part=0),
    )


def test_what_is_not_stated_comes_last() -> None:
    """An entry of not_stated is a passage without text, marked as not stated."""
    document = document_of(Section("一", "甲"), not_stated=(NotStated("地点", ("在哪",)),))
    assert passages_of(document)[1:] == (Passage(document, "地点", "", ("在哪",), stated=False),)


def test_a_million_characters_are_cut_in_linear_time() -> None:
    """With and without sentence ends, a huge section takes less than a second."""
    start = time.process_time()
    for text in ("甲" * 1_000_000, "甲。" * 500_000, "\n" * 1_000_000, "甲 \n" * 333_333):
        assert sum(map(len, parts_of(text))) == len(text)
    assert time.process_time() - start < 4
