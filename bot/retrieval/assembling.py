"""A corpus with its counts → all that answering needs, as the pieces of an edition's file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.records import written, written_cuts
from bot.models.calibration import Calibration
from bot.models.documents import Corpus, Office, Workdays
from bot.retrieval.catalogue import Catalogue, catalogue_of
from bot.retrieval.compiling import Arrays, compile_index
from bot.retrieval.container import pack
from bot.retrieval.counting import Counts
from bot.retrieval.edition import (
    analysis_of,
    analyzer_with,
    code_of_compiling,
    fingerprint_of,
    synonyms_of,
    vocabulary_of,
)
from bot.retrieval.groundwork import Groundwork
from bot.retrieval.known_terms import write_terms


def assemble(
    ground: Groundwork, counts: Counts, words: tuple[str, ...], cache_folder: Path | None
) -> tuple[memoryview, ...]:
    """Put everything that answering needs into the pieces of one file.

    The keys of documents let the next edition take over what was counted of them.
    """
    arrays = compile_index(counts, ground.firsts)
    terms = write_terms(ground.corpus, arrays.hashes)
    texts = {
        "document_records": ground.records,
        "folded": tuple(ground.folded()),
        "terms": terms.terms,
    }
    ends = {f"{name}_ends": _ends(records) for name, records in texts.items()}
    joined = {name: b"".join(records) for name, records in texts.items()}
    named = {one.name: getattr(arrays, one.name) for one in fields(Arrays) if one.name != "step"}
    named["keys"] = ground.keys
    named |= {"alike": terms.alike, "exact": terms.exact, "sounds": terms.sounds}
    named["cuts"] = written_cuts(ground.corpus.passages)
    joined["sources"] = "\n".join(ground.corpus.sources).encode()
    about = _about(ground.corpus, words, cache_folder)
    about |= {"step": arrays.step, "syllables": terms.syllables}
    return pack(about, named | ends, joined)


def _ends(records: Sequence[bytes]) -> NDArray[np.int64]:
    return np.cumsum([len(record) for record in records], dtype=np.int64)


def _about(corpus: Corpus, words: tuple[str, ...], cache_folder: Path | None) -> dict[str, Any]:
    synonyms = synonyms_of(corpus)
    analyzer = analyzer_with(words, cache_folder)
    vocabularies = {
        document.id: sorted(vocabulary_of(document, analyzer, synonyms))
        for document in corpus.documents
        if document.benefits
    }
    return {
        "fingerprint": fingerprint_of(corpus.digest),
        "digest": corpus.digest,
        "code": code_of_compiling(),
        "analysis": analysis_of(words),
        "words": words,
        "lexicon": corpus.lexicon,
        "groups": corpus.synonyms,
        "office": written(Office, corpus.office),
        "workdays": [written(Workdays, one) for one in corpus.workdays],
        "calibration": written(Calibration, corpus.calibration),
        "catalogue": written(Catalogue, catalogue_of(corpus, synonyms)),
        "vocabularies": vocabularies,
    }
