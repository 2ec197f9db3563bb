"""Rows of a list that differ by their number alone."""

from __future__ import annotations

import pytest

from bot.models.questions import Outcome
from bot.retrieval.rows import names_other_row, rows_named
from tests.unit.answering.asking import ask, told
from tests.unit.builders import document, edition_of

KINDS = "\n".join(
    f"第{n}类人才在市区购房，一次性补助{20 + n}.5万元，审核后发放。" for n in range(1, 60)
)
AGES = "\n".join(
    f"甲县{n}周岁老人每年领取养老补助{900 + n * 24}元，按季度发放。" for n in range(60, 100)
)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("第33类人才补多少", ("第33类", "第三十三类")),
        ("72周岁老人领多少", ("72周岁",)),
        ("5999元的冰箱补多少", ()),
        ("30天能办好吗", ()),
        ("8类家电是哪八类", ()),
    ],
)
def test_a_row_is_named_by_number_and_unit(text: str, rows: tuple[str, ...]) -> None:
    """Money and days are no rows, and 八类 says how many there are, not which."""
    assert rows_named(text) == rows


def test_a_sentence_on_other_rows_is_told_apart() -> None:
    """Only where a sentence numbers the same kind, and not the one that was asked for."""
    assert names_other_row("第33类人才", "第30类人才补助35万元。")
    assert not names_other_row("第三十三类人才", "第33类人才补助36.5万元。")
    assert not names_other_row("第33类人才", "人才购房有补助。")


@pytest.mark.parametrize("number", [1, 7, 12, 33, 50, 59])
def test_the_named_row_answers_or_none(number: int) -> None:
    """Of sixty rows that read alike, never the figure of another one is told."""
    edition = edition_of(document(title="人才购房补助办法", sections={"补助标准": KINDS}))
    answer = ask(f"第{number}类人才购房补助多少", edition)
    if answer.outcome is not Outcome.NO_ANSWER:
        assert f"{20 + number}.5万元" in answer.blocks[-3].text + told(answer).split("依据")[0]


@pytest.mark.parametrize("age", [60, 72, 85, 99])
def test_the_named_age_answers_or_none(age: int) -> None:
    """Nor the amount of another age."""
    edition = edition_of(document(title="高龄老人养老补助办法", sections={"养老补助": AGES}))
    answer = ask(f"甲县{age}周岁老人养老补助多少", edition)
    if answer.outcome is not Outcome.NO_ANSWER:
        assert f"{900 + age * 24}元" in told(answer).split("依据")[0]
