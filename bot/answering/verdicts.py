"""What is decided of a question, before it is put into words."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answering.regions import Reach
from bot.answering.support import Support
from bot.models.documents import Document, Passage
from bot.models.explanations import Reason
from bot.models.questions import Hit, Outcome
from bot.text.places import Place


@dataclass(frozen=True, slots=True)
class Verdict:
    """An outcome with its reasons, the hits to show, and what has to be named.

    `judged` is the passage that was looked at, `support` what it holds of the question.
    """

    outcome: Outcome
    hits: tuple[Hit, ...] = ()
    reasons: tuple[Reason, ...] = ()
    judged: Passage | None = None
    support: Support | None = None
    word: str = ""  # of the question: that of another matter, or that leaves a doubt
    sure: bool = False  # the rule found is the one meant, whatever its place and kind of figure
    place: Place | None = None
    reach: Reach = Reach.NAMED
    unknown_place: str = ""  # a word for a place that is not in the table of places
    silent: Passage | None = None  # the entry of `not_stated` that says it
    unlisted: str = ""  # the item that no rule lists
    listing: Document | None = None  # the document whose list it is not on
    outside_grade: str = ""  # says that no rate is for the grade that is asked about
    lacking: str = ""  # the year or the kind of answer (金额, 电话 …) that the passage lacks

    @property
    def cover(self) -> float:
        """Give the support that the thresholds of the calibration judge, 1 without any."""
        return self.support.cover if self.support else 1.0
