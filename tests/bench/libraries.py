"""Other people's search libraries as systems: rank_bm25, tantivy and SQLite FTS5.

Each is imported only when it is measured, and one that is not installed says so.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from tests.bench.systems import WANTED, InProcess, Opened
from tests.bench.terms import WEIGHTS, Question, Terms

K1, B = 0.9, 0.5  # of BM25, wherever a library lets them be set; the product's own
TANTIVY_MEMORY = 2_000_000_000  # bytes: large, so that few segments are written
FIXED = "k1 1.2, b .75 (fixed in the library)"


def absence(*modules: str) -> str:
    """Import modules; name the one that is not installed, empty where none is."""
    try:
        for name in modules:
            import_module(name)
    except ImportError as error:
        return f"{error.name} is not installed"
    return ""


class RankBm25:
    """rank_bm25 as published: both fields scored over all passages, and the best picked."""

    name = "rank_bm25"
    index = "rank_bm25"
    note = f"BM25Okapi(k1={K1}, b={B}).get_scores of each field, weighted sum, argpartition"
    largest = 10_000  # half a second a question at ten times as many

    def missing(self) -> str:
        """Nothing: the product itself depends on it."""
        return ""

    def build(self, terms: Terms, folder: Path) -> None:
        """Write nothing: it has no form on disk, and is built when opened."""

    def open(self, terms: Terms, folder: Path, questions: Sequence[Question]) -> Opened:
        """Build both fields in memory."""
        _ = folder
        words, bigrams = zip(*terms.passages(), strict=True)
        fields = {
            "words": BM25Okapi(words, k1=K1, b=B),
            "bigrams": BM25Okapi(bigrams, k1=K1, b=B),
        }

        def search(question: Question) -> list[int]:
            scores = np.zeros(terms.size)
            for field, weight in WEIGHTS.items():
                scores += weight * fields[field].get_scores(getattr(question, field))
            return best(scores)

        return InProcess(questions, search, tuple)


def best(scores: NDArray[np.float64], wanted: int = WANTED) -> list[int]:
    """Give the ordinals of the highest scores, best first."""
    first = max(0, len(scores) - wanted)
    top = np.argpartition(scores, first)[first:]
    return [int(ordinal) for ordinal in top[np.argsort(-scores[top], kind="stable")]]


class Tantivy:
    """tantivy by its Python binding: two text fields cut at blanks, boosted term queries."""

    name = "tantivy"
    index = "tantivy"
    note = f"boolean query of boosted terms, no count, {FIXED}, one thread"
    largest = 1_000_000

    def missing(self) -> str:
        """Tell whether the binding is installed."""
        return absence("tantivy")

    def build(self, terms: Terms, folder: Path) -> None:
        """Write all passages in one commit, on one thread so that they stay in order."""
        import tantivy

        index = tantivy.Index(_tantivy_schema(tantivy), path=str(folder))
        writer = index.writer(heap_size=TANTIVY_MEMORY, num_threads=1)
        with terms.path.open(encoding="utf-8") as lines:
            for ordinal, line in enumerate(lines):
                words, bigrams = line.rstrip("\n").split("\t")
                writer.add_document(
                    tantivy.Document(ordinal=ordinal, words=words, bigrams=bigrams)
                )
        writer.commit()
        writer.wait_merging_threads()

    def open(self, terms: Terms, folder: Path, questions: Sequence[Question]) -> Opened:
        """Open the index, with a query made for each question."""
        import tantivy

        _ = terms
        index = tantivy.Index.open(str(folder))
        searcher = index.searcher()
        queries = [_tantivy_query(tantivy, index.schema, question) for question in questions]

        def search(query: Any) -> Any:
            return searcher.search(query, WANTED, count=False).hits

        def ordinals(hits: Any) -> list[int]:
            addresses = [address for _, address in hits]
            found: Any = searcher.fast_field_values("ordinal", addresses)
            return [int(ordinal) for ordinal in found]

        return InProcess(queries, search, ordinals)


def _tantivy_schema(tantivy: Any) -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("ordinal", fast=True)
    for field in WEIGHTS:
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def _tantivy_query(tantivy: Any, schema: Any, question: Question) -> Any:
    clauses = []
    for field, term, weight in question.terms():
        query = tantivy.Query.term_query(schema, field, term)
        boosted = query if weight == 1 else tantivy.Query.boost_query(query, weight)
        clauses.append((tantivy.Occur.Should, boosted))
    return tantivy.Query.boolean_query(clauses)


class SqliteFts5:
    """SQLite's FTS5: a table without content, two columns, terms joined by OR."""

    name = "SQLite FTS5"
    index = "sqlite"
    note = f"order by bm25() with a weight a column, {FIXED}"
    largest = 100_000  # about a second a question at ten times as many

    def missing(self) -> str:
        """Tell whether this Python's SQLite has FTS5."""
        with sqlite3.connect(":memory:") as connection:
            options = {row[0] for row in connection.execute("PRAGMA compile_options")}
        return "" if "ENABLE_FTS5" in options else "SQLite is built without FTS5"

    def build(self, terms: Terms, folder: Path) -> None:
        """Write one table and let FTS5 merge it into one segment."""
        columns = ", ".join(WEIGHTS)
        weights = ", ".join(str(weight) for weight in WEIGHTS.values())
        connection = sqlite3.connect(folder / "passages.sqlite")
        with connection:
            connection.execute(
                f"CREATE VIRTUAL TABLE passages USING fts5({columns}, content='', "
                "tokenize='unicode61 remove_diacritics 0')"
            )
            connection.executemany(
                "INSERT INTO passages(rowid, words, bigrams) VALUES (?, ?, ?)",
                (
                    (ordinal, *(" ".join(map(_plain, found)) for found in passage))
                    for ordinal, passage in enumerate(terms.passages(), 1)
                ),
            )
            connection.execute(
                "INSERT INTO passages(passages, rank) VALUES ('rank', ?)", (f"bm25({weights})",)
            )
            connection.execute("INSERT INTO passages(passages) VALUES ('optimize')")
        connection.close()

    def open(self, terms: Terms, folder: Path, questions: Sequence[Question]) -> Opened:
        """Open the file, with an expression made for each question."""
        _ = terms
        connection = sqlite3.connect(folder / "passages.sqlite")
        asked = "SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT ?"

        def search(expression: str) -> list[Any]:
            return connection.execute(asked, (expression, WANTED)).fetchall()

        def ordinals(rows: list[Any]) -> list[int]:
            return [row[0] - 1 for row in rows]

        return InProcess([_expression(question) for question in questions], search, ordinals)


def _plain(term: str) -> str:
    """Write a term so that FTS5's own tokenizer leaves it whole."""
    return term if term.isalnum() else f"x{term.encode().hex()}"


def _expression(question: Question) -> str:
    columns = []
    for field in WEIGHTS:
        found = " OR ".join(f'"{_plain(term)}"' for term in getattr(question, field))
        if found:
            columns.append(f"{field} : ({found})")
    return " OR ".join(columns)
