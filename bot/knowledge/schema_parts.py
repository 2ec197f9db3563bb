"""The fields of the parts of a document's file, with what editors say of each.

Descriptions and examples are Chinese: `json_schema` hands them to the editors of staff.
"""

from __future__ import annotations

from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.knowledge.quantities import Cap, Count, Day, Share, Within
from bot.knowledge.scalars import DocumentId, Item, Line, Question, Text, Url, one_of

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

    publisher: Line = Field(description="必填。谁发布的：单位、网站或报纸", examples=["湖南日报"])
    title: Line = Field("", description="报道或网页的标题", examples=["以旧换新，补贴怎么领"])
    reported: Day | None = Field(None, description="报道的日期（电头）", examples=["2024-09-04"])
    published: Day | None = Field(None, description="见报或上网的日期", examples=["2024-09-05"])
    url: Url = Field(
        "", description="网址，http 或 https 开头", examples=["https://www.hunan.gov.cn/"]
    )


class SectionFields(Fields):
    """A headed part of a document."""

    heading: Line = Field(description="必填。小标题，同一文件里不能重复", examples=["补贴标准"])
    text: Text = Field(
        description="必填。正文：写 | 再换行，每行多缩进两个空格。每一句都要能单独看懂，写明主语",
        examples=["一级能效的家电按售价的20%补贴，每件最高补贴2000元。"],
    )
    asks: tuple[Question, ...] = Field(
        (),
        description="群众怎么问，越口语越好，每项一个问法，写五到十条",
        examples=[["一级能效补多少", "最多补多少钱"]],
    )


class NotStatedFields(Fields):
    """What people ask and the document does not say."""

    about: Line = Field(description="必填。什么事没有写", examples=["申请地点"])
    asks: tuple[Question, ...] = Field(
        (), description="群众怎么问，每项一个问法", examples=[["在哪申请", "去哪领补贴"]]
    )


class SupersessionFields(Fields):
    """A document that this one follows."""

    id: DocumentId = Field(
        description="必填。被接替的文件的编号，就是它的文件名，不带 .yaml", examples=["old-rule"]
    )
    how: Annotated[str, one_of("升级", "取代", "废止")] = Field(
        description="必填。怎样接替：升级、取代或废止", examples=["取代"]
    )


class ConditionFields(Fields):
    """The closed vocabulary of conditions; 等级 is the grade of 能效 and of 水效."""

    grade: Annotated[str | None, one_of("1", "2", "3", "4", "5")] = Field(
        None, alias="等级", description="能效或水效的等级，1 到 5", examples=["1"]
    )


class RateFields(Fields):
    """The share of the price that is paid where the conditions hold."""

    rate: Share = Field(
        description="必填。比例，百分数；原文引用的那一节里要有它", examples=["20%"]
    )
    when: ConditionFields = Field(
        ConditionFields(),
        description="什么条件下是这个比例；不写就是对谁都算",
        examples=[{"等级": 1}],
    )


class LimitFields(Fields):
    """How many are paid for."""

    per: Line = Field(description="必填。谁", examples=["消费者"])
    of: Line = Field(description="必填。每什么", examples=["每类"])
    count: Count = Field(description="必填。几件", examples=["1"])


class BenefitFields(Fields):
    """An amount that the bot may work out."""

    name: Line = Field(description="必填。补贴的名称", examples=["家电以旧换新补贴"])
    items: Some[Item] = Field(
        description="必填。补哪些东西；不在里面的，机器人会说不在范围内",
        examples=[["冰箱", "洗衣机"]],
    )
    rates: Some[RateFields] = Field(
        description="必填。比例，同样的条件只写一个",
        examples=[[{"when": {"等级": 1}, "rate": "20%"}]],
    )
    cap: Cap = Field(
        description="必填。每件上限，数字加“元”；原文说没有上限的写 不设上限", examples=["2000元"]
    )
    quote: Text = Field(
        description="必填。依据的原句，从本文件正文里逐字复制", examples=["每件最高补贴2000元。"]
    )
    limit: LimitFields | None = Field(
        None, description="件数限制", examples=[{"per": "消费者", "of": "每类", "count": 1}]
    )


class TimeLimitFields(Fields):
    """Days that the bot may work out."""

    item: Line = Field(description="必填。什么事", examples=["财产登记"])
    within: Within = Field(
        description="必填。多久，写成几个工作日或几日；原文引用的那一节里要有它",
        examples=["2个工作日"],
    )
    quote: Text = Field(
        description="必填。依据的原句，从本文件正文里逐字复制",
        examples=["财产登记2个工作日内办结。"],
    )
    also_called: tuple[Item, ...] = Field(
        (), description="别的叫法，只写来源里等同的", examples=[["不动产登记"]]
    )
    counted_from: Line = Field(
        "", alias="from", description="从哪天起算；不写就是未载明", examples=["受理次日"]
    )


class ServiceFields(Fields):
    """An item of business with what it needs."""

    name: Line = Field(description="必填。事项名称", examples=["财产登记"])
    code: Line = Field("", description="事项编码")
    materials: tuple[Line, ...] = Field(
        (), description="要带的材料，一项一样", examples=[["身份证", "发票"]]
    )
    window: Line = Field("", description="在哪个窗口办", examples=["一楼 3 号窗口"])
    fee: Line = Field("", description="收费", examples=["不收费"])
    time_limit: Line = Field("", description="多久办好", examples=["2个工作日"])
