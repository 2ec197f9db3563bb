"""A figure is shown whole or not at all: half of an amount is another amount."""

from __future__ import annotations

import re

import pytest

from bot.models.questions import BlockKind
from bot.retrieval.edition import Edition
from tests.unit import builders
from tests.unit.answering.asking import ask, texts_of

FIGURE = re.compile(r"\d+")
SUBJECTS = ("冰箱", "洗衣机", "空调", "电视", "电脑", "灶具", "水泵", "彩票", "花卉", "茶叶")
AMOUNT = "123456789元"


def long_sentence(subject: str, before: int, clauses: int) -> str:
    """Write one sentence without a full stop inside, full of amounts."""
    middle = "，".join(f"第{'某' * (index % 7)}档{AMOUNT}" for index in range(clauses))
    return f"{'某' * before}{subject}补贴的标准是{middle}。"


@pytest.fixture(scope="module")
def edition() -> Edition:
    """Give long sentences, each cut at another place."""
    documents = [
        builders.document(
            f"long-{number}",
            f"{subject}补贴办法",
            {"补贴标准": long_sentence(subject, 200 * (number % 2) + 13 * number, 18 + number)},
        )
        for number, subject in enumerate(SUBJECTS)
    ]
    return builders.edition_of(*documents)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_no_amount_of_a_long_sentence_is_cut(edition: Edition, subject: str) -> None:
    """Where a sentence is too long to show, it is cut beside a figure, never within."""
    answer = ask(f"{subject}补贴标准是多少钱", edition)
    assert answer.evidence
    for kind in (BlockKind.LEAD, BlockKind.QUOTE):
        for figure in FIGURE.findall(texts_of(answer, kind)):
            assert figure == FIGURE.findall(AMOUNT)[0]


def test_no_amount_of_a_passage_is_cut(edition: Edition) -> None:
    """A long section is divided beside its figures, never within."""
    for passage in edition.corpus.passages:
        assert set(FIGURE.findall(passage.text)) <= {FIGURE.findall(AMOUNT)[0]}
