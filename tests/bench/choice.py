"""The systems that can be measured, in the order in which they are shown."""

from __future__ import annotations

from pathlib import Path

from tests.bench.eager import Bm25s, Postings
from tests.bench.libraries import RankBm25, SqliteFts5, Tantivy
from tests.bench.lucene import Java, Lucene
from tests.bench.product import Product
from tests.bench.systems import System


def all_systems(jar: Path | None = None) -> tuple[System, ...]:
    """Give every system, installed or not; `jar` is Lucene's."""
    java = Java((jar,) if jar else (), Path())
    if jar:
        java = Java((jar,), jar.parent / "java")
    return (
        Product(compiled=True),
        Product(compiled=False),
        Postings(),
        RankBm25(),
        Bm25s(compiled=False),
        Bm25s(compiled=True),
        Tantivy(),
        SqliteFts5(),
        Lucene(java),
    )


def system_named(name: str, jar: Path | None = None) -> System:
    """Give the system of a name; raises KeyError where there is none."""
    return {system.name: system for system in all_systems(jar)}[name]
