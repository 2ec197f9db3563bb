"""Files that mean harm or are broken: bombs, entities, traversal, truncation, wrong kinds."""

from __future__ import annotations

import os
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from itertools import cycle, islice, zip_longest
from pathlib import Path

from tests.unit.knowledge.importing.office_files import (
    NOTICE,
    docx_of,
    pdf_of,
    xlsx_of,
)

MARKER = "绝密标记不得外泄"  # stands in a file beside, which no draft may ever hold
HUGE = 100 << 20  # bytes, of a file that says nothing
BOMB = 310  # megabytes that a bomb unpacks to
MANY = 6_000  # parts of an archive
DEEP = 100_000  # elements within each other
LONG = 3_000_000  # characters
_SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
FAR = (
    _SHEET + b'<sheetData><row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c>'
    b"</row></sheetData></worksheet>"
)
MERGED = (
    _SHEET + b'<sheetData/><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
)
DOCTYPE = '<?xml version="1.0"?><!DOCTYPE r [{}]>'


@dataclass(frozen=True)
class Hostile:
    """A file to be imported: what is wrong with it, and how it is put into a folder."""

    kind: str
    name: str
    put: Callable[[Path], object]


def hostile_files(count: int, folder: Path) -> tuple[Hostile, ...]:
    """Give as many as wanted: the kinds by turns, then broken variants of good files by chance.

    The costliest of a kind come last, so that a few are quick.
    """
    chance = random.Random(count)  # noqa: S311  # files to break need no secrecy
    kinds = (_bombs(), _entities(folder), _paths(folder), _encrypted(), _nested(), _texts())
    every = [one for turn in zip_longest(*kinds) for one in turn if one]
    broken = (_broken(chance, kind) for kind in cycle(("cut", "spoilt", "swapped")))
    return tuple(islice((one for many in (every, broken) for one in many), count))


def _bytes(kind: str, name: str, content: bytes) -> Hostile:
    return Hostile(kind, name, lambda path: path.write_bytes(content))


def _archive(parts: dict[str, bytes], based_on: bytes = b"") -> bytes:
    """Write a zip archive: the parts of another one, some of them replaced, some added."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        if based_on:
            with zipfile.ZipFile(BytesIO(based_on)) as other:
                for name in other.namelist():
                    if name not in parts:
                        archive.writestr(name, other.read(name))
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def _bombs() -> Iterator[Hostile]:
    good = docx_of(NOTICE)
    sheet = xlsx_of({"Sheet1": [["a"]]})
    yield Hostile("zip bomb", "bomb.docx", partial(_zip_bomb, good, "word/document.xml", 101))
    yield _bytes("zip bomb", "lying.docx", _lying(good))
    yield _bytes("sheet bomb", "far.xlsx", _archive({"xl/worksheets/sheet1.xml": FAR}, sheet))
    yield _bytes("pdf bomb", "stream.pdf", _pdf_with_stream(zlib.compress(bytes(9 << 20), 1)))
    operators = zlib.compress(b"(a) Tj " * 1_300_000, 1)
    yield _bytes("pdf bomb", "text.pdf", _pdf_with_stream(operators))
    for ending in ("txt", "docx", "pdf", "xlsx", "html"):
        yield Hostile("100 MB", f"huge.{ending}", _sparse)
    many = {f"word/media/{number}.png": b"" for number in range(MANY)}
    yield _bytes("zip bomb", "many.docx", _archive(many, good))
    yield Hostile("zip bomb", "media.docx", partial(_zip_bomb, good, "word/media/a.png", 301))
    yield Hostile("pdf bomb", "large.pdf", lambda path: path.write_bytes(_large_pdf()))
    merged = _archive({"xl/worksheets/sheet1.xml": MERGED}, sheet)
    yield _bytes("sheet bomb", "merged.xlsx", merged)


def _zip_bomb(good: bytes, part: str, megabytes: int, path: Path) -> None:
    """Write an archive with a part of zeros, a megabyte at a time."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with zipfile.ZipFile(BytesIO(good)) as other:
            for name in other.namelist():
                if name != part:
                    archive.writestr(name, other.read(name))
        with archive.open(part, "w", force_zip64=True) as file:
            for _ in range(megabytes):
                file.write(bytes(1 << 20))


