"""Write a draft as a staff file: what was guessed is marked, texts stand as they are read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.knowledge.importing.guessing import Guessed
from bot.knowledge.importing.sections import DraftSection

MODELINE = "# yaml-language-server: $schema=../../document.schema.json"
TO_CHECK = "待核对"
_MARK = f"  # {TO_CHECK}"
# Hanzi, letters and figures with the signs that mean nothing to YAML inside a line.
_PLAIN = re.compile(r"[\u4e00-\u9fff〔〕（）《》、，·“”a-zA-Z0-9./_ -]+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBERLIKE = re.compile(r"[-+.0-9_ e]+|(?:true|false|null|yes|no|on|off)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a draft in its place: what it is called in Chinese, and where it goes."""

    name: str
    called: str
    wanted: bool = False


# In the order of the handbook. Of what is wanted and was not found the draft says so.
_FIELDS = (
    Field("issuer", "发文机关", wanted=True),
    Field("number", "文号", wanted=True),
    Field("issued", "发文日期", wanted=True),
    Field("region", "适用的地区", wanted=True),
    Field("effective_from", "施行日期", wanted=True),
    Field("effective_until", "有效期"),
)
_SOURCE_FIELDS = ("publisher", "published", "url")


def marked_fields(guessed: Guessed) -> tuple[str, ...]:
    """Name the fields that a person must check, as the draft names them."""
    own = (field.name for field in _FIELDS if getattr(guessed, field.name))
    source = (f"source.{name}" for name in _SOURCE_FIELDS if getattr(guessed, name))
    return ("title", *own, *source)


def missing_fields(guessed: Guessed) -> tuple[str, ...]:
    """Name the fields that most documents have and that were not found."""
    return tuple(
        field.name for field in _FIELDS if field.wanted and not getattr(guessed, field.name)
    )


def draft_text(
    guessed: Guessed, sections: Sequence[DraftSection], origin: str, remarks: Sequence[str]
) -> str:
    """Write the file; `origin` names the file it was made from, `remarks` what to know of it."""
    return "\n".join((*_head(guessed, origin, remarks), *_sections(sections), ""))


def _head(guessed: Guessed, origin: str, remarks: Sequence[str]) -> Iterator[str]:
    yield MODELINE
    yield f"# 草稿，由 {_comment(origin)} 导入，不会用来回答。核对标有“{TO_CHECK}”的各行，"
    yield "# 补上 asks，再把文件移到 documents/<主题>/。"
    for remark in remarks:
        yield f"# {_comment(remark)}"
    yield f"title: {_scalar(guessed.title)}{_MARK}"
    yield f"wording: 原文{_MARK}：自己改写过就改成 摘编"
    for field in _FIELDS:
        value = getattr(guessed, field.name)
        if value:
            yield f"{field.name}: {_scalar(value)}{_MARK}"
        elif field.wanted:
            yield f"# {field.name}:  # 没有找到{field.called}，知道就写上"
    yield "source:"
    for name in _SOURCE_FIELDS:
        if value := getattr(guessed, name):
            yield f"  {name}: {_scalar(value)}{_MARK}"


def _sections(sections: Sequence[DraftSection]) -> Iterator[str]:
    yield "sections:"
    for section in sections:
        yield f"  - heading: {_scalar(section.heading)}"
        yield "    text: |"
        for line in section.text.split("\n"):
            yield f"      {line}".rstrip()


_QUOTES = "“”‘’「」『』"  # `check` takes them for quotes of YAML that were typed in Chinese


def _scalar(value: str) -> str:
    """Write a value on one line, in quotes where YAML might take it for something else."""
    if _DAY.fullmatch(value):
        return value
    is_plain = _PLAIN.fullmatch(value) and not _NUMBERLIKE.fullmatch(value)
    if is_plain and value.strip() == value and not value.startswith(("-", ".", *_QUOTES)):
        return value
    return json.dumps(value, ensure_ascii=False)


def _comment(text: str) -> str:
    return " ".join(text.split())
