"""The objects of the API as they are read and described; `wire` and `explanations` write them."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _day(text: object) -> object:
    """Read YYYY-MM-DD and nothing else; pydantic would take numbers of seconds, too."""
    if text is None:
        return None
    if not isinstance(text, str) or not DAY.fullmatch(text):
        raise PydanticCustomError("date_parsing", "not a day")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError("date_parsing", "not a day") from None


class AskRequest(BaseModel):
    """A question, the conversation that it continues, and the day that it is asked on."""

    model_config = ConfigDict(extra="forbid", strict=True)

    question: str = Field(description="问题原文", examples=["一级能效冰箱补多少"])
    conversation: str | None = Field(
        None,
        pattern=r"^[A-Za-z0-9_-]{0,64}$",
        description="上次回答里的 conversation；不填则开始新的对话",
    )
    date_: Annotated[date | None, BeforeValidator(_day)] = Field(
        None, alias="date", description="按哪一天回答，写成 YYYY-MM-DD，默认今天"
    )


class SourceObject(BaseModel):
    """Where a document was taken from; days are YYYY-MM-DD or empty."""

    publisher: str
    title: str
    reported: str
    published: str
    url: str


class CitationObject(BaseModel):
    """What an answer rests on; days are YYYY-MM-DD or empty."""

    title: str
    heading: str
    wording: str
    issuer: str
    number: str
    region: str
    issued: str
    effective_from: str
    effective_until: str
    source: SourceObject


class PassageObject(BaseModel):
    """A passage that answers, with its excerpt and its status on the asked day."""

    document: str
    heading: str
    title: str
    text: str
    excerpt: str
    score: float
    matched_terms: list[str]
    status: str
    citation: CitationObject


class ChoiceObject(BaseModel):
    """A question that the citizen may mean."""

    label: str
    question: str


class AnswerObject(BaseModel):
    """An answer; fields without content are empty, never absent."""

    id: str
    question: str
    outcome: str
    text: str
    passages: list[PassageObject]
    computed: list[dict[str, Any]]
    choices: list[ChoiceObject]
    related: list[str]
    parts: list[dict[str, Any]]
    conversation: str
    edition: str


class ExplainedObject(AnswerObject):
    """An answer with how it came about; its fields change with the ranking and the rules."""

    explanation: dict[str, Any]


class ErrorDetail(BaseModel):
    """Why a request is refused: a code for programs, a sentence for people."""

    code: str
    message: str


class ErrorObject(BaseModel):
    """What every refusal looks like."""

    error: ErrorDetail
