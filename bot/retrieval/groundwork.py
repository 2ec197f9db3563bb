"""A corpus before it is compiled: its documents as records, and what was compiled of it before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.records import written_documents, written_folded
from bot.models.documents import Corpus
from bot.retrieval.container import Container
from bot.retrieval.counting import Counts, passages_of, places_of
from bot.retrieval.edition import arrays_of, firsts_of

KEY_BYTES = 8  # 64 bits: documents of one office that differ never share a key
NEW = -1  # the ordinal in the earlier edition of a passage that it does not hold


@dataclass(frozen=True, slots=True)
class Groundwork:
    """A corpus of N passages in D documents, with what an earlier edition holds of it.

    `records` are the documents as written, `keys` name them, `firsts` holds each one's first
    passage and N behind the last. `before` is the ordinal of each passage in `earlier`, or `NEW`.
    """

    corpus: Corpus
    records: tuple[bytes, ...]  # D
    keys: NDArray[np.uint64]  # D
    firsts: NDArray[np.int32]  # D + 1
    earlier: Container | None
    before: NDArray[np.int64]  # N

    @property
    def new(self) -> NDArray[np.int64]:
        """Give the ordinals of the passages that no earlier edition holds."""
        return np.flatnonzero(self.before == NEW)

    def counted(self) -> tuple[tuple[Counts, NDArray[np.int64]], ...]:
        """Give the counts that the earlier edition holds, and the ordinals of their passages."""
        taken = np.flatnonzero(self.before != NEW)
        if self.earlier is None or not len(taken):
            return ()
        arrays = arrays_of(self.earlier)
        counts = Counts(
            hashes=arrays.hashes,
            fields=arrays.fields,
            held=np.diff(arrays.starts),
            passages=arrays.passages,
            frequencies=arrays.frequencies,
            lengths=arrays.lengths,
        )
        kept = np.zeros(counts.size, dtype=np.bool_)
        kept[self.before[taken]] = True
        return ((passages_of(counts, kept), taken[np.argsort(self.before[taken])]),)

    def folded(self) -> Iterator[bytes]:
        """Give the text of each passage as it is compared."""
        content, starts = b"", [0]
        if self.earlier is not None:
            content = bytes(self.earlier.texts["folded"])
            starts += self.earlier.arrays["folded_ends"].tolist()
        for ordinal, before in enumerate(self.before.tolist()):
            if before == NEW:
                yield written_folded(self.corpus.passages[ordinal])
            else:
                yield content[starts[before] : starts[before + 1]]


def groundwork_of(corpus: Corpus, earlier: Container | None) -> Groundwork:
    """Find what an earlier edition holds of a corpus; it must have been analysed alike."""
    records = tuple(written_documents(corpus.documents))
    digests = (blake2b(record, digest_size=KEY_BYTES).digest() for record in records)
    keys = np.frombuffer(b"".join(digests), dtype=np.uint64)
    firsts = firsts_of(corpus)
    before = np.full(len(corpus.passages), NEW, dtype=np.int64)
    if earlier is not None:
        places = {key: place for place, key in enumerate(earlier.arrays["keys"].tolist())}
        known = [(at, places[key]) for at, key in enumerate(keys.tolist()) if key in places]
        now, then = np.array(known, dtype=np.int64).reshape(-1, 2).T
        sizes = np.diff(firsts)[now].astype(np.int64)
        starts = earlier.arrays["firsts"].astype(np.int64)[then]
        before[places_of(firsts[now].astype(np.int64), sizes)] = places_of(starts, sizes)
    return Groundwork(corpus, records, keys, firsts, earlier, before)
