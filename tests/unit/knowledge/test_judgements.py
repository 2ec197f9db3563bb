"""Judged questions: how they arrive, and the mistakes in them with place and remedy."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.errors import KnowledgeError, Problem, SettingsError
from bot.knowledge.checking import find_problems
from bot.knowledge.judgements import load_judgements
from bot.knowledge.loading import load
from bot.models.judgements import Floors, Judgement, Judgements, Kind, PassageName
from tests.unit.knowledge.staff_files import (
    DOCUMENT,
    DOCUMENT_PATH,
    JUDGEMENTS,
    Files,
    Mistake,
    spoil,
    write_folder,
)

DAY = date(2026, 11, 2)
RATES = PassageName("trade-in", "补贴标准")


def problems_of(folder: Path, judgements: str | None) -> tuple[Problem, ...]:
    """Give what loading these judgements against the valid folder's corpus reports."""
    write_folder(folder, {"judgements.yaml": judgements})
    with pytest.raises(KnowledgeError) as caught:
        load_judgements(folder, load(folder))
    return caught.value.problems


def test_judgements_arrive_with_kind_answers_and_floors(tmp_path: Path) -> None:
    """A question has its passages, the best one first, or is of a kind without an answer."""
    folder = write_folder(tmp_path)
    days = PassageName("trade-in", "办理时限")
    assert load_judgements(folder, load(folder)) == Judgements(
        floors=Floors(0.85, 0, 0.2, 0.05),
        questions=(
            Judgement("一级补多少", Kind.ANSWERABLE, (RATES,), DAY, kept=True),
            Judgement("几天办好", Kind.ANSWERABLE, (days, RATES), DAY, kept=False),
            Judgement("手机补多少", Kind.NEAR_MISS, (), DAY, kept=False),
        ),
    )


MISTAKES = (
    Mistake("heading: 办理时限", "heading: ▶办理期限", "没有小标题", "办理时限", "[1].heading"),
    Mistake("heading: 补贴标准}]", "heading: ▶申请地点}]", "没有小标题", "补贴标准",
            "[1].also[0].heading"),
    Mistake("trade-in, heading: 办", "▶trade-on, heading: 办", "没有 trade-on 这份文件",
            "是不是 trade-in", "[1].document"),
    Mistake("question: 几天办好", "question: ▶一级补多少", "第 3 行已有", "also", "[1].question"),
    Mistake("{question: 手机补多少, unanswerable: near_miss, ", "▶{question: 手机补多少, ",
            "没有写答案", "near_miss", "[2]"),
    Mistake(": near_miss", ": ▶maybe", "maybe 不在可选", "near_miss、off_topic",
            "[2].unanswerable"),
    Mistake(": near_miss", ": ▶off_topic, also: [{document: trade-in, heading: 补贴标准}]",
            "又写了答不了", "只写 unanswerable", "[2].unanswerable"),
    Mistake("{question: 手机补多少, unanswerable: near_miss", "▶{question: 甲, document: trade-in",
            "缺少 heading", "一起写", "[2].heading"),
    Mistake("kept: true", "kept: ▶yes", "yes 不是", "true 或 false", "[0].kept"),
    Mistake("miss, asked_on: 2026-11-02", "miss, asked_on: ▶2026-11-31", "不是有效日期",
            "YYYY-MM-DD", "[2].asked_on"),
    Mistake("{question: 手机补多少, unanswerable: near_miss, asked_on: 2026-11-02}",
            "▶{question: 手机补多少, unanswerable: near_miss}", "缺少 asked_on", "2026-11-02",
            "[2].asked_on"),
)  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.new)
def test_every_mistake_has_its_place_and_its_remedy(tmp_path: Path, mistake: Mistake) -> None:
    """One mistake gives one problem, at the character that is wrong, with what to do."""
    content, line, column = spoil(JUDGEMENTS, mistake)
    (problem,) = problems_of(tmp_path, content)
    assert (problem.path, problem.line, problem.column) == ("judgements.yaml", line, column)
    assert problem.field == f"judgements{mistake.field}"
    assert mistake.what in problem.what
    assert mistake.remedy in problem.remedy


def test_floors_are_shares(tmp_path: Path) -> None:
    """A floor that is no decimal from 0 to 1 is refused."""
    (problem,) = problems_of(tmp_path, JUDGEMENTS.replace("0.85", "85"))
    assert (problem.line, problem.column, problem.field) == (1, 23, "floors.recall_at_1")


def test_what_a_document_does_not_state_answers_nothing(tmp_path: Path) -> None:
    """Only stated passages can be named as the answer of a question."""
    changed = JUDGEMENTS.replace("heading: 办理时限", "heading: 申请地点")
    (problem,) = problems_of(tmp_path, changed)
    assert "没有小标题 申请地点" in problem.what


def test_a_folder_without_judgements_can_be_checked_but_not_judged(tmp_path: Path) -> None:
    """Judgements are optional for serving and checking; who asks for them is told."""
    folder = write_folder(tmp_path, {"judgements.yaml": None})
    assert find_problems(folder) == ()
    with pytest.raises(SettingsError) as caught:
        load_judgements(folder, load(folder))
    assert caught.value.name == "POLICYBOT_KNOWLEDGE"
    assert "judgements.yaml" in str(caught.value)


def test_the_check_reports_corpus_and_judgements_together(tmp_path: Path) -> None:
    """A wrong document hides no wrong judgement, and its headings still count as known."""
    changes: Files = {
        DOCUMENT_PATH: DOCUMENT.replace("cap: 2000元", "cap: 2000"),
        "judgements.yaml": JUDGEMENTS.replace("heading: 办理时限", "heading: 办理期限"),
    }
    problems = find_problems(write_folder(tmp_path, changes))
    assert [(problem.path, problem.line) for problem in problems] == [
        (DOCUMENT_PATH, 31),
        ("judgements.yaml", 4),
    ]


def test_a_document_that_cannot_be_read_makes_no_judgement_wrong(tmp_path: Path) -> None:
    """Where headings are unknown for now, nothing is said about who names them."""
    problems = find_problems(write_folder(tmp_path, {DOCUMENT_PATH: "title: '甲"}))
    assert [problem.path for problem in problems] == [DOCUMENT_PATH]
