"""The kinds of values in staff files: each is text as typed, checked and converted here.

A converter takes whatever stands in the file and raises a pydantic error that carries what is
wrong and the remedy, both in Chinese; `validating` gives it its place.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, cast

from pydantic import PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from bot.knowledge.reading import shown
from bot.text.places import place_named

MISTAKE = "mistake"  # the type of the errors raised here; the others are pydantic's own
ID = re.compile(r"[a-z0-9-]{1,40}")  # so long a name still fits into a button and a file system

_URL = re.compile(r"https?://[^\s/?#]+\S*")
_PHONE = re.compile(r"\+?[0-9][0-9 ()（）转-]{2,24}")
_SEPARATOR = re.compile(r"[，、；;]")
_BETWEEN_QUESTIONS = re.compile(r"[、；;]|[?？](?=.)")
_ASKS = re.compile(r"[吗呢哪谁几]|多少|怎么|怎样|如何|什么|是否")  # 我在益阳，多久办好 asks once


def mistake(what: str, remedy: str) -> PydanticCustomError:
    """Make the error that a converter raises."""
    return PydanticCustomError(MISTAKE, "{what}", {"what": what, "remedy": remedy})


_ELLIPSIS = re.compile(r"…+|[.。]{2,}")  # what examples leave out
_NOT_TEXT = ("这里要写文字，不是列表或下级字段", "写成一段文字；多行正文在字段后写 | 再换行")


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise mistake(*_NOT_TEXT)
    text = value.strip()
    if not text:
        raise mistake("这里是空的", "写上内容，或删掉这一项")
    if _ELLIPSIS.fullmatch(text):
        raise mistake("这里还是例子里的省略号", "换成真正的内容")
    return text


def line(value: object) -> str:
    """Take a text of one line."""
    text = _text(value)
    if "\n" in text:
        raise mistake("这里只能写一行", "删掉换行，写成一行")
    if text.endswith((",", ";")):
        raise mistake("末尾多了逗号", f"删掉最后的 {text[-1]}")
    return text


def _item(value: object) -> str:
    text = line(value)
    found = _SEPARATOR.search(text)
    if found:
        remedy = "列表用半角逗号加空格分开：[甲, 乙]"
        raise mistake(f"{shown(text)} 里有“{found[0]}”，几项连成了一项", remedy)
    return text


def _question(value: object) -> str:
    text = line(value)
    found = _BETWEEN_QUESTIONS.search(text)
    sign = found[0] if found else "，"
    if found or sum(bool(_ASKS.search(part)) for part in text.split("，")) > 1:
        remedy = "一项只写一个说法，分成几项写：[甲, 乙]；并列的词用“和”连"
        raise mistake(f"{shown(text)} 里有“{sign}”，几个说法连成了一项", remedy)
    return text


def _region(value: object) -> str:
    text = line(value)
    if place_named(text) is None:
        raise mistake(
            f"不认识的地区 {shown(text)}",
            "写国家，或省、市的全称；区县前面写上省，如 河北省安平县",
        )
    return text


def _matching(pattern: re.Pattern[str], kind: str, remedy: str) -> PlainValidator:
    """Make a converter for a text of one form."""

    def check(value: object) -> str:
        text = line(value)
        if not pattern.fullmatch(text):
            raise mistake(f"{shown(text)} 不是{kind}", remedy)
        return text

    return PlainValidator(check)


def _yes_or_no(value: object) -> bool:
    text = line(value)
    if text not in ("true", "false"):
        raise mistake(f"{shown(text)} 不是 true 或 false", "写 true 或 false")
    return text == "true"


def one_of(*choices: str) -> PlainValidator:
    """Make a converter for a closed vocabulary."""

    def choose(value: object) -> str:
        text = line(value)
        if text not in choices:
            raise mistake(f"{shown(text)} 不在可选的范围里", f"只能写：{'、'.join(choices)}")
        return text

    return PlainValidator(choose, json_schema_input_type=cast("Any", Literal)[choices])


def as_json(pattern: str = r"\S", told: str = "不能为空", **more: object) -> WithJsonSchema:
    """Say what an editor may take for a value; a number is text to us, but not to an editor."""
    form = {"type": ["string", "number"], "pattern": pattern, "patternErrorMessage": told}
    return WithJsonSchema({**form, **more})


def written(pattern: re.Pattern[str], told: str) -> WithJsonSchema:
    """Say which form an editor may take for a value, and what it tells of another one."""
    return as_json(f"^(?:{pattern.pattern})$", told, type="string")


_ONE = "每项只写一个，用半角逗号加空格分开"
Line = Annotated[str, PlainValidator(line), as_json()]
Text = Annotated[str, PlainValidator(_text), as_json()]
Item = Annotated[str, PlainValidator(_item), as_json("^[^，、；;]*$", _ONE)]
Question = Annotated[str, PlainValidator(_question), as_json("^[^、；;]*$", _ONE)]
Url = Annotated[
    str,
    _matching(_URL, "网址", "写成 http:// 或 https:// 开头的完整网址"),
    written(_URL, "写成 https:// 开头的完整网址"),
]
Phone = Annotated[str, _matching(_PHONE, "电话号码", "只写号码，如 12345 或 0731-12345678")]
Region = Annotated[str, PlainValidator(_region), as_json()]
DocumentId = Annotated[
    str,
    _matching(ID, "文件名", "写另一份文件的文件名，不带 .yaml"),
    written(ID, "写另一份文件的文件名，不带 .yaml"),
]
YesOrNo = Annotated[bool, PlainValidator(_yes_or_no)]
