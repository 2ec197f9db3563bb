"""The fields of staff files, as pydantic models; an unknown field is a mistake.

A field left blank counts as not written. `converting` turns the models into our own types;
`relations` checks what no field can know by itself.
"""

from __future__ import annotations

from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.knowledge.scalars import (
    Count,
    Day,
    DocumentId,
    Item,
    Line,
    Money,
    Period,
    Phone,
    Ratio,
    Region,
    Share,
    Text,
    Url,
    Within,
    YesOrNo,
    one_of,
)

Member = TypeVar("Member")
Some = Annotated[tuple[Member, ...], Field(min_length=1)]


class Fields(BaseModel):
    """The fields of a mapping in a staff file; a closed set."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _leave_out_blanks(cls, value: object) -> object:
        if not isinstance(value, dict) or "" not in value.values():
            return value
        known = names_of(cls)
        return {name: node for name, node in value.items() if node != "" or name not in known}


def names_of(model: type[BaseModel]) -> tuple[str, ...]:
    """Give the names of a model's fields as staff write them."""
    return tuple(field.alias or name for name, field in model.model_fields.items())


class SourceFields(Fields):
    """Where a document was taken from."""

    publisher: Line
    title: Line = ""
    reported: Day | None = None
    published: Day | None = None
    url: Url = ""


class SectionFields(Fields):
    """A headed part of a document."""

    heading: Line
    text: Text
    asks: tuple[Line, ...] = ()


class NotStatedFields(Fields):
    """What people ask and the document does not say."""

    about: Line
    asks: tuple[Line, ...] = ()


class SupersessionFields(Fields):
    """A document that this one follows."""

    id: DocumentId
    how: Annotated[str, one_of("升级", "取代", "废止")]


class ConditionFields(Fields):
    """The closed vocabulary of conditions; 等级 is the grade of 能效 and of 水效."""

    grade: Annotated[str | None, one_of("1", "2", "3", "4", "5")] = Field(None, alias="等级")


class RateFields(Fields):
    """The share of the price that is paid where the conditions hold."""

    rate: Share
    when: ConditionFields = ConditionFields()


class LimitFields(Fields):
    """How many are paid for."""

    per: Line
    of: Line
    count: Count


class BenefitFields(Fields):
    """An amount that the bot may work out."""

    name: Line
    items: Some[Item]
    rates: Some[RateFields]
    quote: Text
    cap: Money | None = None
    limit: LimitFields | None = None


class TimeLimitFields(Fields):
    """Days that the bot may work out."""

    item: Line
    within: Within
    quote: Text
    also_called: tuple[Line, ...] = ()
    counted_from: Line = Field("", alias="from")


class ServiceFields(Fields):
    """An item of business with what it needs."""

    name: Line
    code: Line = ""
    materials: tuple[Line, ...] = ()
    window: Line = ""
    fee: Line = ""
    time_limit: Line = ""


class DocumentFields(Fields):
    """A file under documents/: one policy as published."""

    title: Line
    wording: Annotated[str, one_of("原文", "摘编")]
    source: SourceFields
    sections: Some[SectionFields]
    region: Region = ""
    issuer: Line = ""
    number: Line = ""
    issued: Period | None = None
    topics: tuple[Item, ...] = ()
    also_called: tuple[Line, ...] = ()
    effective_from: Day | None = None
    effective_until: Day | None = None
    supersedes: tuple[SupersessionFields, ...] = ()
    owner: Line = ""
    review_by: Day | None = None
    not_stated: tuple[NotStatedFields, ...] = ()
    benefits: tuple[BenefitFields, ...] = ()
    time_limits: tuple[TimeLimitFields, ...] = ()
    services: tuple[ServiceFields, ...] = ()


class ContactFields(Fields):
    """A way to a person."""

    name: Line
    phone: Phone


class OfficeFields(Fields):
    """office.yaml: what the office says about itself."""

    name: Line
    contact: ContactFields
    welcome: Text
    disclaimer: Text
    privacy: Text
    hot_topics: tuple[Line, ...] = ()


class SynonymFields(Fields):
    """synonyms.yaml: groups of words with one meaning."""

    synonyms: tuple[tuple[Item, ...], ...] = ()


class MeasuredFields(Fields):
    """What a calibration measured, and of what; nothing reads it but people."""

    day: Day
    knowledge: Line
    answerable: Count
    answerable_refused: Ratio
    answerable_hedged: Ratio
    taken_out_answered: Ratio
    near_miss_answered: Ratio
    off_topic_answered: Ratio


class CalibrationFields(Fields):
    """calibration.yaml: from which support on a question is hedged, and answered."""

    refuse_below: Ratio
    answer_from: Ratio
    measured: MeasuredFields | None = None


class PassageNameFields(Fields):
    """A passage as judgements name it."""

    document: DocumentId
    heading: Line


class JudgementFields(Fields):
    """A judged question: with the passage that answers it, or unanswerable."""

    question: Line
    asked_on: Day
    after: tuple[Line, ...] = ()
    document: DocumentId = ""
    heading: Line = ""
    also: tuple[PassageNameFields, ...] = ()
    unanswerable: Annotated[str, one_of("near_miss", "off_topic")] = ""
    kept: YesOrNo = False


class FloorFields(Fields):
    """The measures that an evaluation must hold."""

    recall_at_1: Ratio
    off_topic_answered: Ratio
    near_miss_answered: Ratio
    answerable_refused: Ratio


class JudgementsFields(Fields):
    """judgements.yaml: the judged questions and the floors."""

    floors: FloorFields
    judgements: Some[JudgementFields]
