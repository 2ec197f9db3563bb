"""What is decided and written of an answer, on its way to the answer itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.answering.conversation import Resolved
from bot.answering.verdicts import Verdict
from bot.answering.workings import Working
from bot.models.questions import Answer, Block, Choice, Computed, Evidence, Hit, Outcome
from bot.retrieval.edition import Edition
from bot.retrieval.retriever import Query


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before it has its id, its question and its edition, with what it came from.

    `hits` are all that were retrieved, in the order in which they were judged; `query`, `verdict`
    and `working` are None where nothing was searched, decided or worked out.
    """

    outcome: Outcome
    blocks: tuple[Block, ...]
    evidence: tuple[Evidence, ...] = ()
    choices: tuple[Choice, ...] = ()
    hits: tuple[Hit, ...] = ()
    computed: tuple[Computed, ...] = ()
    query: Query | None = None
    verdict: Verdict | None = None
    working: Working | None = None

    @property
    def cover(self) -> float:
        """Give the support that the thresholds judged, 1 where none was asked."""
        return self.verdict.cover if self.verdict else 1.0


@dataclass(frozen=True, slots=True)
class Trace:
    """An answer with all that it came from; `parts`, those of several questions."""

    answer: Answer
    resolved: Resolved
    draft: Draft
    edition: Edition
    day: date
    parts: tuple[Trace, ...] = ()
