"""BEIR folders → corpus and queries; the product's own answers → TREC run, texts, outcomes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from io import BufferedReader
from pathlib import Path
from typing import Any

from bot.answering.drafting import draft_of
from bot.errors import SettingsError
from bot.evaluation.calibrating import decided
from bot.knowledge.files import signature_of_files
from bot.knowledge.passages import passages_of
from bot.knowledge.records import Known
from bot.models.calibration import NO_THRESHOLDS, Calibration
from bot.models.documents import (
    Contact,
    Corpus,
    Document,
    Office,
    Section,
    Source,
    Wording,
)
from bot.models.questions import Hit, Outcome
from bot.retrieval.edition import Edition
from bot.retrieval.retriever import read_query, retrieve
from bot.text.normalise import readable

RANKED = 10  # documents a question in a run: what recall@10 looks at
DEPTH = 300  # passages retrieved, so that ten documents are among them however long they are
SHOWN = 3  # passages a question in --texts
SHOWN_CHARACTERS = 300  # of each
CORPUS = "corpus.jsonl"
RUN_NAME = "policybot"
# Such documents have no `asks`, and questions use their words: thresholds of public policy
# documents (539, of 2020), where the first refuses 5 % of the answerable.
PUBLISHED = Calibration(refuse_below=0.585, answer_from=0.7)
NOBODY = Office("", Contact("", ""), "", "", "")


@dataclass(frozen=True, slots=True)
class BeirQuery:
    """A query of a BEIR folder."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """What the product says to one query: documents with scores, texts, outcome.

    `texts` are those that it would show if it did not refuse for want of support, so that
    finding and refusing are measured apart.
    """

    query: BeirQuery
    documents: tuple[tuple[str, float], ...]
    texts: tuple[str, ...]
    outcome: Outcome


def read_corpus(folders: Iterable[Path], _known: Known | None = None) -> Corpus:
    """Read `corpus.jsonl` of each folder as one corpus; a document has one unnamed section.

    It is read in no time, so that nothing known is taken over.

    Raises `SettingsError` for a file that is missing or a line that is not what BEIR says.
    """
    every = tuple(folders)
    rows = (row for folder in every for row in _rows(folder / CORPUS))
    documents = tuple(map(_document, rows))
    return Corpus(
        documents=documents,
        passages=tuple(passage for document in documents for passage in passages_of(document)),
        office=NOBODY,
        lexicon=(),
        synonyms=(),
        digest=digest_of_corpus(every),
        calibration=NO_THRESHOLDS,
    )


def digest_of_corpus(folders: Iterable[Path]) -> str:
    """Name the bytes of `corpus.jsonl` of each folder.

    Raises `SettingsError` for a file that is missing.
    """
    digest = hashlib.sha256()
    for folder in folders:
        with _opened(folder / CORPUS) as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


def signature_of_corpus(folders: Iterable[Path]) -> str:
    """Name the state of `corpus.jsonl` of each folder without reading it."""
    return signature_of_files(folder / CORPUS for folder in folders)


def _document(row: dict[str, Any]) -> Document:
    title, text = _sound(row.get("title")), _sound(row["text"]).strip()
    sections = (Section("", text),) if text or title.strip() else ()
    return Document(str(row["_id"]), title, Wording.ORIGINAL, Source(""), sections)


def _sound(value: object) -> str:
    """Give a text without half characters, which no file can hold; null is no text."""
    return "" if value is None else str(value).encode("utf-8", "ignore").decode()


def read_queries(folder: Path, split: str, queries: Path | None) -> tuple[BeirQuery, ...]:
    """Read the queries of a file, or those of the folder that the split's judgements name."""
    rows = _rows(queries or folder / "queries.jsonl")
    found = tuple(BeirQuery(str(row["_id"]), str(row["text"])) for row in rows)
    if queries:
        return found
    judged = _judged_queries(folder / "qrels" / f"{split}.tsv")
    return tuple(query for query in found if query.id in judged)


def _judged_queries(path: Path) -> frozenset[str]:
    return frozenset(line.split("\t")[0] for _, line in _lines(path) if "\t" in line)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in _lines(path):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            row["_id"], row["text"]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            place = f"{path}:{number}"
            raise SettingsError("--beir", place, "这一行不是含 _id 和 text 的JSON") from error
        yield row


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Give the lines of a file with their numbers; each is decoded by itself."""
    with _opened(path) as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield number, line.decode("utf-8")
            except UnicodeDecodeError as error:
                raise SettingsError("--beir", f"{path}:{number}", "这一行不是 UTF-8") from error


def _opened(path: Path) -> BufferedReader:
    try:
        return path.open("rb")
    except OSError as error:
        raise SettingsError("--beir", str(path), "没有这个文件，或者不能读") from error


def rank_all(queries: Iterable[BeirQuery], edition: Edition, day: date) -> Iterator[Ranked]:
    """Answer each query as the product does, one after the other."""
    for query in queries:
        text = readable(query.text)
        draft = draft_of(text, edition, day, DEPTH)
        texts = tuple(one.excerpt.text[:SHOWN_CHARACTERS] for one in draft.evidence[:SHOWN])
        # What is not even searched, because it is too long or greets, is ranked all the same.
        hits = draft.hits or retrieve(read_query(text, edition), edition, DEPTH).hits
        outcome = decided(draft.outcome, draft.cover, PUBLISHED)
        yield Ranked(query, _best_documents(hits), texts, outcome)


def _best_documents(hits: Iterable[Hit]) -> tuple[tuple[str, float], ...]:
    """Rank documents by their best passage."""
    best: dict[str, float] = {}
    for hit in hits:
        best.setdefault(hit.passage.document.id, hit.score)
    return tuple(best.items())[:RANKED]


def write_all(
    ranked: Iterable[Ranked], run: Path, texts: Path | None, outcomes: Path | None
) -> int:
    """Write the run (TREC format), and where asked for the texts and outcomes; give the count."""
    for path in (run, texts, outcomes):
        _make_writable(path)
    count = 0
    lines: dict[Path, list[str]] = {path: [] for path in (run, texts, outcomes) if path}
    for one in ranked:
        count += 1
        lines[run] += [
            f"{one.query.id} Q0 {name} {rank} {score:.6f} {RUN_NAME}"
            for rank, (name, score) in enumerate(one.documents, 1)
        ]
        if texts:
            lines[texts].append(_line({"_id": one.query.id, "texts": list(one.texts)}))
        if outcomes:
            lines[outcomes].append(_line({"_id": one.query.id, "outcome": one.outcome.value}))
    for path, written in lines.items():
        path.write_text("".join(f"{line}\n" for line in written), "utf-8")
    return count


def _make_writable(path: Path | None) -> None:
    """Find out before the work whether its result can be written."""
    if path is None:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.open("a").close()
    except OSError as error:
        raise SettingsError("--run", str(path), "这个文件不能写，请换一个路径") from error


def _line(row: dict[str, object]) -> str:
    return json.dumps(row, ensure_ascii=False)
