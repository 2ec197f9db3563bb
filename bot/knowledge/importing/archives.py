"""Look into an office file, which is a zip archive, before any library unpacks it."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from pathlib import PurePosixPath

from bot.knowledge.importing.blocks import Unreadable

_MOST_PARTS = 5_000  # a thousand pages with pictures have some hundreds
_MOST_BYTES = 300 << 20  # unpacked in all; texts are small, pictures hardly shrink
_MOST_MARKUP = 100 << 20  # unpacked, of one part: 300 pages of hanzi have 10 MB of markup
_MARKUP = (".xml", ".rels", ".vml")
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")  # the formats have none; entities read other files
# RuntimeError: a part with a password, or (NotImplementedError) packed as no office program does.
_FAULTS = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError)
_BROKEN = ("文件损坏，打不开", "可能没有下载完整，重新获取文件，或用 Word、WPS 打开后另存")
_HUGE = ("解压以后大得不正常", "这个文件不安全，请向发文单位要正常的文件")
_UNSAFE = ("里面有不该有的声明", "这个文件不安全，请用 Word 或 WPS 打开后另存再导入")


def check_archive(content: bytes) -> None:
    """Raise `Unreadable` for a broken archive, a bomb, paths that lead out, or entities."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            _check_sizes(parts)
            for part in parts:
                if part.filename.lower().endswith(_MARKUP):
                    _check_markup(archive.read(part))
    except Unreadable:
        raise
    except _FAULTS as error:
        raise Unreadable(*_BROKEN) from error


def _check_sizes(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_BYTES:
        raise Unreadable(*_HUGE)
    for part in parts:
        path = PurePosixPath(part.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts:
            raise Unreadable("里面有指向外面的路径", _UNSAFE[1])
        if part.flag_bits & 1:
            raise Unreadable("文件加了密码", "用 Word 或 WPS 打开，去掉密码后另存再导入")
        if part.filename.lower().endswith(_MARKUP) and part.file_size > _MOST_MARKUP:
            raise Unreadable(*_HUGE)


def _check_markup(content: bytes) -> None:
    plain = content.replace(b"\0", b"")  # as UTF-16 writes it
    if any(mark in plain for mark in _DECLARATIONS):
        raise Unreadable(*_UNSAFE)
