"""What a new version of a document has lost of its old one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.shrinking import is_cut_short, share_lost
from bot.models.documents import Document, Section, Source, Wording

FIRST = "一级能效的家电按售价的20%补贴，每件最高补贴2000元，每位消费者每类补贴一件。"
SECOND = "补贴申请在受理后2个工作日内办结，材料不齐的当场一次告知，不收取任何费用。"


def document(*texts: str) -> Document:
    """Give a document with a section for each text."""
    sections = tuple(Section(f"第{number}节", text) for number, text in enumerate(texts, 1))
    return Document("rule", "办法", Wording.SUMMARY, Source("湖南日报"), sections)


WHOLE = document(FIRST, SECOND)


@pytest.mark.parametrize(
    ("new", "least", "most"),
    [
        (WHOLE, 0, 0),
        (document(SECOND, FIRST), 0, 0),
        (document(FIRST, SECOND, "新增的一节。"), 0, 0),
        (document(f"{FIRST}\n{SECOND}"), 0, 0.05),
        (document(FIRST.replace("2000", "3000"), SECOND), 0.01, 0.05),
        (document(FIRST), 0.45, 0.55),
        (document(FIRST, SECOND[:5]), 0.35, 0.5),
        (document("本办法由省知识产权局负责解释，自公布之日起施行，有效期五年。"), 0.9, 1),
    ],
    ids=["same", "moved", "added", "joined", "figure", "section", "cut", "other"],
)
def test_the_share_lost_is_of_characters_that_stand_no_more(
    new: Document, least: float, most: float
) -> None:
    """Moving and adding lose nothing, a figure little, a section its share, another text all."""
    assert least <= share_lost(WHOLE, new) <= most


@given(st.integers(0, len(SECOND)))
def test_a_cut_text_has_lost_what_is_missing(kept: int) -> None:
    """Of a text cut off anywhere the missing characters are lost, give or take the last one."""
    lost = share_lost(document(SECOND), document(SECOND[:kept]))
    assert lost == pytest.approx(1 - kept / len(SECOND), abs=1.01 / len(SECOND))


def test_without_text_nothing_is_lost() -> None:
    """A document without any text can lose none."""
    assert share_lost(replace(WHOLE, sections=()), WHOLE) == 0
    assert share_lost(WHOLE, replace(WHOLE, sections=())) == 1


@pytest.mark.parametrize(
    ("new", "cut"),
    [(b"title: a\n", True), (b"", True), (b"title: a\nb: c\n", False), (b"title: b\n", False)],
)
def test_a_beginning_of_the_old_version_is_cut_short(new: bytes, *, cut: bool) -> None:
    """A file is cut short where all that is left stands as it did and the rest is missing."""
    assert is_cut_short(b"title: a\nb: c\n", new) is cut
