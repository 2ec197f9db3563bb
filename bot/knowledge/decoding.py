"""From the bytes of a staff file to its text: strict UTF-8, and no characters that hide."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from dataclasses import dataclass

from bot.errors import Problem

LARGEST_FILE = 1 << 20  # bytes: a long policy paper has 60 kB; whoever exceeds this has erred
_MOST_REPORTED = 20  # characters a file: a binary file would have a million of them
_FOREIGN_HANZI = 8  # GBK text passes as UTF-8 for one or two hanzi; 0 of 100,000 texts for 8
_UNFINISHED = 3  # bytes: a UTF-8 character has 4 at most, so a cut one leaves at most 3
_NUL_SHARE = 5  # Latin text in UTF-16 has a NUL in every second byte, Chinese with markup in 5

_FOREIGN = {  # how files begin that are named like ours by mistake
    b"PK\x03\x04": " Word、WPS 或压缩文件",
    b"\xd0\xcf\x11\xe0": "旧版 Word 或 Excel 文件",
    b"%PDF": " PDF 文件",
    b"{\\rtf": " RTF 文件",
}

# Controls, which YAML refuses or takes for line ends, and the sign of a failed conversion.
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffd-\uffff"
# Characters without width and switches of writing direction: nobody sees them in an editor.
_INVISIBLE = "\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_CONTROL = re.compile(f"[{_CONTROLS}]")
_HIDDEN = re.compile(f"[{_CONTROLS}{_INVISIBLE}]")
_HIDDEN_IN_VALUE = re.compile(f"[\r{_CONTROLS}{_INVISIBLE}]")  # a file may have \r, a value not


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a file; both count from 1, the column in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text with `\\n` for every line end; None where the bytes are not text."""

    text: str | None
    problems: tuple[Problem, ...]


def decode(path: str, content: bytes) -> Decoded:
    """Read bytes as UTF-8 (a BOM is accepted) and report every character that must not be there.

    Controls are replaced by spaces in the text, so that the rest can be read and judged.
    """
    if len(content) > LARGEST_FILE:
        what, remedy = "文件超过 1 MB", "拆成几个文件，一份政策一个文件"
        return Decoded(None, (Problem(path, 0, 0, "", what, remedy),))
    kind = next((name for start, name in _FOREIGN.items() if content.startswith(start)), None)
    if kind:
        remedy = "把文字复制到新的 .yaml 文件里，或用 policybot import 转成草稿"
        return Decoded(None, (Problem(path, 1, 1, "", f"这是{kind}，不是文本文件", remedy),))
    if _is_utf16(content):
        what, remedy = "不是 UTF-8 编码，看起来是 UTF-16", "用编辑器打开后另存为 UTF-8"
        return Decoded(None, (Problem(path, 1, 1, "", what, remedy),))
    try:
        text = content.removeprefix(BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        return Decoded(None, (_bad_byte(path, error),))
    text = _plain_line_ends(text)
    return Decoded(_CONTROL.sub(" ", text), tuple(_hidden_characters(path, text)))


def without_hidden(value: str) -> str:
    """Leave out the characters that a file must not have; they are reported already."""
    return _HIDDEN_IN_VALUE.sub("", value)


def has_hidden(value: str) -> bool:
    """Tell whether a value has a character that must not be there, e.g. by an escape."""
    return _HIDDEN_IN_VALUE.search(value) is not None


def _plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _is_utf16(content: bytes) -> bool:
    marked = content.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    return marked or content.count(b"\0") * _NUL_SHARE > len(content)


def _bad_byte(path: str, error: UnicodeDecodeError) -> Problem:
    content: bytes = error.object
    before = _plain_line_ends(content[: error.start].decode("utf-8"))
    position = position_at(before, len(before))
    what = f"有不是 UTF-8 的字节 0x{content[error.start]:02X}"
    remedy = _remedy_for_bytes(content, error.start, before)
    return Problem(path, position.line, position.column, "", what, remedy)


def _remedy_for_bytes(content: bytes, start: int, before: str) -> str:
    foreign = sum(character > "\x7f" for character in before)
    if foreign and len(content) - start <= _UNFINISHED:
        return "文件在一个字的中间断了，可能没有保存完整，请重新保存"
    if foreign < _FOREIGN_HANZI and _is_gbk(content):
        return "看起来是 GBK（ANSI）编码，用编辑器打开后另存为 UTF-8"
    return "这个字在复制或保存时损坏了，删掉它重新输入，再存为 UTF-8"


def _is_gbk(content: bytes) -> bool:
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True


def _hidden_characters(path: str, text: str) -> Iterator[Problem]:
    found = list(_HIDDEN.finditer(text))
    for match in found[:_MOST_REPORTED]:
        at = position_at(text, match.start())
        kind = "控制字符" if _CONTROL.match(match[0]) else "看不见的字符"
        what = f"有{kind} U+{ord(match[0]):04X}"
        yield Problem(path, at.line, at.column, "", what, "删掉它，必要时重新输入前后的字")
    if len(found) > _MOST_REPORTED:
        at = position_at(text, found[_MOST_REPORTED].start())
        what = f"这里往后还有 {len(found) - _MOST_REPORTED} 个这样的字符"
        yield Problem(path, at.line, at.column, "", what, "重新从原文件复制文字")


def position_at(text: str, index: int) -> Position:
    """Give the line and column of a character of a text with plain line ends."""
    return Position(text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))
