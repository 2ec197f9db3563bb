"""Normalising: one form for text that means the same, traced to where it came from."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.normalise import before_figure, normalise, origins, readable, sentences

ODD = "补貼臺灣２０％①㎡ﬁ\u200b\ufeff\ufe0f\n\r\t。！？；”AbÉ🏠"
TEXTS = st.text(st.one_of(st.sampled_from(ODD), st.characters()))


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("２０２４年３０％", "2024年30%"),
        ("一級能效冰箱補貼", "一级能效冰箱补贴"),
        ("臺灣與裏面，頭髮後", "台湾与里面,头发后"),
        ("ＡＢＣ Word", "abc word"),
        ("①㎡", "1m2"),
        ("补\u200b贴\ufeff标\u00ad准", "补贴标准"),
        ("补\x00贴\x07", "补贴"),
        ("补\ud800贴", "补贴"),
        ("❤\ufe0f", "❤"),
        ("一\t二\r\n三\u2028四", "一 二 \n三\n四"),
        ("", ""),
    ],
)
def test_text_that_means_the_same_has_one_form(typed: str, folded: str) -> None:
    """Width, script, case and what is invisible do not tell texts apart; breaks stay breaks."""
    assert normalise(typed) == folded


def test_every_character_traces_back_to_where_it_came_from() -> None:
    """Dropped characters leave no origin, and those that become several share one."""
    assert normalise("補\u200b㎡２") == "补m22"
    assert origins("補\u200b㎡２") == (0, 2, 2, 3)


@given(TEXTS)
def test_origins_are_aligned_with_the_folded_text(text: str) -> None:
    """There is one origin a character, in order, and folding it alone gives that piece."""
    folded, came_from = normalise(text), origins(text)
    assert len(came_from) == len(folded)
    assert list(came_from) == sorted(came_from)
    for index in set(came_from):
        piece = "".join(c for c, origin in zip(folded, came_from, strict=True) if origin == index)
        assert piece == normalise(text[index])


@given(TEXTS, TEXTS)
def test_folding_knows_no_context(one: str, other: str) -> None:
    """A text folds alike wherever it stands, so that a term is found inside any sentence."""
    assert normalise(one + other) == normalise(one) + normalise(other)


def test_folding_what_is_folded_changes_nothing() -> None:
    """Every character of Unicode is folded for good at once, since queries are folded twice."""
    once = [normalise(chr(code)) for code in range(sys.maxunicode + 1)]
    assert [folded for folded in once if normalise(folded) != folded] == []


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("", []),
        ("没有句号", ["没有句号"]),
        ("第一句。第二句！第三句？", ["第一句。", "第二句！", "第三句？"]),
        ("一行\n两行\n", ["一行\n", "两行\n"]),
        ("同一条规则；前后两半。", ["同一条规则；前后两半。"]),
        ("按3.5%计算。", ["按3.5%计算。"]),
    ],
)
def test_sentences_end_where_a_reader_stops(text: str, cut: list[str]) -> None:
    """A sentence ends with 。！？ or its line; ； and decimal points do not end one."""
    assert [text[start:end] for start, end in sentences(text)] == cut


@given(TEXTS)
def test_sentences_join_to_the_whole_text(text: str) -> None:
    """No character is lost between sentences, and no sentence is empty."""
    ranges = sentences(text)
    assert "".join(text[start:end] for start, end in ranges) == text
    assert all(start < end for start, end in ranges)
    assert [start for start, _ in ranges[1:]] == [end for _, end in ranges[:-1]]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("一級能效補多少？", "一級能效補多少？"),
        ("  补贴\n标准\t ", "补贴 标准"),
        ("补\ud83d贴\x00\x1b", "补贴"),
        ("🏠🇨🇳ＡＢＣ", "🏠🇨🇳ＡＢＣ"),
        ("\ud800", ""),
        ("补\u200b贴\u202e标\ufeff准", "补贴标准"),
    ],
)
def test_what_is_readable_stays_as_typed(typed: str, kept: str) -> None:
    """Script, width and case stay; breaks become spaces; what cannot be shown is dropped."""
    assert readable(typed) == kept


@given(TEXTS)
def test_what_is_readable_can_be_stored(text: str) -> None:
    """The outcome encodes to UTF-8, holds nothing invisible, and is readable as it is."""
    kept = readable(text)
    kept.encode("utf-8")
    assert not {unicodedata.category(character) for character in kept} & {"Cc", "Cf", "Cs"}
    assert readable(kept) == kept


@given(TEXTS)
def test_reading_does_not_change_what_is_searched(text: str) -> None:
    """What `readable` drops says nothing: but for breaks the text folds to the same."""
    assert normalise(readable(text)).split() == normalise(text).split()


@pytest.mark.parametrize(
    ("text", "at", "cut"),
    [
        ("补贴123456元。", 5, 2),
        ("补贴123456元。", 8, 2),
        ("补贴123456元。", 9, 9),
        ("补贴123456元。", 2, 2),
        ("补贴1,500.5万元", 6, 2),
        ("补贴２０％。", 4, 2),
        ("补贴标准", 2, 2),
        ("123456", 3, 3),
        ("补贴20", 4, 4),
        ("", 0, 0),
    ],
)
def test_a_cut_goes_before_a_figure(text: str, at: int, cut: int) -> None:
    """A figure stays whole with its unit; what is all figure is cut where it was to be."""
    assert before_figure(text, at) == cut


@given(st.text(st.sampled_from("补12.,，％元")), st.data())
def test_a_cut_moves_back_only_and_not_below_the_least(text: str, data: st.DataObject) -> None:
    """The cut stays where it was or moves back to a place above the least."""
    at = data.draw(st.integers(0, len(text)))
    least = data.draw(st.integers(0, at))
    moved = before_figure(text, at, least)
    assert moved == at or least < moved < at
