"""The same knowledge and question give the same bytes in every process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.builders import cache_folder

ROOT = Path(__file__).parents[3]
QUESTIONS = ("一级能效冰箱補貼多少", "财产登记几天办好", "паспорт 🏠", "怎么办", "")
# Prints all that a question leads to; run with its folder for the dictionary as argument.
PROGRAM = """
import sys
from pathlib import Path
from bot.retrieval.building import edition_in_memory
from bot.retrieval.excerpts import excerpt_of
from bot.retrieval.retriever import read_query, retrieve
from tests.unit.builders import corpus, document

knowledge = corpus(
    document("a", asks={"补贴标准": ("能补多少", "冰箱有补贴吗")}),
    *(document(f"d{n}", "财产登记办法", {"时限": "财产登记2天办结。паспорт"}) for n in range(9)),
    synonyms=(("补贴", "补助", "国补"), ("冰箱", "电冰箱")),
    lexicon=("一级能效", "财产登记"),
)
edition = edition_in_memory(knowledge, Path(sys.argv[1]))
print(edition.fingerprint, edition.synonyms)
for question in sys.argv[2:]:
    query = read_query(question, edition)
    print(edition.analyzer.analyze(question), edition.analyzer.analyze_query(question), query)
    for hit in retrieve(query, edition).hits:
        print(hit.ordinal, hit.score, hit.matched_terms)
        print(excerpt_of(hit.passage.text, query.sought))
"""


def started(seed: str) -> subprocess.Popen[str]:
    """Start a process with a hash seed of its own that prints all that questions lead to."""
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", PROGRAM, str(cache_folder()), *QUESTIONS],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )


@pytest.fixture(scope="module")
def printed() -> list[str]:
    """Give what processes with different hash seeds print."""
    running = [started(seed) for seed in ("0", "1", "4242")]
    outputs = [process.communicate(timeout=60)[0] for process in running]
    assert [process.returncode for process in running] == [0, 0, 0]
    return outputs


def test_terms_hits_and_fingerprints_are_the_same_in_every_process(printed: list[str]) -> None:
    """Neither terms, scores, order, excerpts nor the fingerprint depend on the hash seed."""
    assert printed[0].count("Excerpt") >= len(QUESTIONS)
    assert len(set(printed)) == 1
