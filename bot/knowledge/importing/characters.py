"""From bytes of any encoding to characters that a staff file may hold, and lines closed up."""

from __future__ import annotations

import re
import unicodedata
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass

from bot.knowledge.decoding import has_hidden, without_hidden
from bot.knowledge.importing.blocks import Unreadable
from bot.text.mending import mend

_NUL_SHARE = 10  # one byte in ten: hanzi in UTF-16 have none, their punctuation and ASCII do
_SAMPLE = 4_096  # bytes: where a guess looks
_CONTROL_SHARE = 100  # one character in a hundred: text has none, machine code many
_SPACES = re.compile(r"[^\S\n]+")
_WIDE = r"\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60\u3001-\u301f“”‘’…—"  # hanzi and their signs
_LINE_END_AT_HANZI = re.compile(rf"(?<=[{_WIDE}])[^\S\n]*\n\s*|[^\S\n]*\n\s*(?=[{_WIDE}])")
_LINE_END_IN_FIGURE = re.compile(r"(?<=[\d.,])[^\S\n]*\n\s*(?=[\d.,%])")
GUESSED_GBK = "文字编码是猜的（GBK），请核对有没有乱码"
_NOT_TEXT = ("内容不是文字", "检查扩展名，或用记事本打开后另存为 UTF-8 编码的文本")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with `\\n` for every line end, and what a person must know of how it was read."""

    text: str
    note: str = ""


def decode(content: bytes, named: str = "") -> Decoded:
    """Read bytes as UTF-8 or UTF-16, else as what they are `named`, else as GBK, which is said.

    Raises `Unreadable` where they are no text.
    """
    text, note = _decoded(content, named)
    controls = sum(
        unicodedata.category(one) == "Cc" for one in text[:_SAMPLE] if one not in "\t\r\n\f"
    )
    if controls * _CONTROL_SHARE > len(text[:_SAMPLE]):
        raise Unreadable(*_NOT_TEXT)
    return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), note)


def _decoded(content: bytes, named: str) -> tuple[str, str]:
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return _strictly(content, "utf-16"), ""
    sample = content[:_SAMPLE]
    if sample.count(b"\0") * _NUL_SHARE > len(sample):
        little = sample[1::2].count(b"\0") >= sample[::2].count(b"\0")
        return _strictly(content, "utf-16-le" if little else "utf-16-be"), ""
    try:
        return content.removeprefix(BOM_UTF8).decode("utf-8"), ""
    except UnicodeDecodeError:
        is_named = named.lower().replace("-", "") in ("gbk", "gb2312", "gb18030")
        return _strictly(content, "gb18030"), "" if is_named else GUESSED_GBK


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        remedy = "用记事本打开，看文字是否正常，再另存为 UTF-8 编码"
        raise Unreadable("认不出文字的编码", remedy) from error


def clean(text: str) -> str:
    """Mend radicals, make every kind of space a plain one, leave out what nobody sees."""
    plain = _SPACES.sub(" ", mend(text))
    return without_hidden(plain) if has_hidden(plain) else plain


def hidden_in(text: str) -> str:
    """Give the characters that `clean` leaves out."""
    plain = _SPACES.sub(" ", mend(text))
    return "".join(one for one in plain if has_hidden(one)) if has_hidden(plain) else ""


def close_up(text: str) -> str:
    """Make one line of wrapped ones: no blank beside hanzi nor in a figure, one between words."""
    joined = _LINE_END_IN_FIGURE.sub("", _LINE_END_AT_HANZI.sub("", text))
    return _SPACES.sub(" ", joined.replace("\n", " ")).strip()


def bare(text: str) -> str:
    """Leave out all that is space: what remains must not be lost."""
    return "".join(text.split())
