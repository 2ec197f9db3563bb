"""What is asked, what is found and what is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from bot.models.documents import PartialDate, Passage, Source, Wording


class Status(StrEnum):
    """Whether a document holds on a given day; `IN_FORCE` only by stated dates."""

    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    UNCONFIRMED = "unconfirmed"


class Outcome(StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    HEDGED = "hedged"
    NEEDS_DETAIL = "needs_detail"
    TOO_VAGUE = "too_vague"
    NO_ANSWER = "no_answer"
    DECLINED = "declined"


# Ends of a question that show a passage; the others are kinds of refusal.
FOUND = frozenset({Outcome.ANSWERED, Outcome.HEDGED, Outcome.NEEDS_DETAIL})


@dataclass(frozen=True, slots=True)
class Asker:
    """Whom a conversation belongs to: one person in one thread of one chat."""

    channel: str
    chat_id: str
    thread_id: str = ""
    person_id: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What a person wrote, and when (with time zone)."""

    text: str
    asker: Asker
    asked_at: datetime
    message_id: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """What is remembered of one chat: its id and the last question, with its subject."""

    id: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that shares terms with the query; scores compare only within one query.

    `copies` are passages of other documents that say what is shown of it word for word.
    """

    passage: Passage
    ordinal: int
    score: float
    matched_terms: tuple[str, ...]
    copies: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Retrieval:
    """The terms that were searched and the hits, best first."""

    terms: tuple[str, ...]
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of characters, `text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The sentences of a passage that answer, with matched terms and the key sentence marked."""

    text: str
    highlights: tuple[Span, ...] = ()
    sentence: Span = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Citation:
    """What an answer rests on, complete enough to be checked by a person."""

    title: str
    heading: str
    wording: Wording
    source: Source
    issuer: str = ""
    number: str = ""
    region: str = ""
    issued: PartialDate | None = None
    effective_from: date | None = None
    effective_until: date | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A hit as it is shown: its excerpt, its citation and its status on the asked day."""

    hit: Hit
    excerpt: Excerpt
    citation: Citation
    status: Status


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: what it says and the question that pressing it asks."""

    label: str
    question: str


class ComputedKind(StrEnum):
    """What was worked out from a rule."""

    BENEFIT = "benefit"
    DEADLINE = "deadline"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Computed:
    """One thing worked out from a quoted rule: an amount in yuan, a day, or a service's card.

    `not_before` stands instead of `day` where a calendar is not known yet; `assumptions` are
    what the rule does not state. `document` and `heading` name the section of the quote.
    """

    kind: ComputedKind
    quote: str
    document: str
    heading: str
    steps: tuple[str, ...]
    assumptions: tuple[str, ...] = ()
    amount: Decimal | None = None
    day: date | None = None
    not_before: date | None = None


class BlockKind(StrEnum):
    """What a part of an answer is for, so that each channel can render it in its own way."""

    UNDERSTOOD = "understood"
    LEAD = "lead"
    NOTE = "note"
    QUOTE = "quote"
    SOURCE = "source"
    STATUS = "status"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Block:
    """One part of an answer's text, with the spans that decide in bold."""

    kind: BlockKind
    text: str
    bold: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything that a channel needs to reply; the same id means the same bytes."""

    id: str
    question: str
    outcome: Outcome
    blocks: tuple[Block, ...]
    edition: str
    evidence: tuple[Evidence, ...] = ()
    choices: tuple[Choice, ...] = ()
    conversation: Conversation = Conversation()
    computed: tuple[Computed, ...] = ()
    related: tuple[str, ...] = ()
    parts: tuple[Answer, ...] = ()
