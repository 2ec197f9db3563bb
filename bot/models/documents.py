"""What the knowledge holds: documents, their passages and the rules in them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from bot.models.calibration import UNCALIBRATED, Calibration


class Wording(StrEnum):
    """Whether a document's text is the published wording or the office's own summary."""

    ORIGINAL = "原文"
    SUMMARY = "摘编"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day, a month or a year, as exact as the source states it."""

    year: int
    month: int | None = None
    day: int | None = None

    def last_day(self) -> date:
        """Give the last day of the period, from which an undated document counts."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document was taken from; all but the publisher may be unknown."""

    publisher: str
    title: str = ""
    reported: date | None = None
    published: date | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of a document, with ways in which people ask for it."""

    heading: str
    text: str
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotStated:
    """What people ask and the document does not say."""

    about: str
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Supersession:
    """A document that this one follows, and how: 升级, 取代 or 废止."""

    document: str
    how: str


@dataclass(frozen=True, slots=True)
class Rate:
    """The share of the price that is paid where every condition (name, value) holds."""

    when: tuple[tuple[str, str], ...]
    share: Decimal


@dataclass(frozen=True, slots=True)
class Limit:
    """How many are paid for, e.g. one of each kind (`of`) for each consumer (`per`)."""

    per: str
    of: str
    count: int


@dataclass(frozen=True, slots=True)
class Benefit:
    """A rule that yields an amount; `quote` stands word for word in a section. Cap in yuan."""

    name: str
    items: tuple[str, ...]
    rates: tuple[Rate, ...]
    quote: str
    cap: Decimal | None = None
    limit: Limit | None = None


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """A rule that yields a day; `days` are working days unless `working` is false."""

    item: str
    days: int
    working: bool
    quote: str
    also_called: tuple[str, ...] = ()
    counted_from: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """An item of business with what the file knows of it; unknown fields are empty."""

    name: str
    code: str = ""
    materials: tuple[str, ...] = ()
    window: str = ""
    fee: str = ""
    time_limit: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One policy as published, from one file of the knowledge folder."""

    id: str
    title: str
    wording: Wording
    source: Source
    sections: tuple[Section, ...]
    region: str = ""
    issuer: str = ""
    number: str = ""
    issued: PartialDate | None = None
    topics: tuple[str, ...] = ()
    also_called: tuple[str, ...] = ()
    effective_from: date | None = None
    effective_until: date | None = None
    supersedes: tuple[Supersession, ...] = ()
    owner: str = ""
    review_by: date | None = None
    not_stated: tuple[NotStated, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    time_limits: tuple[TimeLimit, ...] = ()
    services: tuple[Service, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """What is indexed and shown: a section, or a part of a long one.

    `stated` is false for an entry of `not_stated`: it competes in the ranking, and where it
    wins, the answer is that the document does not say. Its heading is what it is about.
    """

    document: Document
    heading: str
    text: str
    asks: tuple[str, ...] = ()
    part: int = 0
    stated: bool = True


@dataclass(frozen=True, slots=True)
class Workdays:
    """The days off of a year as an office keeps them, the weekends that are worked in their
    place, and the notice that says so.
    """

    year: int
    off: tuple[date, ...]
    worked: tuple[date, ...]
    notice: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to a person, e.g. 政务服务便民热线 12345."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Office:
    """What an office says about itself; nothing of an office stands in code."""

    name: str
    contact: Contact
    welcome: str
    disclaimer: str
    privacy: str
    hot_topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Corpus:
    """All of one load of a knowledge folder; `digest` is a hash of every byte it came from.

    Passages come document by document, and each holds the very document of `documents`. Those
    of a mapped edition are read when asked for.
    `sources` name the files that documents were read from; empty where they come from none.
    """

    documents: Sequence[Document]
    passages: Sequence[Passage]
    office: Office
    lexicon: tuple[str, ...]
    synonyms: tuple[tuple[str, ...], ...]
    digest: str
    workdays: tuple[Workdays, ...] = ()
    calibration: Calibration = UNCALIBRATED
    sources: tuple[str, ...] = ()
