"""An answering room that says what a test tells it, and the answers it says."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from bot.models.documents import Contact, Document, Office, Passage, Source, Wording
from bot.models.questions import (
    Answer,
    Block,
    BlockKind,
    Choice,
    Citation,
    Evidence,
    Excerpt,
    Hit,
    Outcome,
    Question,
    Span,
    Status,
)

EDITION = "3f9a2c1b"
OFFICE = Office(
    name="测试市政务服务中心",
    contact=Contact("政务服务便民热线", "12345"),
    welcome="可以问我家电以旧换新补贴和不动产登记。",
    disclaimer="回答以主管部门核定为准。",
    privacy="问题不与姓名一起保存。",
    hot_topics=("一级能效补多少", "不动产登记要几天"),
)


def block(text: str, kind: BlockKind = BlockKind.LEAD, *bold: tuple[int, int]) -> Block:
    """Write one block, its bold parts as (start, end)."""
    return Block(kind, text, tuple(Span(start, end) for start, end in bold))


def evidence(heading: str, text: str, excerpt: str = "", ordinal: int = 0) -> Evidence:
    """Write a piece of evidence; its excerpt is the whole passage unless one is given."""
    source = Source("测试日报")
    document = Document("trade-in", "以旧换新方案", Wording.SUMMARY, source, ())
    passage = Passage(document, heading, text)
    citation = Citation(document.title, heading, Wording.SUMMARY, source)
    hit = Hit(passage, ordinal, 1.0, ())
    return Evidence(hit, Excerpt(excerpt or text), citation, Status.UNCONFIRMED)


def answer(
    *blocks: Block,
    outcome: Outcome = Outcome.ANSWERED,
    shown: tuple[Evidence, ...] = (),
    choices: tuple[str, ...] = (),
    edition: str = EDITION,
) -> Answer:
    """Write an answer of some blocks."""
    offered = tuple(Choice(label, f"{label}？") for label in choices)
    return Answer("a1", "q", outcome, blocks, edition, shown, offered)


@dataclass
class CannedAnswering:
    """Says what is in `says` and `passages`, else repeats the question; an error is raised."""

    says: dict[str, Answer | Exception] = field(default_factory=dict)
    passages: dict[tuple[str, int], Answer] = field(default_factory=dict)
    asked: list[Question] = field(default_factory=list)
    unfolded: list[tuple[str, int]] = field(default_factory=list)

    def ask(self, question: Question, day: date | None = None) -> Answer:
        """Answer a question; the channel asks as of the day on which a person asks."""
        assert day is None
        self.asked.append(question)
        said = self.says.get(question.text, answer(block(f"答：{question.text}")))
        if isinstance(said, Exception):
            raise said
        return said

    def unfold(self, edition: str, ordinal: int) -> Answer | None:
        """Show a whole passage."""
        self.unfolded.append((edition, ordinal))
        return self.passages.get((edition, ordinal))


@dataclass
class SetClock:
    """Tells the time to which it was set."""

    moment: datetime = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        """Give the set moment."""
        return self.moment