def _large_pdf() -> bytes:
    packer = zlib.compressobj(1)
    packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(BOMB)) + packer.flush()
    return _pdf_with_stream(packed)


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(HUGE)


def _lying(good: bytes) -> bytes:
    """Give an archive whose directory says that its document is a byte long."""
    content = bytearray(_archive({"word/document.xml": b"<a>" * 1_000_000}, good))
    at = content.rfind(b"PK\x01\x02")
    struct.pack_into("<I", content, at + 24, 1)
    return bytes(content)


def _pdf_with_stream(packed: bytes) -> bytes:
    head = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>endobj\n"
        b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
    )
    stream = b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n" % len(packed)
    return head + stream + packed + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def _entities(folder: Path) -> Iterator[Hostile]:
    secret = (folder / "secret").as_uri()
    outside = f'<!ENTITY e SYSTEM "{secret}">'
    laughs = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    word = docx_of(NOTICE)
    sheet = xlsx_of({"Sheet1": [["甲", "乙"], ["丙", "丁"]]})
    texts = {
        "outside": DOCTYPE.format(outside) + "<r>&e;</r>",
        "laughs": DOCTYPE.format(laughs) + "<r>&j;</r>",
        "elsewhere": f'<?xml version="1.0"?><!DOCTYPE r SYSTEM "{secret}"><r/>',
        "parameter": DOCTYPE.format(f'<!ENTITY % p SYSTEM "{secret}"> %p;') + "<r/>",
    }
    for name, text in texts.items():
        for encoding in ("utf-8", "utf-16"):
            body = text.encode(encoding)
            made = _archive({"word/document.xml": body}, word)
            yield _bytes("entity", f"{name}-{encoding}.docx", made)
        for part in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml"):
            made = _archive({part: text.encode()}, sheet)
            yield _bytes("entity", f"{name}-{Path(part).stem}.xlsx", made)
    relations = _archive({"word/_rels/document.xml.rels": texts["outside"].encode()}, word)
    yield _bytes("entity", "relations.docx", relations)
    page = f'<!DOCTYPE html [{outside}]><body><p>&e;</p><iframe src="{secret}"></iframe></body>'
    yield _bytes("entity", "page.html", page.encode())


def _paths(folder: Path) -> Iterator[Hostile]:
    good = docx_of(NOTICE)
    for name in ("../../escaped.xml", "/tmp/escaped.xml", "..\\..\\escaped.xml", "word/../../e"):  # noqa: S108  # a name in an archive
        made = _archive({name: b"<a/>"}, good)
        yield _bytes("traversal", f"traversal-{abs(hash(name)) % 1000}.docx", made)
    secret = folder / "secret"
    yield Hostile("link", "link.txt", lambda path: path.symlink_to(secret))
    yield Hostile("link", "loop.txt", lambda path: path.symlink_to(path))
    yield Hostile("link", "nowhere.docx", lambda path: path.symlink_to(folder / "absent"))
    yield Hostile("no file", "folder.docx", lambda path: path.mkdir())
    yield Hostile("no file", "pipe.txt", os.mkfifo)
    yield Hostile("no file", "absent.pdf", lambda _: None)
    for name in ("a\nb.txt", "--help.txt", "$(touch escaped).txt", "..txt", "字" * 60 + ".txt"):
        yield _bytes("name", name, "\n".join(NOTICE).encode())


