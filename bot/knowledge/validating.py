"""From a file's tree to its fields, or to every problem in it with its exact place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.errors import Problem
from bot.knowledge import scalars
from bot.knowledge.naming import nearest
from bot.knowledge.reading import FieldPath, Reading, shown
from bot.knowledge.schema_parts import names_of

Model = TypeVar("Model", bound=BaseModel)

_GLUED = re.compile(r"([A-Za-z_]{1,40})([：:])")  # a field's name that a colon did not part
_MOST_REPORTED = 1000  # a file: more is no slip; finding the nearest names would take minutes
_FORMS = {  # what to write for a field that is missing, where its name alone does not tell
    "wording": "wording: 摘编（照录全文的写 原文）",
    "source": "source: {publisher: 发布单位或媒体}",
    "sections": "sections: 和至少一节（heading 和 text）",
    "text": "text: | 并在下一行写正文",
    "items": "items: [冰箱, 洗衣机]",
    "rates": "rates: 和至少一行 - {rate: 15%}",
    "cap": "cap: 2000元，没有上限的写 cap: 不设上限",
    "within": "within: 2个工作日",
    "asked_on": "asked_on: 2026-11-02",
    "contact": "contact: {name: 政务服务便民热线, phone: 12345}",
}


def validate(model: type[Model], reading: Reading) -> tuple[Model | None, tuple[Problem, ...]]:
    """Check a file's tree against its fields; the model is None if there is any problem."""
    if reading.tree is None:
        return None, ()
    if not isinstance(reading.tree, dict):
        remedy = f"每行写成“字段: 值”，第一行如 {names_of(model)[0]}: …"
        told = _glued(reading.tree) or ("文件的最外层不是字段", remedy)
        return None, (reading.problem((), *told),)
    try:
        return model.model_validate(reading.tree), ()
    except ValidationError as error:
        return None, tuple(_problems(model, reading, error.errors(include_url=False)))


def _problems(
    model: type[BaseModel], reading: Reading, details: list[ErrorDetails]
) -> Iterator[Problem]:
    meant = {
        path for detail in details[:_MOST_REPORTED] for path in _meant(model, reading, detail)
    }
    for detail in details[:_MOST_REPORTED]:
        missing = detail["type"] == "missing" and detail["loc"] in meant
        problem = None if missing else _problem(model, reading, detail)
        if problem:
            yield problem
    if len(details) > _MOST_REPORTED:
        what = f"这个文件还有 {len(details) - _MOST_REPORTED} 处问题没有列出"
        yield reading.problem((), what, "先改好列出的，再检查一遍")


def _meant(model: type[BaseModel], reading: Reading, detail: ErrorDetails) -> Iterator[FieldPath]:
    """Give the field that an unknown one was meant for, or that it belongs under."""
    if detail["type"] == "extra_forbidden":
        path: FieldPath = detail["loc"]
        near = nearest(str(path[-1]), _names_at(model, path[:-1]))
        above = _belongs_under(model, reading, path)
        yield from ((*path[:-1], name) for name in (near, above) if name)


def _problem(model: type[BaseModel], reading: Reading, detail: ErrorDetails) -> Problem | None:
    path: FieldPath = detail["loc"]
    match detail["type"]:
        case scalars.MISTAKE:
            context = detail["ctx"]
            return reading.problem(path, context["what"], context["remedy"])
        case "missing":
            return _missing(reading, path)
        case "extra_forbidden":
            return _unknown(model, reading, path)
        case "too_short":
            # Items with mistakes do not count for pydantic; those are reported already.
            return None if detail["input"] else reading.problem(path, *_NO_ITEM)
        case "tuple_type":
            return reading.problem(path, *_not_list(model, path, detail["input"]))
        case _:
            return _not_fields(model, reading, path, detail["input"])


def _not_list(model: type[BaseModel], path: FieldPath, value: object) -> tuple[str, str]:
    if isinstance(value, str) and value.startswith(_WIDE_BRACKETS):
        return f"列表用了全角括号 {value[0]}", "换成半角的 [ ]，各项用半角逗号加空格分开"
    if isinstance(value, dict) and value:
        return "每一项前面要写“- ”", f"写成 - {shown(next(iter(value)))}: …，其余字段与它左对齐"
    names = _names_at(model, path)
    if names == _names_at(model, path[:-1]):
        return "这里要写列表", "写成 [甲, 乙]，或每项一行、以“- ”开头"
    return "这里要写列表", f"每项以“- ”开头，如 - {{{_first_of(names)}}}"


def _first_of(names: tuple[str, ...]) -> str:
    return ", ".join(f"{name}: …" for name in names[:2])


_WIDE_BRACKETS = ("【", "［", "〔", "（", "(")
_NO_ITEM = ("列表是空的", "至少写一项")


def _missing(reading: Reading, path: FieldPath) -> Problem:
    name = str(path[-1])
    form = _FORMS.get(name, f"{name}: …")
    if path in reading.keys:
        return reading.problem(path, f"{name} 没有填写", f"写成 {form}")
    return reading.problem(path, f"缺少 {name}", f"加一行 {form}")


def _unknown(model: type[BaseModel], reading: Reading, path: FieldPath) -> Problem:
    name = str(path[-1])
    above = _belongs_under(model, reading, path)
    if above:
        what = (
            f"{shown(name)} 没有缩进，它属于第 {reading.keys[*path[:-1], above].line} 行的 {above}"
        )
        return reading.key_problem(path, what, "行首加两个空格，与其他下级字段左对齐")
    known = _names_at(model, path[:-1])
    near = nearest(name, known)
    remedy = f"是不是 {near}" if near else f"这里可以写：{'、'.join(known)}"
    told = _glued(name) or (f"没有 {shown(name)} 这个字段", remedy)
    return reading.key_problem(path, *told)


def _belongs_under(model: type[BaseModel], reading: Reading, path: FieldPath) -> str:
    """Give the blank field beside an unknown one under which that one is known; else nothing."""
    for name in _names_at(model, path[:-1]):
        beside = (*path[:-1], name)
        blank = beside in reading.keys and reading.values.get(beside) == reading.keys[beside]
        if blank and path[-1] in _names_at(model, beside):
            return name
    return ""


def _not_fields(
    model: type[BaseModel], reading: Reading, path: FieldPath, value: object
) -> Problem:
    form = _first_of(_names_at(model, path))
    told = _glued(value) or ("这里要写下级字段", f"写成 {{{form}}}")
    return reading.problem(path, *told)


def _glued(value: object) -> tuple[str, str] | None:
    """Tell whether a text was meant as a field and its value, but its colon does not part them."""
    match = _GLUED.match(value.strip()) if isinstance(value, str) else None
    if match is None:
        return None
    name, colon = match.groups()
    fault = "后面是全角冒号" if colon == "：" else "的冒号后面没有空格"
    return f"{name} {fault}", f"写成 {name}: …，冒号用半角，后面加空格"


def _names_at(model: type[BaseModel], path: FieldPath) -> tuple[str, ...]:
    """Give the names of the fields that may stand at a place in a file."""
    for part in path:
        for name, field in model.model_fields.items():
            if part == (field.alias or name):
                model = next(_models_in(field.annotation), model)
                break
    return names_of(model)


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
