"""The fields of staff files, as pydantic models; an unknown field is a mistake.

A field left blank counts as not written. `converting` turns the models into our own types;
`relations` checks what no field can know by itself.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bot.knowledge.quantities import Count, Day, Period, Ratio
from bot.knowledge.scalars import DocumentId, Item, Line, Phone, Region, Text, YesOrNo, one_of
from bot.knowledge.schema_parts import (
    BenefitFields,
    Fields,
    LimitFields,
    NotStatedFields,
    RateFields,
    SectionFields,
    ServiceFields,
    Some,
    SourceFields,
    SupersessionFields,
    TimeLimitFields,
    names_of,
)


class DocumentFields(Fields):
    """A file under documents/: one policy as published."""

    title: Line = Field(
        description="必填。文件名称，照原样写", examples=["湖南省消费品以旧换新实施方案"]
    )
    wording: Annotated[str, one_of("原文", "摘编")] = Field(
        description="必填。原文：逐字照录，回答时加引号引用；摘编：自己整理的话，回答时写“据……整理”",
        examples=["摘编"],
    )
    source: SourceFields = Field(
        description="必填。取自哪里",
        examples=[{"publisher": "湖南日报", "reported": "2024-09-04"}],
    )
    sections: Some[SectionFields] = Field(description="必填。分段，每段一个小标题和正文")
    region: Region = Field(
        "",
        description="管哪里：国家，或省、市的全称；湖南以外的区县前面写上省。问别处时不会拿它回答",
        examples=["湖南省", "益阳市", "河北省安平县"],
    )
    issuer: Line = Field("", description="发文机关；不写就说“未载明”", examples=["湖南省商务厅"])
    number: Line = Field("", description="文号", examples=["湘政发〔2024〕12号"])
    issued: Period | None = Field(None, description="发文的日、月或年", examples=["2024-06"])
    topics: tuple[Item, ...] = Field(
        (), description="属于哪些主题，会列在“我能回答”里", examples=[["家电以旧换新补贴"]]
    )
    also_called: tuple[Item, ...] = Field(
        (), description="群众怎么叫它，每项一个叫法", examples=[["家电国补"]]
    )
    effective_from: Day | None = Field(
        None, description="哪天起施行；来源没写就不要写", examples=["2024-09-01"]
    )
    effective_until: Day | None = Field(
        None, description="有效到哪天（含当天）；来源没写就不要写", examples=["2025-12-31"]
    )
    supersedes: tuple[SupersessionFields, ...] = Field(
        (), description="接替了哪些文件", examples=[[{"id": "old-rule", "how": "取代"}]]
    )
    owner: Line = Field("", description="由哪个科室负责", examples=["政务公开科"])
    review_by: Day | None = Field(None, description="哪天之前要复核一次", examples=["2026-12-31"])
    not_stated: tuple[NotStatedFields, ...] = Field(
        (),
        description="群众会问、文件没有写的事；机器人会直说“没有写”",
        examples=[[{"about": "申请地点", "asks": ["在哪申请"]}]],
    )
    benefits: tuple[BenefitFields, ...] = Field((), description="补贴规则，机器人据此说范围和金额")
    time_limits: tuple[TimeLimitFields, ...] = Field((), description="时限规则")
    services: tuple[ServiceFields, ...] = Field(
        (),
        description="办事事项，知道什么写什么",
        examples=[[{"name": "财产登记", "fee": "不收费"}]],
    )


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


class WorkdaysFields(Fields):
    """workdays/<year>.yaml: the days off of a year, and the weekends that are worked."""

    notice: Line
    off: Some[Day]
    worked: tuple[Day, ...] = ()


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


_IN_LISTS = (
    *(SectionFields, NotStatedFields, SupersessionFields, BenefitFields, RateFields),
    *(TimeLimitFields, ServiceFields, JudgementFields, PassageNameFields),
)
_ALONE = (DocumentFields, SourceFields, LimitFields, OfficeFields, ContactFields, FloorFields)
# Names with which an item of a list may begin: whoever writes 「- heading：」 means the field.
FIRST_NAMES = frozenset(name for model in _IN_LISTS for name in names_of(model))
ALL_NAMES = FIRST_NAMES | {name for model in _ALONE for name in names_of(model)}
