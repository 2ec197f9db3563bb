"""The JSON object and the plain text that all channels share: an interface that stays."""

from __future__ import annotations

import json
import math
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wire import answer_object, plain_text
from bot.models.documents import PartialDate, Source, Wording
from bot.models.questions import (
    Answer,
    Block,
    BlockKind,
    Choice,
    Citation,
    Conversation,
    Evidence,
    Excerpt,
    Hit,
    Outcome,
    Span,
    Status,
)
from tests.unit import builders
from tests.unit.answering.asking import DAY, ask, shipped, small

ANSWER_KEYS = {
    *("id", "question", "outcome", "text", "passages", "computed", "choices", "related"),
    *("parts", "conversation", "edition"),
}
PASSAGE_KEYS = {
    *("document", "heading", "title", "text", "excerpt", "score", "matched_terms", "status"),
    "citation",
}
CITATION_KEYS = {
    *("title", "heading", "wording", "issuer", "number", "region", "issued"),
    *("effective_from", "effective_until", "source"),
}
SOURCE_KEYS = {"publisher", "title", "reported", "published", "url"}
QUESTIONS = (
    "一级能效冰箱补多少",
    "家电补贴",
    "手机补多少",
    "长沙冰箱补多少",
    "你好",
    "",
    "字" * 600,
)


def full() -> Answer:
    """Make an answer in which every field holds something."""
    source = Source(
        "湖南日报", "报道", date(2024, 9, 4), date(2024, 9, 5), "https://example.org/1"
    )
    passage = builders.passage("每件最高补贴2000元。", region="湖南省", source=source)
    citation = Citation(
        *(
            "补贴办法",
            "补贴标准",
            Wording.ORIGINAL,
            source,
            "省商务厅",
            "湘商〔2024〕1号",
            "湖南省",
        ),
        issued=PartialDate(2024, 6),
        effective_from=date(2024, 7, 1),
        effective_until=date(2025, 12, 31),
    )
    evidence = Evidence(
        Hit(passage, 0, 12.3456789, ("补贴",)),
        Excerpt("每件最高补贴2000元。", (Span(4, 6),), Span(0, 11)),
        citation,
        Status.IN_FORCE,
    )
    return Answer(
        "a1",
        "补多少",
        Outcome.ANSWERED,
        (Block(BlockKind.LEAD, "每件最高补贴2000元。"),),
        "e1",
        (evidence,),
        (Choice("哪些家电", "哪些家电可以补"),),
        Conversation("c1", "补多少"),
    )


def bare() -> Answer:
    """Make an answer with nothing but what it cannot be without."""
    passage = builders.passage("文字。", source=Source("报"))
    citation = Citation("办法", "", Wording.SUMMARY, Source("报"))
    evidence = Evidence(Hit(passage, 0, 0.0, ()), Excerpt(""), citation, Status.UNCONFIRMED)
    return Answer("", "", Outcome.HEDGED, (), "", (evidence,))


@pytest.mark.parametrize("answer", [full(), bare()], ids=["full", "bare"])
def test_every_key_is_always_there(answer: Answer) -> None:
    """Fields without content are empty, never absent and never null."""
    written = answer_object(answer)
    passage = written["passages"][0]
    assert set(written) == ANSWER_KEYS
    assert set(passage) == PASSAGE_KEYS
    assert set(passage["citation"]) == CITATION_KEYS
    assert set(passage["citation"]["source"]) == SOURCE_KEYS
    assert "null" not in json.dumps(written)


def test_every_field_holds_what_the_answer_says() -> None:
    """Nothing of an answer is lost or renamed on the wire."""
    written = answer_object(full())
    passage = written["passages"][0]
    assert written["outcome"] == "answered"
    assert written["conversation"] == "c1"
    assert written["choices"] == [{"label": "哪些家电", "question": "哪些家电可以补"}]
    assert passage["document"] == "a"
    assert passage["status"] == "in_force"
    assert passage["matched_terms"] == ["补贴"]
    assert passage["citation"] == {
        "title": "补贴办法",
        "heading": "补贴标准",
        "wording": "原文",
        "issuer": "省商务厅",
        "number": "湘商〔2024〕1号",
        "region": "湖南省",
        "issued": "2024-06",
        "effective_from": "2024-07-01",
        "effective_until": "2025-12-31",
        "source": {
            "publisher": "湖南日报",
            "title": "报道",
            "reported": "2024-09-04",
            "published": "2024-09-05",
            "url": "https://example.org/1",
        },
    }


@pytest.mark.parametrize(
    ("issued", "written"),
    [
        (None, ""),
        (PartialDate(2024), "2024"),
        (PartialDate(2024, 6), "2024-06"),
        (PartialDate(2024, 6, 5), "2024-06-05"),
    ],
)
def test_a_partial_date_stays_partial(issued: PartialDate | None, written: str) -> None:
    """A month goes over the wire as a month."""
    citation = Citation("办法", "", Wording.SUMMARY, Source("报"), issued=issued)
    passage = builders.passage("文字。")
    evidence = Evidence(Hit(passage, 0, 1.0, ()), Excerpt(""), citation, Status.UNCONFIRMED)
    answer = Answer("", "", Outcome.HEDGED, (), "", (evidence,))
    assert answer_object(answer)["passages"][0]["citation"]["issued"] == written


def values_of(written: Any) -> list[Any]:
    """Give every value of a JSON object."""
    if isinstance(written, dict):
        return [value for member in written.values() for value in values_of(member)]
    if isinstance(written, list):
        return [value for member in written for value in values_of(member)]
    return [written]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_real_answer_goes_over_the_wire_unharmed(question: str) -> None:
    """Every answer is JSON of texts and finite scores, and comes back as it went."""
    for edition in (small(), shipped()):
        answer = ask(question, edition, DAY)
        written = answer_object(answer)
        sent = json.dumps(written, ensure_ascii=False, allow_nan=False).encode()
        assert json.loads(sent) == written
        assert set(written) == ANSWER_KEYS
        assert len(written["passages"]) == len(answer.evidence)
        for value in values_of(written):
            assert isinstance(value, str) or math.isfinite(value)


BLOCKS = st.lists(st.builds(Block, st.sampled_from(BlockKind), st.text(min_size=1)), max_size=8)
CHOICES = st.lists(st.builds(Choice, st.text(min_size=1), st.text()), max_size=5)


@given(BLOCKS, CHOICES)
def test_the_text_is_the_blocks_in_order(blocks: list[Block], choices: list[Choice]) -> None:
    """Nothing is added to the blocks but line ends between them, and numbers of choices."""
    answer = Answer("", "", Outcome.ANSWERED, tuple(blocks), "", choices=tuple(choices))
    text = plain_text(answer)
    for block in blocks:
        assert text.startswith(block.text)
        text = text[len(block.text) :]
        text = text.removeprefix("\n\n") if text.startswith("\n\n") else text.removeprefix("\n")
    numbered = "\n".join(f"{number}. {one.label}" for number, one in enumerate(choices, 1))
    assert text.lstrip("\n") == numbered.lstrip("\n") if blocks else numbered in text


def test_source_and_validity_stand_together_and_all_else_apart() -> None:
    """An empty line stands between the parts, but not between source and validity."""
    kinds = (BlockKind.LEAD, BlockKind.QUOTE, BlockKind.SOURCE, BlockKind.STATUS)
    blocks = tuple(Block(kind, kind.value) for kind in kinds)
    answer = Answer("", "", Outcome.ANSWERED, blocks, "", choices=(Choice("选", "问"),))
    assert plain_text(answer) == "lead\n\nquote\n\nsource\nstatus\n\n1. 选"
