"""Mistakes that a line shows by itself, found in all lines of a file and mended to read on.

A parser stops at the first of them. Only lines outside of texts (`|`) are looked at: in a text
everything is allowed. What is mended is never served, only read, to find what else is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.knowledge.decoding import Position
from bot.knowledge.schema import FIRST_NAMES

_WIDE = "\u00a0\u2000-\u200a\u202f\u205f\u3000"  # spaces that YAML takes for letters
_DASHES = "－﹣−‐–—•·●○◆*"  # what word processors make of a dash
# At most 20 dashes, which is deeper than any list: without a bound a line of dashes takes hours.
_SUSPECT = re.compile(
    rf"^ *(?:[\t{_WIDE}`]|(?:- +){{0,20}}[A-Za-z_]{{1,40}} *(?:：|:(?![ \n]|//)| ?: *[｜［｛])"
    rf"|- *[\t{_WIDE}｛［]|-[^\s-]|[{_DASHES}] *\S|[0-9]{{1,2}}[.、．] *[a-z])",
    re.MULTILINE,
)
_INDENT = re.compile(rf"[ \t{_WIDE}]*")
_ODD = re.compile(rf"[\t{_WIDE}]")
_GLUED = re.compile(r"( *)((?:- +){0,20})([A-Za-z_]{1,40}) *(：|:(?!\s|$|//)) *")
_GLUED_DASH = re.compile(r"( *)-(?=[^\s-])")
_ODD_DASH = re.compile(rf"( *)([{_DASHES}]|[0-9]{{1,2}}[.、．])( *)(?=\S)(?=([a-z_]+ *[:：])?)")
_ODD_SIGN = re.compile(r"( *(?:- +){0,20}(?:[A-Za-z_]{1,40} *: *)?)([｛［]|｜(?=\s*$))")
_HALF: Mapping[str, str] = {"｛": "{", "｝": "}", "［": "[", "］": "]", "｜": "|"}
_TEXT_BELOW = re.compile(r"( *(?:- +){0,20})(?:[^\s#].*:[ \t]+)?[|>][+\-0-9]*\s*(?:#.*)?$")
_STEP = 2  # spaces a level, as the handbook says

WIDE_NAMES = {"\u3000": "全角空格", "\u00a0": "不间断空格"}


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong with a line, and the line as it was meant."""

    at: Position
    what: str
    remedy: str
    mended: str


def slips_in(text: str) -> tuple[Slip, ...]:
    """Find the lines of a file that are wrong by themselves, at most one slip a line."""
    if _SUSPECT.search(text) is None:
        return ()
    return tuple(_slips(text.split("\n")))


def below(line: str) -> int | None:
    """Give where the field stands under which a line opens a text, None where it opens none."""
    opened = _TEXT_BELOW.match(line)
    return len(opened[1]) if opened else None


def _slips(lines: list[str]) -> Iterator[Slip]:
    text_under: int | None = None  # column of the field whose text the present lines are
    before = ""  # the last line with anything in it
    for number, line in enumerate(lines, 1):
        if not line.strip(" \t"):
            continue
        if text_under is not None and _spaces(line) > text_under:
            continue
        slip = _slip(number, line, _wanted(before))
        if slip:
            yield slip
            line = slip.mended  # noqa: PLW2901  # what follows is judged by what was meant
            if text_under is not None and _spaces(line) > text_under:
                continue
        text_under, before = below(line), line


def _slip(number: int, line: str, wanted: int) -> Slip | None:
    for look in (_odd_blank, _odd_dash, _odd_colon, _odd_sign):
        slip = look(number, line, wanted)
        if slip:
            return slip
    return None


def _odd_blank(number: int, line: str, wanted: int) -> Slip | None:
    blank = _INDENT.match(line)
    odd = _ODD.search(blank[0]) if blank else None
    if blank and odd:
        what, remedy = _odd_indent(odd[0])
        mended = " " * wanted + line[blank.end() :]
        return Slip(Position(number, odd.start() + 1), what, remedy, mended)
    return None


def _odd_dash(number: int, line: str, _: int) -> Slip | None:
    glued = _GLUED_DASH.match(line)
    if glued:
        at = Position(number, glued.end(1) + 1)
        mended = f"{glued[1]}- {line[glued.end() :]}"
        return Slip(at, "“-”后面没有空格", "“-”后加一个空格；如果是文字，给整个值加引号", mended)
    odd = _ODD_DASH.match(line)
    if odd and (odd[2][0] != "*" or odd[3]) and (not odd[2][0].isdigit() or odd[4]):
        mended = f"{odd[1]}- {line[odd.end() :]}"
        what = f"这一项的开头是“{odd[2]}”，不是半角的“-”"
        return Slip(Position(number, odd.start(2) + 1), what, "换成半角减号加一个空格", mended)
    return None


def _odd_sign(number: int, line: str, _: int) -> Slip | None:
    if line.lstrip().startswith("```"):
        at = Position(number, line.index("`") + 1)
        return Slip(at, "这一行是网页或聊天里的标记，不是内容", "删掉这一行", "")
    odd = _ODD_SIGN.match(line)
    if odd is None:
        return None
    right = _HALF[odd[2]]
    mended = "".join(_HALF.get(character, character) for character in line)
    at = Position(number, odd.start(2) + 1)
    return Slip(at, f"“{odd[2]}”是全角的", f"换成半角的 {right}", mended)


def _odd_colon(number: int, line: str, _: int) -> Slip | None:
    glued = _GLUED.match(line)
    if glued is None or (glued[2] and glued[3] not in FIRST_NAMES):
        return None
    mended = f"{glued[1]}{glued[2]}{glued[3]}: {line[glued.end() :]}"
    return Slip(Position(number, glued.start(4) + 1), *told_of_colon(glued[3], glued[4]), mended)


def told_of_colon(name: str, colon: str) -> tuple[str, str]:
    """Say what is wrong with a colon that parts no field from its value, and the remedy."""
    if colon == "：":
        return f"{name} 后面是全角冒号", f"换成半角冒号加一个空格：{name}: …"
    return f"{name} 的冒号后面没有空格", f"冒号后加一个空格：{name}: …"


def _odd_indent(character: str) -> tuple[str, str]:
    if character == "\t":
        return "缩进用了制表符（Tab）", "换成空格，每深一层多两个空格"
    name = WIDE_NAMES.get(character, f"特殊空格 U+{ord(character):04X}")
    return f"缩进用了{name}", "删掉它，换成半角空格，每深一层多两个空格"


def _wanted(before: str) -> int:
    """Give the indentation that a line most likely has after another one."""
    dashes = re.match(r" *(?:- +){0,20}", before)
    column = dashes.end() if dashes else 0
    opens = before.rstrip().endswith(":") or below(before) is not None
    return column + _STEP if opens else column


def _spaces(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