def _encrypted() -> Iterator[Hostile]:
    shell = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512)
    yield _bytes("encrypted", "locked.docx", shell + "EncryptedPackage".encode("utf-16-le"))
    yield _bytes("encrypted", "locked.pdf", pdf_of(NOTICE, password="secret"))
    yield _bytes("old", "old.doc", shell)
    yield _bytes("old", "renamed.docx", shell)
    yield _bytes("wrong kind", "picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(100))
    yield _bytes("wrong kind", "paper.docx", pdf_of(NOTICE))
    yield _bytes("wrong kind", "paper.pdf", docx_of(NOTICE))
    yield _bytes("wrong kind", "sheet.docx", xlsx_of({"Sheet1": [["甲"]]}))
    yield _bytes("wrong kind", "program.txt", b"\x7fELF" + bytes(range(256)) * 20)
    yield _bytes("empty", "empty.docx", b"")
    yield _bytes("empty", "blank.txt", b" \n\t\n")
    yield _bytes("empty", "scanned.pdf", _pdf_with_stream(zlib.compress(b"0 0 10 10 re f")))


def _nested() -> Iterator[Hostile]:
    yield _bytes("nested", "deep.html", b"<div>" * DEEP + "深".encode() + b"</div>" * DEEP)
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    deep = f"<w:document {space}><w:body>" + "<w:sdt>" * DEEP + "</w:sdt>" * DEEP
    body = f"{deep}</w:body></w:document>".encode()
    made = _archive({"word/document.xml": body}, docx_of(NOTICE))
    yield _bytes("nested", "deep.docx", made)
    brackets = b"%PDF-1.4\n1 0 obj" + b"[" * DEEP + b"\ntrailer<</Root 1 0 R>>"
    yield _bytes("nested", "deep.pdf", brackets)
    circle = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    circle += b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>endobj\ntrailer<</Root 1 0 R>>"
    yield _bytes("nested", "circle.pdf", circle)


def _texts() -> Iterator[Hostile]:
    yield _bytes("long", "brackets.txt", ("（" * 200_000).encode())
    yield _bytes("long", "spaces.txt", (" " * 1_000_000 + "字").encode())
    yield _bytes("long", "bars.md", ("|" * 300_000 + "\n").encode())
    tags = "标题: &a [*a]\n--- !!python/object/apply:os.system [x]\n"
    yield _bytes("yaml", "yaml.txt", tags.encode())
    yield _bytes("yaml", "quotes.md", '# "一": {二}  # 三\n- "\\u0000\\x1b" \'\n'.encode())
    yield _bytes("controls", "controls.txt", ("正文\x1b[2J\u202e\u200b\ufeff文字。" * 50).encode())
    yield _bytes("long", "numbers.txt", ("一、\n" * 100_000).encode())
    yield _bytes("long", "long.txt", ("字" * LONG).encode())


def _broken(chance: random.Random, kind: str) -> Hostile:
    """Cut a good file, spoil some bytes of it, or put its halves the other way round."""
    ending = chance.choice(("docx", "pdf", "xlsx", "html", "txt"))
    content = bytearray(_good(ending))
    at = chance.randrange(1, len(content))
    if kind == "cut":
        content = content[:at]
    elif kind == "swapped":
        content = content[:8] + content[at:] + content[8:at]
    else:
        for _ in range(chance.choice((1, 5, 50))):
            content[chance.randrange(8, len(content))] = chance.randrange(256)
    return _bytes(kind, f"{kind}-{chance.randrange(10**9)}.{ending}", bytes(content))


def _good(ending: str) -> bytes:
    if ending == "docx":
        return docx_of(NOTICE, "页眉", "页脚")
    if ending == "pdf":
        return pdf_of(NOTICE, "页眉", numbered=True)
    if ending == "xlsx":
        return xlsx_of({"事项": [["名称", "时限"], *[["登记", number] for number in range(20)]]})
    text = "\n".join(f"<p>{line}</p>" for line in NOTICE)
    return (text if ending == "html" else "\n".join(NOTICE)).encode()
