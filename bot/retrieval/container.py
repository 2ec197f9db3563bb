"""The file of an edition: named arrays and bytes behind a checked table, to be mapped as it lies.

    magic · length and CRC-32 of the table · table (JSON) · parts, each at a multiple of 64 bytes

A part is an array (little-endian, C order) or plain bytes. Nothing is pickled, so a file that
somebody put there can at worst be refused.
"""

from __future__ import annotations

import json
import math
import mmap
import os
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.errors import EditionError

MAGIC = b"policybot edition 1\n"  # the number is the format's: others are not read
HEAD = len(MAGIC) + 12  # bytes: the table's length (8) and checksum (4)
ALIGNED = 64  # bytes: a cache line, and more than any type asks for
CHECKED_AT_ONCE = 1 << 24  # bytes: large enough for zlib, small enough to stay in no one's way
TYPES = frozenset({"|u1", "<u2", "<u4", "<u8", "<i2", "<i4", "<i8", "<f4", "<f8"})

Buffer = bytes | mmap.mmap


@dataclass(frozen=True, slots=True)
class Container:
    """What an edition's file holds: `about` as JSON, arrays and bytes by name."""

    about: dict[str, Any]
    arrays: Mapping[str, NDArray[Any]]
    texts: Mapping[str, memoryview]


def pack(
    about: dict[str, Any], arrays: Mapping[str, NDArray[Any]], texts: Mapping[str, bytes]
) -> tuple[memoryview, ...]:
    """Give the bytes of a container piece by piece, without copying the arrays."""
    contents = {name: _bytes_of(array) for name, array in arrays.items()}
    contents |= {name: memoryview(text) for name, text in texts.items()}
    shapes = {name: (array.dtype.str, array.shape) for name, array in arrays.items()}
    parts, offset = [], 0
    for name, content in contents.items():
        kind, shape = shapes.get(name, ("", (len(content),)))
        parts.append([name, kind, list(shape), offset, len(content), zlib.crc32(content)])
        offset += _aligned(len(content))
    table = json.dumps({"about": about, "parts": parts}, ensure_ascii=False).encode()
    head = MAGIC + len(table).to_bytes(8, "little") + zlib.crc32(table).to_bytes(4, "little")
    pieces = [memoryview(head + table + _padding(HEAD + len(table)))]
    for content in contents.values():
        pieces += [content, memoryview(_padding(len(content)))]
    return tuple(pieces)


def unpack(buffer: Buffer) -> Container:
    """Read a container in place; arrays are views of the buffer and cannot be written.

    Raises `EditionError` where anything of it is not as it was written.
    """
    view = memoryview(buffer)
    table = _table(view)
    start = _aligned(HEAD + int.from_bytes(view[len(MAGIC) : len(MAGIC) + 8], "little"))
    arrays, texts = {}, {}
    for name, kind, shape, offset, length, checksum in table["parts"]:
        content = view[start + offset : start + offset + length]
        if len(content) != length or _checksum(content) != checksum:
            raise EditionError("索引文件已损坏")
        if not kind:
            texts[name] = content
        elif kind in TYPES and math.prod(shape) * np.dtype(kind).itemsize == length:
            arrays[name] = np.frombuffer(content, dtype=kind).reshape(shape)
        else:
            raise EditionError("索引文件已损坏")
    return Container(table["about"], arrays, texts)


def _table(view: memoryview) -> dict[str, Any]:
    if len(view) < HEAD or view[: len(MAGIC)] != MAGIC:
        raise EditionError("不是索引文件，或者版本不同")
    length = int.from_bytes(view[len(MAGIC) : len(MAGIC) + 8], "little")
    content = view[HEAD : HEAD + length]
    if zlib.crc32(content).to_bytes(4, "little") != view[len(MAGIC) + 8 : HEAD]:
        raise EditionError("索引文件已损坏")
    table: dict[str, Any] = json.loads(bytes(content))
    return table


def _bytes_of(array: NDArray[Any]) -> memoryview:
    if not array.size:
        return memoryview(b"")  # an empty array cannot be cast
    return np.ascontiguousarray(array).data.cast("B")


def _aligned(length: int) -> int:
    return -(-length // ALIGNED) * ALIGNED


def _padding(length: int) -> bytes:
    return bytes(_aligned(length) - length)


def _checksum(content: memoryview) -> int:
    checksum = 0
    for start in range(0, len(content), CHECKED_AT_ONCE):
        checksum = zlib.crc32(content[start : start + CHECKED_AT_ONCE], checksum)
    return checksum


def write_file(pieces: tuple[memoryview, ...], path: Path) -> None:
    """Write a file so that it is there whole or not at all, also after a power cut."""
    passing = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with passing.open("wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        passing.replace(path)
    finally:
        passing.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Put the new name itself on disk, where the system lets folders be opened."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def map_file(path: Path) -> mmap.mmap:
    """Map a file for reading; its pages are shared with every process that maps it.

    Raises `EditionError` where it is not there or cannot be mapped.
    """
    try:
        with path.open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        raise EditionError("索引文件打不开") from error
