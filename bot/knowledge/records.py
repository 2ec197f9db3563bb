"""Documents and passages as records of one mapped file, each read when it is first asked for."""

from __future__ import annotations

import json
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any, TypeVar, cast, overload

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from bot.models.documents import Document, Passage
from bot.text.normalise import normalise

KEPT_DOCUMENTS = 512  # read ones kept at hand: what a busy hour asks about, about 10 MB
KEPT_PASSAGES = 4096

Item = TypeVar("Item")
_adapter: Callable[[Any], TypeAdapter[Any]] = cache(TypeAdapter)  # made once: 5 ms for a document


def written_documents(documents: Iterable[Document]) -> Iterator[bytes]:
    """Write each document as one record."""
    return (_adapter(Document).dump_json(document) for document in documents)


def written_passages(passages: Iterable[Passage]) -> Iterator[bytes]:
    """Write each passage as one record, without its document."""
    for one in passages:
        fields = [one.heading, one.text, one.asks, one.part, one.stated]
        yield json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()


def written_folded(passages: Iterable[Passage]) -> Iterator[bytes]:
    """Write each passage's text as it is compared: folding it anew costs 15 microseconds."""
    return (normalise(passage.text).encode() for passage in passages)


def written(kind: type[Item], value: Item) -> str:
    """Write a value of one of our types as JSON."""
    return _adapter(kind).dump_json(value).decode()


def read(kind: type[Item], record: str) -> Item:
    """Read what `written` wrote."""
    return cast("Item", _adapter(kind).validate_json(record))


class _Records(Sequence[Item]):
    """Records end to end, `ends` telling where each one ends; read on access, not at once."""

    def __init__(self, content: memoryview, ends: NDArray[np.int64], kept: int) -> None:
        self._content, self._ends = content, ends
        self._at = lru_cache(maxsize=kept)(self._read_at)

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, place: int) -> Item: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Item]: ...
    def __getitem__(self, place: int | slice) -> Item | Sequence[Item]:
        if isinstance(place, slice):
            return tuple(self._at(ordinal) for ordinal in range(*place.indices(len(self))))
        ordinal = place + len(self) if place < 0 else place
        if not 0 <= ordinal < len(self):
            raise IndexError(place)
        return self._at(ordinal)

    def _record(self, ordinal: int) -> bytes:
        start = int(self._ends[ordinal - 1]) if ordinal else 0
        return bytes(self._content[start : int(self._ends[ordinal])])

    @abstractmethod
    def _read_at(self, ordinal: int) -> Item:
        """Read one record."""


class Documents(_Records[Document]):
    """The documents of a mapped edition, in order."""

    def __init__(self, content: memoryview, ends: NDArray[np.int64]) -> None:
        super().__init__(content, ends, KEPT_DOCUMENTS)
        self._adapter = _adapter(Document)

    def _read_at(self, ordinal: int) -> Document:
        return cast("Document", self._adapter.validate_json(self._record(ordinal)))


class Folded(_Records[str]):
    """The texts of the passages of a mapped edition, in order, folded for comparing."""

    def __init__(self, content: memoryview, ends: NDArray[np.int64]) -> None:
        super().__init__(content, ends, KEPT_PASSAGES)

    def _read_at(self, ordinal: int) -> str:
        return self._record(ordinal).decode()


class Passages(_Records[Passage]):
    """The passages of a mapped edition, in order; `firsts` holds each document's first one."""

    def __init__(
        self,
        content: memoryview,
        ends: NDArray[np.int64],
        documents: Sequence[Document],
        firsts: NDArray[np.int32],
    ) -> None:
        super().__init__(content, ends, KEPT_PASSAGES)
        self._documents, self._firsts = documents, firsts

    def _read_at(self, ordinal: int) -> Passage:
        heading, text, asks, part, stated = _fields(self._record(ordinal))
        document = self._documents[int(self._firsts.searchsorted(ordinal, side="right")) - 1]
        return Passage(document, heading, text, tuple(asks), part, stated)


def _fields(record: bytes) -> list[Any]:
    fields: list[Any] = json.loads(record)
    return fields
