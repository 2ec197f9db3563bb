"""Why a question ended as it did, for staff and developers: plain names, texts and figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.models.questions import Answer, Span, Status


class Reason(StrEnum):
    """A rule that decided how a question ended; several may hold at once."""

    SMALL_TALK = "small_talk"  # also abuse, and attempts to steer the bot
    TOO_LONG = "too_long"
    NOTHING_ASKED = "nothing_asked"  # only places, or the name of a subject
    NOTHING_FOUND = "nothing_found"  # no passage holds a term
    ELSEWHERE = "elsewhere"  # what was found is for another place
    UNKNOWN_PLACE = "unknown_place"
    NOT_STATED = "not_stated"  # the document is known not to say it
    UNLISTED = "unlisted"  # a thing that no rule of the document lists
    OTHER_BUSINESS = "other_business"
    OTHER_SUBSIDY = "other_subsidy"
    OTHER_MONEY = "other_money"
    UNSUPPORTED = "unsupported"  # support below `refuse_below`, or only what is not stated found
    OTHER_ROW = "other_row"  # a row of a table is named, and another one was found
    FOLLOW_UP = "follow_up"  # what a follow-up brought in is not in the passage
    OTHER_LEVEL = "other_level"  # a rule of the level above or below the place
    OUT_OF_FORCE = (
        "out_of_force"  # what was found does not hold on the day; the past was not asked
    )
    LACKING = "lacking"  # the year or the kind of figure that is asked for
    NOT_MEANT = "not_meant"  # first came an entry of `not_stated` that was not asked for
    PARTLY_SUPPORTED = "partly_supported"  # support below `answer_from`
    UNNAMED = "unnamed"  # only single hanzi are held
    OTHER_ITEM = "other_item"  # no item of the passage's time limits is named
    SILENT_TERM = "silent_term"  # who buys, or what kind of thing, is not in the rule's passage
    DOUBTFUL = "doubtful"  # a word that may be the subject is not in the rule's passage
    SUPPORTED = "supported"
    ATTACHED = "attached"  # staff wrote this very question, or heading, for the passage
    OUTSIDE_GRADE = "outside_grade"  # no rate is for the grade that is asked about
    BY_RULE = "by_rule"  # a benefit or a time limit gave the answer
    DETAIL_MISSING = "detail_missing"  # it needs a price, a grade or a day that was not said


class RuleUse(StrEnum):
    """What came of a rule that was considered."""

    WORKED_OUT = "worked_out"
    TOLD = "told"  # its terms are said, and no figure was worked out
    DETAIL_MISSING = "detail_missing"
    REFUSED = "refused"  # the question was refused before any rule was looked at
    UNSURE = "unsure"  # not sure that this rule is meant
    OTHER_DOCUMENT = "other_document"  # another document was judged
    OTHER_PLACE = "other_place"
    NOT_YET = "not_yet"
    OTHER_KIND = "other_kind"  # the question asks for no amount, or for no day
    QUOTE_NOT_FOUND = "quote_not_found"  # the passage with its quote is not among the hits
    NO_PRICE = "no_price"
    NO_DAY = "no_day"
    OTHER_ITEM = "other_item"
    START_UNKNOWN = "start_unknown"  # the day from which it counts is not understood
    OTHER_RULE = "other_rule"  # another rule answered first


@dataclass(frozen=True, slots=True)
class Reading:
    """The question's text after a step that changed it."""

    step: str
    text: str


@dataclass(frozen=True, slots=True)
class SearchedTerm:
    """A term as it was searched in one field of the index; `idf` tells how rare it is."""

    field: str
    text: str
    weight: float
    idf: float
    synonyms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TermScore:
    """What a term adds to a passage in the first stage; `synonym`: only a synonym is held."""

    field: str
    text: str
    score: float
    synonym: bool


@dataclass(frozen=True, slots=True)
class Feature:
    """What a feature of the ranking adds to a passage's score."""

    name: str
    score: float


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A hit with all that its place rests on; `highlights` are spans of its text.

    `reach` tells how its region stands to the places that are named. `shown` counts from 1, 0
    where it is not shown.
    """

    document: str
    heading: str
    title: str
    text: str
    stated: bool
    status: Status
    region: str
    reach: str
    score: float
    features: tuple[Feature, ...]
    terms: tuple[TermScore, ...]
    highlights: tuple[Span, ...]
    judged: bool
    shown: int


@dataclass(frozen=True, slots=True)
class Measured:
    """The support of the judged passage and its thresholds, 0 to 1.

    `held` and `missing` are the question's words that the passage holds in full and not at all;
    words that it holds in part are in neither.
    """

    document: str
    heading: str
    cover: float
    refuse_below: float
    answer_from: float
    held: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """A reason in words for staff, and what they could change; empty where nothing helps."""

    reason: Reason
    said: str
    remedy: str


@dataclass(frozen=True, slots=True)
class ConsideredRule:
    """A rule that was considered, and what came of it, in words too.

    `kind` is `benefit`, `time_limit` or `service`.
    """

    kind: str
    name: str
    document: str
    use: RuleUse
    said: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a question was read, what was found, and why it ended as it did.

    `kind` names what is asked for (金额, 天数 …), empty where nothing tells. `support` is None
    where no passage was judged. `parts` are of the questions of one message, where several
    were answered; then the whole holds nothing else.
    """

    day: date
    readings: tuple[Reading, ...]
    kind: str
    terms: tuple[SearchedTerm, ...]
    hits: tuple[FoundPassage, ...]
    support: Measured | None
    reasons: tuple[Ground, ...]
    rules: tuple[ConsideredRule, ...]
    parts: tuple[Explanation, ...] = ()


@dataclass(frozen=True, slots=True)
class Explained:
    """An answer with its explanation."""

    answer: Answer
    explanation: Explanation
