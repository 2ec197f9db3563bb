"""Documents and passages as records of one mapped file, each read when it is first asked for."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Known:
    """Documents that need not be read again: those of an earlier edition, by their sources."""

    places: Mapping[str, int]
    documents: Sequence[Document]
    firsts: NDArray[np.int32]
    cuts: NDArray[np.int32]

    def document(self, source: str) -> Document | None:
        """Give the document that was read from a source."""
        place = self.places.get(source)
        return None if place is None else self.documents[place]

    def passages_of(self, source: str) -> tuple[Passage, ...]:
        """Give the passages of a document that is known."""
        place = self.places[source]
        document = self.documents[place]
        cuts = self.cuts[self.firsts[place] : self.firsts[place + 1]].tolist()
        return tuple(_passage(document, *cut) for cut in cuts)


def written_documents(documents: Iterable[Document]) -> Iterator[bytes]:
    """Write each document as one record."""
    return (_adapter(Document).dump_json(document) for document in documents)


def written_cuts(passages: Iterable[Passage]) -> NDArray[np.int32]:
    """Write where each passage stands in its document: section, part of it, start and end.

    What a document does not state is counted as sections behind its sections, empty ones.
    """
    cuts = []
    document: Document | None = None
    section = end = 0
    for passage in passages:
        if passage.document is not document:
            document, section = passage.document, -1
        if not passage.part:
            section, end = section + 1, 0
        start, end = end, end + len(passage.text)
        cuts.append((section, passage.part, start, end))
    return np.array(cuts, dtype=np.int32).reshape(-1, 4)


def written_folded(passage: Passage) -> bytes:
    """Write a passage's text as it is compared: folding it anew costs 15 microseconds."""
    return normalise(passage.text).encode()


def written(kind: type[Item], value: Item) -> str:
    """Write a value of one of our types as JSON."""
    return _adapter(kind).dump_json(value).decode()


def read(kind: type[Item], record: str) -> Item:
    """Read what `written` wrote."""
    return cast("Item", _adapter(kind).validate_json(record))


class _Items(Sequence[Item]):
    """Items of a mapped file; each is read on access, not all at once."""

    def __init__(self, size: int, kept: int) -> None:
        self._size = size
        self._at = lru_cache(maxsize=kept)(self._read_at)

    def __len__(self) -> int:
        return self._size

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

    @abstractmethod
    def _read_at(self, ordinal: int) -> Item:
        """Read one item."""


class _Records(_Items[Item]):
    """Records end to end, `ends` telling where each one ends."""

    def __init__(self, content: memoryview, ends: NDArray[np.int64], kept: int) -> None:
        super().__init__(len(ends), kept)
        self._content, self._ends = content, ends

    def _record(self, ordinal: int) -> bytes:
        start = int(self._ends[ordinal - 1]) if ordinal else 0
        return bytes(self._content[start : int(self._ends[ordinal])])


class Documents(_Records[Document]):
    """The documents of a mapped edition, in order."""

    def __init__(
        self, content: memoryview, ends: NDArray[np.int64], kept: int = KEPT_DOCUMENTS
    ) -> None:
        super().__init__(content, ends, kept)
        self._adapter = _adapter(Document)

    def _read_at(self, ordinal: int) -> Document:
        return cast("Document", self._adapter.validate_json(self._record(ordinal)))


class Folded(_Records[str]):
    """The texts of the passages of a mapped edition, in order, folded for comparing."""

    def __init__(self, content: memoryview, ends: NDArray[np.int64]) -> None:
        super().__init__(content, ends, KEPT_PASSAGES)

    def _read_at(self, ordinal: int) -> str:
        return self._record(ordinal).decode()


class Passages(_Items[Passage]):
    """The passages of a mapped edition, in order, cut out of their documents.

    `firsts` holds each document's first one, `cuts` is as `written_cuts` wrote it.
    """

    def __init__(
        self, documents: Sequence[Document], firsts: NDArray[np.int32], cuts: NDArray[np.int32]
    ) -> None:
        super().__init__(len(cuts), KEPT_PASSAGES)
        self._documents, self._firsts, self._cuts = documents, firsts, cuts

    def _read_at(self, ordinal: int) -> Passage:
        document = self._documents[int(self._firsts.searchsorted(ordinal, side="right")) - 1]
        return _passage(document, *self._cuts[ordinal].tolist())


def _passage(document: Document, section: int, part: int, start: int, end: int) -> Passage:
    unstated = section - len(document.sections)
    if unstated >= 0:
        entry = document.not_stated[unstated]
        return Passage(document, entry.about, "", entry.asks, stated=False)
    headed = document.sections[section]
    return Passage(document, headed.heading, headed.text[start:end], headed.asks, part)
