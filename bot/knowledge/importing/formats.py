"""Which kind of file it is, by its first bytes and its name; what cannot be read says why."""

from __future__ import annotations

from enum import StrEnum
from pathlib import PurePath

from bot.knowledge.importing.blocks import Unreadable

LARGEST_SOURCE = 64 << 20  # bytes: a paper with many scanned pages; text alone has a few million


class Format(StrEnum):
    """A format that can be read, by the usual ending of its files' names."""

    DOCX = "docx"
    PDF = "pdf"
    HTML = "html"
    XLSX = "xlsx"
    MARKDOWN = "md"
    TEXT = "txt"


_BY_SUFFIX = {
    ".docx": Format.DOCX,
    ".pdf": Format.PDF,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xlsx": Format.XLSX,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".txt": Format.TEXT,
}
_SAVE_AS_DOCX = "用 Word 或 WPS 打开后另存为 docx 再导入"
_SAVE_AS_XLSX = "用 Excel 或 WPS 打开后另存为 xlsx 再导入"
_SCANNED = "图片里没有文字，先用扫描软件做文字识别，存为 docx 或 txt 再导入"
_REMEDIES = {
    **dict.fromkeys((".doc", ".wps", ".rtf", ".docm", ".dot", ".odt"), _SAVE_AS_DOCX),
    **dict.fromkeys((".xls", ".et", ".xlsm", ".csv", ".ods"), _SAVE_AS_XLSX),
    **dict.fromkeys((".ppt", ".pptx", ".dps"), "把要用的文字复制到 docx 再导入"),
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff"), _SCANNED),
    **dict.fromkeys((".zip", ".rar", ".7z"), "先解压，再逐个导入里面的文件"),
    ".ofd": "用 OFD 阅读器另存为 pdf 或 docx 再导入",
    ".mht": "用浏览器打开后另存为 html 再导入",
    ".mhtml": "用浏览器打开后另存为 html 再导入",
}
_ZIP = b"PK\x03\x04"
_PDF = b"%PDF-"
_OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")  # also the shell around an encrypted docx
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PDF_WITHIN = 1024  # bytes: where readers of PDF look for its mark
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM6", b"II*\0", b"MM\0*")
_IN_ZIP = {Format.DOCX: b"word/", Format.XLSX: b"xl/"}


def format_of(name: str, content: bytes) -> Format:
    """Tell the format of a file; raises `Unreadable` where its name and its bytes disagree."""
    suffix = PurePath(name).suffix.lower()
    if not content.strip(b" \t\r\n\0"):
        raise Unreadable("文件是空的", "检查文件是否保存完整")
    if content.startswith(_OLD_OFFICE):
        raise _old_office(content, suffix)
    if content.startswith(_PICTURES):
        raise Unreadable("这是图片", _SCANNED)
    if suffix not in _BY_SUFFIX:
        what = f"不能读 {suffix} 文件" if suffix else "文件名没有扩展名"
        remedy = "支持 docx、pdf、html、xlsx、md、txt，先另存为其中一种"
        raise Unreadable(what, _REMEDIES.get(suffix, remedy))
    wanted = _BY_SUFFIX[suffix]
    found = _format_in(content)
    if found and found is not wanted:
        raise Unreadable(f"扩展名是 {suffix}，内容是 {found}", f"把扩展名改成 .{found} 再导入")
    if not found and wanted in (Format.DOCX, Format.XLSX, Format.PDF):
        raise Unreadable(f"内容不是 {wanted} 文件", "可能没有下载完整或扩展名不对，重新获取文件")
    return wanted


def _old_office(content: bytes, suffix: str) -> Unreadable:
    if _ENCRYPTED in content:
        return Unreadable("文件加了密码", "用 Word 或 WPS 打开，去掉密码后另存再导入")
    return Unreadable("这是旧版 Office 文件", _REMEDIES.get(suffix, _SAVE_AS_DOCX))


def _format_in(content: bytes) -> Format | None:
    """Tell a format that its bytes show; None for text, which anything can be."""
    if _PDF in content[:_PDF_WITHIN]:
        return Format.PDF
    if content.startswith(_ZIP):
        return next((name for name, mark in _IN_ZIP.items() if mark in content), None)
    return None
