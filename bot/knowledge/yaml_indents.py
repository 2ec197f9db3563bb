"""What parsers complain of where a line stands in the wrong column or is no field at all."""

from __future__ import annotations

import re

from bot.knowledge.decoding import Position
from bot.knowledge.schema import ALL_NAMES
from bot.knowledge.yaml_faults import Explanation, Fault
from bot.knowledge.yaml_lines import below

MISPLACED = ("这一行的缩进不对", "与同级的行左对齐，每深一层多两个空格")
MANY_COMMAS = ("末尾多了逗号", "删掉逗号")
_DASHES = re.compile(r" *(?:- +)*")
_FIELD_OR_ITEM = re.compile(r" *(?:- +|[A-Za-z_]{1,40}\s*[:：])")
_NAMED = re.compile(r"( *(?:- +)*)([A-Za-z_]{1,40})(?![A-Za-z_])")
_STEP = 2


def text_not_indented(fault: Fault) -> Explanation | None:
    """A text that begins in the column of its field, or left of it."""
    number = fault.since.line if fault.since else fault.at.line
    header = fault.before(number)
    column = below(fault.line(header))
    line = fault.line(number)
    if column is None or _FIELD_OR_ITEM.match(line) or _indent(line) > column:
        return None
    at = Position(number, _indent(line) + 1)
    what = f"第 {header} 行的 | 下面的正文没有缩进"
    remedy = f"正文每一行前面留 {column + _STEP} 个空格，比字段名多缩进两个"
    return Explanation(at, what, remedy, _indented(fault, number, column + _STEP))


def block_text(fault: Fault) -> Explanation | None:
    """Text on the line of the sign that says that it begins on the next."""
    if "block scalar" not in fault.context:
        return None
    line = fault.line(fault.at.line)
    mended = {fault.at.line: re.sub(r"[|>][+\-0-9]*", "", line, count=1)}
    remedy = "正文从下一行写起，比字段名多缩进两个空格"
    return Explanation(fault.at, "| 后面还有字", remedy, mended)


def no_colon(fault: Fault) -> Explanation | None:
    """A line that is no field where one must be."""
    if "simple key" not in fault.context or fault.since is None:
        return None
    told = _text_fallen_out(fault, fault.since.line)
    if told:
        return told
    named = _NAMED.match(fault.line(fault.since.line))
    if named and named[2] in ALL_NAMES:
        at = Position(fault.since.line, named.end(2) + 1)
        mended = {at.line: f"{named[1]}{named[2]}: _"}
        return Explanation(
            at, f"{named[2]} 后面没有冒号", f"写成 {named[2]}: …，冒号用半角", mended
        )
    remedy = "写成“字段: 值”；是上一行没写完的，接到上一行末尾；是正文的，与正文其他行左对齐"
    mended = {}
    for number in range(fault.since.line, len(fault.lines) + 1):
        line = fault.line(number)
        if number > fault.since.line and (not line.strip() or _FIELD_OR_ITEM.match(line)):
            break
        mended[number] = ""
    return Explanation(fault.since, "这一行没有“字段: ”", remedy, mended)


def _text_fallen_out(fault: Fault, number: int) -> Explanation | None:
    """A later line of a text that stands left of its first one."""
    line = fault.line(number)
    above = first = fault.before(number)
    while above and below(fault.line(above)) is None:
        first, above = above, fault.before(above)
    column = below(fault.line(above)) if above else None
    wanted = _indent(fault.line(first))
    if column is None or wanted <= column or _indent(line) > column or first == number:
        return None
    between = range(first, number)
    if any(fault.line(one).strip() and _indent(fault.line(one)) <= column for one in between):
        return None
    at = Position(number, _indent(line) + 1)
    remedy = f"前面留 {wanted} 个空格，与正文第一行左对齐；不是正文就写成“字段: 值”"
    mended = _indented(fault, number, wanted)
    return Explanation(at, "正文的这一行没有缩进", remedy, mended or {number: ""})


def dash(fault: Fault) -> Explanation | None:
    """The sign of a list's item where there can be none."""
    if "block sequence entries are not allowed" not in fault.problem:
        return None
    line = fault.line(fault.at.line)
    if not line[: fault.at.column - 1].strip():
        return out_of_line(fault, fault.at)
    remedy = "另起一行写，或写成 [甲, 乙]；如果是文字，给整个值加引号"
    mended = {fault.at.line: line[: fault.at.column - 1] + line[fault.at.column + 1 :]}
    return Explanation(fault.at, "“- ”不能和字段名写在同一行", remedy, mended)


def misplaced(fault: Fault) -> Explanation | None:
    """A line whose column belongs to no level."""
    signs = ("did not find expected key", "'-' indicator", "<document start>")
    if not fault.problem.endswith(signs) and "'-' indicator" not in fault.problem:
        return None
    at = fault.last_text()
    if fault.line(at.line)[at.column - 1 : at.column] == ",":
        return Explanation(at, *MANY_COMMAS, mended=fault.with_character(at, ""))
    return out_of_line(fault, at)


def out_of_line(fault: Fault, at: Position) -> Explanation:
    """Say that a line stands in a wrong column, and in which one a line like it stands."""
    told = _first_child(fault, at.line)
    if told:
        return told
    mended = realigned(fault, at.line)
    if not mended:
        return Explanation(at, *MISPLACED)
    spaces, wanted = (_indent(line) for line in (fault.line(at.line), mended[at.line]))
    what = f"这一行的缩进不对，前面有 {spaces} 个空格"
    likely = f"多半是 {wanted} 个空格" if wanted else "多半是前面不留空格"
    remedy = f"与同级的行左对齐，{likely}；如果是正文，比字段名多两个"
    return Explanation(at, what, remedy, mended)


def _first_child(fault: Fault, number: int) -> Explanation | None:
    """Find that the line before is to blame: it should stand under the field above it."""
    child = fault.before(number)
    parent = fault.before(child)
    column, wanted = _indent(fault.line(child)), _indent(fault.line(number))
    opens = fault.line(parent).rstrip().endswith(":") and _indent(fault.line(parent)) == column
    if not parent or not opens or wanted <= column:
        return None
    name = fault.line(parent).strip().removesuffix(":").lstrip("- ")
    what = f"这一行没有缩进，它属于第 {parent} 行的 {name}"
    mended = {child: " " * wanted + fault.line(child).strip()}
    remedy = f"前面留 {wanted} 个空格，与下一行左对齐"
    return Explanation(Position(child, column + 1), what, remedy, mended)


def realigned(fault: Fault, number: int) -> dict[int, str]:
    """Give a line in the column where one like it stands before it."""
    line = fault.line(number)
    stripped = line.strip()
    wanted = fault.before(number)
    if stripped.startswith("- "):
        while wanted and not fault.line(wanted).strip().startswith("- "):
            wanted = fault.before(wanted)
        column = _indent(fault.line(wanted))
    else:
        dashes = _DASHES.match(fault.line(wanted))
        column = dashes.end() if dashes else 0
    return {number: " " * column + stripped} if wanted and column != _indent(line) else {}


def _indented(fault: Fault, first: int, column: int) -> dict[int, str]:
    """Give the lines of a text, up to the next field or item, in their column."""
    mended = {}
    for number in range(first, len(fault.lines) + 1):
        line = fault.line(number)
        if _FIELD_OR_ITEM.match(line):
            break
        if line.strip():
            mended[number] = " " * column + line.strip()
    return mended


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
