"""Small documents, corpora and editions made in memory, so that a test needs no YAML."""

from __future__ import annotations

import atexit
import hashlib
import shutil
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from bot.knowledge.passages import passages_of
from bot.models.documents import (
    Contact,
    Corpus,
    Document,
    Office,
    Passage,
    Section,
    Source,
    Wording,
)
from bot.retrieval.analyzer import Analyzer
from bot.retrieval.building import edition_in_memory
from bot.retrieval.catalogue import Catalogue, catalogue_of
from bot.retrieval.edition import Edition

OFFICE = Office(
    name="示例市政务服务中心",
    contact=Contact("政务服务便民热线", "12345"),
    welcome="您好，请直接输入问题。",
    disclaimer="以主管部门核定为准。",
    privacy="请不要输入身份证号。",
    hot_topics=("补贴标准", "办理时限"),
)
SECTIONS = {"补贴标准": "一级能效的家电按售价的20%补贴。每件最高补贴2000元。"}


def document(
    id: str = "a",  # noqa: A002  # the field's own name
    title: str = "家电以旧换新补贴办法",
    sections: Mapping[str, str] | None = None,
    asks: Mapping[str, tuple[str, ...]] | None = None,
    **fields: Any,
) -> Document:
    """Make a document of sections (heading → text), `asks` by heading; `fields` as they are."""
    asked = asks or {}
    texts = SECTIONS if sections is None else sections
    fields = {"wording": Wording.SUMMARY, "source": Source("湖南日报"), **fields}
    parts = tuple(
        Section(heading, text, tuple(asked.get(heading, ()))) for heading, text in texts.items()
    )
    return Document(id=id, title=title, sections=parts, **fields)


def passage(text: str, heading: str = "补贴标准", **fields: Any) -> Passage:
    """Make a document of one section and give its first passage."""
    return passages_of(document(sections={heading: text}, **fields))[0]


def corpus(
    *documents: Document,
    synonyms: tuple[tuple[str, ...], ...] = (),
    lexicon: tuple[str, ...] = (),
    office: Office = OFFICE,
) -> Corpus:
    """Make a corpus; its digest tells apart whatever differs in it."""
    named = repr((documents, synonyms, lexicon, office))
    return Corpus(
        documents=documents,
        passages=tuple(one for document in documents for one in passages_of(document)),
        office=office,
        lexicon=lexicon,
        synonyms=synonyms,
        digest=hashlib.sha256(named.encode("utf-8", "replace")).hexdigest(),
    )


def catalogue(*documents: Document) -> Catalogue:
    """Make the catalogue of these documents, without synonyms."""
    return catalogue_of(corpus(*documents), {})


@cache
def cache_folder() -> Path:
    """Give one folder for jieba's compiled dictionary, which halves what an analyzer costs."""
    folder = tempfile.mkdtemp(prefix="policybot-tests-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


@cache
def analyzer(*words: str) -> Analyzer:
    """Give the analyzer with these added words; loaded once for a test run."""
    return Analyzer(words, cache_folder())


@cache
def edition(corpus: Corpus) -> Edition:
    """Give the edition of a corpus; built once for equal corpora."""
    return edition_in_memory(corpus, cache_folder())


def edition_of(*documents: Document, **fields: Any) -> Edition:
    """Give the edition of the corpus of these documents, with `fields` as of `corpus`."""
    return edition(corpus(*documents, **fields))
